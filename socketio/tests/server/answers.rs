//! What is answered over HTTP beside the protocol: to browsers of other origins, to methods that are none, and to who asks for
//! what Node's server has and this one has not.

use parlance_socketio::server::{Config, Origins};
use serde_json::Value;

use crate::support::Running;

const POLLING: &str = "EIO=4&transport=polling";

/// What a browser says before it may ask.
const PREFLIGHT: &str =
    "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization,x-a\r\n";

/// The value of a header.
fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.into_iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Whether pages of that origin may read the answer, and whether with cookies.
fn allowed(head: &str) -> (Option<&str>, Option<&str>) {
    (header(head, "access-control-allow-origin"), header(head, "access-control-allow-credentials"))
}

#[tokio::test]
async fn browsers_are_told_what_they_may_ask() {
    let server = Running::with(Config::default()).await;
    let origin = "Origin: https://a.example\r\n";
    let (head, body) = server.request("OPTIONS", POLLING, &format!("{origin}{PREFLIGHT}"), "").await;
    assert!(head.starts_with("HTTP/1.1 204") && body.is_empty(), "{head}");
    assert_eq!(allowed(&head), (Some("*"), None), "no cookie means anything");
    assert_eq!(header(&head, "access-control-allow-methods"), Some("GET,HEAD,PUT,PATCH,POST,DELETE"));
    assert_eq!(header(&head, "access-control-allow-headers"), Some("authorization,x-a"));
    // Also on what is refused, so that a page sees why.
    for (query, status) in [(POLLING, "200"), ("EIO=3&transport=polling", "400")] {
        let (head, _) = server.request("GET", query, origin, "").await;
        assert_eq!((&head[9..12], allowed(&head)), (status, (Some("*"), None)), "{head}");
    }
    let (head, _) = server.request("GET", POLLING, "", "").await;
    assert_eq!(allowed(&head), (None, None), "who has no origin asks no browser");
}

#[tokio::test]
async fn browsers_of_named_origins_may_send_cookies_and_others_may_not_ask() {
    let origins = Origins::Only(vec!["https://good.example".into()]);
    let server = Running::with(Config { origins, ..Config::default() }).await;
    for method in ["OPTIONS", "GET"] {
        let good = format!("Origin: https://good.example\r\n{PREFLIGHT}");
        let (head, _) = server.request(method, POLLING, &good, "").await;
        assert_eq!(allowed(&head), (Some("https://good.example"), Some("true")), "{head}");
        assert_eq!(header(&head, "vary"), Some("Origin"), "for what keeps answers on the way");
        for evil in
            ["https://evil.example", "https://good.example.evil.example", "http://good.example", "null"]
        {
            let (head, _) =
                server.request(method, POLLING, &format!("Origin: {evil}\r\n{PREFLIGHT}"), "").await;
            assert!(head.starts_with("HTTP/1.1 403"), "{method} {evil}: {head}");
            assert_eq!(allowed(&head), (None, None), "{head}");
        }
    }
    assert_eq!(server.stats.snapshot().connections, 1);
}

#[tokio::test]
async fn a_session_is_read_with_get_and_written_with_post() {
    let server = Running::with(Config::default()).await;
    let (head, body) = server.request("HEAD", POLLING, "", "").await;
    assert!(head.starts_with("HTTP/1.1 400") && body.is_empty(), "{head}");
    assert_eq!(server.stats.snapshot().connections, 0);
    let sid = server.joined_over_polling().await;
    let query = format!("{POLLING}&sid={sid}");
    let refused = r#"{"code":3,"message":"Bad request"}"#;
    for (method, expected) in [("PUT", refused), ("DELETE", refused), ("PATCH", refused), ("HEAD", "")] {
        assert_eq!(server.http(method, &query, "").await, (400, expected.into()), "{method}");
    }
    server.tell(&sid, "42[\"message\",1]").await;
    assert_eq!(server.get(&sid).await, (200, r#"42["message-back",1]"#.into()), "it lives");
    server.tell(&sid, "1").await;
    server.healthy().await;
}

#[tokio::test]
async fn what_is_not_offered_is_not_there() {
    let server = Running::with(Config::default()).await;
    // Neither JSONP, nor a cookie, nor WebTransport; and base64 is what bytes are in anyway.
    let (head, body) =
        server.request("GET", &format!("{POLLING}&j=0&b64=1"), "Accept-Encoding: gzip\r\n", "").await;
    let open: Value = serde_json::from_str(body.strip_prefix('0').expect(&body)).unwrap();
    assert_eq!(open["upgrades"], serde_json::json!(["websocket"]));
    assert_eq!(header(&head, "set-cookie"), None);
    assert_eq!(header(&head, "content-type"), Some("text/plain; charset=UTF-8"));
    assert_eq!(header(&head, "cache-control"), Some("no-store"));
    let unknown = r#"{"code":0,"message":"Transport unknown"}"#;
    assert_eq!(server.http("GET", "EIO=4&transport=webtransport", "").await, (400, unknown.into()));
    // Nor is a long answer compressed.
    let sid = open["sid"].as_str().unwrap();
    server.tell(sid, &format!("40\u{1e}42[\"message\",\"{}\"]", "x".repeat(5000))).await;
    let query = format!("{POLLING}&sid={sid}");
    let mut long = String::new();
    while long.len() < 5000 {
        let (head, body) = server.request("GET", &query, "Accept-Encoding: gzip, deflate, br\r\n", "").await;
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        assert_eq!(header(&head, "content-encoding"), None);
        long = body;
    }
    server.tell(sid, "1").await;
    server.healthy().await;
}
