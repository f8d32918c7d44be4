//! `rust_socketio` against `examples/echo`. It does not wait until its namespace is joined, takes one attachment per packet,
//! and pongs without having been pinged: a server must put up with that.

use std::error::Error;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use rust_socketio::client::Client;
use rust_socketio::{ClientBuilder, Payload, TransportType};
use serde_json::{Value, json};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const PATIENCE: Duration = Duration::from_secs(15);

struct Peer {
    client: Client,
    auth: Receiver<Payload>,
    back: Receiver<Payload>,
    errors: Receiver<Payload>,
}

fn keep(queue: Sender<Payload>) -> impl FnMut(Payload, rust_socketio::RawClient) + Send {
    move |payload, _| {
        // Who does not listen any more has seen enough.
        let _ = queue.send(payload);
    }
}

impl Peer {
    fn connect(url: &str, transport: TransportType, namespace: &str) -> Outcome<Self> {
        let ((to_auth, auth), (to_back, back), (to_errors, errors)) = (channel(), channel(), channel());
        let client = ClientBuilder::new(url)
            .namespace(namespace)
            .auth(json!({"token": "Grüße"}))
            .transport_type(transport)
            .reconnect(false)
            .on("auth", keep(to_auth))
            .on("message-back", keep(to_back))
            .on("error", keep(to_errors))
            .connect()?;
        Ok(Self { client, auth, back, errors })
    }

    fn ask(&self, data: impl Into<Payload>) -> Outcome<Payload> {
        let (answers, answer) = channel();
        self.client.emit_with_ack("message-with-ack", data, PATIENCE, keep(answers))?;
        Ok(answer.recv_timeout(PATIENCE).map_err(|_| "no acknowledgement")?)
    }
}

fn same(what: &str, got: Payload, expected: Payload) -> Outcome {
    if got == expected { Ok(()) } else { Err(format!("{what}: got {got:?}, expected {expected:?}").into()) }
}

fn next(what: &str, queue: &Receiver<Payload>, expected: Payload) -> Outcome {
    same(what, queue.recv_timeout(PATIENCE).map_err(|_| format!("{what}: nothing came"))?, expected)
}

fn text(values: &[Value]) -> Payload {
    Payload::Text(values.to_vec())
}

fn play(url: &str, transport: TransportType, name: &str) -> Outcome {
    let peer = Peer::connect(url, transport, "/")?;
    // At once: CONNECT may still be on its way.
    peer.client.emit("message", json!({"first": "Grüße, 世界 🌍"}))?;
    next("CONNECT", &peer.auth, text(&[json!({"token": "Grüße"})]))?;
    next("at once", &peer.back, text(&[json!({"first": "Grüße, 世界 🌍"})]))?;

    peer.client.emit("message", Payload::Text(vec![json!(1), json!("2"), json!([null])]))?;
    next("arguments", &peer.back, text(&[json!(1), json!("2"), json!([null])]))?;

    // It wraps what is acknowledged in a list of its own.
    same("acknowledgement", peer.ask(json!({"a": 1}))?, text(&[json!([{"a": 1}])]))?;

    // Without 0x1e: over websocket it takes that for the end of a packet, also in bytes, and waits for ever.
    let bytes: Vec<u8> = (0..=255).filter(|byte| *byte != 0x1e).cycle().take(300_000).collect();
    peer.client.emit("message", bytes.clone())?;
    next("bytes", &peer.back, Payload::from(bytes))?;

    let long = "€".repeat(100_000);
    peer.client.emit("message", json!(long))?;
    next("300 kB of text", &peer.back, text(&[json!(long)]))?;

    for number in 0..200 {
        peer.client.emit("message", json!(number))?;
    }
    for number in 0..200 {
        next("order", &peer.back, text(&[json!(number)]))?;
    }
    if let Ok(error) = peer.errors.try_recv() {
        return Err(format!("it calls this an error: {error:?}").into());
    }
    peer.client.disconnect()?;
    println!("ok  {name}");
    Ok(())
}

/// More than one second of them: who does not pong would have been closed.
fn heartbeats(url: &str, transport: TransportType, name: &str) -> Outcome {
    let peer = Peer::connect(url, transport, "/")?;
    next("CONNECT", &peer.auth, text(&[json!({"token": "Grüße"})]))?;
    if let Ok(error) = peer.errors.recv_timeout(Duration::from_secs(2)) {
        return Err(format!("heartbeats: {error:?}").into());
    }
    peer.client.emit("message", json!("still here"))?;
    next("after heartbeats", &peer.back, text(&[json!("still here")]))?;
    peer.client.disconnect()?;
    println!("ok  heartbeats, {name}");
    Ok(())
}

/// It tells of a refusal as of an error.
fn refusal(url: &str) -> Outcome {
    let peer = Peer::connect(url, TransportType::Websocket, "/none")?;
    let told = peer.errors.recv_timeout(PATIENCE).map_err(|_| "nobody told of the refusal")?;
    if !format!("{told:?}").contains("Invalid namespace") {
        return Err(format!("the refusal is told as {told:?}").into());
    }
    println!("ok  /none");
    Ok(())
}

fn namespace(url: &str) -> Outcome {
    let peer = Peer::connect(url, TransportType::Websocket, "/custom")?;
    next("/custom", &peer.auth, text(&[json!({"token": "Grüße"})]))?;
    peer.client.disconnect()?;
    println!("ok  /custom");
    Ok(())
}

fn main() -> Outcome {
    let mut urls = std::env::args().skip(1);
    let url = urls.next().ok_or("the URL of the echo server is the first argument")?;
    let beating = urls.next().ok_or("that of one with heartbeats of 150 ms and 1 s is the second")?;
    println!("rust_socketio 0.6.0");
    for (transport, name) in [
        (TransportType::Polling, "polling alone"),
        (TransportType::WebsocketUpgrade, "polling, then upgrade"),
        (TransportType::Websocket, "websocket alone"),
    ] {
        play(&url, transport.clone(), name)?;
        heartbeats(&beating, transport, name)?;
    }
    namespace(&url)?;
    refusal(&url)
}
