//! Fields by which events are known that come again.

use crate::diagnostic::Problems;
use crate::lower::{Identity, Notes};
use crate::model::{Kind, Spec, Type};
use crate::suggest::did_you_mean;

/// As many characters has the identity that a client makes up: 128 bits in hexadecimal.
const MADE_UP: u64 = 32;

/// A server keeps identities: longer ones are asked of it by nobody.
const MOST: u64 = 256;

pub(crate) fn check(spec: &Spec, notes: &Notes<'_>, problems: &mut Problems) {
    for identity in &notes.identities {
        if let Err((message, help)) = identity_of(spec, identity) {
            problems.error("spec-bad-once", identity.at, message).help(help);
        }
    }
}

/// What is wrong, and what would be right.
fn identity_of(
    spec: &Spec,
    Identity { field: name, payload, .. }: &Identity,
) -> Result<(), (String, String)> {
    let Some(fields) = spec.fields_of(payload) else {
        return Err((
            format!("there is no field `{name}`, as the payload is not an object of known fields"),
            "give the event `fields`, or a `payload` that is a type with `fields`".to_owned(),
        ));
    };
    let Some(field) = fields.fields.iter().find(|field| field.name == *name) else {
        let known = fields.fields.iter().map(|field| field.name.as_str());
        let help = did_you_mean(name, known).unwrap_or_else(|| {
            format!("add `{name}?: {{ type: string, minLength: 1, maxLength: 64 }}` to the fields")
        });
        return Err((format!("there is no field `{name}` in the payload"), help));
    };
    let help = || {
        let mark = if field.required { "" } else { "?" };
        format!("write `{name}{mark}: {{ type: string, minLength: 1, maxLength: 64 }}`")
    };
    if field.default.is_some() {
        return Err((format!("`{name}` has a default, so that all events would be the same one"), help()));
    }
    let bare = resolve(spec, &field.ty);
    let fits = match bare.map(|ty| &ty.kind) {
        Some(Kind::String { min_length, max_length: Some(most), pattern: None, date_time: false }) => {
            min_length.unwrap_or(0) <= MADE_UP && (MADE_UP..=MOST).contains(most)
        }
        _ => false,
    };
    if !fits || field.ty.nullable || bare.is_some_and(|ty| ty.nullable) {
        return Err((
            format!(
                "`{name}` cannot tell one event from another: it must be a `string` that a client can make up, of {MADE_UP} characters, and has a `maxLength` of no more than {MOST}"
            ),
            help(),
        ));
    }
    Ok(())
}

/// The type that a name stands for in the end; `None` if there is none, which has been said elsewhere.
fn resolve<'s>(spec: &'s Spec, mut ty: &'s Type) -> Option<&'s Type> {
    for _ in 0..=spec.types.len() {
        match &ty.kind {
            Kind::Named(name) => ty = &spec.named_type(name)?.ty,
            _ => return Some(ty),
        }
    }
    None
}
