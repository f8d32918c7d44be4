//! The places of attachments in the JSON of a binary packet: `{"_placeholder":true,"num":0}`.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::socket::PacketError;

/// Checks that every announced attachment has exactly one place, without building anything.
///
/// # Errors
/// When the data is no JSON, or a `num` is not a whole number below `attachments`, or is there twice or not at all.
pub fn check_placeholders(data: &str, attachments: usize) -> Result<(), PacketError> {
    let mut places = Places { attachments, seen: 0 };
    let mut json = serde_json::Deserializer::from_str(data);
    places.deserialize(&mut json).and_then(|_| json.end()).map_err(|_| PacketError::Placeholder)?;
    if places.seen.count_ones() as usize == attachments { Ok(()) } else { Err(PacketError::Placeholder) }
}

/// Walks a value, and notes the places it finds. A packet has at most 10 attachments, so that a bit for each suffices.
struct Places {
    attachments: usize,
    seen: u64,
}

/// What a value was, as far as it matters.
enum Seen {
    True,
    Whole(u64),
    Other,
}

impl Places {
    fn found<E: Error>(&mut self, number: &Seen) -> Result<(), E> {
        let bit = match number {
            Seen::Whole(number) if *number < self.attachments.min(64) as u64 => 1u64 << number,
            _ => return Err(E::custom("no such attachment")),
        };
        if self.seen & bit != 0 {
            return Err(E::custom("an attachment with two places"));
        }
        self.seen |= bit;
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for &mut Places {
    type Value = Seen;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Seen, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Places {
    type Value = Seen;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Seen, E> {
        Ok(if value { Seen::True } else { Seen::Other })
    }

    fn visit_i64<E>(self, _: i64) -> Result<Seen, E> {
        Ok(Seen::Other)
    }

    fn visit_u64<E>(self, value: u64) -> Result<Seen, E> {
        Ok(Seen::Whole(value))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Seen, E> {
        Ok(Seen::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<Seen, E> {
        Ok(Seen::Other)
    }

    fn visit_unit<E>(self) -> Result<Seen, E> {
        Ok(Seen::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Seen, A::Error> {
        while items.next_element_seed(&mut *self)?.is_some() {}
        Ok(Seen::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Seen, A::Error> {
        let (mut is_place, mut number) = (false, Seen::Other);
        while let Some(key) = entries.next_key::<Cow<'_, str>>()? {
            let value = entries.next_value_seed(&mut *self)?;
            match &*key {
                "_placeholder" => is_place = matches!(value, Seen::True),
                "num" => number = value,
                _ => {}
            }
        }
        if is_place {
            self.found(&number)?;
        }
        Ok(Seen::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attachment_has_one_place() {
        let place = |number: &str| format!(r#"{{"_placeholder":true,"num":{number}}}"#);
        let ok = |data: String, count| check_placeholders(&data, count).is_ok();
        assert!(ok(format!(r#"["x",{{"a":[{}]}},{}]"#, place("1"), place("0")), 2));
        assert!(
            ok(format!(r#"["x",{{"num":{}}}]"#, place("0")), 1),
            "`num` is a name like any other elsewhere"
        );
        assert!(ok(format!(r#"["x",{{"_placeholder":1,"num":7}},{}]"#, place("0")), 1));
        for number in ["-1", "1.5", "\"0\"", "99", "1", "null", "{}", "18446744073709551616"] {
            assert!(!ok(format!(r#"["x",{}]"#, place(number)), 1), "{number}");
        }
        assert!(!ok(format!(r#"["x",{},{}]"#, place("0"), place("0")), 2), "twice");
        assert!(!ok(format!(r#"["x",{}]"#, place("0")), 2), "one has none");
        assert!(!ok(r#"["x",{"_placeholder":true}]"#.into(), 1));
        assert!(!ok(r#"["x",]"#.into(), 1));
        assert!(!ok("[".repeat(10_000) + &"]".repeat(10_000), 1), "no deeper than serde_json goes");
    }
}
