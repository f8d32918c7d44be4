//! Socket.IO packets.

use std::time::Duration;

use parlance_socketio::server::Config;

use crate::support::Running;
use crate::support::raw::{frame, text};

tests!(
    events_come_after_connect_and_connect_comes_once,
    unknown_namespaces_are_refused_and_too_many_close,
    what_is_no_packet_closes,
    attachments_come_as_announced,
    places_of_attachments_are_what_they_say,
    an_event_that_is_sent_again_is_another_event_with_the_same_answer,
    ids_of_acknowledgements_are_whole_numbers,
);

/// How the Socket.IO half closes.
fn broken() -> Option<(u16, String)> {
    Some((1002, "forced close".into()))
}

async fn patient() -> Running {
    Running::with(Config::default()).await
}

#[tokio::test]
async fn events_come_after_connect_and_connect_comes_once() {
    let server = patient().await;
    let mut raw = server.raw_websocket().await;
    raw.send(&text(r#"42["message",1]"#)).await;
    assert_eq!(raw.closed().await, broken());
    drop(raw);
    assert_eq!(server.answer_to(&text("40")).await, broken(), "a second CONNECT");
    assert!(server.log().iter().all(|line| line != "message"));
    server.healthy().await;
}

#[tokio::test]
async fn unknown_namespaces_are_refused_and_too_many_close() {
    let server = Running::with(Config { max_namespaces: 1, max_refused_joins: 3, ..Config::default() }).await;
    let mut raw = server.raw_joined().await;
    raw.send(&text("40/custom")).await;
    assert_eq!(raw.closed().await, broken(), "one namespace more than allowed");
    drop(raw);
    let mut raw = server.raw_websocket().await;
    for _ in 0..3 {
        raw.send(&text("40/x,")).await;
        assert_eq!(raw.text().await, r#"44/x,{"message":"Invalid namespace"}"#);
    }
    raw.send(&text("40")).await;
    assert!(raw.text().await.starts_with("40{"), "the connection stays");
    drop(raw);
    let mut raw = server.raw_websocket().await;
    raw.send(&text("40/x,").repeat(4)).await;
    assert_eq!(raw.closed().await, broken(), "one refusal more than allowed");
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn what_is_no_packet_closes() {
    let server = patient().await;
    let deep = format!(r#"451-["x",{}{}]"#, "[".repeat(200), "]".repeat(200));
    for packet in [
        "47",
        "4",
        "42{}",
        "42[]",
        "42[null]",
        "42[1]",
        r#"42["connect"]"#,
        r#"42["disconnecting"]"#,
        r#"42["connect_error"]"#,
        "42",
        "41{}",
        "40[]",
        "40{",
        r#"44{"message":"x"}"#,
        "45[]",
        "450-[]",
        r#"4211-["x"]"#,
        r#"42["x""#,
        r#"42["x" 1]"#,
        &deep,
        &format!("40/{}", "n".repeat(300)),
    ] {
        assert_eq!(server.answer_to(&text(packet)).await, broken(), "{packet}");
    }
    // A name of more than 128 bytes is a protocol error here, not an error in the acknowledgement; any other name that is not
    // known goes to the service, which answers as its document says. `error` is such a name, as in Node's parser.
    let long = format!(r#"42["{}"]"#, "n".repeat(129));
    assert_eq!(server.answer_to(&text(&long)).await, broken());
    let mut raw = server.raw_joined().await;
    for name in ["n".repeat(128), "error".into(), r"a\u0000b".into(), r"a\nb".into()] {
        raw.send(&text(&format!(r#"42["{name}",1]"#))).await;
    }
    raw.send(&text(r#"42["message",1]"#)).await;
    assert_eq!(raw.text().await, r#"42["message-back",1]"#);
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn attachments_come_as_announced() {
    let server =
        Running::with(Config { attachment_timeout: Duration::from_millis(100), ..Config::default() }).await;
    let place = |number: usize| format!(r#"{{"_placeholder":true,"num":{number}}}"#);
    let ten = format!(r#"4510-["message",{}]"#, (0..10).map(place).collect::<Vec<_>>().join(","));
    let one = format!(r#"451-["message",{}]"#, place(0));
    for (name, frames) in [
        ("a million", text("451000000-[\"x\"]")),
        ("eleven", text("4511-[\"x\"]")),
        ("nine of ten, then a text", [text(&ten), frame(0x82, b"x").repeat(9), text("42[\"x\"]")].concat()),
        ("too many bytes", [text(&ten), frame(0x82, &vec![0; 400_000]).repeat(3)].concat()),
        ("none announced", frame(0x82, b"x")),
    ] {
        assert_eq!(server.answer_to(&frames).await, broken(), "{name}");
    }
    let silence = server.answer_to(&[text(&ten), frame(0x82, b"x").repeat(9)].concat()).await;
    assert_eq!(silence, Some((1008, "policy violation".into())), "nine of ten, then nothing");
    let mut raw = server.raw_joined().await;
    raw.send(&[text(&one), frame(0x82, b"x")].concat()).await;
    assert_eq!(raw.text().await, one.replace("message", "message-back"));
    assert_eq!(raw.frame().await, Some((0x82, b"x".to_vec())));
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn places_of_attachments_are_what_they_say() {
    let server = patient().await;
    for places in [
        r#"{"_placeholder":true,"num":-1}"#,
        r#"{"_placeholder":true,"num":1.5}"#,
        r#"{"_placeholder":true,"num":"0"}"#,
        r#"{"_placeholder":true,"num":99}"#,
        r#"{"_placeholder":true}"#,
        // Node accepts these two.
        r#"{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}"#,
        "1",
    ] {
        let packet = format!(r#"451-["message",{places}]"#);
        assert_eq!(
            server.answer_to(&[text(&packet), frame(0x82, b"x")].concat()).await,
            broken(),
            "{places}"
        );
    }
    server.healthy().await;
}

#[tokio::test]
async fn an_event_that_is_sent_again_is_another_event_with_the_same_answer() {
    // Whether two are one (`retries` of stock clients) is for the layer above to say, which knows what events mean: `once`.
    let server = patient().await;
    let mut raw = server.raw_joined().await;
    raw.send(&text(r#"427["message-with-ack","once"]"#).repeat(2)).await;
    assert_eq!((raw.text().await, raw.text().await), (r#"437["once"]"#.into(), r#"437["once"]"#.into()));
    assert_eq!(server.log(), ["message-with-ack", "message-with-ack"]);
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn ids_of_acknowledgements_are_whole_numbers() {
    let server = patient().await;
    for id in ["9".repeat(400), "-1".into(), "9007199254740992".into()] {
        assert_eq!(server.answer_to(&text(&format!(r#"42{id}["message",1]"#))).await, broken(), "{id}");
    }
    // Nothing here waits for acknowledgements, so that none can pile up; those that come are counted and passed over.
    let mut raw = server.raw_joined().await;
    raw.send(&text("437[1]").repeat(1001)).await;
    raw.send(&text(r#"429007199254740991["message-with-ack",1]"#)).await;
    assert_eq!(raw.text().await, "439007199254740991[1]");
    assert_eq!(server.stats.snapshot().stray_acks, 1001);
    drop(raw);
    server.healthy().await;
}
