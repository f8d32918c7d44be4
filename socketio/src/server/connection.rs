//! The Socket.IO half of a connection: namespaces, events, acknowledgements; one packet at a time, in order.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt;
use serde::de::IgnoredAny;

use super::acks::{AckReader, Pending};
use super::config::Config;
use super::counters::{Counters, add};
use super::hub::Hub;
use super::incoming::Incoming;
use super::joined::Joined;
use super::outbox::{Item, Outbox};
use super::reason::DisconnectReason;
use super::request::RequestInfo;
use super::service::Service;
use super::socket::Socket;
use super::transport::Transport;
use crate::packet::{Event, Message, Packet, PacketType, Places, Text, check_placeholders, parse_packet};

/// One connection of a client, with all its namespaces.
pub(crate) struct Connection<S: Service> {
    pub(crate) service: Arc<S>,
    pub(crate) hub: Hub,
    pub(crate) config: Arc<Config>,
    pub(crate) request: Arc<RequestInfo>,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) counters: Arc<Counters>,
    /// What its client owes answers to.
    pub(crate) pending: Arc<Pending>,
}

/// A binary packet whose attachments have not all come.
struct Partial {
    text: Text,
    missing: usize,
    attachments: Vec<Bytes>,
    bytes: usize,
}

/// Where the parts of an event are, and whom it is for.
type Addressed<'a, D> = (Places, &'a Socket<D>);

impl<S: Service> Connection<S> {
    /// Lives as long as the connection.
    pub(crate) async fn run(self, mut transport: Box<Transport>) {
        let reader = AckReader::new(Arc::clone(&self.pending), Arc::clone(&self.counters), &self.config);
        transport.reads_acks(reader);
        let mut joined = Joined::new(self.hub.clone(), self.config.max_namespaces);
        // Once for all that a service does, as it costs something each time; its refusals catch their own.
        let reason = match AssertUnwindSafe(self.serve(&mut joined, &mut transport)).catch_unwind().await {
            Ok(reason) => reason,
            Err(_) => {
                tracing::error!(remote = %self.request.remote, "a service panicked; the connection is closed");
                transport.close(DisconnectReason::InternalError);
                loop {
                    if let Err(reason) = transport.next().await {
                        break reason;
                    }
                }
            }
        };
        self.counters.ended(reason);
        while let Some(socket) = joined.next() {
            self.gone(socket, reason, None, &mut transport).await;
        }
        Box::pin(transport.finish()).await;
    }

    /// Works through what comes; why nothing does any more.
    async fn serve(&self, joined: &mut Joined<S::Data>, transport: &mut Transport) -> DisconnectReason {
        let mut partial = None;
        let mut refused_joins = 0;
        loop {
            let incoming = match transport.next().await {
                Ok(incoming) => incoming,
                Err(reason) => return reason,
            };
            let outcome = match incoming {
                Incoming::Text(text) => {
                    self.text(text, &mut partial, joined, &mut refused_joins, transport).await
                }
                Incoming::Binary(binary) => self.attachment(binary, &mut partial, joined, transport).await,
                Incoming::Malformed(why) => Err(why.into()),
                Incoming::Leave(id) => {
                    if let Some(socket) = joined.leave(|socket| socket.id() == id) {
                        self.send_off(socket, transport).await;
                    }
                    Ok(())
                }
                Incoming::Dismiss => {
                    while let Some(socket) = joined.next() {
                        self.send_off(socket, transport).await;
                    }
                    self.outbox.command(Item::Close(DisconnectReason::ServerNamespaceDisconnect));
                    Ok(())
                }
            };
            if let Err(why) = outcome {
                tracing::warn!(remote = %self.request.remote, error = %why, "a client broke the Socket.IO protocol");
                transport.close(DisconnectReason::ForcedClose);
            }
        }
    }

    /// A packet; an error closes the connection.
    async fn text(
        &self,
        text: Text,
        partial: &mut Option<Partial>,
        joined: &mut Joined<S::Data>,
        refused_joins: &mut usize,
        transport: &mut Transport,
    ) -> Result<(), String> {
        if partial.is_some() {
            return Err("a packet has come where an attachment was due".into());
        }
        let packet =
            parse_packet(text.as_str().get(1..).unwrap_or_default()).map_err(|why| why.to_string())?;
        match packet.kind {
            PacketType::Connect => {
                let before = joined.len();
                // In a box of its own, as all that happens once: idle connections would have room for it.
                Box::pin(self.connect(&packet, joined, transport)).await?;
                *refused_joins = if joined.len() > before { 0 } else { *refused_joins + 1 };
                if *refused_joins > self.config.max_refused_joins {
                    return Err(format!("refused a namespace {refused_joins} times in a row"));
                }
            }
            PacketType::Disconnect => {
                if let Some(socket) = joined.leave(|socket| socket.namespace() == packet.namespace) {
                    self.gone(socket, DisconnectReason::ClientNamespaceDisconnect, None, transport).await;
                }
            }
            PacketType::Event => {
                if let Some((places, socket)) = self.addressed(&text, &packet, joined)? {
                    self.event(places.event(text, Vec::new()), socket, transport).await;
                }
            }
            PacketType::BinaryEvent | PacketType::BinaryAck => {
                let missing = packet.attachments;
                if missing > self.config.max_attachments {
                    return Err(format!("more than {} attachments", self.config.max_attachments));
                }
                check_placeholders(packet.data, missing).map_err(|why| why.to_string())?;
                transport.awaits_attachments(true);
                *partial = Some(Partial { text, missing, attachments: Vec::new(), bytes: 0 });
            }
            // Those that somebody waits for do not come here; like Node, all others are passed over.
            PacketType::Ack => self.stray_ack(&packet)?,
            PacketType::ConnectError => return Err("a client sends no CONNECT_ERROR".into()),
        }
        Ok(())
    }

    async fn attachment(
        &self,
        binary: Bytes,
        partial: &mut Option<Partial>,
        joined: &Joined<S::Data>,
        transport: &mut Transport,
    ) -> Result<(), String> {
        let Some(waiting) = partial else {
            return Err("an attachment has come that no packet announced".into());
        };
        waiting.bytes += binary.len();
        if waiting.bytes > self.config.max_payload {
            return Err(format!(
                "the attachments of a packet are longer than {} bytes",
                self.config.max_payload
            ));
        }
        waiting.attachments.push(binary);
        if waiting.attachments.len() < waiting.missing {
            return Ok(());
        }
        transport.awaits_attachments(false);
        let Some(Partial { text, attachments, .. }) = partial.take() else { return Ok(()) };
        let packet =
            parse_packet(text.as_str().get(1..).unwrap_or_default()).map_err(|why| why.to_string())?;
        if packet.kind == PacketType::BinaryAck {
            return self.stray_ack(&packet);
        }
        if let Some((places, socket)) = self.addressed(&text, &packet, joined)? {
            self.event(places.event(text, attachments), socket, transport).await;
        }
        Ok(())
    }

    fn stray_ack(&self, packet: &Packet<'_>) -> Result<(), String> {
        serde_json::from_str::<IgnoredAny>(packet.data)
            .map_err(|why| format!("an acknowledgement: {why}"))?;
        add(&self.counters.stray_acks);
        Ok(())
    }

    /// Where the parts of an event are, and whom it is for; nothing of what is passed over.
    fn addressed<'a>(
        &self,
        text: &str,
        packet: &Packet<'_>,
        joined: &'a Joined<S::Data>,
    ) -> Result<Option<Addressed<'a, S::Data>>, String> {
        let mut places = Places::find(text, packet).map_err(|why| why.to_string())?;
        places.cut_name(text, self.config.max_event_name);
        if places.is_name_cut() {
            add(&self.counters.stray_events);
        }
        match joined.find(packet.namespace) {
            // What it said before it could know.
            Some(socket) if socket.link().is_sent_away() => Ok(None),
            Some(socket) => Ok(Some((places, socket))),
            // Its client did not know yet that it was sent away, or said so itself and has more to say than it should.
            None if joined.has_left(packet.namespace) => {
                add(&self.counters.stray_events);
                Ok(None)
            }
            None => Err("an event has come for a namespace that was not joined".into()),
        }
    }

    async fn event(&self, event: Event, socket: &Socket<S::Data>, transport: &mut Transport) {
        // Pinned here: what is handed over by value would take its room twice.
        transport.drive(pin!(self.service.event(socket, event))).await;
    }

    async fn connect(
        &self,
        packet: &Packet<'_>,
        joined: &mut Joined<S::Data>,
        transport: &mut Transport,
    ) -> Result<(), String> {
        let namespace = packet.namespace;
        if joined.find(namespace).is_some() {
            return Err("the namespace is joined already".into());
        }
        if joined.len() >= self.config.max_namespaces {
            return Err(format!("more than {} namespaces", self.config.max_namespaces));
        }
        let time = transport.pause_joining();
        let Some(socket) = self.join(packet, transport).await? else {
            transport.resume_joining(time);
            return Ok(());
        };
        joined.add(socket.clone());
        transport.drive(self.service.connected(&socket)).await;
        Ok(())
    }

    /// A socket has been sent away.
    async fn send_off(&self, socket: Socket<S::Data>, transport: &mut Transport) {
        let farewell = Message::disconnect(socket.namespace());
        let reason = DisconnectReason::ServerNamespaceDisconnect;
        self.gone(socket, reason, Some(farewell), transport).await;
    }

    async fn gone(
        &self,
        socket: Socket<S::Data>,
        reason: DisconnectReason,
        farewell: Option<Message>,
        transport: &mut Transport,
    ) {
        self.hub.remove(socket.link(), reason.is_recoverable());
        // Only now, so that nothing that others send comes behind it.
        if let Some(farewell) = farewell {
            self.outbox.push(farewell);
        }
        let told = AssertUnwindSafe(self.service.disconnected(&socket, reason)).catch_unwind();
        if Box::pin(transport.drive(told)).await.is_err() {
            tracing::error!(remote = %self.request.remote, "a service panicked over a socket that is gone");
        }
        if let Some(log) = self.hub.log().filter(|_| reason.is_recoverable()) {
            log.park(socket.link(), socket.shared_data());
        }
    }
}
