//! Every event gets an example: its own, or one assembled from its fields.

use serde_json::Value;

use crate::diagnostic::Problems;
use crate::json::{payload_example, validate_payload};
use crate::lower::Notes;
use crate::model::{Asks, Location, Payload, Returns, Spec};

/// Fills in the examples of events, and reports those that cannot be assembled.
pub(crate) fn complete(spec: &mut Spec, notes: &Notes<'_>, problems: &mut Problems) {
    let mut check = |name: &str, payload: &Payload, given: Option<&Value>, at: Location| {
        let example = payload_example(spec, payload, given);
        if let Err(mismatch) = validate_payload(spec, payload, example.as_ref(), true) {
            problems
                .error("spec-needs-example", notes.span(at), format!("no example of `{name}` can be made up"))
                .label(mismatch.to_string())
                .help("write an `example:` at the field or at its type");
        }
        example
    };
    let client: Vec<Option<Value>> = spec
        .client_events()
        .map(|(_, event)| check(&event.name, &event.payload, event.example.as_ref(), event.at))
        .collect();
    let server: Vec<Option<Value>> = spec
        .server_events()
        .map(|(_, event)| check(&event.name, &event.payload, event.example.as_ref(), event.at))
        .collect();
    for (_, event) in spec.server_events() {
        if let Some(Asks { returns: Returns::Type(ty), .. }) = &event.asks {
            check(&format!("{} returns", event.name), &Payload::Type(ty.clone()), None, event.at);
        }
    }
    let client_events =
        spec.groups.iter_mut().flat_map(|group| &mut group.client).map(|event| &mut event.example);
    client_events.zip(client).for_each(|(slot, example)| *slot = example);
    let server_events =
        spec.groups.iter_mut().flat_map(|group| &mut group.server).map(|event| &mut event.example);
    server_events.zip(server).for_each(|(slot, example)| *slot = example);
}
