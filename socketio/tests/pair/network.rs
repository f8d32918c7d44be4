//! A network with a clock of its own: what is sent comes later, in order on each connection, until it is cut.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use bytes::Bytes;

/// The longest that anything is on its way, in microseconds.
pub const MAX_LATENCY: u64 = 25_000;

/// xorshift64*: the same numbers on every machine.
#[derive(Debug)]
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) % bound.max(1)
    }

    pub fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Server,
    Client,
}

/// What is on its way.
#[derive(Clone, Debug)]
pub enum Parcel {
    /// A GET: of a session, or for a new one.
    Get {
        id: u64,
        is_new: bool,
    },
    Post {
        id: u64,
        body: String,
    },
    /// What either is answered with.
    Answer {
        id: u64,
        status: u16,
        body: String,
    },
    /// A request for a websocket: of a session, or for a new one.
    Offer {
        is_new: bool,
    },
    /// 101.
    Accepted,
    /// Of a websocket, in either direction.
    Frame(Bytes),
    /// A websocket is closed.
    Hangup,
}

impl Parcel {
    /// Requests and their answers have connections of their own.
    fn is_of_websocket(&self) -> bool {
        matches!(self, Self::Offer { .. } | Self::Accepted | Self::Frame(_) | Self::Hangup)
    }
}

#[derive(Debug)]
pub struct Network {
    pub random: Random,
    /// Since the beginning.
    pub now: Duration,
    epoch: Instant,
    on_way: BTreeMap<(Duration, u64), (Side, Parcel)>,
    serial: u64,
    /// When the last parcel of the websocket comes, to the server and to the client.
    last: [Duration; 2],
    /// Nothing comes any more from then on.
    pub cut: Option<Duration>,
    is_reset: bool,
    /// Who has ended, and must not say anything but answers to requests.
    pub ended: [bool; 2],
    /// All that has happened.
    pub trace: String,
}

impl Network {
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random(seed | 1),
            now: Duration::ZERO,
            epoch: Instant::now(),
            on_way: BTreeMap::new(),
            serial: 0,
            last: [Duration::ZERO; 2],
            cut: None,
            is_reset: false,
            ended: [false; 2],
            trace: String::new(),
        }
    }

    /// The time as the state machines take it.
    pub fn clock(&self) -> Instant {
        self.epoch + self.now
    }

    /// How long after the beginning that is.
    pub fn since(&self, at: Instant) -> Duration {
        at.duration_since(self.epoch)
    }

    pub fn note(&mut self, what: &str) {
        writeln!(self.trace, "{} {what}", self.now.as_micros()).unwrap();
    }

    pub fn send(&mut self, to: Side, parcel: Parcel) {
        let from = if to == Side::Server { Side::Client } else { Side::Server };
        let is_answer = matches!(parcel, Parcel::Answer { .. } | Parcel::Hangup);
        assert!(is_answer || !self.ended[from as usize], "{from:?} has ended and says {parcel:?}");
        let mut at = self.now + Duration::from_micros(1 + self.random.below(MAX_LATENCY));
        if parcel.is_of_websocket() {
            if self.is_reset {
                return self.note(&format!("reset {parcel:?}"));
            }
            let last = &mut self.last[to as usize];
            at = at.max(*last);
            *last = at;
        }
        self.note(&format!("to {to:?} {parcel:?}"));
        if self.cut.is_none_or(|cut| at < cut) {
            self.serial += 1;
            self.on_way.insert((at, self.serial), (to, parcel));
        }
    }

    /// Breaks the websocket, which both ends get to know at once.
    pub fn reset(&mut self) {
        self.note("reset");
        self.on_way.retain(|_, (_, parcel)| !parcel.is_of_websocket());
        self.is_reset = true;
    }

    /// When the next parcel comes.
    pub fn due(&self) -> Option<Duration> {
        self.on_way.keys().next().map(|(at, _)| *at)
    }

    /// The parcel that comes now, if one does.
    pub fn arrive(&mut self) -> Option<(Side, Parcel)> {
        let first = self.on_way.first_entry().filter(|entry| entry.key().0 <= self.now)?;
        Some(first.remove())
    }
}
