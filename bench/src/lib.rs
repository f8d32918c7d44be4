//! What the micro-benches share: a small service of its own document, a server of it within the process with its clients, and
//! texts of given lengths. Nothing depends on it.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod client;
mod handlers;
mod local;
mod texts;

/// That of the programs that are handed out, for all benches.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub use client::{Client, masked};
pub use handlers::{Micro, Served};
pub use local::{Local, Shared, now};
pub use texts::{ESCAPED, PLAIN, of_length};

/// The protocol, as the document says it.
pub mod protocol {
    parlance_codegen::server!("micro.yaml");
}
