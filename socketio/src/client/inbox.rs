//! What comes over one connection, made into events and answers.

use bytes::Bytes;

use super::ending::{Ended, Lost, Reason};
use super::link::Received;
use super::queue::Queue;
use super::returning::Returning;
use crate::packet::{Args, Event, Packet, PacketType, Text, parse_packet};

/// Of one connection.
pub(crate) struct Inbox<'a> {
    pub(crate) namespace: &'a str,
    pub(crate) max_payload: usize,
    pub(crate) queue: &'a Queue,
    pub(crate) returning: &'a Returning,
    /// Its number.
    pub(crate) connection: u64,
    pub(crate) partial: Option<Partial>,
}

/// A binary packet whose attachments have not all come.
pub(crate) struct Partial {
    text: Text,
    missing: usize,
    attachments: Vec<Bytes>,
    bytes: usize,
}

impl Inbox<'_> {
    /// What has come; an event is handed out.
    pub(crate) fn received(&mut self, received: Received) -> Ended<Option<Event>> {
        match received {
            Received::Room => Ok(None),
            Received::Text(text) => {
                if self.partial.is_some() {
                    return Err(wrong("a packet where attachments were due"));
                }
                let packet = parse(&text)?;
                match packet.kind {
                    PacketType::BinaryEvent | PacketType::BinaryAck => {
                        let missing = packet.attachments;
                        self.partial = Some(Partial { text, missing, attachments: Vec::new(), bytes: 0 });
                        Ok(None)
                    }
                    _ => self.packet(&text, &packet, Vec::new()),
                }
            }
            Received::Binary(binary) => {
                let waiting = self.partial.as_mut().ok_or_else(|| wrong("an attachment of no packet"))?;
                waiting.bytes += binary.len();
                if waiting.bytes > self.max_payload {
                    return Err(wrong("more bytes of attachments than may come"));
                }
                waiting.attachments.push(binary);
                if waiting.attachments.len() < waiting.missing {
                    return Ok(None);
                }
                let Some(Partial { text, attachments, .. }) = self.partial.take() else { return Ok(None) };
                self.packet(&text, &parse(&text)?, attachments)
            }
        }
    }

    fn packet(&self, text: &Text, packet: &Packet<'_>, attachments: Vec<Bytes>) -> Ended<Option<Event>> {
        if packet.namespace != self.namespace {
            return Ok(None);
        }
        match packet.kind {
            PacketType::Event | PacketType::BinaryEvent => {
                let event = Event::new(text, packet, attachments);
                let mut event = event.map_err(|why| wrong(&why.to_string()))?;
                self.returning.strip(&mut event);
                event.came_on(self.connection);
                Ok(Some(event))
            }
            PacketType::Ack | PacketType::BinaryAck => {
                let answer = Args::of_ack(text, packet, attachments);
                let answer = answer.ok_or_else(|| wrong("an acknowledgement that is no JSON"))?;
                if let Some(id) = packet.id {
                    self.queue.answer(id, answer);
                }
                Ok(None)
            }
            PacketType::Disconnect => Err(Reason::IoServerDisconnect.into()),
            PacketType::Connect | PacketType::ConnectError => Ok(None),
        }
    }
}

/// A Socket.IO packet, with the Engine.IO `4` in front.
pub(crate) fn parse(text: &Text) -> Ended<Packet<'_>> {
    parse_packet(text.as_str().get(1..).unwrap_or_default()).map_err(|why| wrong(&why.to_string()))
}

fn wrong(what: &str) -> Lost {
    Lost::new(Reason::ParseError, what)
}
