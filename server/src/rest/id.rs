//! Ids of sessions: `session_<Unix ms>_<random>`.

use super::failure::Failure;

/// The most characters after the prefix.
const MAX_REST: usize = 64;

/// Random bytes of an id. Ids are no secrets, yet nobody should come across one by trying.
const RANDOM: usize = 16;

const PREFIX: &str = "session_";

/// A new one.
pub(super) fn random(now: i64) -> Result<String, Failure> {
    let mut bytes = [0; RANDOM];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(target: "parlance::rest", %error, "there are no random numbers for an id");
        Failure::Internal
    })?;
    Ok(format!("{PREFIX}{now}_{:032x}", u128::from_be_bytes(bytes)))
}

/// Whether it can be the id of a session: `^session_[A-Za-z0-9_-]{1,64}$`, as in the chat protocol.
pub(super) fn is_valid(id: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    id.strip_prefix(PREFIX).is_some_and(|rest| (1..=MAX_REST).contains(&rest.len()) && rest.bytes().all(fits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_ids_are_valid_and_differ() {
        let [a, b] = [random(1_767_323_045_678).unwrap(), random(1_767_323_045_678).unwrap()];
        assert!(a.starts_with("session_1767323045678_"), "{a}");
        assert_eq!(a.len(), "session_1767323045678_".len() + 32);
        assert_ne!(a, b);
        assert!(is_valid(&a) && is_valid(&random(i64::MAX).unwrap()) && is_valid(&random(0).unwrap()));
    }

    #[test]
    fn ids_are_short_words() {
        assert!(
            is_valid("session_123_456") && is_valid("session_-") && is_valid(&format!("session_{:a>64}", ""))
        );
        for other in ["", "session_", "Session_1", "session_1 2", "session_%31", "session_ä", "1"] {
            assert!(!is_valid(other), "{other}");
        }
        assert!(!is_valid(&format!("session_{:a>65}", "")));
    }
}
