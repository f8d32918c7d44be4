//! The connection's task: joins, sends what waits, hands out what comes, and comes back when the connection is lost.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout};

use super::config::{Config, chance};
use super::endpoint::Endpoint;
use super::error::ConnectError;
use super::link::{Link, Received};
use super::queue::{Phase, Queue};
use super::returning::Returning;
use super::signal::{Reason, Signal};
use super::transport::Ended;
use crate::packet::{Args, Event, Packet, PacketType, Text, parse_packet};

/// For what waits to be written to a server that may not read any more.
const LEAVING: Duration = Duration::from_secs(2);

/// What is known of a client's connections.
pub(crate) struct Session {
    pub(crate) config: Config,
    pub(crate) endpoint: Arc<Endpoint>,
    pub(crate) queue: Arc<Queue>,
    pub(crate) signals: mpsc::Sender<Signal>,
    pub(crate) returning: Returning,
}

/// A connection that has joined.
pub(crate) struct Joined {
    link: Link,
    recovered: bool,
    /// What came before the answer.
    early: VecDeque<Received>,
}

/// A binary packet whose attachments have not all come.
struct Partial {
    text: Text,
    missing: usize,
    attachments: Vec<Bytes>,
    bytes: usize,
}

/// Whoever still waits is told, however the task ends.
struct Finish(Arc<Queue>);

impl Drop for Finish {
    fn drop(&mut self) {
        self.0.finish();
    }
}

impl Session {
    /// Connects and joins, within the time for it.
    pub(crate) async fn join(&self) -> Result<Joined, ConnectError> {
        let join = async {
            let mut link = Link::open(&self.endpoint, &self.config).await.map_err(ConnectError::Transport)?;
            let namespace = self.config.namespace.as_str();
            let auth = self.returning.payload(self.config.auth.as_ref());
            let comma = if namespace == "/" { "" } else { "," };
            let named = if namespace == "/" { "" } else { namespace };
            link.push(format!("40{named}{comma}{auth}").into());
            let mut early = VecDeque::new();
            loop {
                let lost = |reason| ConnectError::Transport(format!("the connection ended: {reason}"));
                let received = link.next(true).await.map_err(lost)?;
                if let Received::Text(text) = &received
                    && let Some(Accepted { sid, pid }) = accepted(text, namespace)?
                {
                    let recovered = self.returning.accepted(pid);
                    self.queue.online(sid);
                    return Ok(Joined { link, recovered, early });
                }
                // Node's server sends what was missed before it answers.
                if self.returning.is_some() && !matches!(received, Received::Room) {
                    if early.len() >= self.config.max_incoming {
                        return Err(ConnectError::Transport("too much has come before the answer".into()));
                    }
                    early.push_back(received);
                }
            }
        };
        timeout(self.config.connect_timeout, join).await.unwrap_or(Err(ConnectError::Timeout))
    }

    /// Lives as long as the client.
    pub(crate) async fn run(self, first: Joined) {
        let _finish = Finish(Arc::clone(&self.queue));
        let mut joined = Some(first);
        while let Some(Joined { mut link, recovered, early }) = joined {
            self.tell(Signal::Connected { recovered }).await;
            let reason = self.serve(&mut link, early).await;
            self.queue.offline();
            let will_retry = reason.is_retried() && self.config.reconnection.is_some() && self.is_wanted();
            let signal = Signal::Disconnected { reason, will_retry };
            match reason {
                Reason::TransportClose | Reason::TransportError | Reason::PingTimeout => {
                    drop(link);
                    self.tell(signal).await;
                }
                // Who closes it wants to know when it is closed; to all others it is news.
                Reason::IoClientDisconnect => {
                    link.close().await;
                    self.tell(signal).await;
                }
                Reason::IoServerDisconnect | Reason::ParseError => {
                    self.tell(signal).await;
                    link.close().await;
                }
            }
            joined = if will_retry { self.come_back(reason).await } else { None };
        }
    }

    /// Tries until it works, or must not be tried any more.
    async fn come_back(&self, reason: Reason) -> Option<Joined> {
        let backoff = self.config.reconnection?;
        for attempt in 0.. {
            let Some(delay) = backoff.delay(attempt, chance()) else { break };
            self.unless_unwanted(tokio::time::sleep(delay)).await?;
            match self.unless_unwanted(self.join()).await? {
                Ok(joined) => return Some(joined),
                Err(ConnectError::Refused { message, data }) => {
                    self.tell(Signal::Refused { message, data }).await;
                    return None;
                }
                Err(why) => tracing::debug!(%why, attempt, "the client could not come back"),
            }
        }
        self.tell(Signal::Disconnected { reason, will_retry: false }).await;
        None
    }

    /// Serves one connection until it is lost or closed.
    async fn serve(&self, link: &mut Link, mut early: VecDeque<Received>) -> Reason {
        let mut partial = None;
        let mut permit = None;
        while self.is_wanted() {
            while link.wants_more()
                && let Some(packet) = self.queue.take()
            {
                link.push_packet(packet);
            }
            // Who is not listening any more is no reason to stop reading: calls are still answered.
            let deaf = self.signals.is_closed();
            if permit.is_none() {
                permit = self.signals.try_reserve().ok();
            }
            tokio::select! {
                () = self.queue.wake.notified() => {}
                () = until(self.queue.due()) => self.queue.overdue(Instant::now()),
                () = self.signals.closed(), if !deaf => {}
                free = self.signals.reserve(), if !deaf && permit.is_none() => permit = free.ok(),
                received = next(&mut early, link, deaf || permit.is_some()) => {
                    match received.and_then(|received| self.received(received, &mut partial)) {
                        Ok(None) => {}
                        Ok(Some(event)) => {
                            if let Some(permit) = permit.take() {
                                permit.send(Signal::Event(event));
                            }
                        }
                        Err(reason) => return reason,
                    }
                }
            }
        }
        self.leave(link).await;
        Reason::IoClientDisconnect
    }

    /// Sends what waits, and `41`.
    async fn leave(&self, link: &mut Link) {
        self.queue.close();
        let send = async {
            loop {
                while link.wants_more() {
                    let Some(packet) = self.queue.take() else { return };
                    link.push_packet(packet);
                }
                if link.next(false).await.is_err() {
                    return;
                }
            }
        };
        let _ = timeout(LEAVING, send).await;
        link.push(match self.config.namespace.as_str() {
            "/" => Text::from_static("41"),
            namespace => format!("41{namespace},").into(),
        });
    }

    /// What comes over a connection; an event is handed out.
    fn received(&self, received: Received, partial: &mut Option<Partial>) -> Ended<Option<Event>> {
        match received {
            Received::Room => Ok(None),
            Received::Text(text) => {
                if partial.is_some() {
                    return Err(Reason::ParseError);
                }
                let packet = parse(&text)?;
                match packet.kind {
                    PacketType::BinaryEvent | PacketType::BinaryAck => {
                        let missing = packet.attachments;
                        *partial = Some(Partial { text, missing, attachments: Vec::new(), bytes: 0 });
                        Ok(None)
                    }
                    _ => self.packet(&text, &packet, Vec::new()),
                }
            }
            Received::Binary(binary) => {
                let Some(waiting) = partial else { return Err(Reason::ParseError) };
                waiting.bytes += binary.len();
                if waiting.bytes > self.config.max_payload {
                    return Err(Reason::ParseError);
                }
                waiting.attachments.push(binary);
                if waiting.attachments.len() < waiting.missing {
                    return Ok(None);
                }
                let Some(Partial { text, attachments, .. }) = partial.take() else { return Ok(None) };
                self.packet(&text, &parse(&text)?, attachments)
            }
        }
    }

    fn packet(&self, text: &Text, packet: &Packet<'_>, attachments: Vec<Bytes>) -> Ended<Option<Event>> {
        if packet.namespace != self.config.namespace {
            return Ok(None);
        }
        match packet.kind {
            PacketType::Event | PacketType::BinaryEvent => {
                let mut event = Event::new(text, packet, attachments).map_err(|_| Reason::ParseError)?;
                self.returning.strip(&mut event);
                Ok(Some(event))
            }
            PacketType::Ack | PacketType::BinaryAck => {
                let answer = Args::of_ack(text, packet, attachments).ok_or(Reason::ParseError)?;
                if let Some(id) = packet.id {
                    self.queue.answer(id, answer);
                }
                Ok(None)
            }
            PacketType::Disconnect => Err(Reason::IoServerDisconnect),
            PacketType::Connect | PacketType::ConnectError => Ok(None),
        }
    }

    /// Whether there is somebody to serve.
    fn is_wanted(&self) -> bool {
        self.queue.phase() == Phase::Open && !(self.queue.is_abandoned() && self.signals.is_closed())
    }

    /// Waits for something, unless nobody wants it any more.
    async fn unless_unwanted<F: Future>(&self, future: F) -> Option<F::Output> {
        let unwanted = async {
            while self.is_wanted() {
                if self.signals.is_closed() {
                    self.queue.wake.notified().await;
                } else {
                    tokio::select! {
                        () = self.queue.wake.notified() => {}
                        () = self.signals.closed() => {}
                    }
                }
            }
        };
        tokio::select! {
            () = unwanted => None,
            output = future => Some(output),
        }
    }

    /// Hands out a signal, when there is room for it.
    async fn tell(&self, signal: Signal) {
        // Nobody may be listening, and then nobody misses it.
        if self.is_wanted() {
            let _ = self.unless_unwanted(self.signals.send(signal)).await;
        } else {
            let _ = self.signals.try_send(signal);
        }
    }
}

fn parse(text: &Text) -> Ended<Packet<'_>> {
    parse_packet(text.as_str().get(1..).unwrap_or_default()).map_err(|_| Reason::ParseError)
}

/// Waits until a moment; for ever if there is none.
async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

/// What came before the answer to CONNECT, and then what comes. May be dropped and called again.
async fn next(early: &mut VecDeque<Received>, link: &mut Link, read: bool) -> Ended<Received> {
    let ready = if read { early.pop_front() } else { None };
    match ready {
        Some(received) => Ok(received),
        None => link.next(read).await,
    }
}

/// The server's answer to CONNECT.
#[derive(Deserialize)]
struct Accepted {
    sid: String,
    #[serde(default)]
    pid: Option<String>,
}

/// The answer to CONNECT, if this is it.
fn accepted(text: &Text, namespace: &str) -> Result<Option<Accepted>, ConnectError> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Refused {
        Full {
            message: String,
            #[serde(default)]
            data: Option<Value>,
        },
        Words(String),
    }
    let packet =
        parse(text).map_err(|_| ConnectError::Transport("the server sent no Socket.IO packet".into()))?;
    if packet.namespace != namespace {
        return Ok(None);
    }
    match packet.kind {
        PacketType::Connect => match serde_json::from_str(packet.data) {
            Ok(accepted) => Ok(Some(accepted)),
            Err(_) => Err(ConnectError::Transport(
                "the server's CONNECT has no sid: it speaks an older Socket.IO than 3".into(),
            )),
        },
        PacketType::ConnectError => Err(match serde_json::from_str(packet.data) {
            Ok(Refused::Full { message, data }) => ConnectError::Refused { message, data },
            Ok(Refused::Words(message)) => ConnectError::Refused { message, data: None },
            Err(_) => ConnectError::Refused { message: packet.data.to_owned(), data: None },
        }),
        _ => Ok(None),
    }
}
