//! Errors as Google's interfaces send them.

use bytes::Bytes;
use hyper::StatusCode;
use serde_json::json;

/// An answer with an error status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: u16,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(code: u16, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// 400: the request is wrong.
    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }

    pub(super) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// `{"error": …}`; in an array where a stream was asked for as an array.
    pub(super) fn body(&self, in_array: bool) -> Bytes {
        let error = json!({ "error": {
            "code": self.code, "message": self.message, "status": canonical(self.code),
        }});
        let body = if in_array { json!([error]) } else { error };
        body.to_string().into()
    }
}

/// Google's word for a status.
fn canonical(code: u16) -> &'static str {
    match code {
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        409 => "ABORTED",
        429 => "RESOURCE_EXHAUSTED",
        499 => "CANCELLED",
        400..=499 => "INVALID_ARGUMENT",
        501 => "UNIMPLEMENTED",
        503 => "UNAVAILABLE",
        504 => "DEADLINE_EXCEEDED",
        _ => "INTERNAL",
    }
}
