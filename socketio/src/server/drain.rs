//! The end of a server in slow motion: its clients are sent elsewhere one by one, so that they do not all arrive there at once.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};

use super::http::Endpoint;
use super::outbox::Item;
use super::reason::DisconnectReason;
use super::speaker::Speaker;

/// The shortest and the longest time between two of them, or between two batches.
const PACE: (Duration, Duration) = (Duration::from_millis(5), Duration::from_secs(1));

/// Lets no new sessions in, and closes those there are, evenly over this time; returns when the last has been told, or all are
/// gone. Their other requests are served meanwhile.
pub(super) async fn drain<S: Speaker>(endpoint: &Endpoint<S>, over: Duration) {
    endpoint.counters.draining.store(true, Ordering::Relaxed);
    let mut left = endpoint.registry.outboxes();
    let total = left.len();
    let Ok(number) = u32::try_from(total.max(1)) else { return };
    tracing::info!(connections = total, ?over, "the server drains");
    let start = Instant::now();
    let mut tick = interval((over / number).clamp(PACE.0, PACE.1));
    tick.set_missed_tick_behavior(MissedTickBehavior::Skip);
    while !left.is_empty() && endpoint.registry.len() > 0 {
        tick.tick().await;
        let passed = start.elapsed();
        // As many are kept as there is time left; the last goes when it is over.
        let keep = over.saturating_sub(passed).as_secs_f64() / over.as_secs_f64().max(f64::MIN_POSITIVE);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let keep = (total as f64 * keep) as usize;
        for outbox in left.drain(keep.min(left.len())..) {
            outbox.command(Item::Close(DisconnectReason::ServerShuttingDown));
        }
    }
}
