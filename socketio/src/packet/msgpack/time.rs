//! Points in time as JavaScript's `Date.toJSON` writes them.

use jiff::SignedDuration;
use jiff::civil::{DateTime, date};

/// The text, quoted; `null` where JavaScript has more than four digits for the year.
pub(super) fn json(time: Option<DateTime>) -> String {
    match time.filter(|time| time.year() >= 0) {
        Some(time) => time.strftime("\"%Y-%m-%dT%H:%M:%S.%3fZ\"").to_string(),
        None => "null".into(),
    }
}

/// Of milliseconds since 1970.
pub(super) fn of_milliseconds(bytes: [u8; 8]) -> Option<DateTime> {
    since_1970(SignedDuration::from_millis(i64::from_be_bytes(bytes)))
}

/// Of a timestamp of the msgpack specification, in any of its three lengths; the outer `None` if it is no such thing.
pub(super) fn of_timestamp(bytes: &[u8]) -> Option<Option<DateTime>> {
    let (seconds, nanoseconds) = match bytes.len() {
        4 => (i64::from(u32::from_be_bytes(bytes.try_into().ok()?)), 0),
        8 => {
            let both = u64::from_be_bytes(bytes.try_into().ok()?);
            (i64::try_from(both & ((1 << 34) - 1)).ok()?, u32::try_from(both >> 34).ok()?)
        }
        12 => {
            let (nanoseconds, seconds) = bytes.split_first_chunk::<4>()?;
            (i64::from_be_bytes(seconds.try_into().ok()?), u32::from_be_bytes(*nanoseconds))
        }
        _ => return None,
    };
    let nanoseconds = i32::try_from(nanoseconds).ok().filter(|nanoseconds| *nanoseconds < 1_000_000_000)?;
    // More seconds than there can be are no time either.
    let whole = SignedDuration::from_secs(seconds);
    Some(whole.checked_add(SignedDuration::from_nanos(nanoseconds.into())).and_then(since_1970))
}

/// Without a time zone, which would not reach to the end of the year 9999.
fn since_1970(duration: SignedDuration) -> Option<DateTime> {
    date(1970, 1, 1).at(0, 0, 0, 0).checked_add(duration).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_javascript_does() {
        // What node prints for `JSON.stringify(new Date(…))`.
        for (milliseconds, text) in [
            (0, "\"1970-01-01T00:00:00.000Z\""),
            (-1, "\"1969-12-31T23:59:59.999Z\""),
            (1_700_000_000_123, "\"2023-11-14T22:13:20.123Z\""),
            (253_402_300_799_999, "\"9999-12-31T23:59:59.999Z\""),
            (-62_167_219_200_000, "\"0000-01-01T00:00:00.000Z\""),
            (-62_167_219_200_001, "null"),
            (i64::MAX, "null"),
        ] {
            assert_eq!(json(of_milliseconds(i64::to_be_bytes(milliseconds))), text, "{milliseconds}");
        }
    }

    #[test]
    fn a_timestamp_has_one_of_three_lengths() {
        let json = |bytes: &[u8]| of_timestamp(bytes).map(json);
        let expected = Some("\"1970-01-01T00:00:01.000Z\"".to_owned());
        assert_eq!(json(&[0, 0, 0, 1]), expected);
        assert_eq!(json(&[0, 0, 0, 0, 0, 0, 0, 1]), expected);
        assert_eq!(json(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), expected);
        let half = (500_000_000u64 << 34 | 1).to_be_bytes();
        assert_eq!(json(&half), Some("\"1970-01-01T00:00:01.500Z\"".into()));
        let before = [0x1d, 0xcd, 0x65, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(json(&before), Some("\"1969-12-31T23:59:59.500Z\"".into()));
        for none in [&[0u8; 5][..], &[], &[0xff; 8]] {
            assert_eq!(json(none), None);
        }
    }
}
