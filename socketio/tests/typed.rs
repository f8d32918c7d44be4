//! Typed calls of the real client against a small server that answers through `typed`, rightly and wrongly.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::time::Duration;

use parlance_socketio::client::{Client, Config, Incoming, Signal};
use parlance_socketio::packet::{Event, Message, Prefix};
use parlance_socketio::server::{
    self, ConnectError, DisconnectReason, Handshake, Hub, Server, Service, Socket,
};
use parlance_socketio::typed::{Call, CallError, ErrorCode, Refused, call, decode_event, done, send};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::oneshot;

/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone, Copy, Debug, PartialEq)]
struct Lost;

impl ErrorCode for Lost {
    fn code(self) -> &'static str {
        "lost"
    }

    fn message(self) -> &'static str {
        "It is lost"
    }

    fn from_code(code: &str) -> Option<Self> {
        (code == "lost").then_some(Self)
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Number {
    number: i64,
    #[serde(default)]
    note: Option<String>,
}

/// Answers `double`; refuses `find`; acknowledges `odd` with its argument as it stands; says nothing to `silent`.
struct Small;

impl Service for Small {
    type Data = ();

    async fn connect(&self, _: Handshake<'_>) -> Result<(), ConnectError> {
        Ok(())
    }

    async fn connected(&self, _: &Socket<()>) {}

    async fn event(&self, socket: &Socket<()>, event: Event) {
        let reply = Prefix::event("/", "doubled");
        let call = Call::new(socket, &event, None);
        match event.name() {
            "double" => {
                let number: Number = event.decode().unwrap().unwrap();
                let reply_with = Number { number: number.number * 2, note: None };
                call.reply(&reply, &reply_with);
            }
            "touch" => call.done(),
            "find" => {
                let refused = async { Err::<(), _>(Refused::because(Lost, json!({ "last": "here" }))) };
                assert!(call.run(refused, "Internal error").await.is_none());
            }
            "break" => {
                let broken = async { Err::<(), Refused<Lost>>(Refused::internal("no disk")) };
                assert!(call.run(broken, "Internal error").await.is_none());
            }
            "odd" => {
                let text = format!("3{}[{}]", event.id().unwrap(), event.arguments());
                socket.send(Message::raw(&text));
            }
            "leave" => socket.disconnect(),
            "silent" => {}
            _ => call.refuse("unknown-event", "Unknown event", None),
        }
    }

    async fn disconnected(&self, _: &Socket<()>, _: DisconnectReason) {}
}

struct Running {
    url: String,
    hub: Hub,
    _stop: oneshot::Sender<()>,
}

fn start() -> Running {
    let listener = Server::<Small>::listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let hub = Hub::new();
    let server = Server::new(Small, hub.clone(), server::Config::default());
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(server.serve(listener, async {
        let _ = stopped.await;
    }));
    Running { url, hub, _stop: stop }
}

async fn connect(running: &Running, ack_timeout: Duration) -> (Client, Incoming) {
    let config = Config { ack_timeout, reconnection: None, ..Config::new(&running.url) };
    Client::connect(config).await.unwrap()
}

fn prefix(name: &str) -> Prefix {
    Prefix::event("/", name)
}

/// What comes of an acknowledgement.
async fn odd(client: &Client, acknowledgement: Value) -> Result<Number, CallError<Lost>> {
    call(client, &prefix("odd"), Some(&acknowledgement)).await
}

#[tokio::test]
async fn replies_and_refusals_are_typed() {
    let running = start();
    let (client, _incoming) = connect(&running, PATIENCE).await;
    let doubled: Result<Number, CallError<Lost>> =
        call(&client, &prefix("double"), Some(&Number { number: 21, note: None })).await;
    assert_eq!(doubled.unwrap(), Number { number: 42, note: None });
    let touched: Result<(), CallError<Lost>> = done(&client, &prefix("touch"), None::<&()>).await;
    touched.unwrap();

    let refused: Result<(), CallError<Lost>> = done(&client, &prefix("find"), None::<&()>).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused, CallError::Refused { error: Lost, details: Some(json!({ "last": "here" })) });
    assert_eq!(refused.to_string(), r#"It is lost (lost): {"last":"here"}"#);

    let denied: Result<Number, CallError<Lost>> = call(&client, &prefix("break"), None::<&()>).await;
    let denied = denied.unwrap_err();
    let (code, message) = ("internal".to_owned(), "Internal error".to_owned());
    assert_eq!(denied, CallError::Denied { code, message, details: None });
    assert_eq!(denied.to_string(), "Internal error (internal)");
}

#[tokio::test]
async fn names_that_nobody_knows_are_refused() {
    let running = start();
    let (client, _incoming) = connect(&running, PATIENCE).await;
    let (long, cut) = ("n".repeat(129), format!("{} …", "n".repeat(124)));
    // One that is too long is not repeated by the server.
    for (name, told) in [("a\0b", "a\0b"), ("a\nb", "a\nb"), ("", ""), ("\"]", "\"]"), (&long, &cut)] {
        let answer = client.call(&prefix(name), None::<&()>).await.unwrap();
        let refusal = json!({ "message": "Unknown event", "code": "unknown-event", "event": told });
        let answer: Value = serde_json::from_str(answer.get()).unwrap();
        assert_eq!(answer, json!({ "error": refusal }), "{name:?}");
    }
    let touched: Result<(), CallError<Lost>> = done(&client, &prefix("touch"), None::<&()>).await;
    touched.unwrap();
}

#[tokio::test]
async fn an_answer_may_hold_more_but_not_less() {
    let running = start();
    let (client, _incoming) = connect(&running, PATIENCE).await;
    let more = json!({ "data": { "number": 1, "new": true }, "took": 3 });
    assert_eq!(odd(&client, more).await.unwrap(), Number { number: 1, note: None });
    for (unusable, why) in [
        (json!(null), "null"),
        (json!("fine"), "fine"),
        (json!({}), "neither `data` nor `error`"),
        (json!({ "data": null }), "null"),
        (json!({ "data": { "number": "one" } }), "expected i64"),
        (json!({ "data": {} }), "missing field `number`"),
        (json!({ "error": "no" }), "no"),
        (json!({ "error": { "message": "no" } }), "missing field `code`"),
    ] {
        match odd(&client, unusable.clone()).await {
            Err(CallError::Unexpected(text)) => assert!(text.contains(why), "{unusable}: {text}"),
            other => panic!("{unusable}: {other:?}"),
        }
    }
    let long = odd(&client, json!({ "data": "x".repeat(10_000) })).await.unwrap_err().to_string();
    assert!(long.len() < 500 && long.ends_with('…'), "{long}");
    let nothing: Result<(), CallError<Lost>> =
        done(&client, &prefix("odd"), Some(&json!({ "data": null }))).await;
    nothing.unwrap();
}

#[tokio::test]
async fn no_answer_is_told_by_its_cause() {
    let running = start();
    let (client, _incoming) = connect(&running, Duration::from_millis(20)).await;
    let silent: Result<(), CallError<Lost>> = done(&client, &prefix("silent"), None::<&()>).await;
    assert_eq!(silent, Err(CallError::Timeout));

    let (client, mut incoming) = connect(&running, PATIENCE).await;
    let leaving: Result<(), CallError<Lost>> = done(&client, &prefix("leave"), None::<&()>).await;
    assert_eq!(leaving, Err(CallError::Disconnected));
    while tokio::time::timeout(PATIENCE, incoming.next()).await.unwrap().is_some() {}
    let closed: Result<(), CallError<Lost>> = done(&client, &prefix("touch"), None::<&()>).await;
    assert_eq!(closed, Err(CallError::Closed));
}

#[tokio::test]
async fn events_are_decoded_and_nothing_is_an_empty_object() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Loose {
        #[serde(default)]
        number: i64,
    }
    let running = start();
    let (client, mut incoming) = connect(&running, PATIENCE).await;
    let everyone = running.hub.everyone("/");
    send(&everyone, &prefix("a"), &json!({ "number": 7, "new": 1 }));
    send(&everyone, &prefix("b"), &json!(null));
    parlance_socketio::typed::send_bare(&everyone, &prefix("c"));
    send(&everyone, &prefix("d"), &json!({ "number": "x" }));
    let mut got = Vec::new();
    while got.len() < 4 {
        match tokio::time::timeout(PATIENCE, incoming.next()).await.unwrap() {
            Some(Signal::Event(event)) => {
                got.push((decode_event::<Loose>(&event), decode_event::<Number>(&event)))
            }
            Some(_) => {}
            None => panic!("the connection has ended"),
        }
    }
    let loose: Vec<_> = got.iter().map(|(loose, _)| loose.as_ref().ok().map(|loose| loose.number)).collect();
    assert_eq!(loose, [Some(7), Some(0), Some(0), None]);
    let why: Vec<_> =
        got.iter().map(|(_, strict)| strict.as_ref().err().cloned().unwrap_or_default()).collect();
    assert_eq!(why[0], "");
    assert!(why[1].starts_with("no payload: missing field `number`"), "{why:?}");
    assert!(why[2].starts_with("no payload: missing field `number`"), "{why:?}");
    assert!(why[3].contains("expected i64"), "{why:?}");
    client.close();
}
