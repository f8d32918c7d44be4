//! What an event is known by when it is sent again.

/// There are no random numbers to make one of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nothing to know it by, as the system has no random numbers: {0}")]
pub struct NoIdentity(String);

/// What an event is known by when it is sent again: 128 random bits, in hexadecimal.
///
/// # Errors
/// When the system has no random numbers.
pub fn identity() -> Result<String, NoIdentity> {
    match (getrandom::u64(), getrandom::u64()) {
        (Ok(first), Ok(second)) => Ok(format!("{first:016x}{second:016x}")),
        (Err(why), _) | (_, Err(why)) => Err(NoIdentity(why.to_string())),
    }
}
