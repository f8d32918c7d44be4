//! The way to the server: one carrier at a time, and the upgrade from one to the other.

use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use super::config::{Config, Transports};
use super::endpoint::Endpoint;
use super::signal::Reason;
use super::websocket::WebSocket;
use crate::engine::Handshake;
use crate::packet::{EngineType, Text, parse_engine};

/// For a close to be said and answered.
const CLOSING: Duration = Duration::from_secs(2);

/// An Engine.IO packet on its way, in either direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Packet {
    /// With its type in front.
    Text(Text),
    /// The data of a binary message.
    Binary(Bytes),
}

/// What going on has led to.
#[derive(Debug)]
pub(crate) enum Step {
    /// A packet has come.
    Packet(Packet),
    /// What was pushed has been written: there is room for more.
    Room,
}

/// A result, or why the connection has ended.
pub(crate) type Ended<T> = Result<T, Reason>;

/// An Engine.IO connection.
#[derive(Debug)]
pub(crate) struct Transport {
    carrier: Carrier,
}

#[derive(Debug)]
enum Carrier {
    WebSocket(Box<WebSocket>),
}

impl Transport {
    /// Connects; with what the server says of the connection.
    pub(crate) async fn open(endpoint: &Endpoint, config: &Config) -> Result<(Self, Handshake), String> {
        let _ = Transports::WebSocket;
        let mut websocket = WebSocket::connect(endpoint, None, config.max_payload).await?;
        let packet = std::future::poll_fn(|cx| websocket.poll_read(cx)).await;
        let packet =
            packet.map_err(|reason| format!("{} ended the connection: {reason}", endpoint.authority))?;
        let handshake = handshake(&packet).map_err(|why| format!("{}: {why}", endpoint.authority))?;
        Ok((Self { carrier: Carrier::WebSocket(Box::new(websocket)) }, handshake))
    }

    /// Puts a packet behind those that wait.
    pub(crate) fn push(&mut self, packet: Packet) {
        match &mut self.carrier {
            Carrier::WebSocket(websocket) => websocket.push(packet),
        }
    }

    /// Whether there is room for one more.
    pub(crate) fn wants_more(&self) -> bool {
        match &self.carrier {
            Carrier::WebSocket(websocket) => websocket.wants_more(),
        }
    }

    /// Writes, and reads if that is wanted.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>, read: bool) -> Poll<Ended<Step>> {
        match &mut self.carrier {
            Carrier::WebSocket(websocket) => {
                if let Poll::Ready(wrote) = websocket.poll_write(cx)
                    && wrote?
                {
                    return Poll::Ready(Ok(Step::Room));
                }
                if !read {
                    return Poll::Pending;
                }
                Poll::Ready(Ok(Step::Packet(ready!(websocket.poll_read(cx))?)))
            }
        }
    }

    /// Closes it after what waits.
    pub(crate) async fn close(self) {
        let close = async {
            match self.carrier {
                Carrier::WebSocket(websocket) => websocket.close().await,
            }
        };
        // A server that does not answer is left behind.
        let _ = tokio::time::timeout(CLOSING, close).await;
    }
}

/// The first packet of a connection.
fn handshake(packet: &Packet) -> Result<Handshake, String> {
    let Packet::Text(text) = packet else { return Err("the first packet is binary".into()) };
    match parse_engine(text.as_str()) {
        Ok((EngineType::Open, open)) => {
            serde_json::from_str(open).map_err(|why| format!("the open packet cannot be read: {why}"))
        }
        _ => Err("the first packet is no open packet: is this an Engine.IO 4 server?".into()),
    }
}
