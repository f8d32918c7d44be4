//! Many senders, and readers of all kinds: nothing is lost, doubled, out of order or changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::{Config, Room};
use tokio::task::JoinSet;

use crate::support::raw::{Raw, text};
use crate::support::{Running, soon};

const SENDERS: usize = 4;

/// What a sender says: who it is, which of its messages it is, and as much as can be worked out of these.
fn payload(sender: usize, number: usize) -> String {
    let length = match number % 97 {
        0 => 3_000_000,
        1..10 => 3000,
        rest => rest,
    };
    format!("{sender} {number} {}", char::from(b'a' + (number % 26) as u8).to_string().repeat(length))
}

/// Looks at messages of senders, which follow one another from the first that is seen.
#[derive(Default)]
struct Follower {
    next: [Option<usize>; SENDERS],
}

impl Follower {
    /// Whether it has come to the end of all of them.
    fn see(&mut self, packet: &str, last: usize) -> bool {
        let Some(said) = packet.strip_prefix("42[\"m\",\"").and_then(|rest| rest.strip_suffix("\"]")) else {
            assert!(packet.starts_with("42[\"message-back\"") || packet == "2", "{packet:.100}");
            return false;
        };
        let mut words = said.split(' ').map(|word| word.parse::<usize>().ok());
        let (Some(Some(sender)), Some(Some(number))) = (words.next(), words.next()) else {
            panic!("{said:.100}")
        };
        assert!(said == payload(sender, number), "changed: {said:.100}");
        let next = &mut self.next[sender];
        assert_eq!(number, next.unwrap_or(number), "of sender {sender}");
        *next = Some(number + 1);
        self.next.iter().all(|next| *next == Some(last + 1))
    }
}

/// Reads to the end; says something now and then, and reads now fast, now slowly.
async fn follow(mut raw: Raw, mut follower: Follower, kind: usize, last: usize) {
    let mut count = 0;
    loop {
        let (first, payload) = raw.frame().await.expect("it is not closed");
        match first {
            0x8a => continue,
            other => assert_eq!(other, 0x81),
        }
        if follower.see(std::str::from_utf8(&payload).unwrap(), last) {
            return;
        }
        count += 1;
        match (kind, count % 50) {
            (1, 0) => raw.send(&text("42[\"message\",1]")).await,
            (2, 0) => raw.send(&crate::support::raw::frame(0x89, b"p")).await,
            (3, 0) => tokio::time::sleep(Duration::from_millis(20)).await,
            _ => {}
        }
    }
}

async fn play(rounds: usize) {
    let config = Config { max_queued_messages: 1 << 16, max_queued_bytes: 1 << 28, ..Config::default() };
    let server = Running::with(config).await;
    let last = 300 * rounds;
    let mut tasks = JoinSet::new();
    for kind in 0..12 {
        let mut raw = server.raw_joined().await;
        raw.send(&text("42[\"join\"]")).await;
        raw.send(&text("42[\"message\",0]")).await;
        assert!(raw.text().await.starts_with("42[\"message-back\""));
        tasks.spawn(follow(raw, Follower::default(), kind % 4, last));
    }
    let done = Arc::new(AtomicBool::new(false));
    for sender in 0..SENDERS {
        let hub = server.hub.clone();
        tasks.spawn_blocking(move || {
            let (room, prefix) = (Room::new("room"), Prefix::event("/", "m"));
            for number in 0..=last {
                let message = Message::event(&prefix, &payload(sender, number)).unwrap();
                hub.to(&room).send(&message);
                if number % 16 == 0 {
                    std::thread::yield_now();
                }
            }
        });
    }
    // Those who go in the middle of everything.
    let address = server.address;
    let closers = tokio::spawn({
        let done = Arc::clone(&done);
        async move {
            while !done.load(Ordering::Relaxed) {
                let stream = soon(tokio::net::TcpStream::connect(address)).await.unwrap();
                let mut raw = Raw { stream };
                raw.send(crate::support::raw::upgrade("", "").as_bytes()).await;
                raw.head().await;
                raw.text().await;
                raw.send(&[text("40"), text("42[\"join\"]")].concat()).await;
                for _ in 0..2 {
                    raw.frame().await;
                }
                // Breaks the protocol: the frame that is being written ends before the close frame.
                raw.send(&text("abc")).await;
                let mut follower = Follower::default();
                while let Some((first, payload)) = raw.frame().await {
                    match first {
                        0x81 => drop(follower.see(std::str::from_utf8(&payload).unwrap(), usize::MAX - 1)),
                        other => assert_eq!((other, &payload[..2]), (0x88, &[3, 0xea][..])),
                    }
                }
            }
        }
    });
    while let Some(outcome) = tokio::time::timeout(Duration::from_secs(120), tasks.join_next()).await.unwrap()
    {
        outcome.unwrap();
    }
    done.store(true, Ordering::Relaxed);
    closers.await.unwrap();
    server.stop().await;
}

/// `STRESS_ROUNDS` plays it longer.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_byte_arrives_once_and_in_order() {
    let rounds = std::env::var("STRESS_ROUNDS").map_or(1, |rounds| rounds.parse().unwrap());
    play(rounds).await;
}

/// A broadcast at the moment of leaving comes before that, or not at all.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_comes_of_a_namespace_that_has_been_left() {
    let config = Config { max_queued_messages: 1 << 20, max_queued_bytes: 1 << 28, ..Config::default() };
    let server = Running::with(config).await;
    let (start, starts) = std::sync::mpsc::channel::<()>();
    let hub = server.hub.clone();
    let sender = tokio::task::spawn_blocking(move || {
        let message = Message::bare_event(&Prefix::event("/", "x"));
        while starts.recv().is_ok() {
            for _ in 0..2000 {
                hub.everyone("/").send(&message);
            }
        }
    });
    let mut client = server.joined().await;
    for _ in 0..100 {
        start.send(()).unwrap();
        client.say("42[\"leave\"]").await;
        while client.event().await != "41" {}
        client.say("40").await;
        let text = client.event().await;
        assert!(text.starts_with("40{"), "{text}");
    }
    drop(start);
    soon(sender).await.unwrap();
}
