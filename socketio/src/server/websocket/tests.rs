//! Both directions of a websocket, byte by byte against a bare TCP peer.

use super::*;
use std::future::poll_fn;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

#[tokio::test]
async fn short_and_long_frames_arrive_whole_and_in_order() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut peer = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let (stream, _) = listener.accept().await.unwrap();
    let mut websocket = WebSocket::new(stream, Bytes::new(), &Config::default()).await;
    // One alone, many short ones, more than fit into one write, and long ones between short ones.
    let sizes = [vec![9], vec![3; 100], vec![SHORT; 100], (1..300).map(|at| at * 37 % 5000 + 1).collect()];
    let mut sent = Vec::new();
    for (round, sizes) in sizes.into_iter().enumerate() {
        let mut due = Vec::new();
        for (at, size) in sizes.into_iter().enumerate() {
            let frame = vec![(at * 7 + round) as u8; size];
            due.extend_from_slice(&frame);
            websocket.push(frame.into());
        }
        let mut came = vec![0; due.len()];
        let (written, read) =
            tokio::join!(poll_fn(|cx| websocket.poll_write(cx)), peer.read_exact(&mut came));
        written.unwrap();
        read.unwrap();
        assert!(came == due, "round {round}");
        assert_eq!((websocket.queued(), websocket.frames.len()), (0, 0));
        sent.push(due.len());
    }
    assert!(sent.iter().any(|bytes| *bytes > MAX_JOINED));
}

/// Both ends of a connection: the server's, and the peer's bytes.
async fn pair() -> (WebSocket, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let peer = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let (stream, _) = listener.accept().await.unwrap();
    (WebSocket::new(stream, Bytes::new(), &Config::default()).await, peer)
}

/// A client's frame; the mask is zero.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first, 0x80 | u8::try_from(payload.len()).unwrap(), 0, 0, 0, 0];
    frame.extend_from_slice(payload);
    frame
}

#[tokio::test]
async fn what_comes_in_one_piece_comes_out_in_order() {
    let (mut websocket, mut peer) = pair().await;
    let sent = [
        frame(0x81, b"a"),
        frame(0x01, b"b"),
        frame(0x89, b"1"),
        frame(0x89, b"2"),
        frame(0x00, b"c"),
        frame(0x8a, b""),
        frame(0x80, b"d"),
        frame(0x81, b"e"),
        frame(0x89, b"3"),
        frame(0x82, b"f"),
        frame(0x88, b""),
    ];
    peer.write_all(&sent.concat()).await.unwrap();
    let mut came = Vec::new();
    let reason = loop {
        match poll_fn(|cx| websocket.poll_read(cx)).await {
            Ok(Read::Text(text)) => came.push(text.to_string()),
            Ok(Read::Binary(binary)) => came.push(format!("{binary:?}")),
            Err(reason) => break reason,
        }
    };
    assert_eq!(reason, DisconnectReason::TransportClose);
    assert_eq!(came, ["a", "bcd", "e", "b\"f\""]);
    poll_fn(|cx| websocket.poll_write(cx)).await.unwrap();
    let mut answers = [0; 11];
    peer.read_exact(&mut answers).await.unwrap();
    assert_eq!(&answers, b"\x8a\x011\x8a\x012\x8a\x013\x88\x00");
}

#[tokio::test]
async fn a_ping_is_answered_as_soon_as_the_frame_that_is_being_written_ends() {
    let (mut websocket, mut peer) = pair().await;
    let long = vec![7; 16 << 20];
    websocket.push(long.clone().into());
    websocket.push(vec![8; 100].into());
    while poll_fn(|cx| Poll::Ready(websocket.poll_write(cx).is_ready())).await {}
    assert!(websocket.within_frame);
    peer.write_all(&frame(0x89, b"x")).await.unwrap();
    while websocket.inner.get_ref().control.is_empty() {
        poll_fn(|cx| {
            assert!(websocket.poll_read(cx).is_pending());
            Poll::Ready(())
        })
        .await;
        tokio::task::yield_now().await;
    }
    let mut came = vec![0; long.len() + 103];
    let (written, read) = tokio::join!(poll_fn(|cx| websocket.poll_write(cx)), peer.read_exact(&mut came));
    written.unwrap();
    read.unwrap();
    assert!(websocket.is_idle());
    // What is queued may go out together with the end of that frame.
    assert_eq!(&came[long.len() + 100..], b"\x8a\x01x");
}
