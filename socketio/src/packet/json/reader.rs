//! Reads JSON with texts taken in long pieces. It knows what is common and leaves the rest: what it does not read is read by
//! `serde_json`, from the beginning, which so remains the judge of what is JSON and of what is wrong with it.

use std::cell::Cell;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::unescape::{Found, text};

/// Lists and objects within one another. `serde_json` reads some more.
const MAX_DEPTH: usize = 64;

/// Memory for texts up to this size is kept for the next payload.
const MAX_REUSED: usize = 64 << 10;

thread_local! {
    static REUSED: Cell<String> = const { Cell::new(String::new()) };
}

/// Reads a value, if it is nothing unusual: nothing may also mean that it must be read in another way.
pub(in crate::packet) fn read<'de, T: Deserialize<'de>>(json: &'de str) -> Option<T> {
    let mut reader = Reader { json, at: 0, depth: 0, memory: REUSED.take() };
    let value = T::deserialize(&mut reader).ok();
    reader.pass_space();
    if reader.memory.capacity() <= MAX_REUSED {
        REUSED.set(reader.memory);
    }
    value.filter(|_| reader.at == json.len())
}

/// It is left to `serde_json`.
#[derive(Debug, thiserror::Error)]
#[error("not read here")]
struct Left;

impl serde::de::Error for Left {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

struct Reader<'de> {
    json: &'de str,
    /// Behind the end once something has been left: also if that is passed over by a type that makes do without.
    at: usize,
    depth: usize,
    memory: String,
}

impl<'de> Reader<'de> {
    fn leave<R>(&mut self) -> Result<R, Left> {
        self.at = usize::MAX;
        Err(Left)
    }

    fn pass_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.json.as_bytes().get(self.at) {
            self.at += 1;
        }
    }

    /// The next byte that is no white space. It is not passed.
    fn next(&mut self) -> Result<u8, Left> {
        self.pass_space();
        match self.json.as_bytes().get(self.at) {
            Some(byte) => Ok(*byte),
            None => self.leave(),
        }
    }

    fn pass(&mut self, byte: u8) -> Result<(), Left> {
        if self.next()? != byte {
            return self.leave();
        }
        self.at += 1;
        Ok(())
    }

    /// Whether there is one more in a list or an object.
    fn has_more(&mut self, is_first: &mut bool, close: u8) -> Result<bool, Left> {
        if self.next()? == close {
            return Ok(false);
        }
        if !std::mem::take(is_first) {
            self.pass(b',')?;
        }
        Ok(true)
    }

    fn text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Left> {
        self.pass(b'"')?;
        let (quote, rest) = (self.at - 1, self.json.get(self.at..).unwrap_or_default());
        match text(rest, &mut self.memory) {
            Some((Found::Same(text), read)) => {
                self.at += read;
                visitor.visit_borrowed_str(text)
            }
            Some((Found::Undone(text), read)) => {
                self.at += read;
                visitor.visit_str(text)
            }
            None => {
                let quoted = self.json.get(quote..).unwrap_or_default();
                let mut texts = serde_json::Deserializer::from_str(quoted).into_iter::<String>();
                let Some(Ok(text)) = texts.next() else { return self.leave() };
                self.at = quote + texts.byte_offset();
                visitor.visit_str(&text)
            }
        }
    }

    /// A number without sign and fraction, as nearly all are.
    fn natural(&self) -> Option<(u64, usize)> {
        let bytes = self.json.as_bytes().get(self.at..)?;
        let (mut number, mut digits) = (0, 0);
        // As many fit for certain: 16, and three.
        while digits < 16
            && let Some(eight) = bytes.get(digits..)?.first_chunk().and_then(eight_digits)
        {
            (number, digits) = (number * 100_000_000 + eight, digits + 8);
        }
        for byte in bytes.get(digits..19.min(bytes.len()))? {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            (number, digits) = (number * 10 + u64::from(digit), digits + 1);
        }
        bytes.get(digits).is_none_or(|byte| is_end(*byte)).then_some((number, digits))
    }

    /// A number or a word.
    fn scalar<V: Visitor<'de>>(&mut self, first: u8, visitor: V) -> Result<V::Value, Left> {
        if let b'1'..=b'9' = first
            && let Some((number, digits)) = self.natural()
        {
            self.at += digits;
            return visitor.visit_u64(number);
        }
        let rest = self.json.get(self.at..).unwrap_or_default();
        let scalar = rest.get(..rest.bytes().position(is_end).unwrap_or(rest.len())).unwrap_or_default();
        self.at += scalar.len();
        match scalar {
            "null" => visitor.visit_unit(),
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => {
                let mut other = serde_json::Deserializer::from_str(scalar);
                match other.deserialize_any(visitor) {
                    Ok(value) if other.end().is_ok() => Ok(value),
                    _ => self.leave(),
                }
            }
        }
    }

    /// What is between brackets. The visitor may have taken offence at it, or have seen too little of it.
    fn within<R>(&mut self, close: u8, read: impl FnOnce(&mut Self) -> Result<R, Left>) -> Result<R, Left> {
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.leave();
        }
        let value = read(self);
        self.depth -= 1;
        self.pass(close)?;
        value
    }
}

/// The number that eight digits are: neighbours are put together to pairs, these to fours, and these to all eight.
fn eight_digits(digits: &[u8; 8]) -> Option<u64> {
    const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);
    const SIXES: u64 = u64::from_le_bytes([6; 8]);
    const HIGH: u64 = u64::from_le_bytes([0xf0; 8]);
    let word = u64::from_le_bytes(*digits);
    // Ten and more would carry into the upper half of their byte.
    if word & HIGH != ZEROS || (word + SIXES) & HIGH != ZEROS {
        return None;
    }
    let ones = word - ZEROS;
    let twos = (ones * 10 + (ones >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (twos * 100 + (twos >> 16)) & 0x0000_ffff_0000_ffff;
    Some((fours * 10_000 + (fours >> 32)) & 0xffff_ffff)
}

/// What may stand behind a number or a word.
fn is_end(byte: u8) -> bool {
    matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t')
}

/// What is asked for is read as whatever is there, if it begins like that.
macro_rules! beginning {
    ($($first:pat => $($method:ident($($argument:ty),*))*;)*) => {$($(
        fn $method<V: Visitor<'de>>(self, $(_: $argument,)* visitor: V) -> Result<V::Value, Left> {
            match self.next()? {
                $first => self.deserialize_any(visitor),
                _ => self.leave(),
            }
        }
    )*)*};
}

/// What is rare.
macro_rules! left {
    (|$reader:ident| $of:expr; $($method:ident($($argument:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(self, $(_: $argument,)* _: V) -> Result<V::Value, Left> {
            let $reader = self;
            $of.leave()
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Left;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Left> {
        match self.next()? {
            b'"' => self.text(visitor),
            b'{' => self.within(b'}', |reader| visitor.visit_map(Parts { reader, is_first: true })),
            b'[' => self.within(b']', |reader| visitor.visit_seq(Parts { reader, is_first: true })),
            first => self.scalar(first, visitor),
        }
    }

    beginning! {
        b'"' => deserialize_char() deserialize_str() deserialize_string() deserialize_identifier();
        b'[' => deserialize_seq() deserialize_tuple(usize) deserialize_tuple_struct(&'static str, usize);
        b'{' => deserialize_map();
        b'{' | b'[' => deserialize_struct(&'static str, &'static [&'static str]);
        b't' | b'f' => deserialize_bool();
        b'n' => deserialize_unit() deserialize_unit_struct(&'static str);
        b'-' | b'0'..=b'9' => deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64() deserialize_u8()
            deserialize_u16() deserialize_u32() deserialize_u64() deserialize_f64();
    }

    left! {
        |reader| reader;
        deserialize_i128() deserialize_u128() deserialize_f32() deserialize_bytes() deserialize_byte_buf()
        deserialize_enum(&'static str, &'static [&'static str])
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Left> {
        if self.next()? != b'n' {
            return visitor.visit_some(self);
        }
        <()>::deserialize(self)?;
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Left> {
        if name == super::RAW { self.leave() } else { visitor.visit_newtype_struct(self) }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Left> {
        self.deserialize_any(IgnoredAny)?;
        visitor.visit_unit()
    }
}

/// What is in a list or an object.
struct Parts<'r, 'de> {
    reader: &'r mut Reader<'de>,
    is_first: bool,
}

impl<'de> SeqAccess<'de> for Parts<'_, 'de> {
    type Error = Left;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Left> {
        if !self.reader.has_more(&mut self.is_first, b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

impl<'de> MapAccess<'de> for Parts<'_, 'de> {
    type Error = Left;

    fn next_key_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Left> {
        if !self.reader.has_more(&mut self.is_first, b'}')? {
            return Ok(None);
        }
        seed.deserialize(Key(self.reader)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Left> {
        self.reader.pass(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// The key of an object. If it is to be something else than a text, it is left.
struct Key<'r, 'de>(&'r mut Reader<'de>);

impl<'de> Deserializer<'de> for Key<'_, 'de> {
    type Error = Left;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Left> {
        self.0.text(visitor)
    }

    forward_to_deserialize_any! { char str string identifier ignored_any }

    left! {
        |key| key.0;
        deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64() deserialize_i128()
        deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128() deserialize_f32()
        deserialize_f64() deserialize_bytes() deserialize_byte_buf() deserialize_option() deserialize_unit()
        deserialize_unit_struct(&'static str) deserialize_newtype_struct(&'static str) deserialize_seq()
        deserialize_tuple(usize) deserialize_tuple_struct(&'static str, usize) deserialize_map()
        deserialize_struct(&'static str, &'static [&'static str])
        deserialize_enum(&'static str, &'static [&'static str])
    }
}

#[cfg(test)]
mod tests;
