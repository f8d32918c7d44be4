//! The server over real sockets: what the official protocol suites ask, and what they do not.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

#[path = "server/acks.rs"]
mod acks;
#[path = "server/after_each.rs"]
mod after_each;
#[path = "server/answers.rs"]
mod answers;
#[path = "server/ends.rs"]
mod ends;
#[path = "server/everybody.rs"]
mod everybody;
#[path = "server/hostile.rs"]
mod hostile;
#[path = "server/msgpack.rs"]
mod msgpack;
#[path = "server/plain.rs"]
mod plain;
#[path = "server/polling.rs"]
mod polling;
#[path = "server/recovery.rs"]
mod recovery;
#[path = "server/service.rs"]
mod service;
#[path = "server/socketio.rs"]
mod socketio;
#[path = "server/stress.rs"]
mod stress;
#[path = "server/upgrade.rs"]
mod upgrade;
#[path = "server/websocket.rs"]
mod websocket;
