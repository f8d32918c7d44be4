//! What a session can be asked. Every answer comes after what it says is on disk.

use parlance_socketio::server::SocketId;
use serde_json::{Map, Value};
use tokio::sync::oneshot;

use crate::protocol::types;
use crate::store::StoreError;

/// A question to a session; who drops the answer's sender has not done it.
#[derive(Debug)]
pub enum Command {
    /// A connection has joined: it is told how far the running answer is, and everything from now on.
    Attach {
        /// Which.
        socket: SocketId,
        /// Everything goes to it from now on.
        reply: oneshot::Sender<()>,
    },
    /// A connection has left.
    Detach {
        /// Which.
        socket: SocketId,
        /// Nothing of the session goes to it any more. Nobody waits for that if the connection is gone.
        reply: Option<oneshot::Sender<()>>,
    },
    /// Somebody says something.
    Message {
        /// Who.
        user: String,
        /// What.
        content: String,
        /// Whether it is kept and will be answered.
        reply: oneshot::Sender<Result<(), MessageError>>,
    },
    /// The running answer is not wanted any more.
    Cancel {
        /// Who says so.
        user: String,
        /// Done, whether or not there was one.
        reply: oneshot::Sender<()>,
    },
    /// The conversation is forgotten.
    Clear {
        /// Who says so.
        user: String,
        /// Done.
        reply: oneshot::Sender<Result<(), StoreError>>,
    },
    /// What has been said.
    History {
        /// The turns.
        reply: oneshot::Sender<Vec<types::Turn>>,
    },
    /// Somebody is typing, or not any more.
    Typing {
        /// Who.
        user: String,
        /// Whether they are.
        typing: bool,
        /// Done.
        reply: oneshot::Sender<()>,
    },
    /// A tool call may, or may not, be carried out.
    Decide {
        /// Who says so.
        user: String,
        /// The call.
        call: String,
        /// Whether it may.
        approved: bool,
        /// Why.
        reason: String,
        /// Done, whether or not it was decided before.
        reply: oneshot::Sender<Result<(), UnknownCall>>,
    },
    /// A tool is carried out by hand.
    Execute {
        /// Who says so.
        user: String,
        /// The tool.
        name: String,
        /// Its arguments.
        args: Map<String, Value>,
        /// The id of the call, if the caller chose one.
        call: Option<String>,
        /// Whether it runs.
        reply: oneshot::Sender<Result<(), ExecuteError>>,
    },
    /// The session has been deleted.
    Delete,
}

/// Why a message is not taken.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// Too many are waiting.
    #[error("too many messages are waiting")]
    Busy,
    /// It could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a call could not be decided.
#[derive(Debug, thiserror::Error)]
pub enum UnknownCall {
    /// The session has no such call.
    #[error("no such call")]
    Unknown,
    /// The decision could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a tool is not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError {
    /// There is no such tool.
    #[error("no such tool")]
    UnknownTool,
    /// It is refused before it starts; the sentence says why.
    #[error("{0}")]
    Refused(String),
    /// Too many are running.
    #[error("too many tools are running")]
    Busy,
    /// It could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}
