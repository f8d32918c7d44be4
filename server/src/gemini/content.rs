//! Turns of a conversation in Gemini's own shape.
//!
//! A part is kept as the JSON text it arrived in. Gemini signs some of its parts and refuses a conversation in
//! which a signature is missing or has moved, and new kinds of parts appear now and then: what is never taken
//! apart can be given back unharmed. What a part says is read from it when somebody asks, see [`view`].

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

/// Who said a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Speaker {
    /// A person, or the answers to the model's function calls.
    User,
    /// The model.
    Model,
}

/// One turn: who said it, and its parts as raw JSON objects. Serialises to Gemini's `Content`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Content {
    /// Who said it.
    pub role: Speaker,
    /// The parts, byte for byte.
    pub parts: Vec<Box<RawValue>>,
}

impl Content {
    /// A turn of a person, of one text part.
    pub fn user_text(text: &str) -> Self {
        Self { role: Speaker::User, parts: vec![text_part(text)] }
    }

    /// A turn of the model of one text part: for what was kept of an answer that was cancelled or cut.
    pub fn model_text(text: &str) -> Self {
        Self { role: Speaker::Model, parts: vec![text_part(text)] }
    }

    /// All text of the turn that is not a thought.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for part in &self.parts {
            if let Ok(Part { text: Some(piece), thought: false, .. }) = view(part) {
                text.push_str(&piece);
            }
        }
        text
    }

    /// The function calls of the turn, in order. Parts that cannot be read are passed over.
    pub fn function_calls(&self) -> Vec<FunctionCall> {
        self.parts.iter().filter_map(|part| view(part).ok()?.function_call).collect()
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        self.role == other.role
            && self.parts.iter().map(|part| part.get()).eq(other.parts.iter().map(|part| part.get()))
    }
}

/// A function the model wants to have called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FunctionCall {
    /// The model's id of the call. Older models give none, and then none may be sent back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Name of the function.
    #[serde(default)]
    pub name: String,
    /// The arguments; empty when the model sent none.
    #[serde(default, deserialize_with = "null_is_default")]
    pub args: Map<String, Value>,
}

/// What is read from a part. Everything is optional, and what is not listed is ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Part {
    /// Text, of the answer or of a thought.
    pub text: Option<String>,
    /// Whether the text is a thought.
    #[serde(deserialize_with = "null_is_default")]
    pub thought: bool,
    /// The signature, base64.
    pub thought_signature: Option<String>,
    /// A function the model wants to have called.
    pub function_call: Option<FunctionCall>,
    /// The answer to such a call.
    pub function_response: Option<FunctionResponse>,
}

/// The answer to a function call, as it stands in a part.
#[derive(Debug, Deserialize)]
pub struct FunctionResponse {
    /// The model's id of the call, if it gave one.
    pub id: Option<String>,
    /// Name of the function.
    #[serde(default)]
    pub name: String,
    /// `{"output": …}` or `{"error": …}`.
    #[serde(default, deserialize_with = "null_is_default")]
    pub response: Map<String, Value>,
}

fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads a raw part.
///
/// # Errors
/// When it is no JSON object, or a field that is read from it has another type than it should.
pub fn view(part: &RawValue) -> Result<Part, serde_json::Error> {
    serde_json::from_str(part.get())
}

/// A text part.
pub fn text_part(text: &str) -> Box<RawValue> {
    raw(&json!({ "text": text }))
}

/// The one user turn that answers all calls of a model turn: `answers` holds each call, in the model's order, with
/// what came of it. `Err` is for whatever went wrong, a refusal by a person included; no call may be left out.
///
/// The ids of the calls are sent back exactly if the model gave them.
pub fn function_responses<'a>(
    answers: impl IntoIterator<Item = (&'a FunctionCall, Result<Value, String>)>,
) -> Content {
    let parts = answers
        .into_iter()
        .map(|(call, answer)| {
            let response = match answer {
                Ok(output) => json!({ "output": output }),
                Err(error) => json!({ "error": error }),
            };
            let mut answered = json!({ "name": call.name, "response": response });
            if let Some(id) = &call.id {
                answered["id"] = Value::from(id.as_str());
            }
            raw(&json!({ "functionResponse": answered }))
        })
        .collect();
    Content { role: Speaker::User, parts }
}

/// A JSON value as text. Values of `serde_json` always serialise, so that the fallback is never used.
pub(crate) fn raw(value: &Value) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_goes_through_json_byte_for_byte() {
        let json =
            r#"{"role":"model","parts":[{"text" : "a\u0041", "thoughtSignature":"Cg=="},{"new":1e2}]}"#;
        let content: Content = serde_json::from_str(json).unwrap();
        assert_eq!(content.parts[0].get(), r#"{"text" : "a\u0041", "thoughtSignature":"Cg=="}"#);
        assert_eq!(serde_json::to_string(&content).unwrap(), json);
    }

    #[test]
    fn text_leaves_thoughts_out() {
        let json = r#"{"role":"model","parts":[{"text":"hm","thought":true},{"text":"a"},{"text":"b","thought":null}]}"#;
        let content: Content = serde_json::from_str(json).unwrap();
        assert_eq!(content.text(), "ab");
    }

    #[test]
    fn responses_echo_the_id_only_if_there_was_one() {
        let named = FunctionCall { id: Some("c1".into()), name: "a".into(), args: Map::new() };
        let unnamed = FunctionCall { id: None, name: "b".into(), args: Map::new() };
        let content = function_responses([(&named, Ok(json!(1))), (&unnamed, Err("no".into()))]);
        assert_eq!(
            serde_json::to_value(&content).unwrap(),
            json!({ "role": "user", "parts": [
                { "functionResponse": { "id": "c1", "name": "a", "response": { "output": 1 } } },
                { "functionResponse": { "name": "b", "response": { "error": "no" } } },
            ]})
        );
    }

    #[test]
    fn a_call_without_arguments_has_none() {
        for json in
            [r#"{"functionCall":{"name":"f"}}"#, r#"{"functionCall":{"name":"f","args":null,"id":null}}"#]
        {
            let raw = RawValue::from_string(json.into()).unwrap();
            let call = view(&raw).unwrap().function_call.unwrap();
            assert_eq!(call, FunctionCall { id: None, name: "f".into(), args: Map::new() });
        }
    }
}
