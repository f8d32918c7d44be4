//! An Engine.IO connection from the client's end: answers heartbeats, notices silence, hands out messages.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use tokio::time::{Instant, Sleep, sleep_until};

use super::config::Config;
use super::ending::{Ended, Lost, Reason};
use super::endpoint::Endpoint;
use super::error::ConnectError;
use super::ledger::{Ledger, Ticket};
use super::outbound::{Limit, Outbound};
use super::transport::{Packet, Step, Transport};
use crate::engine::ClientHeartbeat;
use crate::packet::{EngineType, Parser, Parts, Text, parse_engine, unpack};

/// What a server's heartbeat is cut to, so that no number it sends can overflow the clock.
const MAX_HEARTBEAT_MS: u64 = 24 * 60 * 60 * 1000;

/// The shortest time between pongs that nobody asked for.
const MIN_PONG: Duration = Duration::from_millis(50);

/// What has come.
#[derive(Debug)]
pub(crate) enum Received {
    /// A Socket.IO packet, with the Engine.IO `4` in front.
    Text(Text),
    /// An attachment.
    Binary(Bytes),
    /// There is room for more to be sent.
    Room,
}

/// An Engine.IO connection.
#[derive(Debug)]
pub(crate) struct Link {
    transport: Transport,
    /// What the carrier has not taken on.
    ledger: Ledger,
    parser: Parser,
    max_payload: usize,
    /// What the server takes in one message.
    most: usize,
    /// Of a message of msgpack: the attachments that have not been handed out.
    attachments: VecDeque<Bytes>,
    heartbeat: ClientHeartbeat,
    timer: Pin<Box<Sleep>>,
    /// Whether anything was read when it was last polled.
    reads: bool,
    /// When the server was last told that we live.
    last_pong: Instant,
    /// While nothing is read: how often it is told.
    pong_every: Duration,
}

impl Link {
    /// Connects.
    pub(crate) async fn open(endpoint: &Arc<Endpoint>, config: &Config) -> Result<Self, ConnectError> {
        let (transport, handshake) = Transport::open(endpoint, config).await?;
        let interval = Duration::from_millis(handshake.ping_interval.min(MAX_HEARTBEAT_MS));
        let timeout = Duration::from_millis(handshake.ping_timeout.min(MAX_HEARTBEAT_MS));
        let now = Instant::now();
        let heartbeat = ClientHeartbeat::new(interval, timeout, now.into_std());
        Ok(Self {
            transport,
            ledger: Ledger::default(),
            parser: config.parser,
            max_payload: config.max_payload,
            // Zero is no limit to Node's client, and none that anything could be sent within.
            most: match handshake.max_payload {
                0 => usize::MAX,
                most => usize::try_from(most).unwrap_or(usize::MAX),
            },
            attachments: VecDeque::new(),
            heartbeat,
            timer: Box::pin(sleep_until(Instant::from_std(heartbeat.deadline()))),
            reads: true,
            last_pong: now,
            pong_every: (interval.min(timeout) / 2).max(MIN_PONG),
        })
    }

    /// Puts a Socket.IO packet of our own, with the `4` in front, behind those that wait.
    pub(crate) fn push(&mut self, text: Text) {
        match Outbound::new(Parts { text, attachments: Vec::new() }, self.parser) {
            Ok(message) => self.send(message, Ticket::Bound),
            Err(why) => tracing::error!(%why, "a packet cannot be sent as msgpack, and is not sent"),
        }
    }

    /// Puts a message behind those that wait.
    pub(crate) fn send(&mut self, message: Outbound, ticket: Ticket) {
        self.ledger.settle(self.transport.waiting());
        self.ledger.push(message.packets(), ticket);
        message.into_packets().for_each(|packet| self.transport.push(packet));
    }

    /// Tells the server that we live. It is enough that one such word waits to be sent.
    fn pong(&mut self, now: Instant) -> bool {
        self.last_pong = now;
        self.ledger.settle(self.transport.waiting());
        if self.ledger.has_pong() {
            return false;
        }
        self.ledger.push(1, Ticket::Pong);
        self.transport.push(Packet::Text(Text::from_static("3")));
        true
    }

    /// Whether there is room for one more.
    pub(crate) fn wants_more(&self) -> bool {
        self.transport.wants_more()
    }

    /// Whether nothing is on its way to the server.
    pub(crate) fn is_clear(&self) -> bool {
        self.transport.is_clear()
    }

    /// What the server takes, the way that messages go now.
    pub(crate) fn limit(&self) -> Limit {
        Limit { most: self.most, polling: self.transport.is_polling() }
    }

    /// Takes back what was sent and has not left, in order.
    pub(crate) fn take_unsent(&mut self) -> Vec<Ticket> {
        self.ledger.settle(self.transport.waiting());
        self.transport.discard();
        std::mem::take(&mut self.ledger).into_unsent()
    }

    /// Goes on until something has come. May be dropped and called again. Without `read`, nothing is taken from the server,
    /// but it is still written, and told that we live.
    pub(crate) async fn next(&mut self, read: bool) -> Ended<Received> {
        poll_fn(|cx| self.poll(cx, read)).await
    }

    fn poll(&mut self, cx: &mut Context<'_>, read: bool) -> Poll<Ended<Received>> {
        if read && !self.reads {
            // Who was not listened to could not be heard.
            self.heartbeat.heard(Instant::now().into_std());
        }
        self.reads = read;
        if read && let Some(binary) = self.attachments.pop_front() {
            return Poll::Ready(Ok(Received::Binary(binary)));
        }
        loop {
            match self.transport.poll(cx, read) {
                Poll::Ready(Ok(Step::Room)) => return Poll::Ready(Ok(Received::Room)),
                Poll::Ready(Ok(Step::Packet(packet))) => {
                    self.heartbeat.heard(Instant::now().into_std());
                    if let Some(received) = self.packet(packet).transpose() {
                        return Poll::Ready(received);
                    }
                }
                Poll::Ready(Err(lost)) => return Poll::Ready(Err(lost)),
                Poll::Pending if self.poll_timer(cx)? => {}
                Poll::Pending => return Poll::Pending,
            }
        }
    }

    fn packet(&mut self, packet: Packet) -> Ended<Option<Received>> {
        let text = match packet {
            Packet::Text(text) => text,
            Packet::Binary(binary) if self.parser == Parser::Json => {
                return Ok(Some(Received::Binary(binary)));
            }
            Packet::Binary(binary) => {
                let unpacked = unpack(&binary, self.max_payload);
                let (text, attachments) =
                    unpacked.map_err(|why| Lost::new(Reason::ParseError, why.to_string()))?;
                self.attachments.extend(attachments);
                return Ok(Some(Received::Text(text)));
            }
        };
        match parse_engine(text.as_str()) {
            Ok((EngineType::Message, _)) if self.parser == Parser::Msgpack => {
                Err(Lost::new(Reason::ParseError, "a text where msgpack was due"))
            }
            Ok((EngineType::Message, _)) => Ok(Some(Received::Text(text))),
            Ok((EngineType::Ping, _)) => {
                self.pong(Instant::now());
                Ok(None)
            }
            Ok((EngineType::Close, _)) => Err(Reason::TransportClose.into()),
            Ok((EngineType::Open | EngineType::Pong | EngineType::Upgrade | EngineType::Noop, _)) => Ok(None),
            Err(_) => Err(Lost::new(Reason::TransportError, "what came is no Engine.IO packet")),
        }
    }

    /// Whether something was pushed. Registers for the next moment at which there is something to do.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Ended<bool> {
        loop {
            let now = Instant::now();
            // While nothing is read, the server's ping is somewhere among that; servers take pongs without one. Counted from the
            // last one and not from when reading stopped: who reads a little from time to time lives too.
            let due = match self.reads {
                true => Instant::from_std(self.heartbeat.deadline()),
                false => self.last_pong + self.pong_every,
            };
            if now >= due {
                if self.reads {
                    return Err(Reason::PingTimeout.into());
                }
                if self.pong(now) {
                    return Ok(true);
                }
                continue;
            }
            // Moved only when it is too late or has fired, not with every packet.
            if self.timer.deadline() > due || self.timer.is_elapsed() {
                self.timer.as_mut().reset(due);
            }
            if self.timer.as_mut().poll(cx).is_pending() {
                return Ok(false);
            }
        }
    }

    /// Closes it after what waits.
    pub(crate) async fn close(self) {
        self.transport.close().await;
    }
}
