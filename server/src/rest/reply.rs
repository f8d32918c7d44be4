//! Answers: JSON, a session as it is shown, and nothing at all.

use bytes::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};
use jiff::Timestamp;
use parlance_socketio::server::Body;
use serde::Serialize;

use crate::store::Session;

/// A session, as it is shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shown<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
    owner: &'a str,
    members: &'a [String],
    created_at: String,
    updated_at: String,
}

impl<'a> From<&'a Session> for Shown<'a> {
    fn from(session: &'a Session) -> Self {
        Self {
            id: &session.id,
            title: session.title.as_deref(),
            model: session.model.as_deref(),
            owner: &session.owner,
            members: &session.members,
            created_at: moment(session.created),
            updated_at: moment(session.updated),
        }
    }
}

/// A moment in UTC with milliseconds, as in the chat protocol.
fn moment(millis: i64) -> String {
    format!("{:.3}", Timestamp::from_millisecond(millis).unwrap_or_default())
}

/// An answer in JSON.
pub(super) fn json(status: StatusCode, value: &impl Serialize) -> Response<Body> {
    match serde_json::to_vec(value) {
        Ok(text) => with_body(status, "application/json", text),
        // Nothing of ours has a map with keys that are no strings, which is what serde_json refuses.
        Err(error) => {
            tracing::error!(target: "parlance::rest", %error, "an answer cannot be written as JSON");
            empty(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// An answer with a body.
pub(super) fn with_body(
    status: StatusCode,
    content_type: &'static str,
    body: impl Into<Bytes>,
) -> Response<Body> {
    let mut response = Response::new(Body::new(body.into()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// An answer without a body.
pub(super) fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::default());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_have_milliseconds() {
        assert_eq!(moment(1_767_323_045_678), "2026-01-02T03:04:05.678Z");
        assert_eq!(moment(1_767_323_045_000), "2026-01-02T03:04:05.000Z");
        assert_eq!(moment(i64::MAX), "1970-01-01T00:00:00.000Z");
    }
}
