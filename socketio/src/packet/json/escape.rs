//! Texts in quotes.

/// Bytes looked at together: as many as make it worth while, and then as few as the compiler makes one comparison of.
const LONG: usize = 64;
const SHORT: usize = 16;

/// Appends a text in quotes, with escapes where JSON wants them.
pub(super) fn quoted(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    escaped(out, text);
    out.push(b'"');
}

/// What texts are appended to.
pub(in crate::packet) trait Sink {
    /// Appends a text.
    fn append(&mut self, text: &str);
}

impl Sink for Vec<u8> {
    fn append(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}

impl Sink for String {
    fn append(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// Appends what is between the quotes.
pub(in crate::packet) fn escaped(out: &mut impl Sink, text: &str) {
    let mut rest = text;
    loop {
        let (plain, after) = rest.split_at_checked(plain(rest.as_bytes())).unwrap_or((rest, ""));
        out.append(plain);
        let Some(byte) = after.bytes().next() else { break };
        escape(out, byte);
        // What needs an escape is a byte long.
        rest = after.get(1..).unwrap_or_default();
    }
}

fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

/// Without leaving early: that is what makes it one comparison.
fn is_any_special<const N: usize>(piece: &[u8; N]) -> bool {
    piece.iter().fold(false, |found, byte| found | is_special(*byte))
}

/// How many bytes there are before the first that needs an escape.
fn plain(bytes: &[u8]) -> usize {
    let mut at = 0;
    let (pieces, _) = bytes.as_chunks::<LONG>();
    for piece in pieces {
        if is_any_special(piece) {
            break;
        }
        at += LONG;
    }
    let (pieces, _) = bytes.get(at..).unwrap_or_default().as_chunks::<SHORT>();
    for piece in pieces {
        if is_any_special(piece) {
            break;
        }
        at += SHORT;
    }
    let (words, _) = bytes.get(at..).unwrap_or_default().as_chunks::<8>();
    for word in words {
        match special_in(u64::from_le_bytes(*word)) {
            0 => at += 8,
            found => return at + (found.trailing_zeros() / 8) as usize,
        }
    }
    let tail = bytes.get(at..).unwrap_or_default();
    at + tail.iter().position(|byte| is_special(*byte)).unwrap_or(tail.len())
}

/// The top bit of the first byte of a word that needs an escape; those of later bytes may be set without need.
fn special_in(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    // A byte that is less than another borrows into its top bit; one with a top bit of its own is not meant.
    let control = word.wrapping_sub(ONES * 0x20);
    let quote = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    (control | quote | backslash) & !word & TOPS
}

fn escape(out: &mut impl Sink, byte: u8) {
    match byte {
        b'"' => out.append("\\\""),
        b'\\' => out.append("\\\\"),
        0x08 => out.append("\\b"),
        0x0c => out.append("\\f"),
        b'\n' => out.append("\\n"),
        b'\r' => out.append("\\r"),
        b'\t' => out.append("\\t"),
        _ => {
            let digit = |value: u8| {
                const HEX: &str = "0123456789abcdef";
                let at = usize::from(value & 0xf);
                HEX.get(at..=at).unwrap_or_default()
            };
            out.append("\\u00");
            out.append(digit(byte >> 4));
            out.append(digit(byte));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_an_escape_is_found_wherever_it_is() {
        for length in 0..100 {
            let clean = vec![b'~'; length];
            assert_eq!(plain(&clean), length);
            for at in 0..length {
                for byte in 0..=255 {
                    let mut bytes = clean.clone();
                    bytes[at] = byte;
                    let expected = if is_special(byte) { at } else { length };
                    assert_eq!(plain(&bytes), expected, "byte {byte} at {at} of {length}");
                }
            }
        }
    }
}
