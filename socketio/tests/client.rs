//! The client over real sockets: against the crate's own server, through a connection that can be cut, and against servers
//! that misbehave.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, reason = "shared with the tests of the server")]
mod support;

#[path = "client/attachments.rs"]
mod attachments;
#[path = "client/beginning.rs"]
mod beginning;
#[path = "client/common.rs"]
mod common;
#[path = "client/ends.rs"]
mod ends;
#[path = "client/everyday.rs"]
mod everyday;
#[path = "client/fake.rs"]
mod fake;
#[path = "client/jitter.rs"]
mod jitter;
#[path = "client/misbehaving.rs"]
mod misbehaving;
#[path = "client/msgpack.rs"]
mod msgpack;
#[path = "client/proxy.rs"]
mod proxy;
#[path = "client/reconnecting.rs"]
mod reconnecting;
#[path = "client/recovering.rs"]
mod recovering;
#[path = "client/requests.rs"]
mod requests;
#[path = "client/retrying.rs"]
mod retrying;
#[path = "client/slow.rs"]
mod slow;
#[path = "client/too_long.rs"]
mod too_long;
#[path = "client/upgrade.rs"]
mod upgrade;
