//! From the plan to tokens, a file per part.

mod client;
mod contexts;
mod dispatch;
mod emitter;
mod errors;
mod handlers;
mod items;
mod payloads;
mod prefixes;
mod server;
mod shapes;
mod targets;
mod tests;
mod validate;

pub(crate) use client::client;
pub(crate) use contexts::target_ident;
pub(crate) use handlers::missing_handlers;
pub(crate) use payloads::types;
pub(crate) use server::{server, trait_name};
pub(crate) use tests::tests;
