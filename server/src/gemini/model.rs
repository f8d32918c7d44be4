//! The port: what a session knows of a model.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::content::{Content, FunctionCall};

/// A model that answers a conversation piece by piece.
pub trait Model: Send + Sync + 'static {
    /// Starts to answer. Returns at once; what happens arrives on the (bounded) channel:
    ///
    /// * any number of [`Update`]s, then one [`Update::Finished`], and the channel closes; or
    /// * any number of [`Update`]s, then one `Err`, and the channel closes. Text that has arrived by then stays valid.
    ///
    /// After `cancel` the upstream call is given up, and the channel ends, with an error of kind
    /// [`ErrorKind::Cancelled`] if there was room for it. Dropping the receiver cancels too.
    fn stream(
        &self,
        request: Request,
        cancel: CancellationToken,
    ) -> mpsc::Receiver<Result<Update, ModelError>>;
}

/// What the model is asked.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Which model, for example `gemini-3.8-flash`; the client's own choice if `None`.
    pub model: Option<String>,
    /// The system instruction.
    pub system: Option<String>,
    /// The conversation so far, as [`replay::contents`](super::replay::contents) makes it. Ends with a user turn.
    pub contents: Vec<Content>,
    /// What the model may call.
    pub tools: Vec<FunctionDeclaration>,
}

/// A function that the model may call.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FunctionDeclaration {
    /// Starts with a letter or `_`; then letters, digits, `_`, `-`, `.` and `:`; at most 128 characters.
    pub name: String,
    /// What it does, for the model.
    pub description: String,
    /// A JSON Schema of the arguments.
    pub parameters_json_schema: Value,
}

/// A piece of an answer.
#[derive(Debug, Clone)]
pub enum Update {
    /// More text of the answer. Never empty.
    Text(String),
    /// A thought, whole.
    Thought {
        /// Its headline, without the asterisks; empty if it has none.
        summary: String,
        /// The rest of it.
        thought: String,
    },
    /// A function that the model wants to have called. Calls come right before [`Update::Finished`], once the
    /// stream has ended well, so that none is carried out that a retry would ask for again.
    Call(FunctionCall),
    /// The try failed before any text was shown, and the next one starts after `wait`. Thoughts may come again.
    Retrying {
        /// Number of the try that failed, from 1.
        attempt: u32,
        /// Time until the next one.
        wait: Duration,
        /// Why.
        error: ModelError,
    },
    /// The answer is complete. Nothing comes after it.
    Finished(Finished),
}

/// A complete answer.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The model's turn, to be stored and replayed.
    pub content: Content,
    /// Why it ended. Only reasons for which the answer is good: see [`FinishReason::is_good`].
    pub finish_reason: FinishReason,
    /// What it cost.
    pub usage: Usage,
    /// Which model answered, if it said so.
    pub model_version: Option<String>,
}

/// Why an answer ended, in Gemini's words, for example `STOP`. New words appear; they are kept as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FinishReason(pub String);

impl FinishReason {
    /// The natural end.
    pub const STOP: &str = "STOP";
    /// The limit of output tokens was reached.
    pub const MAX_TOKENS: &str = "MAX_TOKENS";
    /// A very long answer goes on in another request.
    pub const CONTINUATION: &str = "CONTINUATION";

    /// Whether what was said until then is a good answer.
    pub fn is_good(&self) -> bool {
        matches!(self.0.as_str(), Self::STOP | Self::MAX_TOKENS | Self::CONTINUATION)
    }
}

/// Tokens of one answer, cumulative. Zero where the model did not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Usage {
    /// Of the request.
    pub prompt_tokens: u64,
    /// Of the answer.
    pub answer_tokens: u64,
    /// Of thinking.
    pub thought_tokens: u64,
    /// Of the request, taken from a cache.
    pub cached_tokens: u64,
    /// All of it.
    pub total_tokens: u64,
}

/// Why there is no (complete) answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ModelError {
    /// What went wrong.
    pub kind: ErrorKind,
    /// A sentence for the person who is waiting. Holds no key, no address, and nothing the model's host said.
    pub message: String,
    /// More for the log, in the host's words, with the key blotted out.
    pub detail: Option<String>,
    /// The host's own word for it, verbatim, if there is one: a `finishReason`, `blockReason` or `reason`.
    pub reason: Option<String>,
    /// How long the host asked to wait, if it did.
    pub retry_after: Option<Duration>,
}

/// What went wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The host cannot be reached, or says it is overloaded or broken.
    Unavailable,
    /// Too many requests; later it works again.
    RateLimited,
    /// The quota of the day, or what may be spent, is used up.
    QuotaExhausted,
    /// The key is missing, wrong, or not allowed to do this.
    Unauthorized,
    /// There is no such model.
    UnknownModel,
    /// The host refused the request.
    InvalidRequest,
    /// The model's host refused to answer this prompt.
    Blocked,
    /// The model stopped for a reason that makes the answer no good, for example `SAFETY`.
    Stopped,
    /// The model tried to call a function and did not manage to say which.
    MalformedCall,
    /// The answer ended without an end. What was received is kept by whoever received it.
    Interrupted,
    /// The model said nothing.
    Empty,
    /// What came is not what Gemini sends.
    Protocol,
    /// It was cancelled.
    Cancelled,
}

impl ErrorKind {
    /// A short stable word for it, as in logs and metrics.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unavailable => "upstream-unavailable",
            Self::RateLimited => "upstream-rate-limited",
            Self::QuotaExhausted => "upstream-quota-exhausted",
            Self::Unauthorized => "upstream-unauthorized",
            Self::UnknownModel => "unknown-model",
            Self::InvalidRequest => "upstream-invalid-request",
            Self::Blocked => "blocked",
            Self::Stopped => "stopped",
            Self::MalformedCall => "malformed-call",
            Self::Interrupted => "interrupted",
            Self::Empty => "empty-answer",
            Self::Protocol => "upstream-protocol-error",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether the same request may well succeed a little later.
    pub fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::Unavailable | Self::RateLimited | Self::Interrupted | Self::Empty | Self::MalformedCall
        )
    }
}

impl ModelError {
    /// An error of a kind with a sentence for people.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), detail: None, reason: None, retry_after: None }
    }

    /// Adds the host's own word for it.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Adds what the log should have.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The error of a cancelled answer.
    pub fn cancelled() -> Self {
        Self::new(ErrorKind::Cancelled, "The request was cancelled.")
    }

    /// Whether the same request may well succeed a little later.
    pub fn is_retryable(&self) -> bool {
        self.kind.is_retryable()
    }
}
