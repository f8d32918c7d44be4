//! Examples, defaults and setups against their types.

use serde_json::{Map, Value};

use crate::diagnostic::Problems;
use crate::json::{Mismatch, example, validate, validate_fields};
use crate::lower::{Against, Literal, Notes};
use crate::model::{Fields, Kind, Spec, Type};
use crate::suggest::did_you_mean;
use crate::yaml::Node;

/// How far a value is followed into; the tree is not deeper.
const MAX_DEPTH: usize = 128;

pub(crate) fn check(spec: &Spec, notes: &Notes<'_>, problems: &mut Problems) {
    for literal in &notes.literals {
        let setup = literal.key == "setup";
        if setup {
            variables(spec, literal.node, problems);
        }
        if let Err(mismatch) = validate_literal(spec, literal, setup) {
            report(literal, &mismatch, problems);
        }
    }
}

fn validate_literal(spec: &Spec, literal: &Literal<'_>, setup: bool) -> Result<(), Mismatch> {
    let value = literal.node.to_value();
    match &literal.against {
        Against::Type(ty) if setup => validate(spec, ty, &fill(spec, ty, value, 0)),
        Against::Type(ty) => validate(spec, ty, &value),
        Against::Fields(fields) if setup => {
            validate_fields(spec, fields, &fill_fields(spec, fields, value, 0), true)
        }
        Against::Fields(fields) => validate_fields(spec, fields, &value, true),
    }
}

fn report(literal: &Literal<'_>, mismatch: &Mismatch, problems: &mut Problems) {
    let at = literal.node.at_path(&mismatch.path).span;
    let message = match mismatch.path.as_str() {
        "" => format!("the {} does not fit its type", literal.key),
        path => format!("`{path}` of the {} does not fit its type", literal.key),
    };
    problems
        .error("spec-bad-value", at, message)
        .label(format!("expected {}, got {}", mismatch.expected, mismatch.got));
}

/// Setups may hold fixtures only: nothing has been captured yet.
fn variables(spec: &Spec, node: &Node, problems: &mut Problems) {
    for (name, at) in node.variables() {
        if spec.fixtures.iter().all(|fixture| fixture.name != name) {
            let known = spec.fixtures.iter().map(|fixture| fixture.name.as_str());
            problems
                .error("spec-unknown-variable", at, format!("there is no fixture `{name}`"))
                .label("not declared")
                .maybe_help(Some("declare it under `fixtures`".to_owned()))
                .maybe_help(did_you_mean(&name, known));
        }
    }
}

/// The value with examples in the place of variables.
fn fill(spec: &Spec, ty: &Type, value: Value, depth: usize) -> Value {
    if depth > MAX_DEPTH {
        return value;
    }
    match (&ty.kind, value) {
        (_, Value::String(text)) if text.starts_with('$') => example(spec, ty),
        (Kind::Named(name), value) => match spec.named_type(name) {
            Some(named) => fill(spec, &named.ty, value, depth + 1),
            None => value,
        },
        (Kind::Struct(fields), value) => fill_fields(spec, fields, value, depth),
        (Kind::Array { items, .. }, Value::Array(list)) => {
            list.into_iter().map(|item| fill(spec, items, item, depth + 1)).collect()
        }
        (Kind::Map { values }, Value::Object(map)) => Value::Object(
            map.into_iter().map(|(key, item)| (key, fill(spec, values, item, depth + 1))).collect(),
        ),
        (Kind::Union { tag, variants }, value) => {
            let told = value.get(tag).and_then(Value::as_str).map(str::to_owned);
            match variants.iter().find(|(name, _)| told.as_ref() == Some(name)) {
                Some((_, fields)) => fill_fields(spec, fields, value, depth),
                None => value,
            }
        }
        (_, value) => value,
    }
}

fn fill_fields(spec: &Spec, fields: &Fields, value: Value, depth: usize) -> Value {
    let Value::Object(map) = value else { return value };
    let known = |key: &str| fields.fields.iter().find(|field| field.name == key);
    let filled = map.into_iter().map(|(key, item)| {
        let item = match known(&key) {
            Some(field) => fill(spec, &field.ty, item, depth + 1),
            None => item,
        };
        (key, item)
    });
    Value::Object(filled.collect::<Map<String, Value>>())
}
