//! How long to wait before each attempt.

use std::time::Duration;

use hyper::HeaderMap;
use hyper::header::RETRY_AFTER;

/// What a server's `Retry-After` is cut to, so that no number it sends can keep a client away for good.
pub(crate) const MAX_RETRY_AFTER: Duration = Duration::from_secs(5 * 60);

/// How long to wait before each attempt to come back, or to connect at all. A server that says `Retry-After` is waited for longer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backoff {
    /// Before the first attempt; doubled for each further one. 1 s
    pub first: Duration,
    /// What doubling ends at. 5 s
    pub cap: Duration,
    /// The part that chance takes off or adds, so that clients do not come back all at once. 0.5
    pub jitter: f64,
    /// Attempts before giving up; `None` for no end. None
    pub attempts: Option<u32>,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { first: Duration::from_secs(1), cap: Duration::from_secs(5), jitter: 0.5, attempts: None }
    }
}

impl Backoff {
    /// The wait before an attempt, the first of which is 0; `None` when there was the last. `chance` is of 0 to 1.
    pub(crate) fn delay(&self, attempt: u32, chance: f64) -> Option<Duration> {
        if self.attempts.is_some_and(|most| attempt >= most) {
            return None;
        }
        let doubled = self.first.saturating_mul(1u32.checked_shl(attempt).unwrap_or(u32::MAX));
        let jitter = if self.jitter.is_finite() { self.jitter.clamp(0.0, 1.0) } else { 0.0 };
        let factor = 1.0 + jitter * (2.0 * chance.clamp(0.0, 1.0) - 1.0);
        let delay = Duration::try_from_secs_f64(doubled.min(self.cap).as_secs_f64() * factor);
        Some(delay.unwrap_or(self.cap))
    }
}

/// How long a server asks us to stay away. As a date it is passed over.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(MAX_RETRY_AFTER))
}

/// A number of 0 to 1 by chance; the middle where there is no source of randomness.
pub(crate) fn chance() -> f64 {
    getrandom::u32().map_or(0.5, |number| f64::from(number) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_cap_and_chance_moves_them_by_half() {
        let backoff = Backoff::default();
        let middle: Vec<_> = (0..5).map(|attempt| backoff.delay(attempt, 0.5).unwrap().as_millis()).collect();
        assert_eq!(middle, [1000, 2000, 4000, 5000, 5000]);
        assert_eq!(backoff.delay(0, 0.0), Some(Duration::from_millis(500)));
        assert_eq!(backoff.delay(0, 1.0), Some(Duration::from_millis(1500)));
        assert_eq!(backoff.delay(u32::MAX, 0.5), Some(Duration::from_secs(5)), "without end");
    }

    #[test]
    fn attempts_come_to_an_end_and_odd_numbers_do_no_harm() {
        let backoff = Backoff { attempts: Some(2), ..Backoff::default() };
        assert!(backoff.delay(1, 0.5).is_some());
        assert_eq!(backoff.delay(2, 0.5), None);
        let odd = Backoff { jitter: f64::NAN, first: Duration::MAX, cap: Duration::MAX, attempts: None };
        assert!(odd.delay(40, 0.5).is_some());
        for _ in 0..100 {
            assert!((0.0..=1.0).contains(&chance()));
        }
    }

    #[test]
    fn a_server_that_asks_for_time_gets_some() {
        let asked = |value: &'static str| {
            let headers = [(RETRY_AFTER, hyper::header::HeaderValue::from_static(value))];
            retry_after(&headers.into_iter().collect())
        };
        assert_eq!(asked("5"), Some(Duration::from_secs(5)));
        assert_eq!(asked("18446744073709551615"), Some(MAX_RETRY_AFTER));
        assert_eq!(
            (asked("Wed, 21 Oct 2015 07:28:00 GMT"), asked("-1"), retry_after(&HeaderMap::new())),
            (None, None, None)
        );
    }
}
