//! Sockets and rooms: sends from anywhere, to whom it may concern.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::acks::Pending;
use super::ids::SocketId;
use super::outbox::Outbox;
use super::target::{Target, Whom};

/// The name of a room.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Room(Arc<str>);

impl Room {
    /// Of a name.
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self(name.into())
    }
}

/// All sockets of a server and the rooms they are in. Cloning shares it.
#[derive(Clone, Default)]
pub struct Hub(pub(super) Arc<Inner>);

#[derive(Default)]
pub(super) struct Inner {
    pub(super) sockets: RwLock<HashMap<SocketId, Arc<Link>>>,
    pub(super) rooms: RwLock<HashMap<Room, HashMap<SocketId, Arc<Link>>>>,
    /// The last id under which an acknowledgement was asked for: one for all sockets, so that one encoding serves them.
    pub(super) asked: AtomicU64,
}

/// What the hub knows of a socket.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) id: SocketId,
    pub(crate) namespace: Arc<str>,
    pub(crate) outbox: Arc<Outbox>,
    /// What its client owes answers to, in all of the connection's namespaces.
    pub(crate) pending: Arc<Pending>,
    state: Mutex<LinkState>,
}

#[derive(Debug, Default)]
struct LinkState {
    rooms: Vec<Room>,
    gone: bool,
}

impl Link {
    pub(crate) fn new(id: SocketId, namespace: Arc<str>, outbox: Arc<Outbox>, pending: Arc<Pending>) -> Self {
        Self { id, namespace, outbox, pending, state: Mutex::default() }
    }

    /// Whether it will never be sent anything again.
    pub(crate) fn is_gone(&self) -> bool {
        lock(&self.state).gone
    }
}

impl Hub {
    /// Without sockets.
    pub fn new() -> Self {
        Self::default()
    }

    /// Everybody in a room. A room is of one namespace: a message reaches those in it who are in the message's own, and for
    /// everything else [`Target::of`] says which is meant.
    pub fn to(&self, room: &Room) -> Target<'_> {
        Target::new(self, Whom::Room(room.clone()))
    }

    /// Everybody in a namespace.
    pub fn everyone<'a>(&'a self, namespace: &'a str) -> Target<'a> {
        Target::new(self, Whom::Everyone(namespace))
    }

    /// Everybody in any namespace.
    pub fn all(&self) -> Target<'_> {
        Target::new(self, Whom::All)
    }

    /// One socket.
    pub fn socket(&self, id: SocketId) -> Target<'_> {
        Target::new(self, Whom::Socket(id))
    }

    /// How many sockets there are.
    pub fn len(&self) -> usize {
        read(&self.0.sockets).len()
    }

    /// How many rooms have somebody in them.
    pub fn rooms(&self) -> usize {
        read(&self.0.rooms).len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts a socket into a room. Whether it was not there before.
    pub fn join(&self, id: SocketId, room: &Room) -> bool {
        let Some(link) = read(&self.0.sockets).get(&id).cloned() else { return false };
        let mut state = lock(&link.state);
        if state.gone || state.rooms.contains(room) {
            return false;
        }
        state.rooms.push(room.clone());
        write(&self.0.rooms).entry(room.clone()).or_default().insert(id, Arc::clone(&link));
        true
    }

    /// Takes a socket out of a room. Whether it was there.
    pub fn leave(&self, id: SocketId, room: &Room) -> bool {
        let Some(link) = read(&self.0.sockets).get(&id).cloned() else { return false };
        let mut state = lock(&link.state);
        let before = state.rooms.len();
        state.rooms.retain(|other| other != room);
        if state.rooms.len() == before {
            return false;
        }
        self.leave_room(id, room);
        true
    }

    fn leave_room(&self, id: SocketId, room: &Room) {
        let mut rooms = write(&self.0.rooms);
        if let Some(members) = rooms.get_mut(room) {
            members.remove(&id);
            if members.is_empty() {
                rooms.remove(room);
            }
        }
    }

    pub(crate) fn add(&self, link: Arc<Link>) {
        write(&self.0.sockets).insert(link.id, link);
    }

    pub(crate) fn remove(&self, id: SocketId) {
        let Some(link) = write(&self.0.sockets).remove(&id) else { return };
        let mut state = lock(&link.state);
        state.gone = true;
        for room in std::mem::take(&mut state.rooms) {
            self.leave_room(id, &room);
        }
        drop(state);
        link.pending.leave(id);
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Hub({} sockets)", self.len())
    }
}

// None of these locks is held while anything that could panic runs, so that a poisoned one is whole.
pub(super) fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn lock<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::{Message, Prefix};

    fn socket(hub: &Hub) -> SocketId {
        let id = SocketId::random().unwrap();
        let outbox = Arc::new(Outbox::new(10, 1000));
        hub.add(Arc::new(Link::new(id, "/".into(), outbox, Arc::new(Pending::new(1)))));
        id
    }

    #[test]
    fn rooms_hold_who_joined_and_did_not_leave() {
        let hub = Hub::new();
        let (a, b) = (socket(&hub), socket(&hub));
        let room = Room::new("r");
        assert!(hub.join(a, &room) && hub.join(b, &room) && !hub.join(a, &room));
        let message = Message::bare_event(&Prefix::event("/", "x"));
        assert_eq!(hub.to(&room).send(&message), 2);
        assert_eq!(hub.to(&room).except(a).ids(), [b]);
        assert_eq!(hub.to(&room).only(a).ids(), [a]);
        assert!(hub.leave(b, &room) && !hub.leave(b, &room));
        assert_eq!(hub.to(&room).ids(), [a]);
        assert_eq!(hub.everyone("/").send(&message), 2);
        assert_eq!(hub.everyone("/other").send(&message), 0);
        hub.remove(a);
        assert_eq!(hub.to(&room).send(&message), 0);
        assert!(!hub.join(a, &room), "who is gone joins nothing");
        assert!(read(&hub.0.rooms).is_empty(), "an empty room is none");
    }
}
