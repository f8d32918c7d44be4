//! What is longer than the server takes: its sender is told, and the connection lives.

use parlance_socketio::client::{CallError, Client, Config, SendError, Transports};
use parlance_socketio::packet::Binary;
use parlance_socketio::server;
use serde_json::json;

use crate::common::{argument, config, connected, event, prefix};
use crate::fake::Fake;
use crate::support::{Running, soon};

#[tokio::test]
async fn it_is_not_sent_and_what_follows_is() {
    for transports in [Transports::Polling, Transports::WebSocket] {
        let limited = server::Config { max_payload: 1000, ..server::Config::default() };
        let server = Running::with(limited).await;
        let (client, mut incoming) = connected(config(&server, transports)).await;
        let long = "x".repeat(2000);
        let emitted = client.emit(&prefix("message"), Some(&long));
        assert!(matches!(emitted, Err(SendError::TooLong { bytes: 2016, most: 1000 })), "{emitted:?}");
        let called = soon(client.with_retries(9).call(&prefix("message"), Some(&long))).await;
        assert!(matches!(called, Err(CallError::TooLong { most: 1000, .. })), "{called:?}");
        // `42["message","…"]` of just as many bytes.
        client.emit(&prefix("message"), Some(&"x".repeat(1000 - 16))).unwrap();
        assert_eq!(argument(&mut incoming).await.as_str().map(str::len), Some(984));
        client.emit(&prefix("message"), Some(&1)).unwrap();
        assert_eq!(argument(&mut incoming).await, json!(1), "{transports:?}");
    }
}

#[tokio::test]
async fn bytes_count_as_they_go() {
    for (transports, most) in [(Transports::Polling, 747), (Transports::WebSocket, 1000)] {
        let limited = server::Config { max_payload: 1000, ..server::Config::default() };
        let server = Running::with(limited).await;
        let (client, mut incoming) = connected(config(&server, transports)).await;
        let bytes = |count: usize| Binary::from(vec![7; count]);
        let emitted = client.emit(&prefix("message"), Some(&bytes(most + 1)));
        assert!(matches!(emitted, Err(SendError::TooLong { .. })), "{transports:?}: {emitted:?}");
        client.emit(&prefix("message"), Some(&bytes(most))).unwrap();
        assert_eq!(event(&mut incoming).await.attachments()[0].len(), most, "{transports:?}");
    }
}

#[tokio::test]
async fn what_waited_for_the_first_connection_is_told_when_the_limit_is_known() {
    let fake = Fake::start().await;
    let (client, _incoming) = Client::start(Config { retries: 1, ..fake.config() }).unwrap();
    let long = "x".repeat(100);
    let (prefix, first) = (prefix("long"), client.with_retries(0));
    let calls = async { tokio::join!(client.call(&prefix, Some(&long)), first.call(&prefix, Some(&long))) };
    let ((retried, called), mut peer) = soon(async { tokio::join!(calls, fake.let_in()) }).await;
    assert!(matches!(retried, Err(CallError::TooLong { most: 100, .. })), "{retried:?}");
    assert!(matches!(called, Err(CallError::TooLong { most: 100, .. })), "{called:?}");
    first.emit(&prefix, Some(&1)).unwrap();
    assert_eq!(peer.text().await, r#"42["long",1]"#);
}
