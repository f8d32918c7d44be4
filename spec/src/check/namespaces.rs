//! Namespaces with a key: of what type that is.

use crate::diagnostic::Problems;
use crate::lower::{Notes, Style};
use crate::model::{Kind, Spec};
use crate::namespace::Keyed;
use crate::suggest::did_you_mean;

pub(crate) fn check(spec: &Spec, notes: &Notes<'_>, problems: &mut Problems) {
    for name in notes.names.iter().filter(|name| name.style == Style::Namespace) {
        let Some(Keyed { key, .. }) = Keyed::of(&name.name).filter(|keyed| !keyed.key.is_empty()) else {
            continue;
        };
        match spec.named_type(key) {
            None => {
                let known = spec.types.iter().map(|ty| ty.name.as_str());
                problems
                    .error("spec-unknown-type", name.at, format!("there is no type `{key}`"))
                    .label("not declared")
                    .maybe_help(did_you_mean(key, known));
            }
            // What follows is written by whoever connects, and is a text.
            Some(named) if named.ty.nullable || !matches!(named.ty.kind, Kind::String { .. }) => {
                problems
                    .error("spec-bad-namespace", name.at, format!("`{key}` cannot be part of a namespace"))
                    .help(format!("make `{key}` a `string`, with a `pattern` that says what it looks like"));
            }
            Some(_) => {}
        }
    }
}
