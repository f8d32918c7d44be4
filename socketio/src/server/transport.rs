//! The Engine.IO half of a connection: carrier, heartbeat, what has been read and what is to be written.

mod reading;
mod timing;
mod writing;

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

use super::acks::AckReader;
use super::counters::Counters;
use super::incoming::Incoming;
use super::outbox::{Item, Outbox};
use super::polling::Polling;
use super::reason::DisconnectReason;
use super::speaker::Peer;
use super::websocket::WebSocket;
use crate::engine::{Ending, Heartbeat, Tombstone};

/// The Engine.IO half of a connection.
pub(crate) struct Transport {
    carrier: Carrier,
    /// Kept after an upgrade, for requests that still name the session.
    polling: Option<Box<Polling>>,
    outbox: Arc<Outbox>,
    items: VecDeque<Item>,
    inbox: VecDeque<Incoming>,
    /// How many of the inbox have been measured, and their bytes.
    measured: usize,
    inbox_bytes: usize,
    heartbeat: Heartbeat,
    timer: Pin<Box<Sleep>>,
    /// Packets that mean nothing, since the last ping.
    meaningless: u32,
    max_meaningless: u32,
    /// Others may write, or wake the task.
    is_asleep: bool,
    /// Reading has stopped because the inbox is full.
    stalled: bool,
    connect_deadline: Option<Instant>,
    upgrade_deadline: Option<Instant>,
    /// It will end for this reason when everything is written, and at that time in any case.
    closing: Option<(DisconnectReason, Instant)>,
    closed: Option<DisconnectReason>,
    /// Who waits for something to be written, or for an answer, has been told that there will be none.
    released: bool,
    /// When the last ping was sent, if everything had been written by then: its pong says that this has arrived.
    confirming: Option<Instant>,
    /// The client has sent pongs that nobody asked for, so that none of them can be told to be an answer.
    talks: bool,
    /// What the peer had taken when it was last looked at whether it takes anything.
    taken: u64,
    max_inbox: usize,
    max_inbox_bytes: usize,
    upgrade_timeout: Duration,
    close_timeout: Duration,
    tombstone: Duration,
    attachment_timeout: Duration,
    /// When the attachments of the last packet must have come.
    attachment_deadline: Option<Instant>,
    /// Picks out acknowledgements, where there are any.
    acks: Option<Box<AckReader>>,
    /// What is written is msgpack.
    packs: bool,
    counters: Arc<Counters>,
}

/// What a client had left for joining a first namespace, when it wanted to.
pub(crate) struct JoinTime {
    deadline: Instant,
    paused: Instant,
}

enum Carrier {
    Polling,
    WebSocket(Box<WebSocket>),
    Gone,
}

impl Transport {
    pub(crate) fn websocket(websocket: WebSocket, peer: &Peer) -> Box<Self> {
        let outbox = Arc::clone(&peer.outbox);
        outbox.set_sink(websocket.sink());
        // Boxed, because each function that it is handed to would have room for it by itself.
        Box::new(Self::new(Carrier::WebSocket(Box::new(websocket)), None, peer))
    }

    pub(crate) fn polling(polling: Polling, peer: &Peer) -> Box<Self> {
        Box::new(Self::new(Carrier::Polling, Some(Box::new(polling)), peer))
    }

    fn new(carrier: Carrier, polling: Option<Box<Polling>>, peer: &Peer) -> Self {
        let now = Instant::now();
        let config = &peer.config;
        Self {
            carrier,
            polling,
            outbox: Arc::clone(&peer.outbox),
            items: VecDeque::new(),
            inbox: VecDeque::new(),
            measured: 0,
            inbox_bytes: 0,
            heartbeat: Heartbeat::new(config.ping_interval, config.ping_timeout, now.into_std()),
            timer: Box::pin(sleep_until(now + config.ping_interval.min(config.connect_timeout))),
            meaningless: 0,
            max_meaningless: config.control_frame_burst,
            is_asleep: false,
            stalled: false,
            connect_deadline: Some(now + config.connect_timeout),
            upgrade_deadline: None,
            closing: None,
            closed: None,
            released: false,
            confirming: None,
            talks: false,
            taken: 0,
            max_inbox: config.max_inbox,
            max_inbox_bytes: config.max_inbox_bytes,
            upgrade_timeout: config.upgrade_timeout,
            close_timeout: config.close_timeout,
            tombstone: config.tombstone,
            attachment_timeout: config.attachment_timeout,
            attachment_deadline: None,
            acks: None,
            packs: false,
            counters: Arc::clone(&peer.counters),
        }
    }

    /// The next packet, or why there will be none. What a client that takes its answers more slowly than it asks has sent
    /// waits for it, so that it is not cut off for answers that have never been offered to it.
    pub(crate) async fn next(&mut self) -> Result<Incoming, DisconnectReason> {
        poll_fn(|cx| {
            loop {
                if self.is_held() {
                    self.poll(cx);
                    if self.is_held() && self.outbox.poll_held(cx).is_pending() {
                        return Poll::Pending;
                    }
                }
                if let Some(incoming) = self.inbox.pop_front() {
                    if self.measured > 0 {
                        self.measured -= 1;
                        self.inbox_bytes -= incoming.size();
                    }
                    // What is sent from now on is written when this has been handled.
                    self.awake();
                    return Poll::Ready(Ok(incoming));
                }
                if let Some(reason) = self.closed {
                    return Poll::Ready(Err(reason));
                }
                self.poll(cx);
                if self.inbox.is_empty() && self.closed.is_none() {
                    return Poll::Pending;
                }
            }
        })
        .await
    }

    /// Whether there is an event and it waits until more has been written. Attachments do not, as there is only so much time for them.
    fn is_held(&self) -> bool {
        self.outbox.holds() && self.closed.is_none() && matches!(self.inbox.front(), Some(Incoming::Text(_)))
    }

    /// Runs a handler while heartbeats, writing and reading ahead go on.
    pub(crate) async fn drive<F: Future>(&mut self, handler: F) -> F::Output {
        let mut handler = std::pin::pin!(handler);
        poll_fn(|cx| {
            // Else what the handler sends now would wake the task that is awake.
            self.awake();
            if let Poll::Ready(output) = handler.as_mut().poll(cx) {
                return Poll::Ready(output);
            }
            if self.closed.is_none() {
                self.poll(cx);
            }
            Poll::Pending
        })
        .await
    }

    /// From now on, acknowledgements that somebody waits for are given to them as they come.
    pub(crate) fn reads_acks(&mut self, reader: AckReader) {
        self.packs = reader.unpacks();
        self.acks = Some(Box::new(reader));
    }

    /// A namespace has been joined.
    pub(crate) fn joined(&mut self) {
        self.connect_deadline = None;
    }

    /// The service looks at who wants to join, which takes none of the client's time: that starts again with
    /// [`resume_joining`](Self::resume_joining).
    pub(crate) fn pause_joining(&mut self) -> Option<JoinTime> {
        Some(JoinTime { deadline: self.connect_deadline.take()?, paused: Instant::now() })
    }

    /// It was not let in, and may try again in what is left of its time.
    pub(crate) fn resume_joining(&mut self, time: Option<JoinTime>) {
        self.connect_deadline = time.map(|time| time.deadline + time.paused.elapsed());
    }

    /// Whether attachments are due, for which there is only so much time.
    pub(crate) fn awaits_attachments(&mut self, awaits: bool) {
        self.attachment_deadline = awaits.then(|| Instant::now() + self.attachment_timeout);
    }

    /// Ends it after what has been written so far; a peer that does not read gets nothing more than the reason.
    pub(crate) fn close(&mut self, reason: DisconnectReason) {
        if matches!(reason, DisconnectReason::ForcedClose | DisconnectReason::InternalError) {
            // What comes after something that is no Socket.IO is not listened to. What is no Engine.IO comes after all that is here.
            self.inbox.clear();
            (self.measured, self.inbox_bytes) = (0, 0);
        }
        if self.closing.is_some() || self.closed.is_some() {
            return;
        }
        self.awake();
        let is_slow = reason == DisconnectReason::SlowConsumer;
        match &mut self.carrier {
            Carrier::WebSocket(websocket) => {
                if is_slow {
                    websocket.discard();
                }
                websocket.push_close(reason);
            }
            Carrier::Polling => {
                if let Some(polling) = &mut self.polling {
                    if is_slow {
                        polling.discard();
                    }
                    polling.push_last("1");
                }
            }
            Carrier::Gone => {}
        }
        // Nothing comes behind the end.
        self.items.clear();
        self.closing = Some((reason, Instant::now() + self.close_timeout));
    }

    /// Nothing is taken and nothing is listened to any more, while a handler may still wait for either.
    fn release(&mut self) {
        if !std::mem::replace(&mut self.released, true) {
            self.outbox.close();
            if let Some(acks) = &self.acks {
                acks.close();
            }
        }
    }

    /// Everything that can be done now. Registers for all that can happen, or sets `closed`, or fills the inbox.
    fn poll(&mut self, cx: &mut Context<'_>) {
        self.awake();
        self.read(cx);
        self.write(cx);
        self.outbox.set_writable(match &self.carrier {
            Carrier::WebSocket(websocket) => websocket.queued() == 0,
            Carrier::Polling => self.polling.as_ref().is_some_and(|polling| polling.wants_more()),
            Carrier::Gone => false,
        });
        self.tick(cx);
        self.is_asleep = true;
        let is_idle = matches!(&self.carrier, Carrier::WebSocket(websocket) if websocket.is_idle());
        // Packets of msgpack are made here.
        if is_idle && !self.packs && self.closing.is_none() && self.closed.is_none() {
            self.outbox.doze();
        }
        if self.closing.is_some() || self.closed.is_some() {
            self.release();
        }
    }

    /// Nobody else writes from now on, and nobody need say that there is something to be written. What somebody else has
    /// begun to write is ended before anything else, also before a close frame.
    fn awake(&mut self) {
        if std::mem::take(&mut self.is_asleep)
            && let Some(rest) = self.outbox.awake()
            && let Carrier::WebSocket(websocket) = &mut self.carrier
        {
            websocket.push_rest(rest);
        }
    }

    /// The end: a websocket is given time to take the reason and go, and a late GET an answer. Then everything is let go.
    pub(crate) async fn finish(mut self: Box<Self>) {
        self.release();
        if let Carrier::WebSocket(mut websocket) = std::mem::replace(&mut self.carrier, Carrier::Gone) {
            // Requests that still name the session are not kept waiting.
            self.polling = None;
            if !matches!(self.closed, Some(DisconnectReason::TransportError | DisconnectReason::PingTimeout))
            {
                let end = async {
                    // The answer to a close, if it could not be written at once.
                    let _ = poll_fn(|cx| websocket.poll_write(cx)).await;
                    websocket.linger().await;
                };
                let _ = tokio::time::timeout(self.close_timeout, end).await;
            }
            return;
        }
        let Some(polling) = &mut self.polling else { return };
        let ending = match (self.closing, self.closed) {
            (Some(_), _) => Ending::Server,
            (None, Some(DisconnectReason::TransportClose)) => Ending::Client,
            (None, _) => Ending::Broken,
        };
        let tombstone = Tombstone::new(ending, Instant::now().into_std(), self.tombstone);
        if let Some(word) = tombstone.word(polling.is_flushed()) {
            polling.push_control(word);
        }
        if polling.answer() || ending == Ending::Broken {
            return;
        }
        let late = poll_fn(|cx| {
            // A POST before the GET is passed over: who returned with it would not be woken for the GET.
            loop {
                let is_pending = polling.poll(cx, None, true).is_pending();
                if polling.is_flushed() {
                    return Poll::Ready(());
                }
                if is_pending {
                    return Poll::Pending;
                }
            }
        });
        let _ = tokio::time::timeout_at(Instant::from_std(tombstone.until()), late).await;
    }
}

impl Drop for Transport {
    fn drop(&mut self) {
        // However it ends: whoever keeps the socket keeps the outbox, and must not keep the connection.
        self.release();
    }
}
