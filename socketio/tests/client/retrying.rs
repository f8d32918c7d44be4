//! Messages that are sent until they are acknowledged.

use std::time::Duration;

use parlance_socketio::client::{CallError, Client, Config, Incoming, SendError, Signal, Transports};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::common::{NONE, connected, next, prefix};
use crate::fake::{Fake, Peer};
use crate::proxy::Proxy;
use crate::support::{Running, soon};

/// Short enough to be waited for.
const SHORT: Duration = Duration::from_millis(50);

/// Longer than any test.
const LONG: Duration = Duration::from_secs(600);

/// A server, its first connection, and the client at the other end of it.
async fn pair(change: impl FnOnce(&mut Config)) -> (Fake, Peer, Client, Incoming) {
    let fake = Fake::start().await;
    let mut config = Config { retries: 2, ack_timeout: LONG, ..fake.config() };
    change(&mut config);
    let (peer, connected) = tokio::join!(fake.let_in(), Client::connect(config));
    let (client, mut incoming) = connected.unwrap();
    assert!(matches!(next(&mut incoming).await, Signal::Connected { .. }));
    (fake, peer, client, incoming)
}

fn call(client: &Client, name: &'static str) -> JoinHandle<Result<Value, CallError>> {
    let client = client.clone();
    tokio::spawn(async move {
        let answer = client.call(&prefix(name), NONE).await?;
        Ok(serde_json::from_str(answer.get())?)
    })
}

async fn end(call: JoinHandle<Result<Value, CallError>>) -> Result<Value, CallError> {
    soon(call).await.unwrap()
}

#[tokio::test]
async fn what_is_not_acknowledged_in_time_is_sent_again_with_the_same_bytes() {
    // More often than a busy machine could let pass before the answer.
    let often = |config: &mut Config| (config.ack_timeout, config.retries) = (SHORT, 1_000);
    let (_fake, mut peer, client, _incoming) = pair(often).await;
    let answer = call(&client, "a");
    let first = peer.text().await;
    assert_eq!(first, r#"420["a"]"#);
    assert_eq!(peer.text().await, first);
    // Whichever try it is the answer to.
    peer.say(r#"430["done"]"#).await;
    assert_eq!(end(answer).await.unwrap(), json!("done"));
    client.with_retries(0).emit(&prefix("mark"), NONE).unwrap();
    // More tries may have been on their way.
    loop {
        match peer.text().await.as_str() {
            r#"42["mark"]"# => break,
            other => assert_eq!(other, first),
        }
    }
}

#[tokio::test]
async fn there_is_one_at_a_time_and_the_order_is_kept() {
    let (_fake, mut peer, client, _incoming) = pair(|_| {}).await;
    for name in ["a", "b", "c"] {
        client.emit(&prefix(name), NONE).unwrap();
    }
    client.with_retries(0).emit(&prefix("besides"), NONE).unwrap();
    assert_eq!(peer.text().await, r#"420["a"]"#);
    assert_eq!(peer.text().await, r#"42["besides"]"#, "others do not wait for it");
    peer.say("431[]").await;
    peer.say("430[]").await;
    assert_eq!(peer.text().await, r#"421["b"]"#, "what was not sent is not answered");
    peer.say("431[]").await;
    assert_eq!(peer.text().await, r#"422["c"]"#);
}

#[tokio::test]
async fn a_lost_connection_is_no_answer_and_the_message_comes_first_on_the_next() {
    let (fake, mut peer, client, mut incoming) = pair(|_| {}).await;
    let answer = call(&client, "a");
    assert_eq!(peer.text().await, r#"420["a"]"#);
    drop(peer);
    assert!(matches!(next(&mut incoming).await, Signal::Disconnected { will_retry: true, .. }));
    client.with_retries(0).emit(&prefix("late"), NONE).unwrap();
    let mut peer = fake.let_in().await;
    assert_eq!(peer.text().await, r#"420["a"]"#);
    assert_eq!(peer.text().await, r#"42["late"]"#);
    peer.say("430[1]").await;
    assert_eq!(end(answer).await.unwrap(), json!(1));
}

#[tokio::test]
async fn after_the_last_try_the_caller_is_told_and_the_next_one_has_its_turn() {
    let (_fake, mut peer, client, _incoming) = pair(|config| config.ack_timeout = SHORT).await;
    let answer = call(&client.with_retries(1), "a");
    assert_eq!(peer.text().await, r#"420["a"]"#);
    client.with_ack_timeout(LONG).emit(&prefix("b"), NONE).unwrap();
    assert_eq!(peer.text().await, r#"420["a"]"#);
    assert_eq!(peer.text().await, r#"421["b"]"#);
    assert!(matches!(end(answer).await, Err(CallError::Timeout)));
}

#[tokio::test]
async fn some_calls_may_wait_for_another_time_than_the_others() {
    let (_fake, mut peer, client, _incoming) = pair(|config| config.retries = 0).await;
    let (short, long) = (call(&client.with_ack_timeout(SHORT), "a"), call(&client, "b"));
    assert!(matches!(end(short).await, Err(CallError::Timeout)));
    for _ in 0..2 {
        assert!([r#"420["a"]"#, r#"421["b"]"#, r#"420["b"]"#, r#"421["a"]"#].contains(&&*peer.text().await));
    }
    peer.say("430[0]").await;
    peer.say("431[1]").await;
    assert!(end(long).await.is_ok());
}

#[tokio::test]
async fn tries_that_ended_with_their_connection_count() {
    let (fake, mut peer, client, _incoming) = pair(|config| config.retries = 1).await;
    let answer = call(&client, "a");
    assert_eq!(peer.text().await, r#"420["a"]"#);
    drop(peer);
    let mut peer = fake.let_in().await;
    assert_eq!(peer.text().await, r#"420["a"]"#);
    drop(peer);
    assert!(matches!(end(answer).await, Err(CallError::Disconnected)));
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_any_more_makes_room() {
    let (_fake, mut peer, client, _incoming) = pair(|config| config.max_buffered = 2).await;
    let answer = call(&client, "a");
    assert_eq!(peer.text().await, r#"420["a"]"#);
    client.emit(&prefix("b"), NONE).unwrap();
    assert!(matches!(client.emit(&prefix("c"), NONE), Err(SendError::Full)));
    assert!(matches!(soon(client.call(&prefix("c"), NONE)).await, Err(CallError::Full)));
    answer.abort();
    assert_eq!(peer.text().await, r#"421["b"]"#);
}

#[tokio::test]
async fn at_the_end_what_was_not_sent_is_sent_once_and_everybody_is_told() {
    let (_fake, mut peer, client, _incoming) = pair(|_| {}).await;
    let answer = call(&client, "a");
    assert_eq!(peer.text().await, r#"420["a"]"#);
    client.emit(&prefix("b"), NONE).unwrap();
    client.emit(&prefix("c"), NONE).unwrap();
    client.close();
    assert!(matches!(client.emit(&prefix("d"), NONE), Err(SendError::Closed)));
    for text in [r#"421["b"]"#, r#"422["c"]"#, "41"] {
        assert_eq!(peer.text().await, text);
    }
    drop(peer);
    assert!(matches!(end(answer).await, Err(CallError::Disconnected)));
}

#[tokio::test]
async fn who_gives_up_coming_back_tells_what_was_tried_from_what_was_not() {
    let (fake, mut peer, client, _incoming) = pair(|config| config.reconnection = None).await;
    let (tried, waiting) = (call(&client, "a"), client.clone());
    assert_eq!(peer.text().await, r#"420["a"]"#);
    let behind = call(&waiting, "b");
    // Once "b" waits, so that it is not refused.
    client.with_retries(0).emit(&prefix("mark"), NONE).unwrap();
    assert_eq!(peer.text().await, r#"42["mark"]"#);
    drop((peer, fake));
    assert!(matches!(end(tried).await, Err(CallError::Disconnected)));
    assert!(matches!(end(behind).await, Err(CallError::Closed)));
}

#[tokio::test]
async fn over_every_transport_everything_arrives_in_order_although_connections_are_cut() {
    for transports in [Transports::Polling, Transports::WebSocket, Transports::PollingThenWebSocket] {
        let server = Running::start().await;
        let proxy = Proxy::to(server.address).await;
        let mut config = crate::common::config(&server, transports);
        (config.url, config.retries) = (format!("http://{}", proxy.address), 100);
        let (client, incoming) = connected(config).await;
        drop(incoming);
        for number in 0..20 {
            if number % 5 == 2 {
                proxy.cut();
            }
            let answer = soon(client.call(&prefix("message-with-ack"), Some(&number))).await.unwrap();
            assert_eq!(answer.get(), number.to_string(), "{transports:?}");
        }
    }
}
