//! One answer of the model, over as many steps as it calls tools.

use parlance_socketio::typed::Growing;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::call::{Call, CallStage};
use crate::gemini::{FunctionCall, ModelError, Update};

/// What the model says next.
pub(super) type Updates = mpsc::Receiver<Result<Update, ModelError>>;

/// A message that waits to be answered, or is.
#[derive(Debug)]
pub(super) struct Question {
    /// Who asked.
    pub(super) user: String,
    /// What.
    pub(super) content: String,
    /// Its number.
    pub(super) exchange: u64,
}

/// A running answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) question: Question,
    /// Everything that has been shown.
    pub(super) shown: Growing,
    /// What has been said in this step and is not stored yet.
    pub(super) unsaved: String,
    /// How often the model has gone on after tools.
    pub(super) steps: usize,
    /// Ends the upstream call and the tools.
    pub(super) cancel: CancellationToken,
    pub(super) phase: Phase,
}

/// What an answer waits for.
#[derive(Debug)]
pub(super) enum Phase {
    /// The model.
    Streaming {
        /// Where it speaks.
        updates: Updates,
        /// What it wants to have called.
        calls: Vec<FunctionCall>,
    },
    /// Tools.
    Calling(Vec<Call>),
}

impl Answer {
    pub(super) fn new(question: Question, cancel: CancellationToken, updates: Updates) -> Self {
        Self {
            question,
            shown: Growing::new(),
            unsaved: String::new(),
            steps: 0,
            cancel,
            phase: Phase::Streaming { updates, calls: Vec::new() },
        }
    }

    /// A call of this answer.
    pub(super) fn call(&mut self, id: &str) -> Option<&mut Call> {
        match &mut self.phase {
            Phase::Calling(calls) => calls.iter_mut().find(|call| call.id == id),
            Phase::Streaming { .. } => None,
        }
    }

    /// Calls that wait for a decision.
    pub(super) fn asked(&self) -> impl Iterator<Item = &Call> {
        let calls = match &self.phase {
            Phase::Calling(calls) => calls.as_slice(),
            Phase::Streaming { .. } => &[],
        };
        calls.iter().filter(|call| matches!(call.stage, CallStage::Asked { .. }))
    }

    /// When the first of them has waited long enough.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.asked()
            .filter_map(|call| match &call.stage {
                CallStage::Asked { until, .. } => Some(*until),
                _ => None,
            })
            .min()
    }
}
