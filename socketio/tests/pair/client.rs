//! The client's end.

use std::time::{Duration, Instant};

use bytes::Bytes;
use parlance_socketio::engine::{ClientHeartbeat, EnginePacket, Handshake, PostQueue, Upgrade, Upgrading};
use parlance_socketio::packet::{EngineType, Message, Payload, PayloadPacket, Text, parse_engine};

use super::Carrier;
use super::network::{Network, Parcel, Side};
use super::speaker::Speaker;

#[derive(Debug)]
pub struct Client {
    pub speaker: Speaker,
    pub carrier: Carrier,
    posts: PostQueue,
    /// The requests on their way.
    get: Option<u64>,
    post: Option<u64>,
    next_request: u64,
    pub upgrading: Option<Upgrading>,
    may_upgrade: bool,
    heartbeat: Option<ClientHeartbeat>,
    /// It says `1` as soon as it has sent a GET.
    closes_with_get: bool,
    /// It has said `1`.
    is_closing: bool,
    /// When it went over to the websocket.
    pub upgraded: Option<Duration>,
    /// When it knew of the end, and why.
    pub ended: Option<(Instant, &'static str)>,
    /// A request after the end.
    pub visit: Option<u64>,
    /// What that was answered with.
    pub visited: Option<u16>,
    /// What the GET that was on its way at its own close was answered with.
    pub farewell: Option<(u16, String)>,
}

impl Client {
    pub fn new() -> Self {
        Self {
            speaker: Speaker::default(),
            carrier: Carrier::None,
            posts: PostQueue::new(1_000_000),
            get: None,
            post: None,
            next_request: 0,
            upgrading: None,
            may_upgrade: false,
            heartbeat: None,
            closes_with_get: false,
            is_closing: false,
            upgraded: None,
            ended: None,
            visit: None,
            visited: None,
            farewell: None,
        }
    }

    pub fn open(&mut self, net: &mut Network, carrier: Carrier) {
        self.carrier = carrier;
        if carrier == Carrier::Polling {
            let id = self.request();
            self.get = Some(id);
            net.send(Side::Server, Parcel::Get { id, is_new: true });
        } else {
            net.send(Side::Server, Parcel::Offer { is_new: true });
        }
    }

    pub fn due(&self) -> Option<Instant> {
        self.heartbeat.filter(|_| self.ended.is_none()).map(|heartbeat| heartbeat.deadline())
    }

    pub fn tick(&mut self, net: &mut Network) {
        if self.due().is_some_and(|at| at <= net.clock()) {
            self.end(net, "ping timeout");
        }
    }

    pub fn arrived(&mut self, net: &mut Network, parcel: Parcel) {
        match parcel {
            Parcel::Answer { id, status, body } => self.answered(net, id, status, &body),
            _ if self.ended.is_some() => {}
            // It was given up before that came.
            Parcel::Accepted | Parcel::Frame(_) if self.upgrading == Some(Upgrading::Failed) => {}
            Parcel::Accepted if self.upgrading.is_some() => write(net, &text(Upgrading::PROBE)),
            Parcel::Accepted => {}
            Parcel::Frame(frame) => {
                let packet = unframe(&frame);
                match &mut self.upgrading {
                    Some(upgrading) if self.carrier == Carrier::Polling => {
                        let text = match &packet {
                            EnginePacket::Text(text) => Some(text.as_str()),
                            EnginePacket::Binary(_) => None,
                        };
                        assert!(upgrading.said(text), "the server said {text:?} before its time");
                    }
                    _ => self.packet(net, packet),
                }
            }
            Parcel::Hangup => match &mut self.upgrading {
                Some(upgrading) if self.carrier == Carrier::Polling => upgrading.lost(),
                _ => self.end(net, "websocket closed"),
            },
            other => panic!("the server does not send {other:?}"),
        }
        self.pump(net);
    }

    fn answered(&mut self, net: &mut Network, id: u64, status: u16, body: &str) {
        if self.visit == Some(id) {
            self.visited = Some(status);
        }
        if self.post == Some(id) {
            self.post = None;
            if self.is_closing && self.posts.is_empty() {
                self.end(net, "closed");
            } else if status != 200 {
                self.end(net, "a POST was refused");
            }
        } else if self.get == Some(id) {
            self.get = None;
            if self.is_closing {
                self.farewell = Some((status, body.to_owned()));
            }
            if self.ended.is_some() {
                return;
            }
            if status != 200 {
                return self.end(net, "a GET was refused");
            }
            let packets = body.split('\u{1e}').count();
            assert!(packets <= 17, "16 packets and a last one: {body}");
            if packets >= 16 {
                net.note("full");
            }
            for packet in Payload::new(body) {
                match packet.unwrap() {
                    PayloadPacket::Text(kind, data) => self.text(net, kind, data),
                    PayloadPacket::Binary(bytes) => self.packet(net, EnginePacket::Binary(bytes)),
                }
            }
        }
    }

    fn packet(&mut self, net: &mut Network, packet: EnginePacket) {
        match packet {
            EnginePacket::Text(text) => {
                let (kind, data) = parse_engine(text.as_str()).unwrap();
                self.text(net, kind, data);
            }
            EnginePacket::Binary(bytes) => {
                self.heard(net);
                if let Some(message) = self.speaker.hear_binary(bytes) {
                    self.say(net, message);
                }
            }
        }
    }

    fn heard(&mut self, net: &Network) {
        if let Some(heartbeat) = &mut self.heartbeat {
            heartbeat.heard(net.clock());
        }
    }

    fn text(&mut self, net: &mut Network, kind: EngineType, data: &str) {
        self.heard(net);
        match kind {
            EngineType::Open => {
                let open: Handshake = serde_json::from_str(data).unwrap();
                let (interval, timeout) =
                    (Duration::from_millis(open.ping_interval), Duration::from_millis(open.ping_timeout));
                self.heartbeat = Some(ClientHeartbeat::new(interval, timeout, net.clock()));
                self.may_upgrade = open.upgrades.contains(&Upgrade::Websocket);
                self.push(net, text("40"));
            }
            EngineType::Ping => {
                net.note("ping");
                self.push(net, text("3"));
            }
            EngineType::Message => {
                if let Some(message) = self.speaker.hear(data) {
                    self.say(net, message);
                }
            }
            EngineType::Close => self.end(net, "the server closed"),
            EngineType::Noop => net.note("noop"),
            other => panic!("the server does not send {other:?}"),
        }
    }

    pub fn emit(&mut self, net: &mut Network) {
        if self.is_open() && self.speaker.is_joined {
            let message = self.speaker.emit(&mut net.random);
            self.say(net, message);
            self.pump(net);
        }
    }

    fn is_open(&self) -> bool {
        self.ended.is_none() && !self.is_closing
    }

    fn say(&mut self, net: &mut Network, message: Message) {
        message.frames().for_each(|frame| self.push(net, unframe(&frame)));
    }

    fn push(&mut self, net: &mut Network, packet: EnginePacket) {
        match self.carrier {
            _ if !self.is_open() => {}
            Carrier::WebSocket => write(net, &packet),
            _ => self.posts.push(packet),
        }
    }

    pub fn upgrade(&mut self, net: &mut Network) {
        if self.carrier == Carrier::Polling && self.may_upgrade && self.is_open() {
            self.upgrading = Some(Upgrading::default());
            net.send(Side::Server, Parcel::Offer { is_new: false });
        }
    }

    /// Ends the session: now, or when the next GET has just been sent, so that it and the end are on their way together.
    pub fn close(&mut self, net: &mut Network, with_get: bool) {
        if !self.is_open() {
            return;
        }
        if self.carrier == Carrier::WebSocket {
            net.note("the client closes");
            net.send(Side::Server, Parcel::Hangup);
            return self.end(net, "closed");
        }
        self.closes_with_get = true;
        if !with_get {
            self.say_close(net);
        }
        self.pump(net);
    }

    fn say_close(&mut self, net: &mut Network) {
        net.note("the client closes");
        if let Some(upgrading) = &mut self.upgrading {
            upgrading.lost();
            net.send(Side::Server, Parcel::Hangup);
        }
        self.posts.push(text("1"));
        self.is_closing = true;
    }

    /// A GET long after the end.
    pub fn visit(&mut self, net: &mut Network) {
        let id = self.request();
        self.visit = Some(id);
        net.ended[Side::Client as usize] = false;
        net.send(Side::Server, Parcel::Get { id, is_new: false });
        net.ended[Side::Client as usize] = true;
    }

    fn end(&mut self, net: &mut Network, why: &'static str) {
        if self.ended.is_none() {
            net.note(&format!("the client has ended: {why}"));
            net.ended[Side::Client as usize] = true;
            self.ended = Some((net.clock(), why));
        }
    }

    fn request(&mut self) -> u64 {
        self.next_request += 1;
        self.next_request
    }

    /// Starts what requests may be started, and goes over to the websocket if none is on its way.
    fn pump(&mut self, net: &mut Network) {
        if self.carrier != Carrier::Polling || self.heartbeat.is_none() || self.ended.is_some() {
            return;
        }
        let is_paused = self.upgrading.is_some_and(Upgrading::is_paused);
        if self.get.is_none() && !is_paused && !self.is_closing {
            let id = self.request();
            self.get = Some(id);
            net.send(Side::Server, Parcel::Get { id, is_new: false });
            if self.closes_with_get {
                self.say_close(net);
            }
        }
        if self.post.is_none() && !self.posts.is_empty() && !is_paused {
            let id = self.request();
            self.post = Some(id);
            net.send(Side::Server, Parcel::Post { id, body: self.posts.body() });
        }
        let is_idle = self.get.is_none() && self.post.is_none();
        if let Some(upgrading) = &mut self.upgrading
            && upgrading.go_over(is_idle)
        {
            self.upgraded = Some(net.now);
            self.carrier = Carrier::WebSocket;
            write(net, &text(Upgrading::OVER));
            let rest = std::mem::replace(&mut self.posts, PostQueue::new(0)).into_rest();
            rest.iter().for_each(|packet| write(net, packet));
            if self.closes_with_get {
                self.close(net, false);
            }
        }
    }
}

fn text(packet: &str) -> EnginePacket {
    EnginePacket::Text(Text::from(packet))
}

/// Sends a frame as a client does: masked.
fn write(net: &mut Network, packet: &EnginePacket) {
    let (first, payload) = match packet {
        EnginePacket::Text(text) => (0x81, text.as_bytes()),
        EnginePacket::Binary(bytes) => (0x82, &**bytes),
    };
    let length = u8::try_from(payload.len()).ok().filter(|length| *length < 126).expect("short messages");
    let mask = u32::try_from(net.random.below(1 << 32)).unwrap().to_be_bytes();
    let mut frame = vec![first, 0x80 | length];
    frame.extend(mask);
    frame.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    net.send(Side::Server, Parcel::Frame(frame.into()));
}

/// The packet in a server's frame.
fn unframe(frame: &Bytes) -> EnginePacket {
    let payload = frame.slice(if frame[1] == 126 { 4.. } else { 2.. });
    match frame[0] {
        0x81 => EnginePacket::Text(Text::try_from(payload).unwrap()),
        first => {
            assert_eq!(first, 0x82);
            EnginePacket::Binary(payload)
        }
    }
}
