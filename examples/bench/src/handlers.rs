//! What each event does.

use parlance_socketio::typed::{ConnectError, DisconnectReason, Growing, Handshake, Refused};

use crate::protocol::types::RoomName;
use crate::protocol::{Application, Connected, Identity, LoadHandlers, client_events, errors, server_events};

/// The line that streams are made of.
const LINE: &str = "The quick brown fox jumps over the \"lazy\" dog, and it minds not\n";

/// Keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bench;

impl Application for Bench {
    /// Everybody is nobody in particular.
    type User = ();

    async fn authenticate(&self, _: Handshake<'_>) -> Result<Identity<()>, ConnectError> {
        Ok(Identity { user: () })
    }

    /// Who is nobody in particular cannot come back as somebody else.
    fn may_return(&self, (): &(), (): &()) -> bool {
        true
    }

    async fn connected(&self, _: &Connected<'_, Self>) {}

    async fn disconnected(&self, _: &Connected<'_, Self>, _: DisconnectReason) {}
}

#[parlance_codegen::handlers("bench.yaml")]
impl LoadHandlers for Bench {
    async fn join(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Join,
    ) -> Result<client_events::JoinReturned, Refused<errors::JoinError>> {
        cx.join_room(&payload.room);
        Ok(client_events::JoinReturned::Ok)
    }

    async fn echo(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Echo,
    ) -> Result<(), Refused<errors::EchoError>> {
        cx.caller().echo_reply(&payload);
        Ok(())
    }

    async fn ackme(
        &self,
        _: &Connected<'_, Self>,
        payload: client_events::Ackme,
    ) -> Result<client_events::Ackme, Refused<errors::AckmeError>> {
        Ok(payload)
    }

    async fn bcast(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Bcast,
    ) -> Result<(), Refused<errors::BcastError>> {
        let room = payload.get("room").and_then(|room| RoomName::new(room.as_str()?).ok());
        cx.emit().room(&room.ok_or(errors::BcastError::NoRoom)?).bcast(&payload);
        Ok(())
    }

    async fn stream(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Stream,
    ) -> Result<(), Refused<errors::StreamError>> {
        let size = usize::try_from(payload.size).unwrap_or_default();
        let text: String = LINE.chars().cycle().take(size).collect();
        let mut content = server_events::GeminiContent { text, accumulated: Growing::new() };
        for _ in 0..payload.chunks {
            content.accumulated.push_str(&content.text);
            cx.room().await;
            cx.caller().gemini_content(&content);
        }
        cx.room().await;
        cx.caller().gemini_done();
        Ok(())
    }
}
