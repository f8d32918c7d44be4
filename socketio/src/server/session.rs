//! A socket that may be away: which rooms it was in and when, and so which packets were for it.

use std::any::Any;
use std::sync::Arc;
use std::time::Instant;

use super::ids::SocketId;
use super::link::Link;
use super::room::Room;

/// What is kept with a socket, whatever it is.
pub(super) type AnyData = Arc<dyn Any + Send + Sync>;

/// Rooms that were left, as far as they are remembered of a session.
const MAX_LEFT: usize = 128;

/// Whom a packet was for.
#[derive(Clone, Debug)]
pub(super) struct Audience {
    pub(super) whom: Heard,
    pub(super) except: Vec<SocketId>,
    pub(super) except_rooms: Vec<Room>,
    pub(super) only: Option<SocketId>,
}

/// Before it is said who is left out.
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

    pub(super) fn joined(&mut self, room: &Room, since: u64) {
        self.memberships.push(Membership { room: room.clone(), since, until: None });
    }

    /// Whether everything is there that it may have missed after this offset: what is not there any more is up to `overrun`, because
    /// a bound pushed it out, and up to `expired`, which was sent then.
    pub(super) fn is_whole(&self, from: u64, overrun: u64, expired: Option<(u64, Instant)>) -> bool {
        // What is not there any more was not for it if nothing was.
        let known = if self.addressed <= from { self.left_at.max(from) } else { from };
        let is_there = expired.is_none_or(|(offset, at)| known >= offset || at < self.confirmed);
        from >= self.base && from >= self.blind && known >= overrun && is_there
    }

    fn was_in(&self, room: &Room, offset: u64) -> bool {
        self.memberships.iter().any(|one| {
            one.room == *room && offset > one.since && one.until.is_none_or(|until| offset <= until)
        })
    }

    /// Whether it was in the room: until this offset. What only packets before the oldest could tell is forgotten.
    pub(super) fn left(&mut self, room: &Room, last: u64, oldest: u64) -> bool {
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

    /// Whether a packet was for it.
    pub(super) fn heard(&self, id: SocketId, audience: &Audience, offset: u64) -> bool {
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
