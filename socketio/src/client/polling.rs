//! Long-polling from the client's end: one GET that waits, and one POST at a time.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::Method;

use super::config::Config;
use super::ending::{Ended, Lost, Reason};
use super::endpoint::Endpoint;
use super::error::ConnectError;
use super::http::Http;
use super::transport::{Packet, handshake};
use crate::engine::{Handshake, PostQueue};
use crate::packet::{Payload, PayloadPacket, RECORD_SEPARATOR, Text};

/// Packets that may be pushed ahead of what is posted.
const WRITE_AHEAD: usize = 32;

/// A session over long-polling.
#[derive(Debug)]
pub(crate) struct Polling {
    target: String,
    get: Http,
    post: Http,
    pub(crate) body: Body,
    outgoing: PostQueue,
    /// No more requests are started: the session is about to go on over a websocket.
    pub(crate) paused: bool,
}

/// What is left of the answer to a GET: its packets are taken out one by one.
#[derive(Debug, Default)]
pub(crate) struct Body(Option<Bytes>);

impl Body {
    /// The next packet; `None` if nothing is left.
    pub(crate) fn next(&mut self) -> Option<Ended<Packet>> {
        let mut body = self.0.take()?;
        let separator = u8::try_from(RECORD_SEPARATOR).unwrap_or_default();
        let packet = match body.iter().position(|byte| *byte == separator) {
            Some(end) => {
                let packet = body.split_to(end);
                self.0 = Some(body.slice(1..));
                packet
            }
            None => body,
        };
        Some(Self::packet(packet))
    }

    fn packet(packet: Bytes) -> Ended<Packet> {
        let garbage = || Lost::new(Reason::TransportError, "a polling body is no Engine.IO payload");
        let text = Text::try_from(packet).map_err(|_| garbage())?;
        match Payload::new(text.as_str()).next() {
            Some(Ok(PayloadPacket::Binary(binary))) => Ok(Packet::Binary(binary)),
            Some(Ok(PayloadPacket::Text(..))) => Ok(Packet::Text(text)),
            Some(Err(_)) | None => Err(garbage()),
        }
    }

    fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl Polling {
    /// Opens a session; with what the server says of it.
    pub(crate) async fn open(
        endpoint: &Arc<Endpoint>,
        config: &Config,
    ) -> Result<(Self, Handshake), ConnectError> {
        let mut get = Http::new(Arc::clone(endpoint), config.max_payload);
        get.start(Method::GET, endpoint.target("polling", None), Bytes::new());
        let mut body = Body(Some(poll_fn(|cx| get.poll(cx)).await?));
        let first = body.next().and_then(Result::ok).ok_or("the first answer is no Engine.IO payload");
        let handshake = first
            .map_err(String::from)
            .and_then(|packet| handshake(&packet))
            .map_err(|why| ConnectError::Protocol(format!("{}: {why}", endpoint.authority)))?;
        let polling = Self {
            target: endpoint.target("polling", Some(&handshake.sid)),
            get,
            post: Http::new(Arc::clone(endpoint), config.max_payload),
            body,
            outgoing: PostQueue::new(usize::try_from(handshake.max_payload).unwrap_or(usize::MAX)),
            paused: false,
        };
        Ok((polling, handshake))
    }

    /// Puts a packet behind those that wait.
    pub(crate) fn push(&mut self, packet: Packet) {
        self.outgoing.push(packet);
    }

    /// Whether there is room for one more.
    pub(crate) fn wants_more(&self) -> bool {
        self.outgoing.len() < WRITE_AHEAD
    }

    /// How many packets wait for a POST.
    pub(crate) fn waiting(&self) -> usize {
        self.outgoing.len()
    }

    /// Takes away what waits for a POST.
    pub(crate) fn discard(&mut self) {
        self.outgoing.clear();
    }

    /// Posts what waits; ready when a POST has been taken.
    pub(crate) fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<Ended<()>> {
        if self.post.is_idle() && !self.outgoing.is_empty() && !self.paused {
            let body = self.outgoing.body();
            self.post.start(Method::POST, self.target.clone(), body.into());
        }
        self.post.poll(cx).map(|answer| answer.map(drop).map_err(Lost::from))
    }

    /// Waits for a GET that is on its way, or starts one if that is wanted and nothing is left of the one before.
    pub(crate) fn poll_read(&mut self, cx: &mut Context<'_>, start: bool) -> Ended<()> {
        if self.get.is_idle() && self.body.is_empty() && start && !self.paused {
            self.get.start(Method::GET, self.target.clone(), Bytes::new());
        }
        // The answer to a GET is only taken over when the one before has been read.
        if self.body.is_empty()
            && let Poll::Ready(answer) = self.get.poll(cx)
        {
            self.body = Body(Some(answer?));
        }
        Ok(())
    }

    /// Whether nothing waits to be posted, or is being posted.
    pub(crate) fn is_clear(&self) -> bool {
        self.outgoing.is_empty() && self.post.is_idle()
    }

    /// Whether no request is on its way.
    pub(crate) fn is_idle(&self) -> bool {
        self.get.is_idle() && self.post.is_idle()
    }

    /// What was not posted, and what was not read, for the websocket that goes on.
    pub(crate) fn into_rest(self) -> (VecDeque<Packet>, Body) {
        (self.outgoing.into_rest(), self.body)
    }

    /// Says good-bye after what waits.
    pub(crate) async fn close(mut self) {
        self.paused = false;
        self.push(Packet::Text(Text::from_static("1")));
        while !(self.outgoing.is_empty() && self.post.is_idle()) {
            if poll_fn(|cx| self.poll_write(cx)).await.is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_to_a_get_is_taken_apart_as_it_is_read() {
        let mut body = Body(Some(Bytes::from_static("4ü\u{1e}bAQID\u{1e}2".as_bytes())));
        assert_eq!(body.next(), Some(Ok(Packet::Text("4ü".into()))));
        assert_eq!(body.next(), Some(Ok(Packet::Binary(Bytes::from_static(&[1, 2, 3])))));
        assert!(!body.is_empty());
        assert_eq!(body.next(), Some(Ok(Packet::Text("2".into()))));
        assert!(body.is_empty() && body.next().is_none());
        for wrong in [&b"\xff"[..], b"", b"x", b"b*"] {
            let next = Body(Some(Bytes::from_static(wrong))).next();
            assert!(matches!(next, Some(Err(Lost { reason: Reason::TransportError, .. }))), "{next:?}");
        }
    }
}
