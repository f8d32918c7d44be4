// What each fuzz target does with its input. Shared by the targets and by the smoke test of `socketio`, which runs on stable
// Rust; so it is an included file and not a module of a crate.

use std::time::{Duration, Instant};

use bytes::BytesMut;
use parlance_socketio::engine::{FrameError, FrameLimits, FrameScanner, Progress, Query, Whole};
use parlance_socketio::packet::{
    Event, PacketType, Payload, PayloadPacket, Text, check_placeholders, pack, parse_engine,
    parse_packet, unpack,
};

/// A polling body: every packet is taken out, each at most as long as the body, and never more than there are bytes.
pub fn polling_payload(data: &[u8]) {
    let Ok(body) = std::str::from_utf8(data) else { return };
    let mut payload = Payload::new(body);
    let mut packets = 0;
    while let Some(packet) = payload.next() {
        packets += 1;
        match packet {
            Ok(PayloadPacket::Text(_, text)) => assert!(text.len() < body.len()),
            Ok(PayloadPacket::Binary(binary)) => assert!(binary.len() < body.len()),
            Err(_) => assert!(payload.next().is_none(), "the first mistake ends it"),
        }
    }
    assert!(packets <= body.len() + 1);
}

/// A Socket.IO packet, its event and the places of its attachments.
pub fn packet(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = parse_engine(text);
    let Ok(packet) = parse_packet(text) else { return };
    assert!(text.ends_with(packet.data) && packet.attachments <= 10);
    if packet.kind.is_binary() {
        let _ = check_placeholders(packet.data, packet.attachments);
    }
    if matches!(packet.kind, PacketType::Event | PacketType::BinaryEvent) {
        let owned = Text::from(text.to_owned());
        let Ok(packet) = parse_packet(owned.as_str()) else { return };
        if let Ok(event) = Event::new(&owned, &packet, Vec::new()) {
            assert!(event.name().len() <= 128 && event.arguments().len() < text.len());
            let _ = event.all();
            // Whatever has read it, it is what `serde_json` would have read.
            let theirs = serde_json::from_str::<serde_json::Value>(event.arguments()).ok();
            assert_eq!(event.decode::<serde_json::Value>().ok().flatten(), theirs);
        }
    }
}

/// A Socket.IO packet of msgpack: what is read is a packet as text, not longer than allowed; it is written again, and that is
/// read as the same.
pub fn msgpack(data: &[u8]) {
    let message = data.to_vec().into();
    let limit = data.len() * 2;
    let Ok((text, attachments)) = unpack(&message, limit) else { return };
    assert!(text.len() <= limit && attachments.iter().map(|bytes| bytes.len()).sum::<usize>() < data.len());
    // What texts are refused for is left to where texts are read: namespaces that are too long.
    let Ok(packet) = parse_packet(text.as_str().get(1..).unwrap_or_default()) else { return };
    assert_eq!(packet.attachments, attachments.len());
    if packet.attachments > 0 && check_placeholders(packet.data, packet.attachments).is_err() {
        return;
    }
    let bytes: Vec<&[u8]> = attachments.iter().map(|bytes| &**bytes).collect();
    let packed = pack(text.as_str(), &bytes).expect("what was read can be written").into();
    let (again, same) = unpack(&packed, usize::MAX).expect("what was written can be read");
    assert_eq!((again, same), (text, attachments));
}

/// Frames of a websocket: however they are cut, the outcome is the same.
pub fn frame_stream(data: &[u8]) {
    let start = Instant::now();
    let limits = FrameLimits {
        control_per_second: 1,
        control_burst: 4,
        fragments: 4,
        message_time: Duration::from_secs(1),
    };
    let follow = |size: usize| {
        let mut scanner = FrameScanner::new(limits, start);
        let outcome = data.chunks(size).try_for_each(|mut chunk| {
            while !chunk.is_empty() {
                let count = scanner.scan(chunk, || start)?;
                chunk = &chunk[count..];
            }
            Ok::<_, FrameError>(())
        });
        (outcome, outcome.is_ok().then(|| scanner.deadline()))
    };
    let whole = follow(data.len().max(1));
    assert_eq!(follow(1), whole);
    assert_eq!(follow(3), whole);
    let messages = |size: usize| {
        let (mut unread, mut progress, mut messages) = (BytesMut::new(), Progress::default(), Vec::new());
        for chunk in data.chunks(size) {
            unread.extend_from_slice(chunk);
            loop {
                match progress.next(&mut unread, 1 << 16) {
                    Ok(Whole::Partial(_)) => break,
                    Ok(Whole::Other) => return (messages, None),
                    Ok(message) => messages.push(message),
                    Err(invalid) => return (messages, Some(invalid)),
                }
            }
        }
        (messages, None)
    };
    let whole = messages(data.len().max(1));
    assert_eq!(messages(1), whole);
    assert_eq!(messages(3), whole);
}

/// The query of a request.
pub fn handshake_query(data: &[u8]) {
    let Ok(query) = std::str::from_utf8(data) else { return };
    if let Ok(parsed) = Query::parse(query) {
        assert!(query.contains("transport="));
        assert!(parsed.sid.is_none_or(|sid| query.contains(sid)));
    }
}
