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

mod config;
mod endpoint;
mod error;
mod handle;
mod http;
mod link;
mod polling;
mod queue;
mod retries;
mod returning;
mod session;
mod signal;
mod stream;
#[cfg(feature = "tls")]
mod tls;
mod transport;
mod upgrade;
mod websocket;

pub use crate::packet::Parser;
pub use config::{Backoff, Config, Transports};
pub use error::{CallError, ConnectError, SendError};
pub use handle::{Client, Incoming};
pub use signal::{Reason, Signal};
