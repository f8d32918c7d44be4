//! What is sent now or never.

use std::sync::Arc;

use serde::Serialize;

use super::error::SendError;
use super::handle::Handle;
use crate::packet::{Args, Message, Prefix};

/// A handle whose events are dropped, and nobody is told, unless they can be sent at once; see
/// [`Client::volatile`](super::Client::volatile). They are never sent again.
#[derive(Clone, Debug)]
pub struct Volatile(pub(crate) Arc<Handle>);

impl Volatile {
    /// Sends an event, or drops it.
    ///
    /// # Errors
    /// When the client is closed, the server takes nothing as long, or the payload does not serialise.
    pub fn emit<T: Serialize + ?Sized>(&self, prefix: &Prefix, payload: Option<&T>) -> Result<(), SendError> {
        self.send(Message::event_with_id(prefix, None, payload)?)
    }

    /// Sends an event with any arguments, or drops it.
    ///
    /// # Errors
    /// As [`Volatile::emit`].
    pub fn emit_args(&self, prefix: &Prefix, args: &Args) -> Result<(), SendError> {
        self.send(Message::event_args(prefix, None, args))
    }

    /// The namespace that it sends in.
    pub fn namespace(&self) -> &str {
        &self.0.namespace
    }

    pub(crate) fn send(&self, message: Message) -> Result<(), SendError> {
        self.0.queue.emit_volatile(self.0.write(message)?)
    }
}
