//! What comes: requests and frames become Engine.IO packets, and messages wait in the inbox for their handlers.

use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::time::Instant;

use super::{Carrier, Transport};
use crate::packet::{EngineType, Message, Text, parse_engine, text_frame};
use crate::server::counters::add;
use crate::server::incoming::Incoming;
use crate::server::polling::{End, Event};
use crate::server::reason::DisconnectReason;
use crate::server::websocket::Read;

impl Transport {
    fn binary(&mut self, binary: Bytes) {
        match &mut self.acks {
            Some(acks) => acks.binary(binary, &mut self.inbox),
            None => self.inbox.push_back(Incoming::Binary(binary)),
        }
    }

    /// Whether one more packet may be read ahead.
    fn has_room(&mut self) -> bool {
        self.inbox_bytes += self.inbox.range(self.measured..).map(Incoming::size).sum::<usize>();
        self.measured = self.inbox.len();
        self.measured < self.max_inbox && self.inbox_bytes < self.max_inbox_bytes
    }

    pub(super) fn read(&mut self, cx: &mut Context<'_>) {
        loop {
            if self.closed.is_some() {
                return;
            }
            if self.closing.is_some() {
                return self.pass_over(cx);
            }
            if !self.has_room() {
                self.stalled = true;
                return self.hear_requests(cx);
            }
            if self.stalled {
                self.stalled = false;
                let now = Instant::now().into_std();
                self.heartbeat.excuse(now);
                if let Carrier::WebSocket(websocket) = &mut self.carrier {
                    websocket.excuse(now);
                }
            }
            match &mut self.carrier {
                Carrier::WebSocket(websocket) => {
                    if let Some(polling) = &mut self.polling {
                        if let Some(event) = polling.next_packet() {
                            self.polled(event);
                            continue;
                        }
                        polling.poll_upgraded(cx);
                    }
                    match websocket.poll_read(cx) {
                        Poll::Ready(Ok(Read::Text(text))) => self.packet(text),
                        Poll::Ready(Ok(Read::Binary(binary))) => self.binary(binary),
                        Poll::Ready(Err(reason)) => self.failed(reason),
                        Poll::Pending => return,
                    }
                }
                Carrier::Polling => {
                    let Some(polling) = &mut self.polling else { return };
                    match polling.poll(cx, self.heartbeat.deadline(), true) {
                        Poll::Ready(event) => self.polled(event),
                        Poll::Pending => return,
                    }
                }
                Carrier::Gone => return,
            }
        }
    }

    /// Of who is not read any more for now, the requests: what fills the inbox may wait for a GET to be answered.
    fn hear_requests(&mut self, cx: &mut Context<'_>) {
        while self.closed.is_none()
            && let (Carrier::Polling, Some(polling)) = (&self.carrier, &mut self.polling)
            && let Poll::Ready(event) = polling.poll(cx, None, false)
        {
            self.polled(event);
        }
    }

    /// Who is being sent away is not listened to any more; but it may still ask, and is told so. If it goes over to a
    /// websocket, it is told there.
    fn pass_over(&mut self, cx: &mut Context<'_>) {
        while let (Carrier::Polling, Some(polling)) = (&self.carrier, &mut self.polling)
            && let Poll::Ready(event) = polling.poll(cx, None, true)
        {
            match event {
                Event::End(_) => {
                    self.closed = self.closing.map(|(reason, _)| reason);
                    return;
                }
                Event::Upgraded(_) => self.polled(event),
                Event::Text(_) | Event::Binary(_) => {}
            }
        }
    }

    fn polled(&mut self, event: Event) {
        match event {
            Event::Text(text) => self.packet(text),
            Event::Binary(binary) => self.binary(binary),
            Event::Upgraded(mut websocket) => {
                if let Some(polling) = &mut self.polling {
                    let (control, messages) = polling.take_outgoing();
                    control.into_iter().for_each(|packet| websocket.push(text_frame(packet)));
                    messages.into_iter().flat_map(Message::frames).for_each(|frame| websocket.push(frame));
                }
                if let Some((reason, _)) = self.closing {
                    websocket.push_close(reason);
                }
                self.upgrade_deadline = None;
                self.outbox.set_sink(websocket.sink());
                self.carrier = Carrier::WebSocket(websocket);
            }
            Event::End(End::Late) => self.closed = Some(DisconnectReason::PingTimeout),
            Event::End(End::Error) => self.closed = Some(DisconnectReason::TransportError),
            Event::End(End::Parse) => self.closed = Some(DisconnectReason::ParseError),
        }
    }

    /// A websocket that says what the client did wrong is closed with the code for it.
    pub(super) fn failed(&mut self, reason: DisconnectReason) {
        if reason.is_violation() {
            self.close(reason);
        } else {
            self.closed = Some(reason);
        }
    }

    fn packet(&mut self, text: Text) {
        match parse_engine(text.as_str()) {
            Ok((EngineType::Message, _)) => match &mut self.acks {
                Some(acks) => acks.text(text, &mut self.inbox),
                None => self.inbox.push_back(Incoming::Text(text)),
            },
            Ok((EngineType::Pong, _)) => {
                // A client that does not read for a while says unasked that it lives.
                if !self.heartbeat.pong(Instant::now().into_std()) {
                    self.talks = true;
                    self.outbox.confirm(None);
                    self.idle_talk();
                } else if let Some(at) = self.confirming.take() {
                    self.outbox.confirm(Some(at.into_std()));
                }
            }
            Ok((EngineType::Close, _)) => match &mut self.carrier {
                Carrier::WebSocket(_) => self.close(DisconnectReason::TransportClose),
                _ => self.closed = Some(DisconnectReason::TransportClose),
            },
            // A client of revision 4 does not ping.
            Ok((EngineType::Ping, _)) => self.failed(DisconnectReason::TransportError),
            Ok((EngineType::Open | EngineType::Upgrade | EngineType::Noop, _)) => self.idle_talk(),
            Err(_) => self.failed(DisconnectReason::ParseError),
        }
    }

    /// A packet has come that means nothing. A few may; a flood says nothing either.
    fn idle_talk(&mut self) {
        self.meaningless += 1;
        add(&self.counters.meaningless);
        if self.meaningless > self.max_meaningless {
            self.failed(DisconnectReason::PolicyViolation);
        }
    }
}
