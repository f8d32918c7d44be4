//! Tool calls: asked for, decided once, carried out at most once.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use serde_json::{Map, Value, json};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::super::answer::{Answer, Phase};
use super::super::call::{Call, CallStage, Run, milliseconds, tool_name};
use super::super::command::{ExecuteError, UnknownCall};
use super::{Actor, call_id};
use crate::gemini::{FunctionCall, function_responses};
use crate::moment;
use crate::monitoring::Activity;
use crate::protocol::{names, server_events, types};
use crate::store::{Decision, NewCall, Outcome, StoreError, now};
use crate::tools::{Approval, CallContext, Prepared, Refusal, ToolError};

/// Who decides when no person does.
const POLICY: &str = "policy";

/// What the model and people are told about a tool that the policy denies.
const DENIED: &str = "The policy of this server denies the tool";

/// What the model is told about calls over the limit.
const TOO_MANY: &str = "Too many calls at a time";

/// What is told when nobody decides.
const TOO_LATE: &str = "Nobody decided in time";

/// What is told when a decision or call cannot be kept.
const NOT_KEPT: &str = "The call could not be stored";

/// A call as people are asked about it.
pub(super) fn request(call: &Call) -> server_events::GeminiToolRequest {
    server_events::GeminiToolRequest {
        call_id: types::CallId::trusted(call.id.as_str()),
        tool: tool_name(&call.function.name),
        args: call.function.args.clone(),
    }
}

impl Actor {
    /// All calls of a step, side by side.
    pub(super) async fn call_all(&mut self, functions: Vec<FunctionCall>) {
        let mut calls = Vec::with_capacity(functions.len());
        for (index, function) in functions.into_iter().enumerate() {
            let id = call_id("call", '_');
            let mut call = Call { id, function, stage: CallStage::Running };
            call.stage = self.begin(&call, index).await;
            calls.push(call);
        }
        if let Some(answer) = &mut self.answer {
            answer.phase = Phase::Calling(calls);
        }
    }

    async fn begin(&mut self, call: &Call, index: usize) -> CallStage {
        let prepared = self.means.tools.prepare(&call.function.name, call.function.args.clone());
        let verdict = match prepared {
            _ if index >= self.means.limits.calls => Err(TOO_MANY.to_owned()),
            Ok(prepared) if prepared.approval == Approval::Deny => Err(DENIED.to_owned()),
            Ok(prepared) => Ok(prepared),
            Err(refusal) => Err(refusal.to_string()),
        };
        // What is refused is kept as well: people see it, and may decide on what they see.
        let kept = self.means.store.request_call(self.new_call(call, None)).await;
        self.room().gemini_tool_request(&request(call));
        if let Err(error) = kept {
            tracing::error!(session = self.id, %error, "a call could not be stored");
            return self.refuse(&call.id, NOT_KEPT);
        }
        let reason = match &verdict {
            Ok(prepared) if prepared.approval == Approval::Ask => None,
            Ok(_) => Some(""),
            Err(reason) => Some(reason.as_str()),
        };
        if let Some(reason) = reason {
            let decision = self.decision(verdict.is_ok(), POLICY, reason);
            if let Err(error) = self.means.store.decide_call(&self.id, &call.id, decision).await {
                tracing::error!(session = self.id, %error, "a decision could not be stored");
                return self.refuse(&call.id, NOT_KEPT);
            }
        }
        match verdict {
            Ok(prepared) if prepared.approval == Approval::Ask => {
                let until = Instant::now() + self.means.limits.approval_timeout;
                CallStage::Asked { prepared: Box::new(prepared), until }
            }
            Ok(prepared) => {
                self.approved(&call.id, POLICY);
                self.start(call.id.clone(), call.function.name.clone(), prepared).await
            }
            Err(reason) => self.refuse(&call.id, &reason),
        }
    }

    /// Tells everybody that a call is not carried out, and why.
    fn refuse(&self, id: &str, reason: &str) -> CallStage {
        self.rejected(id, POLICY, reason);
        self.told(id, Err(reason.to_owned()))
    }

    fn new_call(&self, call: &Call, requested_by: Option<String>) -> NewCall {
        NewCall {
            session: self.id.clone(),
            id: call.id.clone(),
            tool: call.function.name.clone(),
            args: Value::Object(call.function.args.clone()).to_string(),
            requested_by,
            requested_at: now(),
        }
    }

    /// Somebody decides. A call that is decided already stays as it is.
    pub(super) async fn decide(
        &mut self,
        user: &str,
        id: &str,
        approved: bool,
        reason: &str,
    ) -> Result<(), UnknownCall> {
        let asked = self.answer.as_mut().and_then(|answer| answer.call(id));
        let waits = asked.is_some_and(|call| matches!(call.stage, CallStage::Asked { .. }));
        if !waits {
            return match self.means.store.call(&self.id, id).await? {
                Some(_) => Ok(()),
                None => Err(UnknownCall::Unknown),
            };
        }
        let decision = self.decision(approved, user, reason);
        let (call, _) = self.means.store.decide_call(&self.id, id, decision).await?;
        // What is on disk counts, also when it got there although the store said otherwise.
        if let Some(decision) = call.decision {
            self.settle(id, &decision).await;
        }
        Ok(())
    }

    /// Does what has been decided about a call that waited for it.
    async fn settle(&mut self, id: &str, decision: &Decision) {
        let Decision { approved, by, reason, .. } = decision;
        let Some(call) = self.answer.as_mut().and_then(|answer| answer.call(id)) else { return };
        let stage = std::mem::replace(&mut call.stage, CallStage::Running);
        let name = call.function.name.clone();
        let CallStage::Asked { prepared, .. } = stage else { return };
        let stage = if *approved {
            self.approved(id, by);
            self.start(id.to_owned(), name, *prepared).await
        } else {
            self.rejected(id, by, reason);
            let whose = if by == POLICY { String::new() } else { format!(" by {by}") };
            let why = if reason.is_empty() { String::new() } else { format!(": {reason}") };
            self.told(id, Err(format!("The call was rejected{whose}{why}")))
        };
        if let Some(call) = self.answer.as_mut().and_then(|answer| answer.call(id)) {
            call.stage = stage;
        }
        let event = if *approved { names::client::TOOL_APPROVE } else { names::client::TOOL_REJECT };
        let user = (by != POLICY).then_some(by.as_str());
        self.record(types::Activity::Tool, event, user, json!({ "callId": id })).await;
    }

    /// Calls that have waited long enough are rejected.
    pub(super) async fn expire(&mut self) {
        let now = Instant::now();
        let late: Vec<String> = self.answer.as_ref().map_or_else(Vec::new, |answer| {
            let is_late = |call: &&Call| matches!(call.stage, CallStage::Asked { until, .. } if until <= now);
            answer.asked().filter(is_late).map(|call| call.id.clone()).collect()
        });
        for id in late {
            if let Err(error) = self.decide(POLICY, &id, false, TOO_LATE).await {
                tracing::error!(session = self.id, %error, "a call could not be rejected");
                // It must not be late again at once, and it is not carried out after a restart either.
                self.settle(&id, &self.decision(false, POLICY, TOO_LATE)).await;
            }
        }
        self.after_calls().await;
    }

    /// Rejects whatever waits, without telling the model.
    pub(super) async fn reject_all(&mut self, user: &str, reason: &str) {
        let waiting: Vec<String> = self
            .answer
            .as_ref()
            .map_or_else(Vec::new, |answer| answer.asked().map(|call| call.id.clone()).collect());
        for id in waiting {
            let decision = self.decision(false, user, reason);
            match self.means.store.decide_call(&self.id, &id, decision).await {
                Ok((_, true)) => self.rejected(&id, user, reason),
                Ok((_, false)) => {}
                Err(error) => tracing::error!(session = self.id, %error, "a call could not be rejected"),
            }
        }
    }

    /// Carries an approved call of the model out, unless that cannot be noted before.
    async fn start(&mut self, id: String, tool: String, prepared: Prepared) -> CallStage {
        if let Err(error) = self.means.store.start_call(&self.id, &id, now()).await {
            tracing::error!(session = self.id, %error, "a call could not be started");
            return self.told(&id, Err(NOT_KEPT.to_owned()));
        }
        let user = self.answer.as_ref().map(|answer| answer.question.user.clone()).unwrap_or_default();
        self.spawn(id, tool, user, false, prepared);
        CallStage::Running
    }

    /// Runs a tool beside everything else.
    fn spawn(&mut self, id: String, tool: String, user: String, by_hand: bool, prepared: Prepared) {
        self.room().tool_execution_start(&server_events::ToolExecutionStart {
            name: tool_name(&tool),
            args: prepared.args().clone(),
            call_id: types::CallId::trusted(id.as_str()),
        });
        // What the model called ends with its answer.
        let cancel = match (&self.answer, by_hand) {
            (Some(answer), false) => answer.cancel.child_token(),
            _ => CancellationToken::new(),
        };
        self.runs.spawn(async move {
            let start = std::time::Instant::now();
            // A tool that panics has failed, as one that says so.
            let outcome = AssertUnwindSafe(prepared.run(CallContext { cancel })).catch_unwind().await;
            let outcome = outcome.unwrap_or_else(|_| Err(ToolError::new("The tool failed")));
            Run { call: id, tool, user, by_hand, took: start.elapsed(), outcome }
        });
    }

    /// A tool has run.
    pub(super) async fn ran(&mut self, run: Run) {
        let Run { call, tool, user, by_hand, took, outcome } = run;
        let result = if outcome.is_ok() { Outcome::Succeeded } else { Outcome::Failed };
        if let Err(error) = self.means.store.finish_call(&self.id, &call, result, now()).await {
            tracing::error!(session = self.id, %error, "the end of a call could not be stored");
        }
        let (name, call_id, execution_time) =
            (tool_name(&tool), types::CallId::trusted(call.as_str()), milliseconds(took));
        let event = match outcome {
            Ok(_) => names::server::TOOL_EXECUTION_COMPLETE,
            Err(_) => names::server::TOOL_EXECUTION_ERROR,
        };
        let activity = Activity {
            kind: types::Activity::Tool,
            event,
            user: Some(&user),
            session: Some(&self.id),
            tool: Some(&tool),
            data: json!({ "tool": tool, "callId": call, "executionTime": execution_time }),
        };
        self.means.monitor.record(activity).await;
        let told = match outcome {
            Ok(output) => {
                self.room().tool_execution_complete(&server_events::ToolExecutionComplete {
                    name,
                    result: output.result.clone(),
                    result_display: output.display,
                    execution_time,
                    call_id,
                });
                Ok(output.result)
            }
            Err(error) => {
                let error = error.to_string();
                let failed =
                    server_events::ToolExecutionError { name, error: error.clone(), execution_time, call_id };
                self.room().tool_execution_error(&failed);
                Err(error)
            }
        };
        let is_asked_for = self.answer.as_mut().is_some_and(|answer| answer.call(&call).is_some());
        if !by_hand && is_asked_for {
            let stage = self.told(&call, told);
            if let Some(waiting) = self.answer.as_mut().and_then(|answer| answer.call(&call)) {
                waiting.stage = stage;
            }
            self.after_calls().await;
        }
    }

    /// If every call has an answer, the model gets them all.
    pub(super) async fn after_calls(&mut self) {
        let Some(Answer { phase: Phase::Calling(calls), .. }) = &mut self.answer else { return };
        if !calls.iter().all(|call| matches!(call.stage, CallStage::Done(_))) {
            return;
        }
        let answers = std::mem::take(calls);
        let answers = answers.iter().filter_map(|call| match &call.stage {
            CallStage::Done(told) => Some((&call.function, told.clone())),
            _ => None,
        });
        let turn = function_responses(answers);
        self.next_step(turn).await;
    }

    /// What the model will be told about a call; people see it too.
    fn told(&self, id: &str, told: Result<Value, String>) -> CallStage {
        let result = match &told {
            Ok(result) => result.clone(),
            Err(error) => json!({ "error": error }),
        };
        let call_id = types::CallId::trusted(id);
        self.room().gemini_tool_result(&server_events::GeminiToolResult { call_id, result });
        CallStage::Done(told)
    }

    fn approved(&self, id: &str, by: &str) {
        self.room().tool_approved(&server_events::ToolApproved {
            call_id: types::CallId::trusted(id),
            approved_by: by.to_owned(),
            timestamp: moment::now(),
        });
    }

    fn rejected(&self, id: &str, by: &str, reason: &str) {
        self.room().tool_rejected(&server_events::ToolRejected {
            call_id: types::CallId::trusted(id),
            rejected_by: by.to_owned(),
            reason: reason.to_owned(),
            timestamp: moment::now(),
        });
    }

    /// Carries a tool out by hand: the caller may approve, and so has.
    pub(super) async fn execute(
        &mut self,
        user: String,
        name: &str,
        args: Map<String, Value>,
        id: Option<String>,
    ) -> Result<(), ExecuteError> {
        if self.runs.len() >= self.means.limits.executions {
            return Err(ExecuteError::Busy);
        }
        let prepared = match self.means.tools.prepare(name, args.clone()) {
            Ok(prepared) if prepared.approval == Approval::Deny => {
                return Err(ExecuteError::Refused(DENIED.to_owned()));
            }
            Ok(prepared) => prepared,
            Err(Refusal::UnknownTool(_)) => return Err(ExecuteError::UnknownTool),
            Err(Refusal::InvalidArguments(sentence)) => return Err(ExecuteError::Refused(sentence)),
        };
        let id = id.unwrap_or_else(|| call_id(name, '-'));
        let function = FunctionCall { id: None, name: name.to_owned(), args };
        let call = Call { id: id.clone(), function, stage: CallStage::Running };
        match self.means.store.request_call(self.new_call(&call, Some(user.clone()))).await {
            Ok(()) => {}
            Err(error @ StoreError::CallExists(_)) => return Err(ExecuteError::Refused(error.to_string())),
            Err(error) => return Err(error.into()),
        }
        self.means.store.decide_call(&self.id, &id, self.decision(true, &user, "")).await?;
        self.means.store.start_call(&self.id, &id, now()).await?;
        self.spawn(id, name.to_owned(), user, true, prepared);
        Ok(())
    }
}
