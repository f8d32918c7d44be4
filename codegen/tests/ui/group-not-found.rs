//! `#[handlers]` on a trait that the document has no group for.

use parlance_socketio::typed::{ConnectError, DisconnectReason, Handshake};

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

trait ChairHandlers {}

#[parlance_codegen::handlers("desk.yaml")]
impl ChairHandlers for App {}

fn main() {}
