//! What a service may do that a connection must survive or end well of, and what it is told.

use std::sync::Arc;

use parlance_socketio::packet::{Event, Message, Prefix};
use parlance_socketio::server::{
    Config, ConnectError, DisconnectReason, Handshake, Hub, Recovery, Room, Server, Service, Socket,
    Transports,
};

use crate::support::raw::upgrade;
use crate::support::{Client, Log, Running};

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

    fn restore(&self, before: Arc<String>, _: String) -> Arc<String> {
        assert!(!before.contains("in restore"), "as asked");
        before
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
    with(Config::default()).await
}

async fn with(config: Config) -> Running {
    let (hub, service) = (Hub::new(), Panics::default());
    let log = Arc::clone(&service.log);
    Running::of(Server::new(service, hub.clone(), config), hub, log)
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
    // Once each; and of the last, in its event and then in `disconnected`.
    assert_eq!(server.panics().len(), 5);
}

#[tokio::test]
async fn a_service_that_panics_over_who_comes_back_has_nobody_back() {
    let server = with(Config { recovery: Some(Recovery::default()), ..Config::default() }).await;
    let mut client = server.websocket("").await;
    client.text().await;
    client.say(r#"40{"panic":"in restore"}"#).await;
    let answer = client.text().await;
    client.say(r#"42["a"]"#).await;
    client.text().await;
    drop(client);
    server.idle().await;
    assert_eq!(server.stats.snapshot().away, 1);
    let pid = answer.split('"').nth(7).unwrap();
    let mut client = server.websocket("").await;
    client.text().await;
    client.say(&format!(r#"40{{"pid":"{pid}"}}"#)).await;
    assert_eq!(client.closed().await, Some(1011));
    drop(client);
    server.idle().await;
    assert_eq!(server.stats.snapshot().away, 0);
    assert_eq!(server.panics().len(), 1);
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

const POLLING: &str = "EIO=4&transport=polling";

#[tokio::test]
async fn who_is_not_admitted_is_refused_before_there_is_a_session() {
    let (hub, service) = (Hub::new(), Panics::default());
    let log = Arc::clone(&service.log);
    let server = Server::new(service, hub.clone(), Config::default()).admit(|request| {
        let is_known = request.query.contains("key=good") && request.headers.get("host") == Some("x");
        if is_known { Ok(()) } else { Err("no \"key\"".into()) }
    });
    let server = Running::of(server, hub, log);
    let refusal = r#"{"code":4,"message":"no \"key\""}"#;
    assert_eq!(server.http("GET", POLLING, "").await, (403, refusal.into()));
    let answer = server.raw(upgrade("&key=bad", "Connection: close\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 403 ") && answer.ends_with(refusal), "{answer}");
    assert_eq!((server.stats.snapshot().refused, server.stats.snapshot().connections), (2, 0));
    let (status, body) = server.http("GET", &format!("{POLLING}&key=good"), "").await;
    assert_eq!(status, 200);
    let sid = body.split('"').nth(3).unwrap();
    assert_eq!(server.post(sid, "40").await.0, 200, "once is enough");
    let mut client = server.websocket("&key=good").await;
    assert!(client.text().await.starts_with("0{"));
    drop(client);
    server.post(sid, "1").await;
    server.idle().await;
}

#[tokio::test]
async fn a_transport_that_is_switched_off_is_unknown() {
    let unknown = r#"{"code":0,"message":"Transport unknown"}"#;
    let server = Running::with(Config { transports: Transports::Websocket, ..Config::default() }).await;
    assert_eq!(server.http("GET", POLLING, "").await, (400, unknown.into()));
    drop(server.joined().await);
    server.idle().await;

    let server = Running::with(Config { transports: Transports::Polling, ..Config::default() }).await;
    let (_, body) = server.http("GET", POLLING, "").await;
    assert!(body.contains(r#""upgrades":[]"#), "{body}");
    let sid = body.split('"').nth(3).unwrap();
    for query in [String::new(), format!("&sid={sid}")] {
        let answer = server.raw(upgrade(&query, "Connection: close\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 400 ") && answer.ends_with(unknown), "{answer}");
    }
    server.post(sid, "40").await;
    assert!(server.get(sid).await.1.starts_with("40{"), "the session goes on");
}

/// Serves a namespace for each game, whichever there are.
#[derive(Default)]
struct Games {
    log: Log,
}

impl Service for Games {
    type Data = ();

    fn serves(&self, namespace: &str) -> bool {
        namespace.strip_prefix("/game-").is_some_and(|id| id.parse::<u32>().is_ok())
    }

    async fn connect(&self, handshake: Handshake<'_>) -> Result<(), ConnectError> {
        self.log.lock().unwrap().push(handshake.namespace.to_owned());
        Ok(())
    }

    async fn connected(&self, _: &Socket<()>) {}

    async fn event(&self, socket: &Socket<()>, event: Event) {
        let message = Message::bare_event(&Prefix::event(socket.namespace(), event.name()));
        socket.hub().everyone(socket.namespace()).send(&message);
    }

    async fn disconnected(&self, _: &Socket<()>, _: DisconnectReason) {}
}

async fn play(client: &mut Client, game: u32) {
    client.say(&format!("40/game-{game},")).await;
    assert!(client.event().await.starts_with(&format!("40/game-{game},{{")));
}

#[tokio::test]
async fn namespaces_are_whichever_a_service_serves() {
    let (hub, service) = (Hub::new(), Games::default());
    let log = Arc::clone(&service.log);
    let config = Config { recovery: Some(Recovery::default()), ..Config::default() };
    let server = Running::of(Server::new(service, hub.clone(), config), hub, log);
    let (mut a, mut b) = (server.websocket("").await, server.websocket("").await);
    a.text().await;
    b.text().await;
    for refused in ["/game-x", "/other"] {
        a.say(&format!("40{refused},")).await;
        assert_eq!(a.event().await, format!(r#"44{refused},{{"message":"Invalid namespace"}}"#));
    }
    play(&mut a, 1).await;
    play(&mut a, 2).await;
    play(&mut b, 2).await;
    assert_eq!(server.log(), ["/game-1", "/game-2", "/game-2"]);
    let ids = |game| server.hub.everyone(game).ids().len();
    assert_eq!((ids("/game-1"), ids("/game-2"), ids("/game-3"), ids("/")), (1, 2, 0, 0));
    a.say(r#"42/game-1,["move"]"#).await;
    assert!(a.event().await.starts_with(r#"42/game-1,["move","#));
    b.say(r#"42/game-2,["move"]"#).await;
    for client in [&mut a, &mut b] {
        assert!(client.event().await.starts_with(r#"42/game-2,["move","#));
    }
    // Who goes through ever new ones leaves nothing of those it has left.
    for game in 3..30 {
        play(&mut b, game).await;
        b.say(&format!("41/game-{game},")).await;
    }
    play(&mut b, 30).await;
    assert_eq!(server.hub.all().namespaces().len(), 3);
    drop((a, b));
    server.idle().await;
    assert_eq!(server.stats.snapshot().away, 4, "they may come back");
    assert_eq!(server.hub.all().disconnect(), 4);
    assert_eq!(server.hub.all().namespaces().len(), 0);
}
