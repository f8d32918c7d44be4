//! What handles and the connection's task share: messages that wait to be sent, calls that wait to be answered.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use super::error::{CallError, SendError};
use super::lane::{Kind, Lane, Waiting};
use super::ledger::Ticket;
use super::outbound::{Limit, Outbound};
use super::retries::{Retried, Retries};
use crate::packet::Args;

/// How a call ends.
pub(crate) type Answer = Result<Args, CallError>;

/// Between the handles and the task.
#[derive(Debug)]
pub(crate) struct Queue {
    state: Mutex<State>,
    /// Tells the task that there is something for it.
    pub(crate) wake: Notify,
    /// Tells handles that nothing will be sent any more.
    ended: Notify,
    bounds: Bounds,
}

/// What may wait, and whether it has to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub(crate) messages: usize,
    pub(crate) bytes: usize,
    /// Whether what waits is held, on each connection that knows nothing of us, until the application is ready.
    pub(crate) holds: bool,
}

#[derive(Debug, Default)]
struct State {
    /// What is sent before all that is held, on this connection or on none.
    ahead: Lane,
    waiting: Lane,
    /// Calls that have been sent.
    calls: HashMap<u64, oneshot::Sender<Answer>>,
    /// Messages that are sent until they are acknowledged.
    retries: Retries,
    next_id: u64,
    /// While the namespace is joined.
    socket_id: Option<String>,
    /// The number of the connection that there is, or of the one that there was last.
    connection: u64,
    /// Only what is ahead is sent.
    is_held: bool,
    /// Nothing is on its way to the server.
    is_clear: bool,
    /// What the server takes, or the last one took.
    limit: Option<Limit>,
    phase: Phase,
    abandoned: bool,
    /// At the end: how many messages were not sent.
    unsent: usize,
}

/// How far the client is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Messages are taken.
    #[default]
    Open,
    /// No more are taken; those that wait are still sent.
    Closing,
    /// Nothing is sent any more.
    Closed,
}

/// Where a message waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// Behind those that wait.
    #[default]
    Behind,
    /// Before all of them, on the connection of this number or on none.
    Ahead(u64),
}

impl State {
    /// Gives the first of the messages that are sent again its place among those that wait, or takes it away.
    fn place_retried(&mut self, in_front: bool) {
        match (self.retries.is_waiting(), self.waiting.has_retried()) {
            (true, false) if in_front => self.waiting.push_front(Waiting::Retried),
            (true, false) => self.waiting.push_back(Waiting::Retried),
            (false, true) => drop(self.waiting.extract(|one| matches!(one, Waiting::Retried))),
            _ => {}
        }
    }

    fn is_on(&self, connection: u64) -> bool {
        self.socket_id.is_some() && self.connection == connection
    }

    /// Whether a message is taken, as far as the server goes.
    fn check(&self, message: &Outbound) -> Result<(), SendError> {
        if self.phase != Phase::Open {
            return Err(SendError::Closed);
        }
        match self.limit.and_then(|limit| Some((message.too_long(limit)?, limit.most))) {
            Some((bytes, most)) => Err(SendError::TooLong { bytes, most }),
            None => Ok(()),
        }
    }

    fn has_room_for(&self, bytes: usize, most: usize) -> bool {
        let waiting = self.ahead.bytes() + self.waiting.bytes() + self.retries.bytes();
        waiting == 0 || waiting + bytes <= most
    }

    /// What is given back goes before all that waits.
    fn give_back(&mut self, ticket: Ticket) {
        match ticket {
            Ticket::Event(message) => self.waiting.push_front(Waiting::Once(message, Kind::Event)),
            Ticket::Call(id, message) => {
                if let Some(sender) = self.calls.remove(&id) {
                    self.waiting.push_front(Waiting::Once(message, Kind::Call(id, sender)));
                }
            }
            Ticket::Retried => {
                self.retries.not_sent();
                self.place_retried(true);
            }
            Ticket::Bound | Ticket::Pong => {}
        }
    }

    /// Ends what waits and is longer than the server takes.
    fn limited(&mut self, limit: Limit) {
        let is_too_long = |one: &Waiting| match one {
            Waiting::Once(message, _) => message.too_long(limit).is_some(),
            Waiting::Retried => false,
        };
        for one in self.waiting.extract(is_too_long) {
            let Waiting::Once(message, kind) = one else { continue };
            let (bytes, most) = (message.too_long(limit).unwrap_or_default(), limit.most);
            match kind {
                Kind::Call(_, sender) => drop(sender.send(Err(CallError::TooLong { bytes, most }))),
                Kind::Event | Kind::Bound => {
                    tracing::warn!(bytes, most, "a message that waited is longer than the server takes");
                }
            }
        }
        self.retries.limited(limit);
        self.place_retried(true);
    }
}

impl Queue {
    pub(crate) fn new(bounds: Bounds) -> Self {
        Self { state: Mutex::default(), wake: Notify::new(), ended: Notify::new(), bounds }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, state: &mut State, message: Outbound, kind: Kind, place: Place) -> Result<(), SendError> {
        state.check(&message)?;
        let count = state.ahead.len() + state.waiting.len();
        if count >= self.bounds.messages || !state.has_room_for(message.bytes(), self.bounds.bytes) {
            return Err(SendError::Full);
        }
        match (place, kind) {
            (Place::Behind, kind) => state.waiting.push_back(Waiting::Once(message, kind)),
            (Place::Ahead(connection), kind) if state.is_on(connection) => {
                state.ahead.push_back(Waiting::Once(message, kind));
            }
            (Place::Ahead(_), Kind::Call(_, sender)) => drop(sender.send(Err(CallError::Disconnected))),
            (Place::Ahead(_), Kind::Event | Kind::Bound) => {}
        }
        self.wake.notify_one();
        Ok(())
    }

    /// Takes an event.
    pub(crate) fn emit(&self, message: Outbound, place: Place) -> Result<(), SendError> {
        self.push(&mut self.lock(), message, Kind::Event, place)
    }

    /// Takes an event that is sent now or never.
    pub(crate) fn emit_volatile(&self, message: Outbound) -> Result<(), SendError> {
        let mut state = self.lock();
        state.check(&message)?;
        let waits = !(state.ahead.is_empty() && state.waiting.is_empty());
        if state.socket_id.is_none() || state.is_held || !state.is_clear || waits {
            return Ok(());
        }
        self.push(&mut state, message, Kind::Bound, Place::Behind)
    }

    /// Takes an acknowledgement of what came on a connection. It goes over that connection or over none.
    pub(crate) fn ack(&self, message: Outbound, connection: u64) -> Result<(), SendError> {
        let mut state = self.lock();
        if state.phase == Phase::Open && !state.is_on(connection) {
            return Ok(());
        }
        // It belongs to the connection, and so waits for nothing that is to be made again there.
        let place = if state.is_held { Place::Ahead(connection) } else { Place::Behind };
        self.push(&mut state, message, Kind::Bound, place)
    }

    /// An id for a call.
    pub(crate) fn next_id(&self) -> u64 {
        let mut state = self.lock();
        let id = state.next_id;
        state.next_id += 1;
        id
    }

    /// Takes a call; where its answer comes.
    pub(crate) fn call(
        &self,
        id: u64,
        message: Outbound,
        place: Place,
    ) -> Result<oneshot::Receiver<Answer>, SendError> {
        let (sender, answer) = oneshot::channel();
        let mut state = self.lock();
        if state.phase == Phase::Open && state.calls.len() >= self.bounds.messages {
            return Err(SendError::Full);
        }
        self.push(&mut state, message, Kind::Call(id, sender), place)?;
        Ok(answer)
    }

    /// Takes a message that is sent until it is acknowledged.
    pub(crate) fn retry(&self, message: Retried) -> Result<(), SendError> {
        let mut state = self.lock();
        state.check(&message.message)?;
        let bytes = message.message.bytes();
        if state.retries.len() >= self.bounds.messages || !state.has_room_for(bytes, self.bounds.bytes) {
            return Err(SendError::Full);
        }
        state.retries.push(message);
        state.place_retried(false);
        self.wake.notify_one();
        Ok(())
    }

    /// Nobody waits for this answer any more; if the call was not sent, it is not sent.
    pub(crate) fn forget(&self, id: u64) {
        let mut state = self.lock();
        if state.calls.remove(&id).is_none() {
            let is_it = |one: &Waiting| matches!(one, Waiting::Once(_, Kind::Call(other, _)) if *other == id);
            drop((state.waiting.extract(is_it), state.ahead.extract(is_it)));
            state.retries.forget(id);
            state.place_retried(false);
            self.wake.notify_one();
        }
    }

    /// The next message to be sent, and what is to be done if it is given back. A call counts as sent from now on. Without
    /// one, what is volatile may be sent if nothing else is on its way.
    pub(crate) fn take(&self, is_clear: bool) -> Option<(Outbound, Ticket)> {
        let mut state = self.lock();
        let taken = Self::next(&mut state);
        state.is_clear = is_clear && taken.is_none();
        taken
    }

    fn next(state: &mut State) -> Option<(Outbound, Ticket)> {
        loop {
            let (one, is_ahead) = match state.ahead.pop_front() {
                Some(one) => (Some(one), true),
                None if state.is_held => return None,
                None => (state.waiting.pop_front(), false),
            };
            match one {
                Some(Waiting::Once(message, kind)) => {
                    let ticket = match kind {
                        Kind::Event if !is_ahead => Ticket::Event(message.clone()),
                        Kind::Event | Kind::Bound => Ticket::Bound,
                        Kind::Call(id, sender) => {
                            state.calls.insert(id, sender);
                            if is_ahead { Ticket::Bound } else { Ticket::Call(id, message.clone()) }
                        }
                    };
                    return Some((message, ticket));
                }
                Some(Waiting::Retried) => {
                    if let Some(message) = state.retries.send(Instant::now()) {
                        return Some((message, Ticket::Retried));
                    }
                }
                None if state.phase == Phase::Open => return None,
                // There is no time for answers, but those behind may still be of use.
                None => {
                    let Retried { id, message, answer, .. } = state.retries.take_unsent()?;
                    let Some(sender) = answer else { return Some((message.clone(), Ticket::Event(message))) };
                    state.calls.insert(id, sender);
                    return Some((message.clone(), Ticket::Call(id, message)));
                }
            }
        }
    }

    /// The server has acknowledged. What nobody waits for is passed over.
    pub(crate) fn answer(&self, id: u64, answer: Args) {
        let mut state = self.lock();
        match state.calls.remove(&id) {
            Some(sender) => drop(sender.send(Ok(answer))),
            None => {
                state.retries.answer(id, answer);
                state.place_retried(false);
            }
        }
    }

    /// When there is something to be done about an answer that has not come.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.lock().retries.due()
    }

    /// Does it, if it is time.
    pub(crate) fn overdue(&self, now: Instant) {
        let mut state = self.lock();
        if state.retries.due().is_some_and(|due| due <= now) {
            state.retries.failed(CallError::Timeout);
            state.place_retried(false);
        }
    }

    /// Whether answers are read from now on.
    pub(crate) fn listening(&self, listening: bool) {
        self.lock().retries.listening(listening, Instant::now());
    }

    /// The namespace is joined, on a server that takes so much; the number of the connection.
    pub(crate) fn online(&self, socket_id: String, recovered: bool, limit: Limit) -> u64 {
        let mut state = self.lock();
        state.socket_id = Some(socket_id);
        state.connection += 1;
        state.is_held = self.bounds.holds && !recovered;
        state.limit = Some(limit);
        state.limited(limit);
        state.connection
    }

    /// Messages go another way now.
    pub(crate) fn limit(&self, limit: Limit) {
        self.lock().limit = Some(limit);
    }

    /// The application has made its state again: what was held goes. On this connection only, if there is a number.
    pub(crate) fn ready(&self, connection: Option<u64>) {
        let mut state = self.lock();
        if connection.is_none_or(|connection| state.is_on(connection)) {
            state.is_held = false;
            self.wake.notify_one();
        }
    }

    /// The connection is lost: what was sent is not answered any more, what was not sent waits. In order, what was given to the
    /// connection and did not leave.
    pub(crate) fn offline(&self, unsent: Vec<Ticket>) {
        let mut state = self.lock();
        (state.socket_id, state.is_clear) = (None, false);
        state.retries.listening(true, Instant::now());
        drop(state.waiting.extract(|one| matches!(one, Waiting::Once(_, Kind::Bound))));
        unsent.into_iter().rev().for_each(|ticket| state.give_back(ticket));
        for one in state.ahead.extract(|_| true) {
            if let Waiting::Once(_, Kind::Call(_, sender)) = one {
                let _ = sender.send(Err(CallError::Disconnected));
            }
        }
        for (_, sender) in state.calls.drain() {
            let _ = sender.send(Err(CallError::Disconnected));
        }
        // It was sent before everything that waits, and so it is again.
        state.retries.failed(CallError::Disconnected);
        state.place_retried(true);
    }

    /// No more messages are taken.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        if state.phase == Phase::Open {
            state.phase = Phase::Closing;
        }
        self.wake.notify_one();
    }

    /// The last handle is gone.
    pub(crate) fn abandon(&self) {
        self.lock().abandoned = true;
        self.wake.notify_one();
    }

    /// Whether the last handle is gone.
    pub(crate) fn is_abandoned(&self) -> bool {
        self.lock().abandoned
    }

    /// The end: nothing will be sent or answered.
    pub(crate) fn finish(&self) {
        self.offline(Vec::new());
        let mut state = self.lock();
        state.phase = Phase::Closed;
        let mut unsent = 0;
        for one in state.waiting.extract(|_| true) {
            let Waiting::Once(_, kind) = one else { continue };
            unsent += 1;
            if let Kind::Call(_, sender) = kind {
                let _ = sender.send(Err(CallError::Closed));
            }
        }
        state.unsent = unsent + state.retries.finish();
        self.ended.notify_waiters();
    }

    /// Waits for the end; how many messages were not sent.
    pub(crate) async fn ended(&self) -> usize {
        loop {
            let mut ended = std::pin::pin!(self.ended.notified());
            // Registered before looking, so that no end is missed.
            ended.as_mut().enable();
            {
                let state = self.lock();
                if state.phase == Phase::Closed {
                    return state.unsent;
                }
            }
            ended.await;
        }
    }

    /// How far the client is.
    pub(crate) fn phase(&self) -> Phase {
        self.lock().phase
    }

    /// The id of the socket, while the namespace is joined.
    pub(crate) fn socket_id(&self) -> Option<String> {
        self.lock().socket_id.clone()
    }

    /// The number of the connection, while the namespace is joined; one that no connection has, otherwise.
    pub(crate) fn connection(&self) -> u64 {
        let state = self.lock();
        if state.socket_id.is_some() { state.connection } else { 0 }
    }
}

#[cfg(test)]
mod tests;
