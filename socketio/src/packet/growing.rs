//! A text that is sent again and again as it grows, as the answer of a language model is.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::binary::is_writing;
use super::json::{RAW, escaped};

/// A text that knows what it looks like in JSON, so that each character is looked at once and not each time that the text is
/// sent. Everywhere but in the payload of a packet it is a string like any other.
///
/// ```
/// use parlance_socketio::typed::Growing;
///
/// let mut answer = Growing::from("Hello");
/// answer.push_str(" there");
/// assert_eq!(answer, "Hello there");
/// ```
#[derive(Clone, Default)]
pub struct Growing {
    text: String,
    /// The text as JSON, in quotes; empty if nobody has added to it yet.
    json: String,
}

impl Growing {
    /// With nothing in it.
    pub const fn new() -> Self {
        Self { text: String::new(), json: String::new() }
    }

    /// Adds to its end.
    pub fn push_str(&mut self, more: &str) {
        if self.json.pop().is_none() {
            self.json.push('"');
            escaped(&mut self.json, &self.text);
        }
        escaped(&mut self.json, more);
        self.json.push('"');
        self.text.push_str(more);
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.text
    }
}

impl Serialize for Growing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.json.is_empty() || !is_writing() {
            return serializer.serialize_str(&self.text);
        }
        let mut raw = serializer.serialize_struct(RAW, 1)?;
        raw.serialize_field(RAW, &self.json)?;
        raw.end()
    }
}

impl<'de> Deserialize<'de> for Growing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl From<String> for Growing {
    fn from(text: String) -> Self {
        Self { text, json: String::new() }
    }
}

impl From<&str> for Growing {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl Deref for Growing {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl AsRef<str> for Growing {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Growing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(formatter)
    }
}

impl fmt::Display for Growing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl PartialEq for Growing {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Growing {}

impl PartialEq<str> for Growing {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl PartialEq<&str> for Growing {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl PartialOrd for Growing {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Growing {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for Growing {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::{Message, Prefix};
    use proptest::prelude::*;
    use serde_json::json;

    fn packet(payload: &impl Serialize) -> String {
        let message = Message::event(&Prefix::event("/", "x"), payload).unwrap();
        String::from_utf8(message.packet().to_vec()).unwrap()
    }

    proptest! {
        #[test]
        fn it_looks_like_the_text_that_it_is(pieces in prop::collection::vec("(\\PC|[\\x00-\\x1f\"\\\\]){0,80}", 0..6)) {
            let mut growing = Growing::new();
            let mut text = String::new();
            for piece in &pieces {
                growing.push_str(piece);
                text.push_str(piece);
                prop_assert_eq!(packet(&json!([1, text, 2])), packet(&(1, &growing, 2)));
                prop_assert_eq!(packet(&json!({ "a": text })), packet(&std::collections::BTreeMap::from([("a", &growing)])));
            }
            prop_assert_eq!(serde_json::to_value(&growing).unwrap(), json!(text));
            prop_assert_eq!(growing.as_str(), text.as_str());
        }
    }

    #[test]
    fn what_it_began_with_is_part_of_it() {
        let mut growing = serde_json::from_value::<Growing>(json!("a\"b")).unwrap();
        assert_eq!(packet(&growing), r#"42["x","a\"b"]"#);
        growing.push_str("\n");
        assert_eq!(packet(&growing), r#"42["x","a\"b\n"]"#);
        assert_eq!(serde_json::to_string(&growing).unwrap(), r#""a\"b\n""#, "by others as well");
        assert_eq!(growing.into_string(), "a\"b\n");
    }

    #[test]
    fn whoever_looks_at_it_on_the_way_sees_the_text() {
        struct Looks(Growing);

        impl Serialize for Looks {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde_json::to_value(&self.0).map_err(serde::ser::Error::custom)?.serialize(serializer)
            }
        }

        let mut growing = Growing::new();
        growing.push_str("a\"b");
        assert_eq!(packet(&Looks(growing)), r#"42["x","a\"b"]"#);
    }
}
