//! How often something may happen: so many at once, and then so many a second. The time is an argument.

use std::time::{Duration, Instant};

/// A token bucket, kept as the one moment at which it would be full again.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    every: Duration,
    slack: Duration,
    full_at: Instant,
}

impl Pace {
    /// `per_second` for ever, and `burst` at once. Zero counts as one: nothing here is without bound.
    pub fn new(per_second: u32, burst: u32, now: Instant) -> Self {
        let every = Duration::from_secs(1) / per_second.max(1);
        Self { every, slack: every.saturating_mul(burst.max(1) - 1), full_at: now }
    }

    /// It happens now. Whether it may.
    pub fn take(&mut self, now: Instant) -> bool {
        if self.full_at > now + self.slack {
            return false;
        }
        self.full_at = self.full_at.max(now) + self.every;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_only_the_pace() {
        let start = Instant::now();
        let mut pace = Pace::new(20, 100, start);
        assert_eq!((0..200).filter(|_| pace.take(start)).count(), 100);
        let second = start + Duration::from_secs(1);
        assert_eq!((0..200).filter(|_| pace.take(second)).count(), 20);
        let later = start + Duration::from_secs(3600);
        assert_eq!((0..200).filter(|_| pace.take(later)).count(), 100, "it never holds more than a burst");
    }

    #[test]
    fn zero_is_not_without_bound() {
        let start = Instant::now();
        let mut pace = Pace::new(0, 0, start);
        assert!(pace.take(start) && !pace.take(start));
    }
}
