//! Every way in which a payload can be wrong by the document, one at a time.

use serde_json::{Value, json};

use super::names::words;
use crate::model::{Fields, Kind, Location, Payload, Spec, Type};

/// Strings and arrays are made at most this long; a bound beyond it is not tried.
const MAX_LENGTH: u64 = 200_000;

/// Named types that only name each other this often resolve to nothing.
const MAX_ALIASES: usize = 32;

/// A wrong payload and what is wrong with it.
pub(super) struct Fault {
    /// Name of the case.
    pub(super) name: String,
    /// The sentence after the event's name.
    pub(super) doc: String,
    /// The place that is violated.
    pub(super) at: Location,
    /// What follows the event's name on the wire.
    pub(super) arguments: Vec<Value>,
}

/// The type behind a name.
pub(super) fn resolve<'a>(spec: &'a Spec, name: &str) -> Option<&'a Type> {
    let mut ty = &spec.named_type(name)?.ty;
    for _ in 0..MAX_ALIASES {
        match &ty.kind {
            Kind::Named(next) => ty = &spec.named_type(next)?.ty,
            _ => return Some(ty),
        }
    }
    None
}

/// Every fault of a payload, starting from a right one where there is one.
pub(super) fn faults(spec: &Spec, payload: &Payload, right: Option<&Value>, at: Location) -> Vec<Fault> {
    let spoiler = Spoiler { spec };
    let mut wrongs = Vec::new();
    let needed = match payload {
        Payload::Args => return Vec::new(),
        Payload::None => {
            let doc = "takes no payload, so an object with a field is refused";
            wrongs.push(Wrong::new(
                "a_payload".to_owned(),
                doc.to_owned(),
                at,
                json!({ "no-such-field": true }),
            ));
            let doc = "takes no payload, so a string is refused";
            wrongs.push(Wrong::new("a_string_payload".to_owned(), doc.to_owned(), at, json!("payload")));
            false
        }
        Payload::Fields(fields) => {
            wrongs.extend(spoiler.whole(at));
            wrongs.extend(spoiler.object(fields, right.unwrap_or(&json!({})), "", at));
            fields.fields.iter().any(|field| field.required)
        }
        Payload::Named(name) => match resolve(spec, name) {
            None => return Vec::new(),
            Some(ty) => spoiler.only(ty, right, at, &mut wrongs),
        },
        Payload::Type(ty) => spoiler.only(ty, right, at, &mut wrongs),
    };
    let missing = needed.then(|| Fault {
        name: "refuses_a_missing_payload".to_owned(),
        doc: "needs a payload, so it is refused without one".to_owned(),
        at,
        arguments: Vec::new(),
    });
    let wrongs = wrongs.into_iter().map(|wrong| Fault {
        name: format!("refuses_{}", wrong.name),
        doc: wrong.doc,
        at: wrong.at,
        arguments: vec![wrong.value],
    });
    missing.into_iter().chain(wrongs).collect()
}

/// A wrong value of some part of the payload; whoever contains the part puts it in its place.
struct Wrong {
    name: String,
    doc: String,
    at: Location,
    value: Value,
}

impl Wrong {
    fn new(name: String, doc: String, at: Location, value: Value) -> Wrong {
        Wrong { name, doc, at, value }
    }

    /// The same fault, seen from the containing value.
    fn inside(mut self, place: impl FnOnce(Value) -> Value) -> Wrong {
        self.value = place(self.value);
        self
    }
}

struct Spoiler<'a> {
    spec: &'a Spec,
}

impl Spoiler<'_> {
    /// What is wrong with a payload of a type; gives whether there must be one.
    fn only(&self, ty: &Type, right: Option<&Value>, at: Location, wrongs: &mut Vec<Wrong>) -> bool {
        if let Kind::Struct(fields) = &ty.kind {
            wrongs.extend(self.whole(at));
            wrongs.extend(self.object(fields, right.unwrap_or(&json!({})), "", at));
            return fields.fields.iter().any(|field| field.required);
        }
        wrongs.extend(self.value(ty, right, "payload", at));
        let bare = match &ty.kind {
            Kind::Named(name) => resolve(self.spec, name).unwrap_or(ty),
            _ => ty,
        };
        !ty.nullable && !bare.nullable && !matches!(bare.kind, Kind::Any)
    }

    /// What is wrong with the payload as a whole.
    fn whole(&self, at: Location) -> impl Iterator<Item = Wrong> {
        [("a string", json!("payload")), ("an array", json!([])), ("a number", json!(42))].into_iter().map(
            move |(kind, value)| {
                let doc = format!("takes an object, so {kind} is refused");
                Wrong::new(format!("{}_for_a_payload", words(kind)), doc, at, value)
            },
        )
    }

    /// What can be wrong inside an object: absent, wrong and surplus fields.
    fn object(&self, fields: &Fields, right: &Value, label: &str, at: Location) -> Vec<Wrong> {
        let right = right.as_object().cloned().unwrap_or_default();
        let put = |key: &str, value: Value| {
            let mut object = right.clone();
            object.insert(key.to_owned(), value);
            Value::Object(object)
        };
        let mut out = Vec::new();
        for field in &fields.fields {
            let key = field.name.as_str();
            let path = match label {
                "" => key.to_owned(),
                _ => format!("{label}.{key}"),
            };
            if field.required {
                let mut object = right.clone();
                object.remove(key);
                let doc = format!("is refused without `{path}`");
                out.push(Wrong::new(named("missing_", &path, ""), doc, field.at, Value::Object(object)));
            }
            let inner = self.value(&field.ty, right.get(key), &path, field.at);
            out.extend(inner.into_iter().map(|wrong| wrong.inside(|value| put(key, value))));
        }
        if !fields.open {
            let place = if label.is_empty() { "the payload".to_owned() } else { format!("`{label}`") };
            let doc = format!("is refused when {place} has a field that the document does not name");
            let name = match label {
                "" => "an_unknown_field".to_owned(),
                _ => named("an_unknown_field_in_", label, ""),
            };
            out.push(Wrong::new(name, doc, at, put("no-such-field", Value::Bool(true))));
        }
        out
    }

    /// What can be wrong with one value, and with what is in it.
    fn value(&self, ty: &Type, right: Option<&Value>, path: &str, at: Location) -> Vec<Wrong> {
        let mut nullable = ty.nullable;
        let ty = match &ty.kind {
            Kind::Named(name) => match resolve(self.spec, name) {
                Some(resolved) => {
                    nullable |= resolved.nullable;
                    resolved
                }
                None => return Vec::new(),
            },
            _ => ty,
        };
        let mut out = Vec::new();
        let mut add = |before: &str, after: &str, what: &str, value: Value| {
            let doc = format!("is refused when `{path}` {what}");
            out.push(Wrong::new(named(before, path, after), doc, at, value));
        };
        if !nullable && !matches!(ty.kind, Kind::Any) {
            add("null_for_", "", "is null", Value::Null);
        }
        let wrong_type = match &ty.kind {
            Kind::String { .. } | Kind::Enum { .. } | Kind::Union { .. } | Kind::Binary => {
                Some(("a number", json!(42)))
            }
            Kind::Integer { .. } | Kind::Number { .. } => Some(("a string", json!("1"))),
            Kind::Boolean => Some(("a string", json!("true"))),
            Kind::Object | Kind::Map { .. } | Kind::Struct(_) => Some(("an array", json!([]))),
            Kind::Array { .. } => Some(("an object", json!({}))),
            Kind::Any | Kind::Named(_) => None,
        };
        if let Some((kind, value)) = wrong_type {
            add(&format!("{}_for_", words(kind)), "", &format!("is {kind}"), value);
        }
        match &ty.kind {
            Kind::String { min_length, max_length, pattern, date_time } => {
                let filler = |length: u64| json!("a".repeat(length as usize));
                if let Some(least) = min_length.filter(|least| (1..=MAX_LENGTH).contains(least)) {
                    add("too_short_", "", &format!("is shorter than {least}"), filler(least - 1));
                }
                if let Some(most) = max_length.filter(|most| *most < MAX_LENGTH) {
                    add("too_long_", "", &format!("is longer than {most}"), filler(most + 1));
                }
                let lengths = min_length.unwrap_or(0)..=max_length.unwrap_or(u64::MAX);
                if let Some(miss) = pattern.as_deref().and_then(|pattern| off_pattern(pattern, &lengths)) {
                    add("", "_off_its_pattern", "does not match its pattern", Value::String(miss));
                }
                if *date_time {
                    add("", "_that_is_no_date_time", "is no date and time", json!("yesterday"));
                }
            }
            Kind::Integer { minimum, maximum } => {
                if let Some(below) = minimum.and_then(|least| least.checked_sub(1)) {
                    add("", "_below_its_minimum", "is below its minimum", json!(below));
                }
                if let Some(above) = maximum.and_then(|most| most.checked_add(1)) {
                    add("", "_above_its_maximum", "is above its maximum", json!(above));
                }
                let middle = right.and_then(Value::as_i64).or(*minimum).unwrap_or(1) as f64;
                add("a_fraction_for_", "", "is no whole number", json!(middle + 0.5));
            }
            Kind::Number { minimum, maximum } => {
                if let Some(least) = minimum.filter(|least| least - 1.0 < *least) {
                    add("", "_below_its_minimum", "is below its minimum", json!(least - 1.0));
                }
                if let Some(most) = maximum.filter(|most| most + 1.0 > *most) {
                    add("", "_above_its_maximum", "is above its maximum", json!(most + 1.0));
                }
            }
            Kind::Enum { values, open: false } => {
                let mut other = "no-such-value".to_owned();
                while values.contains(&other) {
                    other.push('-');
                }
                add("an_unknown_", "", "is none of its values", Value::String(other));
            }
            Kind::Array { items, min_items, max_items } => {
                let list = right.and_then(Value::as_array);
                let item = list.and_then(|list| list.first());
                if let (Some(item), Some(most)) = (item, max_items.filter(|most| *most < MAX_LENGTH / 10)) {
                    let many = vec![item.clone(); most as usize + 1];
                    add("too_many_", "", &format!("has more than {most} items"), Value::Array(many));
                }
                if let Some(least) = min_items.filter(|least| *least > 0) {
                    let mut few = list.cloned().unwrap_or_default();
                    few.truncate(least as usize - 1);
                    add("too_few_", "", &format!("has fewer than {least} items"), Value::Array(few));
                }
                let place = |value: Value| {
                    let mut list = list.cloned().unwrap_or_default();
                    match list.first_mut() {
                        Some(first) => *first = value,
                        None => list.push(value),
                    }
                    Value::Array(list)
                };
                let inner = self.value(items, item, &format!("{path}.item"), at);
                out.extend(inner.into_iter().map(|wrong| wrong.inside(place)));
            }
            Kind::Map { values } => {
                let inner = self.value(values, None, &format!("{path}.value"), at);
                out.extend(inner.into_iter().map(|wrong| wrong.inside(|value| json!({ "key": value }))));
            }
            // Recursive types end where their example ends.
            Kind::Struct(fields) => {
                if let Some(right) = right {
                    out.extend(self.object(fields, right, path, at));
                }
            }
            Kind::Union { tag, variants } => out.extend(self.union(tag, variants, right, path, at)),
            Kind::Enum { open: true, .. }
            | Kind::Boolean
            | Kind::Binary
            | Kind::Any
            | Kind::Object
            | Kind::Named(_) => {}
        }
        out
    }

    fn union(
        &self,
        tag: &str,
        variants: &[(String, Fields)],
        right: Option<&Value>,
        path: &str,
        at: Location,
    ) -> Vec<Wrong> {
        let Some(right) = right.and_then(Value::as_object) else {
            return Vec::new();
        };
        let mut tagless = right.clone();
        tagless.remove(tag);
        let mut unknown = right.clone();
        unknown.insert(tag.to_owned(), json!("no-such-variant"));
        let doc = |what: &str| format!("is refused when `{path}` {what}");
        let mut out = vec![
            Wrong::new(named("untagged_", path, ""), doc("has no tag"), at, Value::Object(tagless)),
            Wrong::new(named("an_unknown_", path, ""), doc("has an unknown tag"), at, Value::Object(unknown)),
        ];
        let variant = right.get(tag).and_then(Value::as_str);
        if let Some((name, fields)) = variants.iter().find(|(name, _)| Some(name.as_str()) == variant) {
            // The tag counts as known inside the variant.
            let inner = self.object(fields, &Value::Object(right.clone()), &format!("{path}.{name}"), at);
            out.extend(inner);
        }
        out
    }
}

fn named(before: &str, path: &str, after: &str) -> String {
    let parts: Vec<String> = path.split('.').map(words).collect();
    format!("{before}{}{after}", parts.join("_"))
}

/// A string that the pattern does not match, of a length that is right if any such is known.
pub(super) fn off_pattern(pattern: &str, lengths: &std::ops::RangeInclusive<u64>) -> Option<String> {
    let pattern = regex_lite::Regex::new(pattern).ok()?;
    let least = (*lengths.start()).clamp(1, MAX_LENGTH) as usize;
    ["!", " ", "\u{1F4A5}", "a", "0", "-", "\n"]
        .iter()
        .map(|piece| piece.repeat(least))
        .chain([String::new()])
        .find(|candidate| {
            lengths.contains(&(candidate.chars().count() as u64)) && !pattern.is_match(candidate)
        })
}
