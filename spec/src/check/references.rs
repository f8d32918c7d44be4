//! Names that must be declared elsewhere in the document.

use std::collections::HashSet;

use crate::diagnostic::Problems;
use crate::lower::{Notes, Target};
use crate::model::Spec;
use crate::suggest::did_you_mean;

const TARGETS: &[Target] = &[
    Target::Type,
    Target::NamedType,
    Target::State,
    Target::Role,
    Target::Error,
    Target::ServerEvent,
    Target::ClientEvent,
    Target::Audience,
    Target::Fixture,
    Target::Namespace,
];

/// Types that need no declaration, for suggestions.
const BUILT_IN_TYPES: &[&str] = &["string", "integer", "number", "boolean", "binary", "any", "object"];

pub(crate) fn check(spec: &Spec, notes: &Notes<'_>, problems: &mut Problems) {
    for &target in TARGETS {
        let known = declared(spec, target);
        let set: HashSet<&str> = known.iter().copied().collect();
        let unknown = notes.references.iter().filter(|reference| reference.target == target);
        for reference in unknown.filter(|reference| !set.contains(reference.name.as_str())) {
            let name = reference.name.as_str();
            let (code, what, where_to) = words(target);
            let mut candidates = known.clone();
            if target == Target::Type {
                candidates.extend(BUILT_IN_TYPES);
            }
            if target == Target::Audience {
                candidates.extend(["caller", "everyone"]);
            }
            let help = other_side(spec, target, name)
                .or_else(|| did_you_mean(name, candidates))
                .unwrap_or_else(|| format!("declare it under `{where_to}`"));
            problems
                .error(code, reference.at, format!("there is no {what} `{name}`"))
                .label("not declared")
                .help(help);
        }
    }
}

fn declared(spec: &Spec, target: Target) -> Vec<&str> {
    match target {
        Target::Type | Target::NamedType => spec.types.iter().map(|ty| ty.name.as_str()).collect(),
        Target::State => spec.states.iter().map(|state| state.name.as_str()).collect(),
        Target::Role => spec.roles.iter().map(String::as_str).collect(),
        Target::Error => spec.errors.iter().map(|error| error.code.as_str()).collect(),
        Target::ServerEvent => spec.server_events().map(|(_, event)| event.name.as_str()).collect(),
        Target::ClientEvent => spec.client_events().map(|(_, event)| event.name.as_str()).collect(),
        Target::Audience => spec.audiences.iter().map(|audience| audience.name.as_str()).collect(),
        Target::Fixture => spec.fixtures.iter().map(|fixture| fixture.name.as_str()).collect(),
        Target::Namespace => spec.namespaces.iter().map(String::as_str).collect(),
    }
}

/// The code of the diagnostic, what is missing, and where it would be declared.
fn words(target: Target) -> (&'static str, &'static str, &'static str) {
    match target {
        Target::Type => ("spec-unknown-type", "type", "types"),
        Target::NamedType => ("spec-unknown-type", "named type", "types"),
        Target::State => ("spec-unknown-state", "state", "states"),
        Target::Role => ("spec-unknown-role", "role", "roles"),
        Target::Error => ("spec-unknown-error", "error code", "errors"),
        Target::ServerEvent => ("spec-unknown-event", "server event", "server"),
        Target::ClientEvent => ("spec-unknown-event", "client event", "client"),
        Target::Audience => ("spec-unknown-audience", "audience", "audiences"),
        Target::Fixture => ("spec-unknown-fixture", "fixture", "fixtures"),
        Target::Namespace => ("spec-unknown-namespace", "namespace", "namespaces"),
    }
}

/// The likely mistake of naming an event of the other direction.
fn other_side(spec: &Spec, target: Target, name: &str) -> Option<String> {
    match target {
        Target::ServerEvent => spec
            .client_event(name)
            .map(|_| format!("`{name}` is a client event; only the server's can stand here")),
        Target::ClientEvent => spec
            .server_event(name)
            .map(|_| format!("`{name}` is a server event; only clients' can stand here")),
        Target::NamedType if BUILT_IN_TYPES.contains(&name) => {
            Some("only a name of `types` can stand here; declare one, or write `fields`".to_owned())
        }
        Target::Audience if spec.roles.iter().any(|role| role == name) => {
            Some(format!("write `role {name}`"))
        }
        _ => None,
    }
}
