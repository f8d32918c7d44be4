//! Scenarios: who is there, what is known by then, and whether a pattern can ever match.

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostic::{Problems, Span};
use crate::json::validate;
use crate::lower::Notes;
use crate::model::{Action, Fields, Kind, Payload, Returns, Scenario, Spec, Type};
use crate::suggest::did_you_mean;

/// How far a pattern is followed into; the tree is not deeper.
const MAX_DEPTH: usize = 128;

pub(crate) fn check(spec: &Spec, notes: &Notes<'_>, problems: &mut Problems) {
    for scenario in &spec.scenarios {
        let connected: HashSet<&str> = scenario.clients.iter().map(|(name, _)| name.as_str()).collect();
        let known = scenario.given.iter().map(|(name, _)| name.clone()).collect();
        Play {
            spec,
            scenario,
            problems,
            connected,
            known,
            emitted: HashSet::new(),
            at: notes.span(scenario.at),
        }
        .run(notes);
    }
}

/// A scenario on its way.
struct Play<'a> {
    spec: &'a Spec,
    scenario: &'a Scenario,
    problems: &'a mut Problems,
    connected: HashSet<&'a str>,
    /// Variables that have a value.
    known: HashSet<String>,
    /// Clients that have emitted something.
    emitted: HashSet<&'a str>,
    at: Span,
}

impl<'a> Play<'a> {
    fn run(&mut self, notes: &Notes<'_>) {
        let scenario = self.scenario;
        if scenario.clients.is_empty() {
            self.problems
                .error("spec-bad-step", self.at, "a scenario needs a client")
                .help("write `clients: { alice: ROLE }`");
        }
        for (_, clients) in &scenario.given {
            for client in clients {
                self.takes_part(client);
            }
        }
        for step in &scenario.steps {
            self.at = notes.span(step.at);
            self.step(&step.action);
        }
    }

    fn step(&mut self, action: &'a Action) {
        let spec = self.spec;
        match action {
            Action::Emits { client, event, payload } => {
                self.must_be_connected(client);
                self.emitted.insert(client);
                let Some(event) = spec.client_event(event) else { return };
                if let Some(payload) = payload {
                    self.used(payload);
                    self.payload(&event.payload, payload, false);
                }
            }
            Action::Gets { client, event, pattern, .. } => {
                if let Some(client) = client {
                    self.must_be_connected(client);
                }
                let Some(event) = spec.server_event(event) else { return };
                if let Some(pattern) = pattern {
                    self.payload(&event.payload, pattern, true);
                    variables(pattern, &mut |name| {
                        self.known.insert(name.to_owned());
                    });
                }
            }
            Action::Answers { client, event, answer } => {
                self.must_be_connected(client);
                let Some(event) = spec.server_event(event) else { return };
                let Some(asks) = &event.asks else {
                    let help = format!("say what `{}` returns", event.name);
                    self.wrong(format!("`{}` asks for no answer", event.name), Some(help));
                    return;
                };
                let answer = answer.as_ref().unwrap_or(&Value::Null);
                self.used(answer);
                match &asks.returns {
                    Returns::Type(ty) => self.payload(&Payload::Type(ty.clone()), answer, false),
                    Returns::Args if answer.is_array() => {}
                    Returns::Args => {
                        let help = "write them as a list".to_owned();
                        self.wrong(format!("`{}` is answered with arguments", event.name), Some(help));
                    }
                }
            }
            Action::Refused { client, .. } => {
                self.must_be_connected(client);
                if !self.emitted.contains(client.as_str()) {
                    self.wrong(format!("`{client}` has emitted nothing that could be refused"), None);
                }
            }
            Action::NobodyGets { .. } => {}
            Action::Disconnects { client } => {
                self.must_be_connected(client);
                self.connected.remove(client.as_str());
            }
            Action::Connects { client } => {
                if self.takes_part(client) && !self.connected.insert(client) {
                    self.wrong(format!("`{client}` is connected already"), None);
                }
            }
        }
    }

    fn wrong(&mut self, message: String, help: Option<String>) {
        self.problems.error("spec-bad-step", self.at, message).maybe_help(help);
    }

    /// Whether a client is one of the scenario's.
    fn takes_part(&mut self, client: &str) -> bool {
        let found = self.scenario.clients.iter().any(|(name, _)| name == client);
        if !found {
            let known = self.scenario.clients.iter().map(|(name, _)| name.as_str());
            self.problems
                .error("spec-unknown-client", self.at, format!("nobody called `{client}` takes part"))
                .maybe_help(did_you_mean(client, known));
        }
        found
    }

    fn must_be_connected(&mut self, client: &str) {
        if self.takes_part(client) && !self.connected.contains(client) {
            let help = format!("write `{client} connects` before");
            self.wrong(format!("`{client}` is not connected any more"), Some(help));
        }
    }

    /// Every variable that is sent must have a value by now.
    fn used(&mut self, payload: &Value) {
        let mut unknown = Vec::new();
        variables(payload, &mut |name| {
            if !self.known.contains(name) {
                unknown.push(name.to_owned());
            }
        });
        for name in unknown {
            self.problems
                .error("spec-unknown-variable", self.at, format!("`${name}` has no value here"))
                .help("give it with `given`, or capture it in the pattern of an earlier `gets`")
                .maybe_help(
                    did_you_mean(&name, self.known.iter().map(String::as_str))
                        .filter(|help| help.starts_with("did")),
                );
        }
    }

    fn payload(&mut self, payload: &Payload, value: &Value, pattern: bool) {
        let fault = match payload {
            Payload::Args => None,
            Payload::None => Walk { spec: self.spec, pattern }.fields(&Fields::default(), None, value, "", 0),
            Payload::Fields(fields) => Walk { spec: self.spec, pattern }.fields(fields, None, value, "", 0),
            Payload::Named(name) => self
                .spec
                .named_type(name)
                .and_then(|named| Walk { spec: self.spec, pattern }.value(&named.ty, value, "", 0)),
            Payload::Type(ty) => Walk { spec: self.spec, pattern }.value(ty, value, "", 0),
        };
        if let Some(fault) = fault {
            self.problems.error("spec-bad-payload", self.at, fault.message).maybe_help(fault.help);
        }
    }
}

struct Fault {
    message: String,
    help: Option<String>,
}

/// Follows a payload along its type. What is emitted may be wrong on purpose, so only its fields'
/// names are checked; a pattern that no value matches is a mistake.
struct Walk<'s> {
    spec: &'s Spec,
    pattern: bool,
}

impl Walk<'_> {
    fn value(&self, ty: &Type, value: &Value, path: &str, depth: usize) -> Option<Fault> {
        if depth > MAX_DEPTH || value.as_str().is_some_and(|text| text.starts_with('$')) {
            return None;
        }
        match (&ty.kind, value) {
            (Kind::Named(name), _) => self.value(&self.spec.named_type(name)?.ty, value, path, depth + 1),
            (Kind::Struct(fields), Value::Object(_)) => self.fields(fields, None, value, path, depth),
            (Kind::Array { items, .. }, Value::Array(list)) => list
                .iter()
                .enumerate()
                .find_map(|(index, item)| self.value(items, item, &format!("{path}[{index}]"), depth + 1)),
            (Kind::Map { values }, Value::Object(map)) => {
                map.iter().find_map(|(key, item)| self.value(values, item, &join(path, key), depth + 1))
            }
            (Kind::Union { tag, variants }, Value::Object(map)) => {
                let told = map.get(tag).and_then(Value::as_str);
                let (_, fields) = variants.iter().find(|(name, _)| told == Some(name))?;
                self.fields(fields, Some(tag), value, path, depth)
            }
            _ if self.pattern => validate(self.spec, ty, value).err().map(|mismatch| Fault {
                message: format!(
                    "no value matches this: `{path}` is {}, not {}",
                    mismatch.expected, mismatch.got
                ),
                help: None,
            }),
            _ => None,
        }
    }

    fn fields(
        &self,
        fields: &Fields,
        tag: Option<&str>,
        value: &Value,
        path: &str,
        depth: usize,
    ) -> Option<Fault> {
        let Value::Object(map) = value else {
            return self
                .pattern
                .then(|| Fault { message: "the payload is an object".to_owned(), help: None });
        };
        map.iter().filter(|(key, _)| tag != Some(key)).find_map(|(key, item)| {
            match fields.fields.iter().find(|field| field.name == *key) {
                Some(field) => self.value(&field.ty, item, &join(path, key), depth + 1),
                None if fields.open => None,
                None => Some(Fault {
                    message: format!("the payload has no field `{}`", join(path, key)),
                    help: did_you_mean(key, fields.fields.iter().map(|field| field.name.as_str())),
                }),
            }
        })
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Calls `found` with every variable in a value, without its `$`.
fn variables(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix('$') {
                found(name);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| variables(item, found)),
        Value::Object(map) => map.values().for_each(|item| variables(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
