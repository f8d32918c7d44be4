//! What is around packets: frames of a websocket, bodies of long-polling.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::{Duration, Instant};

use bytes::BytesMut;
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use parlance_bench::{PLAIN, masked, of_length};
use parlance_socketio::engine::{FrameLimits, FrameScanner, Progress, Whole};
use parlance_socketio::packet::{Payload, PayloadPacket, RECORD_SEPARATOR};

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [64, 1024, 16384];

/// Packets of a body, and frames in what was read at once.
const TOGETHER: usize = 16;

/// A frame with a text: unmasked, looked at for UTF-8, handed on.
#[divan::bench(args = SIZES)]
fn unmask_text(bencher: Bencher<'_, '_>, size: usize) {
    let frame = masked(&of_length(PLAIN, size));
    bencher.counter(BytesCount::new(size)).with_inputs(|| BytesMut::from(&*frame)).bench_values(
        |mut data| {
            let whole = Progress::default().next(&mut data, 1 << 20).unwrap();
            assert!(matches!(whole, Whole::Text(_)));
            whole
        },
    );
}

/// A frame with bytes: unmasked, handed on.
#[divan::bench(args = SIZES)]
fn unmask_binary(bencher: Bencher<'_, '_>, size: usize) {
    let mut frame = masked(&of_length(PLAIN, size));
    *frame.first_mut().unwrap() = 0x82;
    bencher.counter(BytesCount::new(size)).with_inputs(|| BytesMut::from(&*frame)).bench_values(
        |mut data| {
            let whole = Progress::default().next(&mut data, 1 << 20).unwrap();
            assert!(matches!(whole, Whole::Binary(_)));
            whole
        },
    );
}

/// Headers of frames are counted as they pass.
#[divan::bench(args = SIZES)]
fn scan(bencher: Bencher<'_, '_>, size: usize) {
    let frames = masked(&of_length(PLAIN, size)).repeat(TOGETHER);
    let start = Instant::now();
    let limits = FrameLimits {
        control_per_second: 20,
        control_burst: 100,
        fragments: 1024,
        message_time: Duration::from_secs(30),
    };
    let scanner = FrameScanner::new(limits, start);
    bencher.counter(ItemsCount::new(TOGETHER)).with_inputs(|| scanner.clone()).bench_values(|mut scanner| {
        let mut rest = black_box(&*frames);
        while !rest.is_empty() {
            let passed = scanner.scan(rest, || start).unwrap();
            rest = rest.get(passed..).unwrap();
        }
        scanner
    });
}

/// A body of texts is taken apart.
#[divan::bench(args = SIZES)]
fn polling_text(bencher: Bencher<'_, '_>, size: usize) {
    take_apart(bencher, &format!(r#"42["say",{{"text":"{}"}}]"#, of_length(PLAIN, size)));
}

/// A body of bytes, which are base64 there.
#[divan::bench(args = SIZES)]
fn polling_binary(bencher: Bencher<'_, '_>, size: usize) {
    take_apart(bencher, &format!("b{}", "AQID".repeat(size / 3)));
}

fn take_apart(bencher: Bencher<'_, '_>, packet: &str) {
    let body = [packet; TOGETHER].join(&RECORD_SEPARATOR.to_string());
    bencher.counter(BytesCount::new(body.len())).bench(|| {
        let packets = Payload::new(black_box(&body)).map(|packet| match packet.unwrap() {
            PayloadPacket::Text(_, text) => text.len(),
            PayloadPacket::Binary(bytes) => bytes.len(),
        });
        packets.sum::<usize>()
    });
}
