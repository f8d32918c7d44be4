//! What the client of this crate never asks for.

use hyper::body::Bytes;
use reqwest::Response;
use serde_json::Value;

use super::*;
use crate::gemini::offline::{Offline, start};

const GENERATE: &str = "/v1beta/models/gemini-x:generateContent";
const STREAM: &str = "/v1beta/models/gemini-x:streamGenerateContent";

fn message(text: &str) -> String {
    json!({ "contents": [{ "role": "user", "parts": [{ "text": text }] }] }).to_string()
}

async fn ask(
    offline: &Offline,
    method: Method,
    path: &str,
    key: Option<&str>,
    body: impl Into<Bytes>,
) -> Response {
    let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
    let mut request = http.request(method, format!("{}{path}", offline.url())).body(body.into());
    if let Some(key) = key {
        request = request.header("x-goog-api-key", key);
    }
    request.send().await.unwrap()
}

async fn json_of(response: Response) -> Value {
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}

fn text(chunk: &Value) -> String {
    let parts = chunk["candidates"][0]["content"]["parts"].as_array().unwrap();
    parts.iter().map(|part| part["text"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_key_is_needed_and_paths_are_known() {
    let offline = start().await.unwrap();
    for (method, path, key, status) in [
        (Method::POST, GENERATE, None, 403),
        (Method::POST, GENERATE, Some(""), 403),
        (Method::GET, MODELS, None, 403),
        (Method::POST, "/v1beta/models/gemini-x:countTokens", Some("k"), 404),
        (Method::POST, "/v1beta/models/gpt-9:generateContent", Some("k"), 404),
        (Method::GET, GENERATE, Some("k"), 404),
        (Method::POST, MODELS, Some("k"), 404),
        (Method::GET, "/", Some("k"), 404),
    ] {
        let case = format!("{method} {path} {key:?}");
        let response = ask(&offline, method, path, key, message("hi")).await;
        assert_eq!(response.status(), status, "{case}");
        assert_eq!(json_of(response).await["error"]["code"], status, "{case}");
    }
    let response = ask(&offline, Method::GET, MODELS, Some("k"), "").await;
    assert!(response.headers().keys().all(|name| !name.as_str().starts_with("access-control")));
    let list = json_of(response).await;
    assert!(list["models"][0]["name"].as_str().unwrap().starts_with("models/gemini"), "{list}");
}

#[tokio::test]
async fn an_answer_may_come_whole() {
    let offline = start().await.unwrap();
    let answer =
        json_of(ask(&offline, Method::POST, GENERATE, Some("k"), message("say: one two three four")).await)
            .await;
    assert_eq!(text(&answer), "one two three four");
    assert_eq!(answer["candidates"][0]["finishReason"], "STOP");
    let answer = json_of(ask(&offline, Method::POST, GENERATE, Some("k"), message("block")).await).await;
    assert_eq!(answer["promptFeedback"]["blockReason"], "SAFETY");
    let cut = ask(&offline, Method::POST, GENERATE, Some("k"), message("say: one two\ncut")).await;
    assert!(cut.bytes().await.is_err());
}

#[tokio::test]
async fn a_stream_without_events_is_an_array_and_so_is_its_error() {
    let offline = start().await.unwrap();
    let answer =
        json_of(ask(&offline, Method::POST, STREAM, Some("k"), message("say: one two three four")).await)
            .await;
    let chunks = answer.as_array().unwrap();
    assert!(chunks.len() > 1, "{answer}");
    assert_eq!(chunks.iter().map(text).collect::<String>(), "one two three four");
    let answer = json_of(ask(&offline, Method::POST, STREAM, Some("k"), "{}").await).await;
    assert_eq!(answer[0]["error"]["status"], "INVALID_ARGUMENT");
}

#[tokio::test]
async fn a_stream_of_events_is_one_json_per_event() {
    let offline = start().await.unwrap();
    let path = format!("{STREAM}?alt=sse");
    let response =
        ask(&offline, Method::POST, &path, Some("k"), message("think: no\nsay: one two three four")).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let body = response.text().await.unwrap();
    let events: Vec<Value> = body
        .split_terminator("\r\n\r\n")
        .map(|event| serde_json::from_str(event.strip_prefix("data: ").unwrap()).unwrap())
        .collect();
    // Nobody asked for thoughts.
    assert_eq!(events.iter().map(text).collect::<String>(), "one two three four");
    let ends = events.iter().filter(|event| event["candidates"][0]["finishReason"] == "STOP").count();
    assert_eq!(ends, 1);
    assert!(events.iter().all(|event| event["responseId"] == events[0]["responseId"]));
}

#[tokio::test]
async fn a_body_has_a_limit() {
    let offline = start().await.unwrap();
    let at_limit = message(&format!("say: hi\n{}", "x".repeat(MAX_BODY - message("say: hi\n").len())));
    assert_eq!(at_limit.len(), MAX_BODY);
    let answer = json_of(ask(&offline, Method::POST, GENERATE, Some("k"), at_limit.clone()).await).await;
    assert_eq!(text(&answer), "hi");
    let answer = json_of(ask(&offline, Method::POST, GENERATE, Some("k"), at_limit + " ").await).await;
    assert!(
        answer["error"]["message"].as_str().unwrap().contains("exceeds the limit: 16777216 bytes"),
        "{answer}"
    );
}

#[tokio::test]
async fn what_is_no_json_is_said_to_be_none() {
    let offline = start().await.unwrap();
    for body in ["", "[]", "{\"contents\":", "\u{1F980}"] {
        let response = ask(&offline, Method::POST, GENERATE, Some("k"), body).await;
        assert_eq!(response.status(), 400, "{body:?}");
        let answer = json_of(response).await;
        assert!(answer["error"]["message"].as_str().unwrap().starts_with("Invalid JSON payload"), "{answer}");
    }
    let response = ask(&offline, Method::POST, GENERATE, Some("k"), vec![0xff]).await;
    assert!(json_of(response).await["error"]["message"].as_str().unwrap().contains("not UTF-8"));
}
