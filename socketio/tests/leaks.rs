//! Thousands of clients that begin and do not go on, against one server in a process of its own: afterwards file descriptors,
//! tasks, sessions and memory are where they were. One test, because a process has one set of file descriptors.
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(target_os = "linux")]

#[allow(dead_code, reason = "shared with the tests of the server")]
mod support;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::Config;
use support::Running;
use support::process::{descriptors, memory};
use support::raw::{frame, upgrade};
use tokio::io::AsyncWriteExt;

/// Sessions that are opened and never heard of again.
const HANDSHAKES: usize = 10_000;
/// Upgrades of sessions that go away in the middle.
const UPGRADES: usize = 5_000;
/// Clients at a time: what a process may open by default, with room to spare.
const AT_ONCE: usize = 100;
/// By how much memory may grow when all of it happens once more. Before, the allocator has kept what so many sessions at a time
/// need, and a leak of half a KB per connection would be more than this.
const GROWTH: u64 = 8 << 20;
/// What a hundred may need together that ping without end and read nothing.
const PINGING: u64 = 16 << 20;
/// What a hundred slow clients may need together.
const SLOW: u64 = 96 << 20;
/// Bodies at a time that turn out to be too long.
const BODIES: usize = 40;
/// What each of them may need: what a body may hold, twice.
const BODY: u64 = 2 * 1_000_000;

/// Runs something `count` times, some at once.
async fn repeat<F: Future<Output = ()>>(count: usize, mut one: impl FnMut() -> F) {
    for _ in 0..count / AT_ONCE {
        futures_util::future::join_all((0..AT_ONCE).map(|_| one())).await;
    }
}

#[tokio::test]
async fn what_is_begun_and_abandoned_leaves_nothing_behind() {
    let server = Running::with(Config {
        connect_timeout: Duration::from_secs(4),
        upgrade_timeout: Duration::from_secs(1),
        ..Config::default()
    })
    .await;
    // Whatever is allocated once is allocated now.
    repeat(AT_ONCE, || async { drop(server.joined().await) }).await;
    server.idle().await;
    let before = descriptors();
    // First, while the allocator has kept nothing that would not be seen to be used.
    bodies_that_are_too_long(&server).await;
    server.idle().await;
    abandon(&server).await;
    let mut grown = Vec::new();
    while grown.last().is_none_or(|last| *last >= GROWTH) {
        let once = memory();
        abandon(&server).await;
        grown.push(memory().saturating_sub(once));
        // How many sessions there are at a time depends on the machine, and may be a new record. What leaks, leaks every time.
        assert!(grown.len() < 3 || grown.last() < Some(&GROWTH), "{grown:?} bytes more than before");
    }
    assert_eq!(descriptors(), before, "file descriptors");

    // A hundred that ping as long as they can, and read no pong.
    let (rested, most) = (memory(), AtomicU64::new(0));
    let pings = frame(0x89, &[0; 125]).repeat(1000);
    repeat(AT_ONCE, || async {
        let mut raw = server.raw_joined().await;
        while raw.stream.write_all(&pings).await.is_ok() {
            most.fetch_max(memory(), Ordering::Relaxed);
        }
    })
    .await;
    let grown = most.into_inner().saturating_sub(rested);
    assert!(grown < PINGING, "{} KiB for {AT_ONCE} pinging clients", grown >> 10);
    assert_eq!(server.stats.snapshot().violations, AT_ONCE as u64);
    server.idle().await;

    // A hundred that do not read share what they are sent, and are all cut off.
    let mut slow = Vec::new();
    for _ in 0..AT_ONCE {
        slow.push(server.raw_joined().await);
    }
    let prefix = Prefix::event("/", "big");
    let (rested, mut most) = (memory(), 0);
    while !server.hub.is_empty() {
        server.hub.everyone("/").send(&Message::event(&prefix, &"x".repeat(64 << 10)).unwrap());
        most = most.max(memory().saturating_sub(rested));
        tokio::task::yield_now().await;
    }
    assert_eq!(server.stats.snapshot().slow_consumers, AT_ONCE as u64);
    assert!(most < SLOW, "{} KiB for {AT_ONCE} slow clients", most >> 10);
    drop(slow);
    server.idle().await;
    assert_eq!(descriptors(), before, "file descriptors");
    server.healthy().await;
}

/// Bodies without a length that come to the last byte that they may have, wait, and then have one more.
async fn bodies_that_are_too_long(server: &Running) {
    let chunk = format!("{:x}\r\n{}\r\n", 100_000, "4".repeat(100_000)).repeat(10);
    let rested = memory();
    let mut posts = Vec::new();
    for _ in 0..BODIES {
        let sid = server.joined_over_polling().await;
        let mut raw = server.connect().await;
        let head = format!(
            "POST /socket.io/?EIO=4&transport=polling&sid={sid} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        );
        raw.send(head.as_bytes()).await;
        raw.send(chunk.as_bytes()).await;
        posts.push((sid, raw));
    }
    // What the kernel still held has come when a request that was made after it is answered.
    server.joined().await;
    let grown = memory().saturating_sub(rested);
    assert!(grown > BODIES as u64 * BODY / 3, "{} KiB: they have not come", grown >> 10);
    assert!(grown < BODIES as u64 * BODY, "{} KiB for {BODIES} bodies", grown >> 10);
    for (sid, mut raw) in posts {
        raw.send(b"1\r\n4\r\n").await;
        let answer = String::from_utf8(raw.rest().await).unwrap();
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
        server.tell(&sid, "1").await;
        server.ends(&sid).await;
    }
    assert_eq!(server.stats.snapshot().oversized_bodies, BODIES as u64);
}

/// Everything that can be begun; returns when the server holds nothing of it.
async fn abandon(server: &Running) {
    repeat(HANDSHAKES, || async {
        server.open().await;
    })
    .await;
    // Websockets whose handshake is not waited for.
    repeat(UPGRADES, || async {
        let mut raw = server.connect().await;
        raw.send(upgrade("", "").as_bytes()).await;
    })
    .await;
    // And upgrades of polling sessions, some probed and some not.
    let mut probes = false;
    repeat(UPGRADES, || {
        probes = !probes;
        async move {
            let sid = server.open().await;
            let mut client = server.websocket(&format!("&sid={sid}")).await;
            if probes {
                client.say("2probe").await;
                assert_eq!(client.text().await, "3probe");
            }
        }
    })
    .await;
    server.idle().await;
}
