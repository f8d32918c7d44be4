//! The thread that writes, and group commit.

use std::fs::File;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::store::{Health, StoreError};

/// The most jobs of one commit.
const BATCH: usize = 256;

/// What the thread is sent.
pub(super) enum Message {
    /// Something to write.
    Write(Box<dyn Work>),
    /// To end, after what came before, and to say so.
    Close(oneshot::Sender<Result<(), StoreError>>),
}

/// A write whose answer waits for the commit.
pub(super) trait Work: Send {
    /// Does it. Whether it is to be kept.
    fn run(&mut self, connection: &Connection) -> Result<(), StoreError>;

    /// Says what came of it, given what came of the commit.
    fn answer(self: Box<Self>, commit: Result<(), StoreError>);
}

/// The one kind of [`Work`] there is: a closure and where its result goes.
pub(super) struct Job<T, F> {
    work: Option<F>,
    result: Result<T, StoreError>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Job<T, F>
where
    T: Send + 'static,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
{
    pub(super) fn queued(work: F) -> (Box<dyn Work>, oneshot::Receiver<Result<T, StoreError>>) {
        let (reply, answer) = oneshot::channel();
        (Box::new(Self { work: Some(work), result: Err(StoreError::Closed), reply }), answer)
    }
}

impl<T, F> Work for Job<T, F>
where
    T: Send,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send,
{
    fn run(&mut self, connection: &Connection) -> Result<(), StoreError> {
        if let Some(work) = self.work.take() {
            self.result = work(connection);
        }
        match &self.result {
            Ok(_) => Ok(()),
            Err(error) => Err(error.clone()),
        }
    }

    fn answer(self: Box<Self>, commit: Result<(), StoreError>) {
        // Nobody may be waiting any more; it was written all the same.
        let _ = self.reply.send(commit.and(self.result));
    }
}

/// The thread's own things.
pub(super) struct Writer {
    connection: Connection,
    queue: mpsc::Receiver<Message>,
    health: Arc<Mutex<Health>>,
    readers: Vec<JoinHandle<()>>,
    lock: File,
    /// Why nothing is written any more.
    failed: Option<StoreError>,
}

impl Writer {
    pub(super) fn new(
        connection: Connection,
        queue: mpsc::Receiver<Message>,
        health: Arc<Mutex<Health>>,
        readers: Vec<JoinHandle<()>>,
        lock: File,
    ) -> Self {
        Self { connection, queue, health, readers, lock, failed: None }
    }

    /// Writes until there is nobody left who could want it.
    pub(super) fn run(mut self) {
        let mut closing = None;
        while closing.is_none()
            && let Some(first) = self.queue.blocking_recv()
        {
            let mut batch = Vec::new();
            let mut next = Some(first);
            while let Some(message) = next.take() {
                match message {
                    Message::Write(job) => batch.push(job),
                    Message::Close(reply) => {
                        closing = Some(reply);
                        break;
                    }
                }
                if batch.len() < BATCH {
                    next = self.queue.try_recv().ok();
                }
            }
            self.write(batch);
        }
        self.queue.close();
        while let Ok(message) = self.queue.try_recv() {
            match message {
                Message::Write(job) => job.answer(Err(StoreError::Closed)),
                Message::Close(reply) => drop(reply.send(Ok(()))),
            }
        }
        let ended = self.end();
        if let Some(reply) = closing {
            let _ = reply.send(ended);
        }
    }

    /// Carries jobs out in one transaction, and answers all of them.
    fn write(&mut self, batch: Vec<Box<dyn Work>>) {
        let mut batch = batch.into_iter();
        // More than once only if a failure took the transaction away under the jobs that were in it.
        while batch.len() > 0 {
            if let Some(error) = &self.failed {
                batch.by_ref().for_each(|job| job.answer(Err(error.clone())));
                return;
            }
            let mut done = Vec::with_capacity(batch.len());
            let commit = self.transaction(&mut batch, &mut done);
            self.note(&commit);
            // If not even a transaction could be begun, then no job was taken: all of them have the same answer.
            if done.is_empty() {
                done.extend(batch.by_ref());
            }
            done.into_iter().for_each(|job| job.answer(commit.clone()));
        }
    }

    /// Moves jobs from `batch` to `done` as they are carried out; says whether those in `done` are kept.
    fn transaction(
        &self,
        batch: &mut impl Iterator<Item = Box<dyn Work>>,
        done: &mut Vec<Box<dyn Work>>,
    ) -> Result<(), StoreError> {
        self.execute("BEGIN IMMEDIATE")?;
        let result = self.jobs(batch, done).and_then(|()| self.execute("COMMIT"));
        if result.is_err() && !self.connection.is_autocommit() {
            let _ = self.execute("ROLLBACK");
        }
        result
    }

    fn jobs(
        &self,
        batch: &mut impl Iterator<Item = Box<dyn Work>>,
        done: &mut Vec<Box<dyn Work>>,
    ) -> Result<(), StoreError> {
        for mut job in batch {
            let began = self.execute("SAVEPOINT job");
            let result = began.and_then(|()| job.run(&self.connection));
            done.push(job);
            match result {
                Ok(()) => self.execute("RELEASE job")?,
                // SQLite gives the whole transaction up when the disk is full or fails, but not always; we do.
                Err(error @ (StoreError::Full | StoreError::ReadOnly(_))) => return Err(error),
                Err(error) if self.connection.is_autocommit() => return Err(error),
                Err(_) => {
                    self.execute("ROLLBACK TO job")?;
                    self.execute("RELEASE job")?;
                }
            }
        }
        Ok(())
    }

    fn execute(&self, sql: &str) -> Result<(), StoreError> {
        self.connection.prepare_cached(sql)?.execute(())?;
        Ok(())
    }

    fn note(&mut self, commit: &Result<(), StoreError>) {
        let health = match commit {
            Ok(()) => Health::Ok,
            Err(error) => Health::Degraded(error.to_string()),
        };
        if let Err(error @ StoreError::ReadOnly(_)) = commit {
            self.failed = Some(error.clone());
        }
        *self.health.lock().unwrap_or_else(PoisonError::into_inner) = health;
    }

    /// Folds the log into the file and lets go of everything.
    fn end(self) -> Result<(), StoreError> {
        let Self { connection, readers, lock, failed, .. } = self;
        for reader in readers {
            let _ = reader.join();
        }
        let folded = match failed {
            Some(error) => Err(error),
            None => connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))
                .map_err(StoreError::from),
        };
        let closed = connection.close().map_err(|(_, error)| StoreError::from(error));
        // Last: only now may somebody else open the folder.
        drop(lock);
        folded.and(closed)
    }
}
