//! Polling payloads: packets joined by the record separator, binary as `b` and base64.

use bytes::Bytes;
use data_encoding::BASE64;

use super::engine::{EngineError, EngineType, parse_engine};

/// Stands between the packets of a payload (Engine.IO protocol, "HTTP long-polling").
pub const RECORD_SEPARATOR: char = '\u{1e}';

/// One packet of a payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayloadPacket<'a> {
    /// A text packet.
    Text(EngineType, &'a str),
    /// A binary message.
    Binary(Bytes),
}

/// Why a body is no payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// One of its packets is none.
    #[error(transparent)]
    Packet(#[from] EngineError),
    /// A `b` is not followed by base64.
    #[error("a binary packet of a payload is not base64")]
    Base64,
}

/// The packets of a body, taken out one by one, so that a body of separators costs nothing.
#[derive(Clone, Debug)]
pub struct Payload<'a> {
    rest: Option<&'a str>,
}

impl<'a> Payload<'a> {
    /// Of a body.
    pub fn new(body: &'a str) -> Self {
        Self { rest: Some(body) }
    }

    /// How many bytes have not been looked at.
    pub fn remaining(&self) -> usize {
        self.rest.map_or(0, str::len)
    }
}

impl<'a> Iterator for Payload<'a> {
    type Item = Result<PayloadPacket<'a>, PayloadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest?;
        let packet = match rest.split_once(RECORD_SEPARATOR) {
            Some((packet, rest)) => {
                self.rest = Some(rest);
                packet
            }
            None => {
                self.rest = None;
                rest
            }
        };
        let parsed = match packet.strip_prefix('b') {
            Some(base64) => match BASE64.decode(base64.as_bytes()) {
                Ok(binary) => Ok(PayloadPacket::Binary(binary.into())),
                Err(_) => Err(PayloadError::Base64),
            },
            None => parse_engine(packet)
                .map(|(kind, data)| PayloadPacket::Text(kind, data))
                .map_err(PayloadError::Packet),
        };
        if parsed.is_err() {
            self.rest = None;
        }
        Some(parsed)
    }
}

/// Appends a binary message to a payload.
pub(crate) fn push_binary(payload: &mut String, binary: &[u8]) {
    payload.push('b');
    BASE64.encode_append(binary, payload);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{EnginePacket, GetQueue, PostQueue};
    use crate::packet::{Message, Text};
    use proptest::prelude::*;

    /// Messages as either end puts them into a body, and takes them out again.
    fn message() -> impl Strategy<Value = EnginePacket> {
        prop_oneof![
            "[^\u{1e}]{0,40}".prop_map(|text| EnginePacket::Text(Text::from(format!("4{text}")))),
            proptest::collection::vec(any::<u8>(), 0..80)
                .prop_map(|bytes| EnginePacket::Binary(bytes.into())),
        ]
    }

    fn read(body: &str) -> Vec<EnginePacket> {
        let packets = Payload::new(body).map(|packet| match packet.unwrap() {
            PayloadPacket::Text(EngineType::Message, text) => {
                EnginePacket::Text(Text::from(format!("4{text}")))
            }
            PayloadPacket::Binary(binary) => EnginePacket::Binary(binary),
            other => panic!("{other:?}"),
        });
        packets.collect()
    }

    proptest! {
        #[test]
        fn what_is_put_into_bodies_comes_out_of_them(
            messages in proptest::collection::vec(message(), 1..50),
            max_payload in 0usize..500,
        ) {
            let mut posts = PostQueue::new(max_payload);
            messages.iter().for_each(|message| posts.push(message.clone()));
            let posted = std::iter::from_fn(|| (!posts.is_empty()).then(|| read(&posts.body())));
            prop_assert_eq!(posted.flatten().collect::<Vec<_>>(), messages.clone());

            let mut gets = GetQueue::new(String::new(), max_payload);
            for message in &messages {
                gets.push(match message {
                    EnginePacket::Text(text) => Message::raw(&text.as_str()[1..]),
                    EnginePacket::Binary(binary) => Message::binary(binary),
                });
            }
            // The open packet, of which there is none here, goes first.
            let gotten = std::iter::from_fn(|| (!gets.is_flushed()).then(|| gets.body()));
            let gotten = gotten.filter(|body| !body.is_empty()).flat_map(|body| read(&body));
            prop_assert_eq!(gotten.collect::<Vec<_>>(), messages);
        }
    }

    #[test]
    fn packets_come_one_by_one_and_the_first_mistake_ends_it() {
        let mut payload = Payload::new("4hello\u{1e}bAQIDBA==\u{1e}3\u{1e}x\u{1e}4lost");
        assert_eq!(payload.next(), Some(Ok(PayloadPacket::Text(EngineType::Message, "hello"))));
        assert_eq!(payload.next(), Some(Ok(PayloadPacket::Binary(Bytes::from_static(&[1, 2, 3, 4])))));
        assert_eq!(payload.next(), Some(Ok(PayloadPacket::Text(EngineType::Pong, ""))));
        assert_eq!(payload.next(), Some(Err(PayloadError::Packet(EngineError::Type('x')))));
        assert_eq!(payload.next(), None);
    }

    #[test]
    fn an_empty_body_is_an_empty_packet() {
        assert_eq!(Payload::new("").next(), Some(Err(PayloadError::Packet(EngineError::Empty))));
        assert_eq!(Payload::new("b*").next(), Some(Err(PayloadError::Base64)));
    }

    #[test]
    fn binary_goes_out_as_it_came_in() {
        let mut out = String::new();
        push_binary(&mut out, &[1, 2, 3, 4]);
        assert_eq!(out, "bAQIDBA==");
    }
}
