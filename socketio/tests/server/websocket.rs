//! Engine.IO over websockets.

use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use parlance_socketio::server::{Config, echo_websockets};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::support::{Running, soon};

#[tokio::test]
async fn a_websocket_alone_opens_a_session() {
    let server = Running::start().await;
    let mut client = server.websocket("").await;
    let text = client.text().await;
    let open: Value = serde_json::from_str(text.strip_prefix('0').unwrap()).unwrap();
    assert_eq!(open["upgrades"], json!([]));
}

#[tokio::test]
async fn pings_are_answered_or_else() {
    let server = Running::start().await;
    let mut client = server.joined().await;
    for _ in 0..3 {
        assert_eq!(client.text().await, "2");
        client.say("3").await;
    }
    client.closed().await;
    server.stop_log_contains("gone / ping timeout").await;
}

#[tokio::test]
async fn what_is_no_packet_closes_the_connection() {
    let server = Running::start().await;
    for (text, code) in [
        ("abc", 1002),
        ("", 1002),
        ("4abc", 1002),
        ("42{}", 1002),
        ("42abc[\"message\"]", 1002),
        ("42[]", 1002),
        ("42[\"connect\"]", 1002),
        ("451-[\"message\"", 1002),
        ("4511-[\"message\",1]", 1002),
        ("44{\"message\":\"x\"}", 1002),
        ("42/custom,[\"message\"]", 1002),
        ("40", 1002),
    ] {
        let mut client = server.joined().await;
        client.say(text).await;
        assert_eq!(client.closed().await, Some(code), "{text}");
    }
}

#[tokio::test]
async fn a_client_that_pings_is_none_of_revision_4() {
    let server = Running::with(Config::default()).await;
    let mut client = server.joined().await;
    client.say("2").await;
    client.closed().await;
    server.stop_log_contains("gone / transport error").await;
}

#[tokio::test]
async fn a_close_packet_closes_at_once() {
    let server = Running::with(Config::default()).await;
    let mut client = server.joined().await;
    client.say("1").await;
    assert_eq!(client.closed().await, Some(1000));
}

#[tokio::test]
async fn the_limit_of_a_message_is_exact() {
    let server = Running::with(Config { max_payload: 1000, ..Config::default() }).await;
    let text = |length: usize| format!("42[\"message\",\"{}\"]", "x".repeat(length - 16));
    let mut client = server.joined().await;
    client.say(&text(1000)).await;
    assert_eq!(client.event().await.len(), 1005);
    client.say(&text(1001)).await;
    assert_eq!(client.closed().await, Some(1009));
    server.stop_log_contains("gone / message too long").await;
}

#[tokio::test]
async fn websocket_pings_are_answered_between_messages() {
    let server = Running::with(Config::default()).await;
    let mut client = server.joined().await;
    futures_util::SinkExt::send(&mut client.inner, Frame::Ping("p".into())).await.unwrap();
    client.say("42[\"message\",1]").await;
    assert_eq!(client.next().await, Some(Frame::Pong("p".into())));
    assert_eq!(client.text().await, r#"42["message-back",1]"#);
}

#[tokio::test]
async fn who_never_joins_is_cut_off() {
    let server =
        Running::with(Config { connect_timeout: Duration::from_millis(50), ..Config::default() }).await;
    let mut client = server.websocket("").await;
    client.text().await;
    assert_eq!(client.closed().await, Some(1008));
    // Over polling it is told by the close packet alone.
    let sid = server.open().await;
    assert_eq!(server.get(&sid).await, (200, "1".into()));
    server.ends(&sid).await;
    assert!(server.log().is_empty());
    assert_eq!(server.stats.snapshot().violations, 0, "perhaps it was only slow");
}

#[tokio::test]
async fn what_the_service_takes_to_let_somebody_in_is_none_of_the_clients_time() {
    let server =
        Running::with(Config { connect_timeout: Duration::from_millis(200), ..Config::default() }).await;
    let mut client = server.websocket("").await;
    client.text().await;
    let start = Instant::now();
    client.say(r#"40{"takes":500,"token":"bad"}"#).await;
    assert!(client.text().await.starts_with("44{"));
    client.say(r#"40{"takes":500}"#).await;
    assert!(client.text().await.starts_with("40{"));
    assert!(start.elapsed() > Duration::from_secs(1));
    // Who is not let in has what was left, and no more.
    let mut client = server.websocket("").await;
    client.text().await;
    client.say(r#"40{"takes":500,"token":"bad"}"#).await;
    assert!(client.text().await.starts_with("44{"));
    assert_eq!(client.closed().await, Some(1008));
}

#[tokio::test]
async fn a_slow_handler_does_not_stop_the_heartbeat() {
    let server = Running::start().await;
    let mut client = server.joined().await;
    client.say("42[\"slow\"]").await;
    client.say("42[\"message\",1]").await;
    assert_eq!(client.text().await, "2", "the ping comes while the handler works");
    client.say("3").await;
    assert_eq!(client.event().await, r#"42["message-back",1]"#);
}

#[tokio::test]
async fn a_server_that_stops_says_goodbye() {
    let server = Running::with(Config::default()).await;
    let mut joined = server.joined().await;
    let mut bare = server.websocket("").await;
    bare.text().await;
    let sid = server.joined_over_polling().await;
    let mut held = server.send("GET", &format!("EIO=4&transport=polling&sid={sid}"), "", "").await;
    // A round trip of another session: the GET is there when it is over.
    server.open().await;
    let log = std::sync::Arc::clone(&server.log);
    let mut answer = String::new();
    let (stopped, joined, bare, polled) =
        tokio::join!(server.stop(), joined.closed(), bare.closed(), soon(held.read_to_string(&mut answer)));
    assert_eq!((stopped, joined, bare), ((), Some(1001), Some(1001)));
    assert!(
        polled.is_ok() && answer.starts_with("HTTP/1.1 200") && answer.ends_with("\r\n\r\n1"),
        "{answer}"
    );
    assert_eq!(log.lock().unwrap().last().unwrap(), "gone / server shutting down");
}

#[tokio::test]
async fn who_does_not_read_is_cut_off() {
    let server = Running::with(Config { max_queued_bytes: 64 << 10, ..Config::default() }).await;
    let mut client = server.joined().await;
    let id = server.hub.everyone("/").ids()[0];
    let prefix = parlance_socketio::packet::Prefix::event("/", "big");
    let message = parlance_socketio::packet::Message::event(&prefix, &"x".repeat(32 << 10)).unwrap();
    // More than kernel and server keep together; nobody reads meanwhile.
    for _ in 0..2000 {
        server.hub.socket(id).send(&message);
        tokio::task::yield_now().await;
    }
    client.closed().await;
    server.stop_log_contains("gone / slow consumer").await;
}

#[tokio::test]
async fn a_websocket_with_nothing_on_it_says_messages_back() {
    // What Autobahn is run against: the same framing, with no Engine.IO on it.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(echo_websockets(listener, Config::default()));
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut websocket, _) = soon(client_async(format!("ws://{address}/"), stream)).await.unwrap();
    for message in [Frame::text("ü"), Frame::binary(vec![0, 255])] {
        soon(websocket.send(message.clone())).await.unwrap();
        assert_eq!(soon(websocket.next()).await.unwrap().unwrap(), message);
    }
    server.abort();
}
