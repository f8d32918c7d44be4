//! A handler whose payload is that of no event.

use parlance_socketio::typed::{ConnectError, DisconnectReason, Handshake, Refused};

parlance_codegen::server!("desk.yaml");

struct App;

impl Application for App {
    type User = ();
    type Seated = i64;

    async fn authenticate(&self, _: Handshake<'_>) -> Result<Identity<()>, ConnectError> {
        Ok(Identity { user: () })
    }

    async fn connected(&self, _: &Connected<'_, Self>) {}

    async fn disconnected(&self, _: &Connected<'_, Self>, _: DisconnectReason) {}
}

impl DeskHandlers for App {
    async fn sit(
        &self,
        _: &Connected<'_, Self>,
        payload: server_events::Moved,
    ) -> Result<(server_events::Sat, i64), Refused<errors::SitError>> {
        Ok((server_events::Sat { desk: payload.desk }, payload.desk))
    }

    async fn stand_up(&self, cx: &Seated<'_, Self>) -> Result<(), Refused<errors::StandUpError>> {
        cx.leave_seated();
        Ok(())
    }
}

fn main() {}
