//! RFC 3339 moments, as JSON Schema's `format: date-time` means them.

/// Whether `text` is a date and time of RFC 3339, like `2026-01-02T03:04:05.678Z`.
pub fn is_date_time(text: &str) -> bool {
    parse(text.as_bytes()).is_some()
}

fn parse(text: &[u8]) -> Option<()> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(literal(rest, b"-")?, 2)?;
    let (day, rest) = digits(literal(rest, b"-")?, 2)?;
    let (hour, rest) = digits(literal(rest, b"Tt")?, 2)?;
    let (minute, rest) = digits(literal(rest, b":")?, 2)?;
    let (second, rest) = digits(literal(rest, b":")?, 2)?;
    let rest = match literal(rest, b".") {
        Some(fraction) => {
            let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if length == 0 {
                return None;
            }
            fraction.get(length..)?
        }
        None => rest,
    };
    let fits = (1..=days(year, month)?).contains(&day) && hour <= 23 && minute <= 59 && second <= 60;
    (fits && is_offset(rest)).then_some(())
}

fn is_offset(text: &[u8]) -> bool {
    if let [b'Z' | b'z'] = text {
        return true;
    }
    let parts = || {
        let (hour, rest) = digits(literal(text, b"+-")?, 2)?;
        let (minute, rest) = digits(literal(rest, b":")?, 2)?;
        Some(hour <= 23 && minute <= 59 && rest.is_empty())
    };
    parts().unwrap_or(false)
}

fn days(year: u32, month: u32) -> Option<u32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}

fn digits(text: &[u8], count: usize) -> Option<(u32, &[u8])> {
    let (head, rest) = text.split_at_checked(count)?;
    let mut number = 0;
    for byte in head {
        number = number * 10 + u32::from(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    Some((number, rest))
}

/// The rest after one byte that is any of `any`.
fn literal<'t>(text: &'t [u8], any: &[u8]) -> Option<&'t [u8]> {
    let (first, rest) = text.split_first()?;
    any.contains(first).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::is_date_time;

    #[test]
    fn moments_of_rfc_3339_are_told_from_others() {
        for good in [
            "2026-01-02T03:04:05.678Z",
            "2026-01-02t03:04:05z",
            "2024-02-29T23:59:60+01:30",
            "2026-12-31T00:00:00-00:00",
        ] {
            assert!(is_date_time(good), "{good}");
        }
        for bad in [
            "",
            "2026-01-02",
            "2026-01-02 03:04:05Z",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-02T24:00:00Z",
            "2026-01-02T03:04:05",
            "2026-01-02T03:04:05.Z",
            "2026-01-02T03:04:05+0100",
            "2026-01-02T03:04:05+24:00",
            "2026-01-02T03:04:05Zz",
            "２026-01-02T03:04:05Z",
        ] {
            assert!(!is_date_time(bad), "{bad}");
        }
    }
}
