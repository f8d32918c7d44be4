//! JSON, written as msgpack while it is read; nothing is built in between.

use std::borrow::Cow;
use std::fmt;

use rmp::encode::{
    ValueWriteError, write_array_len, write_bin, write_map_len, write_sint, write_str, write_uint,
};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Appends a JSON text, in which places stand for these attachments.
pub(super) fn value(out: &mut Vec<u8>, json: &str, attachments: &[&[u8]]) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let mut wide = Vec::new();
    Value { out, wide: &mut wide, attachments }.deserialize(&mut reader)?;
    reader.end()?;
    widen(out, wide);
    Ok(())
}

/// A map or array whose header takes more than the one byte that was left for it: how many are in it is known at its end.
struct Wide {
    at: usize,
    header: Vec<u8>,
}

/// Makes room for all of them at once, so that each byte is moved once however they are nested.
fn widen(out: &mut Vec<u8>, mut wide: Vec<Wide>) {
    wide.sort_unstable_by_key(|one| one.at);
    let Some(first) = wide.first().map(|one| one.at) else { return };
    let narrow = out.split_off(first);
    let mut done = first;
    for Wide { at, header } in wide {
        out.extend_from_slice(narrow.get(done - first..at - first).unwrap_or_default());
        out.extend_from_slice(&header);
        done = at + 1;
    }
    out.extend_from_slice(narrow.get(done - first..).unwrap_or_default());
}

/// Writes one value.
struct Value<'a> {
    out: &'a mut Vec<u8>,
    wide: &'a mut Vec<Wide>,
    attachments: &'a [&'a [u8]],
}

/// What a value was, as far as it matters for a place.
enum Seen {
    True,
    Whole(u64),
    Other,
}

impl Value<'_> {
    /// Writes the header of the map or array that began there.
    fn close<E: Error>(&mut self, at: usize, count: usize, is_map: bool) -> Result<Seen, E> {
        let count = short(count)?;
        if let (Ok(few @ 0..16), Some(place)) = (u8::try_from(count), self.out.get_mut(at)) {
            *place = if is_map { 0x80 | few } else { 0x90 | few };
            return Ok(Seen::Other);
        }
        let mut header = Vec::new();
        let result =
            if is_map { write_map_len(&mut header, count) } else { write_array_len(&mut header, count) };
        self.wide.push(Wide { at, header });
        written(result, Seen::Other)
    }

    fn inner(&mut self) -> Value<'_> {
        Value { out: self.out, wide: self.wide, attachments: self.attachments }
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = Seen;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Seen, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Memory takes everything.
fn written<T, W: rmp::encode::RmpWriteErr, E: Error>(
    result: Result<T, ValueWriteError<W>>,
    seen: Seen,
) -> Result<Seen, E> {
    result.map(|_| seen).map_err(|_| E::custom("it could not be written"))
}

/// Lengths that msgpack has a header for.
fn short<E: Error>(length: usize) -> Result<u32, E> {
    u32::try_from(length).map_err(|_| E::custom("longer than 4 GiB"))
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = Seen;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Seen, E> {
        self.out.push(if value { 0xc3 } else { 0xc2 });
        Ok(if value { Seen::True } else { Seen::Other })
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Seen, E> {
        written(write_sint(self.out, value), Seen::Other)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Seen, E> {
        written(write_uint(self.out, value), Seen::Whole(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Seen, E> {
        written(rmp::encode::write_f64(self.out, value), Seen::Other)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Seen, E> {
        short::<E>(value.len())?;
        written(write_str(self.out, value), Seen::Other)
    }

    fn visit_unit<E: Error>(self) -> Result<Seen, E> {
        self.out.push(0xc0);
        Ok(Seen::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Seen, A::Error> {
        let start = self.out.len();
        let mut count = 0;
        self.out.push(0);
        while items.next_element_seed(self.inner())?.is_some() {
            count += 1;
        }
        self.close(start, count, false)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<Seen, A::Error> {
        let start = self.out.len();
        let (mut count, mut is_place, mut number) = (0, false, Seen::Other);
        self.out.push(0);
        while let Some(key) = entries.next_key::<Cow<'_, str>>()? {
            self.inner().visit_str::<A::Error>(&key)?;
            let value = entries.next_value_seed(self.inner())?;
            count += 1;
            match &*key {
                "_placeholder" => is_place = matches!(value, Seen::True),
                "num" => number = value,
                _ => {}
            }
        }
        if is_place && !self.attachments.is_empty() {
            let attachment = match number {
                Seen::Whole(number) => usize::try_from(number).ok().and_then(|at| self.attachments.get(at)),
                _ => None,
            };
            let attachment = attachment.ok_or_else(|| A::Error::custom("no such attachment"))?;
            self.out.truncate(start);
            self.wide.retain(|one| one.at < start);
            short::<A::Error>(attachment.len())?;
            return written(write_bin(self.out, attachment), Seen::Other);
        }
        self.close(start, count, true)
    }
}
