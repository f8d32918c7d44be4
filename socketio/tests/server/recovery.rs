//! Connection state recovery: who comes back in time is who it was and has missed nothing; everybody else begins anew.

use std::time::Duration;

use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::{Config, Recovery, Room, Snapshot};
use serde_json::{Value, json};

use crate::support::{Client, Running};

/// What a client keeps to come back.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    sid: String,
    pid: String,
    offset: Option<String>,
}

async fn start(recovery: Recovery) -> Running {
    Running::with(Config { recovery: Some(recovery), ..Config::default() }).await
}

async fn server() -> Running {
    start(Recovery::default()).await
}

/// Waits for something that the server counts.
async fn until(server: &Running, is_so: impl Fn(Snapshot) -> bool) {
    let mut looks = tokio::time::interval(Duration::from_millis(5));
    for _ in 0..1000 {
        if is_so(server.stats.snapshot()) {
            return;
        }
        looks.tick().await;
    }
    panic!("it never came to that: {:?}", server.stats);
}

fn event(name: &str, payload: &Value) -> Message {
    Message::event(&Prefix::event("/", name), payload).unwrap()
}

/// Joins; what was answered, without the events.
async fn join(client: &mut Client, payload: &str) -> Kept {
    client.text().await;
    client.say(&format!("40{payload}")).await;
    let answer = client.text().await;
    let answer: Value = serde_json::from_str(answer.strip_prefix("40").expect(&answer)).unwrap();
    let word = |name: &str| answer[name].as_str().unwrap().to_owned();
    Kept { sid: word("sid"), pid: word("pid"), offset: None }
}

/// The next event: its name and first argument; the offset is kept.
async fn hear(client: &mut Client, kept: &mut Kept) -> (String, Value) {
    let text = client.event().await;
    let event: Vec<Value> = serde_json::from_str(text.strip_prefix("42").expect(&text)).unwrap();
    kept.offset = Some(event.last().unwrap().as_str().expect("an offset").to_owned());
    (event[0].as_str().unwrap().to_owned(), event[1].clone())
}

/// A client that has joined and heard its first event.
async fn joined(server: &Running) -> (Client, Kept) {
    let mut client = server.websocket("").await;
    let mut kept = join(&mut client, "").await;
    assert_eq!(hear(&mut client, &mut kept).await, ("auth".into(), json!({})));
    (client, kept)
}

/// Comes back; what was answered.
async fn come_back(server: &Running, kept: &Kept) -> (Client, Kept) {
    let mut client = server.websocket("").await;
    let mut payload = json!({ "pid": kept.pid });
    if let Some(offset) = &kept.offset {
        payload["offset"] = json!(offset);
    }
    let now = join(&mut client, &payload.to_string()).await;
    (client, now)
}

#[tokio::test]
async fn who_comes_back_is_who_it_was_and_gets_what_it_missed_in_order() {
    let server = server().await;
    let (mut client, mut kept) = joined(&server).await;
    client.say(r#"42["join"]"#).await;
    client.say(r#"42["message",0]"#).await;
    assert_eq!(hear(&mut client, &mut kept).await, ("message-back".into(), json!(0)));
    let id = server.hub.everyone("/").ids()[0];
    let room = Room::new("room");
    drop(client);
    until(&server, |now| now.away == 1).await;
    assert_eq!(server.hub.to(&room).send(&event("room", &json!(1))), 0, "nobody is here");
    server.hub.to(&Room::new("other")).send(&event("other", &json!(2)));
    server.hub.everyone("/").send(&event("everyone", &json!(3)));
    server.hub.all().except(id).send(&event("others", &json!(4)));
    server.hub.socket(id).send(&event("me", &json!(5)));
    server.hub.to(&room).send(&event("volatile", &json!(6)).volatile());

    let (mut client, mut now) = come_back(&server, &kept).await;
    assert_eq!((&now.sid, &now.pid), (&kept.sid, &kept.pid));
    for (name, value) in [("room", 1), ("everyone", 3), ("me", 5)] {
        assert_eq!(hear(&mut client, &mut now).await, (name.into(), json!(value)));
    }
    assert_eq!(hear(&mut client, &mut now).await.0, "auth", "it is connected again, with its data");
    assert_eq!(server.hub.to(&room).send(&event("room", &json!(7))), 1, "it is in its room");
    assert_eq!(hear(&mut client, &mut now).await, ("room".into(), json!(7)));
    assert_eq!(server.log()[..3], ["join", "message", "gone / transport close"]);
    let now = server.stats.snapshot();
    assert_eq!((now.recovered, now.gaps, now.away, now.sockets), (1, 0, 0, 1));
}

#[tokio::test]
async fn a_client_that_has_heard_nothing_yet_misses_everything_since_it_came() {
    let server = server().await;
    let mut client = server.websocket("").await;
    let kept = join(&mut client, r#"{"data":"mine"}"#).await;
    drop(client);
    until(&server, |now| now.away == 1).await;
    server.hub.everyone("/").send(&event("missed", &json!(1)));
    let (mut client, mut now) = come_back(&server, &kept).await;
    assert_eq!(now.sid, kept.sid);
    assert_eq!(hear(&mut client, &mut now).await, ("auth".into(), json!({ "data": "mine" })));
    assert_eq!(hear(&mut client, &mut now).await, ("missed".into(), json!(1)));
    assert_eq!(hear(&mut client, &mut now).await, ("auth".into(), json!({ "data": "mine" })));
}

#[tokio::test]
async fn a_volatile_event_ends_with_the_last_offset_whatever_its_arguments() {
    let server = server().await;
    let (mut client, mut kept) = joined(&server).await;
    let before = kept.offset.clone();
    server.hub.everyone("/").send(&event("typing", &json!("a name")).volatile());
    assert_eq!(hear(&mut client, &mut kept).await, ("typing".into(), json!("a name")));
    assert_eq!(kept.offset, before);
    drop(client);
    until(&server, |now| now.away == 1).await;
    assert_eq!(come_back(&server, &kept).await.1.sid, kept.sid);
}

#[tokio::test]
async fn a_connection_that_is_believed_to_be_alive_is_taken_over() {
    let server = server().await;
    let (mut old, kept) = joined(&server).await;
    // Sent, and for all the client knows never arrived.
    for number in 0..3 {
        server.hub.everyone("/").send(&event("late", &json!(number)));
    }
    let (mut client, mut now) = come_back(&server, &kept).await;
    assert_eq!(now.sid, kept.sid);
    for number in 0..3 {
        assert_eq!(hear(&mut client, &mut now).await, ("late".into(), json!(number)));
    }
    assert_eq!(hear(&mut client, &mut now).await.0, "auth");
    assert_eq!(old.closed().await, None, "no reason is given to who is gone");
    assert_eq!(server.hub.len(), 1);
    assert_eq!(server.hub.everyone("/").send(&event("once", &json!(1))), 1);
    assert_eq!(hear(&mut client, &mut now).await, ("once".into(), json!(1)));
}

#[tokio::test]
async fn what_was_stuck_on_the_way_to_a_dead_connection_is_sent_again() {
    let recovery = Some(Recovery { max_bytes: 64 << 20, ..Recovery::default() });
    let server = Running::with(Config { recovery, max_queued_bytes: 64 << 20, ..Config::default() }).await;
    let (mut old, kept) = joined(&server).await;
    // More than the kernel's buffers on both sides hold, of which nothing is read.
    for number in 0..24 {
        server.hub.everyone("/").send(&event("big", &json!([number, "x".repeat(1 << 20)])));
    }
    let (mut client, mut now) = come_back(&server, &kept).await;
    assert_eq!(now.sid, kept.sid);
    for number in 0..24 {
        assert_eq!(hear(&mut client, &mut now).await.1[0], json!(number));
    }
    assert_eq!(hear(&mut client, &mut now).await.0, "auth");
    old.closed().await;
    until(&server, |now| now.connections == 1).await;
}

#[tokio::test]
async fn what_was_sent_while_it_was_in_a_room_is_its_own_and_nothing_else() {
    let server = server().await;
    let (mut client, kept) = joined(&server).await;
    let room = Room::new("room");
    let id = server.hub.everyone("/").ids()[0];
    server.hub.to(&room).send(&event("before", &json!(1)));
    assert!(server.hub.join(id, &room));
    server.hub.to(&room).send(&event("while", &json!(2)));
    assert!(server.hub.leave(id, &room));
    server.hub.to(&room).send(&event("after", &json!(3)));
    assert!(server.hub.join(id, &room));
    client.event().await;
    drop(client);
    until(&server, |now| now.away == 1).await;
    assert!(server.hub.leave(id, &room), "who is away can be taken out of a room");
    server.hub.to(&room).send(&event("away", &json!(4)));
    let (mut client, mut now) = come_back(&server, &kept).await;
    assert_eq!(hear(&mut client, &mut now).await, ("while".into(), json!(2)));
    assert_eq!(hear(&mut client, &mut now).await.0, "auth");
    assert_eq!(server.hub.to(&room).ids(), []);
}

#[tokio::test]
async fn who_left_or_knows_no_secret_begins_anew() {
    let server = server().await;
    let (mut client, kept) = joined(&server).await;
    client.say("41").await;
    client.say("40").await;
    client.text().await;
    let (_, now) = come_back(&server, &kept).await;
    assert_ne!(now.sid, kept.sid);
    let (client, kept) = joined(&server).await;
    drop(client);
    until(&server, |now| now.away >= 1).await;
    let guessed = Kept { pid: format!("{}{}", kept.sid, kept.sid), ..kept.clone() };
    assert_ne!(come_back(&server, &guessed).await.1.sid, kept.sid);
    let lost = Kept { offset: Some("ffff".into()), ..kept.clone() };
    assert_ne!(come_back(&server, &lost).await.1.sid, kept.sid, "an offset that was never given");
    assert_ne!(come_back(&server, &kept).await.1.sid, kept.sid, "once is all");
}

#[tokio::test]
async fn who_may_not_join_any_more_is_refused_and_has_lost_it() {
    let server = server().await;
    let (client, kept) = joined(&server).await;
    drop(client);
    until(&server, |now| now.away == 1).await;
    let mut client = server.websocket("").await;
    client.text().await;
    client.say(&format!("40{}", json!({ "pid": kept.pid, "offset": kept.offset, "token": "bad" }))).await;
    assert!(client.text().await.starts_with("44"));
    assert_ne!(come_back(&server, &kept).await.1.sid, kept.sid);
}

#[tokio::test]
async fn who_comes_back_as_somebody_else_begins_anew() {
    let server = server().await;
    let (client, kept) = joined(&server).await;
    server.hub.all().join(&Room::new("room"));
    drop(client);
    until(&server, |now| now.away == 1).await;
    let mut client = server.websocket("").await;
    let payload = json!({ "pid": kept.pid, "offset": kept.offset, "user": "other" }).to_string();
    let mut now = join(&mut client, &payload).await;
    assert_ne!(now.sid, kept.sid);
    assert_eq!(hear(&mut client, &mut now).await, ("auth".into(), json!({ "user": "other" })));
    assert_eq!(server.hub.to(&Room::new("room")).ids(), []);
    assert_eq!(server.stats.snapshot().away, 0, "and nobody else comes back to it");
}

#[tokio::test]
async fn a_gap_is_never_hidden() {
    let server = start(Recovery { max_packets: 3, ..Recovery::default() }).await;
    let (client, kept) = joined(&server).await;
    drop(client);
    until(&server, |now| now.away == 1).await;
    for number in 0..4 {
        server.hub.everyone("/").send(&event("x", &json!(number)));
    }
    assert_ne!(come_back(&server, &kept).await.1.sid, kept.sid);
    assert_eq!(server.stats.snapshot().gaps, 1);
}

#[tokio::test]
async fn what_others_were_sent_is_no_gap() {
    let server = start(Recovery { max_packets: 3, ..Recovery::default() }).await;
    let (mut client, kept) = joined(&server).await;
    for number in 0..10 {
        server.hub.to(&Room::new("others")).send(&event("x", &json!(number)));
    }
    server.hub.everyone("/").send(&event("typing", &json!(1)).volatile());
    client.event().await;
    drop(client);
    until(&server, |now| now.away == 1).await;
    assert_eq!(come_back(&server, &kept).await.1.sid, kept.sid);
}

#[tokio::test]
async fn those_who_are_away_are_bounded_and_forgotten_in_time() {
    let limits = Recovery { max_sessions: 1, window: Duration::from_millis(500), ..Recovery::default() };
    let server = start(limits).await;
    let ((a, first), (b, second)) = (joined(&server).await, joined(&server).await);
    drop(a);
    until(&server, |now| now.away == 1).await;
    drop(b);
    until(&server, |now| now.sockets == 0).await;
    assert_ne!(come_back(&server, &first).await.1.sid, first.sid, "the one that was away longest");
    until(&server, |now| now.away == 0).await;
    assert_ne!(come_back(&server, &second).await.1.sid, second.sid, "too late");
}

#[tokio::test]
async fn who_is_sent_away_and_does_not_hear_it_does_not_come_back() {
    let recovery = Some(Recovery { max_bytes: 64 << 20, ..Recovery::default() });
    let server = Running::with(Config { recovery, max_queued_bytes: 64 << 20, ..Config::default() }).await;
    for close in [false, true] {
        let (client, kept) = joined(&server).await;
        // More than the kernel's buffers on both sides hold, of which nothing is read: what comes behind it is not taken.
        for number in 0..24 {
            server.hub.everyone("/").send(&event("big", &json!([number, "x".repeat(1 << 20)])));
        }
        // Somebody else is answered after the server has written what it could.
        drop(server.websocket("").await);
        let everyone = server.hub.everyone("/");
        assert_eq!(if close { everyone.close() } else { everyone.disconnect() }, 1);
        drop(client);
        until(&server, |now| now.sockets == 0 && now.connections == 0).await;
        assert_eq!(server.stats.snapshot().away, 0);
        let (client, now) = come_back(&server, &kept).await;
        assert_ne!(now.sid, kept.sid);
        drop(client);
        until(&server, |now| now.sockets == 0 && now.connections == 0).await;
        server.hub.everyone("/").disconnect();
    }
}
