//! Joining a session.

use std::sync::Arc;

use parlance_socketio::typed::Refused;
use serde_json::json;

use crate::app::{App, Joined};
use crate::monitoring::Activity;
use crate::protocol::errors::JoinSessionError;
use crate::protocol::{Connected, SessionHandlers, client_events, names, server_events, types};

#[parlance_codegen::handlers("../../../spec/gemini.yaml")]
impl SessionHandlers for App {
    async fn join_session(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::JoinSession,
    ) -> Result<(server_events::SessionJoined, Joined), Refused<JoinSessionError>> {
        let id = payload.session_id.as_str();
        let session = self.store.session(id).await.map_err(Refused::internal)?;
        // One answer for what does not exist and for what is not theirs.
        if !session.is_some_and(|session| session.has_member(&cx.user().id)) {
            return Err(JoinSessionError::SessionNotFound.into());
        }
        let socket = cx.socket_id();
        let before: Option<Arc<Joined>> = cx.in_session();
        // Before the reply, so that nothing of the other session comes after it.
        if let Some(before) = before.filter(|before| before.session != id) {
            self.sessions.leave(&before.session, socket).await;
        }
        // After the reply, so that nothing of this session comes before it; and before the next event of this connection, so
        // that nothing that it leads to is missed.
        let (sessions, joined) = (self.sessions.clone(), id.to_owned());
        cx.after_reply(async move { sessions.attach(&joined, socket).await });
        let activity = Activity {
            kind: types::Activity::Session,
            event: names::client::JOIN_SESSION,
            user: Some(&cx.user().id),
            session: Some(id),
            tool: None,
            data: json!({}),
        };
        self.monitor.record(activity).await;
        let state = Joined { session: id.to_owned() };
        Ok((server_events::SessionJoined { session_id: payload.session_id }, state))
    }
}
