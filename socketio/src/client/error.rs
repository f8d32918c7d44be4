//! What can go wrong, as values.

use serde_json::Value;

/// Why there is no connection.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ConnectError {
    /// The server did not let us into the namespace.
    #[error("the server refused the namespace: {message}")]
    Refused {
        /// Its words.
        message: String,
        /// What it said besides.
        data: Option<Value>,
    },
    /// The URL, path or namespace is none that can be used.
    #[error("{0}")]
    Url(String),
    /// The server could not be reached, or does not speak the protocol.
    #[error("{0}")]
    Transport(String),
    /// There was no answer within the time for connecting.
    #[error("the server did not let us in within the time for connecting")]
    Timeout,
}

/// Why a message was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// As many as may wait are waiting.
    #[error("as many messages as may be buffered are waiting to be sent")]
    Full,
    /// The client was closed, or has given up.
    #[error("the client is closed")]
    Closed,
    /// The payload does not serialise.
    #[error("the payload does not serialise: {0}")]
    Encode(#[from] serde_json::Error),
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// It did not come in time, the last time if it was tried again. If the call had not been sent, it is not sent any more.
    #[error("the server did not acknowledge in time")]
    Timeout,
    /// The call was sent, and the connection was lost before the answer: whether it had an effect is not known.
    #[error("the connection was lost before the server acknowledged")]
    Disconnected,
    /// As many as may wait are waiting.
    #[error("as many calls as may be buffered are waiting")]
    Full,
    /// The client was closed, or has given up; the call was not sent.
    #[error("the client is closed")]
    Closed,
    /// The payload does not serialise.
    #[error("the payload does not serialise: {0}")]
    Encode(#[from] serde_json::Error),
}

impl From<SendError> for CallError {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Full => Self::Full,
            SendError::Closed => Self::Closed,
            SendError::Encode(error) => Self::Encode(error),
        }
    }
}
