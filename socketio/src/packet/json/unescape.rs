//! Texts that have come, without their quotes and escapes.

use super::special::{BLOCK, before_special, in_block};

/// What a letter behind a backslash stands for; zero if it is `u`, or nothing.
const SHORT: [u8; 256] = {
    let mut short = [0; 256];
    let (pairs, _) = b"\"\"\\\\//b\x08f\x0cn\nr\rt\t".as_chunks::<2>();
    let mut at = 0;
    while at < pairs.len() {
        let [letter, byte] = pairs[at];
        short[letter as usize] = byte;
        at += 1;
    }
    short
};

/// A text that has been found.
pub(super) enum Found<'de, 'r> {
    /// As it came.
    Same(&'de str),
    /// In the reader's memory.
    Undone(&'r str),
}

/// The text behind an opening quote, and how many bytes that were with the closing one. `memory` is used again from text to
/// text. Nothing if there is something in it that `serde_json` must look at: `\u`, or what is wrong.
pub(super) fn text<'de, 'r>(json: &'de str, memory: &'r mut String) -> Option<(Found<'de, 'r>, usize)> {
    let plain = before_special(json.as_bytes());
    if json.as_bytes().get(plain) == Some(&b'"') {
        return Some((Found::Same(json.get(..plain)?), plain + 1));
    }
    memory.clear();
    let read = undo(json, plain, memory)?;
    Some((Found::Undone(memory), read))
}

/// Writes a text of which this many bytes are plain; how many it is with its closing quote.
///
/// All that is special in a block is found at once. So what is done for one does not wait for what was done for the one before.
fn undo(json: &str, plain: usize, out: &mut String) -> Option<usize> {
    let bytes = json.as_bytes();
    let (mut done, mut looked) = (0, plain);
    while let Some(block) = bytes.get(looked..).and_then(<[u8]>::first_chunk::<BLOCK>) {
        let mut found = in_block(block);
        if done > looked {
            // The first is escaped by the last of the block before.
            found &= !1;
        }
        while found != 0 {
            let bit = found.trailing_zeros();
            let at = looked + bit as usize;
            out.push_str(json.get(done..at)?);
            if bytes.get(at) == Some(&b'"') {
                return Some(at + 1);
            }
            out.push(escaped(bytes, at)?);
            done = at + 2;
            // Neither this one nor what it escapes.
            found &= !(3 << bit);
        }
        looked += BLOCK;
    }
    looked = looked.max(done);
    loop {
        let at = looked + before_special(bytes.get(looked..)?);
        out.push_str(json.get(done..at)?);
        if bytes.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        out.push(escaped(bytes, at)?);
        done = at + 2;
        looked = done;
    }
}

/// The character that is written as a backslash, which must be there, and a letter.
fn escaped(bytes: &[u8], at: usize) -> Option<char> {
    if bytes.get(at) != Some(&b'\\') {
        return None;
    }
    let byte = SHORT.get(usize::from(*bytes.get(at + 1)?)).filter(|byte| **byte != 0)?;
    Some(char::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_common_is_undone_here() {
        let mut memory = String::new();
        for first in ["", "\n", "ü\"\\"] {
            for before in 0..140 {
                for after in [0, 1, 63, 64, 130] {
                    let plain = format!("{first}{}\"\\\n\\{}", "~".repeat(before), "~".repeat(after));
                    let json = format!("{},\"", serde_json::Value::from(plain.as_str()));
                    let Some((Found::Undone(text), read)) = text(&json[1..], &mut memory) else {
                        panic!("{json}")
                    };
                    assert_eq!((text, read), (plain.as_str(), json.len() - 3), "{json}");
                }
            }
        }
        assert!(matches!(text("~\",\\n\"", &mut memory), Some((Found::Same("~"), 2))));
        assert!(text("\\u00e4\"", &mut memory).is_none());
    }
}
