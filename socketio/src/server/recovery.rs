//! Connection state recovery: who was cut off comes back as the same socket, with its rooms, its data and what it missed.
//!
//! Every namespace has a log of the packets that were sent in it, each with whom it was for, and a session per socket with the
//! rooms it was in and when. A packet is logged and queued under one lock, so that the order of the log is the order in
//! which every client sees it; its number, the *offset*, is the last argument of the event and so part of the one
//! encoding that all recipients share. What a returning client missed is then what the log has after its offset and
//! was for it at the time.
//!
//! * Every event without acknowledgement ends with an offset. A volatile one repeats the last offset and is not logged: the
//!   client takes the last string of whatever event for its offset, and everything up to that one was queued before.
//! * A client that has no offset yet has missed everything since its session began.
//! * Packets are kept for the window and the time of a heartbeat: who did not get a packet that is older than that did not
//!   answer the ping after it either, and is not waited for any more. So only what the bounds push out earlier leaves a
//!   gap, and a client that may have one starts anew.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::config::Recovery;
use super::ids::SocketId;
use super::link::Link;
use super::packets::{AnyData, Audience, Namespace, Session, State};
use super::reason::DisconnectReason;
use super::room::Room;
use crate::packet::Message;

/// The logs and sessions of all namespaces.
pub(super) struct Log {
    pub(super) limits: Recovery,
    /// How long a client may have been gone without anybody knowing.
    heartbeat: Duration,
    namespaces: Mutex<HashMap<Arc<str>, Namespace>>,
    /// A session has become free to be taken.
    changed: Notify,
    pub(super) recovered: AtomicU64,
    pub(super) gaps: AtomicU64,
}

/// What a client says to come back.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Return {
    pub(super) pid: String,
    pub(super) offset: Option<String>,
}

/// A session whose client has come back. It is over if nothing becomes of it.
pub(super) struct Claim {
    log: Arc<Log>,
    namespace: Arc<str>,
    pub(super) id: SocketId,
    pub(super) rooms: Vec<Room>,
    pub(super) data: AnyData,
    from: u64,
    is_done: bool,
}

/// What a session goes on with.
pub(super) struct Resumed {
    pub(super) pid: String,
    pub(super) rooms: Vec<Room>,
    pub(super) missed: Vec<Message>,
}

/// The namespaces, locked.
pub(super) type Guard<'a> = MutexGuard<'a, HashMap<Arc<str>, Namespace>>;

enum Found {
    Nothing,
    /// Its old connection has not ended.
    Busy(Option<Arc<Link>>),
    Away(AnyData, u64),
}

impl Log {
    pub(super) fn new(limits: Recovery, heartbeat: Duration) -> Self {
        Self {
            limits,
            heartbeat,
            namespaces: Mutex::default(),
            changed: Notify::new(),
            recovered: AtomicU64::new(0),
            gaps: AtomicU64::new(0),
        }
    }

    pub(super) fn lock(&self) -> Guard<'_> {
        self.namespaces.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends an event with its offset, and keeps it for those who are away; `queue` hands the message to who is here.
    pub(super) fn send(&self, message: &Message, audience: Audience, queue: impl FnOnce(&Message, u64)) {
        let mut namespaces = self.lock();
        let Some(namespace) = namespaces.get_mut(message.namespace()) else {
            // Nobody is expected.
            return queue(message, 0);
        };
        let is_kept = !message.is_volatile() && namespace.concerns(&audience);
        let offset = namespace.last + u64::from(is_kept);
        match message.ending_with(&format!("{offset:x}")) {
            None => queue(message, 0),
            Some(message) if !is_kept => queue(&message, 0),
            Some(message) => {
                queue(&message, offset);
                namespace.keep(message, audience, &self.limits, self.limits.window + self.heartbeat);
            }
        }
    }

    /// A session begins. Its private id.
    pub(super) fn begin(&self, namespaces: &mut Guard<'_>, link: &Arc<Link>) -> Option<String> {
        let secret = SocketId::random().ok()?;
        let namespace = namespaces.entry(Arc::clone(&link.namespace)).or_default();
        namespace.sessions.insert(link.id, Session::new(secret, namespace.last, Arc::clone(link)));
        Some(format!("{}{secret}", link.id))
    }

    /// A socket has been taken out of the hub; its session goes on if its client may come back.
    pub(super) fn left(&self, namespaces: &mut Guard<'_>, link: &Arc<Link>, may_return: bool) {
        let Some(namespace) = namespaces.get_mut(&link.namespace) else { return };
        let last = namespace.last;
        if let Some(session) = namespace.sessions.get_mut(&link.id)
            && session.is_of(link)
        {
            if may_return {
                session.going(link.addressed.load(Ordering::Relaxed), last);
            } else {
                namespace.sessions.remove(&link.id);
            }
        }
        if namespace.sessions.is_empty() {
            namespaces.remove(&link.namespace);
        }
        self.changed.notify_waiters();
    }

    /// Its handlers are done with it: from now on it can be taken up again.
    pub(super) fn park(&self, link: &Link, data: AnyData) {
        let mut namespaces = self.lock();
        if let Some(namespace) = namespaces.get_mut(&link.namespace) {
            namespace.park(link.id, data, Instant::now() + self.limits.window, self.limits.max_sessions);
        }
        drop(namespaces);
        self.changed.notify_waiters();
    }

    /// Forgets who does not come back any more.
    pub(super) fn sweep(&self, now: Instant) {
        let keep = self.limits.window + self.heartbeat;
        self.lock().retain(|_, namespace| {
            namespace.sweep(now, keep);
            !namespace.sessions.is_empty()
        });
    }

    /// The end: nobody comes back.
    pub(super) fn clear(&self) {
        self.lock().clear();
    }

    /// How many may come back.
    pub(super) fn away(&self) -> usize {
        self.lock().values().map(Namespace::away).sum()
    }

    fn find(&self, name: &str, id: SocketId, secret: SocketId) -> Found {
        let mut namespaces = self.lock();
        let Some(namespace) = namespaces.get_mut(name) else { return Found::Nothing };
        let Some(session) = namespace.sessions.get_mut(&id).filter(|session| session.secret == secret) else {
            return Found::Nothing;
        };
        match &session.state {
            State::Here(link) => Found::Busy(Some(Arc::clone(link))),
            State::Going => Found::Busy(None),
            State::Claimed => Found::Nothing,
            State::Away { until, .. } if *until <= Instant::now() => Found::Nothing,
            State::Away { .. } => match std::mem::replace(&mut session.state, State::Claimed) {
                State::Away { data, .. } => Found::Away(data, session.base),
                _ => Found::Nothing,
            },
        }
    }

    /// Takes up a session. One whose old connection is believed to be alive is taken away from it, if its handlers are done
    /// with it soon.
    pub(super) async fn claim(
        self: &Arc<Self>,
        namespace: &str,
        back: &Return,
        patience: Duration,
    ) -> Option<Claim> {
        let (id, secret) = SocketId::parse_pair(&back.pid)?;
        let give_up = tokio::time::Instant::now() + patience;
        let (data, base) = loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            match self.find(namespace, id, secret) {
                Found::Nothing => return None,
                Found::Away(data, base) => break (data, base),
                Found::Busy(link) => {
                    if let Some(link) = link {
                        link.outbox.cut(DisconnectReason::TransportClose);
                    }
                    tokio::time::timeout_at(give_up, changed).await.ok()?;
                }
            }
        };
        let from = match &back.offset {
            None => Some(base),
            Some(offset) => u64::from_str_radix(offset, 16).ok(),
        };
        // Ended by being dropped, if it turns out to be unusable.
        let mut claim = Claim {
            log: Arc::clone(self),
            namespace: namespace.into(),
            id,
            rooms: Vec::new(),
            data,
            from: from.unwrap_or(u64::MAX),
            is_done: false,
        };
        let namespaces = self.lock();
        let session = namespaces.get(namespace)?.sessions.get(&id)?;
        claim.rooms = session.rooms();
        let is_whole = claim.is_whole(&namespaces);
        drop(namespaces);
        is_whole.then_some(claim)
    }
}

impl Claim {
    /// Whether the log has everything after the client's offset.
    fn is_whole(&self, namespaces: &Guard<'_>) -> bool {
        let whole = namespaces
            .get(&self.namespace)
            .and_then(|namespace| Some(namespace.is_whole(namespace.sessions.get(&self.id)?, self.from)))
            .unwrap_or_default();
        if !whole {
            self.log.gaps.fetch_add(1, Ordering::Relaxed);
        }
        whole
    }

    /// The session goes on with this link: its private id, and what it missed. `None` if that is not whole any more, or
    /// there is no room for it.
    pub(super) fn resume(mut self, namespaces: &mut Guard<'_>, link: &Arc<Link>) -> Option<Resumed> {
        if !self.is_whole(namespaces) {
            self.end(namespaces);
            return None;
        }
        // From here on nothing is ended by being dropped, which would wait for the lock that is held.
        self.is_done = true;
        let from = self.from;
        let namespace = namespaces.get_mut(&self.namespace)?;
        let session = namespace.sessions.get(&self.id)?;
        let missed: Vec<Message> = namespace.missed(self.id, session, from);
        if !link.outbox.has_room(missed.len(), missed.iter().map(Message::size).sum()) {
            self.log.gaps.fetch_add(1, Ordering::Relaxed);
            self.end(namespaces);
            return None;
        }
        link.addressed.store(if missed.is_empty() { from } else { namespace.last }, Ordering::Relaxed);
        let session = namespace.sessions.get_mut(&self.id)?;
        session.base = from;
        session.state = State::Here(Arc::clone(link));
        self.log.recovered.fetch_add(1, Ordering::Relaxed);
        let pid = format!("{}{}", self.id, session.secret);
        Some(Resumed { pid, rooms: session.rooms(), missed })
    }

    fn end(&mut self, namespaces: &mut Guard<'_>) {
        if let Some(namespace) = namespaces.get_mut(&self.namespace)
            && matches!(namespace.sessions.get(&self.id).map(|session| &session.state), Some(State::Claimed))
        {
            namespace.sessions.remove(&self.id);
            if namespace.sessions.is_empty() {
                namespaces.remove(&self.namespace);
            }
        }
        self.is_done = true;
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if !self.is_done {
            let log = Arc::clone(&self.log);
            self.end(&mut log.lock());
        }
    }
}
