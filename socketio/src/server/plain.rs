//! Plain Engine.IO: messages, text or binary, and nothing of Socket.IO in them.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt;

use super::incoming::Incoming;
use super::outbox::{Item, Outbox};
use super::reason::DisconnectReason;
use super::request::RequestInfo;
use super::speaker::{Peer, Speaker};
use super::transport::Transport;
use crate::packet::Message;

/// What a server does with plain Engine.IO connections. Of one connection one message at a time is handled, in order.
pub trait EngineService: Send + Sync + 'static {
    /// A message has come.
    fn message(&self, socket: &EngineSocket, message: EngineMessage<'_>) -> impl Future<Output = ()> + Send;
}

/// A message of Engine.IO.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineMessage<'a> {
    /// Text.
    Text(&'a str),
    /// Bytes.
    Binary(Bytes),
}

/// A plain Engine.IO connection, as a handler sees it.
#[derive(Debug)]
pub struct EngineSocket {
    outbox: Arc<Outbox>,
    request: RequestInfo,
}

impl EngineSocket {
    /// Sends a message. Like all that waits, it is bounded: who does not read is cut off.
    pub fn send(&self, message: EngineMessage<'_>) {
        self.outbox.push(match message {
            EngineMessage::Text(text) => Message::raw(text),
            EngineMessage::Binary(bytes) => Message::binary(&bytes),
        });
    }

    /// Waits until little waits to be written, 128 KiB at most: for handlers that send a lot.
    pub async fn room(&self) {
        std::future::poll_fn(|cx| self.outbox.poll_room(cx)).await;
    }

    /// The request that opened it.
    pub fn request(&self) -> &RequestInfo {
        &self.request
    }

    /// Closes it, after what waits.
    pub fn close(&self) {
        self.outbox.command(Item::Close(DisconnectReason::ServerNamespaceDisconnect));
    }
}

/// Speaks nothing but messages.
pub(crate) struct Plain<P>(pub(crate) P);

impl<P: EngineService> Speaker for Plain<P> {
    async fn speak(self: Arc<Self>, peer: Peer, mut transport: Box<Transport>) {
        // There is no namespace to be waited for.
        transport.joined();
        let socket = EngineSocket { outbox: peer.outbox, request: peer.request };
        let reason = loop {
            match AssertUnwindSafe(self.serve(&socket, &mut transport)).catch_unwind().await {
                Ok(reason) => break reason,
                Err(_) => {
                    tracing::error!(remote = %socket.request.remote, "a service panicked; the connection is closed");
                    transport.close(DisconnectReason::InternalError);
                }
            }
        };
        peer.counters.ended(reason);
        transport.finish().await;
    }
}

impl<P: EngineService> Plain<P> {
    /// Hands over what comes; why nothing does any more.
    async fn serve(&self, socket: &EngineSocket, transport: &mut Transport) -> DisconnectReason {
        loop {
            match transport.next().await {
                Ok(Incoming::Text(text)) => {
                    // Behind the `4`.
                    let text = EngineMessage::Text(text.as_str().get(1..).unwrap_or_default());
                    transport.drive(self.0.message(socket, text)).await;
                }
                Ok(Incoming::Binary(bytes)) => {
                    transport.drive(self.0.message(socket, EngineMessage::Binary(bytes))).await;
                }
                Ok(Incoming::Malformed(_) | Incoming::Leave(_) | Incoming::Dismiss) => {}
                Err(reason) => return reason,
            }
        }
    }
}
