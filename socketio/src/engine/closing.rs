//! The end of a session over polling: what its last GETs are answered with.
//!
//! The requests of a client come on connections of their own, so that a GET may still be on its way when the session has ended.
//! It is answered, and not refused, because a client takes a refusal for an error of the connection and not for its end.

use std::time::{Duration, Instant};

/// How a session has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The server has closed it.
    Server,
    /// The client has closed it.
    Client,
    /// The client has made a mistake, or has not been heard of: the session is simply gone.
    Broken,
}

/// Stands where a session was, for a GET that is late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tombstone {
    ending: Ending,
    /// Nobody is answered from then on.
    until: Instant,
}

impl Tombstone {
    /// Nothing more is sent from now on but what waits already; a GET on its way is waited for so long.
    pub fn new(ending: Ending, now: Instant, patience: Duration) -> Self {
        let patience = if ending == Ending::Broken { Duration::ZERO } else { patience };
        Self { ending, until: now + patience }
    }

    /// What is still to be queued for the last GET. Nothing if something waits, as that ends with the reason.
    pub fn word(&self, is_flushed: bool) -> Option<&'static str> {
        match self.ending {
            Ending::Broken => None,
            _ if !is_flushed => None,
            Ending::Server => Some("1"),
            // Its own GET is let go.
            Ending::Client => Some("6"),
        }
    }

    /// The last GET has been answered with all there was: nobody is waited for any more.
    pub fn answered(&mut self, now: Instant) {
        self.until = self.until.min(now);
    }

    /// Until when a late GET is answered.
    pub fn until(&self) -> Instant {
        self.until
    }

    /// Whether the session is gone, and who names it is refused.
    pub fn is_gone(&self, now: Instant) -> bool {
        now >= self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_millis(300);

    #[test]
    fn each_end_has_its_word_unless_something_waits() {
        let now = Instant::now();
        for (ending, word) in
            [(Ending::Server, Some("1")), (Ending::Client, Some("6")), (Ending::Broken, None)]
        {
            let tombstone = Tombstone::new(ending, now, PATIENCE);
            assert_eq!(tombstone.word(true), word);
            assert_eq!(tombstone.word(false), None);
        }
    }

    #[test]
    fn a_late_get_is_waited_for_once_and_for_a_while() {
        let now = Instant::now();
        let mut tombstone = Tombstone::new(Ending::Client, now, PATIENCE);
        assert!(!tombstone.is_gone(now) && tombstone.is_gone(now + PATIENCE));
        assert_eq!(tombstone.until(), now + PATIENCE);
        let then = now + PATIENCE / 2;
        tombstone.answered(then);
        assert!(tombstone.is_gone(then));
        tombstone.answered(then + PATIENCE);
        assert_eq!(tombstone.until(), then, "it does not come back");
        assert!(Tombstone::new(Ending::Broken, now, PATIENCE).is_gone(now));
    }
}
