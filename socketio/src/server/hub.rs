//! Sockets and rooms: sends from anywhere, to whom it may concern.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use super::acks::Pending;
use super::flusher::{Flusher, Flushing};
use super::ids::SocketId;
use super::outbox::Outbox;
use super::recovery::{Claim, Log, Resumed};
use super::service::RequestInfo;
use super::target::{Target, Whom};
use crate::packet::Message;

/// The name of a room.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Room(Arc<str>);

impl Room {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.0
    }

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
    /// Whether some of its sockets are sent msgpack, so that clones of a message are to share it.
    packs: AtomicBool,
    /// Where what is sent is kept for those who come back, if they may.
    log: OnceLock<Arc<Log>>,
    /// Writes for tasks that sleep, while a server serves.
    flusher: RwLock<Option<Arc<Flusher>>>,
}

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
    state: Mutex<LinkState>,
}

#[derive(Debug, Default)]
struct LinkState {
    rooms: Vec<Room>,
    gone: bool,
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

    /// Some of its sockets are sent msgpack from now on.
    pub(super) fn pack(&self) {
        self.0.packs.store(true, Ordering::Relaxed);
    }

    /// Whether some are.
    pub(super) fn packs(&self) -> bool {
        self.0.packs.load(Ordering::Relaxed)
    }

    /// A message of which clones will be made.
    pub(super) fn for_many<'m>(&self, message: &'m Message) -> Cow<'m, Message> {
        match self.packs() {
            true => Cow::Owned(message.clone().shared()),
            false => Cow::Borrowed(message),
        }
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
        // Before all other locks, so that it is certain which packets were for it.
        let mut kept = self.log().map(|log| log.lock());
        let Some(link) = read(&self.0.sockets).get(&id).cloned() else { return false };
        let mut state = lock(&link.state);
        if state.gone || state.rooms.contains(room) {
            return false;
        }
        state.rooms.push(room.clone());
        write(&self.0.rooms).entry(room.clone()).or_default().insert(id, Arc::clone(&link));
        if let Some(namespace) = kept.as_mut().and_then(|kept| kept.get_mut(&link.namespace)) {
            namespace.joined(id, room);
        }
        true
    }

    /// Takes a socket out of a room, also one that is away and may come back. Whether it was there.
    pub fn leave(&self, id: SocketId, room: &Room) -> bool {
        let mut kept = self.log().map(|log| log.lock());
        let was_kept =
            kept.as_mut().is_some_and(|kept| kept.values_mut().any(|namespace| namespace.left(id, room)));
        let Some(link) = read(&self.0.sockets).get(&id).cloned() else { return was_kept };
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

    /// Where what is sent is kept, if clients may come back.
    pub(super) fn log(&self) -> Option<&Arc<Log>> {
        self.0.log.get()
    }

    /// From now on, clients may come back. Said before anybody has come.
    pub(super) fn keep(&self, log: Log) {
        let _ = self.0.log.set(Arc::new(log));
    }

    /// Writes for connections whose tasks sleep, until what is returned is dropped.
    pub(super) fn start_flushing(&self) -> Flushing {
        let flushing = Flusher::start();
        *write(&self.0.flusher) = Some(Arc::clone(flushing.flusher()));
        flushing
    }

    /// Has written what has been queued for these without waking their tasks.
    pub(super) fn flush(&self, outboxes: VecDeque<Arc<Outbox>>) {
        if outboxes.is_empty() {
            return;
        }
        match &*read(&self.0.flusher) {
            Some(flusher) => flusher.flush(outboxes),
            None => outboxes.iter().for_each(|outbox| outbox.rouse()),
        }
    }

    /// A socket joins; its client is told so before anything else.
    pub(crate) fn enter(&self, link: &Arc<Link>) {
        let mut kept = self.log().map(|log| (log, log.lock()));
        let pid = kept.as_mut().and_then(|(log, kept)| log.begin(kept, link));
        link.outbox.push(Message::connect(&link.namespace, &link.id.to_string(), pid.as_deref()));
        write(&self.0.sockets).insert(link.id, Arc::clone(link));
    }

    /// A socket goes on: its client is told so, and then sent what it missed. Whether that is possible.
    pub(super) fn resume(&self, claim: Claim, link: &Arc<Link>) -> bool {
        let Some(log) = self.log() else { return false };
        let mut kept = log.lock();
        let Some(Resumed { pid, rooms, missed }) = claim.resume(&mut kept, link) else { return false };
        link.outbox.push(Message::connect(&link.namespace, &link.id.to_string(), Some(&pid)));
        missed.into_iter().for_each(|message| link.outbox.push(message));
        write(&self.0.sockets).insert(link.id, Arc::clone(link));
        let mut state = lock(&link.state);
        for room in rooms {
            write(&self.0.rooms).entry(room.clone()).or_default().insert(link.id, Arc::clone(link));
            state.rooms.push(room);
        }
        true
    }

    /// A socket is gone; its client may come back or not.
    pub(crate) fn remove(&self, link: &Arc<Link>, may_return: bool) {
        let kept = self.log().map(|log| (log, log.lock()));
        let mut sockets = write(&self.0.sockets);
        if sockets.get(&link.id).is_some_and(|other| Arc::ptr_eq(other, link)) {
            sockets.remove(&link.id);
        }
        drop(sockets);
        let mut state = lock(&link.state);
        state.gone = true;
        for room in std::mem::take(&mut state.rooms) {
            self.leave_room(link.id, &room);
        }
        drop(state);
        if let Some((log, mut kept)) = kept {
            log.left(&mut kept, link, may_return);
        }
        link.pending.leave(link.id);
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
    use crate::packet::Prefix;

    fn socket(hub: &Hub) -> SocketId {
        let id = SocketId::random().unwrap();
        let outbox = Arc::new(Outbox::new(10, 1000));
        hub.enter(&Arc::new(Link::new(id, "/".into(), outbox, Arc::new(Pending::new(1)))));
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
        let link = read(&hub.0.sockets).get(&a).cloned().unwrap();
        hub.remove(&link, false);
        assert_eq!(hub.to(&room).send(&message), 0);
        assert!(!hub.join(a, &room), "who is gone joins nothing");
        assert!(read(&hub.0.rooms).is_empty(), "an empty room is none");
    }

    #[test]
    fn a_socket_that_is_known_is_sent_to_until_it_is_gone() {
        let hub = Hub::new();
        let id = socket(&hub);
        let link = read(&hub.0.sockets).get(&id).cloned().unwrap();
        let target = Target::new(&hub, Whom::Link(&link));
        let message = |namespace| Message::bare_event(&Prefix::event(namespace, "x"));
        assert_eq!((target.give(message("/")), target.send(&message("/"))), (1, 1));
        assert_eq!(target.give(message("/other")), 0);
        assert_eq!(target.clone().except(id).give(message("/")), 0);
        assert_eq!(target.clone().of("/other").give(message("/")), 0);
        hub.remove(&link, false);
        assert_eq!((target.give(message("/")), target.ids()), (0, vec![]));
    }
}
