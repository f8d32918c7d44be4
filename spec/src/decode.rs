//! What the scalars of a document are worth: the only place that knows `serde_yaml`.
//!
//! `serde_yaml` has no positions, so it decodes the whole document into a tree of the same shape
//! as the one with spans, entry for entry (duplicate keys included), and the two are laid together.

use std::fmt;

use serde::de::{Deserialize, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_json::{Number, Value};

/// A decoded document.
#[derive(Debug, PartialEq)]
pub(crate) enum Decoded {
    /// A string, number, boolean or null.
    Scalar(Value),
    /// A sequence.
    Sequence(Vec<Decoded>),
    /// A mapping's values, in document order.
    Mapping(Vec<Decoded>),
}

/// Why a document could not be decoded: the message, and the byte it is about when known.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) message: String,
    pub(crate) offset: Option<usize>,
}

/// Decodes a document.
pub(crate) fn document(source: &str) -> Result<Decoded, Failure> {
    serde_yaml::from_str(source).map_err(|error| Failure {
        message: error.to_string(),
        offset: error.location().map(|location| location.index()),
    })
}

impl<'de> Deserialize<'de> for Decoded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

/// Takes whatever comes.
struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = Decoded;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML value")
    }

    fn visit_unit<E: Error>(self) -> Result<Decoded, E> {
        Ok(Decoded::Scalar(Value::Null))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Decoded, E> {
        Ok(Decoded::Scalar(Value::Bool(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Decoded, E> {
        Ok(Decoded::Scalar(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Decoded, E> {
        Ok(Decoded::Scalar(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Decoded, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Decoded, E> {
        self.visit_f64(value as f64)
    }

    /// JSON has no infinities; they stay the text they are in YAML, which no number type accepts.
    fn visit_f64<E: Error>(self, value: f64) -> Result<Decoded, E> {
        let text = || Value::String(value.to_string());
        Ok(Decoded::Scalar(Number::from_f64(value).map_or_else(text, Value::Number)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Decoded, E> {
        Ok(Decoded::Scalar(Value::String(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Decoded, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Decoded::Sequence(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Decoded, A::Error> {
        let mut list = Vec::new();
        while let Some((_key, value)) = entries.next_entry::<Decoded, Decoded>()? {
            list.push(value);
        }
        Ok(Decoded::Mapping(list))
    }

    /// A tagged value; the tag itself is reported by who has its place.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Decoded, A::Error> {
        let (_tag, content) = data.variant::<String>()?;
        content.newtype_variant()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn scalars_become_json() {
        let Decoded::Mapping(values) =
            document("a: 1\na: 'x'\nb: [true, ~, 1.5, .inf, 99999999999999999999]\n").unwrap()
        else {
            panic!("not a mapping")
        };
        let scalar = |value| Decoded::Scalar(value);
        assert_eq!(values[..2], [scalar(json!(1)), scalar(json!("x"))]);
        let list = [json!(true), json!(null), json!(1.5), json!("inf"), json!(1e20)].map(scalar);
        assert_eq!(values[2], Decoded::Sequence(list.into()));
    }
}
