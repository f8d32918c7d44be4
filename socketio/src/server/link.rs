//! What everybody knows of a socket who sends to it.

use std::any::Any;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, Weak};

use super::acks::Pending;
use super::ids::SocketId;
use super::locks::lock;
use super::outbox::Outbox;
use super::request::RequestInfo;
use super::room::Room;

/// What the hub knows of a socket.
pub(crate) struct Link {
    pub(crate) id: SocketId,
    pub(crate) namespace: Arc<str>,
    pub(crate) outbox: Arc<Outbox>,
    /// The request that opened its connection; of none in tests.
    pub(crate) request: Option<Arc<RequestInfo>>,
    /// What the service keeps with it, once that is known. Not held here: links are let go under locks, and what a service keeps
    /// may do anything when it is dropped.
    pub(super) data: OnceLock<Weak<dyn Any + Send + Sync>>,
    /// Whether its client has come back.
    pub(crate) recovered: bool,
    /// The offset of the last packet that was queued for it.
    pub(super) addressed: AtomicU64,
    /// What its client owes answers to, in all of the connection's namespaces.
    pub(crate) pending: Arc<Pending>,
    /// The rooms it is in; once it is gone, those it was in.
    pub(super) rooms: Mutex<Vec<Room>>,
    /// Set while `rooms` is locked, and looked at without: a recipient of a broadcast is looked at under the hub's locks, which
    /// come after that one.
    gone: AtomicBool,
    /// It has been told to leave, and does not come back, even if it goes before it has heard that.
    sent_away: AtomicBool,
}

impl fmt::Debug for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("Link");
        debug.field("id", &self.id).field("namespace", &self.namespace).finish_non_exhaustive()
    }
}

impl Link {
    pub(crate) fn new(id: SocketId, namespace: Arc<str>, outbox: Arc<Outbox>, pending: Arc<Pending>) -> Self {
        Self {
            id,
            namespace,
            outbox,
            request: None,
            data: OnceLock::new(),
            recovered: false,
            addressed: AtomicU64::new(0),
            pending,
            rooms: Mutex::default(),
            gone: AtomicBool::new(false),
            sent_away: AtomicBool::new(false),
        }
    }

    /// What the service keeps with it.
    pub(super) fn keep<D: Send + Sync + 'static>(&self, data: &Arc<D>) {
        let data: Weak<D> = Arc::downgrade(data);
        let _ = self.data.set(data);
    }

    /// Whether it is in a namespace.
    pub(crate) fn is_in(&self, namespace: &str) -> bool {
        // Each begins with a slash: most are nothing else, and need not be compared for each recipient of a broadcast.
        match (self.namespace.len(), namespace.len()) {
            (1, 1) => true,
            (mine, other) => mine == other && *self.namespace == *namespace,
        }
    }

    /// The rooms it is in; once it is gone, those it was in.
    pub(crate) fn rooms(&self) -> Vec<Room> {
        lock(&self.rooms).clone()
    }

    /// Whether it will never be sent anything again.
    pub(crate) fn is_gone(&self) -> bool {
        // With what happened before it is gone: who has seen to that waits for nothing of it any more.
        self.gone.load(Ordering::Acquire)
    }

    pub(super) fn set_gone(&self) {
        self.gone.store(true, Ordering::Release);
    }

    /// Whether it has been sent away, be it alone or with its connection.
    pub(super) fn is_sent_away(&self) -> bool {
        self.sent_away.load(Ordering::Relaxed) || self.outbox.is_dismissed()
    }

    pub(super) fn set_sent_away(&self) {
        self.sent_away.store(true, Ordering::Relaxed);
    }
}
