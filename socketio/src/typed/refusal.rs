//! Refusals: one object, sent as an event to whoever listens and as the acknowledgement to whoever asked.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// An error code of the document, with its message.
pub trait ErrorCode: Copy + fmt::Debug + Send + Sync {
    /// The code on the wire.
    fn code(self) -> &'static str;

    /// The message on the wire.
    fn message(self) -> &'static str;

    /// The error of a code; `None` if it is none of these.
    fn from_code(code: &str) -> Option<Self>;
}

/// Why a handler refuses: an error that its event declares, or something that should not happen.
#[derive(Clone, Debug)]
pub enum Refused<E> {
    /// One of the event's own errors.
    Declared {
        /// Which.
        error: E,
        /// More about it, for the client.
        details: Option<Value>,
    },
    /// A failure of the server's own. The client is told `internal`; the text goes to the log.
    Internal(String),
}

impl<E> Refused<E> {
    /// A failure of the server's own.
    pub fn internal(why: impl fmt::Display) -> Self {
        Self::Internal(why.to_string())
    }

    /// One of the event's own errors, with more about it for the client.
    pub fn because(error: E, details: impl Into<Value>) -> Self {
        Self::Declared { error, details: Some(details.into()) }
    }
}

impl<E: ErrorCode> From<E> for Refused<E> {
    fn from(error: E) -> Self {
        Self::Declared { error, details: None }
    }
}

/// What a refused client is told: `{ message, code, event, details? }`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Refusal<'a> {
    /// The message of the code.
    pub message: &'a str,
    /// The code.
    pub code: &'a str,
    /// The event that was refused.
    pub event: &'a str,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<Value>,
}
