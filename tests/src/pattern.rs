//! Patterns: a subset of a payload, in which `$name` stands for a value.

use std::collections::BTreeMap;

use parlance_spec::model::{Kind, Payload, Spec, Type};
use serde_json::Value;

use crate::transcript::cut;

/// Values by the name of their variable, without the `$`.
pub(crate) type Variables = BTreeMap<String, Value>;

/// One place where a payload is not what a pattern says.
#[derive(Debug, PartialEq)]
pub(crate) struct Difference {
    /// Field names and indices from the top.
    pub(crate) path: Vec<String>,
    /// What the pattern says.
    pub(crate) expected: String,
    /// What is there.
    pub(crate) got: String,
    /// Whether the pattern compares with a variable here.
    pub(crate) variable: bool,
}

impl Difference {
    /// In words, for a report.
    pub(crate) fn describe(&self) -> String {
        format!("{}: {} instead of {}", self.path.join("."), self.got, self.expected)
    }
}

/// The value with every `$name` replaced; the error is the first name that has no value.
pub(crate) fn fill(value: &Value, variables: &Variables) -> Result<Value, String> {
    match value {
        Value::String(text) => match variable(text) {
            Some(name) => variables.get(name).cloned().ok_or_else(|| name.to_owned()),
            None => Ok(value.clone()),
        },
        Value::Array(list) => list.iter().map(|item| fill(item, variables)).collect(),
        Value::Object(map) => {
            let filled = map.iter().map(|(key, item)| Ok((key.clone(), fill(item, variables)?)));
            Ok(Value::Object(filled.collect::<Result<_, String>>()?))
        }
        other => Ok(other.clone()),
    }
}

/// The name of a variable, if the text is one.
fn variable(text: &str) -> Option<&str> {
    text.strip_prefix('$').filter(|name| !name.is_empty())
}

/// Holds a payload against a pattern. What it captures is kept in `variables` only if nothing differs.
pub(crate) fn differences(pattern: &Value, value: &Value, variables: &mut Variables) -> Vec<Difference> {
    // Without fields nothing is said, not even that there are any.
    if pattern.as_object().is_some_and(serde_json::Map::is_empty) {
        return Vec::new();
    }
    let mut matcher = Matcher { variables: variables.clone(), path: Vec::new(), found: Vec::new() };
    matcher.compare(pattern, Some(value));
    if matcher.found.is_empty() {
        *variables = matcher.variables;
    }
    matcher.found
}

struct Matcher {
    variables: Variables,
    path: Vec<String>,
    found: Vec<Difference>,
}

impl Matcher {
    fn compare(&mut self, pattern: &Value, value: Option<&Value>) {
        let Some(value) = value else {
            return self.differ(pattern, "nothing".to_owned(), false);
        };
        match (pattern, value) {
            (Value::String(text), _) if variable(text).is_some() => {
                let name = variable(text).unwrap_or_default();
                match self.variables.get(name).cloned() {
                    None => _ = self.variables.insert(name.to_owned(), value.clone()),
                    Some(known) if same(&known, value) => {}
                    Some(known) => self.differ(&known, value.to_string(), true),
                }
            }
            (Value::Object(wanted), Value::Object(map)) => {
                for (key, pattern) in wanted {
                    self.inside(key.clone(), pattern, map.get(key));
                }
            }
            (Value::Array(wanted), Value::Array(list)) if wanted.len() == list.len() => {
                for (index, (pattern, value)) in wanted.iter().zip(list).enumerate() {
                    self.inside(index.to_string(), pattern, Some(value));
                }
            }
            _ if same(pattern, value) => {}
            // `X: {}` says that X arrives; an event without a payload does.
            (Value::Object(wanted), Value::Null) if wanted.is_empty() => {}
            _ => self.differ(pattern, value.to_string(), false),
        }
    }

    fn inside(&mut self, key: String, pattern: &Value, value: Option<&Value>) {
        self.path.push(key);
        self.compare(pattern, value);
        self.path.pop();
    }

    fn differ(&mut self, expected: &Value, got: String, variable: bool) {
        let (path, expected) = (self.path.clone(), cut(&expected.to_string()));
        self.found.push(Difference { path, expected, got: cut(&got), variable });
    }
}

/// Equal as JSON, where 1 and 1.0 are the same number.
fn same(one: &Value, other: &Value) -> bool {
    one == other || one.as_f64().zip(other.as_f64()).is_some_and(|(one, other)| one == other)
}

/// Whether a payload is about something else than the pattern, rather than wrong: it differs in an
/// enum, which tells kinds of things apart, or from a variable, which tells things apart.
pub(crate) fn about_something_else(spec: &Spec, payload: &Payload, differences: &[Difference]) -> bool {
    differences.iter().any(|difference| {
        difference.variable || ends_in_enum(spec, payload, &difference.path).unwrap_or(false)
    })
}

fn ends_in_enum(spec: &Spec, payload: &Payload, path: &[String]) -> Option<bool> {
    let mut path = path.iter();
    let mut ty: &Type = match payload {
        Payload::Fields(fields) => {
            let first = path.next()?;
            &fields.fields.iter().find(|field| field.name == *first)?.ty
        }
        Payload::Named(name) => &spec.named_type(name)?.ty,
        Payload::Type(ty) => ty,
        Payload::None | Payload::Args => return None,
    };
    let mut aliases = 0;
    loop {
        ty = match &ty.kind {
            Kind::Named(name) if aliases < 32 => {
                aliases += 1;
                &spec.named_type(name)?.ty
            }
            kind => {
                let Some(key) = path.next() else {
                    return Some(matches!(kind, Kind::Enum { .. }));
                };
                match kind {
                    Kind::Struct(fields) => &fields.fields.iter().find(|field| field.name == *key)?.ty,
                    Kind::Array { items, .. } => items,
                    Kind::Map { values } => values,
                    Kind::Union { tag, .. } => return Some(key == tag),
                    _ => return None,
                }
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn known() -> Variables {
        Variables::from([("call".to_owned(), json!("c1"))])
    }

    #[test]
    fn a_pattern_is_a_subset() {
        let mut variables = known();
        let value = json!({ "callId": "c1", "n": 1.0, "list": [{ "a": 1, "b": 2 }] });
        for right in
            [json!({}), json!({ "n": 1 }), json!({ "callId": "$call" }), json!({ "list": [{ "a": 1 }] })]
        {
            assert_eq!(differences(&right, &value, &mut variables), [], "{right}");
        }
        for wrong in [json!({ "n": 2 }), json!({ "m": 1 }), json!({ "list": [] }), json!([])] {
            assert_eq!(differences(&wrong, &value, &mut variables).len(), 1, "{wrong}");
        }
        assert_eq!(differences(&json!({}), &Value::Null, &mut variables), []);
    }

    #[test]
    fn a_variable_captures_once_and_compares_afterwards() {
        let mut variables = Variables::new();
        let pattern = json!({ "a": "$x", "b": "$x" });
        assert_eq!(differences(&pattern, &json!({ "a": 1, "b": 2 }), &mut variables).len(), 1);
        assert!(variables.is_empty(), "what did not match captures nothing");
        assert_eq!(differences(&pattern, &json!({ "a": 1, "b": 1 }), &mut variables), []);
        let found = differences(&pattern, &json!({ "a": 2, "b": 1 }), &mut variables);
        assert!(found[0].variable);
        assert_eq!(found[0].describe(), "a: 2 instead of 1");
    }

    #[test]
    fn filling_names_the_variable_that_is_missing() {
        assert_eq!(fill(&json!({ "a": ["$call", "$"] }), &known()).unwrap(), json!({ "a": ["c1", "$"] }));
        assert_eq!(fill(&json!({ "a": "$other" }), &known()).unwrap_err(), "other");
    }

    #[test]
    fn an_enum_and_a_variable_tell_things_apart_and_nothing_else_does() {
        let spec = parlance_spec::load(include_str!("../tests/judge/board.yaml"), "board.yaml").unwrap();
        let counted = &spec.server_event("counted").unwrap().payload;
        let came = json!({ "choice": "soup", "count": 2, "mood": "grim" });
        let other = |pattern: Value| {
            let found = differences(&pattern, &came, &mut Variables::from([("x".to_owned(), json!("cake"))]));
            assert!(!found.is_empty(), "{pattern}");
            about_something_else(&spec, counted, &found)
        };
        assert!(other(json!({ "mood": "glad", "count": 1 })), "another kind of thing");
        assert!(other(json!({ "choice": "$x", "count": 1 })), "another thing");
        assert!(!other(json!({ "mood": "grim", "count": 1 })), "the same, and wrong");
        assert!(!other(json!({ "choice": "cake" })), "a value that is written out is wrong");
    }
}
