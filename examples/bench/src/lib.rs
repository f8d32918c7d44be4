//! The server that a load generator measures. `bench.yaml` is the protocol, `handlers` does what it says.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

use std::sync::Arc;

use parlance_socketio::server::{Config, Hub, Server};
use tokio::net::TcpListener;

mod handlers;

pub use handlers::Bench;

/// The protocol, as the document says it.
pub mod protocol {
    parlance_codegen::server!("bench.yaml");
}

/// What is served.
pub type Served = protocol::Protocol<Bench>;

/// Serves until `stop` is ready.
pub async fn serve(listener: TcpListener, config: Config, stop: impl Future<Output = ()>) {
    let hub = Hub::new();
    let protocol = Served::new(Arc::new(Bench), protocol::Emitter::new(hub.clone()));
    Server::new(protocol, hub, config).serve(listener, stop).await;
}
