//! One tool call from request to result.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use crate::gemini::FunctionCall;
use crate::protocol::types;
use crate::tools::{Output, Prepared, ToolError};

/// A call of the model.
pub(super) struct Call {
    /// Its id in this session: ours, because not every model gives one.
    pub(super) id: String,
    /// What the model asked for.
    pub(super) function: FunctionCall,
    pub(super) stage: CallStage,
}

/// How far it is.
pub(super) enum CallStage {
    /// It waits for a decision until then.
    Asked {
        /// What will run, with exactly the arguments that were shown.
        prepared: Box<Prepared>,
        /// Until when.
        until: Instant,
    },
    /// It runs.
    Running,
    /// What the model is told.
    Done(Result<Value, String>),
}

impl std::fmt::Debug for Call {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let stage = match self.stage {
            CallStage::Asked { .. } => "asked",
            CallStage::Running => "running",
            CallStage::Done(_) => "done",
        };
        write!(formatter, "Call({} {} {stage})", self.id, self.function.name)
    }
}

/// A tool that has run.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) call: String,
    pub(super) tool: String,
    /// Who ran it by hand, or asked the model what it was for.
    pub(super) user: String,
    pub(super) by_hand: bool,
    pub(super) took: Duration,
    pub(super) outcome: Result<Output, ToolError>,
}

/// The name of a tool as the protocol takes it. A model may make up any name.
pub(super) fn tool_name(name: &str) -> types::ToolName {
    types::ToolName::new(name).unwrap_or_else(|_| types::ToolName::trusted("invalid"))
}

/// Whole milliseconds.
pub(super) fn milliseconds(took: Duration) -> i64 {
    i64::try_from(took.as_millis()).unwrap_or(i64::MAX)
}
