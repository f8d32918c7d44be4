//! Whether a model makes sense as a whole.

mod events;
mod examples;
mod names;
mod namespaces;
mod once;
mod recursion;
mod references;
mod scenarios;
mod values;

pub(crate) use examples::complete as complete_examples;

use crate::diagnostic::Problems;
use crate::lower::Notes;
use crate::model::Spec;

/// Reports everything about a document that its parts do not show by themselves.
pub(crate) fn document(spec: &Spec, notes: &Notes<'_>, problems: &mut Problems) {
    names::check(notes, problems);
    namespaces::check(spec, notes, problems);
    references::check(spec, notes, problems);
    recursion::check(spec, notes, problems);
    events::check(spec, notes, problems);
    once::check(spec, notes, problems);
    values::check(spec, notes, problems);
    scenarios::check(spec, notes, problems);
}
