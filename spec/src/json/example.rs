//! Values made up from a document: its examples where it has them, else the smallest that its constraints allow.

use serde_json::{Map, Number, Value, json};

use crate::model::{Field, Fields, Kind, Payload, Spec, Type};

/// How deep an example goes before it is cut short.
const MAX_DEPTH: usize = 24;
/// How deep it goes before arrays and optional fields are left empty.
const GENEROUS_DEPTH: usize = 8;
/// The longest string and array that are made up; the checker refuses constraints that need more.
pub(crate) const MAX_MADE_UP: u64 = 65_536;

/// How many values one example may consist of; the rest is left out, so that no document makes a bomb.
const MAX_PARTS: usize = 100_000;

/// A value of `ty`: its `example:`, or one assembled from the examples within, or the smallest that is valid.
pub fn example(spec: &Spec, ty: &Type) -> Value {
    Maker { spec, parts: 0 }.value(ty, 0)
}

/// What an event may carry: `given` when there is one, else assembled; `None` for an event without an argument.
pub fn payload_example(spec: &Spec, payload: &Payload, given: Option<&Value>) -> Option<Value> {
    if let Some(given) = given {
        return Some(given.clone());
    }
    match payload {
        Payload::None | Payload::Args => None,
        Payload::Fields(fields) => Some(Value::Object(Maker { spec, parts: 0 }.object(fields, 0))),
        Payload::Named(name) => spec.named_type(name).map(|named| example(spec, &named.ty)),
        Payload::Type(ty) => Some(example(spec, ty)),
    }
}

struct Maker<'s> {
    spec: &'s Spec,
    parts: usize,
}

impl Maker<'_> {
    fn value(&mut self, ty: &Type, depth: usize) -> Value {
        self.parts += 1;
        if let Some(example) = &ty.example {
            return example.clone();
        }
        if depth > MAX_DEPTH || self.parts > MAX_PARTS {
            return Value::Null;
        }
        match &ty.kind {
            Kind::String { date_time: true, .. } => json!("2026-01-02T03:04:05.678Z"),
            Kind::String { min_length, max_length, .. } => {
                let length =
                    min_length.unwrap_or(1).max(1).min(max_length.unwrap_or(u64::MAX)).min(MAX_MADE_UP);
                Value::String("x".repeat(usize::try_from(length).unwrap_or_default()))
            }
            Kind::Integer { minimum, maximum } => {
                json!(1.max(minimum.unwrap_or(i64::MIN)).min(maximum.unwrap_or(i64::MAX)))
            }
            Kind::Number { minimum, maximum } => {
                let number = 1.5_f64.max(minimum.unwrap_or(f64::MIN)).min(maximum.unwrap_or(f64::MAX));
                Number::from_f64(number).map_or(Value::Null, Value::Number)
            }
            Kind::Boolean => json!(true),
            Kind::Binary => json!({ "_placeholder": true, "num": 0 }),
            Kind::Any => json!("anything"),
            Kind::Object => json!({}),
            Kind::Enum { values, .. } => values.first().map_or(Value::Null, |first| json!(first)),
            Kind::Array { items, min_items, max_items } => self.array(items, *min_items, *max_items, depth),
            Kind::Map { values } if depth < GENEROUS_DEPTH => json!({ "key": self.value(values, depth + 1) }),
            Kind::Map { .. } => json!({}),
            Kind::Struct(fields) => Value::Object(self.object(fields, depth)),
            Kind::Union { tag, variants } => {
                let mut map = Map::new();
                if let Some((name, fields)) = variants.first() {
                    map.insert(tag.clone(), json!(name));
                    map.append(&mut self.object(fields, depth));
                }
                Value::Object(map)
            }
            Kind::Named(name) => match self.spec.named_type(name) {
                Some(named) => self.value(&named.ty, depth + 1),
                None => Value::Null,
            },
        }
    }

    fn array(&mut self, items: &Type, min: Option<u64>, max: Option<u64>, depth: usize) -> Value {
        let wanted = if depth < GENEROUS_DEPTH { 1 } else { 0 };
        let count = min.unwrap_or(0).max(wanted).min(max.unwrap_or(u64::MAX)).min(MAX_MADE_UP);
        let mut list = Vec::new();
        for _ in 0..count {
            if self.parts > MAX_PARTS {
                break;
            }
            list.push(self.value(items, depth + 1));
        }
        Value::Array(list)
    }

    /// Required fields, and the optional ones that somebody wrote an example for.
    fn object(&mut self, fields: &Fields, depth: usize) -> Map<String, Value> {
        let mut map = Map::new();
        for field in &fields.fields {
            let shown = field.required || (depth < GENEROUS_DEPTH && self.has_example(field));
            if shown {
                map.insert(field.name.clone(), self.value(&field.ty, depth + 1));
            }
        }
        map
    }

    fn has_example(&self, field: &Field) -> bool {
        match &field.ty.kind {
            _ if field.ty.example.is_some() => true,
            Kind::Named(name) => self.spec.named_type(name).is_some_and(|named| named.ty.example.is_some()),
            _ => false,
        }
    }
}
