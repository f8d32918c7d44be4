//! Tree to model. What refers to something else is noted here and checked when everything is known.

mod events;
mod map;
mod scenarios;
mod shorthand;
mod types;
mod world;

use std::collections::HashMap;

use crate::diagnostic::{Problems, Span};
use crate::model::{Fields, Location, Payload, Spec, Type};
use crate::yaml::{Content, Entry, Node};

use map::Map;

/// What a reference must name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A type that is written out in a line.
    Type,
    /// A named type where a line cannot stand.
    NamedType,
    State,
    Role,
    Error,
    ServerEvent,
    ClientEvent,
    Audience,
    Fixture,
    Namespace,
}

/// A name that something else must have.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) target: Target,
    pub(crate) name: String,
    pub(crate) at: Span,
}

/// How a name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `like-this`.
    Kebab,
    /// `LikeThis`.
    Pascal,
    /// Anything visible: field names and enum values.
    Visible,
    /// Anything visible but what the language and Socket.IO keep for themselves.
    Event,
    /// `/like/this`.
    Namespace,
}

/// A name that something has.
#[derive(Debug)]
pub(crate) struct Name {
    pub(crate) style: Style,
    /// What it names, like `a role`.
    pub(crate) what: &'static str,
    pub(crate) name: String,
    pub(crate) at: Span,
}

/// What a value is checked against.
#[derive(Debug)]
pub(crate) enum Against {
    Type(Type),
    Fields(Fields),
}

/// A value in the document.
#[derive(Debug)]
pub(crate) struct Literal<'n> {
    pub(crate) node: &'n Node,
    /// The key it stands under, like `example`.
    pub(crate) key: &'static str,
    pub(crate) against: Against,
}

/// A field by which an event is known.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) field: String,
    pub(crate) payload: Payload,
    pub(crate) at: Span,
}

/// What is known of a document beside its model.
#[derive(Debug, Default)]
pub(crate) struct Notes<'n> {
    pub(crate) references: Vec<Reference>,
    pub(crate) names: Vec<Name>,
    pub(crate) literals: Vec<Literal<'n>>,
    pub(crate) identities: Vec<Identity>,
    /// Regular expressions.
    pub(crate) patterns: Vec<(String, Span)>,
    /// Versions.
    pub(crate) versions: Vec<(String, Span)>,
    /// The spans whose starts are the places of the model.
    pub(crate) spans: HashMap<Location, Span>,
}

impl Notes<'_> {
    /// The span that starts at a place of the model.
    pub(crate) fn span(&self, at: Location) -> Span {
        self.spans.get(&at).copied().unwrap_or(Span { start: 0, end: 0, at })
    }
}

/// The state of the way from tree to model.
pub(crate) struct Lowering<'p, 'n> {
    problems: &'p mut Problems,
    notes: Notes<'n>,
}

const DOCUMENT: &[&str] = &[
    "protocol",
    "version",
    "doc",
    "namespaces",
    "roles",
    "states",
    "errors",
    "refusals",
    "audiences",
    "fixtures",
    "types",
    "groups",
    "scenarios",
];

/// Reads a document as far as it can be read.
pub(crate) fn document<'n>(tree: &'n Node, problems: &mut Problems) -> (Spec, Notes<'n>) {
    let mut lowering = Lowering { problems, notes: Notes::default() };
    let spec = lowering.document(tree);
    (spec, lowering.notes)
}

impl<'n> Lowering<'_, 'n> {
    fn document(&mut self, tree: &'n Node) -> Spec {
        let top = self.map(tree, tree.span, "the document", DOCUMENT);
        for key in ["protocol", "version", "groups"] {
            if top.get(key).is_none() {
                self.missing(&top, key);
            }
        }
        let name = self.text(&top, "protocol");
        if let (Some(name), Some(entry)) = (&name, top.get("protocol")) {
            self.name(Style::Kebab, "a protocol", name, entry.value.span);
        }
        let version = self.version(&top, "version");
        let errors = self.errors(&top);
        let groups = self.entries(&top, "groups");
        let namespaces = self.namespaces(&top);
        Spec {
            name: name.unwrap_or_default(),
            version: version.unwrap_or_default(),
            doc: self.text(&top, "doc"),
            roles: self.names(&top, "roles", Style::Kebab, "a role"),
            states: self.states(&top),
            errors,
            refusals: self.reference(&top, "refusals", Target::ServerEvent),
            audiences: self.audiences(&top),
            fixtures: self.fixtures(&top),
            types: self.named_types(&top),
            groups: groups.iter().map(|entry| self.group(entry, &namespaces)).collect(),
            scenarios: self.scenarios(&top),
            namespaces,
        }
    }

    /// Notes where something is declared.
    fn declared(&mut self, entry: &Entry, style: Style, what: &'static str) -> Location {
        self.name(style, what, &entry.key, entry.key_span);
        self.place(entry.key_span)
    }

    fn place(&mut self, span: Span) -> Location {
        self.notes.spans.entry(span.at).or_insert(span);
        span.at
    }

    fn name(&mut self, style: Style, what: &'static str, name: &str, at: Span) {
        self.notes.names.push(Name { style, what, name: name.to_owned(), at });
    }

    fn refers(&mut self, target: Target, name: &str, at: Span) {
        self.notes.references.push(Reference { target, name: name.to_owned(), at });
    }

    /// The scalar under a key that names something.
    fn reference(&mut self, map: &Map<'n>, key: &'static str, target: Target) -> Option<String> {
        let name = self.text(map, key)?;
        self.refers(target, &name, map.get(key)?.value.span);
        Some(name)
    }

    /// A list of names under a key; a name written twice is an error.
    fn names(&mut self, map: &Map<'n>, key: &'static str, style: Style, what: &'static str) -> Vec<String> {
        let mut names = Vec::new();
        for (name, at) in self.texts(map, key) {
            self.name(style, what, &name, at);
            self.unless_twice(&mut names, name, at);
        }
        names
    }

    fn unless_twice(&mut self, names: &mut Vec<String>, name: String, at: Span) {
        if names.contains(&name) {
            self.problems
                .error("spec-duplicate", at, format!("`{name}` is listed twice"))
                .help("keep one of them");
        } else {
            names.push(name);
        }
    }

    /// The items of a list.
    fn items(&mut self, node: &'n Node, key: &str) -> &'n [Node] {
        match &node.content {
            Content::Sequence(items) => items,
            _ => {
                self.problems
                    .error(
                        "spec-wrong-kind",
                        node.span,
                        format!("`{key}` must be a list, not {}", node.kind()),
                    )
                    .help(format!("write `{key}: [first, second]`"));
                &[]
            }
        }
    }
}

#[cfg(test)]
mod tests;
