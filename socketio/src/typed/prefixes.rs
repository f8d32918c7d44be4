//! What stands before payloads, in one namespace or in several.

use std::fmt;

use crate::packet::{Message, Prefix};
use crate::server::Target;

/// The prefix of an event in each of the namespaces that it is in.
#[derive(Debug)]
pub struct Prefixes {
    /// Namespaces and prefixes.
    pub all: &'static [(&'static str, Prefix)],
}

/// What stands before the payload of an event, wherever it goes.
pub trait Prefixed: fmt::Debug {
    /// Its prefix in a namespace; `None` if it is not sent there.
    fn of(&self, namespace: &str) -> Option<&Prefix>;

    /// Encodes a message, once for each namespace that somebody is in, and sends it; how many it was queued for.
    ///
    /// # Errors
    /// When it cannot be encoded.
    fn deliver<E>(
        &self,
        target: &Target<'_>,
        encode: impl Fn(&Prefix) -> Result<Message, E>,
    ) -> Result<usize, E>;
}

/// Of a document with one namespace, where everybody is.
impl Prefixed for Prefix {
    fn of(&self, _: &str) -> Option<&Prefix> {
        Some(self)
    }

    fn deliver<E>(
        &self,
        target: &Target<'_>,
        encode: impl Fn(&Prefix) -> Result<Message, E>,
    ) -> Result<usize, E> {
        Ok(target.give(encode(self)?))
    }
}

impl Prefixed for Prefixes {
    fn of(&self, namespace: &str) -> Option<&Prefix> {
        self.all.iter().find(|(known, _)| *known == namespace).map(|(_, prefix)| prefix)
    }

    fn deliver<E>(
        &self,
        target: &Target<'_>,
        encode: impl Fn(&Prefix) -> Result<Message, E>,
    ) -> Result<usize, E> {
        // Before any of the hub's locks is taken for sending: what is encoded is the application's.
        let mut messages = Vec::new();
        for namespace in target.namespaces() {
            if let Some(prefix) = self.of(&namespace) {
                messages.push((namespace, encode(prefix)?));
            }
        }
        Ok(target.send_each(|namespace| {
            messages.iter().find(|(known, _)| **known == *namespace).map(|(_, message)| message)
        }))
    }
}
