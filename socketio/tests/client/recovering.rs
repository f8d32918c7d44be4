//! Clients that come back as who they were.

use std::time::Duration;

use parlance_socketio::client::{self, Client, ConnectError, Incoming, Signal, Transports};
use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::{Config, Recovery};
use parlance_socketio::typed::decode_event;
use serde::Deserialize;
use serde_json::json;

use crate::common::{any, argument, config, connected, event, next};
use crate::fake::{Fake, Peer};
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

/// A client that could come back, and who has heard of one event.
async fn known(fake: &Fake, config: client::Config) -> (Peer, Client, Incoming) {
    let serve = async {
        let (mut peer, _) = fake.accept(25_000, 20_000).await;
        peer.say(r#"40{"sid":"b","pid":"secret"}"#).await;
        peer.say(r#"42["n",0,"zero"]"#).await;
        peer
    };
    let (client, peer) = tokio::join!(Client::connect(config), serve);
    let (client, mut incoming) = client.unwrap();
    next(&mut incoming).await;
    assert_eq!(argument(&mut incoming).await, json!(0));
    (peer, client, incoming)
}

#[tokio::test]
async fn any_number_of_missed_messages_may_come_before_the_answer_within_bytes() {
    let fake = Fake::start().await;
    let (peer, _client, mut incoming) =
        known(&fake, client::Config { max_incoming: 2, max_incoming_bytes: 10_000, ..fake.config() }).await;
    drop(peer);
    next(&mut incoming).await;
    let (mut peer, connect) = fake.accept(25_000, 20_000).await;
    assert_eq!(connect, r#"40{"offset":"zero","pid":"secret"}"#);
    for number in 0..50 {
        peer.say(&format!(r#"42["n",{number},"{number}"]"#)).await;
    }
    peer.say(r#"40{"sid":"b","pid":"secret"}"#).await;
    assert!(matches!(next(&mut incoming).await, Signal::Connected { recovered: true }));
    for number in 0..50 {
        assert_eq!(argument(&mut incoming).await, json!(number));
    }
}

#[tokio::test]
async fn who_has_missed_more_than_may_wait_begins_anew() {
    let fake = Fake::start().await;
    let (peer, _client, mut incoming) =
        known(&fake, client::Config { max_incoming_bytes: 1000, ..fake.config() }).await;
    drop(peer);
    next(&mut incoming).await;
    let (mut peer, connect) = fake.accept(25_000, 20_000).await;
    assert_eq!(connect, r#"40{"offset":"zero","pid":"secret"}"#);
    peer.say(&format!(r#"42["n","{}"]"#, "x".repeat(1000))).await;
    match any(&mut incoming).await {
        Signal::Failed { why: ConnectError::Protocol(why), .. } => {
            assert!(why.contains("`max_incoming_bytes`, 1000"), "{why}");
        }
        other => panic!("{other:?}"),
    }
    let (mut peer, connect) = fake.accept(25_000, 20_000).await;
    assert_eq!(connect, "40");
    peer.say(r#"40{"sid":"c","pid":"other"}"#).await;
    assert!(matches!(any(&mut incoming).await, Signal::Connected { recovered: false }));
}

#[tokio::test]
async fn a_string_alone_is_kept_as_it_may_be_all_that_a_volatile_event_has() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Nothing {}
    let fake = Fake::start().await;
    let (mut peer, _client, mut incoming) = known(&fake, fake.config()).await;
    peer.say(r#"42["typing","ann"]"#).await;
    let typing = event(&mut incoming).await;
    assert_eq!(decode_event::<String>(&typing).unwrap(), "ann");
    // Where it can be no payload, it was an offset.
    peer.say(r#"42["tick","one"]"#).await;
    assert_eq!(decode_event::<Nothing>(&event(&mut incoming).await).unwrap(), Nothing {});
    peer.say(r#"42["n",{},"two"]"#).await;
    assert_eq!(decode_event::<Nothing>(&event(&mut incoming).await).unwrap(), Nothing {});
    peer.say(r#"42["n",1,2]"#).await;
    assert!(decode_event::<Nothing>(&event(&mut incoming).await).is_err());
    drop(peer);
    let (_, connect) = fake.accept(25_000, 20_000).await;
    assert_eq!(connect, r#"40{"offset":"two","pid":"secret"}"#);
}
