//! Acknowledgements that the server waits for: who waits, and picking them out of what a client sends while its handlers run.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use serde::de::IgnoredAny;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::config::Config;
use super::counters::{Counters, add};
use super::ids::SocketId;
use super::incoming::Incoming;
use crate::packet::{Args, Message, PacketType, Parser, Text, check_placeholders, parse_packet, unpack};

/// Why there is no acknowledgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AckError {
    /// The client did not answer in time, or was asked so much since (`Config::max_pending_acks`) that this is not waited for
    /// any more. It may still do what it was asked for.
    #[error("operation has timed out")]
    Timeout,
    /// The client has gone, or went before it answered.
    #[error("socket has been disconnected")]
    Disconnected,
    /// Only an event that has no id yet can be sent like this.
    #[error("what was to be acknowledged is no event, or has an id already")]
    NoEvent,
}

/// What became of an event that many were to acknowledge.
#[derive(Clone, Debug, Default)]
pub struct AckResponses {
    /// Who answered, and what; in the order of the answers.
    pub answers: Vec<(SocketId, Args)>,
    /// Who did not, be it that it did not answer in time, has gone, or was asked too much since.
    pub missing: Vec<SocketId>,
}

/// Where answers go.
pub(crate) type Answered = mpsc::Sender<(SocketId, Args)>;

/// What one connection's client owes answers to.
#[derive(Debug)]
pub(crate) struct Pending {
    waiting: Mutex<Questions>,
    max: usize,
}

#[derive(Debug, Default)]
struct Questions {
    /// By their ids, which grow: the first is the oldest.
    open: BTreeMap<u64, Waiting>,
    /// The newest that was given up to make room.
    given_up: Option<u64>,
    /// Nothing is read of the client any more.
    closed: bool,
}

#[derive(Debug)]
struct Waiting {
    socket: SocketId,
    namespace: Arc<str>,
    answered: Answered,
}

impl Pending {
    pub(crate) fn new(max: usize) -> Self {
        Self { waiting: Mutex::default(), max }
    }

    fn lock(&self) -> MutexGuard<'_, Questions> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for an answer. Where too many are waited for, the oldest is given up: it is the least likely to come.
    pub(crate) fn add(&self, id: u64, socket: SocketId, namespace: &Arc<str>, answered: Answered) {
        let mut waiting = self.lock();
        // Whoever asks a client that has gone waits for nothing.
        if waiting.closed {
            return;
        }
        while waiting.open.len() >= self.max
            && let Some((oldest, _)) = waiting.open.pop_first()
        {
            waiting.given_up = waiting.given_up.max(Some(oldest));
        }
        waiting.open.insert(id, Waiting { socket, namespace: Arc::clone(namespace), answered });
    }

    /// Whether this may have been given up to make room; if so, it was unless it was answered.
    fn has_given_up(&self, id: u64) -> bool {
        self.lock().given_up >= Some(id)
    }

    /// Nobody waits for this any more.
    pub(crate) fn forget(&self, id: u64) {
        self.lock().open.remove(&id);
    }

    /// This socket will answer nothing any more.
    pub(crate) fn leave(&self, socket: SocketId) {
        self.lock().open.retain(|_, waiting| waiting.socket != socket);
    }

    /// Nobody will answer anything any more.
    fn close(&self) {
        let mut waiting = self.lock();
        waiting.closed = true;
        waiting.open = BTreeMap::new();
    }

    fn take(&self, id: u64, namespace: &str) -> Option<Waiting> {
        let mut waiting = self.lock();
        let is_theirs = waiting.open.get(&id).is_some_and(|waiting| *waiting.namespace == *namespace);
        if is_theirs { waiting.open.remove(&id) } else { None }
    }

    fn knows(&self, id: u64, namespace: &str) -> bool {
        self.lock().open.get(&id).is_some_and(|waiting| *waiting.namespace == *namespace)
    }
}

/// Takes back what was not answered.
pub(crate) struct Asked {
    id: u64,
    of: Vec<Arc<Pending>>,
    answers: mpsc::Receiver<(SocketId, Args)>,
}

impl Asked {
    pub(crate) fn new(id: u64, answers: mpsc::Receiver<(SocketId, Args)>) -> Self {
        Self { id, of: Vec::new(), answers }
    }

    pub(crate) fn wait_for(&mut self, pending: &Arc<Pending>) {
        self.of.push(Arc::clone(pending));
    }

    /// The next answer; `None` when nobody is left who could give one.
    pub(crate) async fn next(&mut self, deadline: Instant) -> Result<(SocketId, Args), AckError> {
        match tokio::time::timeout_at(deadline, self.answers.recv()).await {
            Ok(Some(answer)) => Ok(answer),
            Ok(None) if self.of.iter().any(|pending| pending.has_given_up(self.id)) => Err(AckError::Timeout),
            Ok(None) => Err(AckError::Disconnected),
            Err(_) => Err(AckError::Timeout),
        }
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        for pending in &self.of {
            pending.forget(self.id);
        }
    }
}

/// When a wait that begins now is over.
pub(crate) fn deadline(timeout: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(timeout).unwrap_or_else(|| now + Duration::from_secs(86_400 * 365))
}

/// An event and its form with an id.
pub(crate) fn ask(message: &Message, id: u64) -> Result<Message, AckError> {
    message.asking(id).ok_or(AckError::NoEvent)
}

/// Makes packets of what has been read, if they are written in msgpack, and picks expected acknowledgements out of them, so that a handler can wait for one of its own client.
/// Everything else goes into the inbox as it came.
pub(crate) struct AckReader {
    parser: Parser,
    pending: Arc<Pending>,
    counters: Arc<Counters>,
    /// At most 10.
    max_attachments: u8,
    max_payload: usize,
    timeout: Duration,
    /// Attachments that the inbox still waits for.
    due: usize,
    partial: Option<Box<Partial>>,
}

/// An acknowledgement whose attachments have not all come.
struct Partial {
    text: Text,
    missing: usize,
    attachments: Vec<Bytes>,
    bytes: usize,
    deadline: Instant,
}

impl AckReader {
    pub(crate) fn new(pending: Arc<Pending>, counters: Arc<Counters>, config: &Config) -> Self {
        Self {
            parser: config.parser,
            pending,
            counters,
            max_attachments: u8::try_from(config.max_attachments).unwrap_or(u8::MAX),
            max_payload: config.max_payload,
            timeout: config.attachment_timeout,
            due: 0,
            partial: None,
        }
    }

    /// Whether packets are written in msgpack.
    pub(crate) fn unpacks(&self) -> bool {
        self.parser == Parser::Msgpack
    }

    /// Nothing is read any more: who waits for an answer is told.
    pub(crate) fn close(&self) {
        self.pending.close();
    }

    /// When the attachments of an acknowledgement must have come.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.partial.as_ref().map(|partial| partial.deadline)
    }

    /// A message of text has come.
    pub(crate) fn text(&mut self, text: Text, inbox: &mut VecDeque<Incoming>) {
        match self.parser {
            Parser::Json => self.packet(text, inbox),
            Parser::Msgpack => {
                let why = "a text has come where packets are written in msgpack";
                inbox.push_back(Incoming::Malformed(why.into()));
            }
        }
    }

    /// A binary message has come.
    pub(crate) fn binary(&mut self, binary: Bytes, inbox: &mut VecDeque<Incoming>) {
        match self.parser {
            Parser::Json => self.attachment(binary, inbox),
            Parser::Msgpack => match unpack(&binary, self.max_payload) {
                Ok((text, attachments)) => {
                    self.packet(text, inbox);
                    attachments.into_iter().for_each(|binary| self.attachment(binary, inbox));
                }
                Err(why) => inbox.push_back(Incoming::Malformed(why.to_string().into())),
            },
        }
    }

    /// A Socket.IO packet has come.
    fn packet(&mut self, text: Text, inbox: &mut VecDeque<Incoming>) {
        if self.partial.is_some() {
            // A packet within another: whoever reads the inbox says so.
            self.give_up(inbox);
            inbox.push_back(Incoming::Text(text));
            return;
        }
        match text.as_bytes().get(1) {
            Some(b'3') if self.due == 0 => {
                if !self.answer(&text, Vec::new()) {
                    inbox.push_back(Incoming::Text(text));
                }
            }
            Some(b'5' | b'6') if self.due == 0 => self.binary_packet(text, inbox),
            _ => inbox.push_back(Incoming::Text(text)),
        }
    }

    fn binary_packet(&mut self, text: Text, inbox: &mut VecDeque<Incoming>) {
        if let Ok(packet) = parse_packet(text.as_str().get(1..).unwrap_or_default()) {
            let missing = packet.attachments;
            let is_expected = packet.kind == PacketType::BinaryAck
                && missing <= usize::from(self.max_attachments)
                && packet.id.is_some_and(|id| self.pending.knows(id, packet.namespace))
                && check_placeholders(packet.data, missing).is_ok();
            if is_expected {
                let deadline = Instant::now() + self.timeout;
                let partial = Partial { text, missing, attachments: Vec::new(), bytes: 0, deadline };
                self.partial = Some(Box::new(partial));
                return;
            }
            self.due = missing;
        }
        inbox.push_back(Incoming::Text(text));
    }

    /// An attachment has come.
    fn attachment(&mut self, binary: Bytes, inbox: &mut VecDeque<Incoming>) {
        let Some(partial) = &mut self.partial else {
            self.due = self.due.saturating_sub(1);
            inbox.push_back(Incoming::Binary(binary));
            return;
        };
        partial.bytes += binary.len();
        partial.attachments.push(binary);
        if partial.bytes > self.max_payload {
            self.give_up(inbox);
        } else if partial.attachments.len() == partial.missing
            && let Some(partial) = self.partial.take()
            && !self.answer(&partial.text, partial.attachments)
        {
            // Whoever waited has given up meanwhile.
            add(&self.counters.stray_acks);
        }
    }

    /// What has come of an acknowledgement is left to whoever reads the inbox.
    fn give_up(&mut self, inbox: &mut VecDeque<Incoming>) {
        if let Some(partial) = self.partial.take() {
            let Partial { text, attachments, missing, .. } = *partial;
            self.due = missing.saturating_sub(attachments.len());
            inbox.push_back(Incoming::Text(text));
            inbox.extend(attachments.into_iter().map(Incoming::Binary));
        }
    }

    /// Whether somebody waited for it, and it is one.
    fn answer(&self, text: &Text, attachments: Vec<Bytes>) -> bool {
        let Ok(packet) = parse_packet(text.as_str().get(1..).unwrap_or_default()) else { return false };
        let Some(id) = packet.id.filter(|id| self.pending.knows(*id, packet.namespace)) else { return false };
        if serde_json::from_str::<IgnoredAny>(packet.data).is_err() {
            return false;
        }
        let Some(Waiting { socket, answered, .. }) = self.pending.take(id, packet.namespace) else {
            return false;
        };
        // The brackets have been seen by the parser of packets.
        let at = text.len() - packet.data.len();
        let args = Args::received(text.clone(), at + 1..text.len() - 1, attachments);
        // There is room for one answer of each who was asked.
        let _ = answered.try_send((socket, args));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_are_waited_for_than_allowed_however_many_are_asked() {
        let (pending, socket) = (Pending::new(1000), SocketId::random().unwrap());
        let namespace: Arc<str> = "/".into();
        let mut asked = Vec::new();
        for id in 0..10_000 {
            let (answered, answers) = mpsc::channel(1);
            pending.add(id, socket, &namespace, answered);
            asked.push((id, answers));
        }
        assert_eq!(pending.lock().open.len(), 1000);
        for (id, answers) in asked {
            let is_open = id >= 9_000;
            assert_eq!((answers.is_closed(), pending.has_given_up(id)), (!is_open, !is_open), "{id}");
            assert_eq!(pending.knows(id, "/"), is_open);
        }
        // Who goes has not given an answer for another reason.
        pending.leave(socket);
        assert!(pending.lock().open.is_empty() && !pending.has_given_up(9_000));
    }
}
