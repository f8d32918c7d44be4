//! What stands before payloads, in one namespace or in several.

use std::borrow::Cow;
use std::fmt;

use crate::packet::{Message, Prefix};
use crate::server::Target;

/// The prefix of an event in each of the namespaces that it is in.
#[derive(Debug)]
pub struct Prefixes {
    /// The event's name.
    pub name: &'static str,
    /// Namespaces and prefixes.
    pub all: &'static [(&'static str, Prefix)],
    /// Those with a key among them, if the document has such.
    pub keyed: Option<Keyed>,
}

/// Namespaces of an event that have a key.
#[derive(Debug)]
pub struct Keyed {
    /// Which of the document's a namespace is, if it is any.
    pub which: fn(&str) -> Option<usize>,
    /// Which of them the event is in.
    pub of: &'static [usize],
}

/// The key of a namespace, which stands between two texts; `None` of any other namespace.
pub fn key_of<'n>(namespace: &'n str, before: &str, behind: &str) -> Option<&'n str> {
    namespace.strip_prefix(before)?.strip_suffix(behind)
}

/// An event that has a prefix in some namespaces.
pub trait Named: fmt::Debug + Sync {
    /// Its prefix in a namespace; `None` if it is not sent there.
    fn of(&self, namespace: &str) -> Option<Cow<'_, Prefix>>;
}

/// What stands before the payload of an event, wherever it goes.
pub trait Prefixed: Named {
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
impl Named for Prefix {
    fn of(&self, _: &str) -> Option<Cow<'_, Prefix>> {
        Some(Cow::Borrowed(self))
    }
}

impl Prefixed for Prefix {
    fn deliver<E>(
        &self,
        target: &Target<'_>,
        encode: impl Fn(&Prefix) -> Result<Message, E>,
    ) -> Result<usize, E> {
        Ok(target.give(encode(self)?))
    }
}

impl Named for Prefixes {
    fn of(&self, namespace: &str) -> Option<Cow<'_, Prefix>> {
        if let Some((_, prefix)) = self.all.iter().find(|(known, _)| *known == namespace) {
            return Some(Cow::Borrowed(prefix));
        }
        let Keyed { which, of } = self.keyed.as_ref()?;
        of.contains(&which(namespace)?).then(|| Cow::Owned(Prefix::event(namespace, self.name)))
    }
}

impl Prefixed for Prefixes {
    fn deliver<E>(
        &self,
        target: &Target<'_>,
        encode: impl Fn(&Prefix) -> Result<Message, E>,
    ) -> Result<usize, E> {
        // Before any of the hub's locks is taken for sending: what is encoded is the application's.
        let mut messages = Vec::new();
        for namespace in target.namespaces() {
            if let Some(prefix) = self.of(&namespace) {
                messages.push((namespace, encode(&prefix)?));
            }
        }
        Ok(target.send_each(|namespace| {
            messages.iter().find(|(known, _)| **known == *namespace).map(|(_, message)| message)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_has_a_prefix_where_it_is() {
        static MAIN: Prefix = Prefix::literal(r#"42["say""#);
        assert_eq!(MAIN.of("/anywhere").as_deref(), Some(&MAIN));
        fn which(namespace: &str) -> Option<usize> {
            match namespace {
                "/a" => Some(0),
                "/quiet" => Some(1),
                _ => key_of(namespace, "/", "").filter(|key| !key.is_empty()).map(|_| 2),
            }
        }
        static SOME: Prefixes = Prefixes {
            name: "say",
            all: &[("/a", Prefix::literal(r#"42/a,["say""#))],
            keyed: Some(Keyed { which, of: &[2] }),
        };
        for namespace in ["/a", "/7", "/x/y"] {
            assert_eq!(SOME.of(namespace).as_deref(), Some(&Prefix::event(namespace, "say")), "{namespace}");
        }
        assert_eq!(SOME.of("/"), None);
        assert_eq!(SOME.of("/quiet"), None, "it fits, and is another");
        assert_eq!(key_of("/rooms-7/quiet", "/rooms-", "/quiet"), Some("7"));
        assert_eq!(key_of("/quiet", "/quie", "uiet"), None, "nothing is of both");
    }
}
