//! What was given to a connection and may not have left: if the connection is lost before anything of a message was taken on, the
//! message is given back.

use std::collections::VecDeque;

use super::outbound::Outbound;

/// What is to be done about a message that a connection gives back.
#[derive(Debug)]
pub(crate) enum Ticket {
    /// It is sent over the next one.
    Event(Outbound),
    /// The same, and somebody waits for its answer.
    Call(u64, Outbound),
    /// It is the first of those that are sent until they are acknowledged.
    Retried,
    /// It goes nowhere else.
    Bound,
    /// The answer to a heartbeat, or a sign of life.
    Pong,
}

/// Messages that a carrier has not taken on, with the number of their packets.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    entries: VecDeque<(usize, Ticket)>,
    packets: usize,
}

impl Ledger {
    /// A message of so many packets is given to the carrier.
    pub(crate) fn push(&mut self, packets: usize, ticket: Ticket) {
        self.packets += packets;
        self.entries.push_back((packets, ticket));
    }

    /// So many packets wait with the carrier: all before them are taken on.
    pub(crate) fn settle(&mut self, waiting: usize) {
        while let Some((packets, _)) = self.entries.front() {
            // Of a message that was begun, nothing is left to give back.
            if self.packets <= waiting {
                break;
            }
            self.packets -= packets;
            self.entries.pop_front();
        }
    }

    /// Whether a pong waits already.
    pub(crate) fn has_pong(&self) -> bool {
        self.entries.iter().any(|(_, ticket)| matches!(ticket, Ticket::Pong))
    }

    /// What was not taken on, in order.
    pub(crate) fn into_unsent(self) -> Vec<Ticket> {
        self.entries.into_iter().map(|(_, ticket)| ticket).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_is_not_given_back() {
        let mut ledger = Ledger::default();
        ledger.push(1, Ticket::Pong);
        ledger.push(3, Ticket::Call(1, crate::client::outbound::tests::text("a")));
        ledger.push(1, Ticket::Retried);
        ledger.settle(6);
        assert!(ledger.has_pong(), "one of ours goes before them");
        ledger.settle(4);
        assert!(!ledger.has_pong());
        ledger.settle(3);
        assert!(matches!(ledger.into_unsent()[..], [Ticket::Retried]));
    }
}
