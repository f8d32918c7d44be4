//! What survives a restart: sessions, turns, tool calls and the log of activity.
//!
//! [`Store`] is the port that the service codes against, always as `Arc<dyn Store>`.
//! A future of a writing method resolves when what it wrote is on disk: acknowledged means durable. Writes are carried out
//! in the order in which the methods were called, so that the turns of a session have one order for all times.

pub mod error;
pub mod records;
pub mod sqlite;

use std::pin::Pin;

pub use error::StoreError;
pub use records::{
    Call, CallState, Decision, Event, EventFilter, Health, NewCall, NewEvent, NewTurn, Outcome, Session,
    Stats, Turn, TurnKind, now,
};
pub use sqlite::SqliteStore;

/// What a store method gives: a future that needs nothing of the caller but polling.
pub type Stored<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// The store, as the service sees it.
///
/// Every method may fail with what any storage may fail with: [`StoreError::Full`], [`StoreError::ReadOnly`],
/// [`StoreError::Closed`], [`StoreError::Storage`]. What else it may say stands at the method. A writing method takes its place
/// in the order of writes when it is *called*, unless the queue of writes is full: then when it gets its place there.
/// Dropping its future does not take a write back.
pub trait Store: Send + Sync + 'static {
    /// Keeps a new session. [`StoreError::SessionExists`] if the id is taken, [`StoreError::TooManyMembers`].
    fn create_session(&self, session: Session) -> Stored<'_, ()>;

    /// A session, or `None`.
    fn session(&self, id: &str) -> Stored<'_, Option<Session>>;

    /// The sessions that `user` is a member of, or all of them, the most recently updated first, at most `limit`.
    fn sessions(&self, user: Option<&str>, limit: usize) -> Stored<'_, Vec<Session>>;

    /// Deletes a session, its turns and its calls; the log stays. Whether there was one.
    fn delete_session(&self, id: &str) -> Stored<'_, bool>;

    /// Makes `user` a member. Whether that is new. [`StoreError::NoSuchSession`], [`StoreError::TooManyMembers`].
    fn add_member(&self, session: &str, user: &str) -> Stored<'_, bool>;

    /// Adds turns at the end of a session, all or none, and gives the sequence number of the last.
    /// [`StoreError::NoSuchSession`].
    fn append_turns(&self, session: &str, turns: Vec<NewTurn>) -> Stored<'_, i64>;

    /// All turns of a session, oldest first; none for a session that does not exist.
    fn turns(&self, session: &str) -> Stored<'_, Vec<Turn>>;

    /// Deletes the turns of a session, at the moment `at` (Unix ms), and says how many there were.
    /// [`StoreError::NoSuchSession`].
    fn clear_turns(&self, session: &str, at: i64) -> Stored<'_, u64>;

    /// Keeps a tool call that waits for a decision. [`StoreError::CallExists`] if the session has one of that id,
    /// [`StoreError::NoSuchSession`].
    fn request_call(&self, call: NewCall) -> Stored<'_, ()>;

    /// Decides on a waiting call; the first decision wins. The call as it stands afterwards, and whether this decision is
    /// the one that counts. [`StoreError::NoSuchCall`].
    fn decide_call(&self, session: &str, call: &str, decision: Decision) -> Stored<'_, (Call, bool)>;

    /// Notes, before it runs, that an approved call is carried out. [`StoreError::NoSuchCall`]; [`StoreError::CallState`] if it is
    /// not approved, or was started before: a call is carried out at most once, over restarts too.
    fn start_call(&self, session: &str, call: &str, at: i64) -> Stored<'_, ()>;

    /// Notes what came of a started call. [`StoreError::NoSuchCall`], [`StoreError::CallState`].
    fn finish_call(&self, session: &str, call: &str, outcome: Outcome, at: i64) -> Stored<'_, ()>;

    /// One call, or `None`.
    fn call(&self, session: &str, call: &str) -> Stored<'_, Option<Call>>;

    /// The calls of a session that are not finished and not rejected, oldest first: what a restart has to look after.
    /// [`CallState::Started`] means that nobody knows what came of it.
    fn open_calls(&self, session: &str) -> Stored<'_, Vec<Call>>;

    /// Adds events to the log, all or none, counts them, and gives them their ids, in order.
    fn append_events(&self, events: Vec<NewEvent>) -> Stored<'_, Vec<i64>>;

    /// Events of the log that fit, the newest of them, oldest first.
    fn events(&self, filter: EventFilter) -> Stored<'_, Vec<Event>>;

    /// The counters, of all or of one user.
    fn stats(&self, user: Option<&str>) -> Stored<'_, Stats>;

    /// How the store is.
    fn health(&self) -> Health;

    /// Carries out what is queued, folds the write-ahead log into the file, and lets go of the data folder. Everything
    /// afterwards is [`StoreError::Closed`]. Closing again does nothing.
    fn close(&self) -> Stored<'_, ()>;
}
