//! What is wrong with a document, and where, in the look of a compiler.

use std::fmt;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::model::Location;

/// How many diagnostics are printed; a document with more has one cause many times.
const MAX_SHOWN: usize = 100;

/// A stretch of one line of the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Line and column of the first byte.
    pub at: Location,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind, like `spec-unknown-type`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub at: Span,
    /// What stands beside the caret; may be empty.
    pub label: String,
    /// What would be right.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Says what stands beside the caret.
    pub(crate) fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = label.into();
        self
    }

    /// Says what would be right.
    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Says what would be right, when that is known.
    pub(crate) fn maybe_help(&mut self, help: Option<String>) -> &mut Self {
        self.help = help.or(self.help.take());
        self
    }
}

/// Every mistake of a document, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics {
    /// What the document is called.
    pub file: String,
    /// Its text.
    pub source: String,
    /// The mistakes, at least one.
    pub items: Vec<Diagnostic>,
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let renderer = Renderer::plain();
        for (index, item) in self.items.iter().take(MAX_SHOWN).enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            let mut place = AnnotationKind::Primary.span(item.at.start..item.at.end);
            if !item.label.is_empty() {
                place = place.label(item.label.as_str());
            }
            let snippet = Snippet::source(self.source.as_str()).path(self.file.as_str()).annotation(place);
            let mut group = Level::ERROR.primary_title(item.message.as_str()).id(item.code).element(snippet);
            if let Some(help) = &item.help {
                group = group.element(Level::HELP.message(help.as_str()));
            }
            f.write_str(&renderer.render(&[group]))?;
        }
        if self.items.len() > MAX_SHOWN {
            write!(f, "\n\nerror: {} more mistakes are not shown", self.items.len() - MAX_SHOWN)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

/// Mistakes as they are found.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    items: Vec<Diagnostic>,
}

impl Problems {
    /// Whether none was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Notes a mistake, to which label and help can be added.
    pub(crate) fn error(
        &mut self,
        code: &'static str,
        at: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let index = self.items.len();
        self.items.push(Diagnostic { code, message: message.into(), at, label: String::new(), help: None });
        &mut self.items[index]
    }

    /// All of them, in the document's order.
    pub(crate) fn into_diagnostics(mut self, file: &str, source: &str) -> Diagnostics {
        self.items.sort_by_key(|item| (item.at.start, item.at.end));
        self.items.dedup();
        Diagnostics { file: file.to_owned(), source: source.to_owned(), items: self.items }
    }
}
