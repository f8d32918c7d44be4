//! A websocket from the client's end. Tungstenite writes too here, as a client's frames are masked.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::{Sink, Stream};
use hyper::header::{CONNECTION, HOST, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE};
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::error::{Error, ProtocolError};
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::endpoint::Endpoint;
use super::signal::Reason;
use super::stream::Stream as Connection;
use super::transport::{Ended, Packet};

/// Packets that may be pushed ahead of what is written.
const WRITE_AHEAD: usize = 32;

/// What tungstenite may hold that is not written.
const MAX_WRITE_BUFFER: usize = 64 << 20;

/// The client's end of a websocket.
#[derive(Debug)]
pub(crate) struct WebSocket {
    inner: WebSocketStream<Connection>,
    outgoing: VecDeque<Packet>,
    /// Something was given to tungstenite and not flushed.
    dirty: bool,
}

impl WebSocket {
    /// Connects; `sid` is that of a session which began with polling.
    pub(crate) async fn connect(
        endpoint: &Endpoint,
        sid: Option<&str>,
        max_message: usize,
    ) -> Result<Self, String> {
        let stream = endpoint.dial().await?;
        let request = hyper::Request::builder()
            .uri(format!(
                "{}://{}{}",
                endpoint.scheme("ws"),
                endpoint.authority,
                endpoint.target("websocket", sid)
            ))
            .header(HOST, &endpoint.authority)
            .header(CONNECTION, "Upgrade")
            .header(UPGRADE, "websocket")
            .header(SEC_WEBSOCKET_VERSION, "13")
            .header(SEC_WEBSOCKET_KEY, generate_key())
            .body(())
            .map_err(|why| format!("no websocket to {}: {why}", endpoint.authority))?;
        let config = WebSocketConfig::default()
            .read_buffer_size(16 << 10)
            .max_write_buffer_size(MAX_WRITE_BUFFER)
            .max_message_size(Some(max_message))
            .max_frame_size(Some(max_message));
        let (inner, _) = client_async_with_config(request, stream, Some(config)).await.map_err(|why| {
            let body = match &why {
                Error::Http(response) => response.body().as_deref().map(String::from_utf8_lossy),
                _ => None,
            };
            format!("no websocket to {}: {why} {}", endpoint.authority, body.unwrap_or_default())
        })?;
        Ok(Self { inner, outgoing: VecDeque::new(), dirty: false })
    }

    /// The next packet.
    pub(crate) fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Ended<Packet>> {
        loop {
            return Poll::Ready(match ready!(Pin::new(&mut self.inner).poll_next(cx)) {
                Some(Ok(Frame::Text(text))) => Ok(Packet::Text(text)),
                Some(Ok(Frame::Binary(binary))) => Ok(Packet::Binary(binary)),
                Some(Ok(Frame::Ping(_) | Frame::Pong(_) | Frame::Frame(_))) => continue,
                Some(Ok(Frame::Close(_))) | None => Err(Reason::TransportClose),
                Some(Err(error)) => Err(reason(&error)),
            });
        }
    }

    /// Puts a packet behind those that wait.
    pub(crate) fn push(&mut self, packet: Packet) {
        self.outgoing.push_back(packet);
    }

    /// Whether there is room for one more.
    pub(crate) fn wants_more(&self) -> bool {
        self.outgoing.len() < WRITE_AHEAD
    }

    /// Writes what waits; whether there was anything.
    pub(crate) fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<Ended<bool>> {
        let mut inner = Pin::new(&mut self.inner);
        while !self.outgoing.is_empty() {
            ready!(inner.as_mut().poll_ready(cx)).map_err(|error| reason(&error))?;
            let frame = match self.outgoing.pop_front() {
                Some(Packet::Text(text)) => Frame::Text(text),
                Some(Packet::Binary(binary)) => Frame::Binary(binary),
                None => break,
            };
            inner.as_mut().start_send(frame).map_err(|error| reason(&error))?;
            self.dirty = true;
        }
        if self.dirty {
            ready!(inner.poll_flush(cx)).map_err(|error| reason(&error))?;
            self.dirty = false;
            return Poll::Ready(Ok(true));
        }
        Poll::Ready(Ok(false))
    }

    /// Closes it after what waits, and waits until the server has closed it too.
    pub(crate) async fn close(mut self) {
        if std::future::poll_fn(|cx| self.poll_write(cx)).await.is_err() {
            return;
        }
        if self.inner.close(None).await.is_ok() {
            while std::future::poll_fn(|cx| self.poll_read(cx)).await.is_ok() {}
        }
    }
}

/// As Node's client calls it.
fn reason(error: &Error) -> Reason {
    match error {
        Error::ConnectionClosed
        | Error::AlreadyClosed
        | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => Reason::TransportClose,
        _ => Reason::TransportError,
    }
}
