//! Clients that do not take what they are sent.

use std::time::{Duration, Instant};

use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::Config;
use tokio::io::AsyncWriteExt;

use crate::support::Running;
use crate::support::raw::text;

tests!(
    who_reads_nothing_is_cut_off_and_told_why,
    who_reads_nothing_at_all_is_gone_within_two_seconds,
    who_vanishes_while_much_is_on_the_way_is_gone_on_time,
    what_comes_while_a_handler_works_is_not_all_read_ahead,
    who_does_not_poll_is_gone_within_two_seconds,
    volatile_messages_are_dropped_and_cut_nobody_off,
    who_asks_and_does_not_take_the_answer_is_hung_up_on,
);

fn big() -> Message {
    Message::event(&Prefix::event("/", "big"), &"x".repeat(32 << 10)).unwrap()
}

/// Sends until somebody is cut off; how long it then took until nobody of `slow` was left.
async fn fill(server: &Running, message: &Message, left: usize) -> Duration {
    let start = Instant::now();
    while server.stats.snapshot().slow_consumers == 0 {
        server.hub.everyone("/").send(message);
        tokio::task::yield_now().await;
        assert!(start.elapsed() < Duration::from_secs(10), "nobody was cut off");
    }
    let full = Instant::now();
    while server.hub.len() > left {
        server.hub.everyone("/").send(message);
        tokio::task::yield_now().await;
        assert!(full.elapsed() < Duration::from_secs(5), "{} are left", server.hub.len());
    }
    full.elapsed()
}

#[tokio::test]
async fn who_reads_nothing_is_cut_off_and_told_why() {
    let server = Running::with(Config { max_queued_bytes: 256 << 10, ..Config::default() }).await;
    let mut raw = server.raw_joined().await;
    let message = big();
    let start = Instant::now();
    let id = server.hub.everyone("/").ids()[0];
    // More than all buffers on the way hold.
    for _ in 0..2000 {
        server.hub.socket(id).send(&message);
        tokio::task::yield_now().await;
    }
    // It reads at last, within the second that it is given.
    assert_eq!(raw.closed().await, Some((1008, "slow consumer".into())));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    drop(raw);
    server.idle().await;
    assert_eq!(server.log(), ["gone / slow consumer"]);
    server.healthy().await;
}

#[tokio::test]
async fn who_reads_nothing_at_all_is_gone_within_two_seconds() {
    let server = Running::with(Config { max_queued_bytes: 256 << 10, ..Config::default() }).await;
    let raw = server.raw_joined().await;
    let took = fill(&server, &big(), 0).await;
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert_eq!(server.stats.snapshot().slow_consumers, 1);
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn who_vanishes_while_much_is_on_the_way_is_gone_on_time() {
    let server = Running::with(Config {
        ping_interval: Duration::from_millis(300),
        ping_timeout: Duration::from_millis(200),
        max_queued_bytes: 64 << 20,
        ..Config::default()
    })
    .await;
    let start = Instant::now();
    let raw = server.raw_joined().await;
    // More than the buffers on the way hold and less than is too much: the ping waits behind it.
    for _ in 0..500 {
        server.hub.everyone("/").send(&big());
    }
    server.idle().await;
    let took = start.elapsed();
    assert!((Duration::from_millis(490)..Duration::from_millis(2500)).contains(&took), "{took:?}");
    assert_eq!(server.log(), ["gone / ping timeout"], "once");
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn what_comes_while_a_handler_works_is_not_all_read_ahead() {
    let server = Running::with(Config { max_inbox_bytes: 1 << 20, ..Config::default() }).await;
    let mut raw = server.raw_joined().await;
    raw.send(&text(r#"42["wait"]"#)).await;
    let large = text(&format!(r#"42["large","{}"]"#, "x".repeat(900_000)));
    // As few packets as may be read ahead, of a length that each may have.
    let all = large.repeat(60);
    let mut written = 0;
    // Until nothing more is taken; the kernel's buffers for both ends are most of what was.
    while let Ok(count) =
        tokio::time::timeout(Duration::from_millis(200), raw.stream.write(&all[written..])).await
    {
        written += count.unwrap();
    }
    assert!(written < 24 << 20, "{written} bytes were taken");
    // When the handler is done, the rest is.
    server.gate.add_permits(1);
    raw.send(&all[written..]).await;
    raw.send(&text(r#"42["message",1]"#)).await;
    assert_eq!(raw.text().await, r#"42["message-back",1]"#);
    assert_eq!(server.log().len(), 62);
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn who_does_not_poll_is_gone_within_two_seconds() {
    let server = Running::with(Config { max_queued_messages: 100, ..Config::default() }).await;
    server.joined_over_polling().await;
    let took = fill(&server, &big(), 0).await;
    assert!(took < Duration::from_secs(2), "{took:?}");
    server.healthy().await;
}

#[tokio::test]
async fn volatile_messages_are_dropped_and_cut_nobody_off() {
    let server = Running::with(Config { max_queued_messages: 100, ..Config::default() }).await;
    let sid = server.joined_over_polling().await;
    let message = Message::event(&Prefix::event("/", "tick"), &1).unwrap().volatile();
    for _ in 0..1000 {
        server.hub.everyone("/").send(&message);
    }
    server.hub.everyone("/").send(&Message::event(&Prefix::event("/", "tock"), &1).unwrap());
    assert_eq!(server.get(&sid).await.1, r#"42["tock",1]"#, "none has waited for a request");
    assert_eq!(server.stats.snapshot().slow_consumers, 0);
    server.tell(&sid, "1").await;
    server.healthy().await;
}

#[tokio::test]
async fn who_asks_and_does_not_take_the_answer_is_hung_up_on() {
    let server = Running::with(Config {
        ping_interval: Duration::from_millis(300),
        ping_timeout: Duration::from_millis(200),
        answer_timeout: Duration::from_millis(500),
        max_payload: 64 << 20,
        max_queued_bytes: 64 << 20,
        ..Config::default()
    })
    .await;
    let sid = server.joined_over_polling().await;
    // One answer of more than all buffers on the way hold.
    let message = Message::event(&Prefix::event("/", "big"), &"x".repeat(3 << 20)).unwrap();
    for _ in 0..10 {
        server.hub.everyone("/").send(&message);
    }
    let held = server.send("GET", &format!("EIO=4&transport=polling&sid={sid}"), "", "").await;
    server.idle().await;
    drop(held);
    server.healthy().await;
}
