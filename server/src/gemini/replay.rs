//! From stored turns to the `contents` of the next request.
//!
//! Gemini is strict about the conversation it is given: it starts with a user turn, speakers alternate, every function call is
//! answered in the very next turn, all calls of one turn together, no part is empty, and a signed part keeps its signature at its
//! place. What is stored need not be like that: a process may have died between a call and its answer, or an answer may
//! have been cancelled before its first word. [`contents`] makes it so.

use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::content::{
    Content, FunctionCall, FunctionResponse, Part, Speaker, function_responses, raw, text_part, view,
};

/// What the model reads for a call that nobody answered.
pub const UNANSWERED: &str = "The call was not carried out: it was interrupted.";
/// What stands in for an answer that never came, between a function's result and the next message of a person.
pub const NO_ANSWER: &str = "(The answer was interrupted.)";

/// The conversation as Gemini takes it.
///
/// * Thoughts are left out; a signature that sat on one stays at its place.
/// * Neighbouring unsigned texts of a model turn become one part. Everything else of the model stays byte for byte.
/// * Answers to function calls come in one user turn, in the order of the calls; a call without an answer gets an
///   error saying [`UNANSWERED`], an answer without a call is left out.
/// * Neighbouring turns of one speaker become one, and a conversation starts with a user.
pub fn contents(turns: &[Content]) -> Vec<Content> {
    let mut replay = Replay::default();
    for turn in turns {
        match turn.role {
            Speaker::Model => replay.model(turn),
            Speaker::User => replay.user(turn),
        }
    }
    replay.close();
    replay.contents
}

#[derive(Default)]
struct Replay {
    contents: Vec<Content>,
    /// Calls of the last model turn that are not answered yet, with the answer once it is known.
    open: Vec<(FunctionCall, Option<Box<RawValue>>)>,
}

impl Replay {
    fn model(&mut self, turn: &Content) {
        let Some(parts) = model_parts(&turn.parts) else { return };
        self.close();
        let calls = turn.function_calls().into_iter().map(|call| (call, None));
        match self.contents.last_mut() {
            None => return,
            Some(last) if last.role == Speaker::Model => last.parts.extend(parts),
            Some(_) => self.contents.push(Content { role: Speaker::Model, parts }),
        }
        self.open.extend(calls);
    }

    fn user(&mut self, turn: &Content) {
        let mut said = Vec::new();
        for part in &turn.parts {
            match view(part) {
                Ok(Part { function_response: Some(response), .. }) => self.answer(&response, part),
                Ok(Part { text: Some(text), .. }) if text.is_empty() => {}
                _ => said.push(part.clone()),
            }
        }
        if said.is_empty() {
            return;
        }
        if self.close() {
            self.contents.push(Content::model_text(NO_ANSWER));
        }
        match self.contents.last_mut() {
            Some(last) if last.role == Speaker::User => last.parts.extend(said),
            _ => self.contents.push(Content { role: Speaker::User, parts: said }),
        }
    }

    fn answer(&mut self, response: &FunctionResponse, part: &RawValue) {
        let fits = |(call, answer): &&mut (FunctionCall, Option<Box<RawValue>>)| {
            answer.is_none() && call.name == response.name && call.id == response.id
        };
        if let Some((_, answer)) = self.open.iter_mut().find(fits) {
            *answer = Some(part.to_owned());
        }
    }

    /// Writes the answers to the open calls; says whether there were any.
    fn close(&mut self) -> bool {
        if self.open.is_empty() {
            return false;
        }
        let mut parts = Vec::with_capacity(self.open.len());
        for (call, answer) in self.open.drain(..) {
            match answer {
                Some(answer) => parts.push(answer),
                None => parts.extend(function_responses([(&call, Err(UNANSWERED.into()))]).parts),
            }
        }
        self.contents.push(Content { role: Speaker::User, parts });
        true
    }
}

/// The parts of a model turn that are sent back; `None` if nothing in it says anything.
fn model_parts(parts: &[Box<RawValue>]) -> Option<Vec<Box<RawValue>>> {
    let mut kept: Vec<Box<RawValue>> = Vec::with_capacity(parts.len());
    let mut says_something = false;
    let mut text = String::new();
    for part in parts {
        if let Some(piece) = plain_text(part) {
            text.push_str(&piece);
            continue;
        }
        match view(part) {
            Ok(Part { thought: true, thought_signature: None, .. }) => continue,
            Ok(Part { thought: true, thought_signature: Some(signature), .. }) => {
                says_something |= flush(&mut text, &mut kept);
                kept.push(raw(&json!({ "text": "", "thought": true, "thoughtSignature": signature })));
            }
            _ => {
                flush(&mut text, &mut kept);
                kept.push(part.clone());
                says_something = true;
            }
        }
    }
    says_something |= flush(&mut text, &mut kept);
    says_something.then_some(kept)
}

fn flush(text: &mut String, kept: &mut Vec<Box<RawValue>>) -> bool {
    if text.is_empty() {
        return false;
    }
    kept.push(text_part(text));
    text.clear();
    true
}

/// The text of a part that holds nothing but text.
fn plain_text(part: &RawValue) -> Option<String> {
    let fields: Map<String, Value> = serde_json::from_str(part.get()).ok()?;
    let mut text = None;
    for (name, value) in fields {
        match (name.as_str(), value) {
            ("text", Value::String(value)) => text = Some(value),
            ("thought", Value::Bool(false) | Value::Null) | (_, Value::Null) => {}
            _ => return None,
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replayed(turns: Value) -> Value {
        let turns: Vec<Content> = serde_json::from_str(&turns.to_string()).unwrap();
        serde_json::to_value(contents(&turns)).unwrap()
    }

    #[test]
    fn plain_texts_join_and_signed_ones_stay() {
        let turns = json!([
            { "role": "user", "parts": [{ "text": "hi" }] },
            { "role": "model", "parts": [
                { "text": "**Hm**", "thought": true }, { "text": "Hel" }, { "text": "lo" },
                { "text": " you", "thoughtSignature": "Cg==" }, { "text": "" },
            ]},
        ]);
        assert_eq!(
            replayed(turns)[1]["parts"],
            json!([{ "text": "Hello" }, { "text": " you", "thoughtSignature": "Cg==" }])
        );
    }

    #[test]
    fn the_signature_of_a_thought_stays_at_its_place() {
        let turns = json!([
            { "role": "user", "parts": [{ "text": "hi" }] },
            { "role": "model", "parts": [
                { "text": "secret", "thought": true, "thoughtSignature": "Cg==" }, { "functionCall": { "name": "f" } },
            ]},
        ]);
        assert_eq!(
            replayed(turns)[1]["parts"],
            json!([{ "text": "", "thought": true, "thoughtSignature": "Cg==" }, { "functionCall": { "name": "f" } }])
        );
    }

    #[test]
    fn calls_stay_byte_for_byte() {
        let call =
            r#"{ "functionCall":{"name":"f","args":{"z":1,"a":1.0}} , "thoughtSignature":"Cg\u003d=" }"#;
        let turns =
            format!(r#"[{{"role":"user","parts":[{{"text":"hi"}}]}},{{"role":"model","parts":[{call}]}}]"#);
        let turns: Vec<Content> = serde_json::from_str(&turns).unwrap();
        assert_eq!(contents(&turns)[1].parts[0].get(), call);
    }

    #[test]
    fn answers_of_one_turn_come_together_in_the_order_of_the_calls() {
        let response =
            |id: &str| json!({ "functionResponse": { "name": "f", "id": id, "response": { "output": id } } });
        let turns = json!([
            { "role": "user", "parts": [{ "text": "hi" }] },
            { "role": "model", "parts": [
                { "functionCall": { "name": "f", "id": "1" } }, { "functionCall": { "name": "f", "id": "2" } },
            ]},
            { "role": "user", "parts": [response("2")] },
            { "role": "user", "parts": [response("1"), response("stray")] },
        ]);
        assert_eq!(replayed(turns)[2], json!({ "role": "user", "parts": [response("1"), response("2")] }));
    }

    #[test]
    fn an_unanswered_call_is_answered_and_the_next_message_waits_for_a_model_turn() {
        let turns = json!([
            { "role": "user", "parts": [{ "text": "hi" }] },
            { "role": "model", "parts": [{ "functionCall": { "name": "f" } }] },
            { "role": "user", "parts": [{ "text": "and now?" }] },
        ]);
        assert_eq!(
            replayed(turns).as_array().unwrap()[2..],
            [
                json!({ "role": "user", "parts": [{ "functionResponse": { "name": "f", "response": { "error": UNANSWERED } } }] }),
                json!({ "role": "model", "parts": [{ "text": NO_ANSWER }] }),
                json!({ "role": "user", "parts": [{ "text": "and now?" }] }),
            ]
        );
    }

    #[test]
    fn a_turn_that_says_nothing_disappears_and_its_neighbours_join() {
        let turns = json!([
            { "role": "model", "parts": [{ "text": "too early" }] },
            { "role": "user", "parts": [{ "text": "a" }] },
            { "role": "model", "parts": [{ "text": "", }, { "text": "hm", "thought": true, "thoughtSignature": "Cg==" }] },
            { "role": "user", "parts": [{ "text": "" }, { "text": "b" }] },
        ]);
        assert_eq!(replayed(turns), json!([{ "role": "user", "parts": [{ "text": "a" }, { "text": "b" }] }]));
    }
}
