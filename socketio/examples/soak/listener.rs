//! One client: counts what comes until it is told that this was all.

use std::time::{Duration, Instant};

use parlance_socketio::client::{Client, Incoming, Signal};
use tokio_util::sync::CancellationToken;

use crate::tally::Tally;

/// Listens until the event `end`, or until somebody has lost patience.
pub(crate) async fn listen(
    client: Client,
    mut incoming: Incoming,
    broadcasts: u64,
    start: Instant,
    end: CancellationToken,
) -> Tally {
    let mut tally = Tally::new(broadcasts);
    loop {
        let signal = tokio::select! {
            signal = incoming.next() => signal,
            () = end.cancelled() => None,
        };
        match signal {
            Some(Signal::Connected { recovered }) => tally.connected(recovered, start.elapsed()),
            Some(Signal::Event(event)) if event.name() == "n" => match event.decode::<(u64, u64)>() {
                Ok(Some((number, sent))) => {
                    tally.event(number, Duration::from_micros(sent), start.elapsed());
                }
                _ => tally.garbled(),
            },
            Some(Signal::Event(event)) if event.name() == "end" => break,
            Some(Signal::Event(_)) => tally.garbled(),
            Some(Signal::Refused { .. }) | None => break,
            Some(_) => {}
        }
    }
    client.close();
    tally
}
