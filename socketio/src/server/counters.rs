//! What is counted as it happens.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::reason::DisconnectReason;

/// What is counted as it happens, never on the way of an event.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) refused: AtomicU64,
    pub(crate) violations: AtomicU64,
    pub(crate) slow_consumers: AtomicU64,
    pub(crate) unknown_sessions: AtomicU64,
    pub(crate) stray_acks: AtomicU64,
    pub(crate) stray_events: AtomicU64,
    pub(crate) meaningless: AtomicU64,
    pub(crate) oversized_bodies: AtomicU64,
    /// No new sessions are let in any more.
    pub(crate) draining: AtomicBool,
}

impl Counters {
    /// A connection has ended.
    pub(crate) fn ended(&self, reason: DisconnectReason) {
        match reason {
            DisconnectReason::SlowConsumer => add(&self.slow_consumers),
            reason if reason.is_violation() => add(&self.violations),
            _ => {}
        }
    }
}

/// One more.
pub(crate) fn add(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
