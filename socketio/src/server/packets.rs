//! What was sent in a namespace, whom each packet was for, and who may come back for it.

use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::config::Recovery;
use super::ids::SocketId;
use super::link::Link;
use super::room::Room;
use crate::packet::Message;

/// What is kept with a socket, whatever it is.
pub(super) type AnyData = Arc<dyn Any + Send + Sync>;

/// Rooms that were left, as far as they are remembered of a session.
const MAX_LEFT: usize = 128;

/// Packets and sessions of one namespace.
#[derive(Default)]
pub(super) struct Namespace {
    /// The offset of the last packet.
    pub(super) last: u64,
    packets: VecDeque<Packet>,
    bytes: usize,
    /// The offset of the last packet that a bound pushed out before its time.
    overrun: u64,
    pub(super) sessions: HashMap<SocketId, Session>,
    /// Who is away, and until when, in that order. Some have come back meanwhile.
    away: VecDeque<(Instant, SocketId)>,
}

struct Packet {
    offset: u64,
    at: Instant,
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
        let state = State::Here(link);
        Self { secret, base, blind: 0, memberships: Vec::new(), addressed: base, left_at: base, state }
    }

    pub(super) fn is_of(&self, link: &Arc<Link>) -> bool {
        matches!(&self.state, State::Here(other) if Arc::ptr_eq(other, link))
    }

    pub(super) fn going(&mut self, addressed: u64, last: u64) {
        (self.addressed, self.left_at, self.state) = (addressed.max(self.addressed), last, State::Going);
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

    fn heard(&self, id: SocketId, audience: &Audience, offset: u64) -> bool {
        let Audience { whom, except, except_rooms, only } = audience;
        let is_meant = match whom {
            Heard::Everyone => true,
            Heard::Room(room) => self.was_in(room, offset),
            Heard::Socket(socket) => *socket == id,
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
            Heard::Everyone | Heard::Room(_) => !self.sessions.is_empty(),
        };
        is_meant && audience.only.as_ref().is_none_or(is_here)
    }

    /// Gives a packet the next offset.
    pub(super) fn keep(&mut self, message: Message, audience: Audience, limits: &Recovery, time: Duration) {
        self.last += 1;
        let now = Instant::now();
        self.bytes += message.size();
        self.packets.push_back(Packet { offset: self.last, at: now, message, audience });
        self.expire(now, time);
        while self.packets.len() > limits.max_packets || self.bytes > limits.max_bytes {
            let Some(packet) = self.packets.pop_front() else { break };
            self.bytes -= packet.message.size();
            self.overrun = packet.offset;
        }
    }

    fn expire(&mut self, now: Instant, time: Duration) {
        while let Some(packet) = self.packets.front()
            && now.duration_since(packet.at) > time
        {
            self.bytes -= packet.message.size();
            self.packets.pop_front();
        }
    }

    /// Whether everything is there that a session may have missed after this offset.
    pub(super) fn is_whole(&self, session: &Session, from: u64) -> bool {
        // What was pushed out was not for it if nothing was.
        let known = if session.addressed <= from { session.left_at.max(from) } else { from };
        from >= session.base && from >= session.blind && from <= self.last && known >= self.overrun
    }

    /// What was for a session after this offset.
    pub(super) fn missed(&self, id: SocketId, session: &Session, from: u64) -> Vec<Message> {
        let start = self.packets.partition_point(|packet| packet.offset <= from);
        let packets = self.packets.range(start..);
        packets
            .filter(|packet| session.heard(id, &packet.audience, packet.offset))
            .map(|packet| packet.message.clone())
            .collect()
    }

    pub(super) fn joined(&mut self, id: SocketId, room: &Room) {
        let since = self.last;
        if let Some(session) = self.sessions.get_mut(&id) {
            session.memberships.push(Membership { room: room.clone(), since, until: None });
        }
    }

    /// Whether it was in the room.
    pub(super) fn left(&mut self, id: SocketId, room: &Room) -> bool {
        let oldest = self.packets.front().map_or(self.last, |packet| packet.offset);
        let Some(session) = self.sessions.get_mut(&id) else { return false };
        let mut memberships = session.memberships.iter_mut();
        let Some(one) = memberships.find(|one| one.room == *room && one.until.is_none()) else {
            return false;
        };
        one.until = Some(self.last);
        session.memberships.retain(|one| one.until.is_none_or(|until| until >= oldest));
        let past = session.memberships.iter().filter(|one| one.until.is_some()).count();
        if past > MAX_LEFT
            && let Some(at) = session.memberships.iter().position(|one| one.until.is_some())
        {
            let forgotten = session.memberships.remove(at);
            session.blind = session.blind.max(forgotten.until.unwrap_or_default());
        }
        true
    }

    pub(super) fn park(&mut self, id: SocketId, data: AnyData, until: Instant, max: usize) {
        let Some(session) = self.sessions.get_mut(&id).filter(|one| matches!(one.state, State::Going)) else {
            return;
        };
        session.state = State::Away { data, until };
        self.away.push_back((until, id));
        if self.away.len() > max {
            let sessions = &self.sessions;
            self.away.retain(|(until, id)| is_away(sessions, *id, *until));
        }
        while self.away.len() > max {
            let Some((_, id)) = self.away.pop_front() else { break };
            self.sessions.remove(&id);
        }
    }

    /// Those who are away and meant do not come back. How many.
    pub(super) fn send_away(&mut self, audience: &Audience) -> usize {
        let before = self.sessions.len();
        self.sessions.retain(|id, session| {
            !(matches!(session.state, State::Away { .. }) && session.heard(*id, audience, u64::MAX))
        });
        before - self.sessions.len()
    }

    pub(super) fn sweep(&mut self, now: Instant, time: Duration) {
        while let Some((until, id)) = self.away.front().copied()
            && until <= now
        {
            self.away.pop_front();
            if is_away(&self.sessions, id, until) {
                self.sessions.remove(&id);
            }
        }
        self.expire(now, time);
    }

    pub(super) fn away(&self) -> usize {
        let now = Instant::now();
        let is_away = |state: &State| matches!(state, State::Away { until, .. } if *until > now);
        self.sessions.values().filter(|session| is_away(&session.state)).count()
    }
}

fn is_away(sessions: &HashMap<SocketId, Session>, id: SocketId, until: Instant) -> bool {
    sessions
        .get(&id)
        .is_some_and(|session| matches!(session.state, State::Away { until: at, .. } if at == until))
}
