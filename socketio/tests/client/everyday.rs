//! What every transport must do.

use parlance_socketio::client::{CallError, Client, ConnectError, Reason, SendError, Signal, Transports};
use parlance_socketio::packet::Prefix;
use serde_json::{Value, json};

use crate::common::{NONE, argument, config, connected, event, next, prefix};
use crate::support::{Running, soon};

async fn echoes(transports: Transports) {
    let server = Running::start().await;
    let (client, mut incoming) = connected(config(&server, transports)).await;
    assert!(client.socket_id().is_some());
    client.emit(&prefix("message"), Some(&json!({"grüße": ["\u{1f600}", null]}))).unwrap();
    let back = event(&mut incoming).await;
    assert_eq!(back.name(), "message-back");
    assert_eq!(back.decode::<Value>().unwrap(), Some(json!({"grüße": ["\u{1f600}", null]})));
    client.emit(&prefix("message"), NONE).unwrap();
    assert_eq!(event(&mut incoming).await.arguments(), "");
    let answer = soon(client.call(&prefix("message-with-ack"), Some(&json!([1, "2"])))).await.unwrap();
    assert_eq!(answer.get(), r#"[1,"2"]"#);
    assert_eq!(soon(client.call(&prefix("message-with-ack"), NONE)).await.unwrap().get(), "null");
}

async fn keeps_the_order(transports: Transports) {
    let server = Running::start().await;
    let (client, mut incoming) = connected(config(&server, transports)).await;
    for number in 0..200 {
        client.emit(&prefix("message"), Some(&number)).unwrap();
    }
    for number in 0..200 {
        assert_eq!(argument(&mut incoming).await, json!(number));
    }
}

async fn carries_300_kilobytes(transports: Transports) {
    let server = Running::start().await;
    let (client, mut incoming) = connected(config(&server, transports)).await;
    let large = "ä".repeat(150_000);
    client.emit(&prefix("message"), Some(&large)).unwrap();
    assert_eq!(argument(&mut incoming).await, json!(large));
}

async fn is_told_why_it_is_refused(transports: Transports) {
    let server = Running::start().await;
    let mut refused = config(&server, transports);
    refused.auth = json!({"token": "bad"}).into();
    match soon(Client::connect(refused)).await.unwrap_err() {
        ConnectError::Refused { message, data } => {
            assert_eq!((message.as_str(), data), ("Go away", Some(json!({"code": "no"}))));
        }
        other => panic!("{other:?}"),
    }
    let mut unknown = config(&server, transports);
    unknown.namespace = "/random".into();
    let error = soon(Client::connect(unknown)).await.unwrap_err();
    assert!(
        matches!(&error, ConnectError::Refused { message, data: None } if message == "Invalid namespace")
    );
}

async fn answers_heartbeats(transports: Transports) {
    let server = Running::start().await;
    let (client, mut incoming) = connected(config(&server, transports)).await;
    // Longer than the server's patience for a pong.
    for _ in 0..3 {
        client.emit(&prefix("slow"), NONE).unwrap();
    }
    client.emit(&prefix("message"), Some(&1)).unwrap();
    assert_eq!(argument(&mut incoming).await, json!(1));
}

async fn closes_cleanly(transports: Transports) {
    let server = Running::start().await;
    let (client, mut incoming) = connected(config(&server, transports)).await;
    client.emit(&prefix("last"), NONE).unwrap();
    client.close();
    assert!(matches!(client.emit(&prefix("late"), NONE), Err(SendError::Closed)));
    assert!(matches!(soon(client.call(&prefix("late"), NONE)).await, Err(CallError::Closed)));
    match next(&mut incoming).await {
        Signal::Disconnected { reason, will_retry, .. } => {
            assert_eq!((reason, will_retry), (Reason::IoClientDisconnect, false));
        }
        other => panic!("{other:?}"),
    }
    assert!(soon(incoming.next()).await.is_none());
    assert_eq!(client.socket_id(), None);
    assert_eq!(server.log(), ["last", "gone / client namespace disconnect"]);
}

async fn leaves_when_nobody_holds_it(transports: Transports) {
    let server = Running::start().await;
    let (client, incoming) = connected(config(&server, transports)).await;
    let log = std::sync::Arc::clone(&server.log);
    drop(incoming);
    client.emit(&prefix("still"), NONE).unwrap();
    assert_eq!(soon(client.call(&prefix("message-with-ack"), Some(&1))).await.unwrap().get(), "1");
    drop(client);
    soon(async {
        while log.lock().unwrap().len() < 3 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(server.log(), ["still", "message-with-ack", "gone / client namespace disconnect"]);
}

async fn joins_a_namespace_with_auth(transports: Transports) {
    let server = Running::start().await;
    let mut custom = config(&server, transports);
    custom.namespace = "/custom".into();
    custom.auth = json!({"name": "ann"}).into();
    let (client, mut incoming) = soon(Client::connect(custom)).await.unwrap();
    assert!(matches!(next(&mut incoming).await, Signal::Connected { .. }));
    assert_eq!(argument(&mut incoming).await, json!({"name": "ann"}));
    // The echo answers in the main namespace, which was not joined: it is passed over.
    client.emit(&Prefix::event("/custom", "leave"), NONE).unwrap();
    match next(&mut incoming).await {
        Signal::Disconnected { reason, will_retry, .. } => {
            assert_eq!((reason, will_retry), (Reason::IoServerDisconnect, false));
        }
        other => panic!("{other:?}"),
    }
    assert!(soon(incoming.next()).await.is_none());
}

macro_rules! over_every_transport {
    ($($name:ident),* $(,)?) => {
        mod websocket {
            $(#[tokio::test] async fn $name() { super::$name(super::Transports::WebSocket).await; })*
        }
        mod polling {
            $(#[tokio::test] async fn $name() { super::$name(super::Transports::Polling).await; })*
        }
        mod upgrade {
            $(#[tokio::test] async fn $name() { super::$name(super::Transports::PollingThenWebSocket).await; })*
        }
    };
}

over_every_transport!(
    echoes,
    keeps_the_order,
    carries_300_kilobytes,
    is_told_why_it_is_refused,
    answers_heartbeats,
    closes_cleanly,
    leaves_when_nobody_holds_it,
    joins_a_namespace_with_auth,
);
