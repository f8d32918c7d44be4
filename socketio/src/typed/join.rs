//! Why a generated client is not connected, with the code that the document knows.

use std::fmt;

use serde_json::Value;

use super::refusal::ErrorCode;
use crate::client::ConnectError;

/// Why there is no connection.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum JoinError<C> {
    /// The server did not let us in.
    Refused {
        /// Which of the document's codes, if the server gave one of those as `code` of the data.
        code: Option<C>,
        /// Its words.
        message: String,
        /// What it said besides.
        data: Option<Value>,
    },
    /// Anything else.
    Other(ConnectError),
}

/// The code in what a server says besides a refusal.
pub fn code<C: ErrorCode>(data: Option<&Value>) -> Option<C> {
    C::from_code(data?.get("code")?.as_str()?)
}

impl<C: ErrorCode> From<ConnectError> for JoinError<C> {
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::Refused { message, data } => {
                Self::Refused { code: code(data.as_ref()), message, data }
            }
            other => Self::Other(other),
        }
    }
}

impl<C: ErrorCode> fmt::Display for JoinError<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // The same words, whoever says them.
            Self::Refused { message, data, .. } => {
                ConnectError::Refused { message: message.clone(), data: data.clone() }.fmt(formatter)
            }
            Self::Other(error) => error.fmt(formatter),
        }
    }
}

impl<C: ErrorCode> std::error::Error for JoinError<C> {}
