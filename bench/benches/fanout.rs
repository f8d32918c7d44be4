//! One message to everybody in a room.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use divan::Bencher;
use divan::counter::ItemsCount;
use parlance_bench::protocol::{server_events::Said, types::RoomName};
use parlance_bench::{Local, PLAIN, of_length};
use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::Room;

fn main() {
    divan::main();
}

const SOCKETS: [usize; 3] = [10, 100, 1000];

/// A server with so many sockets in a room, and what is said there.
fn start(sockets: usize) -> (Local, Room, Prefix, Said) {
    let (local, room) = (Local::start(sockets).unwrap(), Room::new("r1"));
    assert!(local.sockets.iter().all(|socket| socket.join(&room)));
    let said = Said { room: RoomName::new("r1").unwrap(), seq: 1, text: of_length(PLAIN, 128) };
    (local, room, Prefix::event("/", "said"), said)
}

/// Encoded once and put into every queue. That it is written is not counted; it happens before the next sample, which is one turn
/// for that reason.
#[divan::bench(args = SOCKETS, sample_size = 1, sample_count = 500)]
fn queue(bencher: Bencher<'_, '_>, sockets: usize) {
    let (mut local, room, prefix, said) = start(sockets);
    let hub = local.hub.clone();
    let mut waiting = 0;
    bencher
        .counter(ItemsCount::new(sockets))
        .with_inputs(|| {
            local.receive(std::mem::take(&mut waiting)).unwrap();
            waiting += 1;
        })
        .bench_local_values(|()| {
            let message = Message::event(&prefix, &said).unwrap();
            assert_eq!(hub.to(&room).send(&message), sockets);
        });
}

/// And written, and read by all clients, which are on the same thread: the kernel's part of it counts, and theirs.
#[divan::bench(args = SOCKETS)]
fn deliver(bencher: Bencher<'_, '_>, sockets: usize) {
    let (mut local, room, prefix, said) = start(sockets);
    bencher.counter(ItemsCount::new(sockets)).bench_local(|| {
        let message = Message::event(&prefix, &said).unwrap();
        assert_eq!(local.hub.to(&room).send(&message), sockets);
        local.receive(1).unwrap();
    });
}
