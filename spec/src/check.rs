//! Whether a model makes sense as a whole.

mod examples;

pub(crate) use examples::complete as complete_examples;

use crate::diagnostic::Problems;
use crate::lower::Notes;
use crate::model::Spec;

/// Reports everything about a document that its parts do not show by themselves.
pub(crate) fn document(_spec: &Spec, _notes: &Notes<'_>, _problems: &mut Problems) {}
