//! Packets written in msgpack. What they look like is held to npm's bytes where they are read and written; this is what a
//! server makes of them.

use data_encoding::BASE64;
use parlance_socketio::packet::{Message, Prefix, pack, unpack};
use parlance_socketio::server::{Config, Parser, Recovery};
use serde_json::{Value, json};

use crate::support::raw::{Raw, frame, text};
use crate::support::{Running, until};

/// How the Socket.IO half closes.
fn broken() -> Option<(u16, String)> {
    Some((1002, "forced close".into()))
}

async fn start(config: Config) -> Running {
    Running::with(Config { parser: Parser::Msgpack, ..config }).await
}

async fn server() -> Running {
    start(Config::default()).await
}

impl Raw {
    /// Says a packet, given as text.
    async fn pack(&mut self, packet: &str, attachments: &[&[u8]]) {
        self.send(&frame(0x82, &pack(packet, attachments).unwrap())).await;
    }

    /// The next packet, as text with its attachments.
    async fn unpacked(&mut self) -> (String, Vec<Vec<u8>>) {
        match self.frame().await {
            Some((0x82, packet)) => unpacked(packet),
            other => panic!("no packet: {other:?}"),
        }
    }

    /// The next packet, which has no attachments.
    async fn packet(&mut self) -> String {
        let (packet, attachments) = self.unpacked().await;
        assert!(attachments.is_empty());
        packet
    }
}

fn unpacked(packet: Vec<u8>) -> (String, Vec<Vec<u8>>) {
    let (text, attachments) = unpack(&packet.into(), 1 << 20).unwrap();
    (text.as_str().to_owned(), attachments.iter().map(|bytes| bytes.to_vec()).collect())
}

/// Joins the main namespace; what was answered.
async fn join(server: &Running, auth: &str) -> (Raw, Value) {
    let mut raw = server.raw_websocket().await;
    raw.pack(&format!("40{auth}"), &[]).await;
    let answer = raw.packet().await;
    (raw, serde_json::from_str(answer.strip_prefix("40").expect(&answer)).unwrap())
}

async fn joined(server: &Running) -> Raw {
    let (mut raw, _) = join(server, "").await;
    assert!(raw.packet().await.starts_with(r#"42["auth",{}"#));
    raw
}

#[tokio::test]
async fn a_stock_clients_very_bytes_are_answered_with_a_stock_servers() {
    let server = server().await;
    let mut raw = server.raw_websocket().await;
    raw.send(&frame(0x82, b"\x83\xa4type\x00\xa4data\xd4\0\0\xa3nsp\xa1/")).await;
    let (first, connect) = raw.frame().await.unwrap();
    assert_eq!(first, 0x82);
    assert!(connect.starts_with(b"\x83\xa4type\x00\xa4data\x81\xa3sid\xb6"), "{connect:?}");
    assert!(connect.ends_with(b"\xa3nsp\xa1/"));
    assert_eq!(
        raw.frame().await.unwrap(),
        (0x82, b"\x83\xa4type\x02\xa4data\x92\xa4auth\x80\xa3nsp\xa1/".to_vec())
    );
    let options = b"\xa7options\x81\xa8compress\xc3\xa3nsp\xa1/";
    raw.send(&frame(
        0x82,
        &[b"\x84\xa4type\x02\xa4data\x93\xa7message\x07\xc4\x02ab", &options[..]].concat(),
    ))
    .await;
    let back = b"\x83\xa4type\x02\xa4data\x93\xacmessage-back\x07\xc4\x02ab\xa3nsp\xa1/";
    assert_eq!(raw.frame().await.unwrap(), (0x82, back.to_vec()));
    let ask = b"\x85\xa4type\x02\xa4data\x92\xb0message-with-ack\xa1x";
    raw.send(&frame(0x82, &[ask, &options[..], b"\xa2id\x05"].concat())).await;
    assert_eq!(
        raw.frame().await.unwrap(),
        (0x82, b"\x84\xa4type\x03\xa4data\x91\xa1x\xa3nsp\xa1/\xa2id\x05".to_vec())
    );
    raw.send(&frame(0x82, b"\x82\xa4type\x01\xa3nsp\xa1/")).await;
    raw.send(&text("1")).await;
    raw.closed().await;
    server.stop_log_contains("gone / client namespace disconnect").await;
}

#[tokio::test]
async fn namespaces_are_joined_refused_and_left() {
    let server = server().await;
    let mut raw = server.raw_websocket().await;
    raw.pack("40/nowhere,", &[]).await;
    assert_eq!(raw.packet().await, r#"44/nowhere,{"message":"Invalid namespace"}"#);
    raw.pack(r#"40/custom,{"token":"bad"}"#, &[]).await;
    assert_eq!(raw.packet().await, r#"44/custom,{"message":"Go away","data":{"code":"no"}}"#);
    raw.pack("40/custom,", &[]).await;
    assert!(raw.packet().await.starts_with(r#"40/custom,{"sid":"#));
    assert_eq!(raw.packet().await, r#"42/custom,["auth",{}]"#);
    server.hub.everyone("/custom").disconnect();
    assert_eq!(raw.packet().await, "41/custom,");
}

#[tokio::test]
async fn a_handler_hears_the_answer_of_its_own_client() {
    let server = server().await;
    let mut raw = joined(&server).await;
    raw.pack(r#"42["ask"]"#, &[]).await;
    let question = raw.packet().await;
    let id = question.strip_prefix("42").unwrap().split('[').next().unwrap();
    let place = r#"{"_placeholder":true,"num":0}"#;
    raw.pack(&format!("461-{id}[{place}]"), &[b"abc"]).await;
    assert_eq!(raw.unpacked().await, (format!(r#"451-["answer",{place}]"#), vec![b"abc".to_vec()]));
}

#[tokio::test]
async fn everybody_gets_the_same_bytes() {
    let server = server().await;
    let (mut one, mut two) = (joined(&server).await, joined(&server).await);
    let message = Message::event(&Prefix::event("/", "n"), &json!({ "a": [1.1, "ü"] })).unwrap();
    assert_eq!(server.hub.everyone("/").send(&message), 2);
    assert_eq!(server.hub.all().send_each(|_| Some(&message)), 2);
    let first = one.frame().await.unwrap();
    assert_eq!(first.1, pack(r#"42["n",{"a":[1.1,"ü"]}]"#, &[]).unwrap());
    assert_eq!(one.frame().await.unwrap(), first);
    assert_eq!(two.frame().await.unwrap(), first);
    assert_eq!(two.frame().await.unwrap(), first);
}

#[tokio::test]
async fn over_polling_each_packet_is_base64() {
    let server = server().await;
    let encode = |packet: &str, attachments: &[&[u8]]| {
        format!("b{}", BASE64.encode(&pack(packet, attachments).unwrap()))
    };
    let sid = server.open().await;
    let place = r#"{"_placeholder":true,"num":0}"#;
    let event = format!(r#"451-["message",{place}]"#);
    let body = format!("{}\u{1e}{}", encode("40", &[]), encode(&event, &[b"\xff\0"]));
    assert_eq!(server.post(&sid, &body).await, (200, "ok".into()));
    let mut packets = Vec::new();
    while packets.len() < 3 {
        let (status, body) = server.get(&sid).await;
        assert_eq!(status, 200, "{body}");
        packets.extend(body.split('\u{1e}').map(|packet| {
            unpacked(BASE64.decode(packet.strip_prefix('b').expect(packet).as_bytes()).unwrap())
        }));
    }
    assert!(packets[0].0.starts_with(r#"40{"sid":"#));
    assert_eq!(packets[1].0, r#"42["auth",{}]"#);
    assert_eq!(packets[2], (format!(r#"451-["message-back",{place}]"#), vec![b"\xff\0".to_vec()]));
    // Text is none, and ends the session.
    server.tell(&sid, "42[\"message\"]").await;
    server.stop_log_contains("gone / forced close").await;
}

#[tokio::test]
async fn what_is_no_packet_closes_as_json_does() {
    let server = server().await;
    let event = |arguments: &[u8]| [b"\x83\xa4type\x02\xa3nsp\xa1/\xa4data", arguments].concat();
    for (what, packet) in [
        ("nothing", vec![]),
        ("no map", b"\x93\x01\x02\x03".to_vec()),
        ("a reserved byte", b"\xc1".to_vec()),
        ("4 GiB that are not there", b"\xdf\xff\xff\xff\xff".to_vec()),
        ("4 billion arguments that are not there", event(b"\xdd\xff\xff\xff\xff\xa7message")),
        ("a deep nest", event(&[&b"\x92\xa7message"[..], &b"\x91".repeat(900_000)].concat())),
        ("no arguments", event(b"\x90")),
        ("no name", event(b"\x91\x01")),
        ("a reserved name", event(b"\x91\xa7connect")),
        ("more attachments than allowed", event(&[&b"\x9c\xa7message"[..], &b"\xc4\0".repeat(11)].concat())),
        (
            "data like a place, and an attachment",
            event(b"\x93\xa7message\x82\xac_placeholder\xc3\xa3num\0\xc4\0"),
        ),
        ("a long text of short values", {
            event(&[&b"\x92\xa7message\xdd\0\x0d\xbb\xa0"[..], &[0xc2; 900_000]].concat())
        }),
        ("an event of another namespace", pack(r#"42/custom,["message"]"#, &[]).unwrap()),
        ("a second CONNECT", pack("40", &[]).unwrap()),
        ("CONNECT_ERROR", pack(r#"44{"message":"x"}"#, &[]).unwrap()),
        ("a namespace that is too long", pack("41", &[]).unwrap().replace_slash(300)),
        ("something behind the packet", [event(b"\x91\xa7message"), vec![0]].concat()),
    ] {
        let mut raw = joined(&server).await;
        // What came before it is still answered.
        raw.pack(r#"42["message"]"#, &[]).await;
        assert_eq!(raw.packet().await, r#"42["message-back"]"#);
        raw.send(&frame(0x82, &packet)).await;
        assert_eq!(raw.closed().await, broken(), "{what}");
    }
    let mut raw = joined(&server).await;
    raw.send(&text(r#"42["message"]"#)).await;
    assert_eq!(raw.closed().await, broken(), "a text");
    drop(raw);
    server.idle().await;
    let mut raw = joined(&server).await;
    raw.pack(r#"42["message",1]"#, &[]).await;
    assert_eq!(raw.packet().await, r#"42["message-back",1]"#, "it still serves");
}

trait ReplaceSlash {
    fn replace_slash(self, length: u16) -> Vec<u8>;
}

impl ReplaceSlash for Vec<u8> {
    /// The namespace `/` at the end becomes one of this length.
    fn replace_slash(mut self, length: u16) -> Vec<u8> {
        self.truncate(self.len() - 2);
        self.push(0xda);
        self.extend(length.to_be_bytes());
        self.resize(self.len() + usize::from(length), b'/');
        self
    }
}

#[tokio::test]
async fn plain_engine_io_beside_it_is_what_it_was() {
    let server = server().await.plain();
    let mut client = server.websocket("").await;
    client.text().await;
    client.say("4hello").await;
    assert_eq!(client.text().await, "4hello");
    client.say_binary(b"\xc1").await;
    assert_eq!(client.next().await.unwrap().into_data().as_ref(), b"\xc1");
}

#[tokio::test]
async fn who_comes_back_gets_what_it_missed() {
    let server = start(Config { recovery: Some(Recovery::default()), ..Config::default() }).await;
    let send = |number: u8| {
        let message = Message::event(&Prefix::event("/", "n"), &number).unwrap();
        server.hub.everyone("/").send(&message);
    };
    let (mut raw, answer) = join(&server, "").await;
    assert!(raw.packet().await.starts_with(r#"42["auth",{},""#));
    send(1);
    let event = raw.packet().await;
    let event: Vec<Value> = serde_json::from_str(event.strip_prefix("42").expect(&event)).unwrap();
    assert_eq!(event[..2], [json!("n"), json!(1)]);
    drop(raw);
    until(|| server.stats.snapshot().away == 1).await;
    send(2);
    let auth = json!({ "pid": answer["pid"], "offset": event[2] });
    let (mut raw, again) = join(&server, &auth.to_string()).await;
    assert_eq!(again["sid"], answer["sid"]);
    assert!(raw.packet().await.starts_with(r#"42["n",2,""#));
}
