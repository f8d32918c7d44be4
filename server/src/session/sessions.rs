//! The sessions that are in memory, each with its task.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use parlance_socketio::server::SocketId;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::Means;
use super::actor::Actor;
use super::command::Command;
use crate::protocol::types;
use crate::store::StoreError;

/// How often a question is asked again when the session's task has just ended.
const TRIES: usize = 8;

/// All sessions. Cloning shares it.
#[derive(Clone)]
pub struct Sessions(Arc<Inner>);

struct Inner {
    means: Arc<Means>,
    /// The queue of a session is not bounded by a number: a connection waits for each answer before it asks again, so
    /// that there are at most a few commands per connection.
    running: Mutex<HashMap<String, mpsc::UnboundedSender<Command>>>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

/// Why a session does not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Gone {
    /// It was deleted, or never was.
    #[error("the session is gone")]
    Session,
    /// The service is stopping, or the session's task ended again and again.
    #[error("the session does not answer")]
    Silent,
    /// Whether there is such a session could not be found out.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Sessions {
    /// Without any in memory.
    pub fn new(means: Means) -> Self {
        Self(Arc::new(Inner {
            means: Arc::new(means),
            running: Mutex::default(),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
        }))
    }

    fn running(&self) -> MutexGuard<'_, HashMap<String, mpsc::UnboundedSender<Command>>> {
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What they work with.
    pub fn means(&self) -> &Means {
        &self.0.means
    }

    /// Tells a session something, starting its task if there is none.
    pub fn tell(&self, id: &str, command: Command) {
        let mut command = command;
        let mut running = self.running();
        if let Some(mailbox) = running.get(id) {
            match mailbox.send(command) {
                Ok(()) => return,
                Err(returned) => command = returned.0,
            }
        }
        if self.0.stop.is_cancelled() {
            return;
        }
        let (mailbox, commands) = mpsc::unbounded_channel();
        // The other end is right here.
        let _ = mailbox.send(command);
        running.insert(id.to_owned(), mailbox);
        drop(running);
        let actor = Actor::new(id.to_owned(), Arc::clone(&self.0.means), self.clone(), commands);
        let stop = self.0.stop.clone();
        self.0.tasks.spawn(actor.run(stop));
    }

    /// Asks a session something.
    ///
    /// # Errors
    /// When there is no such session any more.
    pub async fn ask<T>(
        &self,
        id: &str,
        mut command: impl FnMut(oneshot::Sender<T>) -> Command,
    ) -> Result<T, Gone> {
        // A task that ends while a question is on its way drops it; the next task answers.
        for _ in 0..TRIES {
            let (reply, answer) = oneshot::channel();
            self.tell(id, command(reply));
            if let Ok(answer) = answer.await {
                return Ok(answer);
            }
            if self.0.stop.is_cancelled() {
                return Err(Gone::Silent);
            }
            if self.0.means.store.session(id).await?.is_none() {
                return Err(Gone::Session);
            }
        }
        Err(Gone::Silent)
    }

    /// A connection has joined. When this is ready, everything of the session goes to it.
    pub async fn attach(&self, id: &str, socket: SocketId) {
        let (reply, attached) = oneshot::channel();
        self.tell(id, Command::Attach { socket, reply });
        // A session that cannot be has sent it away.
        let _ = attached.await;
    }

    /// A connection is gone.
    pub fn detach(&self, id: &str, socket: SocketId) {
        self.tell_running(id, Command::Detach { socket, reply: None });
    }

    /// A connection leaves for another session. When this is ready, nothing of the session goes to it any more.
    pub async fn leave(&self, id: &str, socket: SocketId) {
        let (reply, left) = oneshot::channel();
        self.tell_running(id, Command::Detach { socket, reply: Some(reply) });
        // Whoever drops the question has ended, and tells nobody anything.
        let _ = left.await;
        self.0.means.emitter.leave_session(&types::SessionId::trusted(id), socket);
    }

    /// Tells a session something for which its task need not be started.
    fn tell_running(&self, id: &str, command: Command) {
        if let Some(mailbox) = self.running().get(id) {
            let _ = mailbox.send(command);
        }
    }

    /// A session has been deleted: its task ends, its members are sent away.
    pub fn delete(&self, id: &str) {
        if let Some(mailbox) = self.running().remove(id) {
            let _ = mailbox.send(Command::Delete);
        }
    }

    /// The task of a session has nothing to do. Whether it may end: nobody has told it anything meanwhile.
    pub(super) fn retire(&self, id: &str, commands: &mpsc::UnboundedReceiver<Command>) -> bool {
        let mut running = self.running();
        // Whoever tells it something holds the lock.
        let may_end = commands.is_empty();
        if may_end {
            running.remove(id);
        }
        may_end
    }

    /// The task of a session takes no commands any more. Another may have begun in its place.
    pub(super) fn forget(&self, id: &str) {
        let mut running = self.running();
        if running.get(id).is_some_and(mpsc::UnboundedSender::is_closed) {
            running.remove(id);
        }
    }

    /// Ends every task: answers are broken off, and what they have so far is kept.
    pub async fn stop(&self) {
        self.0.stop.cancel();
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }
}
