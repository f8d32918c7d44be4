//! Sockets and rooms: sends from anywhere, to whom it may concern.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::ids::SocketId;
use super::outbox::{Item, Outbox};
use crate::packet::Message;

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
pub struct Hub(Arc<Inner>);

#[derive(Default)]
struct Inner {
    sockets: RwLock<HashMap<SocketId, Arc<Link>>>,
    rooms: RwLock<HashMap<Room, HashMap<SocketId, Arc<Link>>>>,
}

/// What the hub knows of a socket.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) id: SocketId,
    pub(crate) namespace: Arc<str>,
    pub(crate) outbox: Arc<Outbox>,
    state: Mutex<LinkState>,
}

#[derive(Debug, Default)]
struct LinkState {
    rooms: Vec<Room>,
    gone: bool,
}

impl Link {
    pub(crate) fn new(id: SocketId, namespace: Arc<str>, outbox: Arc<Outbox>) -> Self {
        Self { id, namespace, outbox, state: Mutex::default() }
    }
}

impl Hub {
    /// Without sockets.
    pub fn new() -> Self {
        Self::default()
    }

    /// Everybody in a room of a namespace.
    pub fn to(&self, room: &Room) -> Target<'_> {
        Target { hub: self, whom: Whom::Room(room.clone()), except: None, only: None }
    }

    /// Everybody in a namespace.
    pub fn everyone<'a>(&'a self, namespace: &'a str) -> Target<'a> {
        Target { hub: self, whom: Whom::Everyone(namespace), except: None, only: None }
    }

    /// Everybody in any namespace.
    pub fn all(&self) -> Target<'_> {
        Target { hub: self, whom: Whom::All, except: None, only: None }
    }

    /// One socket.
    pub fn socket(&self, id: SocketId) -> Target<'_> {
        Target { hub: self, whom: Whom::Socket(id), except: None, only: None }
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
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Hub({} sockets)", self.len())
    }
}

/// Whom a message goes to.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before `send`"]
pub struct Target<'a> {
    hub: &'a Hub,
    whom: Whom<'a>,
    except: Option<SocketId>,
    only: Option<SocketId>,
}

#[derive(Clone, Debug)]
enum Whom<'a> {
    All,
    Everyone(&'a str),
    Room(Room),
    Socket(SocketId),
}

impl Target<'_> {
    /// All of them but this socket.
    pub fn except(mut self, id: SocketId) -> Self {
        self.except = Some(id);
        self
    }

    /// This socket alone, if it is one of them.
    pub fn only(mut self, id: SocketId) -> Self {
        self.only = Some(id);
        self
    }

    /// Sends a message; how many it was queued for.
    pub fn send(&self, message: &Message) -> usize {
        let mut count = 0;
        self.each(|link| {
            link.outbox.push(message.clone());
            count += 1;
        });
        count
    }

    /// Sends each the message of its namespace, if there is one; how many it was queued for.
    pub fn send_each<'m>(&self, message: impl Fn(&str) -> Option<&'m Message>) -> usize {
        let mut count = 0;
        self.each(|link| {
            if let Some(message) = message(&link.namespace) {
                link.outbox.push(message.clone());
                count += 1;
            }
        });
        count
    }

    /// The namespaces that they are in.
    pub fn namespaces(&self) -> Vec<Arc<str>> {
        let mut namespaces = Vec::new();
        self.each(|link| {
            if !namespaces.contains(&link.namespace) {
                namespaces.push(Arc::clone(&link.namespace));
            }
        });
        namespaces
    }

    /// Sends them away: each leaves its namespace after what waits for it.
    pub fn disconnect(&self) -> usize {
        let mut count = 0;
        self.each(|link| {
            link.outbox.command(Item::Leave(Arc::clone(link)));
            count += 1;
        });
        count
    }

    /// Their ids.
    pub fn ids(&self) -> Vec<SocketId> {
        let mut ids = Vec::new();
        self.each(|link| ids.push(link.id));
        ids
    }

    fn each(&self, mut visit: impl FnMut(&Arc<Link>)) {
        let mut visit = |link: &Arc<Link>| {
            if self.except != Some(link.id) && self.only.is_none_or(|only| only == link.id) {
                visit(link);
            }
        };
        match &self.whom {
            Whom::All => read(&self.hub.0.sockets).values().for_each(&mut visit),
            Whom::Everyone(namespace) => read(&self.hub.0.sockets)
                .values()
                .filter(|link| *link.namespace == **namespace)
                .for_each(&mut visit),
            Whom::Room(room) => {
                if let Some(members) = read(&self.hub.0.rooms).get(room) {
                    match self.only {
                        Some(id) => members.get(&id).into_iter().for_each(&mut visit),
                        None => members.values().for_each(&mut visit),
                    }
                }
            }
            Whom::Socket(id) => {
                let link = read(&self.hub.0.sockets).get(id).cloned();
                link.iter().for_each(&mut visit);
            }
        }
    }
}

// None of these locks is held while anything that could panic runs, so that a poisoned one is whole.
fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

fn lock<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::Prefix;

    fn socket(hub: &Hub) -> SocketId {
        let id = SocketId::random().unwrap();
        hub.add(Arc::new(Link::new(id, "/".into(), Arc::new(Outbox::new(10, 1000)))));
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
