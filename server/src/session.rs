//! Sessions: a task per session is the only owner of its history, its running answer, its queue and its tool calls.
//!
//! * [`Sessions`] finds the task of a session, or starts it.
//! * [`command`]: what a session can be asked.
//! * `actor`: the task: commands, the model's updates, tools and deadlines, one at a time, in one order for everybody.
//! * `answer`: one answer of the model, over as many steps as it calls tools.
//! * `call`: one tool call from request to result.
//! * `history`: turns, as they are stored, replayed and shown.

mod actor;
mod answer;
mod call;
pub mod command;
mod history;
mod sessions;

use std::sync::Arc;
use std::time::Duration;

pub use command::{ExecuteError, MessageError, UnknownCall};
pub use sessions::{Gone, Sessions};

use crate::gemini::Model;
use crate::monitoring::Monitor;
use crate::protocol::Emitter;
use crate::store::Store;
use crate::tools::Registry;

/// What sessions work with.
pub struct Means {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Who answers.
    pub model: Arc<dyn Model>,
    /// What can be called.
    pub tools: Arc<Registry>,
    /// Who is told.
    pub emitter: Emitter,
    /// The log of activity.
    pub monitor: Monitor,
    /// Their bounds.
    pub limits: Limits,
}

/// Bounds of a session.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Messages that may wait while another is answered.
    pub queue: usize,
    /// How long a tool call waits for a decision.
    pub approval_timeout: Duration,
    /// Steps of one answer: how often the model may go on after tools.
    pub steps: usize,
    /// Calls of one step; more are refused.
    pub calls: usize,
    /// Tools run by hand at a time.
    pub executions: usize,
    /// How long a session without members stays in memory.
    pub idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            queue: 16,
            approval_timeout: Duration::from_secs(600),
            steps: 25,
            calls: 16,
            executions: 8,
            idle: Duration::from_secs(60),
        }
    }
}
