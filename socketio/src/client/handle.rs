//! What a user of the client holds: handles that send, and the queue of what came.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::value::RawValue;
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::config::Config;
use super::endpoint::Endpoint;
use super::error::{CallError, ConnectError, SendError};
use super::queue::{Answer, Queue};
use super::retries::Retried;
use super::returning::Returning;
use super::session::Session;
use super::signal::Signal;
use crate::packet::{Args, Message, Parts, Prefix};

/// A handle of a connection that comes back when it is lost. Cloning shares it. The connection is closed when the last
/// handle and the [`Incoming`] are dropped, or by [`Client::close`].
#[derive(Clone, Debug)]
pub struct Client {
    handle: Arc<Handle>,
    ack_timeout: Duration,
    retries: u32,
}

#[derive(Debug)]
struct Handle {
    queue: Arc<Queue>,
    namespace: Box<str>,
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.queue.abandon();
    }
}

/// What comes from the server, in order. While it is full nothing more is read from the connection, acknowledgements
/// neither: whoever waits for a call here without taking signals out waits in vain once it has filled up.
#[derive(Debug)]
pub struct Incoming(mpsc::Receiver<Signal>);

impl Incoming {
    /// The next signal; `None` when the client is closed or has given up, and everything was taken out.
    pub async fn next(&mut self) -> Option<Signal> {
        self.0.recv().await
    }
}

/// Takes a call back when its future is dropped.
struct Pending<'a>(&'a Queue, u64);

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        self.0.forget(self.1);
    }
}

impl Client {
    /// Connects, and waits until the namespace is joined. The first attempt is the only one: who wants more makes them.
    ///
    /// # Errors
    /// When the server cannot be reached in time, or does not let us in; and when the configuration is unusable.
    pub async fn connect(config: Config) -> Result<(Self, Incoming), ConnectError> {
        let endpoint = Arc::new(Endpoint::new(&config)?);
        let queue = Arc::new(Queue::new(config.max_buffered));
        let (signals, incoming) = mpsc::channel(config.max_incoming.clamp(1, Semaphore::MAX_PERMITS));
        let handle = Handle { queue: Arc::clone(&queue), namespace: config.namespace.as_str().into() };
        let (ack_timeout, retries) = (config.ack_timeout, config.retries);
        let session = Session { config, endpoint, queue, signals, returning: Returning::default() };
        let link = session.join().await?;
        tokio::spawn(session.run(link));
        Ok((Self { handle: Arc::new(handle), ack_timeout, retries }, Incoming(incoming)))
    }

    /// A handle of the same connection whose calls wait so long for an answer, or for that to each try.
    #[must_use]
    pub fn with_ack_timeout(&self, ack_timeout: Duration) -> Self {
        Self { ack_timeout, ..self.clone() }
    }

    /// A handle of the same connection whose messages are sent again so often when they are not acknowledged; see
    /// [`Config::retries`].
    #[must_use]
    pub fn with_retries(&self, retries: u32) -> Self {
        Self { retries, ..self.clone() }
    }

    /// Sends an event, or keeps it until there is a connection. The prefix is of the namespace that was joined. Wherever
    /// there is a [`Binary`](crate::packet::Binary) in the payload, it goes as an attachment.
    ///
    /// # Errors
    /// When too many wait already, the client is closed, or the payload does not serialise.
    pub fn emit<T: Serialize + ?Sized>(&self, prefix: &Prefix, payload: Option<&T>) -> Result<(), SendError> {
        self.emit_message(|id| Message::event_with_id(prefix, id, payload))
    }

    /// Sends an event and waits for the first argument of its acknowledgement, which is `null` if it has none. Of an
    /// acknowledgement with attachments, [`Client::call_args`] gives those as well.
    ///
    /// # Errors
    /// As [`Client::emit`]; and when the answer does not come in time, or not before the connection is lost.
    pub async fn call<T: Serialize + ?Sized>(
        &self,
        prefix: &Prefix,
        payload: Option<&T>,
    ) -> Result<Box<RawValue>, CallError> {
        let answer = self.request(|id| Message::event_with_id(prefix, Some(id), payload)).await?;
        // What came has been read, so that there is nothing it could fail for.
        let first = answer.get::<Box<RawValue>>(0).ok().flatten();
        Ok(first.unwrap_or_else(|| RawValue::NULL.to_owned()))
    }

    /// Sends an event with any arguments, or keeps it until there is a connection.
    ///
    /// # Errors
    /// As [`Client::emit`].
    pub fn emit_args(&self, prefix: &Prefix, args: &Args) -> Result<(), SendError> {
        self.emit_message(|id| Ok(Message::event_args(prefix, id, args)))
    }

    /// Sends an event with any arguments and waits for those of its acknowledgement.
    ///
    /// # Errors
    /// As [`Client::call`].
    pub async fn call_args(&self, prefix: &Prefix, args: &Args) -> Result<Args, CallError> {
        self.request(|id| Ok(Message::event_args(prefix, Some(id), args))).await
    }

    /// Sends what is made with an id, and waits for what is answered to that.
    pub(crate) async fn request(
        &self,
        message: impl FnOnce(u64) -> Result<Message, serde_json::Error>,
    ) -> Result<Args, CallError> {
        let queue = &*self.handle.queue;
        let id = queue.next_id();
        let packet = message(id)?.into_parts();
        if self.retries > 0 {
            let (sender, answer) = oneshot::channel();
            queue.retry(self.retried(id, packet, Some(sender)))?;
            let _pending = Pending(queue, id);
            // Each try has its time, and none of that passes while there is no connection.
            return answer.await.unwrap_or(Err(CallError::Closed));
        }
        let answer = queue.call(id, packet)?;
        let _pending = Pending(queue, id);
        match tokio::time::timeout(self.ack_timeout, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(CallError::Closed),
            Err(_) => Err(CallError::Timeout),
        }
    }

    /// Sends what is made with an id, or without one if it is not sent again.
    pub(crate) fn emit_message(
        &self,
        message: impl FnOnce(Option<u64>) -> Result<Message, serde_json::Error>,
    ) -> Result<(), SendError> {
        let queue = &*self.handle.queue;
        if self.retries > 0 {
            let id = queue.next_id();
            return queue.retry(self.retried(id, message(Some(id))?.into_parts(), None));
        }
        queue.emit(message(None)?.into_parts())
    }

    fn retried(&self, id: u64, packet: Parts, answer: Option<oneshot::Sender<Answer>>) -> Retried {
        Retried { id, packet, answer, timeout: self.ack_timeout, left: self.retries, tried: false }
    }

    /// Acknowledges an event that has an id. It goes nowhere if the connection has been lost.
    ///
    /// # Errors
    /// As [`Client::emit`].
    pub fn acknowledge<T: Serialize + ?Sized>(&self, id: u64, argument: &T) -> Result<(), SendError> {
        self.handle.queue.ack(Message::ack(&self.handle.namespace, id, argument)?.into_parts())
    }

    /// The same with any arguments.
    ///
    /// # Errors
    /// As [`Client::emit`].
    pub fn acknowledge_args(&self, id: u64, args: &Args) -> Result<(), SendError> {
        self.handle.queue.ack(Message::ack_args(&self.handle.namespace, id, args).into_parts())
    }

    /// The namespace that it joins.
    pub fn namespace(&self) -> &str {
        &self.handle.namespace
    }

    /// The id of the socket, while there is a connection.
    pub fn socket_id(&self) -> Option<String> {
        self.handle.queue.socket_id()
    }

    /// Sends what waits, leaves the namespace and closes the connection.
    pub fn close(&self) {
        self.handle.queue.close();
    }
}
