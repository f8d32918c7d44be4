//! Signatures of function calls that can be checked.
//!
//! A signature is a keyed hash of the calls of a turn as the very text they were sent in. The key is made when the process
//! starts and never shown, so that nobody can sign but us, and a caller who re-serialises what it got is found out.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

/// Signs, and checks what it signed.
#[derive(Debug, Default)]
pub(super) struct Seal {
    /// Random keys of SipHash.
    key: RandomState,
    ids: AtomicU64,
}

impl Seal {
    /// The signature of a turn's calls, each as the JSON text of its `functionCall`. Hexadecimal digits in a number divisible by
    /// four, and therefore base64 too, as a signature has to be.
    pub(super) fn sign(&self, calls: &[&str]) -> String {
        let half = |which: &str| self.key.hash_one((which, calls));
        format!("{:016x}{:016x}", half("first half"), half("second half"))
    }

    /// Whether a signature is the one of these calls.
    pub(super) fn fits(&self, signature: &str, calls: &[&str]) -> bool {
        signature == self.sign(calls)
    }

    /// An id that was not given before, for a call or an answer.
    pub(super) fn id(&self) -> String {
        let number = self.ids.fetch_add(1, Ordering::Relaxed);
        format!("{:016x}", self.key.hash_one(("id", number)))
    }

    /// Tells conversations apart.
    pub(super) fn fingerprint(&self, contents: &[&str]) -> u64 {
        self.key.hash_one(("conversation", contents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_for_these_calls_and_this_key() {
        let seal = Seal::default();
        let calls = [r#"{"name":"f","args":{"a": 1}}"#, r#"{"name":"g"}"#];
        let signature = seal.sign(&calls);
        assert_eq!(signature.len(), 32);
        assert!(seal.fits(&signature, &calls));
        assert!(!seal.fits(&signature, &calls[..1]));
        assert!(!seal.fits(&signature, &[r#"{"name":"f","args":{"a":1}}"#, calls[1]]));
        assert!(!seal.fits(&"0".repeat(32), &calls));
        assert!(!Seal::default().fits(&signature, &calls));
    }

    #[test]
    fn an_id_is_given_once() {
        let seal = Seal::default();
        assert_ne!(seal.id(), seal.id());
    }
}
