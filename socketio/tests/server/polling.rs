//! Handshake, polling, heartbeat over polling.

use std::time::Duration;

use parlance_socketio::server::{Config, Origins};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use crate::support::{Running, soon, until};

#[tokio::test]
async fn a_handshake_opens_a_session() {
    let server = Running::start().await;
    let (status, body) = server.http("GET", "EIO=4&transport=polling", "").await;
    let open: Value = serde_json::from_str(body.strip_prefix('0').unwrap()).unwrap();
    assert_eq!(status, 200);
    assert_eq!(open["sid"].as_str().unwrap().len(), 22);
    assert_eq!(open["upgrades"], json!(["websocket"]));
    assert_eq!(
        (&open["pingInterval"], &open["pingTimeout"], &open["maxPayload"]),
        (&json!(300), &json!(200), &json!(1_000_000))
    );
    assert_eq!(open.as_object().unwrap().len(), 5);
}

#[tokio::test]
async fn requests_that_make_no_sense_are_refused_in_nodes_words() {
    let server = Running::start().await;
    let sid = server.open().await;
    for (method, query, code, message) in [
        ("GET", "EIO=4".to_owned(), 0, "Transport unknown"),
        ("GET", "EIO=4&transport=abc".to_owned(), 0, "Transport unknown"),
        ("GET", "transport=polling".to_owned(), 5, "Unsupported protocol version"),
        ("GET", "EIO=abc&transport=polling".to_owned(), 5, "Unsupported protocol version"),
        ("GET", "EIO=3&transport=polling".to_owned(), 5, "Unsupported protocol version"),
        ("POST", "EIO=4&transport=polling".to_owned(), 2, "Bad handshake method"),
        ("PUT", "EIO=4&transport=polling".to_owned(), 2, "Bad handshake method"),
        ("GET", "EIO=4&transport=polling&sid=nobody".to_owned(), 1, "Session ID unknown"),
        ("GET", "EIO=4&transport=websocket".to_owned(), 3, "Bad request"),
        ("DELETE", format!("EIO=4&transport=polling&sid={sid}"), 3, "Bad request"),
        ("GET", "EIO=4&transport=polling&transport=polling".to_owned(), 3, "Bad request"),
    ] {
        let (status, body) = server.http(method, &query, "").await;
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, body), (400, json!({ "code": code, "message": message })), "{method} {query}");
    }
}

#[tokio::test]
async fn who_is_sent_away_between_two_gets_learns_it_from_the_next() {
    // Longer than anybody waits here.
    let server = Running::with(Config { close_timeout: Duration::from_secs(60), ..Config::default() }).await;
    let sid = server.joined_over_polling().await;
    assert_eq!(server.hub.all().close(), 1);
    until(|| server.hub.is_empty()).await;
    assert_eq!(server.post(&sid, "42[\"message\",1]").await.0, 200, "taken, and passed over");
    assert_eq!(server.get(&sid).await, (200, "41\u{1e}1".into()));
    server.healthy().await;
}

#[tokio::test]
async fn a_post_after_the_end_does_not_hide_the_late_get_behind_it() {
    // Longer than anybody waits here.
    let server = Running::with(Config { tombstone: Duration::from_secs(60), ..Config::default() }).await;
    let sid = server.joined_over_polling().await;
    server.tell(&sid, "1").await;
    until(|| server.hub.is_empty()).await;
    server.tell(&sid, "42[\"message\",1]").await;
    assert_eq!(server.get(&sid).await, (200, "6".into()));
    server.healthy().await;
}

#[tokio::test]
async fn packets_go_both_ways_in_order() {
    let server = Running::start().await;
    let sid = server.open().await;
    assert_eq!(server.post(&sid, "40").await, (200, "ok".into()));
    let (_, body) = server.get(&sid).await;
    let (connect, auth) = body.split_once('\u{1e}').unwrap();
    assert!(connect.starts_with("40{\"sid\":\""), "{body}");
    assert_eq!(auth, r#"42["auth",{}]"#);
    let body = "42[\"message\",1]\u{1e}42[\"message\",\"ü\"]\u{1e}452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]\u{1e}bAQIDBA==\u{1e}bBQ==";
    assert_eq!(server.post(&sid, body).await, (200, "ok".into()));
    assert_eq!(server.get(&sid).await.1, body.replace("\"message\"", "\"message-back\""));
}

#[tokio::test]
async fn a_get_carries_sixteen_packets_at_most() {
    let server = Running::start().await;
    let sid = server.open().await;
    server.tell(&sid, "40\u{1e}42[\"flood\"]").await;
    let mut counts = Vec::new();
    let mut packets = Vec::new();
    while packets.len() < 102 {
        let (status, body) = server.get(&sid).await;
        assert_eq!(status, 200, "{body}");
        let some: Vec<String> = body.split('\u{1e}').map(str::to_owned).collect();
        counts.push(some.len());
        packets.extend(some.into_iter().filter(|packet| packet != "2"));
    }
    assert!(counts.iter().all(|count| *count <= 16), "{counts:?}");
    let numbers: Vec<String> = (0..100).map(|number| format!(r#"42["flood",{number}]"#)).collect();
    assert_eq!(packets[2..], numbers);
}

#[tokio::test]
async fn a_body_that_is_no_payload_ends_the_session() {
    let server = Running::start().await;
    // What is wrong with the first packet is said at once; what comes behind it is found when it is its turn.
    for (body, expected) in [("abc", 400), ("", 400), ("4hello\u{1e}\u{1e}", 200)] {
        let sid = server.open().await;
        assert_eq!(server.post(&sid, body).await.0, expected, "{body:?}");
        assert_eq!(server.get(&sid).await.0, 400, "{body:?}");
    }
}

#[tokio::test]
async fn a_second_get_ends_the_session() {
    let server = Running::start().await;
    let sid = server.open().await;
    let query = format!("EIO=4&transport=polling&sid={sid}");
    let mut first = server.send("GET", &query, "", "").await;
    // A round trip on another session: the first GET is there when it is over, or comes second and is refused itself.
    server.open().await;
    let second = server.get(&sid).await;
    let mut answer = String::new();
    soon(first.read_to_string(&mut answer)).await.unwrap();
    let first = (answer[9..12].parse::<u16>().unwrap(), answer.split("\r\n\r\n").nth(1).unwrap().to_owned());
    let (held, refused) = if first.0 == 200 { (first, second) } else { (second, first) };
    assert_eq!(held, (200, "1".into()));
    assert_eq!(refused.0, 400);
    assert_eq!(server.get(&sid).await.0, 400);
}

#[tokio::test]
async fn a_get_that_is_given_up_ends_the_session() {
    let server = Running::start().await;
    let sid = server.joined_over_polling().await;
    let pending = server.send("GET", &format!("EIO=4&transport=polling&sid={sid}"), "", "").await;
    server.open().await;
    drop(pending);
    assert_eq!(server.get(&sid).await.0, 400);
}

#[tokio::test]
async fn pings_are_answered_or_else() {
    let server = Running::start().await;
    let sid = server.joined_over_polling().await;
    for _ in 0..3 {
        assert_eq!(server.get(&sid).await, (200, "2".into()));
        assert_eq!(server.post(&sid, "3").await, (200, "ok".into()));
    }
    assert_eq!(server.get(&sid).await, (200, "2".into()));
    // Nobody answers: the pending GET ends with the session.
    assert_eq!(server.get(&sid).await.0, 400);
    assert!(server.log().contains(&"gone / ping timeout".to_owned()), "{:?}", server.log());
}

#[tokio::test]
async fn a_close_lets_the_get_go_whichever_comes_first() {
    let server = Running::start().await;
    for _ in 0..20 {
        let sid = server.open().await;
        let (get, post) = tokio::join!(server.get(&sid), server.post(&sid, "1"));
        assert_eq!((get, post), ((200, "6".into()), (200, "ok".into())));
        assert_eq!(server.get(&sid).await.0, 400);
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_and_the_session_lives() {
    let server = Running::with(Config { max_payload: 1000, ..Config::default() }).await;
    let sid = server.open().await;
    let text = |length: usize| format!("42[\"message\",\"{}\"]", "x".repeat(length - 16));
    assert_eq!(server.post(&sid, &text(1001)).await, (413, String::new()));
    assert_eq!(server.post(&sid, "40").await.0, 200);
    assert_eq!(server.post(&sid, &text(1000)).await, (200, "ok".into()));
    server.get(&sid).await;
    assert_eq!(server.get(&sid).await.1.len(), 1005);
}

#[tokio::test]
async fn origins_count_on_both_transports() {
    let server = Running::with(Config {
        origins: Origins::Only(vec!["https://good.example".into()]),
        ..Config::default()
    })
    .await;
    let websocket = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    for (query, more) in [("EIO=4&transport=polling", ""), ("EIO=4&transport=websocket", websocket)] {
        let evil = format!("Origin: https://evil.example\r\n{more}");
        let (head, body) = server.request("GET", query, &evil, "").await;
        assert!(head.starts_with("HTTP/1.1 403"), "{head}");
        assert_eq!(body, r#"{"code":4,"message":"Forbidden"}"#);
        assert!(!head.contains("access-control-allow-origin"));
    }
    let (head, _) =
        server.request("GET", "EIO=4&transport=polling", "Origin: https://good.example\r\n", "").await;
    assert!(
        head.starts_with("HTTP/1.1 200")
            && head.contains("access-control-allow-origin: https://good.example"),
        "{head}"
    );
    assert_eq!(server.http("GET", "EIO=4&transport=polling", "").await.0, 200, "no browser sends no Origin");
}

#[tokio::test]
async fn headers_that_never_end_are_cut_off() {
    let server =
        Running::with(Config { header_timeout: Duration::from_millis(50), ..Config::default() }).await;
    let mut stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut stream, b"GET /socket.io/ HTTP/1.1\r\nHost:").await.unwrap();
    let mut answer = String::new();
    soon(stream.read_to_string(&mut answer)).await.unwrap();
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[tokio::test]
async fn a_server_that_stops_does_not_wait_for_clients_that_do_not_poll() {
    let server =
        Running::with(Config { shutdown_timeout: Duration::from_secs(60), ..Config::default() }).await;
    server.joined_over_polling().await;
    // `stop` has a deadline that is far below the one that the server has itself.
    server.stop_log_contains("gone / server shutting down").await;
}
