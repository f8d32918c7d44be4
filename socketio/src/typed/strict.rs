//! Decoding that takes objects and strings alone where the derived one would take more.
//!
//! Derived structs can be read from arrays, field by field, and derived enums from objects of one key. No document allows that.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

/// A deserializer that gives an object to whoever asks for a struct, or for whatever there is.
#[derive(Debug)]
pub struct ObjectOnly<D>(pub D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for ObjectOnly<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A value that is a string on the wire.
///
/// # Errors
/// When it is no string, or not one of its kind.
pub fn from_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(Text(PhantomData))
}

struct Text<T>(PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(remote = "Self")]
    struct Pair {
        #[serde(default)]
        first: u8,
        #[serde(default)]
        second: u8,
    }

    impl<'de> Deserialize<'de> for Pair {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Self::deserialize(ObjectOnly(deserializer))
        }
    }

    #[test]
    fn a_struct_is_an_object_and_nothing_else() {
        let read = |text: &str| serde_json::from_str::<Pair>(text).ok().map(|pair| (pair.first, pair.second));
        assert_eq!(read(r#"{"second":2}"#), Some((0, 2)));
        for bad in ["[]", "[1,2]", "null", "1", r#""first""#] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_text_is_a_string_and_nothing_else() {
        let read = |text: &str| from_text::<u8, _>(&mut serde_json::Deserializer::from_str(text)).ok();
        assert_eq!(read(r#""7""#), Some(7));
        assert_eq!(read(r#""\u0037""#), Some(7));
        for bad in ["7", r#"{"7":null}"#, r#"["7"]"#, r#""seven""#] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
