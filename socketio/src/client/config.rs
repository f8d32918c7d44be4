//! Every number and name that the client can be given.

use std::time::Duration;

use serde_json::Value;

use crate::packet::Parser;

/// What the client is given.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server is: `http://127.0.0.1:3000`, or with the feature `tls` `https://example.com`.
    pub url: String,
    /// Certificates in PEM: with TLS, a server is believed if one of these vouches for it. Those that the system believes
    pub roots: Option<String>,
    /// Path of the endpoint. `/socket.io/`
    pub path: String,
    /// How packets are written; the server must be told the same. JSON
    pub parser: Parser,
    /// The namespace that is joined. `/`
    pub namespace: String,
    /// The object that is sent along with CONNECT. None
    pub auth: Option<Value>,
    /// How to get there. Polling, then websocket
    pub transports: Transports,
    /// How to come back when the connection is lost; `None` to not come back. 1 s to 5 s, endlessly
    pub reconnection: Option<Backoff>,
    /// For a connection to be made and the namespace to be joined. 20 s
    pub connect_timeout: Duration,
    /// For the answer to a call, from when it was called; of a message that is sent again, for the answer to each try. 20 s
    pub ack_timeout: Duration,
    /// How often a message is sent again that was not acknowledged in time, or whose connection was lost before. If it is not
    /// 0, messages go out one at a time: the next when the one before has been acknowledged, or given up after the last
    /// try. So a server must acknowledge all of them, and tell a second try from a new message (`once` in the
    /// specification). Messages wait as long as there is no connection. 0
    pub retries: u32,
    /// Emits and calls that may wait to be sent, calls that may wait to be answered, and messages that may wait to be sent again:
    /// of each. 1024
    pub max_buffered: usize,
    /// Signals that may wait to be taken out; while that many wait, nothing more is read. 1024
    pub max_incoming: usize,
    /// Bytes of a message from the server, and of a polling body. 16 MiB
    pub max_payload: usize,
}

impl Config {
    /// For a server.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            roots: None,
            path: "/socket.io/".into(),
            parser: Parser::default(),
            namespace: "/".into(),
            auth: None,
            transports: Transports::default(),
            reconnection: Some(Backoff::default()),
            connect_timeout: Duration::from_secs(20),
            ack_timeout: Duration::from_secs(20),
            retries: 0,
            max_buffered: 1024,
            max_incoming: 1024,
            max_payload: 16 << 20,
        }
    }
}

/// Which transports are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transports {
    /// Begin with long-polling, which passes everywhere, and go over to a websocket where one can be had.
    #[default]
    PollingThenWebSocket,
    /// A websocket from the first.
    WebSocket,
    /// Long-polling, and nothing else.
    Polling,
}

/// How long to wait before each attempt to come back.
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
}
