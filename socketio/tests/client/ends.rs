//! Why connections end, what is told of it, and what becomes of messages that were not sent.

use std::time::Duration;

use parlance_socketio::client::{Backoff, Client, Config, ConnectError, Detail, Incoming, Reason, Signal};
use parlance_socketio::packet::Event;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use crate::common::{NONE, any, event, next, prefix};
use crate::fake::Fake;
use crate::requests::Requests;
use crate::support::soon;

async fn lost(incoming: &mut Incoming) -> (Reason, Detail) {
    match next(incoming).await {
        Signal::Disconnected { reason, detail, .. } => (reason, detail),
        other => panic!("{other:?}"),
    }
}

async fn polling(change: impl FnOnce(&mut Config)) -> (Requests, Client, Incoming) {
    let mut server = Requests::start().await;
    let mut config = server.config();
    change(&mut config);
    let ((), connected) = tokio::join!(server.let_in(), Client::connect(config));
    let (client, mut incoming) = connected.unwrap();
    assert!(matches!(next(&mut incoming).await, Signal::Connected { .. }));
    (server, client, incoming)
}

#[tokio::test]
async fn the_code_of_a_close_is_told_and_1009_is_a_message_too_long() {
    for (code, reason) in [(1001, Reason::TransportClose), (1009, Reason::MessageTooLong)] {
        let fake = Fake::start().await;
        let (client, mut peer) = tokio::join!(Client::connect(fake.config()), fake.let_in());
        let (_client, mut incoming) = client.unwrap();
        next(&mut incoming).await;
        let frame = CloseFrame { code: code.into(), reason: "so it is".into() };
        soon(peer.0.close(Some(frame))).await.unwrap();
        let (why, detail) = lost(&mut incoming).await;
        assert_eq!((why, detail.close_code, detail.text.as_str()), (reason, Some(code), "so it is"));
    }
}

#[tokio::test]
async fn the_status_of_an_answer_is_told_and_413_is_a_message_too_long() {
    for (status, code, reason) in [
        ("413 Content Too Large", 413, Reason::MessageTooLong),
        ("502 Bad Gateway", 502, Reason::TransportError),
    ] {
        let (mut server, client, mut incoming) = polling(|_| {}).await;
        client.emit(&prefix("x"), NONE).unwrap();
        server.next("POST").await.answer(status, "", "no");
        let (why, detail) = lost(&mut incoming).await;
        assert_eq!((why, detail.status), (reason, Some(code)));
        assert!(detail.text.contains("POST") && detail.text.ends_with("no"), "{detail:?}");
    }
}

#[tokio::test]
async fn each_attempt_to_come_back_that_fails_is_told_with_when_the_next_one_is() {
    let wait = Duration::from_millis(10);
    let reconnection = Some(Backoff { first: wait, cap: wait, jitter: 0.0, attempts: Some(3) });
    let (mut server, _client, mut incoming) = polling(|config| config.reconnection = reconnection).await;
    drop(server.next("GET").await);
    assert!(matches!(any(&mut incoming).await, Signal::Disconnected { will_retry: true, .. }));
    for number in 1..=3 {
        server.next("GET").await.answer("503 Service Unavailable", "", "later");
        match any(&mut incoming).await {
            Signal::Failed { attempt, why: ConnectError::Status { status: 503, text, .. }, next, .. } => {
                assert_eq!((attempt, next), (number, (number < 3).then_some(wait)));
                assert!(text.contains("later"), "{text}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(matches!(any(&mut incoming).await, Signal::Disconnected { will_retry: false, .. }));
    assert!(soon(incoming.next()).await.is_none());
}

#[tokio::test]
async fn closing_gives_up_after_its_time_and_says_how_much_was_not_sent() {
    let (mut server, client, mut incoming) =
        polling(|config| config.close_timeout = Duration::from_millis(50)).await;
    client.emit(&prefix("a"), NONE).unwrap();
    let _unanswered = server.next("POST").await;
    client.emit(&prefix("b"), NONE).unwrap();
    client.with_retries(1).emit(&prefix("c"), NONE).unwrap();
    client.close();
    let closed = tokio::time::timeout(Duration::from_millis(1500), client.closed()).await;
    assert_eq!(closed, Ok(2), "long before the default");
    let (reason, detail) = lost(&mut incoming).await;
    assert_eq!(reason, Reason::IoClientDisconnect);
    assert!(detail.text.contains("within 50ms"), "{detail:?}");
}

#[tokio::test]
async fn closing_waits_as_long_as_it_is_told_to() {
    let (mut server, client, _incoming) =
        polling(|config| config.close_timeout = Duration::from_secs(60)).await;
    client.emit(&prefix("a"), NONE).unwrap();
    let slow = server.next("POST").await;
    client.emit(&prefix("b"), NONE).unwrap();
    client.close();
    slow.ok("ok");
    let post = server.next("POST").await;
    assert_eq!(post.body, r#"42["b"]"#);
    post.ok("ok");
    let leave = server.next("POST").await;
    assert!(leave.body.starts_with("41"), "{}", leave.body);
    leave.ok("ok");
    assert_eq!(soon(client.closed()).await, 0);
}

#[tokio::test]
async fn what_has_not_left_goes_over_the_next_connection_and_what_has_does_not() {
    let (mut server, client, mut incoming) = polling(|_| {}).await;
    client.emit(&prefix("a"), NONE).unwrap();
    let unanswered = server.next("POST").await;
    client.emit(&prefix("b"), NONE).unwrap();
    let calling = client.clone();
    let call = tokio::spawn(async move { calling.call(&prefix("c"), NONE).await });
    // Both are with the connection when it ends.
    tokio::task::yield_now().await;
    drop((server.next("GET").await, unanswered));
    assert_eq!(lost(&mut incoming).await.0, Reason::TransportError);
    server.let_in().await;
    let post = server.next("POST").await;
    assert_eq!(post.body, "42[\"b\"]\u{1e}420[\"c\"]");
    post.ok("ok");
    server.next("GET").await.ok("430[1]");
    assert_eq!(soon(call).await.unwrap().unwrap().get(), "1");
}

#[tokio::test]
async fn one_waiting_pong_is_enough() {
    let (mut server, client, _incoming) = polling(|_| {}).await;
    client.emit(&prefix("a"), NONE).unwrap();
    let unanswered = server.next("POST").await;
    for _ in 0..40 {
        server.next("GET").await.ok("2");
    }
    let last = server.next("GET").await;
    unanswered.ok("ok");
    assert_eq!(server.next("POST").await.body, "3");
    drop(last);
}

#[tokio::test]
async fn an_acknowledgement_goes_to_the_connection_that_asked_or_nowhere() {
    let fake = Fake::start().await;
    let (client, mut peer) = tokio::join!(Client::connect(fake.config()), fake.let_in());
    let (client, mut incoming) = client.unwrap();
    next(&mut incoming).await;
    peer.say(r#"427["question"]"#).await;
    let before: Event = event(&mut incoming).await;
    drop(peer);
    lost(&mut incoming).await;
    let mut peer = fake.let_in().await;
    next(&mut incoming).await;
    peer.say(r#"427["another"]"#).await;
    let now = event(&mut incoming).await;
    client.acknowledge(&before, &"late").unwrap();
    client.acknowledge(&now, &"right").unwrap();
    assert_eq!(peer.text().await, r#"437["right"]"#);
}
