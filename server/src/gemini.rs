//! Talking to Gemini: the port that sessions use, and the client behind it.
//!
//! * [`model`]: what a session sees of a model: [`Model`], [`Request`], [`Update`], [`ModelError`].
//! * [`content`]: turns of a conversation as raw parts, byte for byte, and typed views of them.
//! * [`replay`]: from stored turns to the `contents` of the next request.

pub mod content;
pub mod model;
pub mod replay;

pub use content::{Content, FunctionCall, Speaker, function_responses};
pub use model::{
    ErrorKind, FinishReason, Finished, FunctionDeclaration, Model, ModelError, Request, Update, Usage,
};
