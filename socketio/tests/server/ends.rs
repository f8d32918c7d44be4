//! Connections that end while something waits for them, and what is still said and listened to then.

use std::sync::Arc;
use std::time::{Duration, Instant};

use parlance_socketio::packet::{Args, Event, Message, Prefix};
use parlance_socketio::server::{
    Config, ConnectError, DisconnectReason, Handshake, Hub, Server, Service, Socket,
};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::raw::{Raw, frame, text, upgrade};
use crate::support::{Log, Running, soon};

/// More than the kernel's buffers on both sides hold.
const MUCH: usize = 32 << 20;

/// Handlers that wait for what only a client can give.
#[derive(Default)]
struct Waits {
    log: Log,
}

impl Waits {
    fn say(&self, what: impl Into<String>) {
        self.log.lock().unwrap().push(what.into());
    }
}

impl Service for Waits {
    type Data = ();

    async fn connect(&self, _: Handshake<'_>) -> Result<(), ConnectError> {
        Ok(())
    }

    async fn connected(&self, _: &Socket<()>) {}

    async fn event(&self, socket: &Socket<()>, event: Event) {
        match event.name() {
            "fill" => {
                let message = Message::event(&Prefix::event("/", "big"), &"x".repeat(1 << 20)).unwrap();
                (0..MUCH >> 20).for_each(|_| socket.send(message.clone()));
                self.say("waits");
                socket.room().await;
                self.say(format!("has room, connected: {}", socket.is_connected()));
            }
            "ask" => {
                let question = Message::bare_event(&Prefix::event("/", "question"));
                for _ in 0..2 {
                    let answer = socket.send_with_ack(&question, Duration::from_secs(3600)).await;
                    self.say(answer.unwrap_err().to_string());
                }
            }
            "echo" => socket.send(Message::ack_args("/", event.id().unwrap(), &event.args().unwrap())),
            "break" => {
                socket.send(Message::bare_event(&Prefix::event("/", "before")));
                socket.protocol_error();
                socket.send(Message::bare_event(&Prefix::event("/", "behind")));
            }
            "leave" => socket.disconnect(),
            "close" => socket.close(),
            "for-ever" => {
                self.say("waits");
                std::future::pending().await
            }
            name => {
                let reply = Message::event_args(&Prefix::event("/", name), None, &Args::of("").unwrap());
                self.say(name);
                socket.send(reply);
            }
        }
    }

    async fn disconnected(&self, socket: &Socket<()>, reason: DisconnectReason) {
        socket.send(Message::bare_event(&Prefix::event("/", "late")));
        self.say(format!("gone: {reason}"));
    }
}

async fn start(config: Config) -> Running {
    let (hub, service) = (Hub::new(), Waits::default());
    let log = Arc::clone(&service.log);
    Running::of(Server::try_new(service, hub.clone(), config).unwrap(), hub, log)
}

fn impatient() -> Config {
    Config {
        ping_interval: Duration::from_millis(300),
        ping_timeout: Duration::from_millis(200),
        close_timeout: Duration::from_millis(100),
        max_queued_bytes: 2 * MUCH,
        ..Config::default()
    }
}

async fn joined(server: &Running) -> Raw {
    let mut raw = server.raw_websocket().await;
    raw.send(&text("40")).await;
    assert!(raw.text().await.starts_with("40{"));
    raw
}

/// Waits until something has been logged.
async fn logged(server: &Running, entry: &str) {
    let mut looks = tokio::time::interval(Duration::from_millis(2));
    soon(async {
        while !server.log().iter().any(|line| line == entry) {
            looks.tick().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_handler_that_waits_for_room_goes_on_when_its_client_goes() {
    let server = start(Config { max_queued_bytes: 2 * MUCH, ..Config::default() }).await;
    let mut raw = joined(&server).await;
    raw.send(&text(r#"42["fill"]"#)).await;
    logged(&server, "waits").await;
    drop(raw);
    server.idle().await;
    assert_eq!(server.log()[1..], ["has room, connected: false", "gone: transport close"]);
}

#[tokio::test]
async fn a_handler_that_waits_for_room_goes_on_when_its_client_falls_silent() {
    let server = start(impatient()).await;
    let mut raw = joined(&server).await;
    raw.send(&text(r#"42["fill"]"#)).await;
    server.idle().await;
    assert_eq!(server.log()[1..], ["has room, connected: false", "gone: ping timeout"]);
    drop(raw);
}

#[tokio::test]
async fn a_handler_that_waits_for_room_goes_on_when_its_client_breaks_the_protocol() {
    let server = start(Config { max_queued_bytes: 2 * MUCH, ..Config::default() }).await;
    let mut raw = joined(&server).await;
    raw.send(&text(r#"42["fill"]"#)).await;
    logged(&server, "waits").await;
    raw.send(&text("abc")).await;
    server.idle().await;
    assert_eq!(server.log()[1..], ["has room, connected: false", "gone: parse error"]);
    drop(raw);
}

#[tokio::test]
async fn who_takes_nothing_is_not_excused_for_what_is_not_read_of_it() {
    let server = start(Config { max_inbox: 1, ..impatient() }).await;
    let mut raw = joined(&server).await;
    let events = [r#"42["fill"]"#, r#"42["a"]"#, r#"42["b"]"#];
    raw.send(&events.map(text).concat()).await;
    server.idle().await;
    assert_eq!(server.log()[1..], ["has room, connected: false", "a", "gone: ping timeout"]);
    drop(raw);
}

#[tokio::test]
async fn a_handler_that_waits_for_room_goes_on_when_its_client_leaves_over_polling() {
    let server = start(Config { max_queued_bytes: 2 * MUCH, ..Config::default() }).await;
    let sid = server.open().await;
    server.post(&sid, "40").await;
    server.get(&sid).await;
    server.post(&sid, r#"42["fill"]"#).await;
    logged(&server, "waits").await;
    server.post(&sid, "1").await;
    server.idle().await;
    assert_eq!(server.log().last().unwrap(), "gone: transport close");
}

#[tokio::test]
async fn who_asks_its_own_client_hears_at_once_that_it_has_gone() {
    let server = start(Config::default()).await;
    let mut raw = joined(&server).await;
    raw.send(&text(r#"42["ask"]"#)).await;
    assert!(raw.text().await.starts_with("420["));
    drop(raw);
    server.idle().await;
    // The second time it was not there any more when it was asked.
    let gone = "socket has been disconnected";
    assert_eq!(server.log(), [gone, gone, "gone: transport close"]);
}

#[tokio::test]
async fn a_handler_that_never_returns_does_not_outlive_the_server() {
    let server = start(Config { shutdown_timeout: Duration::from_millis(100), ..Config::default() }).await;
    let mut raw = joined(&server).await;
    raw.send(&text(r#"42["for-ever"]"#)).await;
    logged(&server, "waits").await;
    let stats = server.stats.clone();
    server.stop().await;
    assert!(stats.snapshot().is_idle(), "{stats:?}");
    drop(raw);
}

#[tokio::test]
async fn who_comes_while_the_server_stops_is_told_and_not_waited_for() {
    let server = start(Config { shutdown_timeout: Duration::from_secs(30), ..Config::default() }).await;
    let request = upgrade("", "");
    let (head, rest) = request.split_at(40);
    let mut late = server.connect().await;
    late.send(head.as_bytes()).await;
    // Behind it, so that it has been accepted as well, and its head has begun.
    joined(&server).await;
    let (address, began) = (server.address, Instant::now());
    let stopping = tokio::spawn(server.stop());
    soon(async { while tokio::net::TcpStream::connect(address).await.is_ok() {} }).await;
    late.send(rest.as_bytes()).await;
    let answer = late.head().await;
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    soon(stopping).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

#[tokio::test]
async fn nothing_is_said_behind_our_own_close() {
    let server = start(Config::default()).await;
    let mut raw = joined(&server).await;
    raw.send(&text(r#"42["break"]"#)).await;
    assert_eq!(raw.text().await, r#"42["before"]"#);
    assert_eq!(raw.frame().await.unwrap().0, 0x88);
    assert_eq!(raw.rest().await, b"");
}

#[tokio::test]
async fn nothing_is_said_behind_the_answer_to_a_close() {
    // One packet at a time, so that the close is read when the answers to what came before it wait to be written.
    let server = start(Config { max_inbox: 1, ..Config::default() }).await;
    let mut raw = joined(&server).await;
    let close = frame(0x88, &1000u16.to_be_bytes());
    raw.send(&[text(r#"42["a"]"#), close].concat()).await;
    let rest = raw.rest().await;
    assert_eq!(rest, [&[0x88, 2][..], &1000u16.to_be_bytes()].concat());
    server.idle().await;
    assert_eq!(server.log(), ["a", "gone: transport close"]);
}

#[tokio::test]
async fn nothing_is_listened_to_behind_a_violation() {
    let server = start(Config::default()).await;
    for (violation, said) in [("42{}", &[][..]), (r#"42["break"]"#, &[r#"42["before"]"#][..])] {
        let mut raw = joined(&server).await;
        raw.send(&[text(violation), text(r#"42["a"]"#), text("41")].concat()).await;
        for said in said {
            assert_eq!(raw.text().await, **said);
        }
        assert_eq!(raw.closed().await.unwrap().0, 1002);
        drop(raw);
        server.idle().await;
    }
    assert_eq!(server.log(), ["gone: forced close", "gone: forced close"]);
}

#[tokio::test]
async fn who_has_been_sent_away_is_not_listened_to() {
    let server = start(Config::default()).await;
    for how in ["leave", "close"] {
        let mut raw = joined(&server).await;
        raw.send(&[text(&format!(r#"42["{how}"]"#)), text(r#"42["a"]"#)].concat()).await;
        assert_eq!(raw.text().await, "41");
        drop(raw);
        server.idle().await;
    }
    let gone = "gone: server namespace disconnect";
    assert_eq!(server.log(), [gone, gone]);
}

#[tokio::test]
async fn who_is_sent_away_while_it_goes_over_to_a_websocket_is_told_there() {
    let server = start(Config::default()).await;
    let (sid, mut client) = server.probed().await;
    assert_eq!(server.hub.everyone("/").close(), 1);
    logged(&server, "gone: server namespace disconnect").await;
    client.say("5").await;
    assert_eq!(client.text().await, "41");
    assert_eq!(client.closed().await, Some(1000));
    server.idle().await;
    assert_eq!(server.get(&sid).await.0, 400);
}

#[tokio::test]
async fn who_takes_its_answers_is_not_cut_off_for_asking_fast() {
    let server = start(Config { max_queued_bytes: 300_000, ..Config::default() }).await;
    let raw = joined(&server).await;
    let argument = "x".repeat(100_000);
    let asked: Vec<u8> = (0..60).flat_map(|id| text(&format!(r#"42{id}["echo","{argument}"]"#))).collect();
    let answers = (0..60).flat_map(|id| {
        let answer = format!(r#"43{id}["{argument}"]"#).into_bytes();
        [vec![0x81, 127], (answer.len() as u64).to_be_bytes().to_vec(), answer].concat()
    });
    let answers: Vec<u8> = answers.collect();
    // All that the kernel takes has come before the server looks for the first time.
    let mut sent = 0;
    while let Ok(count) = raw.stream.try_write(&asked[sent..]) {
        sent += count;
    }
    assert!(sent > 400_000, "{sent}");
    let (mut reader, mut writer) = raw.stream.into_split();
    let mut came = vec![0; answers.len()];
    let (asking, answering) =
        soon(async { tokio::join!(writer.write_all(&asked[sent..]), reader.read_exact(&mut came)) }).await;
    asking.unwrap();
    answering.unwrap();
    assert!(came == answers);
    assert_eq!(server.stats.snapshot().slow_consumers, 0);
}

#[tokio::test]
async fn who_asks_without_end_and_takes_no_answer_is_gone_on_time() {
    let server = start(impatient()).await;
    let raw = joined(&server).await;
    let (_reader, mut writer) = raw.stream.into_split();
    let event = text(&format!(r#"421["echo","{}"]"#, "x".repeat(100_000)));
    let flood = async { while writer.write_all(&event).await.is_ok() {} };
    soon(flood).await;
    server.idle().await;
    assert_eq!(server.log(), ["gone: ping timeout"]);
}

#[tokio::test]
async fn a_get_is_heard_while_nothing_more_is_read() {
    // A handler waits for a GET, with more behind it than is read ahead; then the answers to those wait for one.
    let server = start(Config { max_inbox: 2, max_queued_bytes: 2 * MUCH, ..Config::default() }).await;
    let sid = server.open().await;
    server.post(&sid, "40").await;
    server.get(&sid).await;
    let argument = "x".repeat(20_000);
    let mut body = vec![r#"42["fill"]"#.to_owned()];
    body.extend((0..40).map(|id| format!(r#"42{id}["echo","{argument}"]"#)));
    assert_eq!(server.post(&sid, &body.join("\u{1e}")).await, (200, "ok".into()));
    let (mut big, mut next) = (0, 0);
    while next < 40 {
        let (status, body) = server.get(&sid).await;
        assert_eq!(status, 200);
        for packet in body.split('\u{1e}') {
            if packet.starts_with(r#"42["big""#) {
                big += 1;
            } else {
                assert!(packet.starts_with(&format!("43{next}[")), "{packet:.40}");
                next += 1;
            }
        }
    }
    assert_eq!(big, MUCH >> 20);
    assert_eq!(server.stats.snapshot().slow_consumers, 0);
}
