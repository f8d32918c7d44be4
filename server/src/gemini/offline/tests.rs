//! Every directive, through this crate's own client.

use std::future::Future;

use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::*;
use crate::gemini::{
    Client, ClientConfig, Content, ErrorKind, Finished, FunctionCall, FunctionDeclaration, Model, ModelError,
    Request, RetryPolicy, Update, function_responses, replay,
};

/// So that what hangs fails.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(20), future).await.expect("it takes too long")
}

fn client(offline: &Offline) -> Client {
    let mut config = ClientConfig::new(offline.url(), "any key", "gemini-3.8-flash");
    config.retry = RetryPolicy { base: Duration::from_millis(1), ..RetryPolicy::default() };
    Client::new(config).unwrap()
}

fn asked(contents: Vec<Content>) -> Request {
    let tool = FunctionDeclaration {
        name: "readFile".into(),
        description: "Reads.".into(),
        parameters_json_schema: json!({ "type": "object" }),
    };
    Request { model: None, system: Some("Be kind.".into()), contents, tools: vec![tool] }
}

/// What came of a request.
#[derive(Debug, Default)]
struct Outcome {
    texts: Vec<String>,
    thoughts: Vec<(String, String)>,
    calls: Vec<FunctionCall>,
    retries: Vec<ErrorKind>,
    finished: Option<Finished>,
    error: Option<ModelError>,
}

impl Outcome {
    fn text(&self) -> String {
        self.texts.concat()
    }

    fn kind(&self) -> Option<ErrorKind> {
        self.error.as_ref().map(|error| error.kind)
    }

    fn detail(&self) -> &str {
        self.error.as_ref().unwrap().detail.as_deref().unwrap_or_default()
    }

    fn turn(&self) -> Content {
        self.finished.as_ref().unwrap().content.clone()
    }
}

async fn drain(mut updates: mpsc::Receiver<Result<Update, ModelError>>) -> Outcome {
    let mut outcome = Outcome::default();
    while let Some(update) = soon(updates.recv()).await {
        match update {
            Ok(Update::Text(text)) => outcome.texts.push(text),
            Ok(Update::Thought { summary, thought }) => outcome.thoughts.push((summary, thought)),
            Ok(Update::Call(call)) => outcome.calls.push(call),
            Ok(Update::Retrying { error, .. }) => outcome.retries.push(error.kind),
            Ok(Update::Finished(finished)) => outcome.finished = Some(finished),
            Err(error) => outcome.error = Some(error),
        }
    }
    outcome
}

async fn run(client: &Client, request: Request) -> Outcome {
    drain(client.stream(request, CancellationToken::new())).await
}

/// Sends one message to an offline Gemini of its own.
async fn say(message: &str) -> Outcome {
    let offline = start().await.unwrap();
    run(&client(&offline), asked(vec![Content::user_text(message)])).await
}

#[tokio::test]
async fn without_directives_the_message_is_echoed_after_a_thought() {
    let outcome = say("Hello, Gemini!").await;
    assert_eq!(outcome.text(), "You said: Hello, Gemini! (offline: no GEMINI_API_KEY is set)");
    assert!(outcome.texts.len() > 2, "{:?}", outcome.texts);
    assert_eq!(outcome.thoughts.len(), 1);
    let finished = outcome.finished.unwrap();
    assert_eq!(finished.finish_reason.0, "STOP");
    assert_eq!(finished.model_version.as_deref(), Some("gemini-3.8-flash"));
    let usage = finished.usage;
    assert!(usage.prompt_tokens > 0 && usage.answer_tokens > 0 && usage.thought_tokens > 0);
    assert_eq!(usage.total_tokens, usage.prompt_tokens + usage.answer_tokens + usage.thought_tokens);
    let last: Value = serde_json::from_str(finished.content.parts.last().unwrap().get()).unwrap();
    assert!(last["thoughtSignature"].is_string(), "{last}");
}

#[tokio::test]
async fn say_and_think_are_streamed_as_written() {
    let outcome =
        say("think: **Looking** around\nsay: The first line, in a few pieces,\nsay: and the second: done. ")
            .await;
    assert_eq!(outcome.text(), "The first line, in a few pieces,\nand the second: done. ");
    assert!(outcome.texts.len() > 2, "{:?}", outcome.texts);
    assert_eq!(outcome.thoughts, [("Looking".to_owned(), "around".to_owned())]);
}

#[tokio::test]
async fn long_and_slow_are_what_they_say() {
    let outcome = say("long: 2010").await;
    assert_eq!((outcome.texts.len(), outcome.text().len()), (101, 2010));
    let began = std::time::Instant::now();
    let outcome = say("slow: 10\nlong: 60").await;
    assert_eq!(outcome.texts.len(), 3);
    assert!(began.elapsed() >= Duration::from_millis(20));
}

#[tokio::test]
async fn calls_are_carried_through_and_quoted() {
    let offline = start().await.unwrap();
    let client = client(&offline);
    let message = "think: **Files** two of them\nsay: Wait.\ncall: readFile {\"z\": 1.0, \"path\":\"a\\u0041\"}\ncall: writeFile";
    let mut turns = vec![Content::user_text(message)];
    let outcome = run(&client, asked(replay::contents(&turns))).await;
    assert_eq!(outcome.text(), "Wait.");
    let names: Vec<&str> = outcome.calls.iter().map(|call| call.name.as_str()).collect();
    assert_eq!(names, ["readFile", "writeFile"]);
    assert_eq!(outcome.calls[0].args["path"], "aA");
    assert!(outcome.calls[0].id.is_some() && outcome.calls[0].id != outcome.calls[1].id);
    turns.push(outcome.turn());
    let refusal = "Rejected by ada: Security concern".to_owned();
    turns.push(function_responses([
        (&outcome.calls[0], Ok(json!("hello"))),
        (&outcome.calls[1], Err(refusal)),
    ]));

    let outcome = run(&client, asked(replay::contents(&turns))).await;
    assert_eq!(
        outcome.text(),
        "readFile returned: hello\nwriteFile failed: Rejected by ada: Security concern"
    );
    // And on, with all of it as history.
    turns.extend([outcome.turn(), Content::user_text("say: Next.\ncall: readFile")]);
    let outcome = run(&client, asked(replay::contents(&turns))).await;
    turns.push(outcome.turn());
    turns.push(function_responses([(&outcome.calls[0], Ok(json!({ "lines": 3 })))]));
    let outcome = run(&client, asked(replay::contents(&turns))).await;
    assert_eq!(outcome.text(), r#"readFile returned: {"lines":3}"#);
}

#[tokio::test]
async fn a_message_whose_calls_were_carried_out_fails_no_more() {
    let offline = start().await.unwrap();
    let client = client(&offline);
    let question = Content::user_text("fail: 503 times 1\ncall: readFile");
    let outcome = run(&client, asked(vec![question.clone()])).await;
    assert_eq!(outcome.retries, [ErrorKind::Unavailable]);
    let answer = function_responses([(&outcome.calls[0], Ok(json!("ok")))]);
    let outcome = run(&client, asked(vec![question, outcome.turn(), answer])).await;
    assert_eq!((outcome.text().as_str(), outcome.retries.len()), ("readFile returned: ok", 0));
}

#[tokio::test]
async fn a_model_turn_that_is_not_replayed_byte_for_byte_is_refused() {
    let offline = start().await.unwrap();
    let client = client(&offline);
    let question = Content::user_text("call: readFile {\"path\": 1.0}");
    let outcome = run(&client, asked(vec![question.clone()])).await;
    let answer = function_responses([(&outcome.calls[0], Ok(json!(1)))]);
    let original = outcome.turn().parts[0].get().to_owned();
    let sent_back = async |part: String| {
        let mut turn = outcome.turn();
        turn.parts[0] = RawValue::from_string(part).unwrap();
        run(&client, asked(vec![question.clone(), turn, answer.clone()])).await
    };

    let parsed: Value = serde_json::from_str(&original).unwrap();
    let signature = parsed["thoughtSignature"].as_str().unwrap();
    for (part, expected) in [
        (original.replace(signature, &"0".repeat(32)), "Corrupted thought signature"),
        (parsed.to_string(), "byte for byte"),
        (json!({ "functionCall": parsed["functionCall"] }).to_string(), "missing a thought_signature"),
    ] {
        let outcome = sent_back(part).await;
        assert_eq!(outcome.kind(), Some(ErrorKind::InvalidRequest));
        assert!(outcome.detail().contains(expected), "{}", outcome.detail());
        assert!(outcome.retries.is_empty());
    }
    assert_eq!(sent_back(original).await.error, None);
}

#[tokio::test]
async fn an_older_exchange_may_be_signed_by_anybody() {
    let offline = start().await.unwrap();
    let call = FunctionCall { id: None, name: "f".into(), args: serde_json::Map::new() };
    let part = r#"{"functionCall":{"name":"f"},"thoughtSignature":"Cg=="}"#.to_owned();
    let foreign = Content { parts: vec![RawValue::from_string(part).unwrap()], ..Content::model_text("") };
    let turns = [
        Content::user_text("a"),
        foreign,
        function_responses([(&call, Ok(json!(1)))]),
        Content::model_text("b"),
        Content::user_text("say: c"),
    ];
    assert_eq!(run(&client(&offline), asked(replay::contents(&turns))).await.text(), "c");
}

#[tokio::test]
async fn some_failures_pass_and_some_stay() {
    let outcome = say("Hello\nfail: 429 times 2").await;
    assert_eq!(outcome.retries, [ErrorKind::RateLimited; 2]);
    assert_eq!(outcome.text(), "You said: Hello (offline: no GEMINI_API_KEY is set)");

    let outcome = say("fail: 500").await;
    assert_eq!(outcome.retries, [ErrorKind::Unavailable; 2]);
    assert_eq!((outcome.kind(), outcome.text().as_str()), (Some(ErrorKind::Unavailable), ""));
    assert!(outcome.detail().contains("500 INTERNAL"), "{}", outcome.detail());

    let outcome = say("fail: 400").await;
    assert_eq!((outcome.kind(), outcome.retries.len()), (Some(ErrorKind::InvalidRequest), 0));
}

#[tokio::test]
async fn a_failed_message_does_not_spoil_the_next() {
    let offline = start().await.unwrap();
    let client = client(&offline);
    let mut turns = vec![Content::user_text("fail: 400")];
    assert!(run(&client, asked(replay::contents(&turns))).await.error.is_some());
    turns.push(Content::user_text("say: fine"));
    assert_eq!(run(&client, asked(replay::contents(&turns))).await.text(), "fine");
}

#[tokio::test]
async fn a_cut_comes_after_some_text() {
    let said = "One two three four five six seven eight nine ten.";
    let outcome = say(&format!("say: {said}\ncut")).await;
    assert_eq!(outcome.kind(), Some(ErrorKind::Interrupted));
    assert!(outcome.retries.is_empty() && outcome.finished.is_none());
    let text = outcome.text();
    assert!(!text.is_empty() && text.len() < said.len() && said.starts_with(&text), "{text}");
    // Nothing was shown: then it is tried again, and breaks again.
    let outcome = say("call: readFile\ncut").await;
    assert_eq!(outcome.kind(), Some(ErrorKind::Interrupted));
    assert_eq!(outcome.retries, [ErrorKind::Interrupted; 2]);
}

#[tokio::test]
async fn a_stalled_answer_ends_with_its_client() {
    let offline = start().await.unwrap();
    let client = client(&offline);
    let cancel = CancellationToken::new();
    let request = asked(vec![Content::user_text("say: One two three four five six seven.\nstall")]);
    let mut updates = client.stream(request, cancel.clone());
    let Some(Ok(Update::Text(text))) = soon(updates.recv()).await else { panic!("no text") };
    assert!("One two three".starts_with(text.trim()), "{text}");
    // Nobody is let go yet: the next thing that happens is what we do.
    assert!(updates.try_recv().is_err());
    cancel.cancel();
    assert_eq!(drain(updates).await.kind(), Some(ErrorKind::Cancelled));

    // What is left is the connection that waited; it goes without being told to.
    drop(client);
    offline.tasks.close();
    soon(async {
        while offline.tasks.len() > 1 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    soon(offline.stop()).await;
}

#[tokio::test]
async fn stopping_breaks_off_what_is_being_answered() {
    let offline = start().await.unwrap();
    let url = offline.url().to_owned();
    let request = asked(vec![Content::user_text("say: One two three four.\nstall")]);
    let mut updates = client(&offline).stream(request, CancellationToken::new());
    assert!(matches!(soon(updates.recv()).await, Some(Ok(Update::Text(_)))));
    soon(offline.stop()).await;
    assert_eq!(drain(updates).await.kind(), Some(ErrorKind::Interrupted));
    assert!(TcpStream::connect(url.trim_start_matches("http://")).await.is_err());
}

#[tokio::test]
async fn a_blocked_prompt_has_no_answer() {
    let outcome = say("say: never\nblock").await;
    let error = outcome.error.unwrap();
    assert_eq!((error.kind, error.reason.as_deref()), (ErrorKind::Blocked, Some("SAFETY")));
    assert!(outcome.texts.is_empty());
}

#[tokio::test]
async fn a_mistake_is_explained_in_the_answer() {
    let text = say("say: hi\nfail: often").await.text();
    assert!(text.contains(r#"line 2, "fail: often": a status from 400 to 599 is expected"#), "{text}");
}

#[tokio::test]
async fn a_model_that_is_no_gemini_is_unknown() {
    let offline = start().await.unwrap();
    let request = Request { model: Some("gpt-9".into()), ..asked(vec![Content::user_text("hi")]) };
    let outcome = run(&client(&offline), request).await;
    assert_eq!(outcome.kind(), Some(ErrorKind::UnknownModel));
    assert!(outcome.detail().contains("models/gpt-9 is not found"), "{}", outcome.detail());
}

#[tokio::test]
async fn a_conversation_out_of_order_is_refused() {
    let offline = start().await.unwrap();
    let outcome = run(&client(&offline), asked(vec![Content::user_text("a"), Content::user_text("b")])).await;
    assert_eq!(outcome.kind(), Some(ErrorKind::InvalidRequest));
    assert!(outcome.detail().contains("400 INVALID_ARGUMENT: contents[1].role"), "{}", outcome.detail());
}
