//! An event from the bytes of its frame to the bytes of its answer, through a generated service; and the same through a
//! server and the kernel.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use bytes::{Bytes, BytesMut};
use divan::Bencher;
use divan::counter::ItemsCount;
use parlance_bench::{ESCAPED, Local, Shared, masked, now, of_length};
use parlance_socketio::engine::{Progress, Whole};
use parlance_socketio::packet::{Event, parse_engine, parse_packet};
use parlance_socketio::server::{Service, Socket};
use serde_json::json;

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [64, 1024, 16384];

/// Events that come together: how many of them are handled before the answers are taken away, which is not counted.
const TOGETHER: usize = 64;

/// An event of one object, decoded into the document's struct, answered by an event of the same fields.
#[divan::bench(args = SIZES, sample_size = 1, sample_count = 500)]
fn typed(bencher: Bencher<'_, '_>, size: usize) {
    let payload = json!({ "room": "r1", "seq": 1, "text": of_length(ESCAPED, size) });
    handle(bencher, &format!(r#"42["say",{payload}]"#), br#"42["said",{"#);
}

/// An event of any value, answered by an event of the same.
#[divan::bench(args = SIZES, sample_size = 1, sample_count = 500)]
fn any(bencher: Bencher<'_, '_>, size: usize) {
    let payload = json!({ "room": "r1", "seq": 1, "text": of_length(ESCAPED, size) });
    handle(bencher, &format!(r#"42["anything",{payload}]"#), br#"42["anything-back",{"#);
}

/// An event that wants an acknowledgement and gets it.
#[divan::bench(sample_size = 1, sample_count = 500)]
fn acknowledged(bencher: Bencher<'_, '_>) {
    handle(bencher, r#"427["ask",{"seq":7}]"#, b"437[7]");
}

/// An event whose payload is not what the document says: what was wrong is found and said.
#[divan::bench(sample_size = 1, sample_count = 500)]
fn refused(bencher: Bencher<'_, '_>) {
    handle(bencher, r#"427["ask",{"seq":"seven"}]"#, br#"437[{"error":{"#);
}

/// Without the kernel: frames in memory to answers in the queue of a connection that nothing is written to meanwhile. A sample
/// is one turn, because before each the answers to the one before are awaited.
fn handle(bencher: Bencher<'_, '_>, packet: &str, answer: &[u8]) {
    let mut local = Local::start(1).unwrap();
    let frame = masked(packet);
    local.run(async |clients| {
        let client = clients.first_mut().unwrap();
        client.send(&frame).await.unwrap();
        client.expect(answer).await.unwrap();
    });
    let (service, socket) = (local.service.clone(), local.sockets.first().unwrap().clone());
    let frames = frame.repeat(TOGETHER);
    let mut waiting = 0;
    bencher
        .counter(ItemsCount::new(TOGETHER))
        .with_inputs(|| {
            local.receive(std::mem::take(&mut waiting)).unwrap();
            waiting += TOGETHER;
            BytesMut::from(&*frames)
        })
        .bench_local_values(|data| work(&service, &socket, data));
}

/// All that has come of one client.
fn work(service: &Shared, socket: &Socket<<Shared as Service>::Data>, mut data: BytesMut) -> BytesMut {
    let mut progress = Progress::default();
    while let Whole::Text(text) = progress.next(&mut data, 1 << 20).unwrap() {
        let (_, packet) = parse_engine(text.as_str()).unwrap();
        let packet = parse_packet(packet).unwrap();
        let event = Event::new(&text, &packet, Vec::<Bytes>::new()).unwrap();
        now(service.event(socket, event)).expect("the handlers wait for nothing");
    }
    data
}

/// Through the kernel, the client's part of it included: so many events are sent together, and their answers awaited.
#[divan::bench(args = [1, 16])]
fn loopback(bencher: Bencher<'_, '_>, together: usize) {
    let mut local = Local::start(1).unwrap();
    let payload = json!({ "room": "r1", "seq": 1, "text": of_length(ESCAPED, 64) });
    let frames = masked(&format!(r#"42["say",{payload}]"#)).repeat(together);
    bencher.counter(ItemsCount::new(together)).bench_local(|| {
        local.run(async |clients| clients.first_mut().unwrap().send(&frames).await.unwrap());
        local.receive(together).unwrap();
    });
}
