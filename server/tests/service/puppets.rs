//! A model and tools that do what a test says, when it says so.

use std::time::Duration;

use parlance_server::gemini::content::{Content, FunctionCall, Speaker};
use parlance_server::gemini::{FinishReason, Finished, Model, ModelError, Request, Update, Usage};
use parlance_server::tools::{CallContext, Declaration, Effect, Output, Running, Tool, ToolError};
use serde_json::value::to_raw_value;
use serde_json::{Map, Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// Nothing takes so long, on a loaded machine neither.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);

/// What comes in time.
pub(crate) async fn within<T>(future: impl Future<Output = T>) -> T {
    timeout(DEADLINE, future).await.expect("it did not happen in time")
}

/// The service's side of the model.
pub(crate) struct PuppetModel(mpsc::UnboundedSender<Asked>);

/// The test's side of the model.
pub(crate) struct Questions(mpsc::UnboundedReceiver<Asked>);

/// A question to the model, which the test answers.
pub(crate) struct Asked {
    pub(crate) request: Request,
    pub(crate) cancel: CancellationToken,
    updates: mpsc::Sender<Result<Update, ModelError>>,
    parts: Vec<Value>,
    calls: Vec<FunctionCall>,
}

pub(crate) fn model() -> (PuppetModel, Questions) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (PuppetModel(sender), Questions(receiver))
}

impl Model for PuppetModel {
    fn stream(
        &self,
        request: Request,
        cancel: CancellationToken,
    ) -> mpsc::Receiver<Result<Update, ModelError>> {
        let (updates, receiver) = mpsc::channel(64);
        let _ = self.0.send(Asked { request, cancel, updates, parts: Vec::new(), calls: Vec::new() });
        receiver
    }
}

impl Questions {
    /// The next question to the model.
    pub(crate) async fn next(&mut self) -> Asked {
        timeout(DEADLINE, self.0.recv()).await.expect("the model was not asked").expect("no model any more")
    }

    /// Whether the model has not been asked anything else.
    pub(crate) fn is_quiet(&mut self) -> bool {
        self.0.try_recv().is_err()
    }
}

impl Asked {
    async fn send(&self, update: Result<Update, ModelError>) {
        // It may have been cancelled: then nobody listens, and that is for the test to see.
        let _ = self.updates.send(update).await;
    }

    pub(crate) async fn says(&mut self, text: &str) {
        self.parts.push(json!({ "text": text }));
        self.send(Ok(Update::Text(text.to_owned()))).await;
    }

    pub(crate) async fn thinks(&mut self, summary: &str, thought: &str) {
        self.send(Ok(Update::Thought { summary: summary.to_owned(), thought: thought.to_owned() })).await;
    }

    pub(crate) async fn retries(&mut self, error: ModelError) {
        self.send(Ok(Update::Retrying { attempt: 1, wait: Duration::ZERO, error })).await;
    }

    /// Wants something to be called when it finishes.
    pub(crate) fn wants(&mut self, name: &str, args: Value) {
        let args = args.as_object().cloned().unwrap_or_default();
        self.parts.push(json!({ "functionCall": { "name": name, "args": args } }));
        self.calls.push(FunctionCall { id: None, name: name.to_owned(), args });
    }

    /// The end of the step.
    pub(crate) async fn finishes(mut self) {
        for call in std::mem::take(&mut self.calls) {
            self.send(Ok(Update::Call(call))).await;
        }
        let parts = self.parts.iter().map(|part| to_raw_value(part).unwrap()).collect();
        let finished = Finished {
            content: Content { role: Speaker::Model, parts },
            finish_reason: FinishReason(FinishReason::STOP.to_owned()),
            usage: Usage::default(),
            model_version: None,
        };
        self.send(Ok(Update::Finished(finished))).await;
    }

    pub(crate) async fn fails(self, error: ModelError) {
        self.send(Err(error)).await;
    }

    /// Ends when nobody listens any more.
    pub(crate) async fn is_given_up(&self) {
        timeout(DEADLINE, self.updates.closed()).await.expect("the model's answer is still wanted");
        timeout(DEADLINE, self.cancel.cancelled()).await.expect("the upstream call goes on");
    }

    /// The texts of the question, one for each turn.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.request.contents.iter().map(Content::text).collect()
    }

    /// What the model is told about its calls.
    pub(crate) fn answers(&self) -> Vec<Value> {
        let last = self.request.contents.last().expect("a question");
        let parts = last.parts.iter().map(|part| serde_json::from_str::<Value>(part.get()).unwrap());
        parts.map(|part| part["functionResponse"].clone()).collect()
    }
}

/// A tool that ends when the test says so.
pub(crate) struct PuppetTool {
    name: &'static str,
    effect: Effect,
    runs: mpsc::UnboundedSender<Run>,
}

/// A tool that runs.
pub(crate) struct Run {
    pub(crate) tool: &'static str,
    pub(crate) args: Map<String, Value>,
    pub(crate) cancel: CancellationToken,
    end: oneshot::Sender<Result<Output, ToolError>>,
}

impl Run {
    pub(crate) fn gives(self, result: Value) {
        let _ = self.end.send(Ok(Output { result, display: "done".to_owned() }));
    }

    pub(crate) fn fails(self, sentence: &str) {
        let _ = self.end.send(Err(ToolError::new(sentence)));
    }

    pub(crate) fn panics(self) {
        drop(self.end);
    }
}

/// The test's side of the tools.
pub(crate) struct Runs(mpsc::UnboundedReceiver<Run>);

impl Runs {
    /// The next run of a tool.
    pub(crate) async fn next(&mut self) -> Run {
        timeout(DEADLINE, self.0.recv()).await.expect("no tool was run").expect("no tools any more")
    }

    /// Whether no other has been begun.
    pub(crate) fn is_quiet(&mut self) -> bool {
        self.0.try_recv().is_err()
    }
}

/// Two tools: `look` runs at once, `turn` asks. Both take a `what`.
pub(crate) fn tools() -> (Vec<PuppetTool>, Runs) {
    let (runs, receiver) = mpsc::unbounded_channel();
    let tool = |name, effect| PuppetTool { name, effect, runs: runs.clone() };
    (vec![tool("look", Effect::Reads), tool("turn", Effect::Writes)], Runs(receiver))
}

impl Tool for PuppetTool {
    fn declaration(&self) -> Declaration {
        Declaration {
            name: self.name.to_owned(),
            description: "Does what the test says.".to_owned(),
            parameters: json!({ "type": "object", "properties": { "what": { "type": "string" } }, "required": ["what"] }),
            effect: self.effect,
        }
    }

    fn run(&self, args: Map<String, Value>, cx: CallContext) -> Running<'_> {
        let (end, ended) = oneshot::channel();
        let _ = self.runs.send(Run { tool: self.name, args, cancel: cx.cancel, end });
        Box::pin(async move { ended.await.expect("the test lets the tool panic") })
    }
}
