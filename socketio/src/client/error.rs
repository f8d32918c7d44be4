//! What can go wrong, as values.

use std::time::Duration;

use serde_json::Value;

use super::ending::{Detail, Lost, Reason};
use crate::packet::Args;

/// Why there is no connection.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The server did not let us into the namespace.
    #[error("the server refused the namespace: {message}")]
    Refused {
        /// Its words.
        message: String,
        /// What it said besides.
        data: Option<Value>,
    },
    /// Something in the configuration is none that can be used: what, and what would be right.
    #[error("{0}")]
    Url(String),
    /// [`Auth::Ask`](super::Auth::Ask) had nothing to say to the server: why.
    #[error("there is nothing to say to the server at CONNECT: {0}")]
    Auth(String),
    /// The server could not be reached: no such name, nobody there, or the connection broke.
    #[error("{0}")]
    Unreachable(String),
    /// The server is not the one it should be, or speaks no TLS.
    #[error("{0}")]
    Tls(String),
    /// A request was answered with something other than was asked for.
    #[error("{text}")]
    Status {
        /// The status of the answer.
        status: u16,
        /// How long the server asks us to stay away, if it does: `Retry-After` in seconds.
        retry_after: Option<Duration>,
        /// The request, the status, and the beginning of the body.
        text: String,
    },
    /// The server does not speak the protocol: what it said instead.
    #[error("{0}")]
    Protocol(String),
    /// The connection was made, and ended before the namespace was joined.
    #[error("the connection ended before the namespace was joined: {}", Lost { reason: *reason, detail: detail.clone() })]
    Ended {
        /// Why.
        reason: Reason,
        /// What else is known of it.
        detail: Detail,
    },
    /// There was no answer within the time for connecting.
    #[error("{url} did not let us in within {after:?}")]
    Timeout {
        /// The server.
        url: String,
        /// The time that it had.
        after: Duration,
    },
}

impl From<Lost> for ConnectError {
    fn from(Lost { reason, detail }: Lost) -> Self {
        Self::Ended { reason, detail }
    }
}

impl From<ConnectError> for Lost {
    /// A request of long-polling has failed.
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::Status { status, text, .. } => Self::answered(status, text),
            ConnectError::Ended { reason, detail } => Self { reason, detail },
            other => Self::new(Reason::TransportError, other.to_string()),
        }
    }
}

/// Why a message was not taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// As many as may wait are waiting.
    #[error("as many messages as may be buffered are waiting to be sent")]
    Full,
    /// The client was closed, or has given up.
    #[error("the client is closed")]
    Closed,
    /// The server takes no message as long as this: it would end the connection.
    #[error("the message has {bytes} bytes, and the server takes {most}")]
    TooLong {
        /// Of the longest part: the text, or an attachment, as it would be sent.
        bytes: usize,
        /// What the server has said that it takes.
        most: usize,
    },
    /// The payload does not serialise.
    #[error("the payload does not serialise: {0}")]
    Encode(#[from] serde_json::Error),
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// It did not come in time, the last time if it was tried again. If the call had not been sent, it is not sent any more.
    #[error("the server did not acknowledge in time")]
    Timeout,
    /// The connection was lost before the answer: if the call had been sent, whether it had an effect is not known.
    #[error("the connection was lost before the server acknowledged")]
    Disconnected,
    /// As many as may wait are waiting.
    #[error("as many calls as may be buffered are waiting")]
    Full,
    /// The client was closed, or has given up; the call was not sent.
    #[error("the client is closed")]
    Closed,
    /// The server takes no message as long as this: it would end the connection. The call was not sent.
    #[error("the message has {bytes} bytes, and the server takes {most}")]
    TooLong {
        /// Of the longest part: the text, or an attachment, as it would be sent.
        bytes: usize,
        /// What the server has said that it takes.
        most: usize,
    },
    /// The payload does not serialise.
    #[error("the payload does not serialise: {0}")]
    Encode(#[from] serde_json::Error),
}

/// How a call ends.
pub(crate) type Answer = Result<Args, CallError>;

impl From<SendError> for CallError {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Full => Self::Full,
            SendError::Closed => Self::Closed,
            SendError::TooLong { bytes, most } => Self::TooLong { bytes, most },
            SendError::Encode(error) => Self::Encode(error),
        }
    }
}
