//! All tools by name, and the way from a name and arguments to something that can be run.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde_json::{Map, Value};

use super::{Approval, CallContext, Declaration, Output, Policy, Tool, ToolError, arguments};

/// The tools that there are. They may come and go while the service runs.
pub struct Registry {
    policy: Policy,
    tools: RwLock<BTreeMap<String, Arc<dyn Tool>>>,
}

/// Why a call cannot even be asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no tool of that name.
    #[error("There is no tool `{0}`")]
    UnknownTool(String),
    /// The arguments do not fit what the tool declares; the sentence says where.
    #[error("{0}")]
    InvalidArguments(String),
}

impl Registry {
    /// A registry without tools.
    pub fn new(policy: Policy) -> Self {
        Self { policy, tools: RwLock::default() }
    }

    /// Adds a tool, in the place of one of the same name if there is one.
    pub fn add(&self, tool: impl Tool) {
        let name = tool.declaration().name;
        self.tools.write().unwrap_or_else(PoisonError::into_inner).insert(name, Arc::new(tool));
    }

    /// Removes a tool. Calls that are running go on. Whether there was one.
    pub fn remove(&self, name: &str) -> bool {
        self.tools.write().unwrap_or_else(PoisonError::into_inner).remove(name).is_some()
    }

    /// The tools that may be called, by name: those which the policy denies are left out.
    pub fn declarations(&self) -> Vec<Declaration> {
        let tools = self.tools.read().unwrap_or_else(PoisonError::into_inner);
        let declared = tools.values().map(|tool| tool.declaration());
        declared.filter(|tool| self.policy.approval(tool) != Approval::Deny).collect()
    }

    /// Looks a tool up and checks the arguments.
    ///
    /// # Errors
    /// There is no such tool, or the arguments do not fit it.
    pub fn prepare(&self, name: &str, args: Map<String, Value>) -> Result<Prepared, Refusal> {
        let tools = self.tools.read().unwrap_or_else(PoisonError::into_inner);
        let tool = tools.get(name).ok_or_else(|| Refusal::UnknownTool(name.to_owned()))?;
        let declaration = tool.declaration();
        arguments::check(&declaration.parameters, &args)
            .map_err(|complaint| Refusal::InvalidArguments(format!("{name}: {complaint}")))?;
        Ok(Prepared { approval: self.policy.approval(&declaration), tool: tool.clone(), args })
    }
}

/// A call that can be carried out, once it may.
#[derive(Clone)]
pub struct Prepared {
    /// What has to happen before.
    pub approval: Approval,
    tool: Arc<dyn Tool>,
    args: Map<String, Value>,
}

impl Prepared {
    /// The arguments, exactly those that it will run with.
    pub fn args(&self) -> &Map<String, Value> {
        &self.args
    }

    /// Carries it out. Whether it may is the caller's business; what the policy denies is refused here too.
    ///
    /// # Errors
    /// What the tool says, or that it was cancelled.
    pub async fn run(self, cx: CallContext) -> Result<Output, ToolError> {
        if self.approval == Approval::Deny {
            return Err(ToolError::new("The policy of this server denies the tool"));
        }
        let cancel = cx.cancel.clone();
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(ToolError::new("The call was cancelled")),
            answer = self.tool.run(self.args, cx) => answer,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tools::{Effect, Running};

    struct Shout;

    impl Tool for Shout {
        fn declaration(&self) -> Declaration {
            Declaration {
                name: "shout".into(),
                description: "Says it loudly.".into(),
                parameters: json!({"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}),
                effect: Effect::Writes,
            }
        }

        fn run(&self, args: Map<String, Value>, _: CallContext) -> Running<'_> {
            Box::pin(async move {
                let text = args["text"].as_str().unwrap_or_default();
                if text == "wait" {
                    std::future::pending::<()>().await;
                }
                Ok(Output { result: json!(text.to_uppercase()), display: "Shouted".into() })
            })
        }
    }

    fn args(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[tokio::test]
    async fn a_prepared_call_runs_with_its_arguments() {
        let registry = Registry::new(Policy::default());
        registry.add(Shout);
        let call = registry.prepare("shout", args(json!({"text": "hey"}))).unwrap();
        assert_eq!(call.approval, Approval::Ask);
        assert_eq!(call.run(CallContext::default()).await.unwrap().result, json!("HEY"));
    }

    #[test]
    fn what_does_not_fit_is_refused_with_a_sentence() {
        let registry = Registry::new(Policy::default());
        registry.add(Shout);
        let refusal =
            |name: &str, given: Value| registry.prepare(name, args(given)).err().unwrap().to_string();
        assert_eq!(refusal("whisper", json!({})), "There is no tool `whisper`");
        assert_eq!(refusal("shout", json!({})), "shout: the argument `text` is missing");
        assert!(registry.remove("shout"));
        assert_eq!(refusal("shout", json!({"text": "a"})), "There is no tool `shout`");
    }

    #[tokio::test]
    async fn cancelling_ends_a_call_that_would_never_end() {
        let registry = Registry::new(Policy::default());
        registry.add(Shout);
        let cx = CallContext::default();
        cx.cancel.cancel();
        let call = registry.prepare("shout", args(json!({"text": "wait"}))).unwrap();
        assert_eq!(call.run(cx).await.unwrap_err().to_string(), "The call was cancelled");
    }

    #[tokio::test]
    async fn what_is_denied_is_not_offered_and_does_not_run() {
        let policy = Policy { tools: [("shout".into(), Approval::Deny)].into(), ..Policy::default() };
        let registry = Registry::new(policy);
        registry.add(Shout);
        assert_eq!(registry.declarations(), []);
        let call = registry.prepare("shout", args(json!({"text": "hey"}))).unwrap();
        assert_eq!(call.approval, Approval::Deny);
        let error = call.run(CallContext::default()).await.unwrap_err();
        assert_eq!(error.to_string(), "The policy of this server denies the tool");
    }
}
