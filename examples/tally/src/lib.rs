//! People in a room count votes together.
//!
//! `tally.yaml` is the protocol; everything that can be derived from it is in [`protocol`]. What cannot is in [`board`], which counts,
//! and in `handlers`, which says who people are and what each event does.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

use std::sync::Arc;

use parlance_socketio::server::{Config, Hub, Server};
use tokio::net::TcpListener;

pub mod board;
mod handlers;

pub use handlers::Tally;

/// The protocol, as the document says it.
pub mod protocol {
    parlance_codegen::server!("tally.yaml");
}

/// Serves until `stop` is ready.
pub async fn serve(listener: TcpListener, stop: impl Future<Output = ()>) {
    let hub = Hub::new();
    let protocol = protocol::Protocol::new(Arc::new(Tally::default()), protocol::Emitter::new(hub.clone()));
    Server::new(protocol, hub, Config::default()).serve(listener, stop).await;
}
