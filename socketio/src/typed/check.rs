//! Constraints that types cannot say, checked on decoded values. What is wrong, and where, is found by [`super::shape`].

use std::fmt;

use regex_lite::Regex;

/// The greatest integer that JavaScript counts to exactly.
const SAFE: i64 = (1 << 53) - 1;

/// Whether a decoded value keeps the constraints of its type.
pub trait Validate {
    /// Whether it does.
    fn is_valid(&self) -> bool;
}

macro_rules! always_valid {
    ($($name:ty),*) => {
        $(impl Validate for $name {
            fn is_valid(&self) -> bool {
                true
            }
        })*
    };
}

always_valid!(
    bool,
    crate::packet::Binary,
    String,
    f64,
    serde_json::Value,
    serde_json::Map<String, serde_json::Value>
);

impl Validate for i64 {
    fn is_valid(&self) -> bool {
        is_integer(*self, None, None)
    }
}

impl<T: Validate> Validate for Option<T> {
    fn is_valid(&self) -> bool {
        self.as_ref().is_none_or(T::is_valid)
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn is_valid(&self) -> bool {
        self.iter().all(T::is_valid)
    }
}

impl<T: Validate> Validate for std::collections::BTreeMap<String, T> {
    fn is_valid(&self) -> bool {
        self.values().all(T::is_valid)
    }
}

impl<T: Validate> Validate for Box<T> {
    fn is_valid(&self) -> bool {
        (**self).is_valid()
    }
}

/// A value that its type does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The type.
    pub ty: &'static str,
    /// What it allows.
    pub expected: &'static str,
}

impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no {}: it must be {}", self.ty, self.expected)
    }
}

impl std::error::Error for Invalid {}

/// Whether a text is between `least` and `most` Unicode code points long.
pub fn is_length(text: &str, least: u64, most: u64) -> bool {
    let bytes = text.len() as u64;
    // A code point takes one to four bytes, so that most texts need not be counted.
    if bytes <= most && bytes / 4 >= least {
        return true;
    }
    let count = text.chars().count() as u64;
    (least..=most).contains(&count)
}

/// Whether a pattern is found in a text; one that could not be compiled is found in none.
pub fn is_pattern(text: &str, pattern: Option<&Regex>) -> bool {
    pattern.is_some_and(|pattern| pattern.is_match(text))
}

/// Whether an integer is within bounds, and exact in JavaScript.
pub fn is_integer(value: i64, minimum: Option<i64>, maximum: Option<i64>) -> bool {
    value >= minimum.unwrap_or(-SAFE).max(-SAFE) && value <= maximum.unwrap_or(SAFE).min(SAFE)
}

/// Whether a number is within bounds.
pub fn is_within(value: f64, minimum: Option<f64>, maximum: Option<f64>) -> bool {
    minimum.is_none_or(|least| value >= least) && maximum.is_none_or(|most| value <= most)
}

/// Whether an array has between `least` and `most` items, all of which pass.
pub fn items<T>(items: &[T], least: u64, most: u64, mut is_valid: impl FnMut(&T) -> bool) -> bool {
    (least..=most).contains(&(items.len() as u64)) && items.iter().all(&mut is_valid)
}

/// Whether all values of a map pass.
pub fn values<T>(map: &std::collections::BTreeMap<String, T>, is_valid: impl FnMut(&T) -> bool) -> bool {
    map.values().all(is_valid)
}

/// Whether a text is a date and time of RFC 3339.
pub fn is_date_time(text: &str) -> bool {
    // An offset is required by RFC 3339 and by this parser alike.
    text.as_bytes().get(10).is_some_and(|separator| matches!(separator, b'T' | b't' | b' '))
        && text.parse::<jiff::Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_counted_in_code_points() {
        assert!(is_length("", 0, 0) && !is_length("", 1, 5));
        assert!(is_length("🌍🌍", 2, 2) && !is_length("🌍🌍", 3, 9) && !is_length("🌍🌍", 0, 1));
        assert!(is_length("abcdefgh", 1, 8) && !is_length("abcdefghi", 1, 8));
    }

    #[test]
    fn integers_stay_exact_in_javascript() {
        assert!(is_integer(SAFE, None, None) && !is_integer(SAFE + 1, None, Some(i64::MAX)));
        assert!(!is_integer(-SAFE - 1, None, None));
        assert!(
            is_integer(3, Some(1), Some(3)) && !is_integer(0, Some(1), None) && !is_integer(4, None, Some(3))
        );
    }

    #[test]
    fn moments_are_those_of_rfc_3339() {
        for good in ["2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05+01:00"] {
            assert!(is_date_time(good), "{good}");
        }
        for bad in ["", "2026-01-02", "2026-01-02T03:04:05", "2026-13-02T03:04:05Z", "yesterday"] {
            assert!(!is_date_time(bad), "{bad}");
        }
    }
}
