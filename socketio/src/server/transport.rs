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

    /// The next packet, or why there will be none.
    pub(crate) async fn next(&mut self) -> Result<Incoming, DisconnectReason> {
        poll_fn(|cx| {
            loop {
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

    /// Runs a handler while heartbeats, writing and reading ahead go on.
    pub(crate) async fn drive<F: Future>(&mut self, handler: F) -> F::Output {
        let mut handler = std::pin::pin!(handler);
        poll_fn(|cx| {
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
        self.closing = Some((reason, Instant::now() + self.close_timeout));
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
        self.outbox.close();
        if let Carrier::WebSocket(mut websocket) = std::mem::replace(&mut self.carrier, Carrier::Gone) {
            // Requests that still name the session are not kept waiting.
            self.polling = None;
            if !matches!(self.closed, Some(DisconnectReason::TransportError | DisconnectReason::PingTimeout))
            {
                let _ = tokio::time::timeout(self.close_timeout, websocket.linger()).await;
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
                let is_pending = polling.poll(cx).is_pending();
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
