//! Connection state recovery: who was cut off comes back as the same socket, with its rooms, its data and what it missed.
//!
//! There is a log of the packets that were sent, each with whom it was for, and a session per socket with the
//! rooms it was in and when. A packet is logged and queued under one lock, so that the order of the log is the order in
//! which every client sees it; its number, the *offset*, is the last argument of the event and so part of the one
//! encoding that all recipients share. What a returning client missed is then what the log has after its offset and
//! was for it at the time.
//!
//! * Every event without acknowledgement ends with an offset. A volatile one repeats the last offset and is not logged: the
//!   client takes the last string of whatever event for its offset, and everything up to that one was queued before.
//! * A client that has no offset yet has missed everything since its session began.
//! * Packets are kept for the window and the time of two heartbeats: who did not get a packet that is older than that did not
//!   answer the ping after it either, and is as a rule not waited for any more. What is relied on is not the rule: a pong says
//!   that everything has arrived that was written before its ping, if its client never sends one unasked. Who may have missed a packet that is not there
//!   any more, because it was pushed out or its time was over, starts anew.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::config::Recovery;
use super::ids::SocketId;
use super::link::Link;
use super::packets::Kept;
use super::reason::DisconnectReason;
use super::room::Room;
use super::session::{AnyData, Audience, Session, State};
use crate::packet::Message;

/// The logs and sessions of all namespaces.
pub(super) struct Log {
    pub(super) limits: Recovery,
    /// How long a client may have been gone without anybody knowing.
    heartbeat: Duration,
    kept: Mutex<Kept>,
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

/// All that is kept, locked.
pub(super) struct Guard<'a> {
    kept: MutexGuard<'a, Kept>,
    /// What has ended meanwhile, which is dropped after the lock has been given back.
    ended: Vec<Session>,
}

impl Deref for Guard<'_> {
    type Target = Kept;

    fn deref(&self) -> &Kept {
        &self.kept
    }
}

impl DerefMut for Guard<'_> {
    fn deref_mut(&mut self) -> &mut Kept {
        &mut self.kept
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        // Fields are dropped in the order in which they stand.
        self.ended = std::mem::take(&mut self.kept.ended);
    }
}

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
            kept: Mutex::default(),
            changed: Notify::new(),
            recovered: AtomicU64::new(0),
            gaps: AtomicU64::new(0),
        }
    }

    pub(super) fn lock(&self) -> Guard<'_> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        Guard { kept, ended: Vec::new() }
    }

    /// Sends an event with its offset, and keeps it for those who are away; `queue` hands the message to who is here.
    pub(super) fn send(&self, message: &Message, audience: Audience, queue: impl FnOnce(&Message, u64)) {
        let mut kept = self.lock();
        let Some(namespace) = kept.namespaces.get(message.namespace()) else {
            // Nobody is expected.
            return queue(message, 0);
        };
        let is_kept = !message.is_volatile() && namespace.concerns(&audience);
        let offset = kept.last + u64::from(is_kept);
        match message.ending_with(&format!("{offset:x}")) {
            None => queue(message, 0),
            Some(message) if !is_kept => queue(&message, 0),
            Some(message) => {
                queue(&message, offset);
                kept.keep(message, audience, &self.limits, self.time());
            }
        }
    }

    /// A session begins. Its private id.
    pub(super) fn begin(&self, kept: &mut Guard<'_>, link: &Arc<Link>) -> Option<String> {
        let secret = SocketId::random().ok()?;
        let session = Session::new(secret, kept.last, Arc::clone(link));
        kept.namespaces.entry(Arc::clone(&link.namespace)).or_default().sessions.insert(link.id, session);
        Some(format!("{}{secret}", link.id))
    }

    /// A socket has been taken out of the hub; its session goes on if its client may come back.
    pub(super) fn left(&self, kept: &mut Guard<'_>, link: &Arc<Link>, may_return: bool) {
        let last = kept.last;
        if let Some(session) = kept.session_mut(&link.namespace, link.id)
            && session.is_of(link)
        {
            if may_return {
                session.going(link.addressed.load(Ordering::Relaxed), last, link.outbox.confirmed());
            } else {
                kept.end(&link.namespace, link.id);
            }
        }
        self.changed.notify_waiters();
    }

    /// Its handlers are done with it: from now on it can be taken up again.
    pub(super) fn park(&self, link: &Link, data: AnyData) {
        let until = Instant::now() + self.limits.window;
        self.lock().park(&link.namespace, link.id, data, until, self.limits.max_sessions);
        self.changed.notify_waiters();
    }

    /// Forgets who does not come back any more.
    pub(super) fn sweep(&self, now: Instant) {
        self.lock().sweep(now, self.time());
    }

    /// How long packets are kept.
    fn time(&self) -> Duration {
        self.limits.window + self.heartbeat * 2
    }

    /// The end: nobody comes back.
    pub(super) fn clear(&self) {
        let all = std::mem::take(&mut *self.lock());
        drop(all);
    }

    /// How many may come back.
    pub(super) fn away(&self) -> usize {
        self.lock().away()
    }

    fn find(&self, name: &str, id: SocketId, secret: SocketId) -> Found {
        let mut kept = self.lock();
        let Some(session) = kept.session(name, id).filter(|session| session.secret == secret) else {
            return Found::Nothing;
        };
        let base = session.base;
        match &session.state {
            State::Here(link) => Found::Busy(Some(Arc::clone(link))),
            State::Going => Found::Busy(None),
            State::Claimed => Found::Nothing,
            State::Away { until, .. } if *until <= Instant::now() => Found::Nothing,
            State::Away { .. } => match kept.take_up(name, id) {
                Some(data) => Found::Away(data, base),
                None => Found::Nothing,
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
        let kept = self.lock();
        claim.rooms = kept.session(namespace, id)?.rooms();
        let is_whole = claim.is_whole(&kept);
        drop(kept);
        is_whole.then_some(claim)
    }
}

impl Claim {
    /// Whether the log has everything after the client's offset.
    fn is_whole(&self, kept: &Kept) -> bool {
        let whole = kept.is_whole(&self.namespace, self.id, self.from);
        if !whole {
            self.log.gaps.fetch_add(1, Ordering::Relaxed);
        }
        whole
    }

    /// The session goes on with this link: its private id, and what it missed. `None` if that is not whole any more, or
    /// there is no room for it.
    pub(super) fn resume(mut self, kept: &mut Guard<'_>, link: &Arc<Link>) -> Option<Resumed> {
        // From here on nothing is ended by being dropped, which would wait for the lock that is held.
        self.is_done = true;
        // Sent away meanwhile.
        kept.session(&self.namespace, self.id)?;
        if !self.is_whole(kept) {
            self.end(kept);
            return None;
        }
        let from = self.from;
        let missed: Vec<Message> = kept.missed(&self.namespace, self.id, from);
        if !link.outbox.has_room(missed.len(), missed.iter().map(Message::size).sum()) {
            self.log.gaps.fetch_add(1, Ordering::Relaxed);
            self.end(kept);
            return None;
        }
        link.addressed.store(if missed.is_empty() { from } else { kept.last }, Ordering::Relaxed);
        let session = kept.session_mut(&self.namespace, self.id)?;
        session.base = from;
        session.state = State::Here(Arc::clone(link));
        self.log.recovered.fetch_add(1, Ordering::Relaxed);
        let pid = format!("{}{}", self.id, session.secret);
        Some(Resumed { pid, rooms: session.rooms(), missed })
    }

    fn end(&mut self, kept: &mut Guard<'_>) {
        if matches!(
            kept.session(&self.namespace, self.id).map(|session| &session.state),
            Some(State::Claimed)
        ) {
            kept.end(&self.namespace, self.id);
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

#[cfg(test)]
mod tests;
