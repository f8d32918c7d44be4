//! Texts in quotes.

/// Bytes looked at together: as many as make it worth while, and then a word.
const LONG: usize = 64;
const WORD: usize = 8;

/// Control characters; the common ones have short escapes.
const CONTROL: [&str; 0x20] = [
    "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007", "\\b", "\\t",
    "\\n", "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f", "\\u0010", "\\u0011", "\\u0012", "\\u0013",
    "\\u0014", "\\u0015", "\\u0016", "\\u0017", "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c",
    "\\u001d", "\\u001e", "\\u001f",
];

/// Appends a text in quotes, with escapes where JSON wants them.
pub(super) fn quoted(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    let rest = copied::<LONG>(out, text.as_bytes());
    for byte in copied::<WORD>(out, rest) {
        match escape(*byte) {
            "" => out.push(*byte),
            escape => out.extend_from_slice(escape.as_bytes()),
        }
    }
    out.push(b'"');
}

/// Appends all but a rest that is shorter than a piece. A piece is copied before it is looked at, and what was too much is
/// taken back: a length that is known is copied faster than one that has to be found.
fn copied<'a, const N: usize>(out: &mut Vec<u8>, bytes: &'a [u8]) -> &'a [u8] {
    let mut rest = bytes;
    while let Some((piece, after)) = rest.split_first_chunk::<N>() {
        out.extend_from_slice(piece);
        let plain = if N > WORD && !is_any_special(piece) { N } else { before_special(piece) };
        if plain == N {
            rest = after;
            continue;
        }
        out.truncate(out.len() - N + plain);
        let Some((byte, after)) = rest.get(plain..).and_then(<[u8]>::split_first) else { break };
        match escape(*byte).as_bytes() {
            // Two bytes, as nearly all are, without a call.
            [backslash, letter] => out.extend_from_slice(&[*backslash, *letter]),
            long => out.extend_from_slice(long),
        }
        rest = after;
    }
    rest
}

/// Appends what is between the quotes to a text.
pub(in crate::packet) fn escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((plain, after)) = rest.split_at_checked(plain(rest.as_bytes())) {
        out.push_str(plain);
        let Some(byte) = after.bytes().next() else { break };
        out.push_str(escape(byte));
        // What needs an escape is a byte long.
        rest = after.get(1..).unwrap_or_default();
    }
}

/// The escape of a byte, if it needs one.
fn escape(byte: u8) -> &'static str {
    match byte {
        b'"' => "\\\"",
        b'\\' => "\\\\",
        _ => CONTROL.get(usize::from(byte)).copied().unwrap_or_default(),
    }
}

fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

/// Without leaving early: that is what makes it few comparisons.
fn is_any_special<const N: usize>(piece: &[u8; N]) -> bool {
    piece.iter().fold(false, |found, byte| found | is_special(*byte))
}

/// How many bytes there are before the first that needs an escape.
fn plain(bytes: &[u8]) -> usize {
    let (pieces, _) = bytes.as_chunks::<LONG>();
    let passed = LONG * pieces.iter().take_while(|piece| !is_any_special(piece)).count();
    passed + before_special(bytes.get(passed..).unwrap_or_default())
}

/// The same, where one is not far.
fn before_special(bytes: &[u8]) -> usize {
    let (words, tail) = bytes.as_chunks::<WORD>();
    for (at, word) in words.iter().enumerate() {
        let found = special_in(u64::from_le_bytes(*word));
        if found != 0 {
            return at * WORD + (found.trailing_zeros() / 8) as usize;
        }
    }
    words.len() * WORD + tail.iter().position(|byte| is_special(*byte)).unwrap_or(tail.len())
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn what_needs_an_escape_is_found_wherever_it_is() {
        let mut texts = Vec::new();
        for length in 0..140 {
            for at in 0..length {
                for found in [
                    '~',
                    '"',
                    '\\',
                    '\n',
                    '\u{b}',
                    '\u{1f}',
                    ' ',
                    '\u{7f}',
                    '\u{e4}',
                    '\u{4e16}',
                    '\u{1f30d}',
                ] {
                    let mut text = "~".repeat(length);
                    text.replace_range(at..=at, &found.to_string());
                    texts.push(text);
                }
            }
        }
        texts.extend((0..300).map(|length| "\"".repeat(length)));
        texts.push((0..=0x100).filter_map(char::from_u32).collect());
        for text in texts {
            let expected = Value::from(text.as_str()).to_string();
            let mut bytes = b"before".to_vec();
            quoted(&mut bytes, &text);
            assert_eq!(String::from_utf8_lossy(&bytes), format!("before{expected}"));
            let mut string = String::new();
            escaped(&mut string, &text);
            assert_eq!(format!("\"{string}\""), expected);
        }
    }
}
