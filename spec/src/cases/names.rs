//! Names of cases and modules: snake case, no Rust keyword, each taken once.

use std::collections::BTreeSet;

/// Words that cannot name a module or a function.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];

/// A name that can stand alone: the words of the text, and never a keyword.
pub(super) fn snake(text: &str) -> String {
    let out = words(text);
    if out.is_empty()
        || out.starts_with(|first: char| first.is_ascii_digit())
        || KEYWORDS.contains(&out.as_str())
    {
        return format!("the_{out}").trim_end_matches('_').to_owned();
    }
    out
}

/// `chat:getHistory` as `chat_get_history`; what is not a letter or a digit separates words.
pub(super) fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut after_lower = false;
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            if character.is_ascii_uppercase() && after_lower {
                out.push('_');
            }
            after_lower = !character.is_ascii_uppercase();
            out.push(character.to_ascii_lowercase());
        } else {
            after_lower = false;
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
        }
    }
    out.trim_end_matches('_').to_owned()
}

/// The names taken so far.
#[derive(Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// Nobody gets these names.
    pub(super) fn reserving(names: &[&str]) -> Names {
        Names(names.iter().map(|name| (*name).to_owned()).collect())
    }

    /// The name, or the name with the first number that makes it new.
    pub(super) fn take(&mut self, name: &str) -> String {
        let mut candidate = name.to_owned();
        let mut number = 1;
        while !self.0.insert(candidate.clone()) {
            number += 1;
            candidate = format!("{name}_{number}");
        }
        candidate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_readable_and_never_keywords() {
        for (wire, expected) in [
            ("chat:get-history", "chat_get_history"),
            ("sessionId", "session_id"),
            ("HTTPServer", "httpserver"),
            ("--a--b--", "a_b"),
            ("move", "the_move"),
            ("2nd", "the_2nd"),
            ("::", "the"),
            ("größe", "gr_e"),
        ] {
            assert_eq!(snake(wire), expected, "{wire}");
        }
    }

    #[test]
    fn a_name_is_given_once() {
        let mut names = Names::reserving(&["protocol"]);
        let given: Vec<String> = ["protocol", "vote", "vote", "vote_2"].map(|name| names.take(name)).into();
        assert_eq!(given, ["protocol_2", "vote", "vote_2", "vote_2_2"]);
    }
}
