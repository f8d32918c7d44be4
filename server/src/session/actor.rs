//! The task of a session: commands, the model's updates, tools and deadlines, one at a time.

mod approvals;
mod commands;
mod exchange;

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parlance_socketio::server::SocketId;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use super::answer::{Answer, Phase, Question};
use super::call::Run;
use super::command::Command;
use super::history::History;
use super::{Means, Sessions};
use crate::gemini::{ModelError, Update};
use crate::protocol::{ToSession, types};
use crate::store::{CallState, Decision, Outcome, StoreError, now};

/// What calls are told that were under way when the service ended.
const INTERRUPTED: &str = "The service was restarted.";

/// The only owner of a session's state.
pub(super) struct Actor {
    id: String,
    key: types::SessionId,
    means: Arc<Means>,
    sessions: Sessions,
    commands: mpsc::UnboundedReceiver<Command>,
    history: History,
    /// The model the session was made with.
    model: Option<String>,
    attached: HashSet<SocketId>,
    queue: VecDeque<Question>,
    answer: Option<Answer>,
    runs: JoinSet<Run>,
}

/// What happens next.
enum Next {
    Command(Option<Command>),
    Update(Option<Result<Update, ModelError>>),
    Run(Run),
    Deadline,
    Idle,
    Stop,
}

impl Actor {
    pub(super) fn new(
        id: String,
        means: Arc<Means>,
        sessions: Sessions,
        commands: mpsc::UnboundedReceiver<Command>,
    ) -> Self {
        Self {
            key: types::SessionId::trusted(id.as_str()),
            id,
            means,
            sessions,
            commands,
            history: History::default(),
            model: None,
            attached: HashSet::new(),
            queue: VecDeque::new(),
            answer: None,
            runs: JoinSet::new(),
        }
    }

    /// Lives as long as there is something to do, or somebody is there.
    pub(super) async fn run(mut self, stop: CancellationToken) {
        match self.load().await {
            Ok(true) => {}
            Ok(false) => return self.end(),
            Err(error) => {
                tracing::error!(session = self.id, %error, "a session could not be loaded");
                return self.end();
            }
        }
        loop {
            match self.next(&stop).await {
                Next::Command(Some(Command::Delete)) => {
                    self.drop_everything().await;
                    self.room().disconnect();
                    return self.end();
                }
                Next::Command(Some(command)) => self.command(command).await,
                Next::Update(update) => self.update(update).await,
                Next::Run(run) => self.ran(run).await,
                Next::Deadline => self.expire().await,
                Next::Idle if self.sessions.retire(&self.id, &self.commands) => return,
                Next::Idle => {}
                Next::Command(None) | Next::Stop => return self.break_off().await,
            }
        }
    }

    /// A session that cannot be is taken out, so that the next question tries anew. Who has just joined would wait for its
    /// events in vain, and is sent away as everybody else was; questions are dropped, which is an answer, too.
    fn end(mut self) {
        self.commands.close();
        self.sessions.forget(&self.id);
        while let Ok(command) = self.commands.try_recv() {
            if let Command::Attach { socket, .. } = command {
                self.means.emitter.caller(socket).disconnect();
            }
        }
    }

    async fn next(&mut self, stop: &CancellationToken) -> Next {
        let is_idle = self.attached.is_empty() && self.answer.is_none() && self.runs.is_empty();
        let deadline = self.answer.as_ref().and_then(Answer::deadline);
        let updates = match &mut self.answer {
            Some(Answer { phase: Phase::Streaming { updates, .. }, .. }) => Some(updates),
            _ => None,
        };
        tokio::select! {
            biased;
            () = stop.cancelled() => Next::Stop,
            command = self.commands.recv() => Next::Command(command),
            Some(Ok(run)) = self.runs.join_next() => Next::Run(run),
            update = async { updates?.recv().await }, if updates.is_some() => Next::Update(update),
            () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => Next::Deadline,
            () = sleep(self.means.limits.idle), if is_idle => Next::Idle,
        }
    }

    /// Everything that is known of the session; whether there is one.
    async fn load(&mut self) -> Result<bool, StoreError> {
        let store = &self.means.store;
        let Some(session) = store.session(&self.id).await? else { return Ok(false) };
        self.model = session.model;
        let (history, open) = History::load(store.turns(&self.id).await?);
        self.history = history;
        for call in store.open_calls(&self.id).await? {
            match call.state {
                CallState::Pending => {
                    let decision = self.decision(false, "policy", INTERRUPTED);
                    store.decide_call(&self.id, &call.id, decision).await?;
                }
                // Nobody knows what came of it. It is not done a second time.
                CallState::Started => store.finish_call(&self.id, &call.id, Outcome::Failed, now()).await?,
                _ => {}
            }
        }
        // Nobody will answer them any more, and the next answer must not be taken for theirs.
        for exchange in open {
            self.keep_end(exchange, "").await?;
        }
        Ok(true)
    }

    fn decision(&self, approved: bool, by: &str, reason: &str) -> Decision {
        Decision { approved, by: by.to_owned(), reason: reason.to_owned(), at: now() }
    }

    /// Everybody in the session.
    fn room(&self) -> ToSession<'_> {
        self.means.emitter.session(&self.key)
    }
}

/// An id for a call, `<what>_<Unix ms>_<n>`: unique in this process, and hardly ever the same in two.
fn call_id(what: &str, separator: char) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{what}{separator}{}{separator}{count}", now())
}
