//! A message on its way out. It is written as the parser says when it is given, so that its size is known from then on, and what
//! cannot be written is told to who gives it.

use bytes::Bytes;
use serde::ser::Error;

use super::transport::Packet;
use crate::packet::{Parser, Parts, pack};

/// A Socket.IO packet as Engine.IO packets. Cloning shares the bytes.
#[derive(Clone, Debug)]
pub(crate) struct Outbound {
    first: Packet,
    attachments: Vec<Bytes>,
}

/// What the server takes in one message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    /// Bytes of a websocket's message, or of a polling body.
    pub(crate) most: usize,
    /// Whether messages go as bodies, in which bytes are base64.
    pub(crate) polling: bool,
}

impl Outbound {
    /// Writes a packet.
    pub(crate) fn new(packet: Parts, parser: Parser) -> Result<Self, serde_json::Error> {
        let Parts { text, attachments } = packet;
        match parser {
            Parser::Json => Ok(Self { first: Packet::Text(text), attachments }),
            Parser::Msgpack => {
                let attachments: Vec<&[u8]> = attachments.iter().map(|bytes| &**bytes).collect();
                let packed = pack(text.as_str(), &attachments).map_err(serde_json::Error::custom)?;
                Ok(Self { first: Packet::Binary(packed.into()), attachments: Vec::new() })
            }
        }
    }

    /// Bytes that it holds.
    pub(crate) fn bytes(&self) -> usize {
        let first = match &self.first {
            Packet::Text(text) => text.len(),
            Packet::Binary(binary) => binary.len(),
        };
        first + self.attachments.iter().map(Bytes::len).sum::<usize>()
    }

    /// The bytes of its longest part, if the server does not take as many.
    pub(crate) fn too_long(&self, limit: Limit) -> Option<usize> {
        let size = |packet: &Packet| match packet {
            Packet::Binary(binary) if !limit.polling => binary.len(),
            packet => packet.size(),
        };
        let attachments = self.attachments.iter().map(|binary| size(&Packet::Binary(binary.clone())));
        let longest = attachments.fold(size(&self.first), usize::max);
        Some(longest).filter(|longest| *longest > limit.most)
    }

    /// How many Engine.IO packets it is.
    pub(crate) fn packets(&self) -> usize {
        1 + self.attachments.len()
    }

    /// Its Engine.IO packets, in order.
    pub(crate) fn into_packets(self) -> impl Iterator<Item = Packet> {
        std::iter::once(self.first).chain(self.attachments.into_iter().map(Packet::Binary))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A message of this text alone.
    pub(crate) fn text(text: &'static str) -> Outbound {
        Outbound::new(Parts { text: text.into(), attachments: Vec::new() }, Parser::Json).unwrap()
    }

    #[test]
    fn the_longest_part_counts_as_it_goes() {
        let attachments = vec![Bytes::from_static(&[0; 5]), Bytes::from_static(&[0; 8])];
        let parts = Parts { text: "4123456789".into(), attachments };
        let message = Outbound::new(parts, Parser::Json).unwrap();
        assert_eq!((message.bytes(), message.packets()), (23, 3));
        let too_long = |most, polling| message.too_long(Limit { most, polling });
        assert_eq!((too_long(10, false), too_long(9, false)), (None, Some(10)));
        assert_eq!((too_long(13, true), too_long(12, true)), (None, Some(13)), "`b` and base64 of 8 bytes");
    }

    #[test]
    fn what_msgpack_cannot_say_is_told_at_once() {
        let broken = Parts { text: r#"42["x",{]"#.into(), attachments: Vec::new() };
        assert!(Outbound::new(broken, Parser::Msgpack).is_err());
    }
}
