//! A session over polling: the pending GET, the bodies of POSTs, and the websocket it may be upgraded to.

use std::collections::VecDeque;
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};

use super::config::Config;
use super::websocket::{Read, WebSocket};
use crate::engine::{GetQueue, OnGet, OnProbe, OnSaid, PollCycle, Refusal, Upgrading};
use crate::packet::{Message, Payload, PayloadPacket, RECORD_SEPARATOR, Text, text_frame};

/// POSTs that may wait while an earlier one is worked through.
const MAX_BODIES: usize = 4;

/// The record separator, as a byte.
const SEPARATOR: u8 = 0x1e;

/// What a request wants of a session, and when it came: the session may have been busy with something else.
#[derive(Debug)]
pub(crate) enum Command {
    Get(oneshot::Sender<Reply>, Instant),
    Post(Text, oneshot::Sender<Reply>, Instant),
    Probe(Box<WebSocket>),
}

/// What a request is answered with.
#[derive(Debug)]
pub(crate) enum Reply {
    /// A payload.
    Payload(String),
    /// The body was taken.
    Ok,
    /// It makes no sense.
    Refused(Refusal),
}

/// Why polling has come to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Two requests of a kind at a time, or a GET was given up.
    Error,
    /// A body is no payload.
    Parse,
    /// A request came when the answer to a ping was due already, even if the timer has not said so yet.
    Late,
}

/// What polling has to say.
#[derive(Debug)]
pub(crate) enum Event {
    /// A packet, with its type in front.
    Text(Text),
    /// A binary message.
    Binary(Bytes),
    /// The session goes on over this.
    Upgraded(Box<WebSocket>),
    End(End),
}

/// The state of a polling session.
#[derive(Debug)]
pub(crate) struct Polling {
    commands: mpsc::Receiver<Command>,
    cycle: PollCycle,
    get: Option<oneshot::Sender<Reply>>,
    /// Bodies, and how far the first has been read; with who waits for it to be taken.
    bodies: VecDeque<(Text, Option<oneshot::Sender<Reply>>)>,
    read: usize,
    queue: GetQueue,
    probe: Option<Box<WebSocket>>,
    /// GETs that have been answered.
    answered: u64,
    max_body_packets: usize,
    max_pongs: usize,
}

impl Polling {
    /// Of a new session: `open` is the packet that the first GET is answered with.
    pub(crate) fn new(commands: mpsc::Receiver<Command>, open: String, config: &Config) -> Self {
        Self {
            commands,
            cycle: PollCycle::default(),
            get: None,
            bodies: VecDeque::new(),
            read: 0,
            queue: GetQueue::new(open, config.max_payload),
            probe: None,
            answered: 0,
            max_body_packets: config.max_body_packets,
            max_pongs: config.control_frame_burst as usize,
        }
    }

    /// What happens next: requests that come at the deadline or later are too late. Bodies wait if their packets are not to
    /// be taken.
    pub(crate) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        deadline: Option<Instant>,
        takes: bool,
    ) -> Poll<Event> {
        loop {
            if takes && let Some(event) = self.next_packet() {
                return Poll::Ready(event);
            }
            if let Some(get) = &mut self.get
                && get.poll_closed(cx).is_ready()
            {
                self.get = None;
                return Poll::Ready(Event::End(End::Error));
            }
            if let Poll::Ready(event) = self.poll_probe(cx) {
                return Poll::Ready(event);
            }
            match self.commands.poll_recv(cx) {
                Poll::Ready(Some(command)) => {
                    let came = match &command {
                        Command::Get(_, at) | Command::Post(_, _, at) => Some(*at),
                        Command::Probe(_) => None,
                    };
                    if came.is_some_and(|at| deadline.is_some_and(|deadline| at >= deadline)) {
                        return Poll::Ready(Event::End(End::Late));
                    }
                    if let Some(event) = self.command(command) {
                        return Poll::Ready(event);
                    }
                }
                // The registry keeps a sender as long as the session lives.
                Poll::Ready(None) | Poll::Pending => return Poll::Pending,
            }
        }
    }

    /// Requests that come after the upgrade.
    pub(crate) fn poll_upgraded(&mut self, cx: &mut Context<'_>) {
        while let Poll::Ready(Some(command)) = self.commands.poll_recv(cx) {
            match command {
                Command::Get(reply, _) | Command::Post(_, reply, _) => {
                    let _ = reply.send(Reply::Refused(Refusal::BadRequest));
                }
                // Dropped, and so closed: there is a websocket already.
                Command::Probe(_) => {}
            }
        }
    }

    /// Packets of bodies, also of those that were being read when the upgrade came.
    pub(crate) fn next_packet(&mut self) -> Option<Event> {
        let (body, reply) = self.bodies.front_mut()?;
        if let Some(reply) = reply.take() {
            let _ = reply.send(Reply::Ok);
        }
        let rest = body.as_str().get(self.read..).unwrap_or_default();
        let mut payload = Payload::new(rest);
        let packet = payload.next();
        let remaining = payload.remaining();
        let event = match packet {
            Some(Ok(PayloadPacket::Text(..))) => {
                let end = rest.find(RECORD_SEPARATOR).unwrap_or(rest.len());
                Event::Text(Text::from(rest.get(..end).unwrap_or_default()))
            }
            Some(Ok(PayloadPacket::Binary(binary))) => Event::Binary(binary),
            Some(Err(_)) | None => Event::End(End::Parse),
        };
        // Without a separator after it, the packet was the last.
        if rest.contains(RECORD_SEPARATOR) && !matches!(event, Event::End(_)) {
            self.read = body.len() - remaining;
        } else {
            self.bodies.pop_front();
            self.read = 0;
        }
        Some(event)
    }

    fn command(&mut self, command: Command) -> Option<Event> {
        match command {
            Command::Get(reply, _) => match self.cycle.get() {
                OnGet::Hold => {
                    self.get = Some(reply);
                    self.answer();
                }
                OnGet::Release => {
                    self.get = Some(reply);
                    self.release();
                }
                OnGet::Overlap => {
                    let _ = reply.send(Reply::Refused(Refusal::BadRequest));
                    self.queue.push_control("1");
                    self.answer();
                    return Some(Event::End(End::Error));
                }
                OnGet::Upgraded => {
                    let _ = reply.send(Reply::Refused(Refusal::BadRequest));
                }
            },
            Command::Post(body, reply, _) => {
                // Told now, while there is somebody to tell; what comes later in the body ends the session.
                let first = Payload::new(body.as_str()).next();
                let separators = body.as_bytes().iter().filter(|byte| **byte == SEPARATOR).count();
                // One at most is an answer: the next ping waits for it.
                let is_flood = || {
                    let mut pongs =
                        body.as_str().split(RECORD_SEPARATOR).filter(|packet| packet.starts_with('3'));
                    separators > self.max_pongs && pongs.nth(self.max_pongs + 1).is_some()
                };
                if first.is_none_or(|packet| packet.is_err())
                    || separators >= self.max_body_packets
                    || is_flood()
                    || self.bodies.len() >= MAX_BODIES
                {
                    let _ = reply.send(Reply::Refused(Refusal::BadRequest));
                    return Some(Event::End(End::Parse));
                }
                self.bodies.push_back((body, Some(reply)));
            }
            Command::Probe(websocket) => {
                if self.cycle.offer() == OnProbe::Accept {
                    self.probe = Some(websocket);
                }
            }
        }
        None
    }

    fn poll_probe(&mut self, cx: &mut Context<'_>) -> Poll<Event> {
        while let Some(probe) = &mut self.probe {
            let read = match probe.poll_read(cx) {
                Poll::Ready(read) => read,
                // Written after reading, which may have answered a ping of the websocket.
                Poll::Pending => match probe.poll_write(cx) {
                    Poll::Ready(Err(_)) => return self.abandon(),
                    _ => return Poll::Pending,
                },
            };
            let Ok(read) = read else { return self.abandon() };
            let text = match &read {
                Read::Text(text) => Some(text.as_str()),
                Read::Binary(_) => None,
            };
            match self.cycle.said(text) {
                OnSaid::Answer { release } => {
                    probe.push(text_frame(Upgrading::ANSWER));
                    if release {
                        self.release();
                    }
                }
                OnSaid::GoOver { release } => {
                    if release && let Some(get) = self.get.take() {
                        let _ = get.send(Reply::Payload("6".into()));
                    }
                    return match self.probe.take() {
                        Some(websocket) => Poll::Ready(Event::Upgraded(websocket)),
                        None => Poll::Pending,
                    };
                }
                OnSaid::Close => return self.abandon(),
            }
        }
        Poll::Pending
    }

    fn abandon(&mut self) -> Poll<Event> {
        self.abandon_upgrade();
        Poll::Pending
    }

    /// The upgrade is given up; polling goes on.
    pub(crate) fn abandon_upgrade(&mut self) {
        self.probe = None;
        self.cycle.abandoned();
    }

    /// Whether a websocket is there that has not finished the upgrade.
    pub(crate) fn is_upgrading(&self) -> bool {
        self.probe.is_some()
    }

    /// Queues a message for the next GET.
    pub(crate) fn push(&mut self, message: Message) {
        self.queue.push(message);
    }

    /// Queues an Engine.IO packet for the next GET.
    pub(crate) fn push_control(&mut self, packet: &'static str) {
        self.queue.push_control(packet);
    }

    /// Queues the packet after which nothing comes.
    pub(crate) fn push_last(&mut self, packet: &'static str) {
        self.queue.push_last(packet);
    }

    /// Drops what waits for a GET: the client does not take it.
    pub(crate) fn discard(&mut self) {
        self.queue.discard();
    }

    /// Whether there is a GET to be answered with more messages.
    pub(crate) fn wants_more(&self) -> bool {
        self.get.is_some() && !self.queue.is_full()
    }

    /// What has not been sent yet, for the websocket.
    pub(crate) fn take_outgoing(&mut self) -> (VecDeque<&'static str>, VecDeque<Message>) {
        self.queue.take_rest()
    }

    /// GETs that have been answered.
    pub(crate) fn taken(&self) -> u64 {
        self.answered
    }

    /// Whether nothing waits for a GET.
    pub(crate) fn is_flushed(&self) -> bool {
        self.queue.is_flushed()
    }

    /// Answers the pending GET, if there is one and something to say. Whether it did.
    pub(crate) fn answer(&mut self) -> bool {
        if !self.queue.is_ready() {
            return false;
        }
        let Some(get) = self.get.take() else { return false };
        self.cycle.answered();
        self.answered += 1;
        let _ = get.send(Reply::Payload(self.queue.body()));
        true
    }

    /// Answers the pending GET, if with nothing else with a noop.
    fn release(&mut self) {
        if !self.answer() {
            self.queue.push_control("6");
            self.answer();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Waker;
    use std::time::Duration;

    #[test]
    fn what_came_in_time_counts_whenever_it_is_looked_at() {
        let (commands, receiver) = mpsc::channel(4);
        let mut polling = Polling::new(receiver, "0{}".into(), &Config::default());
        let deadline = Instant::now() - Duration::from_secs(1);
        let post = |at| Command::Post(Text::from("3"), oneshot::channel().0, at);
        commands.try_send(post(deadline - Duration::from_millis(1))).unwrap();
        commands.try_send(post(deadline)).unwrap();
        let mut poll = |deadline| polling.poll(&mut Context::from_waker(Waker::noop()), Some(deadline), true);
        assert!(matches!(poll(deadline), Poll::Ready(Event::Text(text)) if text.as_str() == "3"));
        assert!(matches!(poll(deadline), Poll::Ready(Event::End(End::Late))));
    }
}
