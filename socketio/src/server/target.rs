//! Whom something is done to: sends, acknowledged sends, and what else can be done to sockets from outside.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};

use super::acks::{AckError, AckResponses, Asked, ask, deadline};
use super::hub::Hub;
use super::ids::SocketId;
use super::link::Link;
use super::locks::read;
use super::outbox::{Item, Outbox};
use super::remote::RemoteSocket;
use super::room::Room;
use super::session::{Audience, Heard};
use crate::packet::{Args, Message};

/// Whom something is done to: sockets of this process.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before `send`"]
pub struct Target<'a> {
    hub: &'a Hub,
    whom: Whom<'a>,
    namespace: Option<&'a str>,
    except: Vec<SocketId>,
    except_rooms: Vec<Room>,
    only: Option<SocketId>,
}

#[derive(Clone, Debug)]
pub(super) enum Whom<'a> {
    All,
    Everyone(&'a str),
    Room(Room),
    Socket(SocketId),
    /// The same, known already.
    Link(&'a Arc<Link>),
    /// Everybody in any of these rooms, and these sockets.
    Any(Vec<Room>, Vec<SocketId>),
}

/// Connections for which something has been queued and nobody woken.
#[derive(Default)]
struct Unflushed(VecDeque<Arc<Outbox>>);

impl Unflushed {
    /// Queues a message for a socket.
    fn push(&mut self, link: &Link, message: &Message) {
        if link.outbox.push_for_flush(message.clone()) {
            self.0.push_back(Arc::clone(&link.outbox));
        }
    }
}

impl Hub {
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
}

impl<'a> Target<'a> {
    pub(super) fn new(hub: &'a Hub, whom: Whom<'a>) -> Self {
        Self { hub, whom, namespace: None, except: Vec::new(), except_rooms: Vec::new(), only: None }
    }

    /// And everybody in this room, each once. Said several times, it is the union of all; of everybody it is everybody.
    pub fn and(mut self, room: &Room) -> Self {
        self.whom = match self.whom {
            Whom::Room(first) => Whom::Any(vec![first, room.clone()], Vec::new()),
            Whom::Any(mut rooms, ids) => {
                rooms.push(room.clone());
                Whom::Any(rooms, ids)
            }
            Whom::Socket(id) => Whom::Any(vec![room.clone()], vec![id]),
            Whom::Link(link) => Whom::Any(vec![room.clone()], vec![link.id]),
            everybody @ (Whom::All | Whom::Everyone(_)) => everybody,
        };
        self
    }

    /// Those of them in this namespace.
    pub fn of(mut self, namespace: &'a str) -> Self {
        self.namespace = Some(namespace);
        self
    }

    /// All of them but this socket. May be said several times.
    pub fn except(mut self, id: SocketId) -> Self {
        self.except.push(id);
        self
    }

    /// All of them but those in this room. May be said several times.
    pub fn except_room(mut self, room: &Room) -> Self {
        self.except_rooms.push(room.clone());
        self
    }

    /// This socket alone, if it is one of them.
    pub fn only(mut self, id: SocketId) -> Self {
        self.only = Some(id);
        self
    }

    /// The same for a message that is not needed any more, so that a single recipient need not share it.
    pub(crate) fn give(&self, message: Message) -> usize {
        match &self.whom {
            Whom::Link(link)
                if self.is_unlimited()
                    && self.hub.log().is_none()
                    && !link.is_gone()
                    && link.is_in(message.namespace()) =>
            {
                link.outbox.push(message);
                1
            }
            _ => self.send(&message),
        }
    }

    /// Whether nobody is taken out.
    fn is_unlimited(&self) -> bool {
        self.namespace.is_none()
            && self.only.is_none()
            && self.except.is_empty()
            && self.except_rooms.is_empty()
    }

    /// Sends a message to those in its namespace; how many it was queued for.
    pub fn send(&self, message: &Message) -> usize {
        let message = &*self.hub.for_many(message);
        let namespace = message.namespace();
        let mut count = 0;
        let mut unflushed = Unflushed::default();
        let mut queue = |message: &Message, offset: u64| {
            self.each(|link| {
                if link.is_in(namespace) {
                    if offset > 0 {
                        link.addressed.store(offset, Ordering::Relaxed);
                    }
                    unflushed.push(link, message);
                    count += 1;
                }
            });
        };
        match (self.hub.log(), self.audience(namespace)) {
            (None, _) => queue(message, 0),
            (Some(log), Some(audience)) => log.send(message, audience, queue),
            (Some(_), None) => {}
        }
        self.hub.flush(unflushed.0);
        count
    }

    /// Who of a namespace is meant; `None` if nobody can be.
    fn audience(&self, namespace: &str) -> Option<Audience> {
        let whom = match &self.whom {
            Whom::All => Heard::Everyone,
            Whom::Everyone(whose) => (*whose == namespace).then_some(Heard::Everyone)?,
            Whom::Room(room) => Heard::Room(room.clone()),
            Whom::Socket(id) => Heard::Socket(*id),
            Whom::Link(link) => Heard::Socket(link.id),
            Whom::Any(rooms, ids) => Heard::Any(rooms.clone(), ids.clone()),
        };
        let is_meant = self.namespace.is_none_or(|of| of == namespace);
        let (except, except_rooms) = (self.except.clone(), self.except_rooms.clone());
        is_meant.then_some(Audience { whom, except, except_rooms, only: self.only })
    }

    /// Sends each the message of its namespace, if there is one; how many it was queued for.
    pub fn send_each<'m>(&self, message: impl Fn(&str) -> Option<&'m Message>) -> usize {
        if self.hub.log().is_some() || self.hub.packs() {
            return self.namespaces().iter().filter_map(|name| message(name)).map(|one| self.send(one)).sum();
        }
        let mut count = 0;
        let mut unflushed = Unflushed::default();
        self.each(|link| {
            if let Some(message) = message(&link.namespace) {
                unflushed.push(link, message);
                count += 1;
            }
        });
        self.hub.flush(unflushed.0);
        count
    }

    /// Sends an event to those in its namespace, under one id for all of them, and waits until each has answered or it has
    /// taken too long.
    ///
    /// # Errors
    /// When the message is no event, or has an id already.
    pub async fn send_with_ack(
        &self,
        message: &Message,
        timeout: Duration,
    ) -> Result<AckResponses, AckError> {
        let id = self.hub.0.asked.fetch_add(1, Ordering::Relaxed);
        let message = ask(&self.hub.for_many(message), id)?;
        let namespace = message.namespace();
        let mut links = Vec::new();
        self.each(|link| {
            if link.is_in(namespace) {
                links.push(Arc::clone(link));
            }
        });
        let mut missing: HashSet<SocketId> = links.iter().map(|link| link.id).collect();
        let (answered, answers) = mpsc::channel(links.len().clamp(1, Semaphore::MAX_PERMITS));
        let mut asked = Asked::new(id, answers);
        let mut unflushed = Unflushed::default();
        for link in &links {
            link.pending.add(id, link.id, &link.namespace, answered.clone());
            asked.wait_for(&link.pending);
            if link.is_gone() {
                link.pending.leave(link.id);
            } else {
                unflushed.push(link, &message);
            }
        }
        self.hub.flush(unflushed.0);
        drop(answered);
        drop(links);
        let deadline = deadline(timeout);
        let mut answers = Vec::new();
        // The last sender is gone when nobody can answer any more.
        while let Ok((socket, args)) = asked.next(deadline).await {
            missing.remove(&socket);
            answers.push((socket, args));
        }
        Ok(AckResponses { answers, missing: missing.into_iter().collect() })
    }

    /// Sends an event to one of them, for whoever means one socket, and waits for the answer.
    ///
    /// # Errors
    /// When there is nobody in the message's namespace, no answer comes in time, or it can never come.
    pub async fn ask(&self, message: &Message, timeout: Duration) -> Result<Args, AckError> {
        let mut found = None;
        self.each(|link| {
            if link.is_in(message.namespace()) {
                found.get_or_insert_with(|| Arc::clone(link));
            }
        });
        self.ask_one(message, &found.ok_or(AckError::Disconnected)?, timeout).await
    }

    /// The same for one socket, which need not be one of them.
    pub(super) async fn ask_one(
        &self,
        message: &Message,
        link: &Arc<Link>,
        timeout: Duration,
    ) -> Result<Args, AckError> {
        let id = self.hub.0.asked.fetch_add(1, Ordering::Relaxed);
        let message = ask(message, id)?;
        let (answered, answers) = mpsc::channel(1);
        link.pending.add(id, link.id, &link.namespace, answered);
        let mut asked = Asked::new(id, answers);
        asked.wait_for(&link.pending);
        // Looked at afterwards: who goes now takes it out again.
        if link.is_gone() {
            return Err(AckError::Disconnected);
        }
        link.outbox.push(message);
        asked.next(deadline(timeout)).await.map(|(_, args)| args)
    }

    /// The namespaces that they are in; with recovery, all in which somebody is or may come back to.
    pub fn namespaces(&self) -> Vec<Arc<str>> {
        if let Some(log) = self.hub.log() {
            let kept = log.lock();
            let concerned = kept.namespaces.iter().filter(|(name, namespace)| {
                self.audience(name).is_some_and(|whom| namespace.concerns(&whom))
            });
            return concerned.map(|(name, _)| Arc::clone(name)).collect();
        }
        let mut namespaces = Vec::new();
        self.each(|link| {
            if !namespaces.contains(&link.namespace) {
                namespaces.push(Arc::clone(&link.namespace));
            }
        });
        namespaces
    }

    /// Sends them away: each leaves its namespace after what waits for it. Those who are away do not come back either.
    pub fn disconnect(&self) -> usize {
        self.send_away(|link| {
            link.set_sent_away();
            Item::Leave(link.id)
        })
    }

    /// The same, and closes their connections, with all other namespaces that they have joined.
    pub fn close(&self) -> usize {
        self.send_away(|_| Item::Dismiss)
    }

    fn send_away(&self, how: impl Fn(&Arc<Link>) -> Item) -> usize {
        let mut count = 0;
        // Before all others, so that nobody goes and is believed to come back, or has come back, in between.
        let mut kept = self.hub.log().map(|log| log.lock());
        self.each(|link| {
            link.outbox.command(how(link));
            count += 1;
        });
        if let Some(kept) = &mut kept {
            let only = match &self.whom {
                Whom::Link(link) => Some(&*link.namespace),
                Whom::Everyone(namespace) => Some(*namespace),
                _ => self.namespace,
            };
            let names: Vec<Arc<str>> = match only {
                Some(name) => vec![name.into()],
                None => kept.namespaces.keys().cloned().collect(),
            };
            for name in names {
                count += self.audience(&name).map_or(0, |audience| kept.send_away(&name, &audience));
            }
        }
        count
    }

    /// Puts them into a room; how many were not there before.
    pub fn join(&self, room: &Room) -> usize {
        self.ids().into_iter().filter(|id| self.hub.join(*id, room)).count()
    }

    /// Takes them out of a room; how many were there.
    pub fn leave(&self, room: &Room) -> usize {
        self.ids().into_iter().filter(|id| self.hub.leave(*id, room)).count()
    }

    /// What is known of each of them.
    pub fn fetch(&self) -> Vec<RemoteSocket> {
        let mut links = Vec::new();
        self.each(|link| links.push(Arc::clone(link)));
        // Only now, with none of the hub's locks: a link's rooms are changed under the link's own, which is taken before.
        links.into_iter().map(|link| RemoteSocket::of(&link)).collect()
    }

    /// Their ids.
    pub fn ids(&self) -> Vec<SocketId> {
        let mut ids = Vec::new();
        self.each(|link| ids.push(link.id));
        ids
    }

    fn each(&self, mut visit: impl FnMut(&Arc<Link>)) {
        let hub = &*self.hub.0;
        let rooms = read(&hub.rooms);
        let excepted: Vec<_> = self.except_rooms.iter().filter_map(|room| rooms.get(room)).collect();
        let mut visit = |link: &Arc<Link>| {
            let is_meant = self.only.is_none_or(|only| only == link.id)
                && self.namespace.is_none_or(|namespace| link.is_in(namespace))
                && !self.except.contains(&link.id)
                && !excepted.iter().any(|members| members.contains_key(&link.id));
            if is_meant {
                visit(link);
            }
        };
        match &self.whom {
            Whom::Room(room) => {
                let Some(members) = rooms.get(room) else { return };
                match self.only {
                    Some(id) => members.get(&id).into_iter().for_each(&mut visit),
                    None => members.values().for_each(&mut visit),
                }
            }
            Whom::Any(names, ids) => {
                let members: Vec<_> = names.iter().filter_map(|room| rooms.get(room)).collect();
                for (at, room) in members.iter().enumerate() {
                    let earlier = members.get(..at).unwrap_or_default();
                    let is_first = |id| !earlier.iter().any(|room| room.contains_key(id));
                    room.iter().filter(|(id, _)| is_first(id)).for_each(|(_, link)| visit(link));
                }
                let sockets = read(&hub.sockets);
                let others = ids.iter().filter(|id| !members.iter().any(|room| room.contains_key(id)));
                others.filter_map(|id| sockets.get(id)).for_each(&mut visit);
            }
            Whom::All => read(&hub.sockets).values().for_each(&mut visit),
            Whom::Everyone(namespace) => read(&hub.sockets).each_in(namespace, &mut visit),
            Whom::Link(link) if !link.is_gone() => visit(link),
            // Whoever has gone may have come back since, as somebody else with the same id.
            Whom::Link(_) | Whom::Socket(_) => {
                let id = match &self.whom {
                    Whom::Link(link) => link.id,
                    Whom::Socket(id) => *id,
                    _ => return,
                };
                let link = read(&hub.sockets).get(&id).cloned();
                link.iter().for_each(&mut visit);
            }
        }
    }
}
