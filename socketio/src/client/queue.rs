//! What handles and the connection's task share: messages that wait to be sent, calls that wait to be answered.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use super::error::{CallError, SendError};
use super::retries::{Retried, Retries};
use crate::packet::{Args, Parts};

/// How a call ends.
pub(crate) type Answer = Result<Args, CallError>;

/// Between the handles and the task.
#[derive(Debug)]
pub(crate) struct Queue {
    state: Mutex<State>,
    /// Tells the task that there is something for it.
    pub(crate) wake: Notify,
    max: usize,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Outgoing>,
    /// Calls that have been sent.
    calls: HashMap<u64, oneshot::Sender<Answer>>,
    /// Messages that are sent until they are acknowledged.
    retries: Retries,
    next_id: u64,
    socket_id: Option<String>,
    phase: Phase,
    abandoned: bool,
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

#[derive(Debug)]
enum Outgoing {
    Once(Parts, Kind),
    /// The place of the first of the messages that are sent until they are acknowledged. There is one at most.
    Retried,
}

#[derive(Debug)]
enum Kind {
    Event,
    Call(u64, oneshot::Sender<Answer>),
    /// Of an event of this connection, so that no other connection may see it.
    Ack,
}

impl State {
    /// Gives the first of the messages that are sent again its place among those that wait, or takes it away.
    fn place_retried(&mut self, in_front: bool) {
        let has_place = self.waiting.iter().any(|one| matches!(one, Outgoing::Retried));
        match (self.retries.is_waiting(), has_place) {
            (true, false) if in_front => self.waiting.push_front(Outgoing::Retried),
            (true, false) => self.waiting.push_back(Outgoing::Retried),
            (false, true) => self.waiting.retain(|one| !matches!(one, Outgoing::Retried)),
            _ => {}
        }
    }
}

impl Queue {
    pub(crate) fn new(max: usize) -> Self {
        Self { state: Mutex::default(), wake: Notify::new(), max }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, state: &mut State, packet: Parts, kind: Kind) -> Result<(), SendError> {
        if state.phase != Phase::Open {
            return Err(SendError::Closed);
        }
        if state.waiting.len() >= self.max {
            return Err(SendError::Full);
        }
        state.waiting.push_back(Outgoing::Once(packet, kind));
        self.wake.notify_one();
        Ok(())
    }

    /// Takes an event.
    pub(crate) fn emit(&self, packet: Parts) -> Result<(), SendError> {
        self.push(&mut self.lock(), packet, Kind::Event)
    }

    /// Takes an acknowledgement; one for a connection that is lost is let go.
    pub(crate) fn ack(&self, packet: Parts) -> Result<(), SendError> {
        let mut state = self.lock();
        if state.phase == Phase::Open && state.socket_id.is_none() {
            return Ok(());
        }
        self.push(&mut state, packet, Kind::Ack)
    }

    /// An id for a call.
    pub(crate) fn next_id(&self) -> u64 {
        let mut state = self.lock();
        let id = state.next_id;
        state.next_id += 1;
        id
    }

    /// Takes a call; where its answer comes.
    pub(crate) fn call(&self, id: u64, packet: Parts) -> Result<oneshot::Receiver<Answer>, SendError> {
        let (sender, answer) = oneshot::channel();
        let mut state = self.lock();
        if state.phase == Phase::Open && state.calls.len() >= self.max {
            return Err(SendError::Full);
        }
        self.push(&mut state, packet, Kind::Call(id, sender))?;
        Ok(answer)
    }

    /// Takes a message that is sent until it is acknowledged.
    pub(crate) fn retry(&self, message: Retried) -> Result<(), SendError> {
        let mut state = self.lock();
        if state.phase != Phase::Open {
            return Err(SendError::Closed);
        }
        if state.retries.len() >= self.max {
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
            state
                .waiting
                .retain(|one| !matches!(one, Outgoing::Once(_, Kind::Call(other, _)) if *other == id));
            state.retries.forget(id);
            state.place_retried(false);
            self.wake.notify_one();
        }
    }

    /// The next message to be sent. A call counts as sent from now on.
    pub(crate) fn take(&self) -> Option<Parts> {
        let mut state = self.lock();
        loop {
            match state.waiting.pop_front() {
                Some(Outgoing::Once(packet, kind)) => {
                    if let Kind::Call(id, sender) = kind {
                        state.calls.insert(id, sender);
                    }
                    return Some(packet);
                }
                Some(Outgoing::Retried) => {
                    if let Some(packet) = state.retries.send(Instant::now()) {
                        return Some(packet);
                    }
                }
                None if state.phase == Phase::Open => return None,
                // There is no time for answers, but those behind may still be of use.
                None => {
                    let Retried { id, packet, answer, .. } = state.retries.take_unsent()?;
                    if let Some(sender) = answer {
                        state.calls.insert(id, sender);
                    }
                    return Some(packet);
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

    /// The namespace is joined.
    pub(crate) fn online(&self, socket_id: String) {
        self.lock().socket_id = Some(socket_id);
    }

    /// The connection is lost: what was sent is not answered any more, what was not sent waits.
    pub(crate) fn offline(&self) {
        let mut state = self.lock();
        state.socket_id = None;
        state.waiting.retain(|one| !matches!(one, Outgoing::Once(_, Kind::Ack)));
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
        self.offline();
        let mut state = self.lock();
        state.phase = Phase::Closed;
        for one in std::mem::take(&mut state.waiting) {
            if let Outgoing::Once(_, Kind::Call(_, sender)) = one {
                let _ = sender.send(Err(CallError::Closed));
            }
        }
        state.retries.finish();
    }

    /// How far the client is.
    pub(crate) fn phase(&self) -> Phase {
        self.lock().phase
    }

    /// The id of the socket, while the namespace is joined.
    pub(crate) fn socket_id(&self) -> Option<String> {
        self.lock().socket_id.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl From<&'static str> for Parts {
        fn from(text: &'static str) -> Self {
            Self { text: text.into(), attachments: Vec::new() }
        }
    }

    #[test]
    fn what_waits_is_bounded_and_keeps_its_order() {
        let queue = Queue::new(2);
        queue.emit("a".into()).unwrap();
        let _answer = queue.call(queue.next_id(), "b".into()).unwrap();
        assert!(matches!(queue.emit("c".into()), Err(SendError::Full)));
        assert_eq!(queue.take().unwrap().text.as_str(), "a");
        assert_eq!(queue.take().unwrap().text.as_str(), "b");
        assert!(queue.take().is_none());
    }

    #[test]
    fn a_lost_connection_fails_calls_that_were_sent_and_keeps_those_that_were_not() {
        let queue = Queue::new(8);
        queue.online("x".into());
        let mut sent = queue.call(0, "a".into()).unwrap();
        assert!(queue.take().is_some());
        let mut kept = queue.call(1, "b".into()).unwrap();
        queue.ack("43".into()).unwrap();
        queue.offline();
        assert!(matches!(sent.try_recv(), Ok(Err(CallError::Disconnected))));
        assert!(kept.try_recv().is_err());
        queue.ack("43".into()).unwrap();
        assert_eq!(queue.take().unwrap().text.as_str(), "b");
        assert!(queue.take().is_none(), "acknowledgements belong to their connection");
        queue.answer(1, Args::none());
        assert!(matches!(kept.try_recv(), Ok(Ok(_))));
    }

    #[test]
    fn the_end_answers_everybody_and_takes_nothing() {
        let queue = Queue::new(8);
        let mut waiting = queue.call(0, "a".into()).unwrap();
        queue.close();
        assert!(matches!(queue.emit("b".into()), Err(SendError::Closed)));
        queue.finish();
        assert!(matches!(waiting.try_recv(), Ok(Err(CallError::Closed))));
        queue.close();
        assert_eq!(queue.phase(), Phase::Closed);
    }

    #[test]
    fn a_call_that_is_given_up_is_not_sent() {
        let queue = Queue::new(8);
        let _answer = queue.call(0, "a".into()).unwrap();
        queue.emit("b".into()).unwrap();
        queue.forget(0);
        assert_eq!(queue.take().unwrap().text.as_str(), "b");
    }

    #[test]
    fn what_is_sent_again_comes_before_what_was_not_sent_yet() {
        let queue = Queue::new(8);
        let (answer, timeout) = (None, std::time::Duration::MAX);
        queue.retry(Retried { id: 0, packet: "a".into(), answer, timeout, left: 1, tried: false }).unwrap();
        assert_eq!(queue.take().unwrap().text.as_str(), "a");
        assert_eq!(queue.due(), None, "beyond the clock");
        queue.emit("b".into()).unwrap();
        queue.offline();
        assert_eq!(queue.take().unwrap().text.as_str(), "a");
        assert_eq!(queue.take().unwrap().text.as_str(), "b");
        queue.offline();
        assert!(queue.take().is_none(), "that was the last try");
    }
}
