//! Packets as maps: `type`, `data`, `nsp` and `id`, in the order in which npm's server writes them.

use bytes::Bytes;
use rmp::encode::{write_map_len, write_str, write_uint};

use super::decode::{Reader, Seen};
use super::{MsgpackError, encode};
use crate::packet::socket::{MAX_ID, PacketError, PacketType, parse_packet};
use crate::packet::{Packet, Text};

/// The packet of a binary message, as the text it would have been, with the Engine.IO `4` in front, and its attachments.
///
/// # Errors
/// When it is no packet, or the text is longer than `limit`. Of the text, what is said of types and forms holds; the rest is
/// checked where texts are.
pub fn unpack(message: &Bytes, limit: usize) -> Result<(Text, Vec<Bytes>), MsgpackError> {
    let mut reader = Reader::new(message, limit);
    let marker = reader.marker()?;
    let members = reader.map_length(marker)?.ok_or(MsgpackError::NoMap)?;
    let mut fields = Fields::default();
    for _ in 0..members {
        fields.read(&mut reader)?;
    }
    reader.end()?;
    let text = fields.text(reader.attachments.len())?;
    if text.len() > limit {
        return Err(MsgpackError::Length(limit));
    }
    Ok((text, reader.attachments))
}

/// What has been read of a packet.
#[derive(Default)]
struct Fields<'a> {
    kind: Option<u8>,
    namespace: Option<&'a str>,
    id: Option<u64>,
    data: Option<Vec<u8>>,
    /// Names that have been there.
    seen: [bool; 4],
}

impl<'a> Fields<'a> {
    fn read(&mut self, reader: &mut Reader<'a>) -> Result<(), MsgpackError> {
        let at = reader.position();
        let marker = reader.marker()?;
        let key = reader.text(marker)?.ok_or(MsgpackError::Key(at))?;
        match key {
            "type" => {
                let wrong = self.first(0, "type", "0 to 4, once")?;
                let marker = reader.marker()?;
                let kind = reader.integer(marker)?.and_then(|kind| u8::try_from(kind).ok());
                self.kind = Some(kind.filter(|kind| *kind <= 4).ok_or(wrong)?);
            }
            "nsp" => {
                let wrong = self.first(1, "nsp", "a text that begins with / and has no comma, once")?;
                let marker = reader.marker()?;
                let namespace = reader.text(marker)?;
                // As text it ends at the first comma.
                let is_one = |name: &&str| name.starts_with('/') && !name.contains(',');
                self.namespace = Some(namespace.filter(is_one).ok_or(wrong)?);
            }
            "id" => {
                let wrong = self.first(2, "id", "a whole number of 0 to 2^53 - 1, once")?;
                let mut json = Vec::new();
                if reader.value(&mut json, 0)? == Seen::Value {
                    let number = std::str::from_utf8(&json).ok().and_then(|number| number.parse().ok());
                    self.id = Some(number.filter(|id| *id <= MAX_ID).ok_or(wrong)?);
                }
            }
            "data" => {
                self.first(3, "data", "there once")?;
                let mut json = Vec::new();
                if reader.value(&mut json, 0)? == Seen::Value {
                    self.data = Some(json);
                }
            }
            // npm's client sends its `options` along.
            _ => {
                let attachments = reader.attachments.len();
                reader.value(&mut Vec::new(), 0)?;
                reader.attachments.truncate(attachments);
            }
        }
        Ok(())
    }

    /// The error for whatever is wrong with it, which is one already if it was there before.
    fn first(
        &mut self,
        index: usize,
        name: &'static str,
        expected: &'static str,
    ) -> Result<MsgpackError, MsgpackError> {
        let wrong = MsgpackError::Field { name, expected };
        match self.seen.get_mut(index) {
            Some(seen) if !*seen => {
                *seen = true;
                Ok(wrong)
            }
            _ => Err(wrong),
        }
    }

    fn text(self, attachments: usize) -> Result<Text, MsgpackError> {
        let missing = |name, expected| MsgpackError::Field { name, expected };
        let kind = self.kind.ok_or_else(|| missing("type", "0 to 4, once"))?;
        let namespace = self
            .namespace
            .ok_or_else(|| missing("nsp", "a text that begins with / and has no comma, once"))?;
        let mut data = self.data.unwrap_or_default();
        // Python's client says nothing with a nil.
        if kind <= 1 && data == b"null" {
            data.clear();
        }
        let (is_right, expected) = match kind {
            0 => (matches!(data.first(), None | Some(b'{')), "an object"),
            1 => (data.is_empty(), "absent"),
            4 => (matches!(data.first(), Some(b'{' | b'"')), "an object or a string"),
            _ => (data.first() == Some(&b'['), "an array"),
        };
        if !is_right {
            return Err(PacketError::Data(expected).into());
        }
        let mut text = match (kind, attachments) {
            (_, 0) => format!("4{kind}"),
            (2 | 3, _) => format!("4{}{attachments}-", kind + 3),
            _ => return Err(PacketError::Data("without bytes in it").into()),
        }
        .into_bytes();
        text.reserve(namespace.len() + data.len() + 20);
        if namespace != "/" {
            text.extend_from_slice(namespace.as_bytes());
            text.push(b',');
        }
        if let Some(id) = self.id {
            text.extend_from_slice(id.to_string().as_bytes());
        }
        text.append(&mut data);
        // It was put together of texts.
        Text::try_from(Bytes::from(text)).map_err(|_| MsgpackError::Utf8(0))
    }
}

/// A packet as a binary message: of its text, with the Engine.IO `4` in front, and the attachments that its places stand for.
///
/// # Errors
/// When it is no packet whose data can be read.
pub fn pack(text: &str, attachments: &[&[u8]]) -> Result<Vec<u8>, MsgpackError> {
    let mut out = Vec::with_capacity(text.len() + 32);
    pack_into(&mut out, text, attachments)?;
    Ok(out)
}

/// The same, behind what a buffer holds already.
pub(crate) fn pack_into(out: &mut Vec<u8>, text: &str, attachments: &[&[u8]]) -> Result<(), MsgpackError> {
    let Packet { kind, namespace, id, data, attachments: announced } =
        parse_packet(text.strip_prefix('4').ok_or(PacketError::Type)?)?;
    if announced != attachments.len() {
        return Err(PacketError::Attachments.into());
    }
    let kind = match kind {
        PacketType::Connect => 0,
        PacketType::Disconnect => 1,
        PacketType::Event | PacketType::BinaryEvent => 2,
        PacketType::Ack | PacketType::BinaryAck => 3,
        PacketType::ConnectError => 4,
    };
    let members = 2 + u32::from(!data.is_empty()) + u32::from(id.is_some());
    // Memory takes everything.
    let _ = write_map_len(out, members);
    let _ = write_str(out, "type");
    out.push(kind);
    if !data.is_empty() {
        let _ = write_str(out, "data");
        encode::value(out, data, attachments)?;
    }
    let _ = write_str(out, "nsp");
    let _ = write_str(out, namespace);
    if let Some(id) = id {
        let _ = write_str(out, "id");
        let _ = write_uint(out, id);
    }
    Ok(())
}
