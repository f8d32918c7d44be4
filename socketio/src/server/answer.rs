//! Responses, with Node's words and headers.

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};

use super::admission::NoRoom;
use super::polling::Reply;
use crate::engine::Refusal;

/// What requests are answered with.
pub type Body = Full<Bytes>;

/// Of a session.
pub(crate) fn respond(reply: Option<Reply>) -> Response<Body> {
    match reply {
        Some(Reply::Payload(payload)) => {
            let mut response = text(StatusCode::OK, payload);
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=UTF-8"));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Some(Reply::Ok) => text(StatusCode::OK, "ok"),
        Some(Reply::Refused(refusal)) => refuse(refusal),
        // The session has ended meanwhile.
        None => refuse(Refusal::UnknownSession),
    }
}

/// Refused, with a number.
pub(crate) fn refuse(refusal: Refusal) -> Response<Body> {
    let mut response = Response::new(Body::from(refusal.body()));
    *response.status_mut() = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Refused by whoever looks at who may come, in their words.
pub(crate) fn forbid(message: &str) -> Response<Body> {
    let mut response = refuse(Refusal::Forbidden);
    // A text always serialises.
    let message = serde_json::to_string(message).unwrap_or_default();
    *response.body_mut() =
        Body::from(format!(r#"{{"code":{},"message":{message}}}"#, Refusal::Forbidden.code()));
    response
}

/// A few words.
pub(crate) fn text(status: StatusCode, body: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Body::new(body.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
    response
}

/// What a page of another origin may ask with.
const METHODS: &str = "GET,HEAD,PUT,PATCH,POST,DELETE";

/// To a browser that asks whether it may ask.
pub(crate) fn preflight(wanted: Option<&HeaderValue>) -> Response<Body> {
    let mut response = text(StatusCode::NO_CONTENT, "");
    let headers = response.headers_mut();
    // Also those that are refused, so that a page is told why and not only that it may not ask.
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
    if let Some(wanted) = wanted {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
    }
    response
}

/// Too much is going on. Each client is told a moment of its own, from 1 to 5 seconds, so that they do not all come back
/// together.
pub(crate) fn overloaded(full: NoRoom) -> Response<Body> {
    let (status, words) = match full {
        NoRoom::Server => (StatusCode::SERVICE_UNAVAILABLE, "Too many connections"),
        NoRoom::Address => (StatusCode::TOO_MANY_REQUESTS, "Too many connections from this address"),
    };
    let mut random = [0u8; 1];
    // Without randomness, all come back after a second.
    let _ = getrandom::fill(&mut random);
    let mut response = text(status, words);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(1 + u16::from(random[0] % 5)));
    response
}

/// The request was refused before it was read to its end, which nobody waits for.
pub(crate) fn closing(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
