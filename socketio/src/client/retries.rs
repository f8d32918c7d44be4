//! Messages that are sent until they are acknowledged: in order, and one at a time, as Node's client does with `retries`.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::error::{Answer, CallError};
use super::outbound::{Limit, Outbound};
use crate::packet::Args;

/// A message that is sent again. Each try is the same bytes, id included, so that an answer to any of them counts.
#[derive(Debug)]
pub(crate) struct Retried {
    pub(crate) id: u64,
    pub(crate) message: Outbound,
    /// Where the answer goes, if somebody waits for it.
    pub(crate) answer: Option<oneshot::Sender<Answer>>,
    /// For the answer to one try.
    pub(crate) timeout: Duration,
    /// Tries that are left after the one that is made or about to be.
    pub(crate) left: u32,
    /// Tries that were made.
    pub(crate) tries: u32,
}

impl Retried {
    pub(crate) fn end(self, answer: Answer) {
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
    bytes: usize,
    flight: Flight,
    /// Since when nothing is read, so that no answer can come and no time passes.
    deaf: Option<Instant>,
}

/// How far the first is.
#[derive(Debug, Default)]
enum Flight {
    /// It is to be sent.
    #[default]
    Waiting,
    /// It was, at that moment, and its answer is due at another; at none if that is beyond the clock.
    Sent { at: Instant, due: Option<Instant> },
}

impl Retries {
    pub(crate) fn len(&self) -> usize {
        self.messages.len()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whether the first is to be sent.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.messages.is_empty() && matches!(self.flight, Flight::Waiting)
    }

    pub(crate) fn push(&mut self, message: Retried) {
        self.bytes += message.message.bytes();
        self.messages.push_back(message);
    }

    fn remove(&mut self, at: usize) -> Option<Retried> {
        let message = self.messages.remove(at)?;
        self.bytes = self.bytes.saturating_sub(message.message.bytes());
        if at == 0 {
            self.flight = Flight::Waiting;
        }
        Some(message)
    }

    /// The first, which counts as sent from now on.
    pub(crate) fn send(&mut self, now: Instant) -> Option<Outbound> {
        let first = self.messages.front_mut().filter(|_| matches!(self.flight, Flight::Waiting))?;
        first.tries += 1;
        self.flight = Flight::Sent { at: now, due: now.checked_add(first.timeout) };
        Some(first.message.clone())
    }

    /// The first was not sent after all: that was no try.
    pub(crate) fn not_sent(&mut self) {
        if let (Some(first), Flight::Sent { .. }) = (self.messages.front_mut(), &self.flight) {
            first.tries = first.tries.saturating_sub(1);
            self.flight = Flight::Waiting;
        }
    }

    /// The next that was not sent, taken out: at the end nobody waits any more for those before it.
    pub(crate) fn take_unsent(&mut self) -> Option<Retried> {
        match self.flight {
            Flight::Sent { .. } => self.remove(1),
            Flight::Waiting => self.remove(0),
        }
    }

    /// When the answer to the first is overdue. Never while nothing is read.
    pub(crate) fn due(&self) -> Option<Instant> {
        match self.flight {
            Flight::Sent { due, .. } if self.deaf.is_none() => due,
            _ => None,
        }
    }

    /// Whether anything is read from now on. What time has passed meanwhile is given back.
    pub(crate) fn listening(&mut self, listening: bool, now: Instant) {
        match (listening, self.deaf) {
            (false, None) => self.deaf = Some(now),
            (true, Some(since)) => {
                self.deaf = None;
                if let Flight::Sent { at, due } = &mut self.flight {
                    *due = due.and_then(|due| due.checked_add(now.saturating_duration_since(since.max(*at))));
                }
            }
            _ => {}
        }
    }

    /// The answer to a message, if it is the first. Also one that comes late, when the next try has not been made.
    pub(crate) fn answer(&mut self, id: u64, answer: Args) {
        if self.messages.front().is_some_and(|first| first.id == id && first.tries > 0)
            && let Some(first) = self.remove(0)
        {
            first.end(Ok(answer));
        }
    }

    /// There is no answer to the first, if it was sent: it is sent again, or that was the last try.
    pub(crate) fn failed(&mut self, why: CallError) {
        if !matches!(std::mem::take(&mut self.flight), Flight::Sent { .. }) {
            return;
        }
        match self.messages.front_mut() {
            Some(first) if first.left > 0 => first.left -= 1,
            _ => {
                if let Some(first) = self.remove(0) {
                    first.end(Err(why));
                }
            }
        }
    }

    /// Nobody waits for this answer any more: there is no further try.
    pub(crate) fn forget(&mut self, id: u64) {
        if let Some(at) = self.messages.iter().position(|message| message.id == id) {
            self.remove(at);
        }
    }

    /// Ends those that the server does not take.
    pub(crate) fn limited(&mut self, limit: Limit) {
        let mut at = 0;
        while let Some(message) = self.messages.get(at) {
            match message.message.too_long(limit) {
                None => at += 1,
                Some(bytes) => {
                    if let Some(message) = self.remove(at) {
                        message.end(Err(CallError::TooLong { bytes, most: limit.most }));
                    }
                }
            }
        }
    }

    /// The end of all of them; how many were never sent.
    pub(crate) fn finish(&mut self) -> usize {
        (self.flight, self.bytes) = (Flight::Waiting, 0);
        let mut unsent = 0;
        for message in std::mem::take(&mut self.messages) {
            unsent += usize::from(message.tries == 0);
            let why = if message.tries > 0 { CallError::Disconnected } else { CallError::Closed };
            message.end(Err(why));
        }
        unsent
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::outbound::tests::text;

    const SECOND: Duration = Duration::from_secs(1);

    fn one(left: u32) -> Retries {
        let mut retries = Retries::default();
        retries.push(Retried {
            id: 0,
            message: text("a"),
            answer: None,
            timeout: 10 * SECOND,
            left,
            tries: 0,
        });
        retries
    }

    #[test]
    fn no_time_passes_while_nothing_is_read() {
        let start = Instant::now();
        let mut retries = one(1);
        assert!(retries.send(start).is_some());
        retries.listening(false, start + 4 * SECOND);
        retries.listening(false, start + 90 * SECOND);
        assert_eq!(retries.due(), None);
        retries.listening(true, start + 100 * SECOND);
        assert_eq!(retries.due(), Some(start + 106 * SECOND), "six of ten were left");
        let mut retries = one(1);
        retries.listening(false, start);
        assert!(retries.send(start + 5 * SECOND).is_some());
        retries.listening(true, start + 7 * SECOND);
        assert_eq!(retries.due(), Some(start + 17 * SECOND), "counted from when it was sent");
    }

    #[test]
    fn what_was_not_sent_after_all_was_no_try() {
        let mut retries = one(0);
        assert!(retries.send(Instant::now()).is_some());
        retries.not_sent();
        retries.failed(CallError::Disconnected);
        assert!(retries.is_waiting() && retries.send(Instant::now()).is_some());
        retries.failed(CallError::Disconnected);
        assert_eq!((retries.len(), retries.bytes()), (0, 0));
    }
}
