//! Engine.IO over polling.

use std::time::{Duration, Instant};

use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::{Config, Recovery};

use crate::support::raw::{text, upgrade};
use crate::support::{Running, soon};

tests!(
    unknown_sessions_are_all_the_same,
    a_body_is_cut_at_the_limit_with_and_without_a_length,
    bodies_that_are_no_payload_are_refused_and_end_the_session,
    a_burst_of_thousands_of_packets_passes,
    bytes_are_no_body,
    pongs_that_nobody_asked_for_keep_nobody_alive,
    a_flood_of_pongs_ends_the_session,
    a_get_that_is_given_up_or_doubled_loses_nothing_that_can_be_made_good,
    who_does_not_answer_pings_is_gone_on_time,
    an_upgrade_that_is_not_finished_is_given_up,
    a_websocket_is_probed_once,
    nothing_is_said_over_polling_after_the_upgrade,
    a_reset_while_upgrading_leaves_polling_as_it_was,
);

const UNKNOWN: &str = r#"{"code":1,"message":"Session ID unknown"}"#;

/// With Node's times, so that nothing ends by itself within a test.
async fn patient() -> Running {
    Running::with(Config { connect_timeout: Duration::from_secs(2), ..Config::default() }).await
}

#[tokio::test]
async fn unknown_sessions_are_all_the_same() {
    // A session id is the only thing that a session is known by, so that somebody else's is one's own or unknown.
    let server = Running::start().await;
    for sid in ["nobody", "__proto__", "", "%00", "AAAAAAAAAAAAAAAAAAAAAA", &"x".repeat(4096)] {
        for method in ["GET", "POST"] {
            let query = format!("EIO=4&transport=polling&sid={sid}");
            assert_eq!(server.http(method, &query, "").await, (400, UNKNOWN.into()), "{method} {sid}");
        }
    }
    assert_eq!(server.stats.snapshot().unknown_sessions, 12, "somebody may be guessing");
    server.healthy().await;
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
    // And what is not announced, when it is too much.
    let mut raw = server.connect().await;
    raw.send(head("Transfer-Encoding: chunked\r\n").as_bytes()).await;
    let chunk = format!("{:x}\r\n{}\r\n", 250_000, "4".repeat(250_000));
    for _ in 0..5 {
        raw.send(chunk.as_bytes()).await;
    }
    let answer = String::from_utf8(raw.rest().await).unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    drop(raw);
    assert_eq!(server.post(&sid, "40").await, (200, "ok".into()), "the session lives");
    server.post(&sid, "1").await;
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
        while server.get(&sid).await.0 == 200 {}
    }
    server.healthy().await;
}

#[tokio::test]
async fn a_burst_of_thousands_of_packets_passes() {
    // A stock client that was offline sends what it has kept in as few bodies as the limit on bytes allows, whereas the
    // requirement of 100 packets would cut it off.
    let server = patient().await;
    let sid = server.open().await;
    server.post(&sid, "40").await;
    server.get(&sid).await;
    let packets = vec![r#"42["nothing"]"#; 9_999].join("\u{1e}");
    assert_eq!(server.post(&sid, &packets).await, (200, "ok".into()));
    server.post(&sid, "42[\"message\",1]").await;
    assert_eq!(server.get(&sid).await.1, r#"42["message-back",1]"#);
    assert_eq!(server.log().len(), 10_000);
    server.post(&sid, "1").await;
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
    server.post(&sid, "1").await;
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
    server.post(&sid, "40").await;
    let start = Instant::now();
    // All before the first ping, which then stays without answer.
    assert_eq!(server.post(&sid, &["3"; 100].join("\u{1e}")).await.0, 200);
    while server.get(&sid).await.0 == 200 {}
    assert!(start.elapsed() >= Duration::from_millis(350), "{:?}", start.elapsed());
    assert!(server.log().contains(&"gone / ping timeout".into()), "{:?}", server.log());
    // And a client of revision 4 does not ping.
    let sid = server.open().await;
    server.post(&sid, "2").await;
    assert_eq!(server.get(&sid).await.0, 400);
    server.healthy().await;
}

#[tokio::test]
async fn a_flood_of_pongs_ends_the_session() {
    // One is taken for each ping. Some more are passed over, because a client that reads nothing for a while says like this
    // that it lives, which every server understands.
    let server = patient().await;
    for count in [102, 9_000] {
        let sid = server.open().await;
        server.post(&sid, "40").await;
        assert_eq!(server.post(&sid, &vec!["3"; count].join("\u{1e}")).await.0, 400, "{count}");
        assert_eq!(server.get(&sid).await, (400, UNKNOWN.into()));
    }
    let sid = server.open().await;
    server.post(&sid, "40").await;
    server.get(&sid).await;
    let hundred = ["3"; 100].join("\u{1e}");
    assert_eq!(server.post(&sid, &hundred).await, (200, "ok".into()));
    assert_eq!(server.post(&sid, "3").await, (200, "ok".into()), "the body is one, and too many have come");
    while server.get(&sid).await.0 == 200 {}
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
        server.post(&sid, "40").await;
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
        while server.stats.snapshot().away == 0 {
            tokio::task::yield_now().await;
        }
        send(3);
        let back = server.open().await;
        server.post(&back, &format!(r#"40{{"pid":"{pid}","offset":"{offset}"}}"#)).await;
        let (_, again) = server.get(&back).await;
        let packets: Vec<&str> = again.split('\u{1e}').collect();
        assert!(packets[0].contains(pid), "{again}");
        assert!(packets[1].starts_with(r#"42["n",2,"#) && packets[2].starts_with(r#"42["n",3,"#), "{again}");
        server.post(&back, "1").await;
        while server.get(&back).await.0 == 200 {}
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

#[tokio::test]
async fn an_upgrade_that_is_not_finished_is_given_up() {
    let server = Running::with(Config {
        upgrade_timeout: Duration::from_millis(100),
        connect_timeout: Duration::from_secs(2),
        ..Config::default()
    })
    .await;
    let (sid, mut client) = server.probed().await;
    // A second one is refused, and the first untouched.
    let mut second = server.websocket(&format!("&sid={sid}")).await;
    assert_eq!(second.closed().await, None);
    assert_eq!(server.post(&sid, "42[\"message\",1]").await, (200, "ok".into()));
    assert_eq!(client.closed().await, None, "after its time");
    let mut body = server.get(&sid).await.1;
    while body == "6" {
        body = server.get(&sid).await.1;
    }
    assert_eq!(body, r#"42["message-back",1]"#);
    drop((client, second));
    server.post(&sid, "1").await;
    server.healthy().await;
}

#[tokio::test]
async fn a_websocket_is_probed_once() {
    let server = patient().await;
    // Each would be answered, and whoever reads no answer lets them pile up.
    let (sid, mut client) = server.probed().await;
    client.say("2probe").await;
    assert_eq!(client.closed().await, None);
    drop(client);
    assert_eq!(server.post(&sid, "42[\"message\",1]").await, (200, "ok".into()), "polling goes on");
    assert_eq!(server.get(&sid).await.1, r#"42["message-back",1]"#);
    server.post(&sid, "1").await;
    server.healthy().await;
}

#[tokio::test]
async fn nothing_is_said_over_polling_after_the_upgrade() {
    let server = patient().await;
    let sid = server.open().await;
    let mut client = server.websocket(&format!("&sid={sid}")).await;
    client.say("2probe").await;
    client.text().await;
    client.say("5").await;
    client.say("40").await;
    client.text().await;
    for method in ["GET", "POST"] {
        let query = format!("EIO=4&transport=polling&sid={sid}");
        let (status, body) = server.http(method, &query, "40").await;
        assert_eq!((status, body.as_str()), (400, r#"{"code":3,"message":"Bad request"}"#), "{method}");
    }
    drop(client);
    server.healthy().await;
}

#[tokio::test]
async fn a_reset_while_upgrading_leaves_polling_as_it_was() {
    let server = patient().await;
    let sid = server.open().await;
    server.post(&sid, "40").await;
    server.get(&sid).await;
    let request = [upgrade(&format!("&sid={sid}"), "").into_bytes(), text("2probe")].concat();
    for length in (0..=request.len()).step_by(7).chain([request.len()]) {
        let mut raw = server.connect().await;
        raw.send(&request[..length]).await;
        raw.stream.set_zero_linger().unwrap();
    }
    assert_eq!(server.post(&sid, "42[\"message\",1]").await, (200, "ok".into()));
    let mut body = soon(server.get(&sid)).await.1;
    while body == "6" {
        body = soon(server.get(&sid)).await.1;
    }
    assert_eq!(body, r#"42["message-back",1]"#);
    server.post(&sid, "1").await;
    server.healthy().await;
}
