//! The heartbeat (Engine.IO protocol, "Heartbeat"): the server pings, the client answers.
//!
//! All deadlines are counted from the moment that something was due or came, never from the moment somebody looked, so that
//! late looking does not add up.

use std::time::{Duration, Instant};

/// The server's side.
#[derive(Clone, Copy, Debug)]
pub struct Heartbeat {
    interval: Duration,
    timeout: Duration,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The next ping is due then.
    Resting(Instant),
    /// A ping was sent; the answer must come until then.
    Waiting(Instant),
}

/// What is due now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Send a ping.
    Ping,
    /// The peer is gone.
    Timeout,
    /// Nothing before that.
    At(Instant),
}

impl Heartbeat {
    /// Starts at the handshake: the first ping is due an interval later.
    pub fn new(interval: Duration, timeout: Duration, now: Instant) -> Self {
        Self { interval, timeout, state: State::Resting(now + interval) }
    }

    /// A pong has come. Whether it was asked for; if not, it changes nothing.
    pub fn pong(&mut self, now: Instant) -> bool {
        let was_asked = matches!(self.state, State::Waiting(_));
        if was_asked {
            self.state = State::Resting(now + self.interval);
        }
        was_asked
    }

    /// What is due. After [`Due::Ping`], a ping counts as sent.
    pub fn poll(&mut self, now: Instant) -> Due {
        match self.state {
            State::Resting(at) if now >= at => {
                let due = at + self.timeout;
                // Whoever looks late has given the peer less time: half of it is left at least, and all of it to whom
                // nothing would be left.
                let left = if now >= due { self.timeout } else { self.timeout / 2 };
                self.state = State::Waiting(due.max(now + left));
                Due::Ping
            }
            State::Waiting(at) if now >= at => Due::Timeout,
            State::Resting(at) | State::Waiting(at) => Due::At(at),
        }
    }

    /// When the answer to the last ping must have come, unless it has. What comes before is in time, also if it is looked at
    /// later.
    pub fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Resting(_) => None,
            State::Waiting(at) => Some(at),
        }
    }

    /// The peer was not listened to until now, so that it could not answer: it gets the whole time again.
    pub fn excuse(&mut self, now: Instant) {
        if let State::Waiting(_) = self.state {
            self.state = State::Waiting(now + self.timeout);
        }
    }
}

/// The client's side: a server that has not pinged within interval and timeout is gone.
#[derive(Clone, Copy, Debug)]
pub struct ClientHeartbeat {
    patience: Duration,
    deadline: Instant,
}

impl ClientHeartbeat {
    /// Starts at the handshake.
    pub fn new(interval: Duration, timeout: Duration, now: Instant) -> Self {
        let patience = interval + timeout;
        Self { patience, deadline: now + patience }
    }

    /// Anything has come from the server.
    pub fn heard(&mut self, now: Instant) {
        self.deadline = now + self.patience;
    }

    /// When the server counts as gone.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn pings_come_an_interval_after_the_handshake_and_after_each_pong() {
        let start = Instant::now();
        let mut heartbeat = Heartbeat::new(300 * MS, 200 * MS, start);
        assert_eq!(heartbeat.poll(start), Due::At(start + 300 * MS));
        assert_eq!(heartbeat.poll(start + 299 * MS), Due::At(start + 300 * MS));
        assert_eq!(heartbeat.poll(start + 301 * MS), Due::Ping);
        assert_eq!(
            heartbeat.poll(start + 301 * MS),
            Due::At(start + 500 * MS),
            "counted from when it was due"
        );
        assert!(heartbeat.pong(start + 350 * MS));
        assert!(!heartbeat.pong(start + 360 * MS), "one per ping");
        assert_eq!(heartbeat.poll(start + 400 * MS), Due::At(start + 650 * MS));
    }

    #[test]
    fn silence_ends_it() {
        let start = Instant::now();
        let mut heartbeat = Heartbeat::new(300 * MS, 200 * MS, start);
        assert_eq!(heartbeat.poll(start + 300 * MS), Due::Ping);
        assert_eq!(heartbeat.poll(start + 499 * MS), Due::At(start + 500 * MS));
        assert_eq!(heartbeat.deadline(), Some(start + 500 * MS));
        assert_eq!(heartbeat.poll(start + 500 * MS), Due::Timeout);
        heartbeat.excuse(start + 500 * MS);
        assert_eq!(heartbeat.poll(start + 600 * MS), Due::At(start + 700 * MS));
    }

    #[test]
    fn who_looks_too_late_still_pings_first() {
        let start = Instant::now();
        let mut heartbeat = Heartbeat::new(300 * MS, 200 * MS, start);
        assert_eq!(heartbeat.poll(start + 900 * MS), Due::Ping);
        assert_eq!(heartbeat.poll(start + 900 * MS), Due::At(start + 1100 * MS));
    }

    #[test]
    fn who_looks_late_leaves_the_peer_half_of_its_time() {
        let start = Instant::now();
        for (looks, deadline) in [(300, 500), (400, 500), (401, 501), (499, 599), (500, 700)] {
            let mut heartbeat = Heartbeat::new(300 * MS, 200 * MS, start);
            assert_eq!(heartbeat.poll(start + looks * MS), Due::Ping);
            assert_eq!(heartbeat.deadline(), Some(start + deadline * MS), "{looks}");
        }
    }

    #[test]
    fn a_client_waits_for_interval_and_timeout() {
        let start = Instant::now();
        let mut heartbeat = ClientHeartbeat::new(300 * MS, 200 * MS, start);
        assert_eq!(heartbeat.deadline(), start + 500 * MS);
        heartbeat.heard(start + 300 * MS);
        assert_eq!(heartbeat.deadline(), start + 800 * MS);
    }
}
