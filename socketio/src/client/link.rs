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
use super::endpoint::Endpoint;
use super::signal::Reason;
use super::transport::{Ended, Packet, Step, Transport};
use crate::engine::ClientHeartbeat;
use crate::packet::{EngineType, Parser, Parts, Text, pack, parse_engine, unpack};

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
    parser: Parser,
    max_payload: usize,
    /// Of a message of msgpack: the attachments that have not been handed out.
    attachments: VecDeque<Bytes>,
    heartbeat: ClientHeartbeat,
    timer: Pin<Box<Sleep>>,
    /// While nothing is read: when the next pong is sent that nobody asked for.
    stalled: Option<Instant>,
    pong_every: Duration,
}

impl Link {
    /// Connects.
    pub(crate) async fn open(endpoint: &Arc<Endpoint>, config: &Config) -> Result<Self, String> {
        let (transport, handshake) = Transport::open(endpoint, config).await?;
        let interval = Duration::from_millis(handshake.ping_interval.min(MAX_HEARTBEAT_MS));
        let timeout = Duration::from_millis(handshake.ping_timeout.min(MAX_HEARTBEAT_MS));
        let heartbeat = ClientHeartbeat::new(interval, timeout, Instant::now().into_std());
        Ok(Self {
            transport,
            parser: config.parser,
            max_payload: config.max_payload,
            attachments: VecDeque::new(),
            heartbeat,
            timer: Box::pin(sleep_until(Instant::from_std(heartbeat.deadline()))),
            stalled: None,
            pong_every: (interval.min(timeout) / 2).max(MIN_PONG),
        })
    }

    /// Puts a Socket.IO packet, with the `4` in front, behind those that wait.
    pub(crate) fn push(&mut self, text: Text) {
        self.push_packet(Parts { text, attachments: Vec::new() });
    }

    /// The same with its attachments.
    pub(crate) fn push_packet(&mut self, packet: Parts) {
        let Parts { text, attachments } = packet;
        match self.parser {
            Parser::Json => {
                self.transport.push(Packet::Text(text));
                attachments.into_iter().for_each(|binary| self.transport.push(Packet::Binary(binary)));
            }
            Parser::Msgpack => {
                let attachments: Vec<&[u8]> = attachments.iter().map(|bytes| &**bytes).collect();
                match pack(text.as_str(), &attachments) {
                    Ok(packed) => self.transport.push(Packet::Binary(packed.into())),
                    Err(why) => {
                        tracing::error!(%why, "a message cannot be sent as msgpack, and is not sent");
                    }
                }
            }
        }
    }

    /// Whether there is room for one more.
    pub(crate) fn wants_more(&self) -> bool {
        self.transport.wants_more()
    }

    /// Goes on until something has come. May be dropped and called again. Without `read`, nothing is taken from the server,
    /// but it is still written, and told that we live.
    pub(crate) async fn next(&mut self, read: bool) -> Ended<Received> {
        poll_fn(|cx| self.poll(cx, read)).await
    }

    fn poll(&mut self, cx: &mut Context<'_>, read: bool) -> Poll<Ended<Received>> {
        match (read, self.stalled) {
            (true, Some(_)) => {
                // Who was not listened to could not be heard.
                self.heartbeat.heard(Instant::now().into_std());
                self.stalled = None;
            }
            (false, None) => self.stalled = Some(Instant::now() + self.pong_every),
            _ => {}
        }
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
                Poll::Ready(Err(reason)) => return Poll::Ready(Err(reason)),
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
                let (text, attachments) = unpacked.map_err(|_| Reason::ParseError)?;
                self.attachments.extend(attachments);
                return Ok(Some(Received::Text(text)));
            }
        };
        match parse_engine(text.as_str()) {
            Ok((EngineType::Message, _)) if self.parser == Parser::Msgpack => Err(Reason::ParseError),
            Ok((EngineType::Message, _)) => Ok(Some(Received::Text(text))),
            Ok((EngineType::Ping, _)) => {
                self.transport.push(Packet::Text(Text::from_static("3")));
                Ok(None)
            }
            Ok((EngineType::Close, _)) => Err(Reason::TransportClose),
            Ok((EngineType::Open | EngineType::Pong | EngineType::Upgrade | EngineType::Noop, _)) => Ok(None),
            Err(_) => Err(Reason::TransportError),
        }
    }

    /// Whether something was pushed. Registers for the next moment at which there is something to do.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Ended<bool> {
        loop {
            let now = Instant::now();
            let due = match self.stalled {
                Some(at) if now >= at => {
                    // The server's ping is somewhere among what we do not read; servers take pongs without one.
                    self.stalled = Some(now + self.pong_every);
                    if self.wants_more() {
                        self.transport.push(Packet::Text(Text::from_static("3")));
                        return Ok(true);
                    }
                    continue;
                }
                Some(at) => at,
                None => Instant::from_std(self.heartbeat.deadline()),
            };
            if self.stalled.is_none() && now >= due {
                return Err(Reason::PingTimeout);
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
