//! What a service may do that a connection must survive or end well of, and what it is told.

use std::sync::Arc;

use parlance_socketio::packet::{Event, Message, Prefix};
use parlance_socketio::server::{
    Config, ConnectError, DisconnectReason, Handshake, Hub, Room, Server, Service, Socket,
};

use crate::support::{Log, Running};

/// Panics where its client says.
#[derive(Default)]
struct Panics {
    log: Log,
}

impl Service for Panics {
    type Data = String;

    async fn connect(&self, handshake: Handshake<'_>) -> Result<String, ConnectError> {
        let auth = handshake.auth.map(|auth| auth.get().to_owned()).unwrap_or_default();
        assert!(!auth.contains("joining"), "as asked");
        Ok(auth)
    }

    async fn connected(&self, socket: &Socket<String>) {
        socket.join(&Room::new("room"));
        assert!(!socket.data().contains("in connected"), "as asked");
    }

    async fn event(&self, socket: &Socket<String>, event: Event) {
        assert!(event.name() != "panic", "as asked");
        self.log.lock().unwrap().push(event.name().to_owned());
        socket.send(Message::bare_event(&Prefix::event("/", event.name())));
    }

    async fn disconnected(&self, socket: &Socket<String>, reason: DisconnectReason) {
        let rooms = socket.rooms();
        let rooms: Vec<_> = rooms.iter().map(Room::name).collect();
        self.log.lock().unwrap().push(format!("gone: {reason}, was in {rooms:?}"));
        assert!(!socket.data().contains("in disconnected"), "as asked");
    }
}

async fn start() -> Running {
    let (hub, service) = (Hub::new(), Panics::default());
    let log = Arc::clone(&service.log);
    Running::of(Server::new(service, hub.clone(), Config::default()), hub, log).await
}

#[tokio::test]
async fn a_service_that_panics_costs_the_connection_and_leaves_nothing_behind() {
    let server = start().await;
    for (auth, says, log) in [
        ("joining", None, &[][..]),
        ("in connected", None, &[r#"gone: internal error, was in ["room"]"#][..]),
        ("", Some("panic"), &[r#"gone: internal error, was in ["room"]"#][..]),
        ("in disconnected", Some("panic"), &[r#"gone: internal error, was in ["room"]"#][..]),
    ] {
        let mut client = server.websocket("").await;
        client.text().await;
        client.say(&format!(r#"40{{"panic":"{auth}"}}"#)).await;
        if let Some(says) = says {
            assert!(client.text().await.starts_with("40{"));
            client.say(&format!(r#"42["{says}"]"#)).await;
            // It is not listened to any more.
            client.say(r#"42["behind"]"#).await;
        }
        assert_eq!(client.closed().await, Some(1011), "{auth}");
        drop(client);
        server.idle().await;
        assert_eq!(std::mem::take(&mut *server.log.lock().unwrap()), log, "{auth}");
    }
}

#[tokio::test]
async fn who_is_gone_is_still_known_by_its_rooms() {
    let server = start().await;
    let mut client = server.websocket("").await;
    client.text().await;
    client.say("40").await;
    client.text().await;
    // The answer comes when it is in its room.
    client.say(r#"42["a"]"#).await;
    assert_eq!(client.text().await, r#"42["a"]"#);
    assert_eq!(server.hub.to(&Room::new("room")).disconnect(), 1);
    assert_eq!(client.text().await, "41");
    drop(client);
    server.idle().await;
    assert_eq!(server.log(), ["a", r#"gone: server namespace disconnect, was in ["room"]"#]);
}
