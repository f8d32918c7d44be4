//! What a user of the client holds: handles that send.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::value::RawValue;
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::arrived::Arrived;
use super::config::Config;
use super::endpoint::Endpoint;
use super::error::{Answer, CallError, ConnectError, SendError};
use super::incoming::Incoming;
use super::outbound::Outbound;
use super::queue::{Bounds, Place, Queue};
use super::retries::Retried;
use super::returning::Returning;
use super::session::Session;
use super::volatile::Volatile;
use crate::packet::{Args, Event, Message, Parser, Prefix};

/// A handle of a connection that comes back when it is lost. Cloning shares it. The connection is closed when the last
/// handle and the [`Incoming`] are dropped, or by [`Client::close`].
#[derive(Clone, Debug)]
pub struct Client {
    handle: Arc<Handle>,
    ack_timeout: Duration,
    retries: u32,
    place: Place,
}

#[derive(Debug)]
pub(crate) struct Handle {
    pub(crate) queue: Arc<Queue>,
    pub(crate) namespace: Box<str>,
    parser: Parser,
}

impl Handle {
    /// Writes a message as the server was told that they are written.
    pub(crate) fn write(&self, message: Message) -> Result<Outbound, serde_json::Error> {
        Outbound::new(message.into_parts(), self.parser)
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.queue.abandon();
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
    /// Connects, and waits until the namespace is joined. The first attempt is the only one; [`Client::start`] makes more.
    ///
    /// # Errors
    /// When the server cannot be reached in time, or does not let us in; and when the configuration is unusable.
    pub async fn connect(config: Config) -> Result<(Self, Incoming), ConnectError> {
        let (client, incoming, session) = Self::new(config)?;
        let joined = session.join().await?;
        tokio::spawn(session.run(Some(joined)));
        Ok((client, incoming))
    }

    /// Begins to connect, and tries again until it works, as after a connection that was lost. What is sent meanwhile waits. What comes of
    /// each attempt is told as a signal.
    ///
    /// # Errors
    /// When the configuration is unusable.
    ///
    /// # Panics
    /// Outside of a Tokio runtime.
    pub fn start(config: Config) -> Result<(Self, Incoming), ConnectError> {
        let (client, incoming, session) = Self::new(config)?;
        tokio::spawn(session.run(None));
        Ok((client, incoming))
    }

    fn new(config: Config) -> Result<(Self, Incoming, Session), ConnectError> {
        let endpoint = Arc::new(Endpoint::new(&config)?);
        let queue = Arc::new(Queue::new(Bounds {
            messages: config.max_buffered,
            bytes: config.max_buffered_bytes,
            holds: config.hold_until_ready,
        }));
        let (sender, signals) = mpsc::channel(config.max_incoming.clamp(1, Semaphore::MAX_PERMITS));
        let arrived = Arc::new(Arrived::new(config.max_incoming_bytes));
        let incoming = Incoming { signals, arrived: Arc::clone(&arrived) };
        let client = Self {
            handle: Arc::new(Handle {
                queue: Arc::clone(&queue),
                namespace: config.namespace.as_str().into(),
                parser: config.parser,
            }),
            ack_timeout: config.ack_timeout,
            retries: config.retries,
            place: Place::default(),
        };
        let returning = Returning::default();
        Ok((client, incoming, Session { config, endpoint, queue, signals: sender, arrived, returning }))
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

    /// A handle of the connection that there is now, whose messages go before all that waits, also while that is held
    /// ([`Config::hold_until_ready`]): for what makes the application's state again. If that connection is lost they go nowhere, and
    /// calls end with [`CallError::Disconnected`]; nothing of it is sent again. `ready` of this handle counts for that connection
    /// alone.
    #[must_use]
    pub fn ahead(&self) -> Self {
        let connection = self.handle.queue.connection();
        Self { place: Place::Ahead(connection), retries: 0, ..self.clone() }
    }

    /// The application's state is made again: what was held is sent.
    pub fn ready(&self) {
        self.handle.queue.ready(match self.place {
            Place::Behind => None,
            Place::Ahead(connection) => Some(connection),
        });
    }

    /// A handle for what is of no use later: it is sent now, or dropped if there is no connection or something else is still on
    /// its way.
    #[must_use]
    pub fn volatile(&self) -> Volatile {
        Volatile(Arc::clone(&self.handle))
    }

    /// Sends an event, or keeps it until there is a connection. The prefix is of the namespace that was joined. Wherever
    /// there is a [`Binary`](crate::packet::Binary) in the payload, it goes as an attachment.
    ///
    /// # Errors
    /// When too many wait already, the client is closed, the server takes nothing as long, or the payload does not serialise.
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
        let message = self.handle.write(message(id)?)?;
        if self.is_retried() {
            let (sender, answer) = oneshot::channel();
            queue.retry(self.retried(id, message, Some(sender)))?;
            let _pending = Pending(queue, id);
            // Each try has its time, and none of that passes while there is no connection.
            return answer.await.unwrap_or(Err(CallError::Closed));
        }
        let answer = queue.call(id, message, self.place)?;
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
        if self.is_retried() {
            let id = queue.next_id();
            return queue.retry(self.retried(id, self.handle.write(message(Some(id))?)?, None));
        }
        queue.emit(self.handle.write(message(None)?)?, self.place)
    }

    /// What goes ahead is of one connection, and is not sent again on another.
    fn is_retried(&self) -> bool {
        self.retries > 0 && self.place == Place::Behind
    }

    fn retried(&self, id: u64, message: Outbound, answer: Option<oneshot::Sender<Answer>>) -> Retried {
        Retried { id, message, answer, timeout: self.ack_timeout, left: self.retries, tries: 0 }
    }

    /// Acknowledges an event, if it asks for that. It goes over the connection that the event came on, or nowhere if that has
    /// been lost: to another one it would be the answer to something else.
    ///
    /// # Errors
    /// As [`Client::emit`].
    pub fn acknowledge<T: Serialize + ?Sized>(&self, event: &Event, argument: &T) -> Result<(), SendError> {
        let Some(id) = event.id() else { return Ok(()) };
        self.answer(event, Message::ack(&self.handle.namespace, id, argument)?)
    }

    /// The same with any arguments.
    ///
    /// # Errors
    /// As [`Client::emit`].
    pub fn acknowledge_args(&self, event: &Event, args: &Args) -> Result<(), SendError> {
        let Some(id) = event.id() else { return Ok(()) };
        self.answer(event, Message::ack_args(&self.handle.namespace, id, args))
    }

    fn answer(&self, event: &Event, answer: Message) -> Result<(), SendError> {
        self.handle.queue.ack(self.handle.write(answer)?, event.connection())
    }

    /// The namespace that it joins.
    pub fn namespace(&self) -> &str {
        &self.handle.namespace
    }

    /// The id of the socket, while there is a connection.
    pub fn socket_id(&self) -> Option<String> {
        self.handle.queue.socket_id()
    }

    /// Whether the namespace is joined at this moment.
    pub fn is_connected(&self) -> bool {
        self.handle.queue.connection() != 0
    }

    /// Sends what waits, for as long as [`Config::close_timeout`] says, leaves the namespace and closes the connection. What is held,
    /// and what waits while there is no connection, is not sent any more.
    pub fn close(&self) {
        self.handle.queue.close();
    }

    /// Waits for the end: after [`Client::close`], or when the client gives up. How many messages were not sent; whether those
    /// that were have arrived is known of calls alone.
    pub async fn closed(&self) -> usize {
        self.handle.queue.ended().await
    }
}
