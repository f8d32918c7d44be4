//! Many clients whose connections are cut again and again, or fall silent, while much is sent: nothing is lost, doubled or out of
//! order. `cargo xtask soak` is the large form of it.

use std::time::Duration;

use parlance_socketio::client::{self, Client, ConnectError, Incoming, Signal, Transports};
use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::{Config, Recovery};

use crate::common::{config, next};
use crate::proxy::Proxy;
use crate::support::{Running, soon};

/// Of each kind of transport a third.
const CLIENTS: usize = 24;

/// Everything of it, to every client.
const MESSAGES: u64 = 300;

#[tokio::test]
async fn nothing_is_lost_doubled_or_out_of_order_however_often_connections_are_cut() {
    play(Config::default(), Proxy::cut).await;
}

#[tokio::test]
async fn nor_when_they_fall_silent_and_only_heartbeats_tell() {
    let config = Config {
        ping_interval: Duration::from_millis(200),
        ping_timeout: Duration::from_millis(200),
        ..Config::default()
    };
    play(config, Proxy::fall_silent).await;
}

/// The first connection, which does not come back by itself: on a busy machine it may take more than one attempt.
async fn first(config: client::Config) -> (Client, Incoming) {
    loop {
        match Client::connect(config.clone()).await {
            Ok(connected) => return connected,
            Err(ConnectError::Timeout { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

/// Sends everything, cutting as soon as half of the clients have come back from the cut before, so that the others are on their way.
async fn play(wire: Config, cut: fn(&Proxy)) {
    let recovery = Some(Recovery::default());
    let server = Running::with(Config { recovery, ..wire }).await;
    let proxy = Proxy::to(server.address).await;
    let mut clients = tokio::task::JoinSet::new();
    let returned = tokio::sync::watch::Sender::new(0);
    for number in 0..CLIENTS {
        let transports =
            [Transports::WebSocket, Transports::Polling, Transports::PollingThenWebSocket][number % 3];
        let mut config = config(&server, transports);
        config.url = format!("http://{}", proxy.address);
        // An attempt may fall silent too.
        config.connect_timeout = Duration::from_millis(500);
        let (client, mut incoming) = soon(first(config)).await;
        let returned = returned.clone();
        clients.spawn(async move {
            let (mut expected, mut recovered) = (0, 0);
            while expected < MESSAGES {
                match next(&mut incoming).await {
                    Signal::Event(event) if event.name() == "n" => {
                        assert_eq!(event.decode::<u64>().unwrap(), Some(expected), "{transports:?}");
                        expected += 1;
                    }
                    Signal::Connected { recovered: true } => {
                        recovered += 1;
                        returned.send_modify(|all| *all += 1);
                    }
                    Signal::Connected { .. } => assert_eq!((expected, recovered), (0, 0), "{transports:?}"),
                    Signal::Event(_) | Signal::Disconnected { .. } | Signal::Failed { .. } => {}
                    other => panic!("{other:?}"),
                }
            }
            client.close();
        });
    }
    let mut pace = tokio::time::interval(Duration::from_millis(3));
    let mut cuts = 0;
    for number in 0..MESSAGES {
        pace.tick().await;
        server.hub.everyone("/").send(&Message::event(&Prefix::event("/", "n"), &number).unwrap());
        if number % 40 == 39 {
            soon(returned.subscribe().wait_for(|all| *all >= cuts * CLIENTS / 2)).await.unwrap();
            cut(&proxy);
            cuts += 1;
        }
    }
    while let Some(client) = soon(clients.join_next()).await {
        client.unwrap();
    }
    assert_eq!(server.stats.snapshot().gaps, 0);
}
