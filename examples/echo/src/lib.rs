//! Says everything back, over Socket.IO as `echo.yaml` has it, and over plain Engine.IO.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

use std::sync::Arc;

use parlance_socketio::server::{
    Config, ConfigError, EngineMessage, EngineService, EngineSocket, Hub, Server,
};
use tokio::net::TcpListener;

mod handlers;

pub use handlers::Echo;

/// Where plain Engine.IO is.
pub const ENGINE_PATH: &str = "/engine.io/";

/// The protocol, as the document says it.
pub mod protocol {
    parlance_codegen::server!("echo.yaml");
}

/// Serves until `stop` is ready.
///
/// # Errors
/// When the configuration has a bound that is none.
pub async fn serve(
    listener: TcpListener,
    config: Config,
    stop: impl Future<Output = ()>,
) -> Result<(), ConfigError> {
    let hub = Hub::new();
    let protocol = protocol::Protocol::new(Arc::new(Echo), protocol::Emitter::new(hub.clone()));
    let plain = Config { path: ENGINE_PATH.into(), ..config.clone() };
    Server::try_new(protocol, hub, config)?.engine(Echo, plain)?.serve(listener, stop).await;
    Ok(())
}

impl EngineService for Echo {
    async fn message(&self, socket: &EngineSocket, message: EngineMessage<'_>) {
        socket.room().await;
        socket.send(message);
    }
}
