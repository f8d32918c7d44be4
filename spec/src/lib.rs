//! The event-specification language: text to tree with spans, to checked model, and what follows from it.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod cases;
mod check;
mod decode;
mod diagnostic;
pub mod json;
mod lower;
pub mod model;
pub mod namespace;
mod suggest;
mod yaml;

pub use diagnostic::{Diagnostic, Diagnostics, Span};
pub use model::Spec;

/// Reads a document; `file` is what its diagnostics call it.
///
/// Every mistake is reported at once. Any text is safe to give, however it came about.
pub fn load(source: &str, file: &str) -> Result<Spec, Diagnostics> {
    // Some editors mark UTF-8 with a byte order mark, which is no part of the text.
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut problems = diagnostic::Problems::default();
    let spec = yaml::parse(source, &mut problems).and_then(|tree| {
        let (mut spec, notes) = lower::document(&tree, &mut problems);
        check::document(&spec, &notes, &mut problems);
        if problems.is_empty() {
            check::complete_examples(&mut spec, &notes, &mut problems);
        }
        problems.is_empty().then_some(spec)
    });
    spec.ok_or_else(|| problems.into_diagnostics(file, source))
}
