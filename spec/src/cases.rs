//! What a document lets the judge check: every case it implies, in document order, each with a readable name.
//!
//! The generator turns a case into a test function, the judge plays it. Both derive the list from
//! the model, so a case is identified by its [`Case::id`] alone.

mod faults;
mod names;
#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::json::{payload_example, validate_payload};
use crate::model::{ClientEvent, Location, Payload, Scenario, Spec};
use faults::faults;
use names::{Names, snake, words};

/// One thing that a server of the document must do.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The event in snake case, or `scenarios`, or `protocol`.
    pub module: String,
    /// What is checked, in snake case; unique within the module.
    pub name: String,
    /// One sentence.
    pub doc: String,
    /// The place of the document that says so.
    pub at: Location,
    /// What the judge does.
    pub kind: CaseKind,
}

impl Case {
    /// `module::name`, as libtest shows it.
    pub fn id(&self) -> String {
        format!("{}::{}", self.module, self.name)
    }
}

/// What the judge does for a case. Events and scenarios are named as in the document.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseKind {
    /// The event is sent with these arguments and succeeds, or is refused with a code that it declares.
    Accepts {
        /// A client event.
        event: String,
        /// What follows the name on the wire.
        arguments: Vec<Value>,
    },
    /// The event is sent, once everything else about it is right, with a payload that is wrong.
    Malformed {
        /// A client event.
        event: String,
        /// What follows the name on the wire.
        arguments: Vec<Value>,
    },
    /// A connection of another role is refused with `access-denied`.
    Role {
        /// A client event.
        event: String,
        /// The role of who sends it.
        role: String,
        /// What follows the name on the wire.
        arguments: Vec<Value>,
    },
    /// A connection that is not in the state is refused with the state's code.
    State {
        /// A client event.
        event: String,
        /// The code of the refusal.
        code: String,
        /// What follows the name on the wire.
        arguments: Vec<Value>,
    },
    /// The reply arrives as event and as acknowledgement, and both say the same.
    Reply {
        /// A client event.
        event: String,
        /// What follows the name on the wire.
        arguments: Vec<Value>,
    },
    /// What the event leads to arrives.
    LeadsTo {
        /// A client event.
        event: String,
        /// What follows the name on the wire.
        arguments: Vec<Value>,
    },
    /// The event is sent again with the same identity, over the same connection and over another of the same user: it is
    /// answered as the first time, and what it leads to comes once.
    Once {
        /// A client event.
        event: String,
        /// What follows the name on the wire.
        arguments: Vec<Value>,
    },
    /// A scenario is played.
    Scenario {
        /// Its name.
        name: String,
    },
    /// An event that the document does not name is refused, and the connection lives.
    UnknownEvent,
    /// Connecting without a token is refused.
    MissingToken,
    /// Connecting with something that is no token is refused.
    GarbageToken,
    /// A packet that is no packet costs its sender at most the connection, and nobody else anything.
    MalformedPacket,
}

/// Every case of a document, in document order: its events, its scenarios, then the wire.
///
/// ```
/// # let spec = parlance_spec::model::Spec {
/// #     name: "empty".into(), version: "1.0.0".into(), doc: None, namespaces: vec!["/".into()],
/// #     roles: vec![], states: vec![], errors: vec![], refusals: None, audiences: vec![],
/// #     fixtures: vec![], types: vec![], groups: vec![], scenarios: vec![],
/// # };
/// let ids: Vec<String> = parlance_spec::cases::cases(&spec).iter().map(|case| case.id()).collect();
/// assert_eq!(ids, ["protocol::refuses_an_unknown_event", "protocol::survives_a_malformed_packet"]);
/// ```
pub fn cases(spec: &Spec) -> Vec<Case> {
    let mut modules = Names::reserving(&["scenarios", "protocol"]);
    let mut all = Vec::new();
    for (_, event) in spec.client_events() {
        of_event(spec, event, &modules.take(&snake(&event.name)), &mut all);
    }
    let mut names = Names::default();
    all.extend(spec.scenarios.iter().map(|scenario| of_scenario(scenario, &mut names)));
    of_the_wire(spec, &mut all);
    all
}

/// Collects the cases of one event, so that each of them states only what differs.
struct EventCases<'a> {
    module: &'a str,
    names: Names,
    all: &'a mut Vec<Case>,
}

impl EventCases<'_> {
    fn add(&mut self, name: &str, doc: String, at: Location, kind: CaseKind) {
        let name = self.names.take(name);
        self.all.push(Case { module: self.module.to_owned(), name, doc, at, kind });
    }
}

fn of_event(spec: &Spec, event: &ClientEvent, module: &str, all: &mut Vec<Case>) {
    let name = &event.name;
    let at = event.at;
    let mut out = EventCases { module, names: Names::default(), all };
    let example = payload_example(spec, &event.payload, event.example.as_ref())
        .filter(|example| validate_payload(spec, &event.payload, Some(example), true).is_ok());
    let arguments: Vec<Value> = match (&event.payload, &example) {
        (Payload::Args, Some(Value::Array(arguments))) => arguments.clone(),
        _ => example.iter().cloned().collect(),
    };
    // Without an example of a payload that needs one, only refusals can be checked.
    let playable = example.is_some() || matches!(event.payload, Payload::None | Payload::Args);

    if playable {
        accepted(spec, event, &arguments, &mut out);
    }
    for fault in faults(spec, &event.payload, example.as_ref(), event.at) {
        let kind = CaseKind::Malformed { event: name.clone(), arguments: fault.arguments };
        out.add(&fault.name, format!("`{name}` {}.", fault.doc), fault.at, kind);
    }
    if let Some(needed) = &event.role {
        for role in spec.roles.iter().filter(|role| *role != needed) {
            let (event, role, arguments) = (name.clone(), role.clone(), arguments.clone());
            let doc = format!("`{name}` is for the role {needed}, so {role} is refused.");
            out.add(
                &format!("refuses_role_{}", words(&role)),
                doc,
                at,
                CaseKind::Role { event, role, arguments },
            );
        }
    }
    if let Some(state) = event.needs.as_ref().and_then(|needs| spec.states.iter().find(|s| s.name == *needs))
    {
        let kind =
            CaseKind::State { event: name.clone(), code: state.code.clone(), arguments: arguments.clone() };
        let doc = format!("`{name}` is refused with `{}` before the state `{}`.", state.code, state.name);
        out.add(&format!("needs_state_{}", words(&state.name)), doc, at, kind);
    }
    if !playable {
        return;
    }
    if let Some(reply) = &event.reply {
        let kind = CaseKind::Reply { event: name.clone(), arguments: arguments.clone() };
        let doc = format!("`{name}` is answered by `{reply}`, which is also its acknowledgement.");
        out.add("replies_as_event_and_acknowledgement", doc, at, kind);
    }
    if let Some(field) = &event.once {
        let kind = CaseKind::Once { event: name.clone(), arguments: arguments.clone() };
        let doc = format!("`{name}` that comes again with the same `{field}` has one effect and one answer.");
        out.add("has_one_effect_when_it_comes_again", doc, at, kind);
    }
    if !event.leads_to.is_empty() {
        let kind = CaseKind::LeadsTo { event: name.clone(), arguments };
        out.add("leads_to_what_it_says", format!("`{name}` leads to the events it names."), at, kind);
    }
}

fn accepted(spec: &Spec, event: &ClientEvent, arguments: &[Value], out: &mut EventCases<'_>) {
    let name = &event.name;
    let mut add = |case: &str, what: &str, arguments: Vec<Value>| {
        let kind = CaseKind::Accepts { event: name.clone(), arguments };
        out.add(case, format!("`{name}` is accepted {what}."), event.at, kind);
    };
    match event.payload {
        Payload::None => {
            add("accepts_no_payload", "without a payload", Vec::new());
            add("accepts_null", "with null for a payload", vec![Value::Null]);
            add("accepts_an_empty_object", "with an empty object", vec![Value::Object(Default::default())]);
        }
        _ => add("accepts_its_example", "with its example", arguments.to_vec()),
    }
    if event.payload != Payload::None && validate_payload(spec, &event.payload, None, true).is_ok() {
        add("accepts_no_payload", "without a payload, as nothing in it is required", Vec::new());
    }
    let Some((fields, Value::Object(full))) = spec.fields_of(&event.payload).zip(arguments.first()) else {
        return;
    };
    let mut least = full.clone();
    least.retain(|key, _| !fields.fields.iter().any(|field| field.name == *key && !field.required));
    if least.len() < full.len() {
        let what = "without its optional fields";
        add("accepts_its_example_without_optional_fields", what, vec![Value::Object(least)]);
    }
}

fn of_scenario(scenario: &Scenario, names: &mut Names) -> Case {
    let doc = match &scenario.doc {
        Some(doc) => doc.trim().to_owned(),
        None => format!("The scenario `{}` goes as written.", scenario.name),
    };
    Case {
        module: "scenarios".to_owned(),
        name: names.take(&snake(&scenario.name)),
        doc,
        at: scenario.at,
        kind: CaseKind::Scenario { name: scenario.name.clone() },
    }
}

fn of_the_wire(spec: &Spec, all: &mut Vec<Case>) {
    let mut add = |name: &str, doc: &str, at: Location, kind: CaseKind| {
        all.push(Case {
            module: "protocol".to_owned(),
            name: name.to_owned(),
            doc: doc.to_owned(),
            at,
            kind,
        });
    };
    let declared = |code: &str| {
        let error = spec.errors.iter().find(|error| error.code == code);
        error.and_then(|error| error.at).unwrap_or(Location { line: 1, column: 1 })
    };
    let doc = "An event that the document does not name is refused, and the connection lives.";
    add("refuses_an_unknown_event", doc, declared("unknown-event"), CaseKind::UnknownEvent);
    if !spec.roles.is_empty() {
        let at = declared("authentication-failed");
        let doc = "Without a token there is no connection.";
        add("refuses_a_missing_token", doc, at, CaseKind::MissingToken);
        let doc = "With something that is no token there is no connection.";
        add("refuses_a_garbage_token", doc, at, CaseKind::GarbageToken);
    }
    let doc = "A malformed packet costs its sender at most the connection, and nobody else anything.";
    let at = declared("invalid-message-format");
    add("survives_a_malformed_packet", doc, at, CaseKind::MalformedPacket);
}
