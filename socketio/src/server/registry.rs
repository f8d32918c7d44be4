//! All connections: those that requests name, because they began with polling; and all of them, for the end of the server.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc;

use super::ids::SessionId;
use super::outbox::{Item, Outbox};
use super::polling::Command;
use super::reason::DisconnectReason;

/// Connections by their session id. Cloning shares it.
#[derive(Clone, Default)]
pub(crate) struct Registry(Arc<Mutex<HashMap<SessionId, Entry>>>);

struct Entry {
    outbox: Arc<Outbox>,
    /// Of a session that began with polling.
    commands: Option<mpsc::Sender<Command>>,
}

/// Takes the connection out when it ends, however it ends.
pub(crate) struct Registered {
    registry: Registry,
    id: SessionId,
}

impl Registry {
    fn lock(&self) -> MutexGuard<'_, HashMap<SessionId, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add(
        &self,
        id: SessionId,
        outbox: Arc<Outbox>,
        commands: Option<mpsc::Sender<Command>>,
    ) -> Registered {
        self.lock().insert(id, Entry { outbox, commands });
        Registered { registry: self.clone(), id }
    }

    pub(crate) fn find(&self, id: &str) -> Option<mpsc::Sender<Command>> {
        self.lock().get(&SessionId::parse(id)?)?.commands.clone()
    }

    pub(crate) fn len(&self) -> usize {
        self.lock().len()
    }

    /// What waits for each connection.
    pub(crate) fn outboxes(&self) -> Vec<Arc<Outbox>> {
        self.lock().values().map(|entry| Arc::clone(&entry.outbox)).collect()
    }

    /// Closes every connection, each after what waits for it.
    pub(crate) fn close_all(&self, reason: DisconnectReason) {
        for entry in self.lock().values() {
            entry.outbox.command(Item::Close(reason));
        }
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.registry.lock().remove(&self.id);
    }
}
