//! What was sent, whom each packet was for, and who may come back for it.
//!
//! The packets of all namespaces are kept behind one another under bounds for all of them, as clients may be let join ever new
//! namespaces; what was pushed out is remembered by namespace, so that what one has lost is no gap in another.

use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::config::Recovery;
use super::ids::{BySocket, SocketId};
use super::link::Link;
use super::room::Room;
use crate::packet::Message;

/// What is kept with a socket, whatever it is.
pub(super) type AnyData = Arc<dyn Any + Send + Sync>;

/// Rooms that were left, as far as they are remembered of a session.
const MAX_LEFT: usize = 128;

/// Packets and sessions of all namespaces.
#[derive(Default)]
pub(super) struct Kept {
    /// The offset of the last packet, in whatever namespace.
    pub(super) last: u64,
    packets: VecDeque<Packet>,
    bytes: usize,
    /// Those with a session, and no others.
    pub(super) namespaces: HashMap<Arc<str>, Namespace>,
    /// Who is away, and until when, in that order. Some have come back or been sent away meanwhile.
    away: VecDeque<(Instant, Arc<str>, SocketId)>,
    /// How many are.
    waiting: usize,
    /// Sessions that are over. What a service keeps with one may do anything when it is dropped, and is not while this is
    /// locked.
    pub(super) ended: Vec<Session>,
}

/// Sessions of one namespace, and what has been forgotten of its packets.
#[derive(Default)]
pub(super) struct Namespace {
    pub(super) sessions: BySocket<Session>,
    /// The offset of the last packet that a bound pushed out before its time.
    overrun: u64,
    /// The last packet whose time was over, and when it was sent.
    expired: Option<(u64, Instant)>,
}

struct Packet {
    offset: u64,
    at: Instant,
    namespace: Arc<str>,
    message: Message,
    audience: Audience,
}

/// Whom a packet was for.
#[derive(Clone, Debug)]
pub(super) struct Audience {
    pub(super) whom: Heard,
    pub(super) except: Vec<SocketId>,
    pub(super) except_rooms: Vec<Room>,
    pub(super) only: Option<SocketId>,
}

#[derive(Clone, Debug)]
pub(super) enum Heard {
    Everyone,
    Room(Room),
    Socket(SocketId),
    /// Everybody in any of these rooms, and these sockets.
    Any(Vec<Room>, Vec<SocketId>),
}

/// A socket, here or away.
pub(super) struct Session {
    pub(super) secret: SocketId,
    /// The offset at its beginning, or the last that its client is known to have.
    pub(super) base: u64,
    /// Before this, it is not known which rooms it was in.
    blind: u64,
    memberships: Vec<Membership>,
    /// The last packet that was queued for it, and the last at all at that time; while it is away.
    addressed: u64,
    left_at: u64,
    /// What was sent before then, its client is known to have.
    confirmed: Instant,
    pub(super) state: State,
}

pub(super) enum State {
    Here(Arc<Link>),
    /// Its connection is lost, and its handlers are not done with it.
    Going,
    Away {
        data: AnyData,
        until: Instant,
    },
    /// Its client has come back and is being looked at.
    Claimed,
}

/// Packets after `since` and up to `until` were for the members of the room.
struct Membership {
    room: Room,
    since: u64,
    until: Option<u64>,
}

impl Session {
    pub(super) fn new(secret: SocketId, base: u64, link: Arc<Link>) -> Self {
        Self {
            secret,
            base,
            blind: 0,
            memberships: Vec::new(),
            addressed: base,
            left_at: base,
            confirmed: Instant::now(),
            state: State::Here(link),
        }
    }

    pub(super) fn is_of(&self, link: &Arc<Link>) -> bool {
        matches!(&self.state, State::Here(other) if Arc::ptr_eq(other, link))
    }

    /// Its connection is lost: with the last offset that was queued for it, the last of all, and, if the connection has ever said
    /// so, when everything had arrived.
    pub(super) fn going(&mut self, addressed: u64, last: u64, confirmed: Option<Instant>) {
        (self.addressed, self.left_at, self.state) = (addressed.max(self.addressed), last, State::Going);
        self.confirmed = confirmed.map_or(self.confirmed, |at| at.max(self.confirmed));
    }

    /// The rooms it is in.
    pub(super) fn rooms(&self) -> Vec<Room> {
        self.memberships.iter().filter(|one| one.until.is_none()).map(|one| one.room.clone()).collect()
    }

    fn was_in(&self, room: &Room, offset: u64) -> bool {
        self.memberships.iter().any(|one| {
            one.room == *room && offset > one.since && one.until.is_none_or(|until| offset <= until)
        })
    }

    /// Whether it was in the room: until this offset. What only packets before the oldest could tell is forgotten.
    fn left(&mut self, room: &Room, last: u64, oldest: u64) -> bool {
        let mut memberships = self.memberships.iter_mut();
        let Some(one) = memberships.find(|one| one.room == *room && one.until.is_none()) else {
            return false;
        };
        one.until = Some(last);
        self.memberships.retain(|one| one.until.is_none_or(|until| until >= oldest));
        let past = self.memberships.iter().filter(|one| one.until.is_some()).count();
        if past > MAX_LEFT
            && let Some(at) = self.memberships.iter().position(|one| one.until.is_some())
        {
            let forgotten = self.memberships.remove(at);
            self.blind = self.blind.max(forgotten.until.unwrap_or_default());
        }
        true
    }

    fn heard(&self, id: SocketId, audience: &Audience, offset: u64) -> bool {
        let Audience { whom, except, except_rooms, only } = audience;
        let is_meant = match whom {
            Heard::Everyone => true,
            Heard::Room(room) => self.was_in(room, offset),
            Heard::Socket(socket) => *socket == id,
            Heard::Any(rooms, ids) => ids.contains(&id) || rooms.iter().any(|room| self.was_in(room, offset)),
        };
        is_meant
            && only.is_none_or(|only| only == id)
            && !except.contains(&id)
            && !except_rooms.iter().any(|room| self.was_in(room, offset))
    }
}

impl Namespace {
    /// Whether anybody here or away can be meant.
    pub(super) fn concerns(&self, audience: &Audience) -> bool {
        let is_here = |id: &SocketId| self.sessions.contains_key(id);
        let is_meant = match &audience.whom {
            Heard::Socket(id) => is_here(id),
            Heard::Everyone | Heard::Room(_) | Heard::Any(..) => !self.sessions.is_empty(),
        };
        is_meant && audience.only.as_ref().is_none_or(is_here)
    }

    /// Whether everything is there that a session may have missed after this offset.
    fn is_whole(&self, session: &Session, from: u64) -> bool {
        // What is not there any more was not for it if nothing was.
        let known = if session.addressed <= from { session.left_at.max(from) } else { from };
        let is_there = self.expired.is_none_or(|(offset, at)| known >= offset || at < session.confirmed);
        from >= session.base && from >= session.blind && known >= self.overrun && is_there
    }
}

impl Kept {
    /// Gives a packet the next offset.
    pub(super) fn keep(&mut self, message: Message, audience: Audience, limits: &Recovery, time: Duration) {
        self.last += 1;
        let now = Instant::now();
        // The one that is there, so that a namespace is not kept once for each of its packets.
        let Some((namespace, _)) = self.namespaces.get_key_value(message.namespace()) else { return };
        let namespace = Arc::clone(namespace);
        self.bytes += message.size();
        self.packets.push_back(Packet { offset: self.last, at: now, namespace, message, audience });
        self.expire(now, time);
        while self.packets.len() > limits.max_packets || self.bytes > limits.max_bytes {
            let Some(packet) = self.pop() else { break };
            if let Some(namespace) = self.namespaces.get_mut(&packet.namespace) {
                namespace.overrun = packet.offset;
            }
        }
    }

    fn pop(&mut self) -> Option<Packet> {
        let packet = self.packets.pop_front()?;
        self.bytes -= packet.message.size();
        Some(packet)
    }

    fn expire(&mut self, now: Instant, time: Duration) {
        while self.packets.front().is_some_and(|packet| now.duration_since(packet.at) > time)
            && let Some(packet) = self.pop()
        {
            if let Some(namespace) = self.namespaces.get_mut(&packet.namespace) {
                namespace.expired = Some((packet.offset, packet.at));
            }
        }
    }

    pub(super) fn session(&self, namespace: &str, id: SocketId) -> Option<&Session> {
        self.namespaces.get(namespace)?.sessions.get(&id)
    }

    pub(super) fn session_mut(&mut self, namespace: &str, id: SocketId) -> Option<&mut Session> {
        self.namespaces.get_mut(namespace)?.sessions.get_mut(&id)
    }

    /// A session is over, and its namespace if it was the last.
    pub(super) fn end(&mut self, name: &str, id: SocketId) {
        let Some(namespace) = self.namespaces.get_mut(name) else { return };
        if let Some(session) = namespace.sessions.remove(&id) {
            self.waiting -= usize::from(matches!(session.state, State::Away { .. }));
            self.ended.push(session);
        }
        if namespace.sessions.is_empty() {
            self.namespaces.remove(name);
        }
    }

    /// Whether everything is there that a session may have missed after this offset.
    pub(super) fn is_whole(&self, name: &str, id: SocketId, from: u64) -> bool {
        let Some(namespace) = self.namespaces.get(name) else { return false };
        from <= self.last
            && namespace.sessions.get(&id).is_some_and(|session| namespace.is_whole(session, from))
    }

    /// What was for a session after this offset.
    pub(super) fn missed(&self, name: &str, id: SocketId, from: u64) -> Vec<Message> {
        let Some(session) = self.session(name, id) else { return Vec::new() };
        let start = self.packets.partition_point(|packet| packet.offset <= from);
        let packets = self.packets.range(start..);
        packets
            .filter(|packet| *packet.namespace == *name && session.heard(id, &packet.audience, packet.offset))
            .map(|packet| packet.message.clone())
            .collect()
    }

    pub(super) fn joined(&mut self, name: &str, id: SocketId, room: &Room) {
        let since = self.last;
        if let Some(session) = self.session_mut(name, id) {
            session.memberships.push(Membership { room: room.clone(), since, until: None });
        }
    }

    /// Whether it was in the room, in whatever namespace it is.
    pub(super) fn left(&mut self, id: SocketId, room: &Room) -> bool {
        let oldest = self.packets.front().map_or(self.last, |packet| packet.offset);
        let last = self.last;
        let mut sessions =
            self.namespaces.values_mut().filter_map(|namespace| namespace.sessions.get_mut(&id));
        sessions.any(|session| session.left(room, last, oldest))
    }

    /// Its handlers are done with it. Who has been away longest makes room for it.
    pub(super) fn park(&mut self, name: &Arc<str>, id: SocketId, data: AnyData, until: Instant, max: usize) {
        let Some(session) =
            self.session_mut(name, id).filter(|session| matches!(session.state, State::Going))
        else {
            return;
        };
        session.state = State::Away { data, until };
        self.away.push_back((until, Arc::clone(name), id));
        self.waiting += 1;
        while self.waiting > max {
            let Some((until, name, id)) = self.away.pop_front() else { break };
            if self.is_away(&name, id, until) {
                self.end(&name, id);
            }
        }
        // Of who came back in time, not more than of who may.
        if self.away.len() > 2 * max {
            let mut away = std::mem::take(&mut self.away);
            away.retain(|(until, name, id)| self.is_away(name, *id, *until));
            self.away = away;
        }
    }

    fn is_away(&self, name: &str, id: SocketId, until: Instant) -> bool {
        let session = self.session(name, id);
        session.is_some_and(|session| matches!(session.state, State::Away { until: at, .. } if at == until))
    }

    /// Takes up the session of who is away: what was kept with it.
    pub(super) fn take_up(&mut self, name: &str, id: SocketId) -> Option<AnyData> {
        let session = self.session_mut(name, id)?;
        match std::mem::replace(&mut session.state, State::Claimed) {
            State::Away { data, .. } => {
                self.waiting -= 1;
                Some(data)
            }
            other => {
                session.state = other;
                None
            }
        }
    }

    /// Those of a namespace who are meant and not here do not come back, also if they are about to go, or to be let in again.
    /// How many.
    pub(super) fn send_away(&mut self, name: &str, audience: &Audience) -> usize {
        let Some(namespace) = self.namespaces.get(name) else { return 0 };
        if let Heard::Socket(id) = audience.whom {
            let session = namespace.sessions.get(&id);
            let is_meant = session.is_some_and(|session| {
                !matches!(session.state, State::Here(_)) && session.heard(id, audience, u64::MAX)
            });
            if is_meant {
                self.end(name, id);
            }
            return usize::from(is_meant);
        }
        let is_meant = |(id, session): &(&SocketId, &Session)| {
            !matches!(session.state, State::Here(_)) && session.heard(**id, audience, u64::MAX)
        };
        let meant: Vec<_> = namespace.sessions.iter().filter(is_meant).map(|(id, _)| *id).collect();
        meant.iter().for_each(|id| self.end(name, *id));
        meant.len()
    }

    /// Forgets who does not come back any more, and what nobody needs.
    pub(super) fn sweep(&mut self, now: Instant, time: Duration) {
        while self.away.front().is_some_and(|(until, ..)| *until <= now)
            && let Some((until, name, id)) = self.away.pop_front()
        {
            if self.is_away(&name, id, until) {
                self.end(&name, id);
            }
        }
        self.expire(now, time);
    }

    /// Entries for who is or was away.
    #[cfg(test)]
    pub(super) fn remembered(&self) -> usize {
        self.away.len()
    }

    /// How many are away and may come back.
    pub(super) fn away(&self) -> usize {
        let now = Instant::now();
        // Those whose time is over and whom nobody has swept out yet are at the front.
        let late = self.away.iter().take_while(|(until, ..)| *until <= now);
        self.waiting - late.filter(|(until, name, id)| self.is_away(name, *id, *until)).count()
    }
}
