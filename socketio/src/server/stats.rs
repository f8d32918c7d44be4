//! What a server holds and what it has refused: for operators, and for tests that nothing is left behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio_util::task::TaskTracker;

use super::counters::Counters;
use super::hub::Hub;
use super::registry::Registry;

/// Looks at a running server. Cloning shares it.
#[derive(Clone)]
pub struct Stats {
    pub(crate) registry: Registry,
    pub(crate) hub: Hub,
    pub(crate) tasks: TaskTracker,
    pub(crate) counters: Arc<Counters>,
}

/// A moment of a server: what it holds now, and what has happened since it started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Sessions, joined to a namespace or not.
    pub connections: usize,
    /// Sockets: sessions times the namespaces they have joined.
    pub sockets: usize,
    /// Rooms with somebody in them.
    pub rooms: usize,
    /// Tasks: one per TCP connection that speaks HTTP, and one per session.
    pub tasks: usize,
    /// New sessions that were answered with 503 or 429, or that `Server::admit` did not let in, and TCP connections that were closed as they came.
    pub refused: u64,
    /// Connections that were closed because their client broke a protocol or a bound.
    pub violations: u64,
    /// Connections that were closed because their client did not read.
    pub slow_consumers: u64,
    /// Requests that named a session there is not: of clients that come late, or of somebody who guesses.
    pub unknown_sessions: u64,
    /// Acknowledgements that nobody had asked for.
    pub stray_acks: u64,
    /// Events for nobody: of namespaces that their client had left before, or with names that are too long.
    pub stray_events: u64,
    /// Engine.IO packets that mean nothing, like pongs that nobody had asked for.
    pub meaningless: u64,
    /// Bodies that were longer than a message may be: answered with 413, and their session lives.
    pub oversized_bodies: u64,
    /// Whether clients are being sent elsewhere: then `connections` says how many are left.
    pub draining: bool,
    /// Sockets that are away and may come back.
    pub away: usize,
    /// Sockets that have come back.
    pub recovered: u64,
    /// Sockets that came back too late for what they had missed, and began anew.
    pub gaps: u64,
}

impl Snapshot {
    /// Whether nothing is held.
    pub fn is_idle(&self) -> bool {
        self.connections == 0 && self.sockets == 0 && self.rooms == 0 && self.tasks == 0
    }
}

impl Stats {
    /// What is now.
    pub fn snapshot(&self) -> Snapshot {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Snapshot {
            connections: self.registry.len(),
            sockets: self.hub.len(),
            rooms: self.hub.rooms(),
            tasks: self.tasks.len(),
            refused: read(&self.counters.refused),
            violations: read(&self.counters.violations),
            slow_consumers: read(&self.counters.slow_consumers),
            unknown_sessions: read(&self.counters.unknown_sessions),
            stray_acks: read(&self.counters.stray_acks),
            stray_events: read(&self.counters.stray_events),
            meaningless: read(&self.counters.meaningless),
            oversized_bodies: read(&self.counters.oversized_bodies),
            draining: self.counters.draining.load(Ordering::Relaxed),
            away: self.hub.log().map_or(0, |log| log.away()),
            recovered: self.hub.log().map_or(0, |log| read(&log.recovered)),
            gaps: self.hub.log().map_or(0, |log| read(&log.gaps)),
        }
    }
}

impl std::fmt::Debug for Stats {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.snapshot().fmt(formatter)
    }
}
