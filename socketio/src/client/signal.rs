//! What the client has to tell.

use std::fmt;

use serde_json::Value;

use crate::packet::Event;

/// What has happened, in order.
#[derive(Clone, Debug)]
pub enum Signal {
    /// The namespace is joined: the first signal, and the first after every reconnection.
    Connected {
        /// Whether the server has kept the session, and has sent what was missed.
        recovered: bool,
    },
    /// The connection is lost.
    Disconnected {
        /// Why.
        reason: Reason,
        /// Whether the client tries to come back. If not, nothing more comes.
        will_retry: bool,
    },
    /// On a reconnection the server did not let us in again. Nothing more comes, as asking again would hardly help.
    Refused {
        /// Its words.
        message: String,
        /// What it said besides.
        data: Option<Value>,
    },
    /// An event. If it has an id, the server waits for an acknowledgement.
    Event(Event),
}

/// Why a connection has ended, in the words of Node's client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

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
        })
    }
}
