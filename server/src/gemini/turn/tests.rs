//! What becomes of the chunks that Gemini, its gateways and its stand-ins send.

use serde_json::{Value, json};

use super::*;

/// Updates in short form, and how it ended.
fn play(chunks: &[Value]) -> (Vec<String>, Result<Finished, ModelError>) {
    let mut turn = Turn::default();
    let mut updates = Vec::new();
    for chunk in chunks {
        if let Err(error) = turn.chunk(&chunk.to_string(), &mut updates) {
            return (short(&updates), Err(error));
        }
    }
    let end = turn.end(&mut updates);
    let finished = match updates.last() {
        Some(Update::Finished(finished)) => Some(finished.clone()),
        _ => None,
    };
    (short(&updates), end.map(|()| finished.unwrap()))
}

fn short(updates: &[Update]) -> Vec<String> {
    updates
        .iter()
        .filter_map(|update| match update {
            Update::Text(text) => Some(text.clone()),
            Update::Thought { summary, thought } => Some(format!("[{summary}|{thought}]")),
            Update::Call(call) => Some(format!("{}{}", call.name, Value::Object(call.args.clone()))),
            Update::Retrying { .. } | Update::Finished(_) => None,
        })
        .collect()
}

fn parts(parts: Value) -> Value {
    json!({ "candidates": [{ "content": { "role": "model", "parts": parts } }] })
}

fn last(parts: Value, reason: &str) -> Value {
    json!({ "candidates": [{ "content": { "parts": parts }, "finishReason": reason }] })
}

#[test]
fn thoughts_text_and_a_closing_signature() {
    let (updates, end) = play(&[
        parts(json!([{ "text": "**Greeting**\n\nThey said hi.\n\n\n", "thought": true }])),
        parts(json!([{ "text": "Hel" }])),
        last(json!([{ "text": "lo" }]), "STOP"),
        last(json!([{ "text": "", "thoughtSignature": "Cg==" }]), "STOP"),
        json!({ "usageMetadata": { "promptTokenCount": 3, "totalTokenCount": 9 } }),
    ]);
    assert_eq!(updates, ["[Greeting|They said hi.]", "Hel", "lo"]);
    let finished = end.unwrap();
    assert_eq!(finished.content.parts.len(), 4);
    assert_eq!(finished.content.parts[3].get(), r#"{"text":"","thoughtSignature":"Cg=="}"#);
    assert_eq!((finished.usage.prompt_tokens, finished.usage.total_tokens), (3, 9));
}

#[test]
fn calls_come_at_the_end_in_order_even_if_text_follows() {
    let (updates, end) = play(&[
        parts(
            json!([{ "functionCall": { "name": "a", "args": { "x": 1 } }, "thoughtSignature": "Cg==" }, { "text": "So." }]),
        ),
        parts(json!([{ "functionCall": { "name": "b" } }])),
        last(json!([{ "text": "" }]), "STOP"),
    ]);
    assert_eq!(updates, ["So.", r#"a{"x":1}"#, "b{}"]);
    assert_eq!(end.unwrap().finish_reason, FinishReason("STOP".into()));
}

#[test]
fn a_call_needs_no_known_finish_reason() {
    let call = json!([{ "functionCall": { "name": "a" } }]);
    assert!(play(&[last(call.clone(), "FUNCTION_CALL")]).1.is_ok());
    assert!(play(&[parts(call.clone())]).1.is_ok());
    assert_eq!(play(&[last(call, "SAFETY")]).1.unwrap_err().kind, ErrorKind::Stopped);
}

#[test]
fn thoughts_in_pieces_are_put_together_and_whole_ones_are_not() {
    let thought = |text: &str| json!({ "text": text, "thought": true });
    let (updates, _) = play(&[
        parts(json!([thought("**Cou")])),
        parts(json!([thought("nting** one")])),
        parts(json!([thought(", two")])),
        parts(json!([thought("**Next** three"), thought("**Last**\n\nfour\n\n\n"), thought("loose")])),
        last(json!([{ "text": "ok" }]), "STOP"),
    ]);
    assert_eq!(updates, ["[Counting|one, two]", "[Next|three]", "[Last|four]", "[|loose]", "ok"]);
}

#[test]
fn a_whole_thought_is_shown_at_once() {
    let mut updates = Vec::new();
    let chunk = parts(json!([{ "text": "**A**\n\nb\n\n", "thought": true }]));
    Turn::default().chunk(&chunk.to_string(), &mut updates).unwrap();
    assert_eq!(short(&updates), ["[A|b]"]);
}

#[test]
fn a_stream_without_an_end_is_interrupted() {
    assert_eq!(play(&[]).1.unwrap_err().kind, ErrorKind::Interrupted);
    let (updates, end) = play(&[parts(json!([{ "text": "Hel" }]))]);
    assert_eq!((updates, end.unwrap_err().kind), (vec!["Hel".into()], ErrorKind::Interrupted));
}

#[test]
fn a_blocked_prompt_is_an_error_that_says_why() {
    let error = play(&[json!({ "promptFeedback": { "blockReason": "SAFETY" } })]).1.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Blocked);
    assert_eq!(error.message, "The model's host refused to answer this message (SAFETY).");
}

#[test]
fn other_ends_are_errors_that_keep_the_word() {
    for (reason, kind, message) in [
        ("SAFETY", ErrorKind::Stopped, "The model stopped because the answer might be unsafe."),
        ("RECITATION", ErrorKind::Stopped, "The model stopped because the answer would recite a source."),
        (
            "MALFORMED_FUNCTION_CALL",
            ErrorKind::MalformedCall,
            "The model tried to use a tool and failed to say how.",
        ),
        ("BRAND_NEW", ErrorKind::Stopped, "The model stopped before the answer was complete."),
    ] {
        let (updates, end) = play(&[last(json!([{ "text": "Hel" }]), reason)]);
        let error = end.unwrap_err();
        assert_eq!((updates, error.kind, error.message.as_str()), (vec!["Hel".into()], kind, message));
        assert_eq!(error.reason.as_deref(), Some(reason));
    }
}

#[test]
fn max_tokens_is_a_good_end_if_something_was_said() {
    assert!(play(&[last(json!([{ "text": "Hel" }]), "MAX_TOKENS")]).1.is_ok());
    let error = play(&[last(json!([{ "text": "hm", "thought": true }]), "MAX_TOKENS")]).1.unwrap_err();
    assert_eq!(error.message, "The model used up its output limit before it said anything.");
}

#[test]
fn an_empty_answer_is_an_error() {
    assert_eq!(play(&[last(json!([{ "text": "" }]), "STOP")]).1.unwrap_err().kind, ErrorKind::Empty);
}

#[test]
fn an_error_in_the_stream_ends_it() {
    let (updates, end) = play(&[parts(json!([{ "text": "Hel" }])), json!({ "error": { "code": 503 } })]);
    assert_eq!((updates, end.unwrap_err().kind), (vec!["Hel".into()], ErrorKind::Unavailable));
}

#[test]
fn what_is_no_chunk_is_a_protocol_error() {
    for data in
        ["{", "null", "7", r#"{"candidates":7}"#, r#"{"candidates":[{"content":{"parts":[{"text":7}]}}]}"#]
    {
        let error = Turn::default().chunk(data, &mut Vec::new()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Protocol, "{data}");
    }
    Turn::default().chunk(" [DONE] ", &mut Vec::new()).unwrap();
}
