use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::*;

/// What is read is what `serde_json` reads; whether it was read.
fn same<'de, T: Deserialize<'de> + PartialEq + std::fmt::Debug>(json: &'de str) -> bool {
    let ours = read::<T>(json);
    if let Some(value) = &ours {
        assert_eq!(Some(value), serde_json::from_str(json).ok().as_ref(), "{json}");
    }
    ours.is_some()
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Known<'a> {
    text: String,
    #[serde(borrow)]
    part: Option<&'a str>,
    count: i64,
    share: Option<f64>,
    flag: bool,
    list: Vec<(u8, String)>,
    keyed: BTreeMap<String, Value>,
    inner: Option<Box<Known<'a>>>,
    nothing: (),
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
enum Tagged {
    One { text: String },
    Two { number: u32 },
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "([ -~]{0,90}\\n){0,3}".prop_map(Value::from),
    ];
    let key = prop_oneof!["text", "part", "count", "list", "keyed", "inner", "kind", ".{0,20}"];
    leaf.prop_recursive(4, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::btree_map(key.clone(), inner, 0..8).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// Something that is nearly JSON.
fn nearly() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\\"",
        "\\u0041",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\x",
        "\\/",
        " ",
        "\n",
        "\u{b}",
        "\u{1}",
        "0",
        "-0",
        "01",
        "1",
        "-",
        "+1",
        "1.5",
        "1e5",
        "1e999",
        "1.",
        ".5",
        "null",
        "nul",
        "true",
        "false",
        "NaN",
        "18446744073709551616",
        "ü",
        "\u{2028}",
        "\"text\":",
        "\"count\":1",
    ]);
    (value(), any::<bool>(), prop::collection::vec((any::<prop::sample::Index>(), 0usize..4, piece), 0..3))
        .prop_map(|(value, is_pretty, changes)| {
            let text =
                if is_pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let mut text: Vec<char> = text.unwrap().chars().collect();
            for (at, gone, piece) in changes {
                let at = at.index(text.len() + 1);
                text.splice(at..(at + gone).min(text.len()), piece.chars());
            }
            text.into_iter().collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn values_are_read_alike(value in value()) {
        prop_assert!(same::<Value>(&value.to_string()), "{value}");
        prop_assert!(same::<Value>(&format!(" {value:#}\r\n")), "{value:#}");
    }

    #[test]
    fn what_is_no_json_is_left(text in nearly()) {
        same::<Value>(&text);
        same::<Known<'_>>(&text);
        same::<Tagged>(&text);
        same::<Vec<String>>(&text);
        same::<BTreeMap<u8, Option<i8>>>(&text);
        prop_assert!(read::<IgnoredAny>(&text).is_none() || serde_json::from_str::<IgnoredAny>(&text).is_ok());
    }
}

#[test]
fn escapes_are_undone_wherever_they_are() {
    for escape in [
        "\\\"",
        "\\\\",
        "\\/",
        "\\b",
        "\\f",
        "\\n",
        "\\r",
        "\\t",
        "\\u00e4",
        "\\ud83d\\ude00",
        "ü",
        "\\\\\\\"\\n",
    ] {
        for before in 0..140 {
            for after in [0, 1, 3, 20, 63, 64, 65, 130] {
                for first in ["", "\\n"] {
                    let text = format!("\"{first}{}{escape}{}\"", "~".repeat(before), "~".repeat(after));
                    assert!(same::<String>(&text), "{text}");
                    assert!(same::<Value>(&format!("{{{text}:[{text},{text}]}}")), "{text}");
                }
            }
        }
    }
    for wrong in ["\\", "\\x", "\\u12", "\\ud83d", "\\U0041", "\\\0", "\n", "\u{1f}", "\"", "\\\\\""] {
        for before in 0..140 {
            let text = format!("\"{}{wrong}\"", "~".repeat(before));
            assert!(!same::<String>(&text), "{text}");
            let cut = text.get(..text.len() - 1).unwrap();
            same::<String>(cut);
        }
    }
}

#[test]
fn what_is_common_is_read() {
    assert!(same::<Known<'_>>(
        r#"{"text":"a\nb","part":"as it is","count":-3,"share":0.1,"flag":true,"list":[[1,"x"],[2,"y"]],
        "keyed":{"a\"b":{}},"inner":{"part":null},"nothing":null,"unknown":[{"x":[1.5e3]}]}"#
    ));
    assert!(same::<Tagged>(r#"{"kind":"One","text":"\""}"#));
    assert!(same::<(u64, i64, f64, Option<u8>)>("[18446744073709551615, -9223372036854775808, 1, null]"));
    assert!(same::<Value>(r#"{"$serde_json::private::RawValue":"[1]"}"#));
    for wrong in
        ["01", "+1", "1x", "1 2", "", "[1,]", "[,1]", "{\"a\":1,}", "{1:1}", "tru", "nul", "NaN", "1e999"]
    {
        assert!(!same::<Value>(wrong) && !same::<Value>(&format!("[{wrong}]x")), "{wrong}");
    }
    assert!(same::<Value>("-0") && same::<Value>("-0.0") && same::<f64>("0") && same::<Option<()>>("null"));
}

#[test]
fn numbers_are_what_they_were() {
    let digits = "98765432109876543210123456789";
    for length in 1..digits.len() {
        for start in 0..digits.len() - length {
            let number = digits.get(start..start + length).unwrap();
            same::<Value>(number);
            assert_eq!(
                same::<u64>(number),
                number.parse::<u64>().is_ok_and(|_| length == 1 || !number.starts_with('0'))
            );
            for other in [".", "/", ":", "a", "\0", "ü", " "] {
                same::<Value>(&format!("{number}{other}"));
                same::<Value>(&format!("[{number}{other}123456789]"));
            }
        }
    }
}

#[test]
fn what_is_rare_is_left() {
    assert!(read::<Box<RawValue>>("1").is_none());
    assert!(read::<f32>("0.1").is_none(), "rounded once, not twice");
    assert!(read::<i128>("1").is_none());
    assert!(read::<BTreeMap<u8, u8>>(r#"{"1":1}"#).is_none());
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(same::<Value>(&nested(MAX_DEPTH)) && !same::<Value>(&nested(MAX_DEPTH + 1)));
    assert!(read::<Value>(&"[".repeat(1_000_000)).is_none());
}

#[test]
fn what_is_left_is_not_passed_over() {
    /// Of what is none of them, it takes no notice.
    #[derive(Debug, Default, PartialEq)]
    struct Lenient<T>(T);

    impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for Lenient<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Ok(T::deserialize(deserializer).map(Self).unwrap_or_default())
        }
    }

    assert_eq!(read::<Lenient<Vec<i128>>>("[]"), Some(Lenient(Vec::new())));
    assert_eq!(read::<Lenient<Vec<i128>>>("[1]"), None);
    assert_eq!(read::<Vec<Lenient<u8>>>("[1,1000]"), Some(vec![Lenient(1), Lenient(0)]));
    assert_eq!(read::<Vec<Lenient<u8>>>("[1x]"), None);
}

#[test]
fn memory_is_not_kept_for_long_texts() {
    let text = json!("\n".repeat(MAX_REUSED)).to_string();
    assert!(same::<String>(&text));
    let kept = REUSED.take();
    assert!(kept.capacity() <= MAX_REUSED);
}
