//! What a store may say instead of doing what it was asked.

use super::records::CallState;

/// Why a store refused. The text is a sentence for the log and the operator; no file of the machine is named in it, except
/// when the store cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no space left. Nothing of the write is there; it may be tried again when there is space.
    #[error("the disk with the data folder is full; free some space, nothing needs to be restarted")]
    Full,
    /// The disk failed to keep what was written, so that nothing more is written until a restart.
    #[error("the store is read-only until a restart, because the disk failed: {0}")]
    ReadOnly(String),
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// The session does not exist.
    #[error("there is no session `{0}`")]
    NoSuchSession(String),
    /// A session of that id exists.
    #[error("there is a session `{0}` already")]
    SessionExists(String),
    /// The session would have more members than [`MAX_MEMBERS`](super::records::MAX_MEMBERS).
    #[error("a session has at most {} members", super::records::MAX_MEMBERS)]
    TooManyMembers,
    /// The call does not exist.
    #[error("there is no call `{0}`")]
    NoSuchCall(String),
    /// The session has a call of that id.
    #[error("there is a call `{0}` already")]
    CallExists(String),
    /// The call is not in a state from which this is possible.
    #[error("the call `{call}` is {state}, and so it cannot be {wanted}")]
    CallState {
        /// The call.
        call: String,
        /// How it is.
        state: CallState,
        /// What it should have become.
        wanted: CallState,
    },
    /// The store could not be opened; the sentence says why and what to do.
    #[error("{0}")]
    Open(String),
    /// Anything else that the storage says.
    #[error("the store failed: {0}")]
    Storage(String),
}
