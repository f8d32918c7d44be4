//! A server without any document: clients that come back, acknowledgements both ways, and any number of namespaces.
//! `cargo run -p parlance-socketio --example recovering`; behind `--`, a port and `msgpack` may follow.
#![allow(clippy::print_stdout, reason = "a program that says where it listens")]

use std::time::Duration;

use parlance_socketio::packet::{Args, Event, Message, Prefix};
use parlance_socketio::server::{
    Config, ConnectError, DisconnectReason, Handshake, Hub, Parser, Recovery, Room, Server, Service, Socket,
};
use serde_json::json;

/// For an answer.
const PATIENCE: Duration = Duration::from_millis(500);

struct Relay;

impl Relay {
    async fn answer(socket: &Socket<()>, event: &Event) -> Option<Args> {
        let args = event.args()?;
        let everyone = socket.hub().everyone(socket.namespace());
        let emit = |name: &str, args: &Args| {
            Message::event_args(&Prefix::event(socket.namespace(), name), None, args)
        };
        match event.name() {
            "join" => Args::of(&socket.join(&Room::new(args.get::<String>(0).ok()??))).ok(),
            "say" => Args::of(&everyone.send(&emit("said", &args))).ok(),
            "say to" => {
                let room = Room::new(args.get::<String>(0).ok()??);
                Args::of(&socket.hub().to(&room).send(&emit("said", &args))).ok()
            }
            "whisper" => Args::of(&everyone.send(&emit("whispered", &args).volatile())).ok(),
            "ask me" => match socket.send_with_ack(&emit("question", &args), PATIENCE).await {
                Ok(answer) => Some(answer),
                Err(error) => Args::of(&json!({ "error": error.to_string() })).ok(),
            },
            "ask all" => {
                let all = everyone.send_with_ack(&emit("question", &args), PATIENCE).await.ok()?;
                let answers: Vec<&str> = all.answers.iter().map(|(_, answer)| answer.json()).collect();
                Args::of(&json!({ "answers": answers, "missing": all.missing.len() })).ok()
            }
            _ => None,
        }
    }
}

impl Service for Relay {
    type Data = ();

    fn serves(&self, namespace: &str) -> bool {
        namespace == "/" || namespace.starts_with("/rooms-")
    }

    async fn connect(&self, handshake: Handshake<'_>) -> Result<(), ConnectError> {
        match handshake.auth {
            Some(auth) if auth.get() != "{}" => Err(ConnectError::new(format!("unexpected {auth}"))),
            _ => Ok(()),
        }
    }

    async fn connected(&self, _: &Socket<()>) {}

    async fn event(&self, socket: &Socket<()>, event: Event) {
        let answer = Self::answer(socket, &event).await.unwrap_or_else(Args::none);
        if let Some(id) = event.id() {
            socket.send(Message::ack_args(socket.namespace(), id, &answer));
        }
    }

    async fn disconnected(&self, _: &Socket<()>, _: DisconnectReason) {}
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(0);
    let listener = Server::<Relay>::listen(([127, 0, 0, 1], port).into())?;
    println!("listens on http://{}", listener.local_addr()?);
    let parser = match std::env::args().nth(2).as_deref() {
        Some("msgpack") => Parser::Msgpack,
        _ => Parser::Json,
    };
    let config = Config { parser, recovery: Some(Recovery::default()), ..Config::default() };
    let server = Server::new(Relay, Hub::new(), config);
    server.serve(listener, async { drop(tokio::signal::ctrl_c().await) }).await;
    Ok(())
}
