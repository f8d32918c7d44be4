//! Checks arguments against the schema that a tool declares: types, required and unknown names, enumerations, bounds.
//!
//! Of JSON Schema that is what tools use here; other words of a schema are for the model to heed and are not checked.

use serde_json::{Map, Value};

/// Says what is wrong with the arguments, if anything, in one sentence that names the place.
///
/// # Errors
/// The sentence.
pub fn check(schema: &Value, args: &Map<String, Value>) -> Result<(), String> {
    object(schema, args, "")
}

fn object(schema: &Value, given: &Map<String, Value>, path: &str) -> Result<(), String> {
    let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !given.contains_key(name) {
            return Err(format!("the argument `{}` is missing", join(name)));
        }
    }
    let properties = schema["properties"].as_object();
    for (name, value) in given {
        match properties.and_then(|properties| properties.get(name)) {
            Some(schema) => one(schema, value, &join(name))?,
            None if schema["additionalProperties"] == Value::Bool(false) => {
                let known: Vec<_> =
                    properties.into_iter().flatten().map(|(name, _)| format!("`{name}`")).collect();
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                let shown: String = join(name).chars().take(64).collect();
                return Err(format!("there is no argument `{}`; there are: {known}", shown.escape_debug()));
            }
            None => {}
        }
    }
    Ok(())
}

fn one(schema: &Value, value: &Value, path: &str) -> Result<(), String> {
    if let Some(wanted) = schema["type"].as_str()
        && !fits(wanted, value)
    {
        return Err(format!("the argument `{path}` must be {}, not {}", article(wanted), kind(value)));
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        let allowed: Vec<_> = allowed.iter().map(Value::to_string).collect();
        return Err(format!("the argument `{path}` must be one of {}", allowed.join(", ")));
    }
    if let Some(number) = value.as_f64() {
        if let Some(minimum) = schema["minimum"].as_f64().filter(|minimum| number < *minimum) {
            return Err(format!("the argument `{path}` must be at least {minimum}, not {number}"));
        }
        if let Some(maximum) = schema["maximum"].as_f64().filter(|maximum| number > *maximum) {
            return Err(format!("the argument `{path}` must be at most {maximum}, not {number}"));
        }
    }
    match value {
        Value::Object(fields) => object(schema, fields, path),
        Value::Array(items) if schema["items"].is_object() => items
            .iter()
            .enumerate()
            .try_for_each(|(index, item)| one(&schema["items"], item, &format!("{path}[{index}]"))),
        _ => Ok(()),
    }
}

fn fits(wanted: &str, value: &Value) -> bool {
    match wanted {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        // JSON knows no integers: 3.0 is one too.
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|n| n.fract() == 0.0),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "null" => value.is_null(),
        _ => true,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn article(wanted: &str) -> String {
    match wanted {
        "null" => "null".to_owned(),
        vowel if vowel.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {vowel}"),
        other => format!("a {other}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn complaint(args: Value) -> Option<String> {
        let schema = json!({
            "type": "object",
            "properties": {
                "path": {"type": "string"},
                "limit": {"type": "integer", "minimum": 1, "maximum": 10},
                "mode": {"enum": ["a", "b"]},
                "tags": {"type": "array", "items": {"type": "string"}},
                "deep": {"type": "object", "properties": {"x": {"type": "boolean"}}, "required": ["x"]},
            },
            "required": ["path"],
            "additionalProperties": false,
        });
        check(&schema, args.as_object().unwrap()).err()
    }

    #[test]
    fn what_fits_passes() {
        for args in [
            json!({"path": "a"}),
            json!({"path": "", "limit": 3}),
            json!({"path": "a", "limit": 3.0, "mode": "b", "tags": ["x"], "deep": {"x": true, "y": 1}}),
        ] {
            assert_eq!(complaint(args), None);
        }
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        for (args, sentence) in [
            (json!({}), "the argument `path` is missing"),
            (json!({"path": 5}), "the argument `path` must be a string, not a number"),
            (json!({"path": null}), "the argument `path` must be a string, not null"),
            (json!({"path": "a", "limit": "3"}), "the argument `limit` must be an integer, not a string"),
            (json!({"path": "a", "limit": 3.5}), "the argument `limit` must be an integer, not a number"),
            (json!({"path": "a", "limit": 0}), "the argument `limit` must be at least 1, not 0"),
            (json!({"path": "a", "limit": 11}), "the argument `limit` must be at most 10, not 11"),
            (json!({"path": "a", "mode": "c"}), "the argument `mode` must be one of \"a\", \"b\""),
            (json!({"path": "a", "tags": ["x", 1]}), "the argument `tags[1]` must be a string, not a number"),
            (json!({"path": "a", "deep": {}}), "the argument `deep.x` is missing"),
            (
                json!({"path": "a", "paht": "b"}),
                "there is no argument `paht`; there are: `deep`, `limit`, `mode`, `path`, `tags`",
            ),
        ] {
            assert_eq!(complaint(args.clone()).as_deref(), Some(sentence), "{args}");
        }
    }

    #[test]
    fn a_schema_that_says_nothing_lets_everything_through() {
        for schema in [json!({}), json!(true), json!(null), json!({"type": "object"})] {
            assert_eq!(check(&schema, json!({"a": [1, {"b": null}]}).as_object().unwrap()), Ok(()));
        }
    }
}
