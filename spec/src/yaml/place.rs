//! Places of a text: characters to bytes, bytes to lines and columns.

use crate::diagnostic::Span;
use crate::model::Location;

/// What is needed to name a place of a text.
pub(crate) struct Places<'s> {
    source: &'s str,
    /// The byte where each character starts, and the end.
    characters: Vec<usize>,
    /// The byte where each line starts.
    lines: Vec<usize>,
}

impl<'s> Places<'s> {
    /// Reads a text once.
    pub(crate) fn new(source: &'s str) -> Self {
        let characters = source.char_indices().map(|(at, _)| at).chain([source.len()]).collect();
        let breaks = source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Places { source, characters, lines: std::iter::once(0).chain(breaks).collect() }
    }

    /// The span between two characters, cut at the end of the first's line.
    pub(crate) fn span(&self, first: usize, past: usize) -> Span {
        let byte = |index: usize| self.characters.get(index).copied().unwrap_or(self.source.len());
        self.bytes(byte(first), byte(past))
    }

    /// The span of quoted text without the comment that may follow it.
    pub(crate) fn quoted(&self, span: Span, quote: char) -> Span {
        let text = self.source.get(span.start..span.end).unwrap_or_default();
        let mut characters = text.char_indices().skip(1).peekable();
        while let Some((at, character)) = characters.next() {
            let doubled = quote == '\'' && characters.peek().is_some_and(|(_, next)| *next == quote);
            if (character == '\\' && quote == '"') || (character == quote && doubled) {
                characters.next();
            } else if character == quote {
                return Span { end: span.start + at + 1, ..span };
            }
        }
        span
    }

    /// The character at a byte.
    pub(crate) fn point(&self, byte: usize) -> Span {
        self.bytes(byte, byte + 1)
    }

    fn bytes(&self, start: usize, end: usize) -> Span {
        let start = self.source.floor_char_boundary(start);
        let end = self.source.ceil_char_boundary(end.max(start));
        let text = self.source.get(start..end).unwrap_or_default();
        let text = text.lines().next().unwrap_or_default().trim_end();
        Span { start, end: start + text.len(), at: self.location(start) }
    }

    fn location(&self, byte: usize) -> Location {
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.source.get(start..byte).unwrap_or_default().chars().count() + 1;
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Location { line: number(line), column: number(column) }
    }
}
