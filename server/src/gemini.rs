//! Talking to Gemini: the port that sessions use, and the client behind it.
//!
//! * [`model`]: what a session sees of a model: [`Model`], [`Request`], [`Update`], [`ModelError`].
//! * [`content`]: turns of a conversation as raw parts, byte for byte, and typed views of them.
//! * [`client`]: the one model there is, Gemini over its REST interface; underneath it [`wire`] (the JSON) and [`sse`] (the stream).
//! * [`offline`]: a stand-in for Gemini on loopback, for when there is no key.
//! * [`replay`]: from stored turns to the `contents` of the next request.

pub mod client;
pub mod content;
mod error;
mod json_stream;
pub mod model;
pub mod offline;
pub mod replay;
pub mod sse;
mod turn;
pub mod wire;

pub use client::{ApiKey, Client, ClientConfig, ConfigError, GOOGLE, RetryPolicy};
pub use content::{Content, FunctionCall, Speaker, function_responses};
pub use model::{
    ErrorKind, FinishReason, Finished, FunctionDeclaration, Model, ModelError, Request, Update, Usage,
};
