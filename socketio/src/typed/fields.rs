//! Optional and nullable kept apart, which serde's `Option` does not by itself.

use serde::{Deserialize, Deserializer};

/// Of an optional field that may be absent and may not be null: whatever is there must be a `T`.
///
/// # Errors
/// When it is none.
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Of a required field that may be null and may not be absent.
///
/// # Errors
/// When it is neither null nor a `T`.
pub fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Sample {
        #[serde(default, deserialize_with = "present")]
        optional: Option<u8>,
        #[serde(deserialize_with = "nullable")]
        nullable: Option<u8>,
    }

    fn read(text: &str) -> Option<(Option<u8>, Option<u8>)> {
        serde_json::from_str::<Sample>(text).ok().map(|sample| (sample.optional, sample.nullable))
    }

    #[test]
    fn absent_is_not_null() {
        assert_eq!(read(r#"{"nullable":null}"#), Some((None, None)));
        assert_eq!(read(r#"{"optional":1,"nullable":2}"#), Some((Some(1), Some(2))));
        assert_eq!(read(r#"{"optional":null,"nullable":2}"#), None);
        assert_eq!(read(r#"{"optional":1}"#), None);
    }
}
