//! What generated code delegates to. Its own decisions are in the plan; how they are carried out is here.
//!
//! Nothing in here knows of a particular protocol: names, shapes, limits and codes are arguments.

mod asks;
mod call;
mod check;
mod client;
mod emits;
mod fields;
mod identity;
mod join;
mod limit;
mod once;
mod outgoing;
mod prefixes;
mod refusal;
mod shape;
mod strict;

pub use asks::{Answers, AnyArgs, AskError, Expected, OneOf, ask, ask_all};
pub use call::{After, Call, send, send_args, send_bare, send_volatile};
pub use check::{
    Invalid, Validate, is_date_time, is_integer, is_length, is_pattern, is_within, items, values,
};
pub use client::{CallError, call, decode_args, decode_event, done, returned, returned_args};
pub use emits::{Answer, EmitError, Sends, emit};
pub use fields::{nullable, present};
pub use identity::{NoIdentity, identity};
pub use join::{JoinError, code};
pub use limit::{Limit, Limits};
pub use once::Memory;
pub use outgoing::Outgoing;
pub use prefixes::{Keyed, Named, Prefixed, Prefixes, key_of};
pub use refusal::{ErrorCode, Refusal, Refused};
pub use shape::{Field, Fields, Mismatch, Shape};
pub use strict::{ObjectOnly, from_text};

pub use crate::packet::{Args, Binary, Event, Growing, NoArgs, Prefix};
pub use crate::server::{
    ConnectError, DisconnectReason, Handshake, Hub, RemoteSocket, Room, Service, Socket, SocketId, Target,
};

/// What generated code needs by name, so that its users need not depend on it.
#[doc(hidden)]
pub mod private {
    pub use regex_lite::Regex;
    pub use serde;
    pub use serde_json;
    pub use tracing;
}
