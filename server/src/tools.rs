//! What the model, and people by hand, can have done: tools behind a policy.
//!
//! A [`Tool`] says what it is called and takes, and does it. The [`Registry`] knows all of them, checks arguments against what the
//! tool declares before anybody is asked, and says what the [`Policy`] thinks of a call. The first tools work on the files of a
//! workspace, from which no path leads out.

pub mod arguments;
pub mod files;
pub mod policy;
pub mod registry;

use std::fmt;
use std::pin::Pin;

use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

pub use files::{add_workspace_tools, workspace_tools};
pub use policy::{Approval, Policy};
pub use registry::{Prepared, Refusal, Registry};

/// Something that can be called.
pub trait Tool: Send + Sync + 'static {
    /// What it is.
    fn declaration(&self) -> Declaration;

    /// Does it. `args` fit the declared schema. When `cx.cancel` fires, it should end soon; what it gives then is not used.
    /// Dropping the future must not leave anything half done.
    fn run(&self, args: Map<String, Value>, cx: CallContext) -> Running<'_>;
}

/// A call on its way.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<Output, ToolError>> + Send + 'a>>;

/// What a tool is.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// A letter or `_`, then letters, digits, `_`, `-`, `.` and `:`; at most 128 characters.
    pub name: String,
    /// What it does, for the model and for people.
    pub description: String,
    /// A JSON Schema of the arguments, of type `object`.
    pub parameters: Value,
    /// Whether it changes anything; the policy starts from that.
    pub effect: Effect,
}

/// Whether a tool changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It only looks.
    Reads,
    /// It changes something.
    Writes,
}

/// What a call knows about where it runs.
#[derive(Debug, Clone, Default)]
pub struct CallContext {
    /// Fires when the call is no longer wanted.
    pub cancel: CancellationToken,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// For the model.
    pub result: Value,
    /// For people: one line or a few.
    pub display: String,
}

/// Why a call failed: a sentence for the model and for people, without anything of the machine in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolError(String);

impl ToolError {
    /// The sentence, for example `No such file: /workspace/x`.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for ToolError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for ToolError {}
