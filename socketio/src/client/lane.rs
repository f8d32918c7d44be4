//! Messages that wait to be sent, in order, and how many bytes they are.

use std::collections::VecDeque;

use tokio::sync::oneshot;

use super::error::Answer;
use super::outbound::Outbound;

/// What waits.
#[derive(Debug)]
pub(crate) enum Waiting {
    Once(Outbound, Kind),
    /// The place of the first of the messages that are sent until they are acknowledged. There is one at most.
    Retried,
}

/// What is to be done about a message that is not sent.
#[derive(Debug)]
pub(crate) enum Kind {
    Event,
    Call(u64, oneshot::Sender<Answer>),
    /// It means nothing to any other connection than this one: an acknowledgement, or what may be dropped.
    Bound,
}

impl Waiting {
    fn bytes(&self) -> usize {
        match self {
            Self::Once(message, _) => message.bytes(),
            Self::Retried => 0,
        }
    }
}

/// Messages in order.
#[derive(Debug, Default)]
pub(crate) struct Lane {
    waiting: VecDeque<Waiting>,
    bytes: usize,
}

impl Lane {
    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn push_back(&mut self, one: Waiting) {
        self.bytes += one.bytes();
        self.waiting.push_back(one);
    }

    pub(crate) fn push_front(&mut self, one: Waiting) {
        self.bytes += one.bytes();
        self.waiting.push_front(one);
    }

    pub(crate) fn pop_front(&mut self) -> Option<Waiting> {
        let one = self.waiting.pop_front()?;
        self.bytes = self.bytes.saturating_sub(one.bytes());
        Some(one)
    }

    /// Takes out all for which this is true.
    pub(crate) fn extract(&mut self, mut is_it: impl FnMut(&Waiting) -> bool) -> Vec<Waiting> {
        // Nearly always there is none.
        if !self.waiting.iter().any(&mut is_it) {
            return Vec::new();
        }
        let (out, rest): (Vec<_>, VecDeque<_>) = std::mem::take(&mut self.waiting).into_iter().fold(
            (Vec::new(), VecDeque::new()),
            |(mut out, mut rest), one| {
                if is_it(&one) {
                    out.push(one)
                } else {
                    rest.push_back(one)
                }
                (out, rest)
            },
        );
        self.waiting = rest;
        self.bytes = self.waiting.iter().map(Waiting::bytes).sum();
        out
    }

    /// Whether the messages that are sent again have their place here.
    pub(crate) fn has_retried(&self) -> bool {
        self.waiting.iter().any(|one| matches!(one, Waiting::Retried))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::outbound::tests::text;

    #[test]
    fn bytes_are_counted_however_a_message_goes() {
        let mut lane = Lane::default();
        for one in ["a", "bb", "ccc"] {
            lane.push_back(Waiting::Once(text(one), Kind::Event));
        }
        lane.push_front(Waiting::Retried);
        assert_eq!((lane.len(), lane.bytes(), lane.has_retried()), (4, 6, true));
        assert!(matches!(lane.pop_front(), Some(Waiting::Retried)));
        assert!(lane.pop_front().is_some());
        assert_eq!(lane.bytes(), 5);
        assert_eq!(lane.extract(|one| one.bytes() == 2).len(), 1);
        assert_eq!((lane.len(), lane.bytes(), lane.has_retried()), (1, 3, false));
        assert!(lane.extract(|_| false).is_empty());
    }
}
