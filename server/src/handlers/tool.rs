//! Tools: what there is, what may run, and running one by hand.

use parlance_socketio::typed::Refused;

use crate::app::{App, of_store};
use crate::protocol::errors::{ToolApproveError, ToolExecuteError, ToolListError, ToolRejectError};
use crate::protocol::{Connected, InSession, ToolHandlers, client_events, server_events, types};
use crate::session::command::Command;
use crate::session::{ExecuteError, UnknownCall};

#[parlance_codegen::handlers("../../../spec/gemini.yaml")]
impl ToolHandlers for App {
    async fn tool_execute(
        &self,
        cx: &InSession<'_, Self>,
        payload: client_events::ToolExecute,
    ) -> Result<(), Refused<ToolExecuteError>> {
        let execute = |reply| Command::Execute {
            user: cx.user().id.clone(),
            name: payload.name.as_str().to_owned(),
            args: payload.args.clone().unwrap_or_default(),
            call: payload.call_id.as_ref().map(|id| id.as_str().to_owned()),
            reply,
        };
        self.ask(cx, execute).await?.map_err(|error| match error {
            ExecuteError::UnknownTool => ToolExecuteError::UnknownTool.into(),
            ExecuteError::Busy => ToolExecuteError::Busy.into(),
            ExecuteError::Refused(sentence) => {
                Refused::because(ToolExecuteError::ToolExecutionFailed, sentence)
            }
            ExecuteError::Store(error) => of_store(error),
        })
    }

    async fn tool_approve(
        &self,
        cx: &InSession<'_, Self>,
        payload: client_events::ToolApprove,
    ) -> Result<(), Refused<ToolApproveError>> {
        let approve = |reply| Command::Decide {
            user: cx.user().id.clone(),
            call: payload.call_id.as_str().to_owned(),
            approved: true,
            reason: String::new(),
            reply,
        };
        self.ask(cx, approve).await?.map_err(|error| match error {
            UnknownCall::Unknown => ToolApproveError::UnknownCall.into(),
            UnknownCall::Store(error) => of_store(error),
        })
    }

    async fn tool_reject(
        &self,
        cx: &InSession<'_, Self>,
        payload: client_events::ToolReject,
    ) -> Result<(), Refused<ToolRejectError>> {
        let reject = |reply| Command::Decide {
            user: cx.user().id.clone(),
            call: payload.call_id.as_str().to_owned(),
            approved: false,
            reason: payload.reason.clone().unwrap_or_default(),
            reply,
        };
        self.ask(cx, reject).await?.map_err(|error| match error {
            UnknownCall::Unknown => ToolRejectError::UnknownCall.into(),
            UnknownCall::Store(error) => of_store(error),
        })
    }

    async fn tool_list(
        &self,
        _cx: &Connected<'_, Self>,
    ) -> Result<server_events::ToolListResponse, Refused<ToolListError>> {
        let tools = self.sessions.means().tools.declarations().into_iter().map(|tool| types::Tool {
            name: types::ToolName::trusted(tool.name),
            description: tool.description,
            parameters: match tool.parameters {
                serde_json::Value::Object(schema) => schema,
                _ => serde_json::Map::new(),
            },
        });
        Ok(server_events::ToolListResponse { tools: tools.collect() })
    }
}
