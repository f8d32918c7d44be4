//! What went wrong, said so that it can be read in the output of a test run.

use std::fmt;

use parlance_spec::cases::Case;
use parlance_spec::model::Location;

use crate::transcript::Transcript;

/// Lines of the transcript that a failure shows.
const LINES: usize = 20;

/// A case that did not go as the document says; its `Debug` is the report that people read.
pub struct Failure(Box<Report>);

impl std::ops::Deref for Failure {
    type Target = Report;

    fn deref(&self) -> &Report {
        &self.0
    }
}

/// What there is to say about a failure.
pub struct Report {
    /// `module::name`.
    pub case: String,
    /// The sentence of the case.
    pub doc: String,
    /// What the judge had sent, if anything.
    pub sent: Option<String>,
    /// What the document promises.
    pub expected: String,
    /// What was there instead.
    pub got: String,
    /// `FILE:line:column` of the promise.
    pub spec: Option<String>,
    /// What went over the wire last, oldest first.
    pub transcript: Vec<String>,
}

impl Failure {
    /// A failure before anything of a case could be played.
    pub(crate) fn before(case_id: &str, expected: String, got: String) -> Failure {
        Failure(Box::new(Report {
            case: case_id.to_owned(),
            doc: String::new(),
            sent: None,
            expected,
            got,
            spec: None,
            transcript: Vec::new(),
        }))
    }

    pub(crate) fn of(file: &str, case: &Case, trouble: Trouble, transcript: &Transcript) -> Failure {
        let Location { line, column } = trouble.at.unwrap_or(case.at);
        Failure(Box::new(Report {
            case: case.id(),
            doc: case.doc.clone(),
            sent: trouble.sent,
            expected: trouble.expected,
            got: trouble.got,
            spec: Some(format!("{file}:{line}:{column}")),
            transcript: transcript.last(LINES),
        }))
    }
}

/// libtest prints the `Debug` of what a test returns, so this is the report and not a dump.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.case)?;
        if !self.doc.is_empty() {
            writeln!(f, "  {}", self.doc)?;
        }
        if let Some(sent) = &self.sent {
            writeln!(f, "  sent:     {sent}")?;
        }
        writeln!(f, "  expected: {}", self.expected)?;
        write!(f, "  got:      {}", self.got)?;
        if let Some(spec) = &self.spec {
            write!(f, "\n  spec:     {spec}")?;
        }
        if !self.transcript.is_empty() {
            write!(f, "\n  the last lines on the wire:")?;
            for line in &self.transcript {
                write!(f, "\n    {line}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Failure {}

/// A failure where it happens; the case and the transcript are added on the way out.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) sent: Option<String>,
    pub(crate) expected: String,
    pub(crate) got: String,
    pub(crate) at: Option<Location>,
}

impl Trouble {
    pub(crate) fn new(expected: impl Into<String>, got: impl Into<String>) -> Trouble {
        Trouble { sent: None, expected: expected.into(), got: got.into(), at: None }
    }

    /// Adds what was sent, unless somebody closer has.
    pub(crate) fn sent(mut self, sent: &str) -> Trouble {
        self.sent.get_or_insert_with(|| sent.to_owned());
        self
    }

    /// Adds the place of the document, unless somebody closer has.
    pub(crate) fn at(mut self, at: Location) -> Trouble {
        self.at.get_or_insert(at);
        self
    }
}
