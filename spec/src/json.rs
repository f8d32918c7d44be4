//! JSON values against types: whether a value is one of a type, and where it is not.

mod date_time;
mod example;

use std::fmt;

use serde_json::Value;

use crate::model::{Fields, Kind, Payload, Spec, Type};

pub use date_time::is_date_time;
pub(crate) use example::MAX_MADE_UP;
pub use example::{example, payload_example};

/// The largest integer that every JSON implementation keeps exactly.
pub const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// How far a value is followed into; deeper ones are refused.
const MAX_DEPTH: usize = 128;

/// Where a value is not what its type says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The place in the value, like `args.items[3].name`; empty at the top.
    pub path: String,
    /// What would be right.
    pub expected: String,
    /// What is there.
    pub got: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "expected {}, got {}", self.expected, self.got)
    }
}

impl std::error::Error for Mismatch {}

impl Mismatch {
    fn new(expected: impl Into<String>, value: &Value) -> Mismatch {
        Mismatch { path: String::new(), expected: expected.into(), got: describe(value) }
    }

    /// The same mismatch seen from the object that holds the value as `name`.
    fn in_field(mut self, name: &str) -> Mismatch {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{name}{dot}{}", self.path);
        self
    }

    /// The same mismatch seen from the array that holds the value at `index`.
    fn in_item(mut self, index: usize) -> Mismatch {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("[{index}]{dot}{}", self.path);
        self
    }
}

/// Whether `value` is one of `ty`; unknown fields are refused unless the type is open.
pub fn validate(spec: &Spec, ty: &Type, value: &Value) -> Result<(), Mismatch> {
    Validator { spec, strict: true }.value(ty, value, 0)
}

/// Whether `value` is an object with these fields.
pub fn validate_fields(spec: &Spec, fields: &Fields, value: &Value, strict: bool) -> Result<(), Mismatch> {
    Validator { spec, strict }.fields(fields, None, value, 0)
}

/// Whether an event may carry `value`; `None` is an event without an argument.
///
/// An absent or `null` argument is the same as `{}` for payloads made of fields.
pub fn validate_payload(
    spec: &Spec,
    payload: &Payload,
    value: Option<&Value>,
    strict: bool,
) -> Result<(), Mismatch> {
    let validator = Validator { spec, strict };
    let empty = Value::Object(serde_json::Map::new());
    match payload {
        Payload::Args => Ok(()),
        Payload::None => match value {
            None | Some(Value::Null) => Ok(()),
            Some(value) => validator.fields(&Fields::default(), None, value, 0),
        },
        Payload::Fields(fields) => match value {
            None | Some(Value::Null) => validator.fields(fields, None, &empty, 0),
            Some(value) => validator.fields(fields, None, value, 0),
        },
        Payload::Named(name) => match spec.named_type(name) {
            Some(named) => validator.only(&named.ty, value),
            None => Ok(()),
        },
        Payload::Type(ty) => validator.only(ty, value),
    }
}

struct Validator<'s> {
    spec: &'s Spec,
    strict: bool,
}

impl Validator<'_> {
    /// The only argument of an event, which may be missing.
    fn only(&self, ty: &Type, value: Option<&Value>) -> Result<(), Mismatch> {
        match value {
            Some(value) => self.value(ty, value, 0),
            None if matches!(ty.kind, Kind::Struct(_)) => {
                self.value(ty, &Value::Object(serde_json::Map::new()), 0)
            }
            None => self
                .value(ty, &Value::Null, 0)
                .map_err(|mismatch| Mismatch { got: "nothing".to_owned(), ..mismatch }),
        }
    }

    fn value(&self, ty: &Type, value: &Value, depth: usize) -> Result<(), Mismatch> {
        if depth > MAX_DEPTH {
            return Err(Mismatch::new(format!("at most {MAX_DEPTH} levels"), value));
        }
        if value.is_null() && ty.nullable {
            return Ok(());
        }
        match &ty.kind {
            Kind::Any => Ok(()),
            Kind::Boolean => require(value.is_boolean(), "a boolean", value),
            Kind::Object => require(value.is_object(), "an object", value),
            Kind::Binary => require(is_attachment(value), "binary data", value),
            Kind::String { min_length, max_length, pattern, date_time } => {
                string(*min_length, *max_length, pattern.as_deref(), *date_time, value)
            }
            Kind::Integer { minimum, maximum } => integer(*minimum, *maximum, value),
            Kind::Number { minimum, maximum } => number(*minimum, *maximum, value),
            Kind::Enum { values, open } => match value.as_str() {
                Some(text) if *open || values.iter().any(|known| known == text) => Ok(()),
                _ => Err(Mismatch::new(one_of(values), value)),
            },
            Kind::Array { items, min_items, max_items } => {
                let Some(list) = value.as_array() else { return Err(Mismatch::new("an array", value)) };
                let count = list.len() as u64;
                if min_items.is_some_and(|least| count < least) || max_items.is_some_and(|most| count > most)
                {
                    return Err(Mismatch {
                        path: String::new(),
                        expected: range("items", *min_items, *max_items),
                        got: count.to_string(),
                    });
                }
                for (index, item) in list.iter().enumerate() {
                    self.value(items, item, depth + 1).map_err(|mismatch| mismatch.in_item(index))?;
                }
                Ok(())
            }
            Kind::Map { values } => {
                let Some(map) = value.as_object() else { return Err(Mismatch::new("an object", value)) };
                for (key, item) in map {
                    self.value(values, item, depth + 1).map_err(|mismatch| mismatch.in_field(key))?;
                }
                Ok(())
            }
            Kind::Struct(fields) => self.fields(fields, None, value, depth),
            Kind::Union { tag, variants } => self.union(tag, variants, value, depth),
            Kind::Named(name) => match self.spec.named_type(name) {
                Some(named) => self.value(&named.ty, value, depth + 1),
                // A checked document names no such type; the checker reports it where it is named.
                None => Ok(()),
            },
        }
    }

    fn union(
        &self,
        tag: &str,
        variants: &[(String, Fields)],
        value: &Value,
        depth: usize,
    ) -> Result<(), Mismatch> {
        let Some(map) = value.as_object() else { return Err(Mismatch::new("an object", value)) };
        let names: Vec<String> = variants.iter().map(|(name, _)| name.clone()).collect();
        let Some(told) = map.get(tag) else { return Err(missing(&one_of(&names)).in_field(tag)) };
        match variants.iter().find(|(name, _)| told.as_str() == Some(name)) {
            Some((_, fields)) => self.fields(fields, Some(tag), value, depth),
            None => Err(Mismatch::new(one_of(&names), told).in_field(tag)),
        }
    }

    fn fields(
        &self,
        fields: &Fields,
        tag: Option<&str>,
        value: &Value,
        depth: usize,
    ) -> Result<(), Mismatch> {
        let Some(map) = value.as_object() else { return Err(Mismatch::new("an object", value)) };
        for field in &fields.fields {
            match map.get(&field.name) {
                Some(inner) => {
                    self.value(&field.ty, inner, depth + 1).map_err(|m| m.in_field(&field.name))?
                }
                None if field.required => return Err(missing(&summary(&field.ty)).in_field(&field.name)),
                None => {}
            }
        }
        if self.strict && !fields.open {
            let known = |key: &str| tag == Some(key) || fields.fields.iter().any(|field| field.name == key);
            if let Some((key, inner)) = map.iter().find(|(key, _)| !known(key)) {
                return Err(Mismatch::new("no field of this name", inner).in_field(key));
            }
        }
        Ok(())
    }
}

fn missing(expected: &str) -> Mismatch {
    Mismatch { path: String::new(), expected: expected.to_owned(), got: "nothing".to_owned() }
}

fn require(holds: bool, expected: &str, value: &Value) -> Result<(), Mismatch> {
    if holds { Ok(()) } else { Err(Mismatch::new(expected, value)) }
}

/// Socket.IO's stand-in for an attachment, `{"_placeholder":true,"num":0}`.
fn is_attachment(value: &Value) -> bool {
    value.get("_placeholder") == Some(&Value::Bool(true)) && value.get("num").is_some_and(Value::is_u64)
}

fn string(
    min: Option<u64>,
    max: Option<u64>,
    pattern: Option<&str>,
    date_time: bool,
    value: &Value,
) -> Result<(), Mismatch> {
    let Some(text) = value.as_str() else { return Err(Mismatch::new("a string", value)) };
    let length = text.chars().count() as u64;
    if min.is_some_and(|least| length < least) || max.is_some_and(|most| length > most) {
        return Err(Mismatch {
            path: String::new(),
            expected: range("characters", min, max),
            got: length.to_string(),
        });
    }
    if date_time && !is_date_time(text) {
        return Err(Mismatch::new("a date-time (RFC 3339)", value));
    }
    if let Some(pattern) = pattern {
        // The checker has compiled every pattern of a document; one that does not compile matches nothing.
        let matches = regex_lite::Regex::new(pattern).is_ok_and(|regex| regex.is_match(text));
        return require(matches, &format!("a string matching {pattern}"), value);
    }
    Ok(())
}

fn integer(min: Option<i64>, max: Option<i64>, value: &Value) -> Result<(), Mismatch> {
    let whole = value.as_i64().or_else(|| {
        let number = value.as_f64().filter(|number| number.fract() == 0.0)?;
        // The cast is exact: larger ones are refused first.
        (number.abs() <= MAX_SAFE_INTEGER as f64).then_some(number as i64)
    });
    match whole.filter(|number| number.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs()) {
        Some(number) if min.is_some_and(|least| number < least) || max.is_some_and(|most| number > most) => {
            Err(Mismatch::new(bounds("an integer", min, max), value))
        }
        Some(_) => Ok(()),
        None => Err(Mismatch::new("an integer", value)),
    }
}

fn number(min: Option<f64>, max: Option<f64>, value: &Value) -> Result<(), Mismatch> {
    match value.as_f64() {
        Some(number) if min.is_some_and(|least| number < least) || max.is_some_and(|most| number > most) => {
            Err(Mismatch::new(bounds("a number", min, max), value))
        }
        Some(_) => Ok(()),
        None => Err(Mismatch::new("a number", value)),
    }
}

fn range<T: fmt::Display>(unit: &str, min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max} {unit}"),
        (Some(min), None) => format!("at least {min} {unit}"),
        (None, Some(max)) => format!("at most {max} {unit}"),
        (None, None) => unit.to_owned(),
    }
}

fn bounds<T: fmt::Display>(what: &str, min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{what} from {min} to {max}"),
        (Some(min), None) => format!("{what} of at least {min}"),
        (None, Some(max)) => format!("{what} of at most {max}"),
        (None, None) => what.to_owned(),
    }
}

fn one_of(values: &[String]) -> String {
    format!("one of {}", values.join(", "))
}

/// A type in a few words.
fn summary(ty: &Type) -> String {
    match &ty.kind {
        Kind::String { .. } => "a string".to_owned(),
        Kind::Integer { .. } => "an integer".to_owned(),
        Kind::Number { .. } => "a number".to_owned(),
        Kind::Boolean => "a boolean".to_owned(),
        Kind::Binary => "binary data".to_owned(),
        Kind::Any => "a value".to_owned(),
        Kind::Object | Kind::Map { .. } | Kind::Struct(_) | Kind::Union { .. } => "an object".to_owned(),
        Kind::Enum { values, .. } => one_of(values),
        Kind::Array { .. } => "an array".to_owned(),
        Kind::Named(name) => name.clone(),
    }
}

/// A value in a few words, cut where it gets long.
fn describe(value: &Value) -> String {
    const SHOWN: usize = 40;
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if text.chars().count() <= SHOWN => format!("{text:?}"),
        Value::String(text) => format!("{:?}…", text.chars().take(SHOWN).collect::<String>()),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

#[cfg(test)]
mod tests;
