//! What each event does: as little as can be.

use parlance_socketio::typed::{ConnectError, DisconnectReason, Handshake, Refused};

use crate::protocol::{
    Application, Connected, Identity, Protocol, TalkHandlers, client_events, errors, server_events,
};

/// Keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Micro;

/// What is served.
pub type Served = Protocol<Micro>;

impl Application for Micro {
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

#[parlance_codegen::handlers("micro.yaml")]
impl TalkHandlers for Micro {
    async fn say(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Say,
    ) -> Result<(), Refused<errors::SayError>> {
        let client_events::Say { room, seq, text } = payload;
        cx.caller().said(&server_events::Said { room, seq, text });
        Ok(())
    }

    async fn ask(
        &self,
        _: &Connected<'_, Self>,
        payload: client_events::Ask,
    ) -> Result<i64, Refused<errors::AskError>> {
        Ok(payload.seq)
    }

    async fn anything(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Anything,
    ) -> Result<(), Refused<errors::AnythingError>> {
        cx.caller().anything_back(&payload);
        Ok(())
    }
}
