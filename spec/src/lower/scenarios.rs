//! Scenarios: who takes part, what they are given, and one sentence per step.

use serde_json::Value;

use super::events::times;
use super::{Lowering, Map, Style, Target};
use crate::diagnostic::Span;
use crate::model::{Action, Scenario, Step};
use crate::yaml::{Content, Entry, Node};

pub(super) const SCENARIO: &[&str] = &["doc", "clients", "given", "steps"];

impl<'n> Lowering<'_, 'n> {
    pub(crate) fn scenarios(&mut self, top: &Map<'n>) -> Vec<Scenario> {
        let default_role = top.get("roles").and_then(|entry| match &entry.value.content {
            Content::Sequence(items) => {
                items.first().and_then(|item| item.to_value().as_str().map(str::to_owned))
            }
            _ => None,
        });
        let entries = self.entries(top, "scenarios");
        entries
            .iter()
            .map(|entry| self.scenario(entry, default_role.as_deref().unwrap_or_default()))
            .collect()
    }

    fn scenario(&mut self, entry: &'n Entry, default_role: &str) -> Scenario {
        let at = self.declared(entry, Style::Kebab, "a scenario");
        let map = self.map(&entry.value, entry.key_span, format!("scenario `{}`", entry.key), SCENARIO);
        for key in ["clients", "steps"] {
            if map.get(key).is_none() {
                self.missing(&map, key);
            }
        }
        let steps = map.get("steps").map(|entry| self.items(&entry.value, "steps")).unwrap_or_default();
        Scenario {
            name: entry.key.clone(),
            doc: self.text(&map, "doc"),
            clients: self.clients(&map, default_role),
            given: self.given(&map),
            steps: steps.iter().filter_map(|node| self.step(node)).collect(),
            at,
        }
    }

    /// `{ alice: engineer }`, or `[alice]` for clients of the default role.
    fn clients(&mut self, map: &Map<'n>, default_role: &str) -> Vec<(String, String)> {
        let Some(entry) = map.get("clients") else { return Vec::new() };
        if matches!(entry.value.content, Content::Sequence(_)) {
            let names = self.names(map, "clients", Style::Kebab, "a client");
            return names.into_iter().map(|name| (name, default_role.to_owned())).collect();
        }
        let mut clients = Vec::new();
        for client in self.entries(map, "clients") {
            self.declared(client, Style::Kebab, "a client");
            if matches!(client.key.as_str(), "all" | "nobody") {
                self.problems.error(
                    "spec-bad-name",
                    client.key_span,
                    format!("`{}` has a meaning of its own", client.key),
                );
            }
            let Some(role) = self.as_text(&client.value, &client.key) else { continue };
            self.refers(Target::Role, &role, client.value.span);
            clients.push((client.key.clone(), role));
        }
        clients
    }

    /// `{ session: [alice, bob] }`.
    fn given(&mut self, map: &Map<'n>) -> Vec<(String, Vec<String>)> {
        let mut given = Vec::new();
        for entry in self.entries(map, "given") {
            self.refers(Target::Fixture, &entry.key, entry.key_span);
            let mut clients = Vec::new();
            for item in self.items(&entry.value, &entry.key) {
                if let Some(name) = self.as_text(item, &entry.key) {
                    self.place(item.span);
                    self.unless_twice(&mut clients, name, item.span);
                }
            }
            if clients.is_empty() {
                self.problems
                    .error("spec-bad-value", entry.value.span, format!("`{}` is given to nobody", entry.key))
                    .help("name the client that makes it, then those it is shared with");
            }
            given.push((entry.key.clone(), clients));
        }
        given
    }

    fn step(&mut self, node: &'n Node) -> Option<Step> {
        let (text, body, at) = match &node.content {
            Content::Scalar { text, value: Value::String(_) } => (text.as_str(), None, node.span),
            Content::Mapping(entries) => match entries.as_slice() {
                [entry] => (entry.key.as_str(), Some(&entry.value), entry.key_span),
                _ => {
                    self.bad_step(node.span, "a step is one sentence");
                    return None;
                }
            },
            _ => {
                self.bad_step(node.span, "a step is a sentence");
                return None;
            }
        };
        self.place(at);
        let value = body.filter(|body| !body.is_null()).map(Node::to_value);
        let words: Vec<&str> = text.split_whitespace().collect();
        let action = match (words.as_slice(), value) {
            ([client, "emits", event], payload) if named(client) => {
                let event = self.event(Target::ClientEvent, event, text, at);
                Action::Emits { client: (*client).to_owned(), event, payload }
            }
            ([client, "answers", event], answer) if named(client) => {
                let event = self.event(Target::ServerEvent, event, text, at);
                Action::Answers { client: (*client).to_owned(), event, answer }
            }
            (["nobody", "gets", event], None) => {
                let event = self.event(Target::ServerEvent, event, text, at);
                Action::NobodyGets { event }
            }
            ([who, "get" | "gets", event], pattern) if *who != "nobody" => {
                let (event, times) = times(event);
                let event = self.event(Target::ServerEvent, event, text, at);
                let client = named(who).then(|| (*who).to_owned());
                Action::Gets { client, event, times, pattern }
            }
            ([client, "is", "refused"], Some(Value::String(code))) if named(client) => {
                self.refers(Target::Error, &code, body.map_or(at, |body| body.span));
                Action::Refused { client: (*client).to_owned(), code }
            }
            ([client, "disconnects"], None) if named(client) => {
                Action::Disconnects { client: (*client).to_owned() }
            }
            ([client, "connects"], None) if named(client) => {
                Action::Connects { client: (*client).to_owned() }
            }
            _ => {
                self.bad_step(at, &format!("`{text}` is not a step"));
                return None;
            }
        };
        Some(Step { action, at: at.at })
    }

    /// Notes the event of a sentence, whose place is found in the sentence when it is written plainly.
    fn event(&mut self, target: Target, event: &str, text: &str, at: Span) -> String {
        let place = match text.find(event).filter(|_| at.end - at.start == text.len() && text.is_ascii()) {
            Some(offset) => {
                let shift = u32::try_from(offset).unwrap_or_default();
                let column = at.at.column.saturating_add(shift);
                let start = at.start + offset;
                Span { start, end: start + event.len(), at: crate::model::Location { column, ..at.at } }
            }
            None => at,
        };
        self.refers(target, event, place);
        event.to_owned()
    }

    fn bad_step(&mut self, at: Span, message: &str) {
        self.problems.error("spec-bad-step", at, message).help(
            "steps: `alice emits EVENT: {…}`, `alice gets EVENT: {…}`, `alice answers EVENT: …`, `all get EVENT`, \
             `nobody gets EVENT`, `alice is refused: CODE`, `alice disconnects`, `alice connects`",
        );
    }
}

fn named(client: &str) -> bool {
    !matches!(client, "all" | "nobody")
}
