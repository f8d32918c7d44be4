//! Rate limits of one connection: a token bucket per limited event.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// `30/min`: a bucket of `count` that refills over the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Which bucket of the connection.
    pub bucket: usize,
    /// Its size.
    pub count: u32,
    /// Seconds in which it refills.
    pub per_seconds: u32,
}

/// The buckets of a connection.
#[derive(Debug)]
pub struct Limits<const N: usize>(Mutex<[Option<Bucket>; N]>);

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl<const N: usize> Default for Limits<N> {
    fn default() -> Self {
        Self(Mutex::new([None; N]))
    }
}

impl<const N: usize> Limits<N> {
    /// Takes one from a bucket, at a moment. Whether there was one.
    pub fn take(&self, limit: Limit, now: Instant) -> bool {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(bucket) = buckets.get_mut(limit.bucket) else { return true };
        let full = f64::from(limit.count);
        let Bucket { tokens, at } = bucket.get_or_insert(Bucket { tokens: full, at: now });
        let refilled = now.saturating_duration_since(*at).as_secs_f64() * full / f64::from(limit.per_seconds);
        *tokens = (*tokens + refilled).min(full);
        *at = now;
        let enough = *tokens >= 1.0;
        if enough {
            *tokens -= 1.0;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_bucket_is_full_at_first_and_refills_over_its_period() {
        let limits = Limits::<1>::default();
        let limit = Limit { bucket: 0, count: 3, per_seconds: 60 };
        let start = Instant::now();
        for expected in [true, true, true, false] {
            assert_eq!(limits.take(limit, start), expected);
        }
        assert!(!limits.take(limit, start + Duration::from_secs(19)));
        assert!(limits.take(limit, start + Duration::from_secs(21)));
        assert!(!limits.take(limit, start + Duration::from_secs(21)));
        let later = start + Duration::from_secs(600);
        assert_eq!((0..5).filter(|_| limits.take(limit, later)).count(), 3, "never more than its size");
    }
}
