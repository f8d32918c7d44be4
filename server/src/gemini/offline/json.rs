//! Reading JSON as strictly as the original does: what is not known is refused, and said where it stands.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::refusal::Refusal;

/// The fields of an object, each as its own text.
pub(super) type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// The fields of an object that may have no others than `known`. A field that is `null` is not there.
pub(super) fn fields<'a>(text: &'a str, at: &str, known: &[&str]) -> Result<Fields<'a>, Refusal> {
    let mut fields: Fields<'a> = value(text, at)?;
    if let Some(unknown) = fields.keys().find(|name| !known.contains(&name.as_str())) {
        let place = if at.is_empty() { String::new() } else { format!(" at '{at}'") };
        return Err(Refusal::invalid(format!(
            "Invalid JSON payload received. Unknown name {unknown:?}{place}: Cannot find field. Known are: {}.",
            known.join(", ")
        )));
    }
    fields.retain(|_, value| value.get() != "null");
    Ok(fields)
}

/// A value of a type.
pub(super) fn value<'a, T: Deserialize<'a>>(text: &'a str, at: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|error| {
        let at = if at.is_empty() { "the request" } else { at };
        Refusal::invalid(format!("Invalid JSON payload received. Invalid value at '{at}': {error}"))
    })
}

/// A field of a type, if it is there.
pub(super) fn field<'a, T: Deserialize<'a>>(
    fields: &Fields<'a>,
    at: &str,
    name: &str,
) -> Result<Option<T>, Refusal> {
    let Some(text) = fields.get(name) else { return Ok(None) };
    let at = if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    value(text.get(), &at).map(Some)
}
