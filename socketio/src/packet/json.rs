//! Writes JSON as `serde_json` does, byte for byte, with texts copied in long pieces instead of looked up byte by byte.
//!
//! Most of what is sent is text, and most of a text needs no escape. What is no text is left to `serde_json`.

mod compound;
mod escape;
mod reader;
mod special;
mod unescape;
mod writer;

use serde::Serialize;

use writer::Writer;

pub(super) use escape::escaped;
pub(super) use reader::read;
pub(super) use writer::RAW;

/// Appends a value to a buffer.
///
/// # Errors
/// When the value does not serialise. What has been written of it stays in the buffer.
pub(crate) fn write<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) -> Result<(), serde_json::Error> {
    value.serialize(&mut Writer::new(out))
}

/// The same, as a text of its own.
///
/// # Errors
/// When the value does not serialise.
pub(crate) fn to_string<T: Serialize + ?Sized>(value: &T) -> Result<String, serde_json::Error> {
    let mut out = Vec::with_capacity(128);
    write(&mut out, value)?;
    String::from_utf8(out).map_err(serde::ser::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::value::RawValue;
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    /// Both say the same, be it JSON or that there is none.
    fn same<T: Serialize + ?Sized>(value: &T) {
        let (ours, theirs) = (to_string(value), serde_json::to_string(value));
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs),
            (Err(_), Err(_)) => {}
            (ours, theirs) => panic!("{ours:?} here, {theirs:?} there"),
        }
    }

    #[derive(Serialize)]
    enum Kind {
        Unit,
        New(u8),
        Tuple(u8, String),
        Struct { a: Option<()>, b: char },
    }

    #[derive(Serialize)]
    struct Unit;

    #[derive(Serialize)]
    struct Wrapped(Kind);

    #[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
    struct Key(u8);

    #[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
    enum Name {
        One,
        Pair(u8),
    }

    #[derive(Serialize)]
    struct Outer<'a> {
        #[serde(flatten)]
        inner: BTreeMap<&'a str, i32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        none: Option<u8>,
        raw: Box<RawValue>,
        raws: Vec<&'a RawValue>,
    }

    #[test]
    fn everything_that_serialises_is_written_alike() {
        for kind in [
            Kind::Unit,
            Kind::New(1),
            Kind::Tuple(2, "\"x\"".into()),
            Kind::Struct { a: None, b: '\n' },
            Kind::Struct { a: Some(()), b: '🌍' },
        ] {
            same(&[Wrapped(kind)]);
        }
        same(&(Unit, (), [0u8; 0], [1u8], "", true, 'a', b"bytes".as_slice()));
        same(&(i8::MIN, i16::MIN, i32::MIN, i64::MIN, i128::MIN, u64::MAX, u128::MAX));
        same(&(0.1f32, 1e300f64, -0.0f64, f64::NAN, f32::INFINITY, 5.0f64));
        let raw = RawValue::from_string(r#"{ "as": "it\u0020is" , "x":[1 , 2]}"#.into()).unwrap();
        let raws = vec![&*raw, &*raw];
        same(&Outer { inner: [("k", 1), ("l\\", 2)].into(), none: None, raw: raw.clone(), raws });
        same(&json!({"": [], "a": {}, "b": [[], {}, null, [1, {"c": [true]}]]}));
    }

    #[test]
    fn keys_are_texts_or_made_to_be() {
        same(&BTreeMap::from([(1u8, "a"), (2, "b")]));
        same(&BTreeMap::from([(-1i64, ())]));
        same(&BTreeMap::from([(i128::MIN, ())]));
        same(&BTreeMap::from([(true, ())]));
        same(&BTreeMap::from([('"', ())]));
        same(&BTreeMap::from([(Key(7), ())]));
        same(&BTreeMap::from([(Name::One, ())]));
        same(&BTreeMap::from([(Name::Pair(1), ())]));
        same(&BTreeMap::from([((1u8, 2u8), ())]));
        same(&BTreeMap::from([((), ())]));
        same(&BTreeMap::from([(vec![1u8], ())]));
        same(&BTreeMap::from([(None::<u8>, ())]));
        same(&BTreeMap::from([(Some(1u8), ())]));
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[ -~]{0,200}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..8)
                    .prop_map(|map| map.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn values_are_written_alike(value in value()) {
            same(&value);
        }

        #[test]
        fn texts_are_written_alike(text in prop::collection::vec(
            prop_oneof![8 => "[a-zü🌍]{1,40}", 1 => "[\u{0}-\u{20}\"\\\\\u{7f}]"], 0..12,
        )) {
            same(&text.concat());
        }
    }
}
