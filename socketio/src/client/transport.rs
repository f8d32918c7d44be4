//! The way to the server: one carrier at a time, and the upgrade from one to the other.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::timeout;

use super::config::{Config, Transports};
use super::ending::Ended;
use super::endpoint::Endpoint;
use super::error::ConnectError;
use super::polling::{Body, Polling};
use super::upgrade::Upgrade;
use super::websocket::WebSocket;
use crate::engine::{self, Handshake};
use crate::packet::{EngineType, parse_engine};

pub(crate) use crate::engine::EnginePacket as Packet;

/// For a close to be said and answered.
const CLOSING: Duration = Duration::from_secs(2);

/// What going on has led to.
#[derive(Debug)]
pub(crate) enum Step {
    /// A packet has come.
    Packet(Packet),
    /// What was pushed has been written: there is room for more.
    Room,
}

/// An Engine.IO connection.
#[derive(Debug)]
pub(crate) struct Transport {
    carrier: Carrier,
    upgrade: Option<Upgrade>,
    /// After an upgrade: what polling had brought and nobody had read yet.
    before: Body,
}

#[derive(Debug)]
enum Carrier {
    Polling(Box<Polling>),
    WebSocket(Box<WebSocket>),
}

impl Transport {
    /// Connects; with what the server says of the connection.
    pub(crate) async fn open(
        endpoint: &Arc<Endpoint>,
        config: &Config,
    ) -> Result<(Self, Handshake), ConnectError> {
        if config.transports == Transports::WebSocket {
            let mut websocket = WebSocket::connect(endpoint, None, config.max_payload).await?;
            let packet = poll_fn(|cx| websocket.poll_read(cx)).await?;
            let handshake = handshake(&packet)
                .map_err(|why| ConnectError::Protocol(format!("{}: {why}", endpoint.authority)))?;
            let carrier = Carrier::WebSocket(Box::new(websocket));
            return Ok((Self { carrier, upgrade: None, before: Body::default() }, handshake));
        }
        let (polling, handshake) = Polling::open(endpoint, config).await?;
        let is_wanted = config.transports == Transports::PollingThenWebSocket
            && handshake.upgrades.contains(&engine::Upgrade::Websocket);
        let upgrade = is_wanted.then(|| {
            let sid = handshake.sid.clone();
            Upgrade::begin(Arc::clone(endpoint), sid, config.max_payload, config.connect_timeout)
        });
        let carrier = Carrier::Polling(Box::new(polling));
        Ok((Self { carrier, upgrade, before: Body::default() }, handshake))
    }

    /// Puts a packet behind those that wait.
    pub(crate) fn push(&mut self, packet: Packet) {
        match &mut self.carrier {
            Carrier::Polling(polling) => polling.push(packet),
            Carrier::WebSocket(websocket) => websocket.push(packet),
        }
    }

    /// Whether there is room for one more.
    pub(crate) fn wants_more(&self) -> bool {
        match &self.carrier {
            Carrier::Polling(polling) => polling.wants_more(),
            Carrier::WebSocket(websocket) => websocket.wants_more(),
        }
    }

    /// How many packets were pushed that nothing was done about yet.
    pub(crate) fn waiting(&self) -> usize {
        match &self.carrier {
            Carrier::Polling(polling) => polling.waiting(),
            Carrier::WebSocket(websocket) => websocket.waiting(),
        }
    }

    /// Takes away what was pushed and nothing was done about yet.
    pub(crate) fn discard(&mut self) {
        match &mut self.carrier {
            Carrier::Polling(polling) => polling.discard(),
            Carrier::WebSocket(websocket) => websocket.discard(),
        }
    }

    /// Whether nothing is on its way to the server.
    pub(crate) fn is_clear(&self) -> bool {
        match &self.carrier {
            Carrier::Polling(polling) => polling.is_clear(),
            Carrier::WebSocket(websocket) => websocket.is_clear(),
        }
    }

    /// Whether messages go in the bodies of requests.
    pub(crate) fn is_polling(&self) -> bool {
        matches!(self.carrier, Carrier::Polling(_))
    }

    /// Writes, and reads if that is wanted.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>, read: bool) -> Poll<Ended<Step>> {
        loop {
            if read && let Some(packet) = self.before.next() {
                return Poll::Ready(packet.map(Step::Packet));
            }
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
                    return Poll::Ready(Ok(Step::Packet(ready!(websocket.poll_read(cx))?)));
                }
                Carrier::Polling(polling) => {
                    if let Poll::Ready(posted) = polling.poll_write(cx) {
                        return Poll::Ready(posted.map(|()| Step::Room));
                    }
                    polling.poll_read(cx, read)?;
                    if read && let Some(packet) = polling.body.next() {
                        return Poll::Ready(packet.map(Step::Packet));
                    }
                    ready!(self.poll_upgrade(cx));
                }
            }
        }
    }

    /// Ready when something has changed.
    fn poll_upgrade(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let (Some(upgrade), Carrier::Polling(polling)) = (&mut self.upgrade, &mut self.carrier) else {
            return Poll::Pending;
        };
        let outcome = ready!(upgrade.poll(cx, polling));
        self.upgrade = None;
        match outcome {
            Ok(websocket) => {
                let before = std::mem::replace(&mut self.carrier, Carrier::WebSocket(websocket));
                if let Carrier::Polling(polling) = before {
                    let (outgoing, body) = polling.into_rest();
                    self.before = body;
                    outgoing.into_iter().for_each(|packet| self.push(packet));
                }
            }
            Err(why) => tracing::debug!(why, "polling goes on, as there is no websocket to be had"),
        }
        Poll::Ready(())
    }

    /// Says good-bye after what waits.
    pub(crate) async fn close(self) {
        let close = async {
            match self.carrier {
                Carrier::Polling(polling) => polling.close().await,
                Carrier::WebSocket(websocket) => websocket.close().await,
            }
        };
        // A server that does not answer is left behind.
        let _ = timeout(CLOSING, close).await;
    }
}

/// The first packet of a connection.
pub(crate) fn handshake(packet: &Packet) -> Result<Handshake, String> {
    let Packet::Text(text) = packet else { return Err("the first packet is binary".into()) };
    match parse_engine(text.as_str()) {
        Ok((EngineType::Open, open)) => {
            serde_json::from_str(open).map_err(|why| format!("the open packet cannot be read: {why}"))
        }
        _ => Err("the first packet is no open packet: is this an Engine.IO 4 server?".into()),
    }
}
