//! What a store keeps. All times are Unix milliseconds, all JSON is text that goes in and out byte for byte.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// The most members that a session may have, its owner included.
pub const MAX_MEMBERS: usize = 256;

/// The most sessions, and events, that one question is answered with.
pub const MAX_ROWS: usize = 1000;

/// The time of the wall clock in Unix milliseconds.
pub fn now() -> i64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Err(_) => 0,
    }
}

/// A session, without what was said in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// `session_<Unix ms>_<random>`.
    pub id: String,
    /// The user who made it.
    pub owner: String,
    /// All who may join, in the order in which they were added. The owner is the first; the store sees to that.
    pub members: Vec<String>,
    /// What it is called, if anybody said so.
    pub title: Option<String>,
    /// The model that answers in it; the server's own choice if `None`.
    pub model: Option<String>,
    /// When it was made.
    pub created: i64,
    /// When something was last said, cleared or changed in it.
    pub updated: i64,
}

impl Session {
    /// Whether `user` may join.
    pub fn has_member(&self, user: &str) -> bool {
        self.members.iter().any(|member| member == user)
    }
}

/// What a turn is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnKind {
    /// Said by a person.
    User,
    /// Said by the model.
    Model,
    /// What the model's function calls gave back. To Gemini it is a turn of the user.
    Function,
}

impl TurnKind {
    /// `user`, `model` or `function`, as it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Model => "model",
            Self::Function => "function",
        }
    }

    /// Gemini's role of such a turn: `user` or `model`.
    pub fn role(self) -> &'static str {
        match self {
            Self::User | Self::Function => "user",
            Self::Model => "model",
        }
    }
}

/// A turn to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTurn {
    /// What it is.
    pub kind: TurnKind,
    /// Gemini's `parts`, the text of a JSON array, byte for byte.
    pub parts: String,
    /// Who said it, if it was a person.
    pub user: Option<String>,
    /// When.
    pub timestamp: i64,
    /// Whether it is what was kept of an answer that was cancelled or cut.
    pub partial: bool,
}

/// A turn that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Its place: greater than that of every turn before it, in this session and in all others. Not without gaps.
    pub sequence: i64,
    /// What it is.
    pub kind: TurnKind,
    /// Gemini's `parts`, the text of a JSON array, byte for byte.
    pub parts: String,
    /// Who said it, if it was a person.
    pub user: Option<String>,
    /// When.
    pub timestamp: i64,
    /// Whether it is what was kept of an answer that was cancelled or cut.
    pub partial: bool,
}

/// How far a tool call has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallState {
    /// It waits for a decision.
    Pending,
    /// It may be carried out, and has not been.
    Approved,
    /// It may not be carried out.
    Rejected,
    /// It is being carried out; after a restart: nobody knows what came of it.
    Started,
    /// It was carried out.
    Succeeded,
    /// It was carried out, and failed.
    Failed,
}

impl CallState {
    pub(crate) const ALL: [Self; 6] =
        [Self::Pending, Self::Approved, Self::Rejected, Self::Started, Self::Succeeded, Self::Failed];

    /// One lower-case word, as it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Started => "started",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }
}

impl fmt::Display for CallState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A tool call that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCall {
    /// The session.
    pub session: String,
    /// Its id within the session.
    pub id: String,
    /// The tool.
    pub tool: String,
    /// The exact arguments, the text of a JSON object.
    pub args: String,
    /// Who asked for it; `None` for the model.
    pub requested_by: Option<String>,
    /// When.
    pub requested_at: i64,
}

/// A decision on a tool call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether it may be carried out.
    pub approved: bool,
    /// The user who decided, or `policy`.
    pub by: String,
    /// Why; empty when nobody said.
    pub reason: String,
    /// When.
    pub at: i64,
}

/// What came of a call that was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It gave a result.
    Succeeded,
    /// It failed.
    Failed,
}

/// A tool call that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The session.
    pub session: String,
    /// Its id within the session.
    pub id: String,
    /// The tool.
    pub tool: String,
    /// The exact arguments, the text of a JSON object.
    pub args: String,
    /// Who asked for it; `None` for the model.
    pub requested_by: Option<String>,
    /// When.
    pub requested_at: i64,
    /// How far it has come.
    pub state: CallState,
    /// The decision, once there is one.
    pub decision: Option<Decision>,
    /// When it was carried out.
    pub started_at: Option<i64>,
    /// When that had ended.
    pub finished_at: Option<i64>,
}

/// An entry for the log of activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// When.
    pub timestamp: i64,
    /// The kind of activity: `chat`, `tool`, `session`, `auth`, `system` or `error`.
    pub kind: String,
    /// What happened, for example `chat:message`.
    pub event: String,
    /// Whose doing it was.
    pub user: Option<String>,
    /// Where.
    pub session: Option<String>,
    /// The tool whose use this event counts as, if any. It is counted, and not kept with the event.
    pub tool: Option<String>,
    /// What is known about it, the text of a JSON object.
    pub data: String,
}

/// An entry of the log of activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Increases from event to event; the first is 1.
    pub id: i64,
    /// When.
    pub timestamp: i64,
    /// The kind of activity.
    pub kind: String,
    /// What happened.
    pub event: String,
    /// Whose doing it was.
    pub user: Option<String>,
    /// Where.
    pub session: Option<String>,
    /// What is known about it, the text of a JSON object.
    pub data: String,
}

/// Which events are wanted. What is `None` does not restrict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventFilter {
    /// Only of this user.
    pub user: Option<String>,
    /// Only of this session.
    pub session: Option<String>,
    /// At most so many, and never more than [`MAX_ROWS`].
    pub limit: usize,
    /// As many as have so many bytes of `data` together, and one at least.
    pub max_bytes: usize,
}

/// The counters over the log of activity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Events.
    pub total: u64,
    /// Events by kind.
    pub by_kind: BTreeMap<String, u64>,
    /// Events by user; the [`MAX_ROWS`] users with the most.
    pub by_user: BTreeMap<String, u64>,
    /// Uses by tool; the [`MAX_ROWS`] tools with the most.
    pub by_tool: BTreeMap<String, u64>,
}

/// How a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// The last write was kept.
    Ok,
    /// The last write was not kept; the sentence says why.
    Degraded(String),
}
