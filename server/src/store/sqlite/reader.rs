//! The threads that read.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::store::StoreError;

/// What the threads are sent.
pub(super) enum Message {
    /// Something to read.
    Read(Box<dyn FnOnce(&Connection) + Send>),
    /// To end.
    Close,
}

impl Message {
    pub(super) fn new<T, F>(work: F) -> (Self, oneshot::Receiver<Result<T, StoreError>>)
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel::<Result<T, StoreError>>();
        let read = move |connection: &Connection| {
            // Nobody waits for it any more: then there is no need to look.
            if !reply.is_closed() {
                let _ = reply.send(in_one_moment(connection, work));
            }
        };
        (Self::Read(Box::new(read)), answer)
    }
}

/// Several questions about one state of the store.
fn in_one_moment<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let transaction = connection.unchecked_transaction()?;
    let result = work(&transaction);
    transaction.commit()?;
    result
}

/// Reads until somebody says that it is over.
pub(super) fn run(connection: &Connection, queue: &Arc<Mutex<mpsc::Receiver<Message>>>) {
    loop {
        // The lock is held while waiting: the other threads then wait for the lock, which is the same to them.
        let message = {
            let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
            let message = queue.blocking_recv();
            if matches!(message, Some(Message::Close)) {
                queue.close();
            }
            message
        };
        match message {
            Some(Message::Read(read)) => read(connection),
            // What was queued before the end is still answered, by whoever gets it.
            Some(Message::Close) => {}
            None => return,
        }
    }
}
