//! What handles and the connection's task share: messages that wait to be sent, calls that wait to be answered.

mod state;

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use super::error::{Answer, CallError, SendError};
use super::lane::{Kind, Waiting};
use super::ledger::Ticket;
use super::outbound::{Limit, Outbound};
use super::retries::Retried;
use crate::packet::Args;
use state::State;

pub(crate) use state::{Phase, Place};

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

impl Queue {
    pub(crate) fn new(bounds: Bounds) -> Self {
        Self { state: Mutex::default(), wake: Notify::new(), ended: Notify::new(), bounds }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, state: &mut State, message: Outbound, kind: Kind, place: Place) -> Result<(), SendError> {
        state.check(&message)?;
        // What is ahead has room of its own: what is held may fill the other, and leaves when this has.
        let (count, waiting) = match place {
            Place::Behind => (state.waiting.len(), state.waiting.bytes() + state.retries.bytes()),
            Place::Ahead(_) => (state.ahead.len(), state.ahead.bytes()),
        };
        if count >= self.bounds.messages || !self.has_room(waiting, message.bytes()) {
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

    /// Whether so many bytes may wait besides those that do. A message alone always may.
    fn has_room(&self, waiting: usize, bytes: usize) -> bool {
        waiting == 0 || waiting + bytes <= self.bounds.bytes
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
        let (bytes, waiting) = (message.message.bytes(), state.waiting.bytes() + state.retries.bytes());
        if state.retries.len() >= self.bounds.messages || !self.has_room(waiting, bytes) {
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
        let taken = state.next();
        state.is_clear = is_clear && taken.is_none();
        taken
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
