//! A websocket whose whole messages we read ourselves, and whose frames we write; everything else is tungstenite's.
//!
//! A client's message in one frame is unmasked where it lies. Control frames, fragments and what breaks the standard are
//! handed to tungstenite, one frame at a time, so that it never holds anything of what comes behind.
//!
//! A server's frames are not masked, so that one encoded message serves all recipients; tungstenite would copy each. It still
//! answers pings and closes: what it writes goes into a small buffer, from where it is put between our frames.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use bytes::{Buf, Bytes, BytesMut};
use futures_util::{FutureExt, Sink, Stream};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::error::{CapacityError, Error, ProtocolError};
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::ahead::poll_fill;
use super::config::Config;
use super::reason::DisconnectReason;
use crate::engine::{FrameError, FrameScanner, InvalidText, Progress, Whole};
use crate::packet::{Text, close_frame};

/// What tungstenite may have written that has not been sent: answers to pings that the peer does not read.
const MAX_CONTROL: usize = 16 << 10;

/// tungstenite's own buffer for reading: it gets only what is rare.
const READ_BUFFER: usize = 256;

/// Up to here, a frame is rather copied than handed to the kernel by itself.
const SHORT: usize = 2 << 10;

/// Short frames that are written together.
const MAX_JOINED: usize = 64 << 10;

thread_local! {
    static JOINED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Bytes that are still read of a peer that has been told to go: more than was on its way then. Who sends more does not mean
/// to go, and reading it would take the time of others.
const MOST_IGNORED: usize = 4 << 20;

/// Slices of one vectored write.
const MAX_SLICES: usize = 64;

/// What has been read.
#[derive(Debug)]
pub(crate) enum Read {
    Text(Text),
    Binary(Bytes),
}

/// The server's end of a websocket.
#[derive(Debug)]
pub(crate) struct WebSocket {
    inner: WebSocketStream<ControlOnly>,
    /// Of the message at the front of what has been read, which is not tungstenite's.
    progress: Progress,
    /// What is at the front is tungstenite's, up to the end of its message.
    is_others: bool,
    /// Shared with the outbox, which writes while nobody reads here. Gone when nothing is written any more.
    sink: Option<Arc<OwnedWriteHalf>>,
    longest: usize,
    frames: VecDeque<Bytes>,
    queued: usize,
    /// Bytes that have been written.
    taken: u64,
    /// Part of the first frame has been sent, so that nothing may come before the rest.
    within_frame: bool,
}

impl WebSocket {
    /// Over a connection that has been upgraded; `read` is what has been read of it already.
    pub(crate) async fn new(stream: TcpStream, read: Bytes, limits: &Config) -> Self {
        let config = WebSocketConfig::default()
            // It is zeroed before every read, and kept by idle connections.
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(0)
            .max_write_buffer_size(MAX_CONTROL)
            .max_message_size(Some(limits.max_payload))
            .max_frame_size(Some(limits.max_payload));
        let scanner = FrameScanner::new(limits.frame_limits(), Instant::now());
        let ahead = BytesMut::from(read.as_ref());
        let (stream, sink) = stream.into_split();
        let stream = ControlOnly { stream, ahead, control: Vec::new(), scanner, violation: None };
        let mut making = pin!(WebSocketStream::from_raw_socket(stream, Role::Server, Some(config)));
        // For no task: it keeps the waker that it is made with until something comes that is tungstenite's, which is hardly
        // ever, and with it all the memory of a task that has ended.
        let inner = match making.as_mut().now_or_never() {
            Some(inner) => inner,
            None => making.await,
        };
        let (longest, progress) = (limits.max_payload, Progress::default());
        Self {
            inner,
            progress,
            is_others: false,
            sink: Some(Arc::new(sink)),
            longest,
            frames: VecDeque::new(),
            queued: 0,
            taken: 0,
            within_frame: false,
        }
    }

    /// The next message.
    pub(crate) fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Result<Read, DisconnectReason>> {
        loop {
            if !self.is_others {
                match ready!(self.poll_whole(cx)) {
                    Some(result) => return Poll::Ready(result),
                    None => self.is_others = true,
                }
            }
            let result = ready!(self.poll_others(cx));
            self.is_others = !self.inner.get_ref().scanner.is_between();
            if let Some(result) = result {
                return Poll::Ready(result);
            }
        }
    }

    /// The message at the front, if it is one in a single frame; nothing if it is something else, or the end.
    fn poll_whole(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Read, DisconnectReason>>> {
        let Self { inner, progress, longest, .. } = self;
        let io = inner.get_mut();
        loop {
            let missing = match progress.next(&mut io.ahead, *longest) {
                Ok(Whole::Text(text)) => {
                    io.scanner.unfinished(false, Instant::now);
                    return Poll::Ready(Some(Ok(Read::Text(text))));
                }
                Ok(Whole::Binary(binary)) => {
                    io.scanner.unfinished(false, Instant::now);
                    return Poll::Ready(Some(Ok(Read::Binary(binary))));
                }
                Ok(Whole::Other) => return Poll::Ready(None),
                Err(InvalidText) => return Poll::Ready(Some(Err(DisconnectReason::InvalidText))),
                Ok(Whole::Partial(missing)) => missing,
            };
            io.scanner.unfinished(!io.ahead.is_empty(), Instant::now);
            match ready!(poll_fill(&mut io.stream, cx, &mut io.ahead, missing)) {
                Ok(1..) => {}
                Ok(0) => return Poll::Ready(Some(Err(DisconnectReason::TransportClose))),
                Err(_) => return Poll::Ready(Some(Err(DisconnectReason::TransportError))),
            }
        }
    }

    /// What tungstenite makes of what is at the front; nothing if that is no message.
    fn poll_others(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Read, DisconnectReason>>> {
        if let Some(error) = self.inner.get_ref().violation {
            return Poll::Ready(Some(Err(broken(error))));
        }
        Poll::Ready(Some(match ready!(Pin::new(&mut self.inner).poll_next(cx)) {
            Some(Ok(Frame::Text(text))) => Ok(Read::Text(text)),
            Some(Ok(Frame::Binary(binary))) => Ok(Read::Binary(binary)),
            Some(Ok(Frame::Ping(_) | Frame::Pong(_) | Frame::Frame(_))) => {
                // The answer to a ping, which would else be written at the next message that is tungstenite's.
                return match Pin::new(&mut self.inner).poll_flush(cx) {
                    Poll::Ready(Err(_)) => Poll::Ready(Some(Err(DisconnectReason::TransportError))),
                    _ => Poll::Ready(None),
                };
            }
            Some(Ok(Frame::Close(_))) => {
                // Nothing is sent behind the answer (RFC 6455 section 5.5.1), and little before it.
                self.discard();
                // The answer is written now: into our own buffer, so that it is never waited for.
                let _ = Pin::new(&mut self.inner).poll_flush(cx);
                Err(DisconnectReason::TransportClose)
            }
            None => Err(DisconnectReason::TransportClose),
            Some(Err(Error::Capacity(CapacityError::MessageTooLong { .. }))) => {
                Err(DisconnectReason::MessageTooLong)
            }
            Some(Err(Error::Utf8(_))) => Err(DisconnectReason::InvalidText),
            // No frame has come, only the end of the connection.
            Some(Err(Error::Protocol(ProtocolError::ResetWithoutClosingHandshake))) => {
                Err(DisconnectReason::TransportClose)
            }
            Some(Err(Error::Protocol(_))) => Err(DisconnectReason::ParseError),
            Some(Err(Error::ConnectionClosed | Error::AlreadyClosed)) => {
                Err(DisconnectReason::TransportClose)
            }
            Some(Err(_)) => {
                Err(self.inner.get_ref().violation.map_or(DisconnectReason::TransportError, broken))
            }
        }))
    }

    /// When the message that has begun must have come.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.inner.get_ref().scanner.deadline()
    }

    /// It has not been read for a while, which is not the peer's fault.
    pub(crate) fn excuse(&mut self, now: Instant) {
        self.inner.get_mut().scanner.excuse(now);
    }

    /// Drops what has not begun to be written: the peer does not take it.
    pub(crate) fn discard(&mut self) {
        self.frames.truncate(usize::from(self.within_frame));
        self.queued = self.frames.iter().map(Bytes::len).sum();
    }

    /// Says that nothing more comes, and reads until the peer has gone, or has sent too much: closing a connection with
    /// something unread would throw away what the peer has not read of ours, above all the reason.
    pub(crate) async fn linger(&mut self) {
        // Nobody else has it any more, so that the connection is shut down for writing.
        self.sink = None;
        let (mut unread, mut left) = (vec![0; 8 << 10], MOST_IGNORED);
        while left > 0
            && let Ok(count @ 1..) = self.inner.get_mut().stream.read(&mut unread).await
        {
            left = left.saturating_sub(count);
        }
    }

    /// Queues the rest of a frame that has been begun to be written, before anything else.
    pub(crate) fn push_rest(&mut self, rest: Bytes) {
        self.queued += rest.len();
        self.frames.push_front(rest);
        self.within_frame = true;
    }

    /// Whether there is nothing to be written.
    pub(crate) fn is_idle(&self) -> bool {
        self.queued == 0 && self.inner.get_ref().control.is_empty()
    }

    /// Where it is written to.
    pub(crate) fn sink(&self) -> Option<Arc<OwnedWriteHalf>> {
        self.sink.clone()
    }

    /// Queues a frame.
    pub(crate) fn push(&mut self, frame: Bytes) {
        self.queued += frame.len();
        self.frames.push_back(frame);
    }

    /// Queues a close frame.
    pub(crate) fn push_close(&mut self, reason: DisconnectReason) {
        self.push(close_frame(reason.close_code(), &reason.to_string()));
    }

    /// Bytes that have been queued and not written.
    pub(crate) fn queued(&self) -> usize {
        self.queued
    }

    /// Bytes that have been written.
    pub(crate) fn taken(&self) -> u64 {
        self.taken
    }

    /// Writes what is queued, many frames at once, and before them what answers pings.
    pub(crate) fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Self { inner, frames, queued, taken, within_frame, sink, .. } = self;
        let Some(sink) = sink else { return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())) };
        let (sink, control): (&OwnedWriteHalf, _) = (sink, &mut inner.get_mut().control);
        while !(frames.is_empty() && control.is_empty()) {
            // Before anything is added to what waits: who does not read and sends pings fills `control` alone, which is bounded.
            ready!(sink.as_ref().poll_write_ready(cx))?;
            if !*within_frame && !control.is_empty() {
                let control = std::mem::take(control);
                *queued += control.len();
                frames.push_front(control.into());
            }
            let mut written = match try_write_some(sink, frames) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
                result => result?,
            };
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            *queued = queued.saturating_sub(written);
            *taken += written as u64;
            *within_frame = false;
            while let Some(frame) = frames.front_mut() {
                if written < frame.len() {
                    frame.advance(written);
                    *within_frame = written > 0;
                    break;
                }
                written -= frame.len();
                frames.pop_front();
            }
        }
        if frames.capacity() > 64 {
            *frames = VecDeque::new();
        }
        Poll::Ready(Ok(()))
    }
}

/// Writes of the first frames as many as one system call takes. The kernel is slow with many short slices, so that short ones
/// are first copied behind one another.
fn try_write_some(sink: &OwnedWriteHalf, frames: &VecDeque<Bytes>) -> io::Result<usize> {
    if let (Some(only), 1) = (frames.front(), frames.len()) {
        return sink.try_write(only);
    }
    if frames.iter().take(2).all(|frame| frame.len() <= SHORT) {
        return JOINED.with_borrow_mut(|joined| {
            joined.clear();
            for frame in frames.iter().take_while(|frame| frame.len() <= SHORT) {
                if joined.len() + frame.len() > MAX_JOINED {
                    break;
                }
                joined.extend_from_slice(frame);
            }
            sink.try_write(joined)
        });
    }
    let mut slices = [IoSlice::new(&[]); MAX_SLICES];
    let mut used = 0;
    for (slice, frame) in slices.iter_mut().zip(frames.iter()) {
        *slice = IoSlice::new(frame);
        used += 1;
    }
    sink.try_write_vectored(slices.get(..used).unwrap_or_default())
}

fn broken(error: FrameError) -> DisconnectReason {
    if error.is_policy() { DisconnectReason::PolicyViolation } else { DisconnectReason::ParseError }
}

/// Reads what is at the front, a frame at a time, counting frames as they pass; keeps what is written.
#[derive(Debug)]
struct ControlOnly {
    stream: OwnedReadHalf,
    /// What has been read and not been handed on.
    ahead: BytesMut,
    control: Vec<u8>,
    scanner: FrameScanner,
    /// What the peer did, after which nothing is read any more.
    violation: Option<FrameError>,
}

impl AsyncRead for ControlOnly {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Self { stream, ahead, scanner, violation, .. } = self.get_mut();
        if ahead.is_empty() {
            ready!(poll_fill(stream, cx, ahead, 1))?;
        }
        let room = ahead.get(..buffer.remaining().min(ahead.len())).unwrap_or_default();
        match scanner.scan(room, Instant::now) {
            Ok(count) => {
                buffer.put_slice(ahead.get(..count).unwrap_or_default());
                ahead.advance(count);
                Poll::Ready(Ok(()))
            }
            Err(error) => {
                *violation = Some(error);
                Poll::Ready(Err(io::Error::other(error)))
            }
        }
    }
}

impl AsyncWrite for ControlOnly {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.control.len() + bytes.len() > MAX_CONTROL {
            return Poll::Ready(Err(io::Error::other("the peer sends pings and does not read the answers")));
        }
        self.control.extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests;
