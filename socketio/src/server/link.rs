//! What everybody knows of a socket who sends to it.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use super::acks::Pending;
use super::ids::SocketId;
use super::locks::lock;
use super::outbox::Outbox;
use super::request::RequestInfo;
use super::room::Room;

/// What the hub knows of a socket.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) id: SocketId,
    pub(crate) namespace: Arc<str>,
    pub(crate) outbox: Arc<Outbox>,
    /// The request that opened its connection; of none in tests.
    pub(crate) request: Option<Arc<RequestInfo>>,
    /// Whether its client has come back.
    pub(crate) recovered: bool,
    /// The offset of the last packet that was queued for it.
    pub(super) addressed: AtomicU64,
    /// What its client owes answers to, in all of the connection's namespaces.
    pub(crate) pending: Arc<Pending>,
    pub(super) state: Mutex<LinkState>,
}

#[derive(Debug, Default)]
pub(super) struct LinkState {
    pub(super) rooms: Vec<Room>,
    pub(super) gone: bool,
}

impl Link {
    pub(crate) fn new(id: SocketId, namespace: Arc<str>, outbox: Arc<Outbox>, pending: Arc<Pending>) -> Self {
        let state = Mutex::default();
        let addressed = AtomicU64::new(0);
        Self { id, namespace, outbox, request: None, recovered: false, addressed, pending, state }
    }

    /// Whether it is in a namespace.
    pub(crate) fn is_in(&self, namespace: &str) -> bool {
        // Each begins with a slash: most are nothing else, and need not be compared for each recipient of a broadcast.
        match (self.namespace.len(), namespace.len()) {
            (1, 1) => true,
            (mine, other) => mine == other && *self.namespace == *namespace,
        }
    }

    /// The rooms it is in.
    pub(crate) fn rooms(&self) -> Vec<Room> {
        lock(&self.state).rooms.clone()
    }

    /// Whether it will never be sent anything again.
    pub(crate) fn is_gone(&self) -> bool {
        lock(&self.state).gone
    }
}
