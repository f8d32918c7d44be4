//! Values of msgpack, written as JSON while they are read. No length is believed before its bytes are seen.

use std::io::Write as _;

use bytes::Bytes;
use rmp::Marker;

use super::{MsgpackError, time};
use crate::packet::json;
use crate::packet::socket::{MAX_ATTACHMENTS, PacketError};

/// How many maps and arrays may be in one another: as many as `serde_json` reads.
const MAX_DEPTH: usize = 127;

/// How many times its own size an attachment may keep in memory.
const MOST_KEPT: usize = 4;

/// A message that is being read.
pub(super) struct Reader<'a> {
    message: &'a Bytes,
    at: usize,
    /// Bytes that the JSON of a value may have.
    limit: usize,
    /// Those of all values that have been read.
    pub(super) attachments: Vec<Bytes>,
}

/// What a value was, as far as JSON does not say it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    Value,
    /// Written as `null`; a member of a map is left out.
    Undefined,
}

impl<'a> Reader<'a> {
    pub(super) fn new(message: &'a Bytes, limit: usize) -> Self {
        Self { message, at: 0, limit, attachments: Vec::new() }
    }

    /// Where it is.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// That nothing is left.
    pub(super) fn end(&self) -> Result<(), MsgpackError> {
        if self.at == self.message.len() { Ok(()) } else { Err(MsgpackError::Trailing(self.at)) }
    }

    pub(super) fn marker(&mut self) -> Result<Marker, MsgpackError> {
        let [byte] = self.array::<1>()?;
        Ok(Marker::from_u8(byte))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], MsgpackError> {
        let end = self.at.checked_add(length).ok_or(MsgpackError::Cut(self.at))?;
        let taken = self.message.get(self.at..end).ok_or(MsgpackError::Cut(self.at))?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], MsgpackError> {
        let at = self.at;
        self.take(N)?.try_into().map_err(|_| MsgpackError::Cut(at))
    }

    /// A length of so many bytes. It fits into memory wherever this is run; what it says has not been seen yet.
    fn length(&mut self, bytes: usize) -> Result<usize, MsgpackError> {
        Ok(self.take(bytes)?.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)))
    }

    /// How many members follow, if it is a map.
    pub(super) fn map_length(&mut self, marker: Marker) -> Result<Option<usize>, MsgpackError> {
        Ok(Some(match marker {
            Marker::FixMap(length) => usize::from(length),
            Marker::Map16 => self.length(2)?,
            Marker::Map32 => self.length(4)?,
            _ => return Ok(None),
        }))
    }

    /// The text, if it is one.
    pub(super) fn text(&mut self, marker: Marker) -> Result<Option<&'a str>, MsgpackError> {
        let length = match marker {
            Marker::FixStr(length) => usize::from(length),
            Marker::Str8 => self.length(1)?,
            Marker::Str16 => self.length(2)?,
            Marker::Str32 => self.length(4)?,
            _ => return Ok(None),
        };
        let at = self.at;
        std::str::from_utf8(self.take(length)?).map(Some).map_err(|_| MsgpackError::Utf8(at))
    }

    /// The whole number, if it is one.
    pub(super) fn integer(&mut self, marker: Marker) -> Result<Option<i128>, MsgpackError> {
        Ok(Some(match marker {
            Marker::FixPos(number) => number.into(),
            Marker::FixNeg(number) => number.into(),
            Marker::U8 => u8::from_be_bytes(self.array()?).into(),
            Marker::U16 => u16::from_be_bytes(self.array()?).into(),
            Marker::U32 => u32::from_be_bytes(self.array()?).into(),
            Marker::U64 => u64::from_be_bytes(self.array()?).into(),
            Marker::I8 => i8::from_be_bytes(self.array()?).into(),
            Marker::I16 => i16::from_be_bytes(self.array()?).into(),
            Marker::I32 => i32::from_be_bytes(self.array()?).into(),
            Marker::I64 => i64::from_be_bytes(self.array()?).into(),
            _ => return Ok(None),
        }))
    }

    /// A value within so many others, as JSON.
    pub(super) fn value(&mut self, out: &mut Vec<u8>, depth: usize) -> Result<Seen, MsgpackError> {
        if out.len() > self.limit {
            return Err(MsgpackError::Length(self.limit));
        }
        let start = self.at;
        let marker = self.marker()?;
        if let Some(text) = self.text(marker)? {
            json::write(out, text)?;
        } else if let Some(number) = self.integer(marker)? {
            push(out, number);
        } else if let Some(length) = self.map_length(marker)? {
            self.map(out, length, depth, start)?;
        } else {
            match marker {
                Marker::Null => out.extend_from_slice(b"null"),
                Marker::True => out.extend_from_slice(b"true"),
                Marker::False => out.extend_from_slice(b"false"),
                Marker::F32 => json::write(out, &f64::from(f32::from_be_bytes(self.array()?)))?,
                Marker::F64 => json::write(out, &f64::from_be_bytes(self.array()?))?,
                Marker::FixArray(length) => self.list(out, length.into(), depth, start)?,
                Marker::Array16 => {
                    let length = self.length(2)?;
                    self.list(out, length, depth, start)?;
                }
                Marker::Array32 => {
                    let length = self.length(4)?;
                    self.list(out, length, depth, start)?;
                }
                Marker::Bin8 => self.binary(out, 1)?,
                Marker::Bin16 => self.binary(out, 2)?,
                Marker::Bin32 => self.binary(out, 4)?,
                Marker::FixExt1 => return self.extension(out, 1, true),
                Marker::FixExt2 => return self.extension(out, 2, true),
                Marker::FixExt4 => return self.extension(out, 4, true),
                Marker::FixExt8 => return self.extension(out, 8, true),
                Marker::FixExt16 => return self.extension(out, 16, true),
                Marker::Ext8 => {
                    let length = self.length(1)?;
                    return self.extension(out, length, false);
                }
                Marker::Ext16 => {
                    let length = self.length(2)?;
                    return self.extension(out, length, false);
                }
                Marker::Ext32 => {
                    let length = self.length(4)?;
                    return self.extension(out, length, false);
                }
                _ => return Err(MsgpackError::Reserved(start)),
            }
        }
        Ok(Seen::Value)
    }

    fn list(
        &mut self,
        out: &mut Vec<u8>,
        length: usize,
        depth: usize,
        start: usize,
    ) -> Result<(), MsgpackError> {
        let depth = deeper(depth, start)?;
        out.push(b'[');
        for index in 0..length {
            if index > 0 {
                out.push(b',');
            }
            self.value(out, depth)?;
        }
        out.push(b']');
        Ok(())
    }

    fn map(
        &mut self,
        out: &mut Vec<u8>,
        length: usize,
        depth: usize,
        start: usize,
    ) -> Result<(), MsgpackError> {
        let depth = deeper(depth, start)?;
        out.push(b'{');
        let empty = out.len();
        for _ in 0..length {
            let before = out.len();
            if before > empty {
                out.push(b',');
            }
            let at = self.at;
            let marker = self.marker()?;
            if let Some(key) = self.text(marker)? {
                json::write(out, key)?;
            } else if let Some(number) = self.integer(marker)? {
                out.push(b'"');
                push(out, number);
                out.push(b'"');
            } else {
                return Err(MsgpackError::Key(at));
            }
            out.push(b':');
            if self.value(out, depth)? == Seen::Undefined {
                out.truncate(before);
            }
        }
        out.push(b'}');
        Ok(())
    }

    fn binary(&mut self, out: &mut Vec<u8>, bytes: usize) -> Result<(), MsgpackError> {
        let length = self.length(bytes)?;
        self.attachment(out, length)
    }

    /// Bytes, which share the message unless they are little of it: whoever keeps them would keep all of it.
    fn attachment(&mut self, out: &mut Vec<u8>, length: usize) -> Result<(), MsgpackError> {
        let start = self.at;
        self.take(length)?;
        if self.attachments.len() >= MAX_ATTACHMENTS {
            return Err(PacketError::Attachments.into());
        }
        out.extend_from_slice(br#"{"_placeholder":true,"num":"#);
        push(out, self.attachments.len());
        out.push(b'}');
        let is_little = length.saturating_mul(MOST_KEPT) < self.message.len();
        let bytes = self.message.slice(start..self.at);
        self.attachments.push(if is_little { Bytes::copy_from_slice(&bytes) } else { bytes });
        Ok(())
    }

    fn extension(&mut self, out: &mut Vec<u8>, length: usize, is_fix: bool) -> Result<Seen, MsgpackError> {
        let kind = i8::from_be_bytes(self.array()?);
        match (kind, length, is_fix) {
            (0, 1, true) => {
                self.take(1)?;
                out.extend_from_slice(b"null");
                return Ok(Seen::Undefined);
            }
            (0, 8, true) => {
                let milliseconds = self.array()?;
                out.extend_from_slice(time::json(time::of_milliseconds(milliseconds)).as_bytes());
                return Ok(Seen::Value);
            }
            (0, _, false) => {
                self.attachment(out, length)?;
                return Ok(Seen::Value);
            }
            (-1, ..) => {
                let start = self.at;
                if let Some(timestamp) = time::of_timestamp(self.take(length)?) {
                    out.extend_from_slice(time::json(timestamp).as_bytes());
                    return Ok(Seen::Value);
                }
                self.at = start;
            }
            _ => {}
        }
        out.push(b'[');
        push(out, kind);
        out.push(b',');
        self.attachment(out, length)?;
        out.push(b']');
        Ok(Seen::Value)
    }
}

fn deeper(depth: usize, at: usize) -> Result<usize, MsgpackError> {
    if depth < MAX_DEPTH { Ok(depth + 1) } else { Err(MsgpackError::Depth(at)) }
}

fn push(out: &mut Vec<u8>, number: impl std::fmt::Display) {
    // Memory takes everything.
    let _ = write!(out, "{number}");
}
