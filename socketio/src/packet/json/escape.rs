//! Texts in quotes.

use super::special::{BLOCK, before_special, in_block};

/// Control characters; the common ones have short escapes.
const CONTROL: [&str; 0x20] = [
    "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007", "\\b", "\\t",
    "\\n", "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f", "\\u0010", "\\u0011", "\\u0012", "\\u0013",
    "\\u0014", "\\u0015", "\\u0016", "\\u0017", "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c",
    "\\u001d", "\\u001e", "\\u001f",
];

/// Appends a text in quotes, with escapes where JSON wants them.
///
/// All that is special in a block is found at once. So what is done for one does not wait for what was done for the one before.
pub(super) fn quoted(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    let (mut done, mut looked) = (0, 0);
    for block in bytes.as_chunks::<BLOCK>().0 {
        let mut found = in_block(block);
        while found != 0 {
            done = up_to(out, bytes, done, looked + found.trailing_zeros() as usize);
            found &= found - 1;
        }
        looked += BLOCK;
    }
    while let Some(rest) = bytes.get(looked..) {
        done = up_to(out, bytes, done, looked + before_special(rest));
        looked = done;
    }
    out.push(b'"');
}

/// Appends what is between two places, and what is at the second, which needs an escape; where it goes on from there.
fn up_to(out: &mut Vec<u8>, bytes: &[u8], done: usize, at: usize) -> usize {
    out.extend_from_slice(bytes.get(done..at).unwrap_or_default());
    if let Some(byte) = bytes.get(at) {
        match escape(*byte).as_bytes() {
            // Two bytes, as nearly all are, without a call.
            [backslash, letter] => out.extend_from_slice(&[*backslash, *letter]),
            long => out.extend_from_slice(long),
        }
    }
    at + 1
}

/// Appends what is between the quotes to a text.
pub(in crate::packet) fn escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((plain, after)) = rest.split_at_checked(before_special(rest.as_bytes())) {
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
