//! The server: hyper accepts, one task per connection reads, dispatches in order and writes.
//!
//! ```text
//! serve ── accepts, hyper ── http ── refuses, or opens / finds a session
//!                                      │
//!                            connection (a task): Socket.IO: namespaces, events → Service
//!                                      │ owns
//!                                  transport: carrier, heartbeat, inbox; takes from the outbox
//!                                      │
//!                         polling ──────┴────── websocket
//! hub: sockets and rooms; puts messages into outboxes from anywhere
//! flusher: writes what is in outboxes of connections whose tasks sleep
//! ```

mod acks;
mod admission;
mod ahead;
mod answer;
mod config;
mod connection;
mod counters;
mod drain;
mod flusher;
mod headers;
mod http;
mod hub;
mod ids;
mod impatient;
mod incoming;
mod joined;
mod joining;
mod link;
mod locks;
mod outbox;
mod packets;
mod plain;
mod polling;
mod raw;
mod reason;
mod recovery;
mod registry;
mod remote;
mod request;
mod room;
mod serve;
mod service;
mod session;
mod socket;
mod speaker;
mod stats;
mod target;
mod transport;
mod upgrade;
mod websocket;

pub use crate::packet::Parser;
pub use acks::{AckError, AckResponses};
pub use answer::Body;
pub use config::{Config, ConfigError, Origins, Recovery, Transports};
pub use headers::Headers;
pub use http::Fallback;
pub use hub::Hub;
pub use ids::SocketId;
pub use plain::{EngineMessage, EngineService, EngineSocket};
#[doc(hidden)]
pub use raw::echo_websockets;
pub use reason::DisconnectReason;
pub use remote::RemoteSocket;
pub use request::RequestInfo;
pub use room::Room;
pub use serve::Server;
pub use service::{ConnectError, Handshake, Recovered, Service};
pub use socket::Socket;
pub use stats::{Snapshot, Stats};
pub use target::Target;
