//! What waits for the POSTs of a client, and how much of it one POST takes along.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::packet::{RECORD_SEPARATOR, Text, push_binary};

/// Packets of one POST: some servers take no more.
pub const MAX_POST_PACKETS: usize = 16;

/// An Engine.IO packet on its way, in either direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnginePacket {
    /// With its type in front.
    Text(Text),
    /// The data of a binary message.
    Binary(Bytes),
}

impl EnginePacket {
    /// Bytes in a payload.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Binary(binary) => 1 + binary.len().div_ceil(3) * 4,
        }
    }
}

/// What waits for the next POST, in order.
#[derive(Debug)]
pub struct PostQueue {
    packets: VecDeque<EnginePacket>,
    max_payload: usize,
}

impl PostQueue {
    /// For a server that takes bodies up to that many bytes.
    pub fn new(max_payload: usize) -> Self {
        Self { packets: VecDeque::new(), max_payload }
    }

    /// Puts a packet behind those that wait.
    pub fn push(&mut self, packet: EnginePacket) {
        self.packets.push_back(packet);
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.packets.len()
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.packets.is_empty()
    }

    /// Takes away those that wait.
    pub fn clear(&mut self) {
        self.packets.clear();
    }

    /// What was not posted, for the websocket that goes on.
    pub fn into_rest(self) -> VecDeque<EnginePacket> {
        self.packets
    }

    /// The next body: as many packets as the server takes in one, one at least.
    pub fn body(&mut self) -> String {
        let mut body = String::new();
        for count in 0..MAX_POST_PACKETS {
            let Some(packet) = self.packets.front() else { break };
            if count > 0 {
                if body.len() + 1 + packet.size() > self.max_payload {
                    break;
                }
                body.push(RECORD_SEPARATOR);
            }
            match self.packets.pop_front() {
                Some(EnginePacket::Text(text)) => body.push_str(text.as_str()),
                Some(EnginePacket::Binary(binary)) => push_binary(&mut body, &binary),
                None => {}
            }
        }
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(max_payload: usize, packets: &[&str]) -> Vec<String> {
        let mut queue = PostQueue::new(max_payload);
        packets.iter().for_each(|packet| queue.push(EnginePacket::Text(Text::from(*packet))));
        std::iter::from_fn(|| (!queue.is_empty()).then(|| queue.body())).collect()
    }

    #[test]
    fn a_body_is_no_longer_than_the_server_takes_but_for_a_single_packet() {
        assert_eq!(bodies(7, &["4ab", "4cd", "4e"]), ["4ab\u{1e}4cd", "4e"]);
        assert_eq!(bodies(6, &["4ab", "4cd", "4e"]), ["4ab", "4cd\u{1e}4e"]);
        assert_eq!(bodies(0, &["4ab", "4cd"]), ["4ab", "4cd"]);
        let sizes: Vec<_> =
            bodies(1000, &["4"; 20]).iter().map(|body| body.split(RECORD_SEPARATOR).count()).collect();
        assert_eq!(sizes, [MAX_POST_PACKETS, 4]);
    }

    #[test]
    fn bytes_are_counted_as_they_are_written() {
        let mut queue = PostQueue::new(12);
        queue.push(EnginePacket::Text("4ab".into()));
        queue.push(EnginePacket::Binary(Bytes::from_static(&[1, 2, 3, 4])));
        assert_eq!(queue.body(), "4ab", "3 + 1 + 9 are 13");
        assert_eq!(queue.body(), "bAQIDBA==");
    }
}
