//! Sockets and rooms: sends from anywhere, to whom it may concern.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, RwLock};

use super::flusher::{Flusher, Flushing};
use super::ids::{BySocket, SocketId};
use super::link::Link;
use super::locks::{lock, read, write};
use super::outbox::Outbox;
use super::recovery::{Claim, Log, Resumed};
use super::room::Room;
use crate::packet::Message;

/// All sockets of a server and the rooms they are in. Cloning shares it.
///
/// Locks are taken in this order, and what comes earlier is never taken by who holds something later: the log of recovery, a
/// link's `rooms`, `rooms`, `sockets`, an outbox. Messages are queued under `rooms` and `sockets`, which nobody waits for
/// who holds an outbox.
#[derive(Clone, Default)]
pub struct Hub(pub(super) Arc<Inner>);

#[derive(Default)]
pub(super) struct Inner {
    pub(super) sockets: RwLock<Sockets>,
    pub(super) rooms: RwLock<HashMap<Room, BySocket<Arc<Link>>>>,
    /// The last id under which an acknowledgement was asked for: one for all sockets, so that one encoding serves them.
    pub(super) asked: AtomicU64,
    /// Whether some of its sockets are sent msgpack, so that clones of a message are to share it.
    packs: AtomicBool,
    /// Where what is sent is kept for those who come back, if they may.
    log: OnceLock<Arc<Log>>,
    /// Writes for tasks that sleep, while a server serves.
    flusher: RwLock<Option<Arc<Flusher>>>,
}

/// Sockets by their id.
#[derive(Default)]
pub(super) struct Sockets {
    all: BySocket<Arc<Link>>,
    /// Those in other namespaces than the main one, by namespace, so that who sends to one does not look at all of them. In the
    /// main namespace most of them are.
    apart: HashMap<Arc<str>, BySocket<Arc<Link>>>,
}

impl Sockets {
    pub(super) fn get(&self, id: &SocketId) -> Option<&Arc<Link>> {
        self.all.get(id)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &Arc<Link>> {
        self.all.values()
    }

    /// Visits those in a namespace.
    pub(super) fn each_in(&self, namespace: &str, visit: impl FnMut(&Arc<Link>)) {
        if namespace == "/" {
            self.values().filter(|link| link.is_in(namespace)).for_each(visit);
        } else if let Some(sockets) = self.apart.get(namespace) {
            sockets.values().for_each(visit);
        }
    }

    fn insert(&mut self, link: &Arc<Link>) {
        self.all.insert(link.id, Arc::clone(link));
        if *link.namespace != *"/" {
            let apart = self.apart.entry(Arc::clone(&link.namespace)).or_default();
            apart.insert(link.id, Arc::clone(link));
        }
    }

    fn remove(&mut self, link: &Arc<Link>) {
        if !self.all.get(&link.id).is_some_and(|other| Arc::ptr_eq(other, link)) {
            return;
        }
        self.all.remove(&link.id);
        if let Some(apart) = self.apart.get_mut(&link.namespace) {
            apart.remove(&link.id);
            if apart.is_empty() {
                self.apart.remove(&link.namespace);
            }
        }
    }
}

impl Hub {
    /// Without sockets.
    pub fn new() -> Self {
        Self::default()
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
        read(&self.0.sockets).all.len()
    }

    /// How many rooms have somebody in them.
    pub fn rooms(&self) -> usize {
        read(&self.0.rooms).len()
    }

    /// The rooms in which somebody of a namespace is.
    pub fn rooms_of(&self, namespace: &str) -> Vec<Room> {
        let rooms = read(&self.0.rooms);
        let is_of = |members: &BySocket<Arc<Link>>| members.values().any(|link| link.is_in(namespace));
        rooms.iter().filter(|(_, members)| is_of(members)).map(|(room, _)| room.clone()).collect()
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
        let mut its = lock(&link.rooms);
        if link.is_gone() || its.contains(room) {
            return false;
        }
        its.push(room.clone());
        write(&self.0.rooms).entry(room.clone()).or_default().insert(id, Arc::clone(&link));
        if let Some(kept) = &mut kept {
            kept.joined(&link.namespace, id, room);
        }
        true
    }

    /// Takes a socket out of a room, also one that is away and may come back. Whether it was there.
    pub fn leave(&self, id: SocketId, room: &Room) -> bool {
        let mut kept = self.log().map(|log| log.lock());
        let was_kept = kept.as_mut().is_some_and(|kept| kept.left(id, room));
        let Some(link) = read(&self.0.sockets).get(&id).cloned() else { return was_kept };
        let mut its = lock(&link.rooms);
        let before = its.len();
        if !link.is_gone() {
            its.retain(|other| other != room);
        }
        if its.len() == before {
            return false;
        }
        self.leave_room(&link, room);
        true
    }

    fn leave_room(&self, link: &Arc<Link>, room: &Room) {
        let mut rooms = write(&self.0.rooms);
        if let Some(members) = rooms.get_mut(room) {
            if members.get(&link.id).is_some_and(|other| Arc::ptr_eq(other, link)) {
                members.remove(&link.id);
            }
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
        write(&self.0.sockets).insert(link);
    }

    /// A socket goes on: its client is told so, and then sent what it missed. Whether that is possible.
    pub(super) fn resume(&self, claim: Claim, link: &Arc<Link>) -> bool {
        let Some(log) = self.log() else { return false };
        let mut kept = log.lock();
        let Some(Resumed { pid, rooms, missed }) = claim.resume(&mut kept, link) else { return false };
        link.outbox.push(Message::connect(&link.namespace, &link.id.to_string(), Some(&pid)));
        missed.into_iter().for_each(|message| link.outbox.push(message));
        write(&self.0.sockets).insert(link);
        let mut its = lock(&link.rooms);
        for room in rooms {
            write(&self.0.rooms).entry(room.clone()).or_default().insert(link.id, Arc::clone(link));
            its.push(room);
        }
        true
    }

    /// A socket is gone; its client may come back or not.
    pub(crate) fn remove(&self, link: &Arc<Link>, may_return: bool) {
        let kept = self.log().map(|log| (log, log.lock()));
        write(&self.0.sockets).remove(link);
        let its = lock(&link.rooms);
        link.set_gone();
        for room in &*its {
            self.leave_room(link, room);
        }
        drop(its);
        if let Some((log, mut kept)) = kept {
            // Under the log's lock, under which sockets are sent away.
            log.left(&mut kept, link, may_return && !link.is_sent_away());
        }
        link.pending.leave(link.id);
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Hub({} sockets)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::Prefix;
    use crate::server::acks::Pending;
    use crate::server::target::{Target, Whom};

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
    fn nobody_who_sends_waits_for_a_link_under_the_locks_of_the_hub() {
        let hub = Hub::new();
        let id = socket(&hub);
        let link = read(&hub.0.sockets).get(&id).cloned().unwrap();
        let (done, is_done) = std::sync::mpsc::channel();
        // As whoever joins or leaves a room holds it, and takes the rooms next.
        let its = lock(&link.rooms);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let ids = Target::new(&hub, Whom::Link(&link)).ids();
                hub.everyone("/").send(&Message::bare_event(&Prefix::event("/", "x")));
                done.send(ids).unwrap();
            });
            let ids = is_done.recv_timeout(std::time::Duration::from_secs(10));
            drop(its);
            assert_eq!(ids, Ok(vec![id]));
        });
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
