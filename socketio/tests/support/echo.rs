//! What the server of the tests does: it echoes, and does what it is told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use parlance_socketio::packet::{Args, Event, Message, Prefix};
use parlance_socketio::server::{
    ConnectError, DisconnectReason, EngineMessage, EngineService, EngineSocket, Handshake, Room, Service,
    Socket,
};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

/// A service that echoes `message`, and acknowledges `message-with-ack`.
pub(super) struct Echo {
    pub(super) log: Log,
    pub(super) gate: Arc<Semaphore>,
}

/// What happened, in order.
pub(crate) type Log = Arc<Mutex<Vec<String>>>;

impl Echo {
    pub(super) fn new() -> Self {
        Self { log: Log::default(), gate: Arc::new(Semaphore::new(0)) }
    }
}

impl Service for Echo {
    type Data = Value;

    fn serves(&self, namespace: &str) -> bool {
        namespace == "/" || namespace == "/custom" || namespace.starts_with("/custom/")
    }

    async fn connect(&self, handshake: Handshake<'_>) -> Result<Value, ConnectError> {
        let auth: Value =
            handshake.auth.map_or_else(|| json!({}), |auth| serde_json::from_str(auth.get()).unwrap());
        if let Some(millis) = auth["takes"].as_u64() {
            tokio::time::sleep(Duration::from_millis(millis)).await;
        }
        if auth["token"] == "bad" {
            return Err(ConnectError { message: "Go away".into(), data: Some(json!({ "code": "no" })) });
        }
        Ok(auth)
    }

    fn may_restore(&self, before: &Value, now: &Value) -> bool {
        before["user"] == now["user"]
    }

    async fn connected(&self, socket: &Socket<Value>) {
        let prefix = Prefix::event(socket.namespace(), "auth");
        socket.send(Message::event(&prefix, socket.data()).unwrap());
    }

    async fn event(&self, socket: &Socket<Value>, event: Event) {
        self.log.lock().unwrap().push(event.name().to_owned());
        let comma = if event.arguments().is_empty() { "" } else { "," };
        match event.name() {
            "message" => {
                let text = format!(r#"["message-back"{comma}{}]"#, event.arguments());
                match event.attachments() {
                    [] => socket.send(Message::raw(&format!("2{text}"))),
                    some => socket.send(Message::raw_binary(&format!("5{}-{text}", some.len()), some)),
                }
            }
            "message-with-ack" => {
                let id = event.id().unwrap();
                if !event.attachments().is_empty() {
                    return socket.send(Message::ack_args(socket.namespace(), id, &event.args().unwrap()));
                }
                socket.send(Message::raw(&format!("3{id}[{}]", event.arguments())));
            }
            "wait" => self.gate.acquire().await.unwrap().forget(),
            "slow" => tokio::time::sleep(Duration::from_millis(400)).await,
            "panic" => panic!("on purpose"),
            "leave" => socket.disconnect(),
            "join" => drop(socket.join(&Room::new("room"))),
            "quit" => drop(socket.leave(&Room::new("room"))),
            name @ ("ask" | "ask-patiently") => {
                let time = Duration::from_millis(if name == "ask" { 400 } else { 3_600_000 });
                let question = Message::event(&Prefix::event(socket.namespace(), "question"), &1).unwrap();
                let answer = match socket.send_with_ack(&question, time).await {
                    Ok(args) => args,
                    Err(error) => Args::of(&error.to_string()).unwrap(),
                };
                socket.send(Message::event_args(&Prefix::event(socket.namespace(), "answer"), None, &answer));
            }
            "flood" => {
                let prefix = Prefix::event("/", "flood");
                for number in 0..100 {
                    socket.send(Message::event(&prefix, &number).unwrap());
                }
            }
            _ => {}
        }
    }

    async fn disconnected(&self, socket: &Socket<Value>, reason: DisconnectReason) {
        self.log.lock().unwrap().push(format!("gone {} {reason}", socket.namespace()));
    }
}

/// Says every message back, and goes when told to.
pub(super) struct PlainEcho;

impl EngineService for PlainEcho {
    async fn message(&self, socket: &EngineSocket, message: EngineMessage<'_>) {
        match message {
            EngineMessage::Text("close") => socket.close(),
            EngineMessage::Text("panic") => panic!("as asked"),
            EngineMessage::Text("host") => {
                let headers = &socket.request().headers;
                socket.send(EngineMessage::Text(headers.get("host").unwrap()));
            }
            message => socket.send(message),
        }
    }
}
