//! The store in one SQLite file.
//!
//! All writes go to one thread through a bounded queue. It takes what is queued, carries each job out in a savepoint of its own,
//! commits once, and then answers all: many writers share one wait for the disk, and nobody is told before it is over. Reads
//! have threads and connections of their own and see what was committed.

mod failure;
mod lock;
mod read;
mod reader;
mod schema;
mod write;
mod writer;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use tokio::sync::mpsc::{self, error::TrySendError};
use tokio::sync::oneshot;

use super::{
    Call, Decision, Event, EventFilter, Health, NewCall, NewEvent, NewTurn, Outcome, Session, Stats, Store,
    StoreError, Stored, Turn,
};

/// How many writes may wait for the thread; the next one waits to be queued.
const WRITES: usize = 1024;

/// How many reads may wait.
const READS: usize = 256;

/// How many threads read.
const READERS: usize = 2;

/// The store in one SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    writes: mpsc::Sender<writer::Message>,
    reads: mpsc::Sender<reader::Message>,
    closed: AtomicBool,
    health: Arc<Mutex<Health>>,
    writer: Option<JoinHandle<()>>,
}

impl SqliteStore {
    /// Opens the store in a folder, and makes both if they are not there. It blocks.
    ///
    /// # Errors
    /// [`StoreError::Open`] with a sentence that names the folder: another process has it, it cannot be written to, or
    /// what is there is not what this version writes.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let lock = lock::take(folder)?;
        let file = folder.join("parlance.db");
        let connection = schema::open(&file)?;
        let (reads, queue) = mpsc::channel(READS);
        let queue = Arc::new(Mutex::new(queue));
        let spawned = |result: std::io::Result<JoinHandle<()>>| {
            result.map_err(|error| StoreError::Open(format!("the store cannot start a thread: {error}")))
        };
        let mut readers = Vec::with_capacity(READERS);
        for _ in 0..READERS {
            let connection = schema::open_to_read(&file)?;
            let queue = queue.clone();
            let thread = thread::Builder::new().name("store-read".into());
            readers.push(spawned(thread.spawn(move || reader::run(&connection, &queue)))?);
        }
        let health = Arc::new(Mutex::new(Health::Ok));
        let (writes, queue) = mpsc::channel(WRITES);
        let writer = writer::Writer::new(connection, queue, health.clone(), readers, lock);
        let writer = spawned(thread::Builder::new().name("store-write".into()).spawn(move || writer.run()))?;
        Ok(Self { writes, reads, closed: AtomicBool::new(false), health, writer: Some(writer) })
    }

    /// Queues a write, now if there is a place.
    fn write<T, F>(&self, work: F) -> Stored<'_, T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (job, answer) = writer::Job::queued(work);
        self.queue(writer::Message::Write(job), answer)
    }

    fn queue<T: Send + 'static>(
        &self,
        message: writer::Message,
        answer: oneshot::Receiver<Result<T, StoreError>>,
    ) -> Stored<'_, T> {
        let left = match self.writes.try_send(message) {
            Ok(()) => None,
            Err(TrySendError::Full(message)) => Some(message),
            Err(TrySendError::Closed(_)) => return Box::pin(async { Err(StoreError::Closed) }),
        };
        Box::pin(async move {
            if let Some(message) = left {
                self.writes.send(message).await.map_err(|_| StoreError::Closed)?;
            }
            answer.await.unwrap_or(Err(StoreError::Closed))
        })
    }

    fn read<T, F>(&self, work: F) -> Stored<'_, T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (message, answer) = reader::Message::new(work);
        Box::pin(async move {
            self.reads.send(message).await.map_err(|_| StoreError::Closed)?;
            answer.await.unwrap_or(Err(StoreError::Closed))
        })
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        // Without senders the threads carry out what is queued, and end.
        self.writes = mpsc::channel(1).0;
        self.reads = mpsc::channel(1).0;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

impl Store for SqliteStore {
    fn create_session(&self, session: Session) -> Stored<'_, ()> {
        self.write(move |connection| write::create_session(connection, session))
    }

    fn session(&self, id: &str) -> Stored<'_, Option<Session>> {
        let id = id.to_owned();
        self.read(move |connection| read::session(connection, &id))
    }

    fn sessions(&self, user: Option<&str>, limit: usize) -> Stored<'_, Vec<Session>> {
        let user = user.map(str::to_owned);
        self.read(move |connection| read::sessions(connection, user.as_deref(), limit))
    }

    fn delete_session(&self, id: &str) -> Stored<'_, bool> {
        let id = id.to_owned();
        self.write(move |connection| write::delete_session(connection, &id))
    }

    fn add_member(&self, session: &str, user: &str) -> Stored<'_, bool> {
        let (session, user) = (session.to_owned(), user.to_owned());
        self.write(move |connection| write::add_member(connection, &session, &user))
    }

    fn append_turns(&self, session: &str, turns: Vec<NewTurn>) -> Stored<'_, i64> {
        let session = session.to_owned();
        self.write(move |connection| write::append_turns(connection, &session, &turns))
    }

    fn turns(&self, session: &str) -> Stored<'_, Vec<Turn>> {
        let session = session.to_owned();
        self.read(move |connection| read::turns(connection, &session))
    }

    fn clear_turns(&self, session: &str, at: i64) -> Stored<'_, u64> {
        let session = session.to_owned();
        self.write(move |connection| write::clear_turns(connection, &session, at))
    }

    fn request_call(&self, call: NewCall) -> Stored<'_, ()> {
        self.write(move |connection| write::request_call(connection, &call))
    }

    fn decide_call(&self, session: &str, call: &str, decision: Decision) -> Stored<'_, (Call, bool)> {
        let (session, call) = (session.to_owned(), call.to_owned());
        self.write(move |connection| write::decide_call(connection, &session, &call, &decision))
    }

    fn start_call(&self, session: &str, call: &str, at: i64) -> Stored<'_, ()> {
        let (session, call) = (session.to_owned(), call.to_owned());
        self.write(move |connection| write::start_call(connection, &session, &call, at))
    }

    fn finish_call(&self, session: &str, call: &str, outcome: Outcome, at: i64) -> Stored<'_, ()> {
        let (session, call) = (session.to_owned(), call.to_owned());
        self.write(move |connection| write::finish_call(connection, &session, &call, outcome, at))
    }

    fn call(&self, session: &str, call: &str) -> Stored<'_, Option<Call>> {
        let (session, call) = (session.to_owned(), call.to_owned());
        self.read(move |connection| read::call(connection, &session, &call))
    }

    fn open_calls(&self, session: &str) -> Stored<'_, Vec<Call>> {
        let session = session.to_owned();
        self.read(move |connection| read::open_calls(connection, &session))
    }

    fn append_events(&self, events: Vec<NewEvent>) -> Stored<'_, Vec<i64>> {
        self.write(move |connection| write::append_events(connection, &events))
    }

    fn events(&self, filter: EventFilter) -> Stored<'_, Vec<Event>> {
        self.read(move |connection| read::events(connection, &filter))
    }

    fn stats(&self, user: Option<&str>) -> Stored<'_, Stats> {
        let user = user.map(str::to_owned);
        self.read(move |connection| read::stats(connection, user.as_deref()))
    }

    fn health(&self) -> Health {
        self.health.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn close(&self) -> Stored<'_, ()> {
        if self.closed.swap(true, Ordering::AcqRel) {
            return Box::pin(async { Ok(()) });
        }
        let (reply, answer) = oneshot::channel();
        let closing = self.queue(writer::Message::Close(reply), answer);
        Box::pin(async move {
            // Before the writer is through with its queue, it waits for the readers to end.
            let _ = self.reads.send(reader::Message::Close).await;
            closing.await
        })
    }
}

#[cfg(test)]
mod tests;
