//! Moments as the protocol writes them: ISO 8601, UTC, milliseconds.

use crate::protocol::types::Timestamp;

/// Unix milliseconds, as the protocol writes them.
pub fn timestamp(milliseconds: i64) -> Timestamp {
    let moment = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    Timestamp::trusted(format!("{moment:.3}"))
}

/// Now, as the protocol writes it.
pub fn now() -> Timestamp {
    timestamp(crate::store::now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_are_always_written() {
        assert_eq!(timestamp(0).as_str(), "1970-01-01T00:00:00.000Z");
        assert_eq!(timestamp(1_767_323_045_678).as_str(), "2026-01-02T03:04:05.678Z");
    }
}
