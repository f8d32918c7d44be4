//! Why a connection has ended: the reason in the words of Node's client, and what else is known of it.

use std::fmt;

/// Why a connection has ended, in the words of Node's client where it has words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The server sent us away.
    IoServerDisconnect,
    /// We closed it.
    IoClientDisconnect,
    /// The server did not ping in time.
    PingTimeout,
    /// The server closed the connection.
    TransportClose,
    /// The connection failed.
    TransportError,
    /// The server sent something that is no Socket.IO packet.
    ParseError,
    /// The server does not take messages as long as one of ours: it closed with 1009, or answered 413.
    MessageTooLong,
}

/// The code of a close frame that says that a message was too long (RFC 6455, 7.4.1).
const TOO_BIG: u16 = 1009;

/// The status of an answer that says that a body was too long.
const CONTENT_TOO_LARGE: u16 = 413;

impl Reason {
    /// Whether the client tries to come back, if it may: not when somebody wanted the end.
    pub(crate) fn is_retried(self) -> bool {
        !matches!(self, Self::IoServerDisconnect | Self::IoClientDisconnect)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::IoServerDisconnect => "io server disconnect",
            Self::IoClientDisconnect => "io client disconnect",
            Self::PingTimeout => "ping timeout",
            Self::TransportClose => "transport close",
            Self::TransportError => "transport error",
            Self::ParseError => "parse error",
            Self::MessageTooLong => "message too long",
        })
    }
}

/// What is known of the end of a connection besides the reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Detail {
    /// The code of the server's close frame, if it closed a websocket with one.
    pub close_code: Option<u16>,
    /// The status of the answer that ended long-polling, if there was one.
    pub status: Option<u16>,
    /// The server's or the system's words; empty if there are none.
    pub text: String,
}

/// The end of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lost {
    pub(crate) reason: Reason,
    pub(crate) detail: Detail,
}

impl Lost {
    /// With words.
    pub(crate) fn new(reason: Reason, text: impl Into<String>) -> Self {
        Self { reason, detail: Detail { text: text.into(), ..Detail::default() } }
    }

    /// The server has closed a websocket.
    pub(crate) fn closed(close_code: u16, text: String) -> Self {
        let reason = if close_code == TOO_BIG { Reason::MessageTooLong } else { Reason::TransportClose };
        Self { reason, detail: Detail { close_code: Some(close_code), text, ..Detail::default() } }
    }

    /// A request was answered with something other than 200.
    pub(crate) fn answered(status: u16, text: String) -> Self {
        let reason =
            if status == CONTENT_TOO_LARGE { Reason::MessageTooLong } else { Reason::TransportError };
        Self { reason, detail: Detail { status: Some(status), text, ..Detail::default() } }
    }
}

impl From<Reason> for Lost {
    fn from(reason: Reason) -> Self {
        Self { reason, detail: Detail::default() }
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.reason)?;
        if let Some(code) = self.detail.close_code {
            write!(formatter, ", closed with {code}")?;
        }
        if self.detail.text.is_empty() { Ok(()) } else { write!(formatter, ": {}", self.detail.text) }
    }
}

/// A result, or why the connection has ended.
pub(crate) type Ended<T> = Result<T, Lost>;
