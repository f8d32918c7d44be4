//! Connections that are lost, and clients that come back, or do not.

use std::time::Duration;

use parlance_socketio::client::{
    Backoff, CallError, Client, Config, Incoming, Reason, SendError, Signal, Transports,
};
use serde_json::json;

use crate::common::{NONE, argument, config, connected, event, next, prefix};
use crate::proxy::Proxy;
use crate::support::{Running, soon};

const ALL: [Transports; 3] = [Transports::Polling, Transports::WebSocket, Transports::PollingThenWebSocket];

async fn through_proxy(transports: Transports) -> (Running, Proxy, Config) {
    let server = Running::start().await;
    let proxy = Proxy::to(server.address).await;
    let mut config = config(&server, transports);
    config.url = format!("http://{}", proxy.address);
    (server, proxy, config)
}

async fn lost(incoming: &mut Incoming) -> bool {
    match next(incoming).await {
        Signal::Disconnected {
            reason: Reason::TransportClose | Reason::TransportError, will_retry, ..
        } => will_retry,
        other => panic!("{other:?}"),
    }
}

/// A call that the server has got and will not answer.
async fn unanswered(
    client: &Client,
    incoming: &mut Incoming,
) -> tokio::task::JoinHandle<Result<String, CallError>> {
    let waiting = client.clone();
    let call = tokio::spawn(async move {
        let answer = waiting.call(&prefix("nothing"), NONE).await;
        answer.map(|answer| answer.get().to_owned())
    });
    // Lets the call go first.
    tokio::task::yield_now().await;
    client.emit(&prefix("message"), Some(&"mark")).unwrap();
    assert_eq!(argument(incoming).await, json!("mark"));
    call
}

#[tokio::test]
async fn a_cut_connection_comes_back_and_what_was_asked_is_not_answered() {
    for transports in ALL {
        let (server, proxy, config) = through_proxy(transports).await;
        let (client, mut incoming) = connected(config).await;
        let first = client.socket_id().unwrap();
        let call = unanswered(&client, &mut incoming).await;
        assert!(server.log().contains(&"nothing".to_owned()));
        proxy.cut();
        assert!(lost(&mut incoming).await, "{transports:?}");
        assert!(matches!(soon(call).await.unwrap(), Err(CallError::Disconnected)));
        assert!(matches!(next(&mut incoming).await, Signal::Connected { recovered: false }));
        assert_eq!(event(&mut incoming).await.name(), "auth");
        assert_ne!(client.socket_id().unwrap(), first);
        assert_eq!(soon(client.call(&prefix("message-with-ack"), Some(&1))).await.unwrap().get(), "1");
    }
}

#[tokio::test]
async fn what_is_emitted_while_offline_waits_and_has_a_bound() {
    for transports in ALL {
        let (_server, proxy, mut config) = through_proxy(transports).await;
        config.max_buffered = 5;
        let (client, mut incoming) = connected(config).await;
        proxy.down(true);
        proxy.cut();
        assert!(lost(&mut incoming).await);
        assert_eq!(client.socket_id(), None);
        for number in 0..5 {
            client.emit(&prefix("message"), Some(&number)).unwrap();
        }
        assert!(matches!(client.emit(&prefix("message"), Some(&5)), Err(SendError::Full)));
        assert!(matches!(soon(client.call(&prefix("message"), NONE)).await, Err(CallError::Full)));
        proxy.down(false);
        assert!(matches!(next(&mut incoming).await, Signal::Connected { .. }));
        assert_eq!(event(&mut incoming).await.name(), "auth");
        for number in 0..5 {
            assert_eq!(argument(&mut incoming).await, json!(number));
        }
    }
}

#[tokio::test]
async fn a_call_that_waited_too_long_is_not_sent_any_more() {
    let (server, proxy, mut config) = through_proxy(Transports::WebSocket).await;
    config.ack_timeout = Duration::from_millis(200);
    let (client, mut incoming) = connected(config).await;
    assert!(matches!(soon(client.call(&prefix("nothing"), NONE)).await, Err(CallError::Timeout)));
    proxy.down(true);
    proxy.cut();
    assert!(lost(&mut incoming).await);
    assert!(matches!(soon(client.call(&prefix("unsent"), NONE)).await, Err(CallError::Timeout)));
    proxy.down(false);
    next(&mut incoming).await;
    event(&mut incoming).await;
    client.emit(&prefix("message"), Some(&1)).unwrap();
    assert_eq!(argument(&mut incoming).await, json!(1));
    let log = server.log();
    assert!(log.contains(&"nothing".into()) && !log.contains(&"unsent".into()), "{log:?}");
}

#[tokio::test]
async fn after_the_last_attempt_everybody_is_told() {
    let (_server, proxy, mut config) = through_proxy(Transports::Polling).await;
    let wait = Duration::from_millis(10);
    config.reconnection = Some(Backoff { first: wait, cap: wait, jitter: 0.0, attempts: Some(2) });
    let (client, mut incoming) = connected(config).await;
    proxy.down(true);
    proxy.cut();
    assert!(lost(&mut incoming).await);
    let waiting = soon(client.call(&prefix("message"), NONE)).await;
    assert!(matches!(waiting, Err(CallError::Closed)), "{waiting:?}");
    assert!(!lost(&mut incoming).await, "the last attempt was made");
    assert!(soon(incoming.next()).await.is_none());
    assert!(matches!(client.emit(&prefix("message"), NONE), Err(SendError::Closed)));
}

#[tokio::test]
async fn who_shall_not_come_back_does_not() {
    let (_server, proxy, mut config) = through_proxy(Transports::WebSocket).await;
    config.reconnection = None;
    let (_client, mut incoming) = connected(config).await;
    proxy.cut();
    assert!(!lost(&mut incoming).await);
    assert!(soon(incoming.next()).await.is_none());
}

#[tokio::test]
async fn closing_ends_the_attempts_to_come_back() {
    let (_server, proxy, config) = through_proxy(Transports::WebSocket).await;
    let (client, mut incoming) = connected(config).await;
    proxy.down(true);
    proxy.cut();
    assert!(lost(&mut incoming).await);
    client.close();
    while let Some(signal) = soon(incoming.next()).await {
        assert!(matches!(signal, Signal::Failed { .. }), "{signal:?}");
    }
}

#[tokio::test]
async fn a_server_that_stops_is_noticed() {
    for transports in ALL {
        let server = Running::start().await;
        let (_client, mut incoming) = connected(config(&server, transports)).await;
        server.stop().await;
        assert!(lost(&mut incoming).await);
    }
}

#[tokio::test]
async fn who_does_not_take_out_what_comes_is_kept_alive_and_loses_nothing() {
    for transports in ALL {
        let (server, _proxy, mut slow) = through_proxy(transports).await;
        slow.max_incoming = 2;
        let (client, mut incoming) = connected(slow).await;
        client.emit(&prefix("flood"), NONE).unwrap();
        // Another one measures the time: longer than the server waits for a pong.
        let (clock, mut ticks) = connected(config(&server, Transports::WebSocket)).await;
        for _ in 0..3 {
            clock.emit(&prefix("slow"), NONE).unwrap();
        }
        clock.emit(&prefix("message"), Some(&1)).unwrap();
        assert_eq!(argument(&mut ticks).await, json!(1));
        for number in 0..100 {
            assert_eq!(argument(&mut incoming).await, json!(number), "{transports:?}");
        }
        assert!(!server.log().iter().any(|entry| entry.starts_with("gone")), "{:?}", server.log());
    }
}
