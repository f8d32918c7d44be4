//! What can be done to sockets from outside: namespaces apart, several exceptions, rooms, looking, sending away; and volatile
//! events, and the slow end of a server.

use std::time::{Duration, Instant};

use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::{Config, Recovery, Room};

use crate::support::{Client, Running, until};

async fn server() -> Running {
    Running::with(Config::default()).await
}

fn event(namespace: &str, name: &str) -> Message {
    Message::bare_event(&Prefix::event(namespace, name))
}

/// A client in both namespaces.
async fn in_both(server: &Running) -> Client {
    let mut client = server.joined().await;
    client.say("40/custom,").await;
    client.event().await;
    client.event().await;
    client
}

#[tokio::test]
async fn rooms_of_two_namespaces_do_not_mix() {
    let server = server().await;
    let mut client = in_both(&server).await;
    let room = Room::new("room");
    assert_eq!(server.hub.all().join(&room), 2);
    assert_eq!(server.hub.to(&room).send(&event("/custom", "x")), 1);
    assert_eq!(client.event().await, r#"42/custom,["x"]"#);
    assert_eq!(server.hub.to(&room).send(&event("/", "y")), 1);
    assert_eq!(client.event().await, r#"42["y"]"#);
    assert_eq!(server.hub.to(&room).of("/custom").disconnect(), 1);
    assert_eq!(client.event().await, "41/custom,");
    let left = server.hub.to(&room).fetch();
    assert_eq!((left.len(), &*left[0].namespace), (1, "/"));
}

#[tokio::test]
async fn sockets_are_looked_at_moved_and_left_out_from_outside() {
    let server = server().await;
    let (_a, mut b, mut c, mut d) =
        (server.joined().await, server.joined().await, server.joined().await, server.joined().await);
    let everyone = server.hub.everyone("/");
    let ids = everyone.ids();
    let (one, two) = (Room::new("one"), Room::new("two"));
    assert_eq!(server.hub.socket(ids[0]).join(&one), 1);
    assert_eq!(server.hub.socket(ids[1]).join(&two), 1);
    assert_eq!((everyone.join(&one), everyone.join(&one)), (3, 0), "those who were not there");
    assert_eq!(everyone.leave(&two), 1);
    assert_eq!(server.hub.socket(ids[1]).join(&two), 1);
    let target = everyone.clone().except(ids[0]).except(ids[2]).except_room(&two);
    assert_eq!(target.ids(), [ids[3]]);
    assert_eq!(target.send(&event("/", "x")), 1);
    let seen = server.hub.to(&two).fetch();
    let [seen] = &seen[..] else { panic!("{seen:?}") };
    assert_eq!((seen.id, &*seen.namespace), (ids[1], "/"));
    assert_eq!(seen.rooms.iter().map(Room::name).collect::<Vec<_>>(), ["one", "two"]);
    assert!(seen.request.as_ref().unwrap().query.contains("transport=websocket"));
    // Who it was that heard `x`: the others are told nothing but the end.
    assert_eq!(everyone.close(), 4);
    let mut heard = 0;
    for client in [&mut b, &mut c, &mut d] {
        let mut text = client.event().await;
        if text == r#"42["x"]"# {
            heard += 1;
            text = client.event().await;
        }
        assert_eq!(text, "41");
        assert_eq!(client.closed().await, Some(1000));
    }
    assert!(heard <= 1);
}

#[tokio::test]
async fn several_rooms_are_one_target_that_reaches_each_once() {
    let server = server().await;
    let mut clients = Vec::new();
    for _ in 0..4 {
        clients.push(server.joined().await);
    }
    let everyone = server.hub.everyone("/");
    let rooms = ["a", "b", "c"].map(Room::new);
    let [a, b, c] = &rooms;
    let ids = everyone.ids();
    for (id, room) in [(0, a), (0, b), (1, b), (2, c), (2, a)] {
        assert!(server.hub.join(ids[id], room));
    }
    let sorted = |mut ids: Vec<_>| {
        ids.sort();
        ids
    };
    let union = server.hub.to(a).and(b).and(c);
    assert_eq!(sorted(union.ids()), sorted(ids[..3].to_vec()));
    assert_eq!(union.send(&event("/", "x")), 3);
    assert_eq!(union.clone().except_room(c).except(ids[1]).ids(), [ids[0]]);
    assert_eq!(union.clone().only(ids[2]).ids(), [ids[2]]);
    assert_eq!(union.clone().only(ids[3]).ids(), []);
    assert_eq!(server.hub.to(a).and(a).ids().len(), 2, "the same twice");
    assert_eq!(server.hub.to(&Room::new("none")).and(b).ids().len(), 2, "one of them is empty");
    assert_eq!(sorted(server.hub.socket(ids[3]).and(c).ids()), sorted(vec![ids[2], ids[3]]));
    assert_eq!(server.hub.socket(ids[2]).and(c).ids(), [ids[2]]);
    assert_eq!(everyone.clone().and(a).ids().len(), 4);
    everyone.send(&event("/", "y"));
    let mut heard = 0;
    for client in &mut clients {
        let mut text = client.event().await;
        if text == r#"42["x"]"# {
            heard += 1;
            text = client.event().await;
        }
        assert_eq!(text, r#"42["y"]"#, "and nothing twice");
    }
    assert_eq!(heard, 3);
}

#[tokio::test]
async fn what_a_service_keeps_with_a_socket_and_which_rooms_there_are_is_seen_from_outside() {
    let server = server().await;
    let mut client = server.websocket("").await;
    client.text().await;
    client.say(r#"40{"user":"u"}"#).await;
    client.text().await;
    client.text().await;
    client.say("40/custom,").await;
    client.text().await;
    client.text().await;
    assert_eq!(server.hub.everyone("/").join(&Room::new("main")), 1);
    assert_eq!(server.hub.everyone("/custom").join(&Room::new("other")), 1);
    assert_eq!(server.hub.all().join(&Room::new("both")), 2);
    let names = |namespace| {
        let rooms = server.hub.rooms_of(namespace);
        let mut names: Vec<_> = rooms.iter().map(|room| room.name().to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(
        (names("/"), names("/custom")),
        (vec!["both".into(), "main".into()], vec!["both".into(), "other".into()])
    );
    assert_eq!(names("/none"), [""; 0]);
    let seen = server.hub.everyone("/").fetch();
    assert_eq!(seen[0].data::<serde_json::Value>().unwrap()["user"], "u");
    assert!(seen[0].data::<String>().is_none(), "of another type");
    assert!(format!("{seen:?}").contains("main"));
}

#[tokio::test]
async fn who_is_away_and_sent_away_does_not_come_back() {
    let server = Running::with(Config { recovery: Some(Recovery::default()), ..Config::default() }).await;
    let mut client = server.websocket("").await;
    client.text().await;
    client.say("40").await;
    let answer = client.text().await;
    drop(client);
    until(|| server.stats.snapshot().away == 1).await;
    assert_eq!(server.hub.to(&Room::new("x")).disconnect(), 0);
    assert_eq!(server.hub.everyone("/").disconnect(), 1);
    let mut client = server.websocket("").await;
    client.text().await;
    let pid = answer.split('"').nth(7).unwrap();
    client.say(&format!(r#"40{{"pid":"{pid}"}}"#)).await;
    assert_ne!(client.text().await, answer);
}

#[tokio::test]
async fn a_volatile_event_is_for_who_can_take_it_now() {
    let server = server().await;
    let sid = server.open().await;
    server.tell(&sid, "40").await;
    assert!(server.get(&sid).await.1.contains("auth"));
    // No request of the client waits for anything.
    server.hub.everyone("/").send(&event("/", "volatile").volatile());
    server.hub.everyone("/").send(&event("/", "kept"));
    assert_eq!(server.get(&sid).await.1, r#"42["kept"]"#);

    let mut client = server.joined().await;
    server.hub.everyone("/").send(&event("/", "volatile").volatile());
    assert_eq!(client.event().await, r#"42["volatile"]"#, "a websocket that reads takes it");
}

#[tokio::test]
async fn a_volatile_event_does_not_wait_for_a_client_that_does_not_read() {
    let server = Running::with(Config { max_queued_bytes: 64 << 20, ..Config::default() }).await;
    let mut client = server.joined().await;
    let big = Message::event(&Prefix::event("/", "big"), &"x".repeat(1 << 20)).unwrap();
    // More than the kernel's buffers on both sides hold.
    for _ in 0..32 {
        server.hub.everyone("/").send(&big);
    }
    // The server is told when it has written what it could: a request of somebody else's is answered after that.
    server.joined().await;
    server.hub.everyone("/").send(&event("/", "volatile").volatile());
    server.hub.everyone("/").send(&event("/", "kept"));
    for _ in 0..32 {
        assert!(client.event().await.starts_with(r#"42["big""#));
    }
    assert_eq!(client.event().await, r#"42["kept"]"#);
}

#[tokio::test]
async fn a_server_that_drains_sends_its_clients_away_one_by_one() {
    let drain = Duration::from_millis(600);
    let server = Running::with(Config { drain, ..Config::default() }).await;
    let mut clients = Vec::new();
    for _ in 0..6 {
        clients.push(server.joined().await);
    }
    let polling = server.open().await;
    let (stats, start) = (server.stats.clone(), Instant::now());
    let address = server.address;
    let stopping = tokio::spawn(server.stop());
    let mut looks = tokio::time::interval(Duration::from_millis(5));
    let mut seen = Vec::new();
    let mut refused = false;
    while !stopping.is_finished() {
        looks.tick().await;
        assert!(start.elapsed() < Duration::from_secs(10), "it does not stop");
        let now = stats.snapshot();
        if now.draining && now.connections > 0 && !refused {
            refused = true;
            let answer = crate::support::status(address, "EIO=4&transport=polling").await;
            assert_eq!(answer, 503, "nobody new");
            let old =
                crate::support::status(address, &format!("EIO=4&transport=polling&sid={polling}")).await;
            assert_eq!(old, 200, "who is here is served");
        }
        if seen.last() != Some(&now.connections) {
            seen.push(now.connections);
        }
    }
    assert!(refused && seen.len() > 3, "all at once: {seen:?}");
    assert!(start.elapsed() >= Duration::from_millis(400), "{:?}", start.elapsed());
    for mut client in clients {
        assert_eq!(client.closed().await, Some(1001));
    }
}
