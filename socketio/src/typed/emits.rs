//! What generated clients send without waiting for an answer, and how they answer what they are asked.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;

use super::identity::NoIdentity;
use super::outgoing::Outgoing;
use super::prefixes::Prefixed;
use crate::client::{Client, SendError, Volatile};
use crate::packet::{Args, Event, Message};

/// Why an event was not taken.
#[derive(Debug, thiserror::Error)]
pub enum EmitError {
    /// The connection does not take it.
    #[error(transparent)]
    Send(#[from] SendError),
    /// There is nothing to know it by when it is sent again.
    #[error(transparent)]
    Identity(#[from] NoIdentity),
    /// The document has the event in other namespaces, and a server would refuse it here.
    #[error("there is no such event in the namespace {0}")]
    OtherNamespace(String),
}

/// What sends without waiting for an answer.
pub trait Sends {
    /// The namespace that it sends in.
    fn namespace(&self) -> &str;

    /// Sends what is made, with an id if it is sent again until it is acknowledged.
    ///
    /// # Errors
    /// When it is not taken.
    fn take(
        &self,
        message: impl FnOnce(Option<u64>) -> Result<Message, serde_json::Error>,
    ) -> Result<(), SendError>;
}

impl Sends for Client {
    fn namespace(&self) -> &str {
        Self::namespace(self)
    }

    fn take(
        &self,
        message: impl FnOnce(Option<u64>) -> Result<Message, serde_json::Error>,
    ) -> Result<(), SendError> {
        self.emit_message(message)
    }
}

impl Sends for Volatile {
    fn namespace(&self) -> &str {
        Self::namespace(self)
    }

    fn take(
        &self,
        message: impl FnOnce(Option<u64>) -> Result<Message, serde_json::Error>,
    ) -> Result<(), SendError> {
        self.send(message(None)?)
    }
}

/// Sends an event and does not wait for its acknowledgement.
///
/// # Errors
/// When it is not taken.
pub fn emit(client: &impl Sends, prefix: &impl Prefixed, payload: impl Outgoing) -> Result<(), EmitError> {
    let here = client.namespace();
    let prefix = prefix.of(here).ok_or_else(|| EmitError::OtherNamespace(here.to_owned()))?;
    Ok(client.take(|id| payload.message(&prefix, id))?)
}

/// The answer that a server waits for, until it has waited too long.
#[derive(Clone)]
#[must_use = "a server waits for it"]
pub struct Answer<T> {
    client: Client,
    /// What is answered. It has no id if the server does not ask, although the document says that it does.
    event: Event,
    answer: PhantomData<fn(T)>,
}

impl<T> Answer<T> {
    /// Of an event that arrived.
    pub fn new(client: &Client, event: &Event) -> Self {
        Self { client: client.clone(), event: event.clone(), answer: PhantomData }
    }
}

impl<T> fmt::Debug for Answer<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Answer").field("id", &self.event.id()).finish_non_exhaustive()
    }
}

impl<T: Serialize> Answer<T> {
    /// Answers. It goes nowhere if the connection has been lost since, or the server does not ask.
    ///
    /// # Errors
    /// When it is not taken.
    pub fn send(self, answer: &T) -> Result<(), SendError> {
        self.client.acknowledge(&self.event, answer)
    }
}

impl Answer<Args> {
    /// The same with any arguments.
    ///
    /// # Errors
    /// When it is not taken.
    pub fn send_args(self, answer: &Args) -> Result<(), SendError> {
        self.client.acknowledge_args(&self.event, answer)
    }
}
