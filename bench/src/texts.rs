//! Texts to be sent.

/// A line without anything that JSON writes in another way.
pub const PLAIN: &str = "The quick brown fox jumps over the lazy dog, and it minds not. ";

/// The same with three such characters, as there are in prose with quotations and lines.
pub const ESCAPED: &str = "The quick brown fox jumps over the \"lazy\" dog, and it minds not\n";

/// So many characters of a line that is repeated.
pub fn of_length(line: &str, length: usize) -> String {
    line.chars().cycle().take(length).collect()
}
