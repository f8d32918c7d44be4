//! What a session does when it is asked.

use parlance_socketio::server::SocketId;
use serde_json::json;

use super::super::answer::Question;
use super::super::command::{Command, MessageError};
use super::super::history::turn;
use super::Actor;
use crate::gemini::Content;
use crate::moment;
use crate::monitoring::Activity;
use crate::protocol::{names, server_events, types};
use crate::store::{StoreError, TurnKind};

impl Actor {
    pub(super) async fn command(&mut self, command: Command) {
        // Whoever does not wait for the answer any more has gone; what was done stays done.
        match command {
            Command::Attach { socket, reply } => {
                self.attach(socket);
                let _ = reply.send(());
            }
            Command::Detach { socket, reply } => {
                self.attached.remove(&socket);
                self.means.emitter.leave_session(&self.key, socket);
                if let Some(reply) = reply {
                    let _ = reply.send(());
                }
            }
            Command::Message { user, content, reply } => {
                let outcome = self.message(user, content).await;
                let _ = reply.send(outcome);
                self.answer_next().await;
            }
            Command::Cancel { user, reply } => {
                self.cancel(&user, true).await;
                let _ = reply.send(());
                self.answer_next().await;
            }
            Command::Clear { user, reply } => {
                let outcome = self.clear(&user).await;
                let _ = reply.send(outcome);
            }
            Command::History { reply } => {
                let _ = reply.send(self.history.shown());
            }
            Command::Typing { user, typing, reply } => {
                self.typing(&user, typing);
                let _ = reply.send(());
            }
            Command::Decide { user, call, approved, reason, reply } => {
                let outcome = self.decide(&user, &call, approved, &reason).await;
                let _ = reply.send(outcome);
                self.after_calls().await;
            }
            Command::Execute { user, name, args, call, reply } => {
                let outcome = self.execute(user, &name, args, call).await;
                let _ = reply.send(outcome);
            }
            // Seen to by the loop.
            Command::Delete => {}
        }
    }

    /// Who comes into the middle of an answer gets what there is of it, and what waits for a decision.
    fn attach(&mut self, socket: SocketId) {
        if !self.attached.insert(socket) {
            return;
        }
        self.means.emitter.join_session(&self.key, socket);
        let Some(answer) = &self.answer else { return };
        let newcomer = self.room().only(socket);
        if !answer.shown.is_empty() {
            newcomer.gemini_content(&server_events::GeminiContent {
                text: answer.shown.to_string(),
                accumulated: answer.shown.clone(),
            });
        }
        for call in answer.asked() {
            newcomer.gemini_tool_request(&super::approvals::request(call));
        }
    }

    async fn message(&mut self, user: String, content: String) -> Result<(), MessageError> {
        if self.queue.len() >= self.means.limits.queue {
            return Err(MessageError::Busy);
        }
        let said = Content::user_text(&content);
        let turn = turn(TurnKind::User, &said, Some(&user), false);
        self.means.store.append_turns(&self.id, vec![turn.clone()]).await?;
        let exchange = self.history.next_exchange();
        self.history.push(exchange, said, &turn);
        self.record(
            types::Activity::Chat,
            names::client::CHAT_MESSAGE,
            Some(&user),
            json!({ "userMessage": content }),
        )
        .await;
        self.queue.push_back(Question { user, content, exchange });
        Ok(())
    }

    async fn clear(&mut self, user: &str) -> Result<(), StoreError> {
        // First, because it may fail, and then nothing has happened.
        self.means.store.clear_turns(&self.id, crate::store::now()).await?;
        self.history.clear();
        self.queue.clear();
        self.cancel(user, false).await;
        self.record(types::Activity::Chat, names::client::CHAT_CLEAR, Some(user), json!({})).await;
        self.room().chat_cleared(&server_events::ChatCleared { timestamp: moment::now() });
        Ok(())
    }

    pub(super) fn typing(&self, user: &str, typing: bool) {
        self.room().chat_typing(&server_events::ChatTyping { user_id: types::UserId::trusted(user), typing });
    }

    pub(super) async fn record(
        &self,
        kind: types::Activity,
        event: &str,
        user: Option<&str>,
        data: serde_json::Value,
    ) {
        let activity = Activity { kind, event, user, session: Some(&self.id), tool: None, data };
        self.means.monitor.record(activity).await;
    }
}
