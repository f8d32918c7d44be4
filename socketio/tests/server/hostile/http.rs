//! HTTP and the handshake.

use std::time::{Duration, Instant};

use parlance_socketio::server::{Config, Origins};

use crate::support::Running;
use crate::support::raw::{text, upgrade};

tests!(
    other_revisions_and_odd_transports_are_refused,
    a_session_is_opened_with_get_alone,
    a_foreign_origin_gets_no_websocket,
    a_websocket_is_asked_for_as_the_standard_says,
    requests_that_are_too_large_are_refused_and_the_connection_is_closed,
    nothing_is_smuggled,
    a_reset_at_any_byte_of_the_handshake_leaves_nothing,
    other_protocols_are_closed,
    odd_paths_are_none_of_ours,
    lists_of_separators_are_no_lists,
);

pub(super) const POLLING: &str = "EIO=4&transport=polling";

/// Waits for nobody's headers or bodies to end, so that what is closed is closed for what was said.
async fn unhurried() -> Running {
    let hour = Duration::from_secs(3600);
    let times = Config {
        ping_interval: Duration::from_millis(300),
        ping_timeout: Duration::from_millis(200),
        ..Config::default()
    };
    Running::with(Config { header_timeout: hour, body_timeout: hour, ..times }).await
}

/// Of an answer, the status.
pub(super) fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or(answer)
}

#[tokio::test]
async fn other_revisions_and_odd_transports_are_refused() {
    let server = Running::start().await;
    for (query, body) in [
        ("EIO=3&transport=polling", r#"{"code":5,"message":"Unsupported protocol version"}"#),
        ("transport=polling", r#"{"code":5,"message":"Unsupported protocol version"}"#),
        // Node takes the last of two; here both must be 4, and any other key counts once.
        ("EIO=4&EIO=3&transport=polling", r#"{"code":5,"message":"Unsupported protocol version"}"#),
        ("EIO=3&EIO=4&transport=polling", r#"{"code":5,"message":"Unsupported protocol version"}"#),
        ("EIO=4&transport=polling&transport=polling", r#"{"code":3,"message":"Bad request"}"#),
        ("EIO=4&transport=polling&sid=a&sid=a", r#"{"code":3,"message":"Bad request"}"#),
        ("EIO=4&transport=foo", r#"{"code":0,"message":"Transport unknown"}"#),
        ("EIO=4&transport=constructor", r#"{"code":0,"message":"Transport unknown"}"#),
        ("EIO=4&transport=__proto__", r#"{"code":0,"message":"Transport unknown"}"#),
        ("EIO=4&transport=", r#"{"code":0,"message":"Transport unknown"}"#),
        ("EIO=4&transport[]=polling", r#"{"code":0,"message":"Transport unknown"}"#),
        ("EIO=4&transport=websocket", r#"{"code":3,"message":"Bad request"}"#),
    ] {
        assert_eq!(server.http("GET", query, "").await, (400, body.into()), "{query}");
    }
    server.healthy().await;
}

#[tokio::test]
async fn a_session_is_opened_with_get_alone() {
    let server = Running::start().await;
    for method in ["DELETE", "PUT", "POST"] {
        let (status, body) = server.http(method, POLLING, "").await;
        assert_eq!(
            (status, body.as_str()),
            (400, r#"{"code":2,"message":"Bad handshake method"}"#),
            "{method}"
        );
    }
    let (head, _) = server.request("OPTIONS", POLLING, "Origin: https://a.example\r\n", "").await;
    assert!(head.starts_with("HTTP/1.1 204"), "{head}");
    server.healthy().await;
}

#[tokio::test]
async fn a_foreign_origin_gets_no_websocket() {
    let origins = Origins::Only(vec!["https://good.example".into()]);
    let server = Running::with(Config { origins, ..Config::default() }).await;
    let answer = server
        .raw(
            upgrade("", "Origin: https://evil.example\r\nX: y\r\n")
                .replace("Upgrade\r\nUp", "Upgrade, close\r\nUp"),
        )
        .await;
    assert!(
        answer.starts_with("HTTP/1.1 403") && answer.ends_with(r#"{"code":4,"message":"Forbidden"}"#),
        "{answer}"
    );
    assert_eq!(server.stats.snapshot().connections, 0);
    server.healthy().await;
}

#[tokio::test]
async fn a_websocket_is_asked_for_as_the_standard_says() {
    let server = Running::start().await;
    let close = |request: String| request.replace("Connection: Upgrade", "Connection: close, Upgrade");
    let answer = server.raw(close(upgrade("", "").replace("Version: 13", "Version: 8"))).await;
    assert!(answer.starts_with("HTTP/1.1 426") && answer.contains("sec-websocket-version: 13"), "{answer}");
    let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    for (name, keys) in [
        ("missing", String::new()),
        ("twice", key.repeat(2)),
        ("short", "Sec-WebSocket-Key: dGhl\r\n".into()),
        ("no base64", "Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!==\r\n".into()),
    ] {
        let answer = server.raw(close(upgrade("", "").replace(key, &keys))).await;
        assert_eq!(status(&answer), "400", "{name}: {answer}");
    }
    server.healthy().await;
}

#[tokio::test]
async fn requests_that_are_too_large_are_refused_and_the_connection_is_closed() {
    let server = unhurried().await;
    let request = |url: &str, headers: &str| format!("GET {url} HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
    let count = |count| (1..count).map(|number| format!("X-{number}: y\r\n")).collect::<String>();
    // `Host: x` is 9 bytes on the wire, and with so many `y` this one is as many more.
    let bytes = |bytes: usize| format!("X: {}\r\n", "y".repeat(bytes - 9 - 5));
    let url = |length: usize| format!("/socket.io/?{POLLING}&x={:y>1$}", "", length - 38);
    assert_eq!(url(8192).len(), 8192);
    for (name, request, expected) in [
        ("101 headers", request("/socket.io/", &count(101)), "431"),
        ("16,385 bytes of headers", request("/socket.io/", &bytes((16 << 10) + 1)), "431"),
        ("20 KB of headers", request("/socket.io/", &bytes(20_000)), "431"),
        ("a URL of 8,193 bytes and a question mark", request(&url(8194), ""), "414"),
        ("a URL of 16,384 bytes", request(&url(16_384), ""), "414"),
        // More than there is room for headers and address, so that they cannot be told apart.
        ("a URL of 30 KB", request(&url(30_000), ""), "431"),
    ] {
        let answer = server.raw(request).await;
        assert_eq!(status(&answer), expected, "{name}: {answer}");
    }
    let close = |request: String| request.replace("Host", "Connection: close\r\nHost");
    for (name, request, expected) in [
        ("100 headers", close(request("/socket.io/", &count(99))), "400"),
        ("16,384 bytes of headers", close(request("/socket.io/", &bytes((16 << 10) - 19))), "400"),
        ("a URL of 8,192 bytes and a question mark", close(request(&url(8193), "")), "200"),
    ] {
        let answer = server.raw(request).await;
        assert_eq!(status(&answer), expected, "{name}: {answer}");
    }
    server.healthy().await;
}

#[tokio::test]
async fn nothing_is_smuggled() {
    let server = unhurried().await;
    let post = |headers: &str, body: &str| {
        format!("POST /socket.io/?{POLLING} HTTP/1.1\r\nHost: x\r\n{headers}\r\n{body}")
    };
    let smuggled = "GET /socket.io/?smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    for (name, request) in [
        ("two lengths", post("Content-Length: 5\r\nContent-Length: 0\r\n", smuggled)),
        ("+5", post("Content-Length: +5\r\n", smuggled)),
        ("0x5", post("Content-Length: 0x5\r\n", smuggled)),
        ("chunked, identity", post("Transfer-Encoding: chunked, identity\r\n", smuggled)),
        ("NUL", post("X: a\0b\r\n", smuggled)),
        ("obs-fold", post("X: a\r\n b\r\nContent-Length: 0\r\n", smuggled)),
    ] {
        let answer = server.raw(&request).await;
        assert_eq!(status(&answer), "400", "{name}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{name}: {answer}");
    }
    // hyper ends a line at a bare line feed, as the standard allows (section 2.2): one request, whatever it holds.
    let bare = format!("GET /socket.io/?{POLLING} HTTP/1.1\nHost: x\nConnection: close\n\n{smuggled}");
    let answer = server.raw(bare).await;
    assert_eq!((status(&answer), answer.matches("HTTP/1.1").count()), ("200", 1), "{answer}");
    // The standard lets chunks win over a length (RFC 9112 section 6.3), and hyper does: what a length would have made a second
    // request is the body's, and no request.
    let chunked = format!("{:x}\r\n{smuggled}\r\n0\r\n\r\n", smuggled.len());
    let both = post("Connection: close\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n", &chunked);
    let answer = server.raw(both).await;
    assert_eq!((status(&answer), answer.matches("HTTP/1.1").count()), ("400", 1), "{answer}");
    server.healthy().await;
}

#[tokio::test]
async fn a_reset_at_any_byte_of_the_handshake_leaves_nothing() {
    let server = Running::start().await;
    let websocket = [upgrade("", "").into_bytes(), text("40"), text(r#"42["message",1]"#)].concat();
    let polling = format!("GET /socket.io/?{POLLING} HTTP/1.1\r\nHost: x\r\n\r\n").into_bytes();
    for request in [websocket, polling] {
        for length in 0..=request.len() {
            let mut raw = server.connect().await;
            raw.send(&request[..length]).await;
            raw.stream.set_zero_linger().unwrap();
        }
    }
    server.healthy().await;
}

#[tokio::test]
async fn other_protocols_are_closed() {
    let server = unhurried().await;
    let hello = [&[0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3][..], &[7; 194]].concat();
    for (name, bytes) in [("h2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()), ("TLS", hello)] {
        let start = Instant::now();
        let answer = server.raw(bytes).await;
        assert!(answer.is_empty() || status(&answer) == "400", "{name}: {answer}");
        assert!(start.elapsed() < Duration::from_secs(1), "{name}: {:?}", start.elapsed());
    }
    // An upgrade that is not offered is passed over (RFC 9110 section 7.8).
    let answer = server
        .raw(format!(
            "GET /socket.io/?{POLLING} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nUpgrade: h2c\r\n\r\n"
        ))
        .await;
    assert_eq!(status(&answer), "200", "{answer}");
    server.healthy().await;
}

#[tokio::test]
async fn odd_paths_are_none_of_ours() {
    let server = Running::start().await;
    for (path, expected) in [
        ("/..%2f..%2fetc/passwd", "404"),
        ("//", "404"),
        ("//socket.io/", "404"),
        ("/%00", "404"),
        ("/%ff", "404"),
        ("/socket.io", "404"),
        ("/socket.io/../../etc/passwd", "400"),
        ("*", "404"),
    ] {
        let answer = server.raw(format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).await;
        assert_eq!(status(&answer), expected, "{path}: {answer}");
    }
    server.healthy().await;
}

#[tokio::test]
async fn lists_of_separators_are_no_lists() {
    // What they may cost is bounded by how long headers may be, and each byte is looked at once: those of two are not read at all.
    let server = Running::start().await;
    let odd = format!(
        "Sec-WebSocket-Protocol: {}\r\nSec-WebSocket-Extensions: {}\r\n",
        ",".repeat(3000),
        " ;".repeat(1500)
    );
    let commas = ",".repeat(8000);
    let request = upgrade("", &odd).replace("Connection: ", &format!("Connection: {commas}"));
    let mut raw = server.connect().await;
    raw.send(request.as_bytes()).await;
    let head = raw.head().await.to_lowercase();
    assert!(head.starts_with("http/1.1 101"), "{head}");
    assert!(!head.contains("protocol:") && !head.contains("extensions:"), "{head}");
    assert!(raw.text().await.starts_with("0{"));
    drop(raw);
    // Without the word among them it is no upgrade.
    let request = upgrade("", "").replace("Connection: Upgrade", &format!("Connection: close{commas}"));
    assert_eq!(status(&server.raw(request).await), "400");
    server.healthy().await;
}
