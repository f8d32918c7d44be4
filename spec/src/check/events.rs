//! Events among each other: duplicates, replies, states, refusals.

use std::collections::HashMap;

use crate::diagnostic::{Problems, Span};
use crate::lower::Notes;
use crate::model::{Field, Kind, Location, Payload, Spec, Times, To};

pub(crate) fn check(spec: &Spec, notes: &Notes<'_>, problems: &mut Problems) {
    duplicates(
        spec.client_events().map(|(_, event)| (event.name.as_str(), event.at)),
        "client",
        notes,
        problems,
    );
    duplicates(
        spec.server_events().map(|(_, event)| (event.name.as_str(), event.at)),
        "server",
        notes,
        problems,
    );
    replies(spec, notes, problems);
    deliveries(spec, notes, problems);
    states(spec, notes, problems);
    refusals(spec, notes, problems);
    namespaces(spec, notes, problems);
}

/// What answers an event, or follows it, is there wherever the event is.
fn namespaces(spec: &Spec, notes: &Notes<'_>, problems: &mut Problems) {
    let missing = |answer: &str, wanted: &[String]| {
        let (group, _) = spec.server_events().find(|(_, event)| event.name == answer)?;
        wanted.iter().find(|namespace| !group.namespaces.contains(namespace)).cloned()
    };
    for (group, event) in spec.client_events() {
        let following = event.leads_to.iter().flat_map(|clause| &clause.any_of);
        for answer in event.reply.iter().chain(following) {
            if let Some(namespace) = missing(answer, &group.namespaces) {
                let text = format!("`{}` is in the namespace `{namespace}`, `{answer}` is not", event.name);
                problems
                    .error("spec-other-namespace", notes.referred(answer, event.at), text)
                    .help(format!("add `{namespace}` to the `namespaces` of the group of `{answer}`"));
            }
        }
    }
    let Some(event) = spec.refusals.as_deref().and_then(|name| spec.server_event(name)) else { return };
    let used: Vec<String> = spec.groups.iter().flat_map(|group| group.namespaces.clone()).collect();
    if let Some(namespace) = missing(&event.name, &used) {
        let text = format!("`{}` carries refusals, and is not in the namespace `{namespace}`", event.name);
        problems
            .error("spec-other-namespace", notes.referred(&event.name, event.at), text)
            .help("leave out the `namespaces` of its group: then it is in all of them");
    }
}

fn duplicates<'s>(
    events: impl Iterator<Item = (&'s str, Location)>,
    side: &str,
    notes: &Notes<'_>,
    problems: &mut Problems,
) {
    let mut seen: HashMap<&str, Location> = HashMap::new();
    for (name, at) in events {
        if let Some(first) = seen.insert(name, at) {
            problems
                .error("spec-duplicate", notes.span(at), format!("the {side} event `{name}` exists already"))
                .help(format!("the first is in line {}", first.line));
        }
    }
}

fn replies(spec: &Spec, notes: &Notes<'_>, problems: &mut Problems) {
    for (_, event) in spec.client_events() {
        let Some(reply) = event.reply.as_deref().and_then(|name| spec.server_event(name)) else { continue };
        if reply.to != To::Caller {
            let at = notes.referred(&reply.name, event.at);
            problems
                .error(
                    "spec-reply-not-to-caller",
                    at,
                    format!("the reply `{}` is not sent to the caller", reply.name),
                )
                .help(format!("say `to: caller` at `{}`, or use `leads-to` instead of `reply`", reply.name));
        }
        if matches!(reply.payload, Payload::Args) {
            let at = notes.referred(&reply.name, event.at);
            problems
                .error(
                    "spec-reply-not-to-caller",
                    at,
                    format!("the reply `{}` has no payload of its own", reply.name),
                )
                .help("a reply is one object; give it `fields` or `payload`");
        }
    }
}

/// What answers an event, or must follow it, neither gets lost nor asks for anything itself.
fn deliveries(spec: &Spec, notes: &Notes<'_>, problems: &mut Problems) {
    let answering = spec.client_events().filter_map(|(_, event)| Some((event.reply.as_deref()?, event.at)));
    let refusing = spec.refusals.as_deref().and_then(|name| Some((name, spec.server_event(name)?.at)));
    for (name, from) in answering.chain(refusing) {
        let Some(event) = spec.server_event(name) else { continue };
        let why = match (event.volatile, &event.asks) {
            (true, _) => "may be dropped",
            (_, Some(_)) => "asks for an answer",
            _ => continue,
        };
        problems
            .error(
                "spec-bad-delivery",
                notes.referred(name, from),
                format!("`{name}` answers an event, and {why}"),
            )
            .help(format!("leave out `volatile` and `returns` at `{name}`"));
    }
    for (_, event) in spec.client_events() {
        let must_come = event.leads_to.iter().filter(|clause| clause.times != Times::AnyNumber);
        for name in must_come.flat_map(|clause| &clause.any_of) {
            if spec.server_event(name).is_some_and(|led_to| led_to.volatile) {
                problems
                    .error(
                        "spec-bad-delivery",
                        notes.referred(name, event.at),
                        format!("`{name}` must follow, and may be dropped"),
                    )
                    .help(format!("write `{name}*`, or leave out `volatile` at `{name}`"));
            }
        }
    }
}

fn states(spec: &Spec, notes: &Notes<'_>, problems: &mut Problems) {
    for state in &spec.states {
        let entered = spec.client_events().any(|(_, event)| event.enters.as_deref() == Some(&state.name));
        if !entered {
            problems
                .error(
                    "spec-state-never-entered",
                    notes.span(state.at),
                    format!("nothing enters `{}`", state.name),
                )
                .help(format!("write `enters: {}` at the client event that does", state.name));
        }
        let alone = spec.client_events().all(|(_, event)| {
            event.enters.as_deref() != Some(&state.name) || event.needs.as_deref() == Some(&state.name)
        });
        if entered && alone {
            problems
                .error(
                    "spec-state-never-entered",
                    notes.span(state.at),
                    format!("`{}` is needed to enter it", state.name),
                )
                .help("one of the events that enter it must not need it");
        }
    }
}

fn refusals(spec: &Spec, notes: &Notes<'_>, problems: &mut Problems) {
    let Some(event) = spec.refusals.as_deref().and_then(|name| spec.server_event(name)) else { return };
    let at = notes.referred(&event.name, event.at);
    let mut wrong = |message: String, help: String| {
        problems.error("spec-bad-refusals", at, message).help(help);
    };
    if event.to != To::Caller {
        wrong(
            format!("refusals go to the caller, but `{}` does not", event.name),
            format!("say `to: caller` at `{}`", event.name),
        );
    }
    let fields: &[Field] = match &event.payload {
        Payload::Fields(fields) => &fields.fields,
        Payload::Named(name) => match spec.named_type(name).map(|named| &named.ty.kind) {
            Some(Kind::Struct(fields)) => &fields.fields,
            _ => &[],
        },
        Payload::Type(ty) => match &ty.kind {
            Kind::Struct(fields) => &fields.fields,
            _ => &[],
        },
        Payload::None | Payload::Args => &[],
    };
    let text =
        |field: &Field| field.required && !field.ty.nullable && matches!(field.ty.kind, Kind::String { .. });
    if !fields.iter().any(|field| field.name == "message" && text(field)) {
        wrong(
            format!("`{}` carries refusals but has no text `message`", event.name),
            "give it the field `message: string`".to_owned(),
        );
    }
    let filled = ["message", "code", "event", "details"];
    if let Some(field) = fields.iter().find(|field| field.required && !filled.contains(&field.name.as_str()))
    {
        wrong(
            format!("`{}` carries refusals, which have no `{}`", event.name, field.name),
            format!("make the field optional, `{}?`; a refusal has: {}", field.name, filled.join(", ")),
        );
    }
}

impl Notes<'_> {
    /// Where a name is referred to first at or after a place, or else that place.
    fn referred(&self, name: &str, from: Location) -> Span {
        let after = |at: &Span| (at.at.line, at.at.column) >= (from.line, from.column);
        let mut places =
            self.references.iter().filter(|reference| reference.name == name).map(|found| found.at);
        places.find(after).unwrap_or_else(|| self.span(from))
    }
}
