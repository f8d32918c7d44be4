//! One part of a conversation, read strictly.

use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::json::{field, fields, value};
use super::refusal::Refusal;

/// What a part may hold, one of them at a time.
const DATA: [&str; 9] = [
    "text",
    "functionCall",
    "functionResponse",
    "inlineData",
    "fileData",
    "executableCode",
    "codeExecutionResult",
    "toolCall",
    "toolResponse",
];
const ALL: [&str; 14] = [
    DATA[0],
    DATA[1],
    DATA[2],
    DATA[3],
    DATA[4],
    DATA[5],
    DATA[6],
    DATA[7],
    DATA[8],
    "thought",
    "thoughtSignature",
    "videoMetadata",
    "mediaResolution",
    "partMetadata",
];

/// A part.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) signature: Option<String>,
    pub(super) data: Data<'a>,
}

/// What it holds.
#[derive(Debug)]
pub(super) enum Data<'a> {
    Text(String),
    Call { call: Call, raw: &'a str },
    Response { call: Call, response: Map<String, Value> },
    Other,
}

/// Which call it is, as the call itself and its response say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) id: Option<String>,
    pub(super) name: String,
}

impl std::fmt::Display for Call {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.id {
            Some(id) => write!(formatter, "{} (id {id:?})", self.name),
            None => write!(formatter, "{} (without id)", self.name),
        }
    }
}

impl<'a> Part<'a> {
    pub(super) fn parse(raw: &'a RawValue, at: &str) -> Result<Self, Refusal> {
        let part = fields(raw.get(), at, &ALL)?;
        let mut held = DATA.iter().filter(|name| part.contains_key(**name));
        let Some(kind) = held.next() else {
            return Err(Refusal::invalid(format!(
                "{at}.data: required oneof field 'data' must have one initialized field"
            )));
        };
        if let Some(second) = held.next() {
            return Err(Refusal::invalid(format!(
                "{at}.data: oneof field 'data' is already set. Cannot set '{second}' beside '{kind}'"
            )));
        }
        field::<bool>(&part, at, "thought")?;
        let at_data = format!("{at}.{kind}");
        let raw = part.get(*kind).map_or("null", |raw| raw.get());
        let data = match *kind {
            "text" => Data::Text(value(raw, &at_data)?),
            "functionCall" => {
                let call = fields(raw, &at_data, &["id", "name", "args"])?;
                field::<Map<String, Value>>(&call, &at_data, "args")?;
                Data::Call { call: Call::of(&call, &at_data)?, raw }
            }
            "functionResponse" => {
                const KNOWN: [&str; 6] = ["id", "name", "response", "parts", "willContinue", "scheduling"];
                let answer = fields(raw, &at_data, &KNOWN)?;
                let response = field(&answer, &at_data, "response")?.ok_or_else(|| {
                    Refusal::invalid(format!(
                        "{at_data}.response: a JSON object is required, with `output` or `error`"
                    ))
                })?;
                Data::Response { call: Call::of(&answer, &at_data)?, response }
            }
            _ => {
                value::<IgnoredAny>(raw, &at_data)?;
                Data::Other
            }
        };
        Ok(Self { signature: field(&part, at, "thoughtSignature")?, data })
    }
}

impl Call {
    fn of(fields: &super::json::Fields<'_>, at: &str) -> Result<Self, Refusal> {
        let name: Option<String> = field(fields, at, "name")?;
        let name = name.filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| Refusal::invalid(format!("{at}.name: Name cannot be empty")))?;
        Ok(Self { id: field(fields, at, "id")?, name })
    }
}
