//! From a request of HTTP to an answer.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, Response};
use serde_json::json;
use tokio::time::timeout;

use super::check::check;
use super::failures::Failures;
use super::play::{Framing, Header, play};
use super::refusal::Refusal;
use super::reply::Reply;
use super::script::Script;
use super::seal::Seal;

/// Of the body of a request.
const MAX_BODY: usize = 16 << 20;
/// Read, and thrown away, of a body that is too long.
const MAX_DRAINED: usize = 4 * MAX_BODY;
/// For the body of a request to arrive.
const BODY_PATIENCE: Duration = Duration::from_secs(30);
const MODELS: &str = "/v1beta/models";
/// Names for the list. Any name with `gemini` in it is taken.
const LISTED: [&str; 3] = ["gemini-4-argon", "gemini-3.8-flash", "gemini-flash-latest"];

/// The body of an answer.
pub(super) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// What requests share.
#[derive(Debug, Default)]
pub(super) struct State {
    seal: Seal,
    failures: Failures,
}

/// Answers a request.
pub(super) async fn answer(
    state: Arc<State>,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let framing = framing(&request);
    let answer = route(&state, request, framing).await;
    Ok(answer.unwrap_or_else(|refusal| {
        let mut response = json_response(refusal.body(framing == Framing::Array));
        *response.status_mut() = refusal.status();
        response
    }))
}

fn framing(request: &Request<Incoming>) -> Framing {
    let is_sse = |query: &str| query.split('&').any(|pair| pair == "alt=sse");
    match request.uri().path().ends_with(":streamGenerateContent") {
        true if request.uri().query().is_some_and(is_sse) => Framing::Events,
        true => Framing::Array,
        false => Framing::One,
    }
}

async fn route(
    state: &State,
    request: Request<Incoming>,
    framing: Framing,
) -> Result<Response<Body>, Refusal> {
    let (head, body) = request.into_parts();
    // First of all: a connection on which a body was left unread cannot be used again.
    let body = read(body).await?;
    if head.headers.get("x-goog-api-key").is_none_or(HeaderValue::is_empty) {
        return Err(Refusal::new(
            403,
            "Method doesn't allow unregistered callers (callers without established identity). Please send a key in the \
             header x-goog-api-key; the offline Gemini takes any.",
        ));
    }
    let path = head.uri.path();
    if path == MODELS && head.method == Method::GET {
        return Ok(json_response(list()));
    }
    let method = path.strip_prefix(MODELS).and_then(|path| path.strip_prefix('/')?.rsplit_once(':'));
    let Some((model, "streamGenerateContent" | "generateContent")) =
        method.filter(|_| head.method == Method::POST)
    else {
        return Err(Refusal::new(
            404,
            format!(
                "There is no {} {path} here, only POST {MODELS}/MODEL:streamGenerateContent, POST {MODELS}/MODEL:generateContent \
                 and GET {MODELS}",
                head.method
            ),
        ));
    };
    if !model.contains("gemini") {
        return Err(Refusal::new(
            404,
            format!(
                "models/{model} is not found for API version v1beta, or is not supported for generateContent. Call \
                 ListModels to see the list of available models; the offline Gemini takes any name with `gemini` in it."
            ),
        ));
    }
    let body = std::str::from_utf8(&body).map_err(|error| {
        Refusal::invalid(format!("Invalid JSON payload received. It is not UTF-8: {error}"))
    })?;
    let conversation = check(body, &state.seal)?;
    let script = Script::parse(&conversation.message);
    // What failed is the message. Once its calls have been carried out, it has been answered.
    if let Some(fail) = script.fail
        && conversation.answers.is_empty()
        && script.mistake.is_none()
        && fail.times.is_none_or(|times| state.failures.is_due(conversation.fingerprint, times))
    {
        return Err(Refusal::new(fail.code, "The message asked for this failure."));
    }
    let reply = Reply::new(&conversation, script, &state.seal);
    let header =
        Header { model: model.into(), response_id: state.seal.id(), prompt_bytes: conversation.bytes };
    let stream = play(reply, framing, header);
    let mut response = Response::new(StreamBody::new(stream).boxed_unsync());
    let media_type = if framing == Framing::Events { "text/event-stream" } else { "application/json" };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    Ok(response)
}

async fn read(body: Incoming) -> Result<Bytes, Refusal> {
    let read = timeout(BODY_PATIENCE, read_whole(body)).await;
    read.unwrap_or_else(|_| {
        Err(Refusal::new(408, format!("The request did not arrive within {BODY_PATIENCE:?}.")))
    })
}

async fn read_whole(mut body: Incoming) -> Result<Bytes, Refusal> {
    let mut kept = Vec::new();
    let mut length = 0;
    // What is too long is not kept, but read for a while: closing on a client that still writes may cost it the answer.
    while let Some(frame) = body.frame().await
        && length <= MAX_DRAINED
    {
        let frame =
            frame.map_err(|error| Refusal::invalid(format!("The request did not arrive whole: {error}")))?;
        let Some(data) = frame.data_ref() else { continue };
        length += data.len();
        match length <= MAX_BODY {
            true => kept.extend_from_slice(data),
            false => kept = Vec::new(),
        }
    }
    match length <= MAX_BODY {
        true => Ok(kept.into()),
        false => Err(Refusal::invalid(format!("Request payload size exceeds the limit: {MAX_BODY} bytes."))),
    }
}

fn list() -> Bytes {
    let models: Vec<_> = LISTED
        .iter()
        .map(|name| {
            json!({
                "name": format!("models/{name}"),
                "displayName": format!("{name} (offline)"),
                "inputTokenLimit": 1_048_576,
                "outputTokenLimit": 65_536,
                "supportedGenerationMethods": ["generateContent", "streamGenerateContent"],
                "thinking": true,
            })
        })
        .collect();
    json!({ "models": models }).to_string().into()
}

fn json_response(body: Bytes) -> Response<Body> {
    let mut response = Response::new(Full::new(body).map_err(|never| match never {}).boxed_unsync());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=UTF-8"));
    response
}

#[cfg(test)]
mod tests;
