//! What an event carries on its way out, whichever way it goes.

use serde::Serialize;

use crate::packet::{Args, Message, Prefix};

/// What an event carries.
pub trait Outgoing {
    /// The message; with an id if an acknowledgement is waited for under that.
    ///
    /// # Errors
    /// When it does not serialise.
    fn message(&self, prefix: &Prefix, id: Option<u64>) -> Result<Message, serde_json::Error>;
}

impl<P: Serialize> Outgoing for Option<&P> {
    fn message(&self, prefix: &Prefix, id: Option<u64>) -> Result<Message, serde_json::Error> {
        Message::event_with_id(prefix, id, *self)
    }
}

impl Outgoing for &Args {
    fn message(&self, prefix: &Prefix, id: Option<u64>) -> Result<Message, serde_json::Error> {
        Ok(Message::event_args(prefix, id, self))
    }
}
