//! Many clients whose connections are cut again and again while much is sent: nothing is lost, doubled or out of order.

use std::time::Duration;

use parlance_socketio::client::{Client, Signal, Transports};
use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::{Config, Recovery};

use crate::common::{config, next};
use crate::proxy::Proxy;
use crate::support::{Running, soon};

/// Everything of it, to every client.
const MESSAGES: u64 = 300;

#[tokio::test]
async fn nothing_is_lost_doubled_or_out_of_order_however_often_connections_are_cut() {
    let recovery = Some(Recovery::default());
    let server = Running::with(Config { recovery, ..Config::default() }).await;
    let proxy = Proxy::to(server.address).await;
    let mut clients = tokio::task::JoinSet::new();
    for number in 0..24 {
        let transports =
            [Transports::WebSocket, Transports::Polling, Transports::PollingThenWebSocket][number % 3];
        let mut config = config(&server, transports);
        config.url = format!("http://{}", proxy.address);
        let (client, mut incoming) = soon(Client::connect(config)).await.unwrap();
        clients.spawn(async move {
            let (mut expected, mut recovered) = (0, 0);
            while expected < MESSAGES {
                match next(&mut incoming).await {
                    Signal::Event(event) if event.name() == "n" => {
                        assert_eq!(event.decode::<u64>().unwrap(), Some(expected), "{transports:?}");
                        expected += 1;
                    }
                    Signal::Connected { recovered: true } => recovered += 1,
                    Signal::Connected { .. } => assert_eq!((expected, recovered), (0, 0), "{transports:?}"),
                    Signal::Event(_) | Signal::Disconnected { .. } => {}
                    other @ Signal::Refused { .. } => panic!("{other:?}"),
                }
            }
            client.close();
            recovered
        });
    }
    let mut pace = tokio::time::interval(Duration::from_millis(3));
    for number in 0..MESSAGES {
        pace.tick().await;
        server.hub.everyone("/").send(&Message::event(&Prefix::event("/", "n"), &number).unwrap());
        if number % 25 == 24 {
            proxy.cut();
        }
    }
    let mut recovered = 0;
    while let Some(client) = soon(clients.join_next()).await {
        recovered += client.unwrap();
    }
    assert!(recovered > 24, "they have come back {recovered} times");
    assert_eq!(server.stats.snapshot().gaps, 0);
}
