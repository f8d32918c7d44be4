//! From a message to the end of its answer.

use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::super::answer::{Answer, Phase, Question, Updates};
use super::super::call::CallStage;
use super::super::history::turn;
use super::{Actor, INTERRUPTED};
use crate::gemini::content::Speaker;
use crate::gemini::{
    Content, ErrorKind, Finished, FunctionDeclaration, ModelError, Request, Update, function_responses,
    replay,
};
use crate::moment;
use crate::protocol::{names, server_events, types};
use crate::store::{StoreError, TurnKind};

/// What people are told when an answer cannot be kept.
const NOT_KEPT: &str = "The answer could not be stored.";

/// What people are told when the model calls tools without end.
const TOO_MANY_STEPS: &str = "The model called tools too often for one answer.";

/// What people are told when somebody cancels.
const CANCELLED: &str = "Request cancelled by user";

impl Actor {
    /// Begins to answer the next message, if nothing is being answered.
    pub(super) async fn answer_next(&mut self) {
        if self.answer.is_some() {
            return;
        }
        let Some(question) = self.queue.pop_front() else { return };
        self.typing(&question.user, true);
        let cancel = CancellationToken::new();
        let updates = self.ask_model(question.exchange, &cancel);
        self.answer = Some(Answer::new(question, cancel, updates));
    }

    fn ask_model(&self, exchange: u64, cancel: &CancellationToken) -> Updates {
        let tools = self.means.tools.declarations().into_iter().map(|tool| FunctionDeclaration {
            name: tool.name,
            description: tool.description,
            parameters_json_schema: tool.parameters,
        });
        let request = Request {
            model: self.model.clone(),
            system: None,
            contents: replay::contents(&self.history.until(exchange)),
            tools: tools.collect(),
        };
        self.means.model.stream(request, cancel.clone())
    }

    /// The model has said something; `None` if it has stopped without an end.
    pub(super) async fn update(&mut self, update: Option<Result<Update, ModelError>>) {
        let Some(answer) = &mut self.answer else { return };
        let Phase::Streaming { calls, .. } = &mut answer.phase else { return };
        match update {
            Some(Ok(Update::Text(text))) => {
                answer.shown.push_str(&text);
                answer.unsaved.push_str(&text);
                // Lent to the event: a copy for each piece would be most of the work.
                let content =
                    server_events::GeminiContent { text, accumulated: std::mem::take(&mut answer.shown) };
                self.room().gemini_content(&content);
                if let Some(answer) = &mut self.answer {
                    answer.shown = content.accumulated;
                }
            }
            Some(Ok(Update::Thought { summary, thought })) => {
                self.room().gemini_thought(&server_events::GeminiThought { thought, summary });
            }
            Some(Ok(Update::Call(call))) => calls.push(call),
            Some(Ok(Update::Retrying { attempt, wait, error })) => {
                tracing::warn!(session = self.id, attempt, ?wait, %error, detail = error.detail, "Gemini failed; trying again");
            }
            Some(Ok(Update::Finished(finished))) => self.finished(finished).await,
            Some(Err(error)) => self.failed(&error).await,
            None => self.failed(&ModelError::new(ErrorKind::Interrupted, "The answer broke off.")).await,
        }
    }

    async fn finished(&mut self, finished: Finished) {
        let Some(answer) = &mut self.answer else { return };
        let exchange = answer.question.exchange;
        answer.unsaved.clear();
        let calls = match &mut answer.phase {
            Phase::Streaming { calls, .. } => std::mem::take(calls),
            Phase::Calling(_) => return,
        };
        if self.keep(TurnKind::Model, exchange, finished.content, false).await.is_err() {
            return self.fail(NOT_KEPT).await;
        }
        if calls.is_empty() {
            self.done().await;
        } else {
            self.call_all(calls).await;
            self.after_calls().await;
        }
    }

    async fn done(&mut self) {
        let Some(Answer { question, shown, .. }) = self.answer.take() else { return };
        // Told to the log first, here and elsewhere: what people have seen is in it.
        let data = json!({ "userMessage": question.content, "response": shown.as_str() });
        self.record(types::Activity::Chat, names::server::GEMINI_DONE, Some(&question.user), data).await;
        self.room().gemini_done(&server_events::GeminiDone {
            full_response: shown.into_string(),
            timestamp: moment::now(),
        });
        self.end_answer(&question).await;
    }

    async fn failed(&mut self, error: &ModelError) {
        tracing::warn!(
            session = self.id,
            kind = error.kind.code(),
            %error,
            detail = error.detail,
            "an answer failed"
        );
        self.fail(&error.message).await;
    }

    /// Ends the answer with an error that people are told. What it has so far is kept.
    pub(super) async fn fail(&mut self, sentence: &str) {
        self.keep_unfinished(sentence).await;
        let Some(Answer { question, cancel, .. }) = self.answer.take() else { return };
        cancel.cancel();
        let data = json!({ "userMessage": question.content, "error": sentence });
        self.record(types::Activity::Error, names::server::GEMINI_ERROR, Some(&question.user), data).await;
        self.room().gemini_error(&server_events::GeminiError { error: sentence.to_owned() });
        self.end_answer(&question).await;
    }

    /// Ends the running answer, if there is one, because somebody said so. What it has so far may be kept.
    pub(super) async fn cancel(&mut self, user: &str, keep: bool) {
        if self.answer.is_none() {
            return;
        }
        self.reject_all(user, CANCELLED).await;
        if keep {
            self.keep_unfinished(CANCELLED).await;
        }
        let Some(Answer { question, cancel, .. }) = self.answer.take() else { return };
        cancel.cancel();
        self.record(types::Activity::Chat, names::server::GEMINI_CANCELLED, Some(user), json!({})).await;
        self.room().gemini_cancelled(&server_events::GeminiCancelled { message: CANCELLED.to_owned() });
        self.typing(&question.user, false);
    }

    /// Ends everything because the service ends. What the answer has so far is kept.
    pub(super) async fn break_off(&mut self) {
        self.keep_unfinished(INTERRUPTED).await;
        self.drop_everything().await;
    }

    /// Ends everything because the session is no more.
    pub(super) async fn drop_everything(&mut self) {
        self.queue.clear();
        if let Some(answer) = self.answer.take() {
            answer.cancel.cancel();
        }
        self.runs.shutdown().await;
    }

    async fn end_answer(&mut self, question: &Question) {
        self.typing(&question.user, false);
        // Not a call of itself: a long queue is no deep stack.
        Box::pin(self.answer_next()).await;
    }

    /// Goes on with the model when all calls of a step have an answer.
    pub(super) async fn next_step(&mut self, answers: Content) {
        let Some(answer) = &mut self.answer else { return };
        let exchange = answer.question.exchange;
        answer.steps += 1;
        let is_over = answer.steps > self.means.limits.steps;
        let cancel = answer.cancel.clone();
        if self.keep(TurnKind::Function, exchange, answers, false).await.is_err() {
            return self.fail(NOT_KEPT).await;
        }
        if is_over {
            return self.fail(TOO_MANY_STEPS).await;
        }
        let updates = self.ask_model(exchange, &cancel);
        if let Some(answer) = &mut self.answer {
            answer.phase = Phase::Streaming { updates, calls: Vec::new() };
        }
    }

    /// What there is of an answer that will not be finished: what its calls gave, what has been shown, and its end.
    async fn keep_unfinished(&mut self, why: &str) {
        let Some(answer) = &mut self.answer else { return };
        let exchange = answer.question.exchange;
        let text = std::mem::take(&mut answer.unsaved);
        let told = match &answer.phase {
            Phase::Calling(calls) => calls.as_slice(),
            Phase::Streaming { .. } => &[],
        };
        let told = told.iter().map(|call| match &call.stage {
            CallStage::Done(told) => (&call.function, told.clone()),
            CallStage::Asked { .. } => (&call.function, Err(why.to_owned())),
            CallStage::Running => (&call.function, Err(format!("What came of it is not known. {why}"))),
        });
        let told = function_responses(told);
        // What cannot be kept has been logged; there is nobody else to tell.
        if told.parts.is_empty() || self.keep(TurnKind::Function, exchange, told, false).await.is_ok() {
            let _ = self.keep_end(exchange, &text).await;
        }
    }

    /// The last words of an exchange that has no proper end; empty: none.
    pub(super) async fn keep_end(&mut self, exchange: u64, text: &str) -> Result<(), StoreError> {
        let said = match text {
            "" => Content { role: Speaker::Model, parts: Vec::new() },
            text => Content::model_text(text),
        };
        self.keep(TurnKind::Model, exchange, said, true).await
    }

    /// Stores a turn, then remembers it.
    async fn keep(
        &mut self,
        kind: TurnKind,
        exchange: u64,
        content: Content,
        partial: bool,
    ) -> Result<(), StoreError> {
        let turn = turn(kind, &content, None, partial);
        match self.means.store.append_turns(&self.id, vec![turn.clone()]).await {
            Ok(_) => {
                self.history.push(exchange, content, &turn);
                Ok(())
            }
            Err(error) => {
                tracing::error!(session = self.id, %error, "a turn could not be stored");
                Err(error)
            }
        }
    }
}
