//! What arrived: of one client, and of all of them together.

use std::fmt;
use std::time::Duration;

/// What one client has got.
pub(crate) struct Tally {
    /// How often each event has come.
    arrivals: Vec<u32>,
    last: Option<u64>,
    disordered: u64,
    garbled: u64,
    connections: u64,
    anew: u64,
    /// When the connection was there that is there now, and how long after it the last of what was missed came.
    back: Option<(Duration, Duration)>,
    tails: Vec<Duration>,
}

impl Tally {
    pub(crate) fn new(broadcasts: u64) -> Self {
        Self {
            arrivals: vec![0; usize::try_from(broadcasts).unwrap_or(0)],
            last: None,
            disordered: 0,
            garbled: 0,
            connections: 0,
            anew: 0,
            back: None,
            tails: Vec::new(),
        }
    }

    /// Joined: for the first time, as who it was, or as somebody new, who has missed something.
    pub(crate) fn connected(&mut self, recovered: bool, now: Duration) {
        self.tails.extend(self.back.map(|(_, tail)| tail));
        if self.connections > 0 {
            self.anew += u64::from(!recovered);
            self.back = Some((now, Duration::ZERO));
        }
        self.connections += 1;
    }

    pub(crate) fn event(&mut self, number: u64, sent: Duration, now: Duration) {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        let Some(arrivals) = self.arrivals.get_mut(at) else { return self.garbled() };
        *arrivals += 1;
        // What comes twice is counted as that.
        if *arrivals == 1 && self.last.is_some_and(|last| number < last) {
            self.disordered += 1;
        }
        self.last = self.last.max(Some(number));
        if let Some((back, tail)) = &mut self.back
            && sent < *back
        {
            *tail = now.saturating_sub(*back);
        }
    }

    /// Something came that nobody sent.
    pub(crate) fn garbled(&mut self) {
        self.garbled += 1;
    }
}

/// What all have got.
#[derive(Default)]
pub(crate) struct Figures {
    pub(crate) clients: usize,
    pub(crate) broadcasts: u64,
    pub(crate) cuts: u64,
    /// What the server says that it could not make good.
    pub(crate) gaps: u64,
    told: u64,
    once: u64,
    missing: u64,
    doubled: u64,
    disordered: u64,
    garbled: u64,
    reconnections: u64,
    anew: u64,
    panicked: u64,
    tails: Vec<Duration>,
}

impl Figures {
    /// One more client has ended.
    pub(crate) fn add(&mut self, tally: Result<Tally, tokio::task::JoinError>) {
        let Ok(tally) = tally else {
            self.panicked += 1;
            return;
        };
        self.told += 1;
        for arrivals in &tally.arrivals {
            match arrivals {
                0 => self.missing += 1,
                1 => self.once += 1,
                _ => self.doubled += 1,
            }
        }
        self.disordered += tally.disordered;
        self.garbled += tally.garbled;
        self.reconnections += tally.connections.saturating_sub(1);
        self.anew += tally.anew;
        self.tails.extend(tally.tails);
        self.tails.extend(tally.back.map(|(_, tail)| tail));
        self.tails.sort_unstable();
    }

    /// Whether each client has got each event once and in order, and had to come back for it.
    pub(crate) fn is_perfect(&self) -> bool {
        let due = self.clients as u64 * self.broadcasts;
        let bad =
            [self.missing, self.doubled, self.disordered, self.garbled, self.anew, self.gaps, self.panicked];
        // A run in which little was cut has shown nothing.
        bad == [0; 7] && self.once == due && self.cuts > 0 && self.reconnections > 0
    }

    fn tail(&self, part: f64) -> Duration {
        let last = self.tails.len().saturating_sub(1);
        self.tails.get((last as f64 * part) as usize).copied().unwrap_or_default()
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let due = self.clients as u64 * self.broadcasts;
        let percent = 100.0 * self.once as f64 / due.max(1) as f64;
        writeln!(out, "  delivered once       {} of {due} ({percent:.4} %)", self.once)?;
        writeln!(
            out,
            "  missing {}, doubled {}, out of order {}, garbled {}",
            self.missing, self.doubled, self.disordered, self.garbled
        )?;
        writeln!(
            out,
            "  connections cut      {}; came back {} times, {} of them anew, {} gaps",
            self.cuts, self.reconnections, self.anew, self.gaps
        )?;
        if self.panicked > 0 {
            writeln!(out, "  clients that panicked {}", self.panicked)?;
        }
        write!(
            out,
            "  from being back to the last missed event: p50 {:.1?}, p99 {:.1?}, at most {:.1?}",
            self.tail(0.5),
            self.tail(0.99),
            self.tail(1.0)
        )
    }
}
