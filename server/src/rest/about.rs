//! What anybody may know: what this is, and how it is.

use hyper::{Response, StatusCode};
use parlance_socketio::server::Body;
use serde::Serialize;

use super::reply;
use crate::store::Health;

/// For people who open the address in a browser.
const ROOT: &str = concat!(
    "Parlance ",
    env!("CARGO_PKG_VERSION"),
    ": a multi-user chat server in front of Gemini.\n",
    "The Socket.IO endpoint is /socket.io/ on this address; sessions are made at /api/sessions.\n",
    "How to connect stands in README.md of the sources, and every HTTP call in docs/rest.md.\n",
);

#[derive(Serialize)]
struct Shown<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// What this is.
pub(super) fn root() -> Response<Body> {
    reply::with_body(StatusCode::OK, "text/plain; charset=utf-8", ROOT)
}

/// How the store is: nothing that people say is kept without it.
pub(super) fn health(health: Health) -> Response<Body> {
    match health {
        Health::Ok => reply::json(StatusCode::OK, &Shown { status: "ok", reason: None }),
        Health::Degraded(reason) => {
            let shown = Shown { status: "degraded", reason: Some(&reason) };
            reply::json(StatusCode::SERVICE_UNAVAILABLE, &shown)
        }
    }
}
