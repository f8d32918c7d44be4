//! Clients that come back as who they were.

use std::time::Duration;

use parlance_socketio::client::{Client, Signal, Transports};
use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::{Config, Recovery};
use serde_json::json;

use crate::common::{argument, config, connected, event, next};
use crate::fake::Fake;
use crate::proxy::Proxy;
use crate::support::Running;

#[tokio::test]
async fn what_is_sent_while_the_connection_is_lost_arrives_once_and_in_order() {
    for transports in [Transports::Polling, Transports::WebSocket, Transports::PollingThenWebSocket] {
        let recovery = Some(Recovery::default());
        let server = Running::with(Config { recovery, ..Config::default() }).await;
        let proxy = Proxy::to(server.address).await;
        let mut config = config(&server, transports);
        config.url = format!("http://{}", proxy.address);
        config.auth = json!({ "token": "good" }).into();
        let (client, mut incoming) = connected(config).await;
        let sid = client.socket_id();
        let send = |number: u64| {
            let message = Message::event(&Prefix::event("/", "n"), &number).unwrap();
            server.hub.everyone("/").send(&message);
        };
        send(0);
        assert_eq!(argument(&mut incoming).await, json!(0), "{transports:?}");
        proxy.down(true);
        proxy.cut();
        (1..5).for_each(send);
        while !matches!(next(&mut incoming).await, Signal::Disconnected { .. }) {}
        (5..9).for_each(send);
        proxy.down(false);
        assert!(matches!(next(&mut incoming).await, Signal::Connected { recovered: true }), "{transports:?}");
        assert_eq!(client.socket_id(), sid);
        // Some of the first four may have come before the connection was cut.
        let mut numbers = Vec::new();
        loop {
            let event = event(&mut incoming).await;
            if event.name() == "auth" {
                break;
            }
            numbers.push(event.decode::<u64>().unwrap().unwrap());
        }
        let from = numbers[0];
        assert!(from <= 5);
        assert_eq!(numbers, (from..9).collect::<Vec<_>>(), "{transports:?}");
        client.close();
    }
}

#[tokio::test]
async fn who_stays_away_too_long_is_told_that_it_begins_anew() {
    let recovery = Some(Recovery { window: Duration::from_millis(50), ..Recovery::default() });
    let server = Running::with(Config { recovery, ..Config::default() }).await;
    let proxy = Proxy::to(server.address).await;
    let mut config = config(&server, Transports::WebSocket);
    config.url = format!("http://{}", proxy.address);
    let (client, mut incoming) = connected(config).await;
    let sid = client.socket_id();
    proxy.down(true);
    proxy.cut();
    let mut looks = tokio::time::interval(Duration::from_millis(5));
    while !(server.stats.snapshot().sockets == 0 && server.stats.snapshot().away == 0) {
        looks.tick().await;
    }
    proxy.down(false);
    while !matches!(next(&mut incoming).await, Signal::Connected { recovered: false }) {}
    assert_ne!(client.socket_id(), sid);
    assert_eq!(argument(&mut incoming).await, json!({}), "the server was told nothing of offsets it shows");
}

#[tokio::test]
async fn what_a_server_sends_before_its_answer_comes_after_being_told_so() {
    let fake = Fake::start().await;
    let serve = async {
        let (mut peer, connect) = fake.accept(25_000, 20_000).await;
        assert_eq!(connect, "40");
        peer.say(r#"40{"sid":"b","pid":"secret"}"#).await;
        peer.say(r#"42["n",1,"one"]"#).await;
        peer
    };
    let (client, peer) = tokio::join!(Client::connect(fake.config()), serve);
    let (_client, mut incoming) = client.unwrap();
    assert!(matches!(next(&mut incoming).await, Signal::Connected { recovered: false }));
    assert_eq!(argument(&mut incoming).await, json!(1));
    drop(peer);
    assert!(matches!(next(&mut incoming).await, Signal::Disconnected { .. }));
    let (mut peer, connect) = fake.accept(25_000, 20_000).await;
    assert_eq!(connect, r#"40{"offset":"one","pid":"secret"}"#);
    peer.say(r#"451-["n",{"_placeholder":true,"num":0},"two"]"#).await;
    peer.say_binary(&[7]).await;
    peer.say(r#"42["n",3,"three"]"#).await;
    peer.say(r#"40{"sid":"b","pid":"secret"}"#).await;
    assert!(matches!(next(&mut incoming).await, Signal::Connected { recovered: true }));
    let binary = event(&mut incoming).await;
    assert_eq!((binary.attachments().len(), binary.all().unwrap().len()), (1, 1));
    assert_eq!(argument(&mut incoming).await, json!(3));
    drop(peer);
    next(&mut incoming).await;
    let (_, connect) = fake.accept(25_000, 20_000).await;
    assert_eq!(connect, r#"40{"offset":"three","pid":"secret"}"#);
}
