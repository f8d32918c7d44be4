//! HTTP clients that take forever, or have said that they say no more.

use std::time::{Duration, Instant};

use parlance_socketio::server::Config;
use tokio::io::AsyncWriteExt;

use super::http::{POLLING, status};
use crate::support::Running;

tests!(
    what_is_refused_while_its_body_comes_is_closed_at_once,
    who_takes_forever_over_headers_is_cut_off,
    who_has_been_answered_and_asks_nothing_more_is_cut_off,
    who_takes_forever_over_a_body_is_cut_off,
    who_says_that_it_says_no_more_is_not_waited_for,
);

#[tokio::test]
async fn who_takes_forever_over_headers_is_cut_off() {
    let server =
        Running::with(Config { header_timeout: Duration::from_millis(100), ..Config::default() }).await;
    // Silence, and a byte from time to time, which does not start the time anew.
    let silent = async { assert_eq!(server.raw("").await, "") };
    let slow = async {
        let mut raw = server.connect().await;
        let request = format!("GET /socket.io/?{POLLING} HTTP/1.1\r\nHost: x\r\nX: {}", "y".repeat(200));
        let mut sent = 0;
        let mut pause = tokio::time::interval(Duration::from_millis(20));
        for byte in request.as_bytes() {
            pause.tick().await;
            if raw.stream.write_all(&[*byte]).await.is_err() {
                break;
            }
            sent += 1;
        }
        assert!(sent < 100, "{sent} bytes were taken");
    };
    tokio::join!(silent, slow);
    server.healthy().await;
}

#[tokio::test]
async fn who_has_been_answered_and_asks_nothing_more_is_cut_off() {
    let server =
        Running::with(Config { header_timeout: Duration::from_millis(200), ..Config::default() }).await;
    let mut raw = server.connect().await;
    let request = format!("GET /socket.io/?{POLLING}&sid=none HTTP/1.1\r\nHost: x\r\n\r\n");
    let start = Instant::now();
    raw.send(request.as_bytes()).await;
    let answer = String::from_utf8(raw.rest().await).unwrap();
    assert_eq!((status(&answer), answer.contains("connection: close")), ("400", false), "{answer}");
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn who_takes_forever_over_a_body_is_cut_off() {
    let server = Running::with(Config {
        body_timeout: Duration::from_millis(100),
        connect_timeout: Duration::from_secs(1),
        ..Config::default()
    })
    .await;
    let sid = server.open().await;
    let head =
        format!("POST /socket.io/?{POLLING}&sid={sid} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
    let answer = server.raw(format!("{head}40")).await;
    assert_eq!(status(&answer), "408", "{answer}");
    // Half-closed within the body: there is nobody to wait for.
    let mut raw = server.connect().await;
    raw.send(format!("{head}40").as_bytes()).await;
    raw.stream.shutdown().await.unwrap();
    raw.rest().await;
    drop(raw);
    assert_eq!(server.post(&sid, "40").await, (200, "ok".into()), "the session lives");
    let (_, body) = server.get(&sid).await;
    assert!(body.starts_with("40{"), "{body}");
    server.tell(&sid, "1").await;
    server.healthy().await;
}

#[tokio::test]
async fn who_says_that_it_says_no_more_is_not_waited_for() {
    let server = Running::start().await;
    let sid = server.joined_over_polling().await;
    let post = format!("POST /socket.io/?{POLLING}&sid={sid} HTTP/1.1\r\nHost: x\r\n");
    for request in [
        format!("GET /socket.io/?{POLLING}&sid={sid} HTTP/1.1\r\nHost: x\r\n"),
        format!("{post}Content-Length: 100\r\n\r\n42"),
        format!("{post}Transfer-Encoding: chunked\r\n\r\n64\r\n42"),
    ] {
        let start = Instant::now();
        let mut raw = server.connect().await;
        raw.send(request.as_bytes()).await;
        raw.stream.shutdown().await.unwrap();
        // Whatever it is answered with, it is at once and the end.
        raw.rest().await;
        assert!(start.elapsed() < Duration::from_secs(1), "{request}: {:?}", start.elapsed());
    }
    // A GET that is being held is given up with its connection, and the session with it.
    let mut raw = server.connect().await;
    raw.send(format!("GET /socket.io/?{POLLING}&sid={sid} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).await;
    raw.stream.shutdown().await.unwrap();
    assert_eq!(raw.rest().await, b"");
    drop(raw);
    server.idle().await;
    assert_eq!(server.log(), ["gone / transport error"]);
    server.healthy().await;
}

#[tokio::test]
async fn what_is_refused_while_its_body_comes_is_closed_at_once() {
    let hour = Duration::from_secs(3600);
    let server =
        Running::with(Config { header_timeout: hour, body_timeout: hour, ..Config::default() }).await;
    let sid = server.joined_over_polling().await;
    let bytes = "Content-Type: application/octet-stream\r\n";
    for (name, method, query, headers, expected) in [
        ("a revision", "POST", "EIO=3&transport=polling", "", "400"),
        ("a transport", "POST", "EIO=4&transport=x", "", "400"),
        ("no session", "POST", POLLING, "", "400"),
        ("an unknown session", "POST", &format!("{POLLING}&sid=nobody"), "", "400"),
        ("a method", "PUT", &format!("{POLLING}&sid={sid}"), "", "400"),
        ("bytes", "POST", &format!("{POLLING}&sid={sid}"), bytes, "400"),
        ("a websocket that is none", "GET", "EIO=4&transport=websocket", "", "400"),
    ] {
        let start = Instant::now();
        let head = format!(
            "{method} /socket.io/?{query} HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: 500000\r\n\r\n"
        );
        let answer = server.raw(format!("{head}4")).await;
        assert_eq!(status(&answer), expected, "{name}: {answer}");
        assert!(start.elapsed() < Duration::from_secs(1), "{name}: {:?}", start.elapsed());
    }
    server.tell(&sid, "1").await;
    server.healthy().await;
}
