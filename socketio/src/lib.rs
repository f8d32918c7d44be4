//! Engine.IO 4 and Socket.IO 5, both sides.
//!
//! * [`packet`]: packets and payloads as text, without I/O: parsed as borrowed slices, encoded once. Where both ends are
//!   told to ([`packet::Parser`]), they are msgpack on the wire.
//! * [`engine`]: the Engine.IO connection as state machines, with time injected.
//! * [`server`]: hyper and tokio-tungstenite around them; one task per connection.
//! * [`client`]: the other side.
//! * [`typed`]: what generated code delegates to.
//!
//! Sources named in the docs: the [Engine.IO protocol](https://socket.io/docs/v4/engine-io-protocol/), revision 4, and the
//! [Socket.IO protocol](https://socket.io/docs/v4/socket-io-protocol/), revision 5.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod client;
pub mod engine;
pub mod packet;
pub mod server;
pub mod typed;
