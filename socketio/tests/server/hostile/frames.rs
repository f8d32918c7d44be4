//! Websocket frames (RFC 6455 section 5).

use std::time::{Duration, Instant};

use parlance_socketio::server::Config;
use tokio::io::AsyncWriteExt;

use crate::support::raw::{frame, text};
use crate::support::{Running, soon};

tests!(
    frames_that_break_the_standard_are_closed_with_1002,
    lengths_that_no_message_has_are_refused_at_once,
    text_is_utf_8_and_judged_as_it_comes,
    a_message_has_so_many_fragments_and_so_much_time,
    a_flood_of_pings_is_closed_within_a_second,
    closes_are_answered_as_the_standard_says,
    nothing_counts_after_a_close,
    who_is_told_to_go_and_stays_is_hung_up_on,
    who_is_told_to_go_and_floods_is_hung_up_on_sooner,
    deflate_is_not_negotiated,
);

/// With times in which nothing ends by itself.
async fn patient() -> Running {
    Running::with(Config::default()).await
}

async fn code(server: &Running, frames: &[u8]) -> Option<u16> {
    server.answer_to(frames).await.map(|(code, _)| code)
}

#[tokio::test]
async fn frames_that_break_the_standard_are_closed_with_1002() {
    let server = patient().await;
    let first_bytes = |bytes: &[u8]| bytes.iter().map(|first| frame(*first, b"x")).collect::<Vec<_>>();
    for (name, frames) in [
        ("RSV1, deflate was not negotiated", first_bytes(&[0xc1, 0xc2, 0xc9, 0xca, 0xc8])),
        ("RSV2", first_bytes(&[0xa1, 0xa2, 0xa9, 0xaa, 0xa8])),
        ("RSV3", first_bytes(&[0x91, 0x92, 0x99, 0x9a, 0x98])),
        ("an opcode of data that is none", first_bytes(&[0x83, 0x84, 0x85, 0x86, 0x87])),
        ("one of control", first_bytes(&[0x8b, 0x8c, 0x8d, 0x8e, 0x8f])),
        ("a fragmented close, ping, pong", first_bytes(&[0x08, 0x09, 0x0a])),
    ] {
        for bytes in frames {
            let closed = server.answer_to(&bytes).await;
            assert_eq!(closed, Some((1002, "parse error".into())), "{name}: {:#x}", bytes[0]);
        }
    }
    for (name, bytes) in [
        ("a ping of 126 bytes", frame(0x89, &[0; 126])),
        ("a close of 126 bytes", frame(0x88, &[3, 232].repeat(63))),
        ("a continuation of nothing", frame(0x80, b"x")),
        ("a message within another", [frame(0x01, b"4"), frame(0x81, b"4")].concat()),
        ("not masked", b"\x81\x01x".to_vec()),
        ("a length of 5 in two bytes", b"\x81\xfe\x00\x05\0\0\0\0xxxxx".to_vec()),
        ("a length of 5 in eight bytes", b"\x81\xff\0\0\0\0\0\0\0\x05\0\0\0\0xxxxx".to_vec()),
    ] {
        assert_eq!(server.answer_to(&bytes).await, Some((1002, "parse error".into())), "{name}");
    }
    server.healthy().await;
}

#[tokio::test]
async fn lengths_that_no_message_has_are_refused_at_once() {
    let server = patient().await;
    for length in [1_000_001u64, 1 << 62, 1 << 63, u64::MAX] {
        let bytes = [&[0x81, 0xff][..], &length.to_be_bytes(), &[0; 4]].concat();
        assert_eq!(code(&server, &bytes).await, Some(1009), "{length}");
    }
    let half = vec![b'4'; 600_000];
    assert_eq!(code(&server, &[frame(0x01, &half), frame(0x80, &half)].concat()).await, Some(1009), "in two");
    assert_eq!(server.stats.snapshot().violations, 5);
    server.healthy().await;
}

#[tokio::test]
async fn text_is_utf_8_and_judged_as_it_comes() {
    let server = patient().await;
    assert_eq!(code(&server, &frame(0x81, b"4\xff")).await, Some(1007));
    assert_eq!(code(&server, &frame(0x81, b"4\xed\xa0\x80")).await, Some(1007), "a lone surrogate");
    // The first bad fragment suffices, also where only what came before it makes it bad; a character in two fragments is none of
    // those.
    assert_eq!(code(&server, &frame(0x01, b"4\xff")).await, Some(1007));
    let surrogate = [frame(0x01, b"4\xed"), frame(0x00, b"\xa0\x80")].concat();
    assert_eq!(code(&server, &surrogate).await, Some(1007), "a lone surrogate in two of more fragments");
    let beyond = [frame(0x01, b"4\xf4"), frame(0x00, b"\x90")].concat();
    assert_eq!(code(&server, &beyond).await, Some(1007), "beyond the last character");
    let mut raw = server.raw_joined().await;
    let (head, tail) = r#"42["message","ü"]"#.as_bytes().split_at(14);
    raw.send(&[frame(0x01, head), frame(0x80, tail)].concat()).await;
    assert_eq!(raw.text().await, r#"42["message-back","ü"]"#);
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn a_message_has_so_many_fragments_and_so_much_time() {
    let server =
        Running::with(Config { message_timeout: Duration::from_millis(200), ..Config::default() }).await;
    let message = |empty: usize| {
        let head = frame(0x01, br#"42["message","#);
        [head, frame(0x00, b"").repeat(empty), frame(0x80, b"1]")].concat()
    };
    let mut raw = server.raw_joined().await;
    raw.send(&message(1022)).await;
    assert_eq!(raw.text().await, r#"42["message-back",1]"#, "1024 fragments");
    raw.send(&message(1022)).await;
    assert_eq!(raw.text().await, r#"42["message-back",1]"#, "of each message");
    raw.send(&message(1023)).await;
    assert_eq!(raw.closed().await, Some((1008, "policy violation".into())));
    // A message that does not end, in fragments and in one frame.
    for unfinished in [frame(0x01, b"42["), vec![0x81, 0x85, 0, 0, 0, 0, b'4']] {
        let start = Instant::now();
        let closed = server.answer_to(&unfinished).await;
        assert_eq!(closed, Some((1008, "policy violation".into())));
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn a_flood_of_pings_is_closed_within_a_second() {
    let server = patient().await;
    let mut raw = server.raw_joined().await;
    let start = Instant::now();
    // A million of six bytes, of which none is waited for: the connection is closed long before they are all written.
    let pings = frame(0x89, b"").repeat(1000);
    let mut sent = 0;
    while sent < 1000 && raw.stream.write_all(&pings).await.is_ok() {
        sent += 1;
        if server.stats.snapshot().violations > 0 {
            break;
        }
    }
    assert_eq!(raw.closed().await, Some((1008, "policy violation".into())));
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    drop(raw);
    // A hundred at once are nobody's fault.
    let mut raw = server.raw_joined().await;
    raw.send(&frame(0x89, b"p").repeat(100)).await;
    for _ in 0..100 {
        assert_eq!(raw.frame().await, Some((0x8a, b"p".to_vec())));
    }
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn closes_are_answered_as_the_standard_says() {
    let server = patient().await;
    // (what the client sends, what it is answered with)
    for (name, payload, expected) in [
        ("nothing", &b""[..], None),
        ("1000", b"\x03\xe8bye", Some(1000)),
        ("4999, a code of its own", b"\x13\x87", Some(4999)),
        ("999", b"\x03\xe7", Some(1002)),
        ("1005, which is never sent", b"\x03\xed", Some(1002)),
        ("5000", b"\x13\x88", Some(1002)),
        ("one byte", b"\x03", Some(1002)),
        ("a reason that is no UTF-8", b"\x03\xe8\xff", Some(1007)),
    ] {
        assert_eq!(code(&server, &frame(0x88, payload)).await, expected, "{name}");
    }
    server.healthy().await;
}

#[tokio::test]
async fn nothing_counts_after_a_close() {
    let server = patient().await;
    let frames =
        [frame(0x88, b"\x03\xe8"), text(r#"42["message",1]"#), frame(0x89, b"").repeat(200)].concat();
    let mut raw = server.raw_joined().await;
    raw.send(&frames).await;
    assert_eq!(raw.frame().await, Some((0x88, b"\x03\xe8".to_vec())));
    assert_eq!(raw.frame().await, None);
    drop(raw);
    server.idle().await;
    assert_eq!(server.log(), ["gone / transport close"]);
    server.healthy().await;
}

#[tokio::test]
async fn who_is_told_to_go_and_stays_is_hung_up_on() {
    let server =
        Running::with(Config { close_timeout: Duration::from_millis(100), ..Config::default() }).await;
    let mut raw = server.raw_joined().await;
    let start = Instant::now();
    raw.send(&text("nonsense")).await;
    assert_eq!(raw.closed().await.unwrap().0, 1002);
    // It neither answers nor goes.
    server.idle().await;
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    drop(raw);
    server.healthy().await;
}

#[tokio::test]
async fn who_is_told_to_go_and_floods_is_hung_up_on_sooner() {
    let server = Running::with(Config { close_timeout: Duration::from_secs(60), ..Config::default() }).await;
    let mut raw = server.raw_joined().await;
    raw.send(&text("nonsense")).await;
    assert_eq!(raw.closed().await.unwrap().0, 1002);
    let more = frame(0x82, &[0; 100]).repeat(1000);
    soon(async { while raw.stream.write_all(&more).await.is_ok() {} }).await;
    drop(raw);
    server.idle().await;
    server.healthy().await;
}

#[tokio::test]
async fn deflate_is_not_negotiated() {
    let server = patient().await;
    let extensions = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";
    let mut raw = server.connect().await;
    raw.send(crate::support::raw::upgrade("", extensions).as_bytes()).await;
    let head = raw.head().await;
    assert!(head.starts_with("HTTP/1.1 101") && !head.to_lowercase().contains("extensions"), "{head}");
    assert!(raw.text().await.starts_with("0{"));
    // Who compresses all the same is told that this was not agreed on: `40`, deflated.
    raw.send(&frame(0xc1, b"\x32\x31\x00\x00")).await;
    assert_eq!(raw.closed().await, Some((1002, "parse error".into())));
    drop(raw);
    server.healthy().await;
}
