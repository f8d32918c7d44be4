//! How many, how fast: sessions, connections, requests.

use std::time::Duration;

use parlance_socketio::server::Config;

use crate::support::Running;
use crate::support::raw::{text, upgrade};

tests!(
    sessions_beyond_the_limit_are_told_when_to_come_back,
    sessions_beyond_the_pace_are_told_when_to_come_back,
    sessions_of_one_address_beyond_its_share_are_told_when_to_come_back,
    a_message_may_be_as_long_as_the_client_was_told_and_no_longer,
    tcp_connections_beyond_the_limit_are_closed_as_they_come,
    requests_that_wait_for_one_session_are_few,
);

const POLLING: &str = "EIO=4&transport=polling";

/// A session more than there is room for, over both transports.
async fn assert_refused(server: &Running) {
    let (head, body) = server.request("GET", POLLING, "", "").await;
    assert!(head.starts_with("HTTP/1.1 503"), "{head}");
    assert_eq!(body, "Too many connections");
    let after: u32 =
        head.split_once("retry-after: ").unwrap().1.split("\r\n").next().unwrap().parse().unwrap();
    assert!((1..=5).contains(&after), "{after}");
    let request = upgrade("", "").replace("Connection: Upgrade", "Connection: close, Upgrade");
    assert!(server.raw(request).await.starts_with("HTTP/1.1 503"));
}

#[tokio::test]
async fn sessions_beyond_the_limit_are_told_when_to_come_back() {
    let server = Running::with(Config { max_connections: 2, ..Config::default() }).await;
    let first = server.joined().await;
    let sid = server.open().await;
    assert_refused(&server).await;
    assert_eq!(server.stats.snapshot().refused, 2);
    drop(first);
    server.tell(&sid, "1").await;
    server.get(&sid).await;
    server.healthy().await;
}

#[tokio::test]
async fn sessions_beyond_the_pace_are_told_when_to_come_back() {
    let server =
        Running::with(Config { connects_per_second: 1, connect_burst: 2, ..Config::default() }).await;
    let clients = (server.joined().await, server.joined().await);
    assert_refused(&server).await;
    drop(clients);
    // Who was refused has used up nothing of it. Nothing says that there is room without taking it.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    server.healthy().await;
}

#[tokio::test]
async fn sessions_of_one_address_beyond_its_share_are_told_when_to_come_back() {
    let server = Running::with(Config { max_connections_per_ip: Some(2), ..Config::default() }).await;
    let first = server.joined().await;
    let sid = server.open().await;
    let (head, body) = server.request("GET", POLLING, "", "").await;
    assert!(head.starts_with("HTTP/1.1 429") && head.contains("retry-after: "), "{head}");
    assert_eq!(body, "Too many connections from this address");
    let request = upgrade("", "").replace("Connection: Upgrade", "Connection: close, Upgrade");
    assert!(server.raw(&request).await.starts_with("HTTP/1.1 429"));
    // What is of a session that there is, is no new one.
    let mut websocket = server.websocket(&format!("&sid={sid}")).await;
    websocket.say("2probe").await;
    assert_eq!(websocket.text().await, "3probe");
    assert_eq!(server.stats.snapshot().refused, 2);
    drop((first, websocket));
    server.tell(&sid, "1").await;
    server.healthy().await;
}

#[tokio::test]
async fn a_message_may_be_as_long_as_the_client_was_told_and_no_longer() {
    let server = Running::with(Config { max_payload: 10_000, ..Config::default() }).await;
    let message = |length: usize| format!(r#"42["message","{}"]"#, "x".repeat(length - 16));
    assert_eq!(message(10_000).len(), 10_000);
    let sid = server.joined_over_polling().await;
    assert_eq!(server.post(&sid, &message(10_000)).await, (200, "ok".into()));
    assert_eq!(server.get(&sid).await.1, message(10_000).replace("message", "message-back"));
    assert_eq!(server.post(&sid, &message(10_001)).await.0, 413);
    server.tell(&sid, "1").await;
    let mut raw = server.raw_joined().await;
    raw.send(&text(&message(10_000))).await;
    assert_eq!(raw.text().await, message(10_000).replace("message", "message-back"));
    raw.send(&text(&message(10_001))).await;
    assert_eq!(raw.closed().await.unwrap().0, 1009);
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn tcp_connections_beyond_the_limit_are_closed_as_they_come() {
    let server = Running::with(Config {
        max_tcp_connections: 1,
        header_timeout: Duration::from_secs(1),
        ..Config::default()
    })
    .await;
    let first = server.connect().await;
    assert_eq!(server.raw("").await, "", "closed at once");
    assert_eq!(server.stats.snapshot().refused, 1);
    drop(first);
    server.idle().await;
    assert_eq!(server.http("GET", "EIO=3&transport=polling", "").await.0, 400);
    server.healthy().await;
}

#[tokio::test]
async fn requests_that_wait_for_one_session_are_few() {
    let server = Running::with(Config {
        max_pending_requests: 2,
        body_timeout: Duration::from_millis(300),
        connect_timeout: Duration::from_secs(1),
        ..Config::default()
    })
    .await;
    let sid = server.open().await;
    let head =
        format!("POST /socket.io/?{POLLING}&sid={sid} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n4");
    let mut posts = Vec::new();
    for _ in 0..5 {
        let mut raw = server.connect().await;
        raw.send(head.as_bytes()).await;
        posts.push(raw);
    }
    let mut statuses = Vec::new();
    for mut raw in posts {
        statuses.push(String::from_utf8(raw.rest().await).unwrap()[9..12].to_owned());
    }
    statuses.sort();
    assert_eq!(statuses, ["400", "400", "400", "408", "408"]);
    server.healthy().await;
}
