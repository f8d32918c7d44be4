//! What the queue holds, and what of it is sent next.

use std::collections::HashMap;

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::Answer;
use crate::client::error::{CallError, SendError};
use crate::client::lane::{Kind, Lane, Waiting};
use crate::client::ledger::Ticket;
use crate::client::outbound::{Limit, Outbound};
use crate::client::retries::{Retried, Retries};

#[derive(Debug, Default)]
pub(super) struct State {
    /// What is sent before all that is held, on this connection or on none.
    pub(super) ahead: Lane,
    pub(super) waiting: Lane,
    /// Calls that have been sent.
    pub(super) calls: HashMap<u64, oneshot::Sender<Answer>>,
    /// Messages that are sent until they are acknowledged.
    pub(super) retries: Retries,
    pub(super) next_id: u64,
    /// While the namespace is joined.
    pub(super) socket_id: Option<String>,
    /// The number of the connection that there is, or of the one that there was last.
    pub(super) connection: u64,
    /// Only what is ahead is sent.
    pub(super) is_held: bool,
    /// Nothing is on its way to the server.
    pub(super) is_clear: bool,
    /// What the server takes, or the last one took.
    pub(super) limit: Option<Limit>,
    pub(super) phase: Phase,
    pub(super) abandoned: bool,
    /// At the end: how many messages were not sent.
    pub(super) unsent: usize,
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
    pub(super) fn place_retried(&mut self, in_front: bool) {
        match (self.retries.is_waiting(), self.waiting.has_retried()) {
            (true, false) if in_front => self.waiting.push_front(Waiting::Retried),
            (true, false) => self.waiting.push_back(Waiting::Retried),
            (false, true) => drop(self.waiting.extract(|one| matches!(one, Waiting::Retried))),
            _ => {}
        }
    }

    pub(super) fn is_on(&self, connection: u64) -> bool {
        self.socket_id.is_some() && self.connection == connection
    }

    /// Whether a message is taken, as far as the server goes.
    pub(super) fn check(&self, message: &Outbound) -> Result<(), SendError> {
        if self.phase != Phase::Open {
            return Err(SendError::Closed);
        }
        match self.limit.and_then(|limit| Some((message.too_long(limit)?, limit.most))) {
            Some((bytes, most)) => Err(SendError::TooLong { bytes, most }),
            None => Ok(()),
        }
    }

    /// What is given back goes before all that waits.
    pub(super) fn give_back(&mut self, ticket: Ticket) {
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
    pub(super) fn limited(&mut self, limit: Limit) {
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

    /// The next message to be sent, and what is to be done if it is given back.
    pub(super) fn next(&mut self) -> Option<(Outbound, Ticket)> {
        loop {
            let (one, is_ahead) = match self.ahead.pop_front() {
                Some(one) => (Some(one), true),
                None if self.is_held => return None,
                None => (self.waiting.pop_front(), false),
            };
            match one {
                Some(Waiting::Once(message, kind)) => {
                    let ticket = match kind {
                        Kind::Event if !is_ahead => Ticket::Event(message.clone()),
                        Kind::Event | Kind::Bound => Ticket::Bound,
                        Kind::Call(id, sender) => {
                            self.calls.insert(id, sender);
                            if is_ahead { Ticket::Bound } else { Ticket::Call(id, message.clone()) }
                        }
                    };
                    return Some((message, ticket));
                }
                Some(Waiting::Retried) => {
                    if let Some(message) = self.retries.send(Instant::now()) {
                        return Some((message, Ticket::Retried));
                    }
                }
                None if self.phase == Phase::Open => return None,
                // There is no time for answers, but those behind may still be of use.
                None => {
                    let Retried { id, message, answer, .. } = self.retries.take_unsent()?;
                    let Some(sender) = answer else { return Some((message.clone(), Ticket::Event(message))) };
                    self.calls.insert(id, sender);
                    return Some((message.clone(), Ticket::Call(id, message)));
                }
            }
        }
    }
}
