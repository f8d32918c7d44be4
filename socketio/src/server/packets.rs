//! What was sent, whom each packet was for, and who may come back for it.
//!
//! The packets of all namespaces are kept behind one another under bounds for all of them, as clients may be let join ever new
//! namespaces; what was pushed out is remembered by namespace, so that what one has lost is no gap in another.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::config::Recovery;
use super::ids::{BySocket, SocketId};
use super::room::Room;
use super::session::{AnyData, Audience, Heard, Session, State};
use crate::packet::Message;

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
            && namespace
                .sessions
                .get(&id)
                .is_some_and(|session| session.is_whole(from, namespace.overrun, namespace.expired))
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
            session.joined(room, since);
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
