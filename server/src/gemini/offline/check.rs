//! What the original checks in a request, checked the same way.

use std::collections::BTreeSet;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::json::{field, fields, value};
use super::part::{Call, Data, Part};
use super::refusal::Refusal;
use super::script::is_function_name;
use super::seal::Seal;

const REQUEST: [&str; 11] = [
    "model",
    "contents",
    "systemInstruction",
    "tools",
    "toolConfig",
    "safetySettings",
    "cachedContent",
    "serviceTier",
    "store",
    "continuationToken",
    "generationConfig",
];

/// What is left of a request once it has been checked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Conversation {
    /// The last message of a person.
    pub(super) message: String,
    /// What came of the calls of the last turn; empty if the person has the last word.
    pub(super) answers: Vec<Answer>,
    /// Whether thoughts are asked for.
    pub(super) thoughts: bool,
    /// The same for the same `contents`.
    pub(super) fingerprint: u64,
    /// Length of the request.
    pub(super) bytes: usize,
}

/// What came of a call.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) name: String,
    pub(super) outcome: Result<String, String>,
}

struct Turn<'a> {
    is_user: bool,
    parts: Vec<Part<'a>>,
}

/// Checks a request.
pub(super) fn check(body: &str, seal: &Seal) -> Result<Conversation, Refusal> {
    let request = fields(body, "", &REQUEST)?;
    check_tools(field(&request, "", "tools")?.unwrap_or_default())?;
    if let Some(system) = request.get("systemInstruction") {
        turn(system, "systemInstruction")?;
    }
    let raw: Vec<&RawValue> = field(&request, "", "contents")?.unwrap_or_default();
    let mut turns = Vec::with_capacity(raw.len());
    for (at, content) in raw.iter().enumerate() {
        turns.push(turn(content, &format!("contents[{at}]"))?);
    }
    check_order(&turns)?;
    check_answers(&turns)?;
    let start = turns.iter().rposition(|turn| turn.is_user && turn.responses().next().is_none()).unwrap_or(0);
    check_signatures(&turns, start, seal)?;

    let mut texts =
        turns.get(start).into_iter().flat_map(|turn| &turn.parts).filter_map(|part| match &part.data {
            Data::Text(text) => Some(text),
            _ => None,
        });
    let contents: Vec<&str> = raw.iter().map(|content| content.get()).collect();
    Ok(Conversation {
        // Messages that were never answered stand in the same turn, each in its part: the last one counts.
        message: texts.next_back().cloned().unwrap_or_default(),
        answers: turns.last().into_iter().flat_map(Turn::responses).map(Answer::new).collect(),
        thoughts: wants_thoughts(request.get("generationConfig").copied())?,
        fingerprint: seal.fingerprint(&contents),
        bytes: body.len(),
    })
}

fn turn<'a>(content: &'a RawValue, at: &str) -> Result<Turn<'a>, Refusal> {
    let content = fields(content.get(), at, &["role", "parts"])?;
    let role: Option<String> = field(&content, at, "role")?;
    let is_user = match role.as_deref() {
        Some("user") | None => true,
        Some("model") => false,
        Some(role) => {
            return Err(Refusal::invalid(format!(
                "{at}.role: Please use a valid role: user, model. {role:?} is none"
            )));
        }
    };
    let raw: Vec<&RawValue> = field(&content, at, "parts")?.unwrap_or_default();
    if raw.is_empty() {
        return Err(Refusal::invalid(format!("{at}.parts: contents.parts must not be empty.")));
    }
    let mut parts = Vec::with_capacity(raw.len());
    for (index, part) in raw.into_iter().enumerate() {
        let at = format!("{at}.parts[{index}]");
        let part = Part::parse(part, &at)?;
        match &part.data {
            Data::Text(text) if is_user && text.is_empty() => {
                return Err(Refusal::invalid(format!("{at}.text: the text of a user must not be empty")));
            }
            Data::Call { .. } if is_user => {
                return Err(Refusal::invalid(format!(
                    "{at}.functionCall: only the role model calls functions"
                )));
            }
            Data::Response { .. } if !is_user => {
                return Err(Refusal::invalid(format!(
                    "{at}.functionResponse: function responses come from the role user"
                )));
            }
            _ => parts.push(part),
        }
    }
    Ok(Turn { is_user, parts })
}

impl Turn<'_> {
    fn calls(&self) -> impl Iterator<Item = (&Call, &str, Option<&str>)> {
        self.parts.iter().filter_map(|part| match &part.data {
            Data::Call { call, raw } => Some((call, *raw, part.signature.as_deref())),
            _ => None,
        })
    }

    fn responses(&self) -> impl Iterator<Item = (&Call, &Map<String, Value>)> {
        self.parts.iter().filter_map(|part| match &part.data {
            Data::Response { call, response } => Some((call, response)),
            _ => None,
        })
    }
}

fn check_order(turns: &[Turn<'_>]) -> Result<(), Refusal> {
    if turns.is_empty() {
        return Err(Refusal::invalid("* GenerateContentRequest.contents: contents is not specified"));
    }
    for (at, turn) in turns.iter().enumerate() {
        if turn.is_user != at.is_multiple_of(2) {
            let expected = if turn.is_user { "model" } else { "user" };
            return Err(Refusal::invalid(format!(
                "contents[{at}].role: Please ensure that multiturn requests alternate between user and model, beginning with \
                 user; {expected} was expected"
            )));
        }
    }
    if turns.len().is_multiple_of(2) {
        return Err(Refusal::invalid("Please ensure that multiturn requests end with a user turn."));
    }
    Ok(())
}

/// Every call has its response in the very next turn, and there are no others.
fn check_answers(turns: &[Turn<'_>]) -> Result<(), Refusal> {
    let mut open: Vec<&Call> = Vec::new();
    for (at, turn) in turns.iter().enumerate() {
        if !turn.is_user {
            open = turn.calls().map(|(call, ..)| call).collect();
            continue;
        }
        let responses = turn.responses().count();
        if responses != open.len() {
            return Err(Refusal::invalid(format!(
                "contents[{at}]: Please ensure that the number of function response parts is equal to the number of \
                 function call parts of the function call turn. There are {responses} responses and {} calls",
                open.len()
            )));
        }
        for (response, _) in turn.responses() {
            let Some(index) = open.iter().position(|call| *call == response) else {
                let calls: Vec<String> = open.iter().map(ToString::to_string).collect();
                return Err(Refusal::invalid(format!(
                    "contents[{at}]: the function response for {response} answers no call; still to be answered: {}",
                    calls.join(", ")
                )));
            };
            open.remove(index);
        }
    }
    Ok(())
}

/// Since the last message of a person, the first call of every turn is signed.
fn check_signatures(turns: &[Turn<'_>], start: usize, seal: &Seal) -> Result<(), Refusal> {
    for (at, turn) in turns.iter().enumerate().skip(start) {
        let raw: Vec<&str> = turn.calls().map(|(_, raw, _)| raw).collect();
        for (index, (call, _, signature)) in turn.calls().enumerate() {
            let wrong = match signature {
                Some(signature) if index == 0 && seal.fits(signature, &raw) => continue,
                Some(_) if index == 0 => {
                    "Corrupted thought signature: it is not the one of these calls, byte for byte."
                }
                Some(_) => "Corrupted thought signature: only the first of parallel calls has one.",
                None if index > 0 => continue,
                None => "Function call is missing a thought_signature in functionCall parts.",
            };
            return Err(Refusal::invalid(format!(
                "{wrong} Function call {call} in contents[{at}]. Parts of the model have to be sent back exactly as they came."
            )));
        }
    }
    Ok(())
}

fn check_tools(tools: Vec<&RawValue>) -> Result<(), Refusal> {
    let mut names = BTreeSet::new();
    for (at, tool) in tools.into_iter().enumerate() {
        let at = format!("tools[{at}]");
        let tool: super::json::Fields<'_> = value(tool.get(), &at)?;
        let declarations: Vec<&RawValue> = field(&tool, &at, "functionDeclarations")?.unwrap_or_default();
        for (index, declaration) in declarations.into_iter().enumerate() {
            let at = format!("{at}.functionDeclarations[{index}]");
            const KNOWN: [&str; 7] = [
                "name",
                "description",
                "behavior",
                "parameters",
                "parametersJsonSchema",
                "response",
                "responseJsonSchema",
            ];
            let declaration = fields(declaration.get(), &at, &KNOWN)?;
            let name: String = field(&declaration, &at, "name")?.unwrap_or_default();
            if !is_function_name(&name) {
                return Err(Refusal::invalid(format!(
                    "{at}.name: Invalid function name {name:?}. It must start with a letter or an underscore, then letters, \
                     digits, underscores, dots, colons and dashes, 128 at most"
                )));
            }
            if declaration.contains_key("parameters") && declaration.contains_key("parametersJsonSchema") {
                return Err(Refusal::invalid(format!(
                    "{at}: parameters and parametersJsonSchema exclude each other"
                )));
            }
            if let Some(name) = names.replace(name) {
                return Err(Refusal::invalid(format!("{at}: Duplicate function declaration found: {name}")));
            }
        }
    }
    Ok(())
}

fn wants_thoughts(config: Option<&RawValue>) -> Result<bool, Refusal> {
    let Some(config) = config else { return Ok(false) };
    let at = "generationConfig";
    let config: super::json::Fields<'_> = value(config.get(), at)?;
    let Some(thinking) = config.get("thinkingConfig") else { return Ok(false) };
    let at = "generationConfig.thinkingConfig";
    let thinking = fields(thinking.get(), at, &["includeThoughts", "thinkingBudget", "thinkingLevel"])?;
    Ok(field(&thinking, at, "includeThoughts")?.unwrap_or_default())
}

impl Answer {
    fn new((call, response): (&Call, &Map<String, Value>)) -> Self {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let outcome = match (response.get("error"), response.get("output")) {
            (Some(error), _) => Err(text(error)),
            (None, Some(output)) => Ok(text(output)),
            (None, None) => Ok(Value::Object(response.clone()).to_string()),
        };
        Self { name: call.name.clone(), outcome }
    }
}

#[cfg(test)]
mod tests;
