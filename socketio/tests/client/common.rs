//! What the tests of the client share.

use std::time::Duration;

use parlance_socketio::client::{Backoff, Client, Config, Incoming, Signal, Transports};
use parlance_socketio::packet::{Event, Prefix};
use serde_json::Value;

use crate::support::{Running, soon};

/// For a server, over a transport, with waits that a test can bear.
pub(crate) fn config(server: &Running, transports: Transports) -> Config {
    Config {
        transports,
        reconnection: Some(Backoff {
            first: Duration::from_millis(10),
            cap: Duration::from_millis(50),
            jitter: 0.5,
            attempts: None,
        }),
        ..Config::new(format!("http://{}", server.address))
    }
}

/// A client that has been told that it is connected, and has got the server's first event.
pub(crate) async fn connected(config: Config) -> (Client, Incoming) {
    let (client, mut incoming) = soon(Client::connect(config)).await.unwrap();
    assert!(matches!(next(&mut incoming).await, Signal::Connected { recovered: false }));
    assert_eq!(event(&mut incoming).await.name(), "auth");
    (client, incoming)
}

/// The next signal, but for attempts that failed, as some do on a busy machine.
pub(crate) async fn next(incoming: &mut Incoming) -> Signal {
    loop {
        match any(incoming).await {
            Signal::Failed { .. } => {}
            signal => return signal,
        }
    }
}

/// The next signal.
pub(crate) async fn any(incoming: &mut Incoming) -> Signal {
    soon(incoming.next()).await.expect("a signal")
}

/// The next signal, which must be an event.
pub(crate) async fn event(incoming: &mut Incoming) -> Event {
    match next(incoming).await {
        Signal::Event(event) => event,
        other => panic!("no event: {other:?}"),
    }
}

/// The argument of the next event.
pub(crate) async fn argument(incoming: &mut Incoming) -> Value {
    event(incoming).await.decode().unwrap().unwrap()
}

/// Of the main namespace.
pub(crate) fn prefix(name: &str) -> Prefix {
    Prefix::event("/", name)
}

/// Without payload.
pub(crate) const NONE: Option<&()> = None;
