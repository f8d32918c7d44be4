//! The server's end: the same pieces as in the task of a connection, put together without tasks.

use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use parlance_socketio::engine::{
    Due, Ending, GetQueue, Handshake, Heartbeat, OnGet, OnProbe, OnSaid, PollCycle, Progress, Refusal,
    Tombstone, Upgrade, Upgrading, Whole,
};
use parlance_socketio::packet::{EngineType, Message, Payload, PayloadPacket, parse_engine};

use super::network::{Network, Parcel, Side};
use super::speaker::Speaker;
use super::{Carrier, INTERVAL, TIMEOUT, millis};

/// For what waits when the server closes a session, and for a GET after its end.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);
const TOMBSTONE: Duration = Duration::from_millis(300);

#[derive(Debug)]
pub struct Server {
    pub speaker: Speaker,
    pub carrier: Carrier,
    cycle: PollCycle,
    /// A websocket is there that has not taken over.
    has_probe: bool,
    queue: GetQueue,
    /// The GET that is pending.
    get: Option<u64>,
    heartbeat: Heartbeat,
    read: BytesMut,
    progress: Progress,
    /// Nothing but what waits is sent, until then at most.
    closing: Option<Instant>,
    tombstone: Option<Tombstone>,
    /// When it knew of the end, and why.
    pub ended: Option<(Instant, &'static str)>,
}

impl Server {
    pub fn new(net: &Network) -> Self {
        Self {
            speaker: Speaker::default(),
            carrier: Carrier::None,
            cycle: PollCycle::default(),
            has_probe: false,
            queue: GetQueue::new(handshake(vec![Upgrade::Websocket]), 1_000_000),
            get: None,
            heartbeat: Heartbeat::new(INTERVAL, TIMEOUT, net.clock()),
            read: BytesMut::new(),
            progress: Progress::default(),
            closing: None,
            tombstone: None,
            ended: None,
        }
    }

    /// When there is something to do, if nothing comes.
    pub fn due(&self, now: Instant) -> Option<Instant> {
        if self.carrier == Carrier::None || self.ended.is_some() {
            return None;
        }
        let mut heartbeat = self.heartbeat;
        self.closing.or_else(|| match heartbeat.poll(now) {
            Due::At(at) => Some(at),
            Due::Ping | Due::Timeout => Some(now),
        })
    }

    pub fn tick(&mut self, net: &mut Network) {
        let now = net.clock();
        if self.due(now).is_none_or(|at| at > now) {
            return;
        }
        if self.closing.is_some() {
            return self.finish(net, Ending::Server, "closed");
        }
        match self.heartbeat.poll(now) {
            Due::Ping if self.carrier == Carrier::WebSocket => frame(net, "2"),
            Due::Ping => {
                self.queue.push_control("2");
                self.answer(net);
            }
            Due::Timeout => self.finish(net, Ending::Broken, "ping timeout"),
            Due::At(_) => {}
        }
    }

    pub fn arrived(&mut self, net: &mut Network, parcel: Parcel) {
        let is_request = matches!(parcel, Parcel::Get { .. } | Parcel::Post { .. });
        if self.ended.is_some() {
            if is_request {
                self.after(net, parcel);
            }
            return;
        }
        if self.closing.is_some() {
            match parcel {
                Parcel::Get { id, .. } => {
                    self.get(net, id);
                    if self.ended.is_none() && self.queue.is_flushed() {
                        self.finish(net, Ending::Server, "closed");
                    }
                }
                // Passed over.
                Parcel::Post { id, .. } => answer(net, id, "ok".into()),
                _ => {}
            }
            return;
        }
        if is_request
            && self.carrier == Carrier::Polling
            && self.heartbeat.deadline().is_some_and(|at| net.clock() >= at)
        {
            self.finish(net, Ending::Broken, "ping timeout");
            return self.after(net, parcel);
        }
        match parcel {
            Parcel::Get { id, is_new } => {
                if is_new {
                    self.begin(net, Carrier::Polling);
                }
                self.get(net, id);
            }
            Parcel::Post { id, .. } if self.cycle.is_upgraded() => refuse(net, id, Refusal::BadRequest),
            Parcel::Post { id, body } => {
                answer(net, id, "ok".into());
                for packet in Payload::new(&body) {
                    match packet.unwrap() {
                        PayloadPacket::Text(kind, data) => self.packet(net, kind, data),
                        PayloadPacket::Binary(bytes) => self.binary(net, bytes),
                    }
                }
            }
            Parcel::Offer { is_new: true } => {
                self.begin(net, Carrier::WebSocket);
                net.send(Side::Client, Parcel::Accepted);
                frame(net, &handshake(Vec::new()));
            }
            Parcel::Offer { is_new: false } => {
                assert_eq!(self.cycle.offer(), OnProbe::Accept, "our client offers one");
                self.has_probe = true;
                net.send(Side::Client, Parcel::Accepted);
            }
            Parcel::Frame(bytes) => self.frame(net, &bytes),
            Parcel::Hangup if self.carrier == Carrier::WebSocket => {
                self.finish(net, Ending::Broken, "websocket closed");
            }
            Parcel::Hangup => {
                self.has_probe = false;
                self.cycle.abandoned();
            }
            Parcel::Answer { .. } | Parcel::Accepted => panic!("the client does not send {parcel:?}"),
        }
    }

    fn begin(&mut self, net: &Network, carrier: Carrier) {
        assert_eq!(self.carrier, Carrier::None);
        self.carrier = carrier;
        self.heartbeat = Heartbeat::new(INTERVAL, TIMEOUT, net.clock());
    }

    fn get(&mut self, net: &mut Network, id: u64) {
        match self.cycle.get() {
            OnGet::Hold => {
                self.get = Some(id);
                self.answer(net);
            }
            OnGet::Release => {
                self.get = Some(id);
                self.release(net);
            }
            OnGet::Overlap | OnGet::Upgraded => refuse(net, id, Refusal::BadRequest),
        }
    }

    /// A request for a session that has ended.
    fn after(&mut self, net: &mut Network, parcel: Parcel) {
        let gone = self.tombstone.is_none_or(|tombstone| tombstone.is_gone(net.clock()));
        match parcel {
            Parcel::Get { id, .. } | Parcel::Post { id, .. } if gone => {
                refuse(net, id, Refusal::UnknownSession)
            }
            Parcel::Post { id, .. } => answer(net, id, "ok".into()),
            Parcel::Get { id, .. } => {
                net.note("late");
                self.get(net, id);
                if let (true, Some(tombstone)) = (self.queue.is_flushed(), &mut self.tombstone) {
                    tombstone.answered(net.clock());
                }
            }
            other => panic!("{other:?} is no request"),
        }
    }

    fn frame(&mut self, net: &mut Network, bytes: &[u8]) {
        self.read.extend_from_slice(bytes);
        let whole = self.progress.next(&mut self.read, 1 << 20).unwrap();
        assert!(self.read.is_empty());
        match (whole, self.carrier) {
            (Whole::Text(text), Carrier::WebSocket) => {
                let (kind, data) = parse_engine(text.as_str()).unwrap();
                self.packet(net, kind, data);
            }
            (Whole::Binary(bytes), Carrier::WebSocket) => self.binary(net, bytes),
            (Whole::Text(text), _) => self.said(net, text.as_str()),
            (other, _) => panic!("{other:?} is no message, or too early"),
        }
    }

    /// The upgrade.
    fn said(&mut self, net: &mut Network, text: &str) {
        match self.cycle.said(Some(text)) {
            OnSaid::Answer { release } => {
                frame(net, Upgrading::ANSWER);
                if release {
                    self.release(net);
                }
            }
            OnSaid::GoOver { release } => {
                assert!(!release, "our client waits for its GET");
                self.has_probe = false;
                self.carrier = Carrier::WebSocket;
                net.note("upgraded");
                let (control, messages) = self.queue.take_rest();
                control.iter().for_each(|packet| frame(net, packet));
                messages.iter().for_each(|message| frames(net, message));
            }
            OnSaid::Close => panic!("our client says nothing else than it should: {text}"),
        }
    }

    fn packet(&mut self, net: &mut Network, kind: EngineType, data: &str) {
        match kind {
            EngineType::Message => {
                if let Some(message) = self.speaker.hear(data) {
                    self.send(net, message);
                }
            }
            EngineType::Pong => assert!(self.heartbeat.pong(net.clock()), "nobody asked"),
            EngineType::Close => self.finish(net, Ending::Client, "the client closed"),
            other => panic!("the client does not send {other:?}"),
        }
    }

    fn binary(&mut self, net: &mut Network, bytes: Bytes) {
        if let Some(message) = self.speaker.hear_binary(bytes) {
            self.send(net, message);
        }
    }

    fn is_open(&self) -> bool {
        self.ended.is_none() && self.closing.is_none()
    }

    /// The next event, if there is somebody to send it to.
    pub fn emit(&mut self, net: &mut Network) {
        if self.is_open() && self.speaker.is_joined {
            let message = self.speaker.emit(&mut net.random);
            self.send(net, message);
        }
    }

    fn send(&mut self, net: &mut Network, message: Message) {
        if !self.is_open() {
            return;
        }
        if self.carrier == Carrier::WebSocket {
            return frames(net, &message);
        }
        self.queue.push(message);
        self.answer(net);
    }

    /// Ends the session after what waits.
    pub fn close(&mut self, net: &mut Network) {
        if !self.is_open() {
            return;
        }
        net.note("the server closes");
        if self.carrier == Carrier::WebSocket {
            net.send(Side::Client, Parcel::Hangup);
            return self.finish(net, Ending::Broken, "closed");
        }
        self.closing = Some(net.clock() + CLOSE_TIMEOUT);
        self.queue.push_last("1");
        self.answer(net);
        if self.queue.is_flushed() {
            self.finish(net, Ending::Server, "closed");
        }
    }

    fn finish(&mut self, net: &mut Network, ending: Ending, why: &'static str) {
        net.note(&format!("the server has ended: {why}"));
        net.ended[Side::Server as usize] = true;
        self.ended = Some((net.clock(), why));
        if self.carrier == Carrier::Polling {
            let mut tombstone = Tombstone::new(ending, net.clock(), TOMBSTONE);
            if let Some(word) = tombstone.word(self.queue.is_flushed()) {
                self.queue.push_control(word);
            }
            if self.answer(net) {
                tombstone.answered(net.clock());
            }
            self.tombstone = Some(tombstone);
        }
        // With the session goes who waits for it.
        if std::mem::take(&mut self.has_probe) {
            net.send(Side::Client, Parcel::Hangup);
        }
        if let Some(id) = self.get.take() {
            refuse(net, id, Refusal::UnknownSession);
        }
    }

    fn answer(&mut self, net: &mut Network) -> bool {
        if !self.queue.is_ready() {
            return false;
        }
        let Some(id) = self.get.take() else { return false };
        self.cycle.answered();
        answer(net, id, self.queue.body());
        true
    }

    fn release(&mut self, net: &mut Network) {
        if !self.answer(net) {
            self.queue.push_control("6");
            self.answer(net);
        }
    }
}

fn answer(net: &mut Network, id: u64, body: String) {
    net.send(Side::Client, Parcel::Answer { id, status: 200, body });
}

fn refuse(net: &mut Network, id: u64, refusal: Refusal) {
    net.send(Side::Client, Parcel::Answer { id, status: refusal.status(), body: refusal.body() });
}

/// A packet that is no message, in a frame with the longer form of lengths.
fn frame(net: &mut Network, packet: &str) {
    let mut frame = vec![0x81, 126];
    frame.extend(u16::try_from(packet.len()).unwrap().to_be_bytes());
    frame.extend(packet.bytes());
    net.send(Side::Client, Parcel::Frame(frame.into()));
}

fn frames(net: &mut Network, message: &Message) {
    message.clone().frames().for_each(|frame| net.send(Side::Client, Parcel::Frame(frame)));
}

/// The open packet.
fn handshake(upgrades: Vec<Upgrade>) -> String {
    let handshake = Handshake {
        sid: "session".into(),
        upgrades,
        ping_interval: millis(INTERVAL),
        ping_timeout: millis(TIMEOUT),
        max_payload: 1_000_000,
    };
    format!("0{}", serde_json::to_string(&handshake).unwrap())
}
