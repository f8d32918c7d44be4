//! How often each conversation has failed so far, for `fail: CODE times N`.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Conversations that are counted at one time.
const MOST: usize = 1024;

/// Counts failures per conversation.
#[derive(Debug, Default)]
pub(super) struct Failures {
    counts: Mutex<HashMap<u64, u32>>,
}

impl Failures {
    /// Whether this request of a conversation is among the first `times`. The one after them is not, and is where counting starts
    /// anew: the same words in another session fail as often again.
    pub(super) fn is_due(&self, conversation: u64, times: u32) -> bool {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = counts.remove(&conversation).unwrap_or(0);
        if failed >= times {
            return false;
        }
        // Whoever gave up half-way leaves a count behind. Which one has to go does not matter to a stand-in.
        if counts.len() >= MOST
            && let Some(any) = counts.keys().next().copied()
        {
            counts.remove(&any);
        }
        counts.insert(conversation, failed + 1);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_requests_fail_and_then_it_starts_anew() {
        let failures = Failures::default();
        let due: Vec<bool> = (0..6).map(|_| failures.is_due(7, 2)).collect();
        assert_eq!(due, [true, true, false, true, true, false]);
        assert!(!failures.is_due(7, 0));
    }

    #[test]
    fn counts_are_bounded() {
        let failures = Failures::default();
        for conversation in 0..3 * MOST as u64 {
            assert!(failures.is_due(conversation, 1));
        }
        assert_eq!(failures.counts.lock().unwrap().len(), MOST);
    }
}
