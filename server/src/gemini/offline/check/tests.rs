//! Each rule with a conversation that breaks it, and nothing else.

use super::*;
use serde_json::json;

fn refused(body: &Value) -> String {
    let refusal = check(&body.to_string(), &Seal::default()).unwrap_err();
    assert_eq!(refusal.code, 400, "{body}");
    refusal.message
}

fn user(text: &str) -> Value {
    json!({ "role": "user", "parts": [{ "text": text }] })
}

fn model(text: &str) -> Value {
    json!({ "role": "model", "parts": [{ "text": text }] })
}

fn call(name: &str, id: &str) -> Value {
    json!({ "functionCall": { "name": name, "id": id, "args": {} } })
}

fn response(name: &str, id: &str) -> Value {
    json!({ "functionResponse": { "name": name, "id": id, "response": { "output": 1 } } })
}

#[test]
fn a_plain_conversation_passes() {
    let body = json!({
        "contents": [user("a"), model("b"), { "role": "user", "parts": [{ "text": "c" }, { "text": "d" }] }],
        "generationConfig": { "thinkingConfig": { "includeThoughts": true }, "temperature": 1 },
        "systemInstruction": { "parts": [{ "text": "Be kind." }] },
        "tools": [{ "functionDeclarations": [{ "name": "f", "parametersJsonSchema": {}, "parameters": null }] }],
        "toolConfig": null,
    });
    let conversation = check(&body.to_string(), &Seal::default()).unwrap();
    assert_eq!(conversation.message, "d");
    assert_eq!(conversation.answers, []);
    assert!(conversation.thoughts);
}

#[test]
fn the_shape_is_checked_and_the_place_named() {
    for (body, expected) in [
        (json!({ "contents": [user("a")], "stream": true }), r#"Unknown name "stream""#),
        (
            json!({ "contents": [{ "role": "user", "parts": [], "name": "x" }] }),
            r#"Unknown name "name" at 'contents[0]'"#,
        ),
        (
            json!({ "contents": [{ "role": "user", "parts": [{ "text": "a", "kind": 1 }] }] }),
            r#"Unknown name "kind" at 'contents[0].parts[0]'"#,
        ),
        (
            json!({ "contents": [{ "role": "user", "parts": [{ "functionResponse": { "name": "f", "result": 1 } }] }] }),
            r#"Unknown name "result" at 'contents[0].parts[0].functionResponse'"#,
        ),
        (json!({ "contents": "a" }), "Invalid value at 'contents'"),
        (json!({}), "contents is not specified"),
        (json!({ "contents": [] }), "contents is not specified"),
        (
            json!({ "contents": [{ "role": "user", "parts": [] }] }),
            "contents[0].parts: contents.parts must not be empty",
        ),
        (
            json!({ "contents": [{ "role": "user", "parts": [{}] }] }),
            "contents[0].parts[0].data: required oneof",
        ),
        (
            json!({ "contents": [{ "role": "user", "parts": [{ "text": "a", "fileData": {} }] }] }),
            "Cannot set 'fileData' beside 'text'",
        ),
        (
            json!({ "contents": [user("")] }),
            "contents[0].parts[0].text: the text of a user must not be empty",
        ),
        (json!({ "contents": [{ "role": "system", "parts": [{ "text": "a" }] }] }), r#""system" is none"#),
        (
            json!({ "contents": [{ "role": "user", "parts": [{ "functionResponse": { "name": "f" } }] }] }),
            "functionResponse.response: a JSON object is required",
        ),
    ] {
        let message = refused(&body);
        assert!(message.contains(expected), "{body}: {message}");
    }
}

#[test]
fn speakers_alternate_from_user_to_user() {
    for (contents, expected) in [
        (vec![model("a")], "contents[0].role"),
        (vec![model("a"), user("b")], "contents[0].role"),
        (vec![user("a"), user("b")], "contents[1].role"),
        (vec![user("a"), model("b"), model("c")], "contents[2].role"),
        (vec![user("a"), model("b")], "end with a user turn"),
    ] {
        let message = refused(&json!({ "contents": contents }));
        assert!(message.contains(expected), "{contents:?}: {message}");
    }
}

#[test]
fn calls_and_responses_come_in_pairs() {
    // In an earlier exchange, where signatures do not matter.
    let judged = |calls: Vec<Value>, answer: Value| {
        let body = json!({ "contents": [
            user("a"), { "role": "model", "parts": calls }, answer, model("b"), user("c"),
        ]});
        check(&body.to_string(), &Seal::default())
    };
    let answer = |parts: Vec<Value>| json!({ "role": "user", "parts": parts });
    let two = || vec![call("f", "1"), call("g", "2")];
    judged(two(), answer(vec![response("g", "2"), response("f", "1")])).unwrap();
    let unnamed = json!({ "functionCall": { "name": "f" } });
    let to_unnamed = json!({ "functionResponse": { "name": "f", "response": { "output": 1 } } });
    judged(vec![unnamed.clone(), unnamed.clone()], answer(vec![to_unnamed.clone(), to_unnamed.clone()]))
        .unwrap();

    for (calls, answer, expected) in [
        (two(), answer(vec![response("f", "1")]), "There are 1 responses and 2 calls"),
        (two(), user("never mind"), "There are 0 responses and 2 calls"),
        (
            vec![json!({ "text": "hm" })],
            answer(vec![response("f", "1")]),
            "There are 1 responses and 0 calls",
        ),
        (two(), answer(vec![response("f", "1"), response("f", "1")]), r#"f (id "1") answers no call"#),
        (two(), answer(vec![response("f", "1"), response("h", "2")]), r#"h (id "2") answers no call"#),
        (two(), answer(vec![response("f", "1"), response("g", "3")]), r#"still to be answered: g (id "2")"#),
        (vec![unnamed], answer(vec![response("f", "made-up")]), "still to be answered: f (without id)"),
        (vec![call("f", "1")], answer(vec![to_unnamed]), "f (without id) answers no call"),
        (vec![response("f", "1")], user("b"), "function responses come from the role user"),
        (two(), answer(vec![call("f", "1"), call("g", "2")]), "only the role model calls functions"),
    ] {
        let message = judged(calls, answer).unwrap_err().message;
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn the_calls_of_the_current_exchange_are_signed_as_they_were_sent() {
    let seal = Seal::default();
    let (first, second) =
        (r#"{"name": "f", "id": "1", "args": {"b": 1.0, "a": 2}}"#, r#"{"name": "g", "id": "2"}"#);
    let good = seal.sign(&[first, second]);
    let judged = |parts: String| {
        let answers = json!({ "role": "user", "parts": [response("f", "1"), response("g", "2")] });
        let body = format!(
            r#"{{"contents":[{{"role":"user","parts":[{{"text":"a"}}]}},{{"role":"model","parts":[{parts}]}},{answers}]}}"#
        );
        check(&body, &seal).map_err(|refusal| refusal.message)
    };
    let signed = |call: &str, signature: &str| {
        format!(r#"{{"functionCall":{call},"thoughtSignature":"{signature}"}}"#)
    };
    let unsigned = |call: &str| format!(r#"{{"functionCall":{call}}}"#);

    let conversation = judged(format!("{},{}", signed(first, &good), unsigned(second))).unwrap();
    assert_eq!(conversation.message, "a");
    assert_eq!(conversation.answers.len(), 2);

    let reserialised = first.replace("1.0", "1");
    let altered = good.replace(char::is_numeric, "0");
    for (parts, expected) in [
        (format!("{},{}", unsigned(first), unsigned(second)), "is missing a thought_signature"),
        (format!("{},{}", signed(first, &altered), unsigned(second)), "not the one of these calls"),
        (format!("{},{}", signed(&reserialised, &good), unsigned(second)), "not the one of these calls"),
        (format!("{},{}", unsigned(second), signed(first, &good)), "is missing a thought_signature"),
        (format!("{},{}", signed(second, &good), unsigned(first)), "not the one of these calls"),
        (format!("{},{}", signed(first, &good), signed(second, &good)), "only the first of parallel calls"),
    ] {
        let message = judged(parts).unwrap_err();
        assert!(message.contains(expected), "{message}");
        assert!(message.contains("contents[1]"), "{message}");
    }
}

#[test]
fn declarations_are_checked() {
    let declared = |declarations: Value| {
        refused(&json!({ "contents": [user("a")], "tools": [{ "functionDeclarations": declarations }] }))
    };
    for (declarations, expected) in [
        (json!([{ "name": "read file" }]), r#"Invalid function name "read file""#),
        (json!([{ "description": "x" }]), r#"Invalid function name """#),
        (json!([{ "name": "f" }, { "name": "f" }]), "Duplicate function declaration found: f"),
        (json!([{ "name": "f", "parameters": {}, "parametersJsonSchema": {} }]), "exclude each other"),
        (json!([{ "name": "f", "inputSchema": {} }]), r#"Unknown name "inputSchema""#),
    ] {
        let message = declared(declarations);
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn what_came_of_a_call_is_read() {
    let answer = |response: Value| {
        let call = Call { id: None, name: "f".into() };
        Answer::new((&call, response.as_object().unwrap())).outcome
    };
    assert_eq!(answer(json!({ "output": "text" })), Ok("text".into()));
    assert_eq!(answer(json!({ "output": { "a": 1 } })), Ok(r#"{"a":1}"#.into()));
    assert_eq!(answer(json!({ "error": "Security concern" })), Err("Security concern".into()));
    assert_eq!(answer(json!({ "anything": 1 })), Ok(r#"{"anything":1}"#.into()));
}
