//! The other form of a packet: a map of msgpack in one binary message, as npm's `socket.io-msgpack-parser` 3 has it.
//!
//! Messages stay what they are, JSON and attachments; a connection that speaks msgpack translates where it reads and writes.
//! So everything that is checked of JSON is checked of msgpack too, by the same code.
//!
//! | msgpack | JSON |
//! |---|---|
//! | nil, booleans, integers, floats, strings, arrays, maps | the same; a float that JSON has no number for is `null` |
//! | bin, ext 0 with a length (an `ArrayBuffer` of npm's encoder) | an attachment |
//! | fixext 1 of type 0 (`undefined`) | a member that is not there; `null` in an array |
//! | fixext 8 of type 0 (a `Date`), ext −1 (a timestamp) | the text that `Date.toJSON` makes of it; `null` before the year 0 and after 9999 |
//! | any other ext | an array of its type and an attachment, as npm's decoder has it |
//! | a key that is an integer | its digits |
//!
//! Outwards only the first row and bin are written, each value in its shortest form.

mod decode;
mod encode;
mod packet;
mod time;

#[cfg(test)]
mod tests;

pub use packet::{pack, unpack};

pub(super) use packet::pack_into;

use super::socket::PacketError;

/// How packets are written, on both ends of a connection: neither says so on the wire, so that both must be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Parser {
    /// JSON, and binary messages behind it. What every client speaks that is told nothing else
    #[default]
    Json,
    /// One binary message of msgpack for each packet. What `socket.io-msgpack-parser` speaks
    Msgpack,
}

/// Why bytes are no packet, or a packet cannot be made into bytes.
#[derive(Debug, thiserror::Error)]
pub enum MsgpackError {
    /// A value ends before its length is over.
    #[error("the msgpack ends at byte {0}, within a value")]
    Cut(usize),
    /// Something follows the map.
    #[error("the msgpack goes on at byte {0}, behind the packet")]
    Trailing(usize),
    /// The one byte that begins nothing.
    #[error("byte {0} is 0xc1, which msgpack does not use")]
    Reserved(usize),
    /// A text that is no UTF-8.
    #[error("the text at byte {0} is not UTF-8")]
    Utf8(usize),
    /// A key that JSON cannot have.
    #[error("the key at byte {0} is neither a text nor an integer")]
    Key(usize),
    /// Maps and arrays in one another, deeper than JSON is read.
    #[error("the value at byte {0} is nested more than 127 deep")]
    Depth(usize),
    /// The JSON would be longer than a message may be.
    #[error("as JSON the packet is longer than {0} bytes")]
    Length(usize),
    /// The packet is no map.
    #[error("a packet must be a map with `type`, `nsp` and `data`")]
    NoMap,
    /// A field is missing, there twice, or something else.
    #[error("the `{name}` of a packet must be {expected}")]
    Field {
        /// Which.
        name: &'static str,
        /// What it should have been.
        expected: &'static str,
    },
    /// More attachments than a packet may have, or with a packet that may have none.
    #[error("{0}")]
    Packet(#[from] PacketError),
    /// Of a packet that is to be sent: its data is no JSON that can be read.
    #[error("the data of the packet cannot be read: {0}")]
    Json(#[from] serde_json::Error),
}
