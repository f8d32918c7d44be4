//! What each event does.

use parlance_socketio::typed::{Args, ConnectError, DisconnectReason, Handshake, Refused};
use serde_json::{Map, Value};

use crate::protocol::{Application, Connected, Identity, MessagesHandlers, client_events, errors};

/// Says everything back.
#[derive(Clone, Copy, Debug, Default)]
pub struct Echo;

impl Application for Echo {
    /// What the client sent along when it connected.
    type User = Map<String, Value>;

    async fn authenticate(&self, handshake: Handshake<'_>) -> Result<Identity<Self::User>, ConnectError> {
        let user = match handshake.auth {
            None => Map::new(),
            Some(auth) => serde_json::from_str(auth.get())
                .map_err(|why| ConnectError::new(format!("The payload of CONNECT is no object: {why}")))?,
        };
        Ok(Identity { user })
    }

    async fn connected(&self, cx: &Connected<'_, Self>) {
        cx.caller().auth(cx.user());
    }

    async fn disconnected(&self, _: &Connected<'_, Self>, _: DisconnectReason) {}
}

#[parlance_codegen::handlers("echo.yaml")]
impl MessagesHandlers for Echo {
    async fn message(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Message,
    ) -> Result<(), Refused<errors::MessageError>> {
        cx.room().await;
        cx.caller().message_back(&payload);
        Ok(())
    }

    async fn message_with_ack(
        &self,
        _: &Connected<'_, Self>,
        payload: client_events::MessageWithAck,
    ) -> Result<Args, Refused<errors::MessageWithAckError>> {
        Ok(payload)
    }
}
