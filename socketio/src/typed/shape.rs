//! Payloads as the document describes them, in static tables: for saying what is wrong, once it is known that something is.

use std::fmt;

use regex_lite::Regex;
use serde::Serialize;
use serde_json::{Map, Value};

use super::check;

/// The deepest nesting that is looked into.
const MAX_DEPTH: usize = 64;

/// What a value must be.
#[derive(Debug)]
pub enum Shape {
    /// Any JSON.
    Any,
    /// An attachment.
    Binary,
    /// Any JSON object.
    Object,
    /// `true` or `false`.
    Boolean,
    /// A text.
    String {
        /// Least code points.
        least: u64,
        /// Most code points.
        most: u64,
        /// A regular expression that is found in it.
        pattern: Option<&'static str>,
        /// Whether it is a moment (RFC 3339).
        date_time: bool,
    },
    /// A whole number that JavaScript counts to exactly.
    Integer {
        /// The least.
        minimum: Option<i64>,
        /// The greatest.
        maximum: Option<i64>,
    },
    /// A number.
    Number {
        /// The least.
        minimum: Option<f64>,
        /// The greatest.
        maximum: Option<f64>,
    },
    /// One of these texts.
    Enum(&'static [&'static str]),
    /// Any text; usually one of a list that may grow.
    OpenEnum,
    /// A list.
    Array {
        /// Of these.
        items: &'static Shape,
        /// Least items.
        least: u64,
        /// Most items.
        most: u64,
    },
    /// An object with values of a kind.
    Map(&'static Shape),
    /// An object with these fields.
    Struct(&'static Fields),
    /// An object whose field `tag` says which of these it is.
    Union {
        /// The field.
        tag: &'static str,
        /// Value of the tag, and the other fields.
        variants: &'static [(&'static str, Fields)],
    },
    /// Null, or that.
    Nullable(&'static Shape),
    /// What is described elsewhere.
    Named(&'static Shape),
}

/// The fields of an object.
#[derive(Debug)]
pub struct Fields {
    /// In document order.
    pub fields: &'static [Field],
    /// Whether others are let through.
    pub open: bool,
}

/// One field.
#[derive(Debug)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it must be.
    pub shape: Shape,
}

/// What is wrong with a payload, and where: the `details` of the refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// The place, like `args.items[3].name`; empty for the payload itself.
    pub path: String,
    /// What would be right.
    pub expected: String,
    /// What came.
    pub got: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, expected, got } = self;
        let path = if path.is_empty() { "the payload" } else { path };
        write!(formatter, "{path}: expected {expected}, got {got}")
    }
}

impl Mismatch {
    /// Of the payload itself.
    pub fn new(expected: impl Into<String>, got: impl Into<String>) -> Self {
        Self { path: String::new(), expected: expected.into(), got: got.into() }
    }

    fn of(expected: impl Into<String>, value: &Value) -> Self {
        Self::new(expected, describe(value))
    }

    fn within(mut self, step: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{step}{dot}{}", self.path);
        self
    }
}

impl Shape {
    /// What no payload at all stands for, as JSON: an empty object where there could be one.
    pub(super) fn nothing(&self) -> &'static str {
        match self {
            Self::Struct(_) => "{}",
            Self::Named(shape) => shape.nothing(),
            _ => "null",
        }
    }

    /// The same as a value.
    pub(super) fn empty(&self) -> Value {
        serde_json::from_str(self.nothing()).unwrap_or_default()
    }

    /// Whether a value is that.
    ///
    /// # Errors
    /// With the first thing that is wrong, in document order.
    pub fn check(&self, value: &Value) -> Result<(), Mismatch> {
        self.check_at(value, 0)
    }

    fn check_at(&self, value: &Value, depth: usize) -> Result<(), Mismatch> {
        if depth > MAX_DEPTH {
            return Err(Mismatch::of(format!("at most {MAX_DEPTH} levels"), value));
        }
        let ok = |is: bool, expected: &str| if is { Ok(()) } else { Err(Mismatch::of(expected, value)) };
        match self {
            Self::Any => Ok(()),
            Self::Binary if value.get("_placeholder") == Some(&Value::Bool(true)) => Ok(()),
            Self::Binary => Err(Mismatch::of("binary data", value)),
            Self::Object => ok(value.is_object(), "an object"),
            Self::Boolean => ok(value.is_boolean(), "a boolean"),
            Self::OpenEnum => ok(value.is_string(), "a string"),
            Self::Nullable(_) if value.is_null() => Ok(()),
            Self::Nullable(shape) | Self::Named(shape) => shape.check_at(value, depth),
            Self::String { least, most, pattern, date_time } => {
                let Some(text) = value.as_str() else { return Err(Mismatch::of("a string", value)) };
                string(text, *least, *most, *pattern, *date_time)
            }
            Self::Integer { minimum, maximum } => {
                let fits = value.as_i64().is_some_and(|value| check::is_integer(value, *minimum, *maximum));
                if fits { Ok(()) } else { Err(Mismatch::of(bounds("an integer", *minimum, *maximum), value)) }
            }
            Self::Number { minimum, maximum } => {
                let fits = value.as_f64().is_some_and(|value| check::is_within(value, *minimum, *maximum));
                if fits { Ok(()) } else { Err(Mismatch::of(bounds("a number", *minimum, *maximum), value)) }
            }
            Self::Enum(values) => {
                let known = value.as_str().is_some_and(|text| values.contains(&text));
                if known { Ok(()) } else { Err(Mismatch::of(format!("one of {}", list(values)), value)) }
            }
            Self::Array { items, least, most } => {
                let Some(array) = value.as_array() else { return Err(Mismatch::of("an array", value)) };
                let count = array.len() as u64;
                if !(*least..=*most).contains(&count) {
                    let expected = format!("an array of {}", range(*least, *most, "items"));
                    return Err(Mismatch::new(expected, format!("{count} items")));
                }
                array.iter().enumerate().try_for_each(|(index, item)| {
                    items.check_at(item, depth + 1).map_err(|wrong| wrong.within(&format!("[{index}]")))
                })
            }
            Self::Map(values) => {
                let Some(map) = value.as_object() else { return Err(Mismatch::of("an object", value)) };
                map.iter().try_for_each(|(key, value)| {
                    values.check_at(value, depth + 1).map_err(|wrong| wrong.within(key))
                })
            }
            Self::Struct(fields) => {
                let Some(map) = value.as_object() else { return Err(Mismatch::of("an object", value)) };
                fields.check(map, None, depth)
            }
            Self::Union { tag, variants } => {
                let Some(map) = value.as_object() else { return Err(Mismatch::of("an object", value)) };
                let said = map.get(*tag).and_then(Value::as_str);
                match variants.iter().find(|(name, _)| Some(*name) == said) {
                    Some((_, fields)) => fields.check(map, Some(tag), depth),
                    None => {
                        let names: Vec<&str> = variants.iter().map(|(name, _)| *name).collect();
                        let got = map.get(*tag).map_or_else(|| "nothing".to_owned(), describe);
                        Err(Mismatch::new(format!("one of {}", list(&names)), got).within(tag))
                    }
                }
            }
        }
    }
}

impl Fields {
    fn check(&self, map: &Map<String, Value>, tag: Option<&str>, depth: usize) -> Result<(), Mismatch> {
        for field in self.fields {
            match map.get(field.name) {
                Some(value) => {
                    field.shape.check_at(value, depth + 1).map_err(|wrong| wrong.within(field.name))?
                }
                None if field.required => {
                    return Err(Mismatch::new(field.shape.name(), "nothing").within(field.name));
                }
                None => {}
            }
        }
        let unknown = map.keys().find(|key| {
            !self.open && Some(key.as_str()) != tag && !self.fields.iter().any(|field| field.name == *key)
        });
        match unknown {
            Some(key) => {
                let names: Vec<&str> = self.fields.iter().map(|field| field.name).collect();
                let expected = match names.as_slice() {
                    [] => "no fields".to_owned(),
                    names => format!("no field but {}", list(names)),
                };
                let shown: String = key.chars().take(64).collect();
                Err(Mismatch::new(expected, format!("a field `{shown}`")))
            }
            None => Ok(()),
        }
    }
}

impl Shape {
    fn name(&self) -> &'static str {
        match self {
            Self::Any => "any value",
            Self::Binary => "binary data",
            Self::Object | Self::Map(_) | Self::Struct(_) | Self::Union { .. } => "an object",
            Self::Boolean => "a boolean",
            Self::String { .. } | Self::Enum(_) | Self::OpenEnum => "a string",
            Self::Integer { .. } => "an integer",
            Self::Number { .. } => "a number",
            Self::Array { .. } => "an array",
            Self::Nullable(shape) | Self::Named(shape) => shape.name(),
        }
    }
}

fn string(text: &str, least: u64, most: u64, pattern: Option<&str>, date_time: bool) -> Result<(), Mismatch> {
    if !check::is_length(text, least, most) {
        let expected = format!("a string of {}", range(least, most, "characters"));
        return Err(Mismatch::new(expected, format!("{} characters", text.chars().count())));
    }
    let found = |pattern: &str| Regex::new(pattern).is_ok_and(|regex| regex.is_match(text));
    if let Some(pattern) = pattern.filter(|pattern| !found(pattern)) {
        return Err(Mismatch::new(format!("a string that matches {pattern}"), quoted(text)));
    }
    if date_time && !check::is_date_time(text) {
        return Err(Mismatch::new("a date and time (RFC 3339)", quoted(text)));
    }
    Ok(())
}

/// What came, in few words: nobody wants a megabyte of their own payload back.
fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(_) => "an array".into(),
        Value::Object(_) => "an object".into(),
    }
}

fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut short: String = text.chars().take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        short.push('…');
    }
    format!("{short:?}")
}

fn list(values: &[&str]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

fn range(least: u64, most: u64, what: &str) -> String {
    match (least, most) {
        (least, u64::MAX) => format!("at least {least} {what}"),
        (0, most) => format!("at most {most} {what}"),
        (least, most) if least == most => format!("{least} {what}"),
        (least, most) => format!("{least} to {most} {what}"),
    }
}

fn bounds<T: fmt::Display>(what: &str, minimum: Option<T>, maximum: Option<T>) -> String {
    match (minimum, maximum) {
        (None, None) => what.to_owned(),
        (Some(least), None) => format!("{what} of at least {least}"),
        (None, Some(most)) => format!("{what} of at most {most}"),
        (Some(least), Some(most)) => format!("{what} from {least} to {most}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: Shape = Shape::String { least: 1, most: 3, pattern: None, date_time: false };
    static INNER: Fields = Fields {
        fields: &[Field {
            name: "n",
            required: true,
            shape: Shape::Integer { minimum: Some(1), maximum: None },
        }],
        open: false,
    };
    static ITEM: Shape = Shape::Struct(&INNER);
    static ALL: Fields = Fields {
        fields: &[
            Field { name: "text", required: true, shape: TEXT },
            Field { name: "list", required: false, shape: Shape::Array { items: &ITEM, least: 0, most: 2 } },
            Field { name: "kind", required: false, shape: Shape::Enum(&["a", "b"]) },
            Field { name: "maybe", required: false, shape: Shape::Nullable(&Shape::Boolean) },
        ],
        open: false,
    };
    static SHAPE: Shape = Shape::Struct(&ALL);

    fn wrong(value: Value) -> String {
        SHAPE.check(&value).unwrap_err().to_string()
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        assert_eq!(
            SHAPE.check(&json!({"text": "abc", "list": [{"n": 1}], "kind": "a", "maybe": null})),
            Ok(())
        );
        for (value, expected) in [
            (json!([]), "the payload: expected an object, got an array"),
            (json!({}), "text: expected a string, got nothing"),
            (json!({"text": 1}), "text: expected a string, got 1"),
            (json!({"text": null}), "text: expected a string, got null"),
            (json!({"text": ""}), "text: expected a string of 1 to 3 characters, got 0 characters"),
            (
                json!({"text": "a", "list": [{"n": 1}, {"n": 0}]}),
                "list[1].n: expected an integer of at least 1, got 0",
            ),
            (
                json!({"text": "a", "list": [1, 2, 3]}),
                "list: expected an array of at most 2 items, got 3 items",
            ),
            (json!({"text": "a", "kind": "c"}), "kind: expected one of `a`, `b`, got \"c\""),
            (json!({"text": "a", "maybe": 1}), "maybe: expected a boolean, got 1"),
            (
                json!({"text": "a", "more": 1}),
                "the payload: expected no field but `text`, `list`, `kind`, `maybe`, got a field `more`",
            ),
        ] {
            assert_eq!(wrong(value), expected);
        }
    }

    #[test]
    fn patterns_and_moments() {
        let shape = Shape::String { least: 0, most: u64::MAX, pattern: Some("^[a-z]+$"), date_time: false };
        assert_eq!(shape.check(&json!("abc")), Ok(()));
        assert_eq!(
            shape.check(&json!("A".repeat(50))).unwrap_err().to_string(),
            format!("the payload: expected a string that matches ^[a-z]+$, got \"{}…\"", "A".repeat(40))
        );
        let moment = Shape::String { least: 0, most: u64::MAX, pattern: None, date_time: true };
        assert!(moment.check(&json!("2026-01-02T03:04:05.678Z")).is_ok());
        assert!(moment.check(&json!("today")).is_err());
    }
}
