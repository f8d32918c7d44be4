//! What went over the wire, for the report of a failure.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Lines that are kept; older ones are forgotten.
const MAX_LINES: usize = 256;

/// Characters of a line that are kept.
const MAX_WIDTH: usize = 240;

/// The lines of one case, from every connection, in the order they were seen.
#[derive(Clone, Default)]
pub(crate) struct Transcript(Arc<Mutex<VecDeque<String>>>);

impl Transcript {
    pub(crate) fn note(&self, line: &str) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == MAX_LINES {
            lines.pop_front();
        }
        lines.push_back(cut(line));
    }

    /// The last lines, oldest first.
    pub(crate) fn last(&self, count: usize) -> Vec<String> {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().skip(lines.len().saturating_sub(count)).cloned().collect()
    }
}

/// The text, cut where it gets too long to read; control characters are escaped.
pub(crate) fn cut(text: &str) -> String {
    let mut out: String = text.chars().take(MAX_WIDTH).flat_map(shown).collect();
    let more = text.chars().count().saturating_sub(MAX_WIDTH);
    if more > 0 {
        out.push_str(&format!("… ({more} more)"));
    }
    out
}

fn shown(character: char) -> impl Iterator<Item = char> {
    let escape = character.is_control().then(|| character.escape_default());
    let plain = (!character.is_control()).then_some(character);
    escape.into_iter().flatten().chain(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_last_lines_and_cuts_long_ones() {
        let transcript = Transcript::default();
        (0..300).for_each(|number| transcript.note(&number.to_string()));
        assert_eq!(transcript.last(2), ["298", "299"]);
        assert_eq!(transcript.last(1000).len(), MAX_LINES);
        assert_eq!(cut("a\nb"), "a\\nb");
        assert!(cut(&"ä".repeat(500)).ends_with("ä… (260 more)"));
    }
}
