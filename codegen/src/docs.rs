//! Docs of a document as docs of Rust: one attribute per line, and nothing that rustdoc would run or stumble over.

use proc_macro2::TokenStream;
use quote::quote;

/// Paragraphs as doc attributes.
pub(crate) fn docs(paragraphs: &[String]) -> TokenStream {
    let mut tokens = TokenStream::new();
    let paragraphs = paragraphs.iter().filter(|paragraph| !paragraph.trim().is_empty());
    for (index, paragraph) in paragraphs.enumerate() {
        if index > 0 {
            tokens.extend(quote!(#[doc = ""]));
        }
        for line in sanitize(paragraph) {
            let line = if line.is_empty() { line } else { format!(" {line}") };
            tokens.extend(quote!(#[doc = #line]));
        }
    }
    tokens
}

/// Bare fences become `text`, indented blocks lose their indentation, brackets and angles are escaped outside of code.
fn sanitize(text: &str) -> Vec<String> {
    let mut fenced = false;
    text.trim_end()
        .lines()
        .map(|line| {
            let trimmed = line.trim();
            if trimmed.starts_with("```") {
                fenced = !fenced;
                return if fenced && trimmed == "```" { "```text".into() } else { trimmed.to_owned() };
            }
            if fenced { line.to_owned() } else { escape(trimmed) }
        })
        .collect()
}

fn escape(line: &str) -> String {
    let mut escaped = String::new();
    let mut code = false;
    for letter in line.chars() {
        if letter == '`' {
            code = !code;
        }
        if !code && matches!(letter, '[' | ']' | '<' | '>') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    // A bare address would be a warning of rustdoc's.
    if escaped.contains("://") && !escaped.contains('`') {
        escaped = escaped
            .split(' ')
            .map(|word| if word.contains("://") { format!("`{word}`") } else { word.to_owned() })
            .collect::<Vec<_>>()
            .join(" ");
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_run_or_taken_for_a_link() {
        let text = "See [x] and `[y]` <b>\n\n    indented\n```\ncode[0]\n```\nat https://example.org/x now";
        assert_eq!(
            sanitize(text),
            [
                r"See \[x\] and `[y]` \<b\>",
                "",
                "indented",
                "```text",
                "code[0]",
                "```",
                "at `https://example.org/x` now"
            ]
        );
    }
}
