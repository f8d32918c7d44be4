//! Messages that are sent until they are acknowledged: in order, and one at a time, as Node's client does with `retries`.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::error::CallError;
use super::queue::Answer;
use crate::packet::{Args, Parts};

/// A message that is sent again. Each try is the same bytes, id included, so that an answer to any of them counts.
#[derive(Debug)]
pub(crate) struct Retried {
    pub(crate) id: u64,
    pub(crate) packet: Parts,
    /// Where the answer goes, if somebody waits for it.
    pub(crate) answer: Option<oneshot::Sender<Answer>>,
    /// For the answer to one try.
    pub(crate) timeout: Duration,
    /// Tries that are left after the one that is made or about to be.
    pub(crate) left: u32,
    /// Whether there was a try.
    pub(crate) tried: bool,
}

impl Retried {
    fn end(self, answer: Answer) {
        match (self.answer, answer) {
            (Some(sender), answer) => drop(sender.send(answer)),
            (None, Ok(_)) => {}
            (None, Err(why)) => {
                tracing::warn!(%why, "a message was not acknowledged, and is not sent any more")
            }
        }
    }
}

/// All of them; the first is the one that is being sent.
#[derive(Debug, Default)]
pub(crate) struct Retries {
    messages: VecDeque<Retried>,
    flight: Flight,
}

/// How far the first is.
#[derive(Debug, Default)]
enum Flight {
    /// It is to be sent.
    #[default]
    Waiting,
    /// It was, and its answer is due at some moment; at none if that is beyond the clock.
    Sent(Option<Instant>),
}

impl Retries {
    pub(crate) fn len(&self) -> usize {
        self.messages.len()
    }

    /// Whether the first is to be sent.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.messages.is_empty() && matches!(self.flight, Flight::Waiting)
    }

    pub(crate) fn push(&mut self, message: Retried) {
        self.messages.push_back(message);
    }

    /// The first, which counts as sent from now on.
    pub(crate) fn send(&mut self, now: Instant) -> Option<Parts> {
        let first = self.messages.front_mut().filter(|_| matches!(self.flight, Flight::Waiting))?;
        first.tried = true;
        self.flight = Flight::Sent(now.checked_add(first.timeout));
        Some(first.packet.clone())
    }

    /// The next that was not sent, taken out: at the end nobody waits any more for those before it.
    pub(crate) fn take_unsent(&mut self) -> Option<Retried> {
        self.messages.remove(usize::from(matches!(self.flight, Flight::Sent(_))))
    }

    /// When the answer to the first is overdue.
    pub(crate) fn due(&self) -> Option<Instant> {
        match self.flight {
            Flight::Sent(due) => due,
            Flight::Waiting => None,
        }
    }

    /// The answer to a message, if it is the first. Also one that comes late, when the next try has not been made.
    pub(crate) fn answer(&mut self, id: u64, answer: Args) {
        if let Some(first) = self.messages.pop_front_if(|first| first.id == id && first.tried) {
            self.flight = Flight::Waiting;
            first.end(Ok(answer));
        }
    }

    /// There is no answer to the first, if it was sent: it is sent again, or that was the last try.
    pub(crate) fn failed(&mut self, why: CallError) {
        if !matches!(std::mem::take(&mut self.flight), Flight::Sent(_)) {
            return;
        }
        match self.messages.front_mut() {
            Some(first) if first.left > 0 => first.left -= 1,
            _ => {
                if let Some(first) = self.messages.pop_front() {
                    first.end(Err(why));
                }
            }
        }
    }

    /// Nobody waits for this answer any more: there is no further try.
    pub(crate) fn forget(&mut self, id: u64) {
        let Some(at) = self.messages.iter().position(|message| message.id == id) else { return };
        self.messages.remove(at);
        if at == 0 {
            self.flight = Flight::Waiting;
        }
    }

    /// The end of all of them.
    pub(crate) fn finish(&mut self) {
        self.flight = Flight::Waiting;
        for message in std::mem::take(&mut self.messages) {
            let why = if message.tried { CallError::Disconnected } else { CallError::Closed };
            message.end(Err(why));
        }
    }
}
