//! The application: who people are, and what the handlers work with.

mod expiry;

use std::sync::Arc;

use parlance_socketio::server::RequestInfo;
use parlance_socketio::typed::{ConnectError, DisconnectReason, ErrorCode, Handshake, Refused};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::oneshot;

use crate::auth::Tokens;
use crate::monitoring::{Activity, Monitor};
use crate::protocol::{Application, Connected, Identity, InSession, Role, types};
use crate::session::command::Command;
use crate::session::{Gone, Sessions};
use crate::store::{Store, StoreError};

pub(crate) use expiry::Expiry;

/// What handlers work with.
pub struct App {
    pub(crate) tokens: Arc<Tokens>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) sessions: Sessions,
    pub(crate) monitor: Monitor,
    pub(crate) expiry: Expiry,
}

/// Who is connected.
#[derive(Debug, Clone)]
pub struct User {
    /// As the token says.
    pub id: String,
    /// From when on the token is worth nothing, in Unix seconds.
    pub expires_at: i64,
}

/// A connection has joined a session.
#[derive(Debug)]
pub struct Joined {
    /// Which.
    pub session: String,
}

/// The CONNECT packet's payload, as far as it is looked at.
#[derive(Deserialize)]
struct Auth {
    token: String,
}

impl App {
    /// Asks the session that a connection has joined.
    pub(crate) async fn ask<T, E: ErrorCode>(
        &self,
        cx: &InSession<'_, Self>,
        command: impl FnMut(oneshot::Sender<T>) -> Command,
    ) -> Result<T, Refused<E>> {
        self.sessions.ask(&cx.state().session, command).await.map_err(|gone| match gone {
            Gone::Session => session_not_found(gone),
            Gone::Silent => Refused::internal(gone),
            Gone::Store(error) => of_store(error),
        })
    }

    async fn auth(&self, user: &str, event: &str, data: serde_json::Value) {
        let activity = Activity {
            kind: types::Activity::Auth,
            event,
            user: Some(user),
            session: None,
            tool: None,
            data,
        };
        self.monitor.record(activity).await;
    }
}

impl Application for App {
    type User = User;
    type InSession = Joined;

    async fn authenticate(&self, handshake: Handshake<'_>) -> Result<Identity<User>, ConnectError> {
        let request: &RequestInfo = handshake.request;
        let auth = handshake.auth.as_ref().map(|auth| serde_json::from_str::<Auth>(auth.get()));
        // Why is for the log; who has no token learns only that it is not good.
        let refuse = |why: &dyn std::fmt::Display| {
            tracing::warn!(remote = %request.remote, %why, code = AUTHENTICATION_FAILED, "refused to connect");
            ConnectError {
                message: AUTHENTICATION_FAILED_MESSAGE.to_owned(),
                data: Some(json!({ "code": AUTHENTICATION_FAILED })),
            }
        };
        let Some(Ok(Auth { token })) = auth else { return Err(refuse(&"no auth.token")) };
        let claims = self.tokens.verify(&token).map_err(|error| refuse(&error))?;
        let role = match claims.role.as_deref() {
            None => Role::default(),
            Some(name) => Role::from_name(name).ok_or_else(|| refuse(&"an unknown role"))?,
        };
        Ok(Identity { user: User { id: claims.user, expires_at: claims.expires_at }, role })
    }

    async fn connected(&self, cx: &Connected<'_, Self>) {
        let data = json!({ "role": cx.role().name() });
        self.auth(&cx.user().id, "connect", data).await;
        self.expiry.watch(cx.user().expires_at, cx.socket_id());
    }

    async fn disconnected(&self, cx: &Connected<'_, Self>, reason: DisconnectReason) {
        self.expiry.forget(cx.user().expires_at, cx.socket_id());
        if let Some(joined) = cx.leave_in_session() {
            self.sessions.detach(&joined.session, cx.socket_id());
        }
        self.auth(&cx.user().id, "disconnect", json!({ "reason": reason.to_string() })).await;
    }
}

/// What a client is told when the store fails. A session may have been deleted since it was joined, with all of its calls:
/// one that a session has just asked for is missing for no other reason.
pub(crate) fn of_store<E: ErrorCode>(error: StoreError) -> Refused<E> {
    match error {
        StoreError::NoSuchSession(_) | StoreError::NoSuchCall(_) => session_not_found(error),
        error => Refused::internal(error),
    }
}

/// Every event that needs a session declares that error.
fn session_not_found<E: ErrorCode>(why: impl std::fmt::Display) -> Refused<E> {
    E::from_code(SESSION_NOT_FOUND).map_or_else(|| Refused::internal(why), Into::into)
}

/// The code of the refusal for whoever has joined what is no more.
const SESSION_NOT_FOUND: &str = "session-not-found";

/// The code of a refused connection.
const AUTHENTICATION_FAILED: &str = "authentication-failed";

/// And its words.
const AUTHENTICATION_FAILED_MESSAGE: &str = "Authentication failed";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::SPEC;

    #[test]
    fn the_codes_that_are_written_here_are_those_of_the_document() {
        assert!(SPEC.contains(&format!("  {AUTHENTICATION_FAILED}: {AUTHENTICATION_FAILED_MESSAGE}\n")));
        assert!(SPEC.contains(&format!("  {SESSION_NOT_FOUND}: ")));
    }
}
