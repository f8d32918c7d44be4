//! A board: who votes for what, how often, and what wins. It knows nothing of sockets.

use std::collections::BTreeMap;

use crate::protocol::types::Choice;

/// Choices on a board; more are refused.
pub const MAX_CHOICES: usize = 100;

/// The votes on a board.
#[derive(Clone, Debug, Default)]
pub struct Votes {
    counts: BTreeMap<Choice, Count>,
    /// Votes so far.
    votes: u64,
    closed: bool,
}

#[derive(Clone, Copy, Debug)]
struct Count {
    count: i64,
    /// Which vote brought it there.
    since: u64,
}

/// Why a vote does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCounted {
    /// The board is closed.
    Closed,
    /// There are as many choices as there may be.
    Full,
}

impl Votes {
    /// Counts a vote; the new count of its choice.
    ///
    /// # Errors
    /// When the board is closed, or the choice is one too many.
    pub fn add(&mut self, choice: &Choice, weight: i64) -> Result<i64, NotCounted> {
        if self.closed {
            return Err(NotCounted::Closed);
        }
        if self.counts.len() >= MAX_CHOICES && !self.counts.contains_key(choice) {
            return Err(NotCounted::Full);
        }
        self.votes += 1;
        let count = self.counts.entry(choice.clone()).or_insert(Count { count: 0, since: 0 });
        count.count = count.count.saturating_add(weight);
        count.since = self.votes;
        Ok(count.count)
    }

    /// Takes no more votes.
    pub fn close(&mut self) {
        self.closed = true;
    }

    /// Whether no more votes are taken.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// The choice with most votes, the first to get there when several have.
    pub fn winner(&self) -> Option<Choice> {
        let first = |one: &Count| (one.count, std::cmp::Reverse(one.since));
        self.counts.iter().max_by_key(|(_, count)| first(count)).map(|(choice, _)| choice.clone())
    }

    /// Every choice with its count.
    pub fn counts(&self) -> impl Iterator<Item = (&Choice, i64)> {
        self.counts.iter().map(|(choice, count)| (choice, count.count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(text: &str) -> Choice {
        Choice::new(text).unwrap()
    }

    #[test]
    fn most_votes_win_and_then_whoever_got_there_first() {
        let mut votes = Votes::default();
        assert_eq!(votes.winner(), None);
        assert_eq!(votes.add(&choice("soup"), 1), Ok(1));
        assert_eq!(votes.add(&choice("cake"), 3), Ok(3));
        assert_eq!(votes.winner(), Some(choice("cake")));
        assert_eq!(votes.add(&choice("soup"), 2), Ok(3));
        assert_eq!(votes.winner(), Some(choice("cake")), "it had three before");
        assert_eq!(votes.add(&choice("apple"), 3), Ok(3));
        assert_eq!(votes.winner(), Some(choice("cake")), "names do not matter");
        assert_eq!(votes.add(&choice("soup"), 1), Ok(4));
        assert_eq!(votes.winner(), Some(choice("soup")));
    }

    #[test]
    fn a_closed_board_takes_no_votes() {
        let mut votes = Votes::default();
        votes.add(&choice("soup"), 1).unwrap();
        votes.close();
        assert!(votes.is_closed());
        assert_eq!(votes.add(&choice("soup"), 1), Err(NotCounted::Closed));
        assert_eq!(votes.counts().collect::<Vec<_>>(), [(&choice("soup"), 1)]);
    }

    #[test]
    fn choices_are_bounded_and_those_there_are_still_count() {
        let mut votes = Votes::default();
        for number in 0..MAX_CHOICES {
            votes.add(&choice(&number.to_string()), 1).unwrap();
        }
        assert_eq!(votes.add(&choice("more"), 1), Err(NotCounted::Full));
        assert_eq!(votes.add(&choice("0"), 1), Ok(2));
    }
}
