//! Socket.IO packets: text to payload, payload to text, with attachments, and as msgpack.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt;

use bytes::Bytes;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use parlance_bench::protocol::{client_events::Say, server_events::Said, types::RoomName};
use parlance_bench::{ESCAPED, PLAIN, of_length};
use parlance_socketio::packet::{
    Binary, Event, Growing, Message, Prefix, Text, check_placeholders, pack, parse_engine, parse_packet,
    unpack,
};
use serde_json::{Value, json};

fn main() {
    divan::main();
}

/// A text in a payload.
#[derive(Clone, Copy)]
struct Sample(&'static str, &'static str, usize);

impl fmt::Display for Sample {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.0, self.2)
    }
}

const SAMPLES: [Sample; 6] = [
    Sample("plain", PLAIN, 64),
    Sample("plain", PLAIN, 1024),
    Sample("plain", PLAIN, 16384),
    Sample("escaped", ESCAPED, 64),
    Sample("escaped", ESCAPED, 1024),
    Sample("escaped", ESCAPED, 16384),
];

/// Bytes of attachments.
const SIZES: [usize; 3] = [64, 1024, 16384];

impl Sample {
    fn text(self) -> String {
        of_length(self.1, self.2)
    }

    /// As a client sends it, with the Engine.IO `4`.
    fn packet(self) -> Text {
        let payload = json!({ "room": "r1", "seq": 1, "text": self.text() });
        format!(r#"42["say",{payload}]"#).into()
    }

    fn said(self) -> Said {
        Said { room: RoomName::new("r1").unwrap(), seq: 1, text: self.text() }
    }
}

/// The way of a text that has come until it is an event.
fn event(text: &Text, attachments: Vec<Bytes>) -> Event {
    let (_, packet) = parse_engine(text.as_str()).unwrap();
    let packet = parse_packet(packet).unwrap();
    if packet.kind.is_binary() {
        check_placeholders(packet.data, packet.attachments).unwrap();
    }
    Event::new(text, &packet, attachments).unwrap()
}

/// Its name and its arguments are found; they are not read.
#[divan::bench(args = SAMPLES)]
fn parse(bencher: Bencher<'_, '_>, sample: Sample) {
    let text = sample.packet();
    bencher.bench(|| event(black_box(&text), Vec::new()));
}

/// And they are read, as what the document says.
#[divan::bench(args = SAMPLES)]
fn parse_typed(bencher: Bencher<'_, '_>, sample: Sample) {
    let text = sample.packet();
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| event(black_box(&text), Vec::new()).decode::<Say>().unwrap().unwrap());
}

/// And they are read, as whatever they are: `any`.
#[divan::bench(args = SAMPLES)]
fn parse_any(bencher: Bencher<'_, '_>, sample: Sample) {
    let text = sample.packet();
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| event(black_box(&text), Vec::new()).decode::<Value>().unwrap().unwrap());
}

/// A payload that the document describes becomes a frame.
#[divan::bench(args = SAMPLES)]
fn encode_typed(bencher: Bencher<'_, '_>, sample: Sample) {
    let (prefix, said) = (Prefix::event("/", "said"), sample.said());
    let size = Message::event(&prefix, &said).unwrap().size();
    bencher.counter(BytesCount::new(size)).bench(|| Message::event(&prefix, black_box(&said)).unwrap());
}

/// Any payload becomes a frame.
#[divan::bench(args = SAMPLES)]
fn encode_any(bencher: Bencher<'_, '_>, sample: Sample) {
    let prefix = Prefix::event("/", "said");
    let payload = json!({ "room": "r1", "seq": 1, "text": sample.text() });
    let size = Message::event(&prefix, &payload).unwrap().size();
    bencher.counter(BytesCount::new(size)).bench(|| Message::event(&prefix, black_box(&payload)).unwrap());
}

/// A text that was sent before becomes a frame again, 80 characters longer.
#[divan::bench(args = SAMPLES)]
fn encode_growing(bencher: Bencher<'_, '_>, sample: Sample) {
    let prefix = Prefix::event("/", "said");
    let (mut text, more) = (Growing::new(), of_length(sample.1, 80));
    text.push_str(&sample.text());
    let size = Message::event(&prefix, &text).unwrap().size();
    bencher.counter(BytesCount::new(size)).with_inputs(|| text.clone()).bench_values(|mut text| {
        text.push_str(black_box(&more));
        Message::event(&prefix, &text).unwrap()
    });
}

/// An event with an attachment that has come.
#[divan::bench(args = SIZES)]
fn parse_attachment(bencher: Bencher<'_, '_>, size: usize) {
    let text = Text::from(r#"451-["say",{"_placeholder":true,"num":0}]"#);
    let bytes = Bytes::from(vec![7; size]);
    bencher.bench(|| {
        let event = event(black_box(&text), vec![bytes.clone()]);
        event.decode::<Binary>().unwrap().unwrap()
    });
}

/// Bytes become an event with an attachment.
#[divan::bench(args = SIZES)]
fn encode_attachment(bencher: Bencher<'_, '_>, size: usize) {
    let (prefix, bytes) = (Prefix::event("/", "said"), Binary(Bytes::from(vec![7; size])));
    bencher.counter(BytesCount::new(size)).bench(|| Message::event(&prefix, black_box(&bytes)).unwrap());
}

/// A packet of msgpack becomes the text that it would have been.
#[divan::bench(args = SAMPLES)]
fn unpack_msgpack(bencher: Bencher<'_, '_>, sample: Sample) {
    let packed = Bytes::from(pack(sample.packet().as_str(), &[]).unwrap());
    bencher.counter(BytesCount::new(packed.len())).bench(|| unpack(black_box(&packed), 1_000_000).unwrap());
}

/// And a text msgpack.
#[divan::bench(args = SAMPLES)]
fn pack_msgpack(bencher: Bencher<'_, '_>, sample: Sample) {
    let text = sample.packet();
    bencher.counter(BytesCount::new(text.len())).bench(|| pack(black_box(text.as_str()), &[]).unwrap());
}
