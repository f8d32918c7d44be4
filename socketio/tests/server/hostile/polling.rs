//! Engine.IO over polling.

use std::time::{Duration, Instant};

use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::{Config, Recovery};

use crate::support::raw::text;
use crate::support::{Running, until};

tests!(
    a_body_is_cut_at_the_limit_with_and_without_a_length,
    bodies_that_are_no_payload_are_refused_and_end_the_session,
    a_burst_of_thousands_of_packets_passes,
    a_body_may_hold_as_few_packets_as_a_server_wants,
    bytes_are_no_body,
    pongs_that_nobody_asked_for_keep_nobody_alive,
    a_flood_of_pongs_ends_the_session,
    a_get_that_is_given_up_or_doubled_loses_nothing_that_can_be_made_good,
    who_does_not_answer_pings_is_gone_on_time,
);

const UNKNOWN: &str = r#"{"code":1,"message":"Session ID unknown"}"#;

/// With Node's times, so that nothing ends by itself within a test.
async fn patient() -> Running {
    Running::with(Config { connect_timeout: Duration::from_secs(2), ..Config::default() }).await
}

#[tokio::test]
async fn a_body_is_cut_at_the_limit_with_and_without_a_length() {
    let server = patient().await;
    let sid = server.open().await;
    let head = |headers: &str| {
        format!("POST /socket.io/?EIO=4&transport=polling&sid={sid} HTTP/1.1\r\nHost: x\r\n{headers}\r\n")
    };
    // What is announced is refused before any of it has come.
    let answer = server.raw(head("Content-Length: 1000001\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    // A length that hyper does not take for one is as good as too many headers to it.
    let answer = server.raw(head("Content-Length: 18446744073709551615\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    assert_eq!(server.stats.snapshot().oversized_bodies, 1);
    // And what is not announced, when it is too much.
    let mut raw = server.connect().await;
    raw.send(head("Transfer-Encoding: chunked\r\n").as_bytes()).await;
    let chunk = format!("{:x}\r\n{}\r\n", 250_000, "4".repeat(250_000));
    for _ in 0..5 {
        raw.send(chunk.as_bytes()).await;
    }
    let answer = String::from_utf8(raw.rest().await).unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert_eq!(server.stats.snapshot().oversized_bodies, 2, "nobody is told but who looks here");
    drop(raw);
    server.tell(&sid, "40").await;
    assert!(server.get(&sid).await.1.starts_with("40{"), "the session lives");
    server.tell(&sid, "1").await;
    server.healthy().await;
}

#[tokio::test]
async fn bodies_that_are_no_payload_are_refused_and_end_the_session() {
    // Node answers 200 to the first four, and then ends the session as well.
    let server = patient().await;
    for body in [
        "\u{1e}".repeat(100_000).as_str(),
        "abc",
        "",
        "d=40",
        "b",
        "b*",
        "bAQI",
        "4\u{1e}".repeat(10_000).as_str(),
        "3\u{1e}".repeat(100_000).as_str(),
    ] {
        let sid = server.open().await;
        let (status, answer) = server.post(&sid, body).await;
        // An empty binary message is one, but nothing that was announced: Socket.IO ends the session.
        let expected = if body == "b" { 200 } else { 400 };
        assert_eq!(status, expected, "{body:.20}: {answer}");
        server.ends(&sid).await;
    }
    server.healthy().await;
}

#[tokio::test]
async fn a_burst_of_thousands_of_packets_passes() {
    // A stock client that was offline sends what it has kept in as few bodies as the limit on bytes allows, whereas the
    // requirement of 100 packets would cut it off.
    let server = patient().await;
    let sid = server.joined_over_polling().await;
    let packets = vec![r#"42["nothing"]"#; 9_999].join("\u{1e}");
    assert_eq!(server.post(&sid, &packets).await, (200, "ok".into()));
    server.tell(&sid, "42[\"message\",1]").await;
    assert_eq!(server.get(&sid).await.1, r#"42["message-back",1]"#);
    assert_eq!(server.log().len(), 10_000);
    assert_eq!(server.post(&sid, &vec![r#"42["nothing"]"#; 10_001].join("\u{1e}")).await.0, 400);
    assert_eq!(server.get(&sid).await, (400, UNKNOWN.into()));
    server.healthy().await;
}

#[tokio::test]
async fn a_body_may_hold_as_few_packets_as_a_server_wants() {
    let server = Running::with(Config { max_body_packets: 100, ..Config::default() }).await;
    let sid = server.joined_over_polling().await;
    let packets = |count| vec![r#"42["nothing"]"#; count].join("\u{1e}");
    server.tell(&sid, &packets(100)).await;
    server.tell(&sid, "42[\"message\",1]").await;
    assert_eq!(server.get(&sid).await.1, r#"42["message-back",1]"#);
    assert_eq!(server.post(&sid, &packets(101)).await.0, 400);
    assert_eq!(server.get(&sid).await, (400, UNKNOWN.into()));
    assert_eq!(server.log().len(), 102, "nothing of it was handled: 101 before, and the end");
    server.healthy().await;
}

#[tokio::test]
async fn bytes_are_no_body() {
    let server = patient().await;
    let sid = server.open().await;
    let query = format!("EIO=4&transport=polling&sid={sid}");
    let (head, _) = server.request("POST", &query, "Content-Type: application/octet-stream\r\n", "40").await;
    assert!(head.starts_with("HTTP/1.1 400"), "{head}");
    let mut raw = server.connect().await;
    raw.send(
        format!(
            "POST /socket.io/?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n"
        )
        .as_bytes(),
    )
    .await;
    raw.send(&[b'4', 0xff]).await;
    assert!(raw.rest().await.starts_with(b"HTTP/1.1 400"));
    drop(raw);
    assert_eq!(server.post(&sid, "40").await, (200, "ok".into()), "the session lives");
    server.tell(&sid, "1").await;
    server.healthy().await;
}

#[tokio::test]
async fn pongs_that_nobody_asked_for_keep_nobody_alive() {
    let server = Running::with(Config {
        ping_interval: Duration::from_millis(200),
        ping_timeout: Duration::from_millis(200),
        ..Config::default()
    })
    .await;
    let sid = server.open().await;
    server.tell(&sid, "40").await;
    let start = Instant::now();
    // All before the first ping, which then stays without answer.
    assert_eq!(server.post(&sid, &["3"; 100].join("\u{1e}")).await.0, 200);
    server.ends(&sid).await;
    assert!(start.elapsed() >= Duration::from_millis(350), "{:?}", start.elapsed());
    assert!(server.log().contains(&"gone / ping timeout".into()), "{:?}", server.log());
    assert_eq!(server.stats.snapshot().meaningless, 100, "passed over and counted");
    // And a client of revision 4 does not ping: the first ends the session, however many are behind it.
    for pings in ["2".to_owned(), vec!["2"; 9_000].join("\u{1e}")] {
        let sid = server.open().await;
        server.tell(&sid, &pings).await;
        assert_eq!(server.get(&sid).await, (400, UNKNOWN.into()));
        assert_eq!(server.post(&sid, "2").await, (400, UNKNOWN.into()));
    }
    server.healthy().await;
}

#[tokio::test]
async fn a_flood_of_pongs_ends_the_session() {
    // One is taken for each ping. Some more are passed over, because a client that reads nothing for a while says like this
    // that it lives, which every server understands.
    let server = patient().await;
    for count in [102, 9_000] {
        let sid = server.open().await;
        server.tell(&sid, "40").await;
        assert_eq!(server.post(&sid, &vec!["3"; count].join("\u{1e}")).await.0, 400, "{count}");
        assert_eq!(server.get(&sid).await, (400, UNKNOWN.into()));
    }
    let sid = server.joined_over_polling().await;
    let hundred = ["3"; 100].join("\u{1e}");
    assert_eq!(server.post(&sid, &hundred).await, (200, "ok".into()));
    assert_eq!(server.post(&sid, "3").await, (200, "ok".into()), "the body is one, and too many have come");
    server.ends(&sid).await;
    assert!(server.log().contains(&"gone / policy violation".into()), "{:?}", server.log());
    let pongs = text("3").repeat(101);
    assert_eq!(server.answer_to(&pongs).await, Some((1008, "policy violation".into())), "a websocket");
    for packet in ["6", "5", "0"] {
        let flood = text(packet).repeat(101);
        assert_eq!(server.answer_to(&flood).await, Some((1008, "policy violation".into())), "{packet}");
    }
    server.healthy().await;
}

#[tokio::test]
async fn a_get_that_is_given_up_or_doubled_loses_nothing_that_can_be_made_good() {
    let recovery = Some(Recovery::default());
    let server = Running::with(Config { recovery, ..Config::default() }).await;
    let send = |number: u64| {
        let message = Message::event(&Prefix::event("/", "n"), &number).unwrap();
        server.hub.everyone("/").send(&message);
    };
    for is_doubled in [true, false] {
        let sid = server.open().await;
        server.tell(&sid, "40").await;
        let (_, joined) = server.get(&sid).await;
        let pid = joined.split_once(r#""pid":""#).unwrap().1.split('"').next().unwrap();
        send(1);
        let (_, event) = server.get(&sid).await;
        let offset = event.strip_prefix(r#"42["n",1,""#).unwrap().strip_suffix("\"]").unwrap();
        let query = format!("EIO=4&transport=polling&sid={sid}");
        let held = server.send("GET", &query, "", "").await;
        if is_doubled {
            // Whichever comes first is held, and the other refused.
            assert!([200, 400].contains(&server.get(&sid).await.0));
        }
        drop(held);
        // Perhaps before the server knows, in the answer that nobody takes.
        send(2);
        until(|| server.stats.snapshot().away == 1).await;
        send(3);
        let back = server.open().await;
        server.tell(&back, &format!(r#"40{{"pid":"{pid}","offset":"{offset}"}}"#)).await;
        let (_, again) = server.get(&back).await;
        let packets: Vec<&str> = again.split('\u{1e}').collect();
        assert!(packets[0].contains(pid), "{again}");
        assert!(packets[1].starts_with(r#"42["n",2,"#) && packets[2].starts_with(r#"42["n",3,"#), "{again}");
        server.tell(&back, "1").await;
        server.ends(&back).await;
    }
    assert_eq!((server.stats.snapshot().recovered, server.stats.snapshot().gaps), (2, 0));
    server.healthy().await;
}

#[tokio::test]
async fn who_does_not_answer_pings_is_gone_on_time() {
    let server = Running::start().await;
    let start = Instant::now();
    let mut raw = server.raw_joined().await;
    // The peer is still there, and silent, as one that has vanished.
    raw.closed().await;
    let took = start.elapsed();
    drop(raw);
    assert!((Duration::from_millis(490)..Duration::from_millis(1500)).contains(&took), "{took:?}");
    server.idle().await;
    assert_eq!(server.log(), ["gone / ping timeout"], "once");
    server.healthy().await;
}
