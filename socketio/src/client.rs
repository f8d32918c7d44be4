//! The client: one task per connection, which reconnects; handles that send, and one queue of what came.
//!
//! ```text
//! Client ── emits, calls ── queue ──┐                    ┌── Incoming
//!                                   session (a task): CONNECT, events, acknowledgements, reconnection
//!                                     │ owns
//!                                   link: heartbeat, Engine.IO packets
//!                                     │
//!                                   transport: carrier, and the upgrade from one to the other
//!                                     │
//!                          polling ───┴─── websocket
//! ```

mod arrived;
mod auth;
mod backoff;
mod config;
mod cookies;
mod dial;
mod ending;
mod endpoint;
mod error;
mod extras;
mod handle;
mod http;
mod inbox;
mod incoming;
mod joining;
mod lane;
mod ledger;
mod link;
mod news;
mod outbound;
mod polling;
mod queue;
mod retries;
mod returning;
mod session;
mod signal;
mod stream;
mod telling;
#[cfg(feature = "tls")]
mod tls;
mod transport;
mod upgrade;
mod volatile;
mod websocket;

pub use crate::packet::Parser;
pub use auth::{Ask, Auth};
pub use backoff::Backoff;
pub use config::{Config, Transports, WhenRefused};
pub use ending::{Detail, Reason};
pub use error::{CallError, ConnectError, SendError};
pub use handle::Client;
pub use incoming::Incoming;
pub use signal::Signal;
pub use volatile::Volatile;
