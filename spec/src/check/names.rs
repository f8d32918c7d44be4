//! How names, versions and patterns are written.

use crate::diagnostic::Problems;
use crate::lower::{Notes, Style};
use crate::namespace::Keyed;

/// The longest name of anything.
const MAX_LENGTH: usize = 128;

/// What Socket.IO emits itself, so that no event can be called that.
const RESERVED: &[&str] =
    &["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];

pub(crate) fn check(notes: &Notes<'_>, problems: &mut Problems) {
    for name in &notes.names {
        let text = name.name.as_str();
        if name.style == Style::Event && RESERVED.contains(&text) {
            problems
                .error("spec-reserved-event", name.at, format!("`{text}` is an event of Socket.IO itself"))
                .help(format!("reserved: {}", RESERVED.join(", ")));
        } else if let Some(rule) = broken_rule(name.style, text) {
            let diagnostic = problems.error(
                "spec-bad-name",
                name.at,
                format!("`{text}` cannot be the name of {}", name.what),
            );
            diagnostic.label(rule).maybe_help(better(name.style, text));
        }
    }
    for (version, at) in notes.versions.iter().filter(|(version, _)| !is_version(version)) {
        problems
            .error("spec-bad-version", *at, format!("`{version}` is not a semantic version"))
            .help("write three numbers, like `1.0.0`");
    }
    for (pattern, at) in &notes.patterns {
        if let Err(error) = regex_lite::Regex::new(pattern) {
            problems
                .error("spec-bad-pattern", *at, "the pattern is not a regular expression")
                .label(error.to_string())
                .help("the syntax is that of JSON Schema without look-around and back-references");
        }
    }
}

/// What a name does not keep to.
fn broken_rule(style: Style, name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("a name is missing");
    }
    if name.chars().count() > MAX_LENGTH {
        return Some("longer than 128 characters");
    }
    let fits = match style {
        Style::Kebab => is_kebab(name),
        Style::Pascal => {
            name.starts_with(|c: char| c.is_ascii_uppercase())
                && name.chars().all(|c| c.is_ascii_alphanumeric())
        }
        Style::Visible => !name.chars().any(char::is_control),
        Style::Event => {
            !name.contains(|c: char| c.is_control() || c.is_whitespace() || matches!(c, '*' | '+' | '|'))
        }
        Style::Namespace => {
            name.starts_with('/')
                && !name.contains(|c: char| c.is_control() || c.is_whitespace() || c == ',' || c == '?')
                && has_one_key(name)
        }
    };
    (!fits).then_some(match style {
        Style::Kebab => "must be in kebab-case",
        Style::Pascal => "must be in PascalCase",
        Style::Visible => "must be without control characters",
        Style::Event => "must be without blanks, `*`, `+` and `|`",
        Style::Namespace => {
            "must start with `/`, be without blanks, `,` and `?`, and have at most one `{Type}`"
        }
    })
}

/// Whether there are no braces in a namespace, or two around the name of a type.
fn has_one_key(namespace: &str) -> bool {
    let rest = match Keyed::of(namespace) {
        Some(Keyed { before, key, behind }) if !key.is_empty() => [before, key, behind],
        Some(_) => return false,
        None => [namespace, "", ""],
    };
    !rest.iter().any(|part| part.contains(['{', '}']))
}

fn is_kebab(name: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('-').all(part)
}

/// The same name in the right style, if there is an obvious one.
fn better(style: Style, name: &str) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    let mut lower = false;
    for character in name.chars().take(MAX_LENGTH) {
        if !character.is_ascii_alphanumeric() {
            lower = false;
            words.push(String::new());
            continue;
        }
        if words.is_empty() || (lower && character.is_ascii_uppercase()) {
            words.push(String::new());
        }
        lower = !character.is_ascii_uppercase();
        if let Some(word) = words.last_mut() {
            word.push(character.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    let name = match style {
        Style::Kebab => words.join("-"),
        Style::Pascal => words.iter().map(|word| capitalised(word)).collect(),
        Style::Visible | Style::Event | Style::Namespace => return None,
    };
    broken_rule(style, &name).is_none().then(|| format!("write `{name}`"))
}

fn capitalised(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(rest).collect()
}

/// `1.2.3`, with whatever semantic versions allow behind it.
fn is_version(text: &str) -> bool {
    let (core, suffix) = text.split_at(text.find(['-', '+']).unwrap_or(text.len()));
    let number = |part: &str| {
        part.parse::<u32>().is_ok()
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
    core.split('.').count() == 3
        && core.split('.').all(number)
        && suffix.len() != 1
        && suffix.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_semantic() {
        for good in ["1.0.0", "0.12.3", "1.0.0-rc.1", "1.0.0+build"] {
            assert!(is_version(good), "{good}");
        }
        for bad in ["", "1", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.0.0-", "1.0.+0", "1.0.0 beta"] {
            assert!(!is_version(bad), "{bad}");
        }
    }

    #[test]
    fn styles_are_told_and_mended() {
        assert_eq!(better(Style::Kebab, "InSession").unwrap(), "write `in-session`");
        assert_eq!(better(Style::Kebab, "in_session").unwrap(), "write `in-session`");
        assert_eq!(better(Style::Pascal, "session-id").unwrap(), "write `SessionId`");
        assert_eq!(better(Style::Kebab, "7"), None);
        assert_eq!(better(Style::Pascal, "é"), None);
    }
}
