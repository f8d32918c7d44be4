//! Socket.IO packets.

use std::time::Duration;

use parlance_socketio::server::Config;

use crate::support::Running;
use crate::support::raw::{frame, text};

tests!(
    events_come_after_connect_and_connect_comes_once,
    unknown_namespaces_are_refused_and_too_many_close,
    what_is_no_packet_closes,
    names_that_nobody_knows_are_the_services_affair,
    events_of_a_namespace_that_was_left_are_passed_over,
    as_many_namespaces_are_remembered_as_may_be_joined,
    attachments_come_as_announced,
    attachments_come_in_time,
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
    let server = Running::with(Config { max_refused_joins: 3, ..Config::default() }).await;
    let mut raw = server.raw_joined().await;
    for namespace in ["/custom", "/custom/2", "/custom/3"] {
        raw.send(&text(&format!("40{namespace},"))).await;
        assert!(raw.text().await.starts_with(&format!("40{namespace},{{")));
        assert!(raw.text().await.starts_with(&format!("42{namespace},[\"auth\"")));
    }
    // What is left makes room again.
    raw.send(&[text("41/custom/3,"), text("40/custom/4,")].concat()).await;
    assert!(raw.text().await.starts_with("40/custom/4,{"));
    assert!(raw.text().await.starts_with("42/custom/4,"));
    raw.send(&text("40/custom/5,")).await;
    assert_eq!(raw.closed().await, broken(), "a fifth namespace");
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
        "42[true]",
        r#"42[["message"]]"#,
        r#"42[{"name":"message"}]"#,
        // Of these two Node makes nothing, and goes on.
        "42[1]",
        "42",
        r#"42["connect"]"#,
        r#"42["connect_error"]"#,
        r#"42["disconnect"]"#,
        r#"42["disconnecting"]"#,
        r#"42["newListener"]"#,
        r#"42["removeListener",1]"#,
        r#"42["conn\u0065ct"]"#,
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
    server.healthy().await;
}

#[tokio::test]
async fn names_that_nobody_knows_are_the_services_affair() {
    // It answers as its document says, which `typed::names_that_nobody_knows_are_refused` shows. `error` is such a name, as in
    // Node's parser.
    let server = patient().await;
    let mut raw = server.raw_joined().await;
    for name in ["n".repeat(128), "error".into(), r"a\u0000b".into(), r"a\nb".into()] {
        raw.send(&text(&format!(r#"42["{name}",1]"#))).await;
    }
    assert_eq!(server.stats.snapshot().stray_events, 0);
    // One that is too long is not repeated by anybody: the service is given the beginning of it, and something that makes it no name.
    raw.send(&text(&format!(r#"427["{}",1]"#, "n".repeat(129)))).await;
    raw.send(&text(&format!(r#"42["{}",1]"#, "ü".repeat(400_000)))).await;
    raw.send(&text(r#"42["message",1]"#)).await;
    assert_eq!(raw.text().await, r#"42["message-back",1]"#);
    assert_eq!(server.stats.snapshot().stray_events, 2);
    let long = [format!("{} …", "n".repeat(124)), format!("{} …", "ü".repeat(62))];
    let names = ["n".repeat(128), "error".into(), "a\0b".into(), "a\nb".into()];
    assert_eq!(server.log(), [&names[..], &long, &["message".into()]].concat());
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn events_of_a_namespace_that_was_left_are_passed_over() {
    let server = patient().await;
    let mut raw = server.raw_joined().await;
    raw.send(&text("40/custom,")).await;
    assert!(raw.text().await.starts_with("40/custom,{"));
    assert!(raw.text().await.starts_with("42/custom,"));
    // The client was sent away, and did not know yet when it said this.
    raw.send(&text(r#"42["leave"]"#)).await;
    assert_eq!(raw.text().await, "41");
    let place = r#"{"_placeholder":true,"num":0}"#;
    let binary = [text(&format!(r#"451-["message",{place}]"#)), frame(0x82, b"x")].concat();
    raw.send(&[text(r#"42["message",1]"#), binary].concat()).await;
    // It left itself.
    raw.send(&[text("41/custom,"), text(r#"42/custom,["message",2]"#)].concat()).await;
    raw.send(&text("40")).await;
    assert!(raw.text().await.starts_with("40{"), "the connection lives");
    assert!(raw.text().await.starts_with("42[\"auth\""));
    raw.send(&text(r#"42["message",3]"#)).await;
    assert_eq!(raw.text().await, r#"42["message-back",3]"#);
    assert_eq!(server.stats.snapshot().stray_events, 3);
    // What breaks the protocol still does, and so does an event for a namespace that it never was in.
    raw.send(&text(r#"42/custom,["connect"]"#)).await;
    assert_eq!(raw.closed().await, broken());
    drop(raw);
    assert_eq!(server.answer_to(&text(r#"42/custom,["message",1]"#)).await, broken());
    server.healthy().await;
}

#[tokio::test]
async fn as_many_namespaces_are_remembered_as_may_be_joined() {
    let server = patient().await;
    let mut raw = server.raw_joined().await;
    for number in 0..5 {
        raw.send(&[text(&format!("40/custom/{number},")), text(&format!("41/custom/{number},"))].concat())
            .await;
        raw.text().await;
        raw.text().await;
    }
    raw.send(&text(r#"42/custom/1,["message",1]"#)).await;
    raw.send(&text(r#"42["message",1]"#)).await;
    assert_eq!(raw.text().await, r#"42["message-back",1]"#);
    raw.send(&text(r#"42/custom/0,["message",1]"#)).await;
    assert_eq!(raw.closed().await, broken());
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn attachments_come_as_announced() {
    let server = patient().await;
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
    let mut raw = server.raw_joined().await;
    raw.send(&[text(&one), frame(0x82, b"x")].concat()).await;
    assert_eq!(raw.text().await, one.replace("message", "message-back"));
    assert_eq!(raw.frame().await, Some((0x82, b"x".to_vec())));
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn attachments_come_in_time() {
    let server =
        Running::with(Config { attachment_timeout: Duration::from_millis(100), ..Config::default() }).await;
    let place = |number: usize| format!(r#"{{"_placeholder":true,"num":{number}}}"#);
    let ten = format!(r#"4510-["message",{}]"#, (0..10).map(place).collect::<Vec<_>>().join(","));
    let silence = server.answer_to(&[text(&ten), frame(0x82, b"x").repeat(9)].concat()).await;
    assert_eq!(silence, Some((1008, "policy violation".into())), "nine of ten, then nothing");
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
    let place = r#"{"_placeholder":true,"num":0}"#;
    for id in ["9".repeat(400), "-1".into(), "9007199254740992".into(), "1.5".into(), "0x1".into()] {
        for packet in [
            format!(r#"42{id}["message",1]"#),
            format!("43{id}[1]"),
            format!(r#"451-{id}["message",{place}]"#),
            format!("461-{id}[{place}]"),
        ] {
            assert_eq!(server.answer_to(&text(&packet)).await, broken(), "{packet}");
        }
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
