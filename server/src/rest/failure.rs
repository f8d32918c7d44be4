//! What is not done, and how that is said.

use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};
use parlance_socketio::server::Body;
use parlance_socketio::typed::Mismatch;
use serde::Serialize;

use super::reply;
use crate::store::StoreError;
use crate::store::records::MAX_MEMBERS;

/// Why a request is not carried out.
#[derive(Debug)]
pub(super) enum Failure {
    /// No token, or none that counts.
    Token,
    /// A web page of an origin that is not allowed.
    Origin,
    /// Something that is for others: who, stands in it.
    Denied(&'static str),
    /// No such path.
    NotFound,
    /// No such session, or none of the caller's.
    NoSession,
    /// Nothing that can be done there; what can stands in it.
    Method(HeaderValue),
    /// The body is not what it should be.
    Invalid(Mismatch),
    /// A longer body than this.
    TooLarge(usize),
    /// The body takes too long to come.
    TooSlow,
    /// No place for another member.
    Members,
    /// The store does not do what it should. It is in the log.
    Store,
    /// We do not do what we should. It is in the log.
    Internal,
}

#[derive(Serialize)]
struct Wrapped<'a> {
    error: Error<'a>,
}

#[derive(Serialize)]
struct Error<'a> {
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Details<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Details<'a> {
    Place(&'a Mismatch),
    Sentence(String),
}

impl Failure {
    /// A part of the request is not what it should be.
    pub(super) fn invalid(path: &str, expected: impl Into<String>, got: impl Into<String>) -> Self {
        Self::Invalid(Mismatch { path: path.to_owned(), expected: expected.into(), got: got.into() })
    }

    /// What a refusal of the store means to whoever asked. What is the store's own fault is logged, here and nowhere else.
    pub(super) fn of_store(error: StoreError) -> Self {
        match error {
            StoreError::NoSuchSession(_) => Self::NoSession,
            StoreError::TooManyMembers => Self::Members,
            error => {
                tracing::error!(target: "parlance::rest", %error, "the store failed a request");
                Self::Store
            }
        }
    }

    pub(super) fn said(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Token => (StatusCode::UNAUTHORIZED, "authentication-failed", "Authentication failed"),
            Self::Origin | Self::Denied(_) => (StatusCode::FORBIDDEN, "access-denied", "Access denied"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found", "Not found"),
            Self::NoSession => (StatusCode::NOT_FOUND, "session-not-found", "Session not found"),
            Self::Method(_) => (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "Method not allowed"),
            Self::Invalid(_) => (StatusCode::BAD_REQUEST, "invalid-message-format", "Invalid message format"),
            Self::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Request too large"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too-slow", "Request took too long"),
            Self::Members => (StatusCode::CONFLICT, "too-many-members", "Too many members"),
            Self::Store => (StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Service unavailable"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Internal error"),
        }
    }

    fn details(&self) -> Option<Details<'_>> {
        let sentence = match self {
            Self::Invalid(mismatch) => return Some(Details::Place(mismatch)),
            Self::Token => "send `Authorization: Bearer TOKEN` with a token that is valid".to_owned(),
            Self::Origin => "web pages of this origin may not use this server".to_owned(),
            Self::Denied(who) => format!("this is for {who}"),
            Self::Method(allow) => format!("allowed here: {}", allow.to_str().unwrap_or_default()),
            Self::TooLarge(most) => format!("a body may have {most} bytes"),
            Self::Members => format!("a session has at most {MAX_MEMBERS} members"),
            Self::Store => "the store does not do what it should; try again later".to_owned(),
            Self::NotFound | Self::NoSession | Self::TooSlow | Self::Internal => return None,
        };
        Some(Details::Sentence(sentence))
    }

    /// The answer.
    pub(super) fn into_response(self) -> Response<Body> {
        let (status, code, message) = self.said();
        let mut response =
            reply::json(status, &Wrapped { error: Error { code, message, details: self.details() } });
        let headers = response.headers_mut();
        match self {
            Self::Token => headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
            Self::Method(allow) => headers.insert(header::ALLOW, allow),
            _ => None,
        };
        response
    }
}
