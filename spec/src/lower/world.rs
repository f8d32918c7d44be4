//! What surrounds the events: namespaces, states, errors, audiences, fixtures.

use super::{Lowering, Map, Style, Target};
use crate::model::{Audience, BUILT_IN_ERRORS, ErrorCode, Fixture, State};

impl<'n> Lowering<'_, 'n> {
    pub(crate) fn namespaces(&mut self, top: &Map<'n>) -> Vec<String> {
        let Some(entry) = top.get("namespaces") else { return vec!["/".to_owned()] };
        let names = self.names(top, "namespaces", Style::Namespace, "a namespace");
        if names.is_empty() {
            self.problems
                .error("spec-missing-key", entry.key_span, "a protocol is served in at least one namespace")
                .help("leave the key out, or write `namespaces: [/]`");
        }
        names
    }

    /// The namespaces of a group, which the document has too.
    pub(crate) fn group_namespaces(&mut self, map: &Map<'n>, all: &[String]) -> Vec<String> {
        let Some(entry) = map.get("namespaces") else { return all.to_vec() };
        let mut names = Vec::new();
        for (name, at) in self.texts(map, "namespaces") {
            self.refers(Target::Namespace, &name, at);
            self.unless_twice(&mut names, name, at);
        }
        if names.is_empty() {
            self.problems
                .error("spec-missing-key", entry.key_span, "a group is served in at least one namespace")
                .help("leave the key out: then it is in all of the document's");
        }
        names
    }

    pub(crate) fn states(&mut self, top: &Map<'n>) -> Vec<State> {
        let mut states = Vec::new();
        for entry in self.entries(top, "states") {
            let at = self.declared(entry, Style::Kebab, "a state");
            let map =
                self.map(&entry.value, entry.key_span, format!("state `{}`", entry.key), &["doc", "code"]);
            if map.get("code").is_none() {
                self.missing(&map, "code");
            }
            let code = self.reference(&map, "code", Target::Error).unwrap_or_default();
            states.push(State { name: entry.key.clone(), doc: self.text(&map, "doc"), code, at });
        }
        states
    }

    pub(crate) fn errors(&mut self, top: &Map<'n>) -> Vec<ErrorCode> {
        let mut errors = Vec::new();
        for entry in self.entries(top, "errors") {
            let at = Some(self.declared(entry, Style::Kebab, "an error code"));
            let message = self.as_text(&entry.value, &entry.key).unwrap_or_default();
            errors.push(ErrorCode { code: entry.key.clone(), message, at });
        }
        for (code, message) in BUILT_IN_ERRORS {
            if errors.iter().all(|error| error.code != *code) {
                errors.push(ErrorCode { code: (*code).to_owned(), message: (*message).to_owned(), at: None });
            }
        }
        errors
    }

    pub(crate) fn audiences(&mut self, top: &Map<'n>) -> Vec<Audience> {
        let mut audiences = Vec::new();
        for entry in self.entries(top, "audiences") {
            let at = self.declared(entry, Style::Kebab, "an audience");
            if matches!(entry.key.as_str(), "caller" | "everyone" | "role") {
                self.problems
                    .error(
                        "spec-bad-name",
                        entry.key_span,
                        format!("`{}` has a meaning of its own", entry.key),
                    )
                    .help("choose another name for the audience");
            }
            let map =
                self.map(&entry.value, entry.key_span, format!("audience `{}`", entry.key), &["doc", "key"]);
            let key = self.reference(&map, "key", Target::NamedType);
            audiences.push(Audience { name: entry.key.clone(), doc: self.text(&map, "doc"), key, at });
        }
        audiences
    }

    pub(crate) fn fixtures(&mut self, top: &Map<'n>) -> Vec<Fixture> {
        let mut fixtures = Vec::new();
        for entry in self.entries(top, "fixtures") {
            let at = self.declared(entry, Style::Kebab, "a fixture");
            let keys = &["doc", "type", "http", "body", "result"];
            let map = self.map(&entry.value, entry.key_span, format!("fixture `{}`", entry.key), keys);
            if map.get("type").is_none() {
                self.missing(&map, "type");
            }
            let (method, path) = self.http(&map);
            for (name, at) in map.get("body").map(|entry| entry.value.variables()).unwrap_or_default() {
                if name != "users" {
                    self.problems
                        .error("spec-unknown-variable", at, format!("a body cannot hold `${name}`"))
                        .help("`$users` stands for the user ids of the named clients");
                }
            }
            fixtures.push(Fixture {
                name: entry.key.clone(),
                doc: self.text(&map, "doc"),
                type_name: self.reference(&map, "type", Target::NamedType).unwrap_or_default(),
                method,
                path,
                body: map.get("body").map(|entry| entry.value.to_value()),
                result: self.required_text(&map, "result"),
                at,
            });
        }
        fixtures
    }

    /// `POST /api/sessions`.
    fn http(&mut self, map: &Map<'n>) -> (String, String) {
        let text = self.required_text(map, "http");
        if let Some((method, path)) = text.split_once(' ') {
            let path_fits =
                path.starts_with('/') && !path.contains(|c: char| c.is_whitespace() || c.is_control());
            if matches!(method, "GET" | "POST" | "PUT" | "PATCH" | "DELETE") && path_fits {
                return (method.to_owned(), path.to_owned());
            }
        }
        if let Some(entry) = map.get("http").filter(|_| !text.is_empty()) {
            self.problems
                .error("spec-bad-http", entry.value.span, "not a method and a path")
                .help("write it like `http: POST /api/sessions`");
        }
        (String::new(), String::new())
    }
}
