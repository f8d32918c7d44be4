//! Connections end when their tokens do.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use parlance_socketio::typed::SocketId;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::protocol::Emitter;

/// For how long a connection outlives its token, in seconds. Clocks differ, and a client is given the time to come back with another.
const GRACE: i64 = 3;

/// How often is looked who has to go. With [`GRACE`], nobody stays for more than five seconds.
const TICK: Duration = Duration::from_secs(1);

/// Who has to go when. Cloning shares it.
#[derive(Clone)]
pub(crate) struct Expiry {
    ends: Arc<Mutex<BTreeSet<(i64, SocketId)>>>,
    emitter: Emitter,
}

impl Expiry {
    /// Of nobody.
    pub(crate) fn new(emitter: Emitter) -> Self {
        Self { ends: Arc::default(), emitter }
    }

    /// A connection has come with a token that ends then, in Unix seconds.
    pub(crate) fn watch(&self, expires_at: i64, socket: SocketId) {
        self.ends().insert((expires_at, socket));
        self.send_away(now());
    }

    /// A connection is gone.
    pub(crate) fn forget(&self, expires_at: i64, socket: SocketId) {
        self.ends().remove(&(expires_at, socket));
    }

    /// Sends away whose token has ended, until everything stops.
    pub(crate) async fn run(self, stop: CancellationToken) {
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while stop.run_until_cancelled(ticks.tick()).await.is_some() {
            self.send_away(now());
        }
    }

    fn ends(&self) -> MutexGuard<'_, BTreeSet<(i64, SocketId)>> {
        self.ends.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send_away(&self, now: i64) {
        for socket in due(&mut self.ends(), now) {
            tracing::info!(%socket, "the token has expired");
            self.emitter.caller(socket).disconnect();
        }
    }
}

/// Takes out who has to go now.
fn due(ends: &mut BTreeSet<(i64, SocketId)>, now: i64) -> Vec<SocketId> {
    let mut due = Vec::new();
    while let Some(&(expires_at, socket)) = ends.first() {
        if expires_at.saturating_add(GRACE) > now {
            break;
        }
        ends.pop_first();
        due.push(socket);
    }
    due
}

fn now() -> i64 {
    crate::store::now() / 1000
}
