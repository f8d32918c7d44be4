//! Our client against Node's server, which `tests/interop/node-server.mjs` is; `cargo xtask interop node-server` runs both.

use std::error::Error;
use std::future::Future;
use std::time::Duration;

use parlance_socketio::client::{
    Backoff, CallError, Client, Config, ConnectError, Incoming, Parser, Reason, Signal, Transports,
};
use parlance_socketio::packet::{Args, Binary, Event, Prefix};
use serde_json::{Value, json};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const PATIENCE: Duration = Duration::from_secs(15);

async fn soon<T>(what: &str, future: impl Future<Output = T>) -> Outcome<T> {
    Ok(tokio::time::timeout(PATIENCE, future).await.map_err(|_| format!("{what}: nothing within 15 s"))?)
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, got: T, expected: T) -> Outcome {
    if got == expected { Ok(()) } else { Err(format!("{what}: got {got:?}, expected {expected:?}").into()) }
}

fn prefix(name: &str) -> Prefix {
    Prefix::event("/", name)
}

fn config(url: &str, transports: Transports) -> Config {
    let soon = Duration::from_millis(20);
    Config {
        auth: json!({"token": "Grüße"}).into(),
        parser: parser(),
        transports,
        reconnection: Some(Backoff { first: soon, cap: soon * 5, ..Backoff::default() }),
        ..Config::new(url)
    }
}

/// As the server was told, behind its URL.
fn parser() -> Parser {
    match std::env::args().nth(2).as_deref() {
        Some("msgpack") => Parser::Msgpack,
        _ => Parser::Json,
    }
}

async fn signal(incoming: &mut Incoming) -> Outcome<Signal> {
    loop {
        match soon("a signal", incoming.next()).await?.ok_or("the client gave up")? {
            Signal::Failed { .. } => {}
            signal => return Ok(signal),
        }
    }
}

/// The next event, which must have this name.
async fn event(incoming: &mut Incoming, name: &str) -> Outcome<Event> {
    match signal(incoming).await? {
        Signal::Event(event) if event.name() == name => Ok(event),
        other => Err(format!("expected {name}, got {other:?}").into()),
    }
}

/// The first argument of the next event, which must have this name.
async fn argument(incoming: &mut Incoming, name: &str) -> Outcome<Value> {
    Ok(event(incoming, name)
        .await?
        .decode::<Value>()
        .map_err(|why| format!("{name}: {why:?}"))?
        .unwrap_or_default())
}

async fn welcome(incoming: &mut Incoming) -> Outcome {
    match signal(incoming).await? {
        Signal::Connected { recovered: false } => {}
        other => return Err(format!("expected to be connected, got {other:?}").into()),
    }
    same("auth", argument(incoming, "auth").await?, json!({"token": "Grüße"}))
}

async fn connected(config: Config) -> Outcome<(Client, Incoming)> {
    let (client, mut incoming) = soon("connecting", Client::connect(config)).await??;
    welcome(&mut incoming).await?;
    Ok((client, incoming))
}

async fn echoes(client: &Client, incoming: &mut Incoming, what: &str, args: Args) -> Outcome {
    client.emit_args(&prefix("message"), &args)?;
    let back = event(incoming, "message-back").await?.args().unwrap_or_default();
    same(what, format!("{back:?}"), format!("{args:?}"))?;
    let acknowledged = soon(what, client.call_args(&prefix("message-with-ack"), &args)).await??;
    same(what, format!("{acknowledged:?}"), format!("{args:?}"))
}

async fn exchange(url: &str, transports: Transports) -> Outcome {
    let (client, mut incoming) = connected(config(url, transports)).await?;
    let expected = if transports == Transports::Polling { "polling" } else { "websocket" };
    // The upgrade is made while messages are on their way, and a moment later.
    let mut carrier = String::new();
    let mut asked = 0;
    while carrier != expected && asked < 1_000 {
        let answer = soon("the transport", client.call(&prefix("transport"), None::<&Value>)).await??;
        carrier = serde_json::from_str(answer.get())?;
        asked += 1;
    }
    same("the transport", carrier.as_str(), expected)?;

    let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    echoes(&client, &mut incoming, "text", Args::from_list(&("Grüße, 世界 🌍 \u{1e}", 1, [None::<()>]))?)
        .await?;
    echoes(&client, &mut incoming, "nothing", Args::none()).await?;
    let nested = (json!({"a": 1}), [Binary::from(vec![0, 255]), Binary::from(Vec::new())], "end");
    echoes(&client, &mut incoming, "bytes", Args::from_list(&nested)?).await?;
    echoes(&client, &mut incoming, "300 kB of text", Args::of(&"€".repeat(100_000))?).await?;
    echoes(&client, &mut incoming, "300 kB of bytes", Args::of(&Binary::from(bytes))?).await?;

    client.emit(&prefix("burst"), Some(&200))?;
    for number in 0..200 {
        same("order", argument(&mut incoming, "number").await?, json!(number))?;
    }
    client.emit(&prefix("ask"), Some(&"how?"))?;
    let question = event(&mut incoming, "question").await?;
    client.acknowledge(&question, &json!(["thus"]))?;
    same("the answer", argument(&mut incoming, "answered").await?, json!(["thus"]))?;

    // Bytes are asked, and are the answer.
    client.emit_args(&prefix("ask"), &Args::of(&Binary::from(vec![0, 0x1e, 255]))?)?;
    let question = event(&mut incoming, "question").await?;
    let asked = question.args().unwrap_or_default();
    client.acknowledge(&question, &asked.decode::<[Binary; 1]>()?)?;
    let answered = event(&mut incoming, "answered").await?.args().unwrap_or_default();
    same("the bytes of the answer", answered.attachments(), asked.attachments())?;
    same("the answer is not empty", answered.attachments().len(), 1)?;

    client.close();
    match signal(&mut incoming).await? {
        Signal::Disconnected { reason: Reason::IoClientDisconnect, will_retry: false, .. } => Ok(()),
        other => Err(format!("expected the end, got {other:?}").into()),
    }
}

/// Lost in two ways, each time to come back; then sent away, which is the end.
async fn losses(url: &str, transports: Transports) -> Outcome {
    let (client, mut incoming) = connected(config(url, transports)).await?;
    for how in ["cut", "restart"] {
        let before = client.socket_id();
        client.emit(&prefix(how), None::<&Value>)?;
        match signal(&mut incoming).await? {
            Signal::Disconnected { will_retry: true, reason, .. } if reason != Reason::PingTimeout => {}
            other => return Err(format!("{how}: expected to be disconnected, got {other:?}").into()),
        }
        client.emit(&prefix("message"), Some(&"kept"))?;
        welcome(&mut incoming).await?;
        same("what was kept", argument(&mut incoming, "message-back").await?, json!("kept"))?;
        if client.socket_id() == before {
            return Err(format!("{how}: the id of the socket is still {before:?}").into());
        }
    }
    client.emit(&prefix("kick"), None::<&Value>)?;
    match signal(&mut incoming).await? {
        Signal::Disconnected { reason: Reason::IoServerDisconnect, will_retry: false, .. } => {}
        other => return Err(format!("expected to be sent away, got {other:?}").into()),
    }
    match soon("a call after the end", client.call(&prefix("message-with-ack"), Some(&1))).await? {
        Err(CallError::Closed) => Ok(()),
        other => Err(format!("expected a closed client, got {other:?}").into()),
    }
}

/// Connections are cut again and again; what is sent until it is acknowledged arrives in order.
async fn retries(url: &str, transports: Transports) -> Outcome {
    let retrying = Config { retries: 100, ..config(url, transports) };
    let (client, incoming) = connected(retrying).await?;
    // Nobody is interested in the events.
    drop(incoming);
    let mut answers = Vec::new();
    for number in 0..20 {
        if number % 5 == 0 {
            client.with_retries(0).emit(&prefix("cut"), None::<&Value>)?;
        }
        let args = Args::from_list(&(number, Binary::from(vec![number])))?;
        let answer = soon("a retry", client.call_args(&prefix("message-with-ack"), &args)).await??;
        answers.push(answer.decode::<(u8, Binary)>()?);
    }
    same("what was acknowledged", answers, (0..20).map(|number| (number, vec![number].into())).collect())
}

/// Node's server keeps what a connection missed that was cut off: it comes back as the same socket, and is given it once.
async fn recovery(url: &str, transports: Transports) -> Outcome {
    let keeping = Config { path: "/keeping/".into(), ..config(url, transports) };
    let (client, mut incoming) = connected(keeping).await?;
    let before = client.socket_id();
    for round in 0..3 {
        client.emit(&prefix("cut and say"), Some(&5))?;
        let (mut said, mut is_lost, mut is_back) = (Vec::new(), false, false);
        while !is_back || said.len() < 5 {
            match signal(&mut incoming).await? {
                Signal::Event(event) if event.name() == "number" => {
                    said.extend(event.decode::<u32>().map_err(|why| format!("{why:?}"))?);
                }
                Signal::Disconnected { will_retry: true, .. } if !is_lost => is_lost = true,
                Signal::Connected { recovered: true } if is_lost => is_back = true,
                other => return Err(format!("round {round}, after {said:?}: unexpected {other:?}").into()),
            }
        }
        same("what was missed", said, vec![0, 1, 2, 3, 4])?;
        same("the id of the socket", client.socket_id(), before.clone())?;
    }
    // Nothing of it comes again.
    client.emit(&prefix("message"), Some(&"after"))?;
    same("after it", argument(&mut incoming, "message-back").await?, json!("after"))?;
    client.close();
    Ok(())
}

async fn refusals(url: &str, transports: Transports) -> Outcome {
    let bad = Config { auth: json!({"token": "bad"}).into(), ..config(url, transports) };
    match soon("a refusal", Client::connect(bad)).await? {
        Err(ConnectError::Refused { message, data }) => {
            same("the refusal", message.as_str(), "Go away")?;
            same("its data", data, Some(json!({"code": "no", "details": [1, null]})))?;
        }
        other => return Err(format!("expected to be refused, got {other:?}").into()),
    }
    let unknown = Config { namespace: "/none".into(), ..config(url, transports) };
    match soon("a refusal", Client::connect(unknown)).await? {
        Err(ConnectError::Refused { message, data: None }) => {
            same("no namespace", message.as_str(), "Invalid namespace")
        }
        other => Err(format!("expected to be refused, got {other:?}").into()),
    }
}

async fn heartbeats(url: &str, transports: Transports) -> Outcome {
    let custom = Config { namespace: "/custom".into(), ..config(url, transports) };
    let (client, mut incoming) = connected(custom).await?;
    let beats = tokio::time::timeout(Duration::from_secs(1), incoming.next()).await;
    if let Ok(signal) = beats {
        return Err(format!("expected nothing for three heartbeats, got {signal:?}").into());
    }
    client.emit(&Prefix::event("/custom", "message"), Some(&1))?;
    same("after heartbeats", argument(&mut incoming, "message-back").await?, json!(1))
}

#[tokio::main]
async fn main() -> Outcome {
    let url = std::env::args().nth(1).ok_or("the URL of the server is the argument")?;
    for transports in [Transports::PollingThenWebSocket, Transports::WebSocket, Transports::Polling] {
        let at = |what: &'static str| move |why: Box<dyn Error>| format!("{transports:?}, {what}: {why}");
        exchange(&url, transports).await.map_err(at("exchange"))?;
        losses(&url, transports).await.map_err(at("losses"))?;
        retries(&url, transports).await.map_err(at("retries"))?;
        recovery(&url, transports).await.map_err(at("recovery"))?;
        refusals(&url, transports).await.map_err(at("refusals"))?;
        heartbeats(&url, transports).await.map_err(at("heartbeats"))?;
        println!("ok  {transports:?}, {:?}", parser());
    }
    Ok(())
}
