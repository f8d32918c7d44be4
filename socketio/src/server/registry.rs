//! All connections: those that requests name, because they began with polling; and all of them, for the end of the server.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use super::ids::SessionId;
use super::outbox::{Item, Outbox};
use super::polling::Command;
use super::reason::DisconnectReason;

/// Connections by their session id. Cloning shares it.
#[derive(Clone, Default)]
pub(crate) struct Registry(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    entries: HashMap<SessionId, Entry>,
    /// Why all of them have been closed, and whoever still comes is as well.
    closed: Option<DisconnectReason>,
}

struct Entry {
    outbox: Arc<Outbox>,
    /// Of a session that began with polling.
    commands: Option<mpsc::Sender<Command>>,
    task: Option<AbortHandle>,
}

/// Takes the connection out when it ends, however it ends.
pub(crate) struct Registered {
    registry: Registry,
    id: SessionId,
}

impl Registry {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add(
        &self,
        id: SessionId,
        outbox: Arc<Outbox>,
        commands: Option<mpsc::Sender<Command>>,
    ) -> Registered {
        let mut state = self.lock();
        if let Some(reason) = state.closed {
            outbox.command(Item::Close(reason));
        }
        state.entries.insert(id, Entry { outbox, commands, task: None });
        drop(state);
        Registered { registry: self.clone(), id }
    }

    /// The task of a connection, unless it has ended already.
    pub(crate) fn runs(&self, id: SessionId, task: AbortHandle) {
        if let Some(entry) = self.lock().entries.get_mut(&id) {
            entry.task = Some(task);
        }
    }

    /// Whether no new connections are wanted any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.lock().closed.is_some()
    }

    pub(crate) fn find(&self, id: &str) -> Option<mpsc::Sender<Command>> {
        self.lock().entries.get(&SessionId::parse(id)?)?.commands.clone()
    }

    pub(crate) fn len(&self) -> usize {
        self.lock().entries.len()
    }

    /// What waits for each connection.
    pub(crate) fn outboxes(&self) -> Vec<Arc<Outbox>> {
        self.lock().entries.values().map(|entry| Arc::clone(&entry.outbox)).collect()
    }

    /// Closes every connection, each after what waits for it, and those that are still to come.
    pub(crate) fn close_all(&self, reason: DisconnectReason) {
        let mut state = self.lock();
        state.closed = Some(reason);
        for entry in state.entries.values() {
            entry.outbox.command(Item::Close(reason));
        }
    }

    /// Ends every connection, whatever its handlers do.
    pub(crate) fn abort_all(&self) {
        for task in self.lock().entries.values().filter_map(|entry| entry.task.as_ref()) {
            task.abort();
        }
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.registry.lock().entries.remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::{Context, Waker};

    #[test]
    fn who_comes_when_all_have_been_closed_is_closed_as_well() {
        let registry = Registry::default();
        let outbox = || Arc::new(Outbox::new(10, 1000));
        let is_told = |outbox: &Outbox| outbox.poll_ending(&Context::from_waker(Waker::noop())).is_ready();
        let (early, late) = (outbox(), outbox());
        let _early = registry.add(SessionId::random().unwrap(), Arc::clone(&early), None);
        assert!(!is_told(&early) && !registry.is_closed());
        registry.close_all(DisconnectReason::ServerShuttingDown);
        let registered = registry.add(SessionId::random().unwrap(), Arc::clone(&late), None);
        assert!(is_told(&early) && is_told(&late) && registry.is_closed());
        drop(registered);
        assert_eq!(registry.len(), 1);
    }
}
