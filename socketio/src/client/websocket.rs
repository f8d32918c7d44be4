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

use super::backoff::retry_after;
use super::ending::{Ended, Lost, Reason};
use super::endpoint::Endpoint;
use super::error::ConnectError;
use super::http::MAX_TOLD;
use super::stream::Stream as Connection;
use super::transport::Packet;

/// Packets that may be pushed ahead of what is written.
const WRITE_AHEAD: usize = 32;

/// Packets that are looked through for the server's last word when nothing can be written any more.
const MAX_LAST: usize = 64;

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
    ) -> Result<Self, ConnectError> {
        let stream = endpoint.dial().await?;
        let mut request = hyper::Request::builder()
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
            .map_err(|why| ConnectError::Url(format!("no websocket to {}: {why}", endpoint.authority)))?;
        endpoint.say(request.headers_mut());
        let config = WebSocketConfig::default()
            .read_buffer_size(16 << 10)
            .max_write_buffer_size(MAX_WRITE_BUFFER)
            .max_message_size(Some(max_message))
            .max_frame_size(Some(max_message));
        let (inner, answer) = client_async_with_config(request, stream, Some(config))
            .await
            .map_err(|why| refusal(&endpoint.authority, &why))?;
        endpoint.heard(answer.headers());
        Ok(Self { inner, outgoing: VecDeque::new(), dirty: false })
    }

    /// The next packet.
    pub(crate) fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Ended<Packet>> {
        loop {
            return Poll::Ready(match ready!(Pin::new(&mut self.inner).poll_next(cx)) {
                Some(Ok(Frame::Text(text))) => Ok(Packet::Text(text)),
                Some(Ok(Frame::Binary(binary))) => Ok(Packet::Binary(binary)),
                Some(Ok(Frame::Ping(_) | Frame::Pong(_) | Frame::Frame(_))) => continue,
                Some(Ok(Frame::Close(Some(frame)))) => {
                    Err(Lost::closed(frame.code.into(), frame.reason.as_str().to_owned()))
                }
                Some(Ok(Frame::Close(None))) | None => Err(Reason::TransportClose.into()),
                Some(Err(error)) => Err(lost(&error)),
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

    /// How many packets wait to be written.
    pub(crate) fn waiting(&self) -> usize {
        self.outgoing.len()
    }

    /// Takes away what waits to be written.
    pub(crate) fn discard(&mut self) {
        self.outgoing.clear();
    }

    /// Whether nothing waits to be written.
    pub(crate) fn is_clear(&self) -> bool {
        self.outgoing.is_empty() && !self.dirty
    }

    /// Writes what waits; whether there was anything.
    pub(crate) fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<Ended<bool>> {
        match ready!(self.poll_send(cx)) {
            Ok(wrote) => Poll::Ready(Ok(wrote)),
            Err(error) => Poll::Ready(Err(self.said_last(cx).unwrap_or_else(|| lost(&error)))),
        }
    }

    /// Why the server has closed the connection, when that is noticed by writing first and it has said why.
    fn said_last(&mut self, cx: &mut Context<'_>) -> Option<Lost> {
        for _ in 0..MAX_LAST {
            match self.poll_read(cx) {
                Poll::Ready(Ok(_)) => {}
                Poll::Ready(Err(lost)) => return Some(lost).filter(|lost| lost.detail.close_code.is_some()),
                Poll::Pending => return None,
            }
        }
        None
    }

    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<Result<bool, Error>> {
        let mut inner = Pin::new(&mut self.inner);
        while !self.outgoing.is_empty() {
            ready!(inner.as_mut().poll_ready(cx))?;
            let frame = match self.outgoing.pop_front() {
                Some(Packet::Text(text)) => Frame::Text(text),
                Some(Packet::Binary(binary)) => Frame::Binary(binary),
                None => break,
            };
            inner.as_mut().start_send(frame)?;
            self.dirty = true;
        }
        if self.dirty {
            ready!(inner.poll_flush(cx))?;
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
fn lost(error: &Error) -> Lost {
    let reason = match error {
        Error::ConnectionClosed
        | Error::AlreadyClosed
        | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => Reason::TransportClose,
        _ => Reason::TransportError,
    };
    Lost::new(reason, error.to_string())
}

/// Why there is no websocket.
fn refusal(authority: &str, error: &Error) -> ConnectError {
    let text = format!("no websocket to {authority}: {error}");
    match error {
        Error::Http(response) => {
            let body = response.body().as_deref().unwrap_or_default();
            let told = String::from_utf8_lossy(body.get(..body.len().min(MAX_TOLD)).unwrap_or_default());
            ConnectError::Status {
                status: response.status().as_u16(),
                retry_after: retry_after(response.headers()),
                text: format!("{text} {told}"),
            }
        }
        Error::Io(_)
        | Error::ConnectionClosed
        | Error::AlreadyClosed
        | Error::Protocol(ProtocolError::HandshakeIncomplete) => ConnectError::Unreachable(text),
        _ => ConnectError::Protocol(text),
    }
}
