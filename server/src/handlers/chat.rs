//! Talking: all of it is the session's to do.

use parlance_socketio::typed::Refused;

use crate::app::{App, of_store};
use crate::moment;
use crate::protocol::errors::{
    ChatCancelError, ChatClearError, ChatGetHistoryError, ChatMessageError, ChatTypingError,
};
use crate::protocol::{ChatHandlers, InSession, client_events, server_events};
use crate::session::MessageError;
use crate::session::command::Command;

#[parlance_codegen::handlers("../../../spec/gemini.yaml")]
impl ChatHandlers for App {
    async fn chat_message(
        &self,
        cx: &InSession<'_, Self>,
        payload: client_events::ChatMessage,
    ) -> Result<(), Refused<ChatMessageError>> {
        let (user, content) = (&cx.user().id, &payload.content);
        let message = |reply| Command::Message { user: user.clone(), content: content.clone(), reply };
        match self.ask(cx, message).await? {
            Ok(()) => Ok(()),
            Err(MessageError::Busy) => Err(ChatMessageError::Busy.into()),
            Err(MessageError::Store(error)) => Err(of_store(error)),
        }
    }

    async fn chat_cancel(&self, cx: &InSession<'_, Self>) -> Result<(), Refused<ChatCancelError>> {
        self.ask(cx, |reply| Command::Cancel { user: cx.user().id.clone(), reply }).await
    }

    async fn chat_clear(&self, cx: &InSession<'_, Self>) -> Result<(), Refused<ChatClearError>> {
        let clear = |reply| Command::Clear { user: cx.user().id.clone(), reply };
        self.ask(cx, clear).await?.map_err(of_store)
    }

    async fn chat_get_history(
        &self,
        cx: &InSession<'_, Self>,
    ) -> Result<server_events::ChatHistory, Refused<ChatGetHistoryError>> {
        let history = self.ask(cx, |reply| Command::History { reply }).await?;
        Ok(server_events::ChatHistory { history, timestamp: moment::now() })
    }

    async fn chat_typing(
        &self,
        cx: &InSession<'_, Self>,
        payload: client_events::ChatTyping,
    ) -> Result<(), Refused<ChatTypingError>> {
        let typing = payload.typing;
        self.ask(cx, |reply| Command::Typing { user: cx.user().id.clone(), typing, reply }).await
    }
}
