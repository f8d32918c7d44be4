//! Mappings with known keys, and the plain values under them.

use serde_json::Value;

use super::Lowering;
use crate::diagnostic::Span;
use crate::suggest::did_you_mean;
use crate::yaml::{Content, Entry, Node};

/// A mapping whose keys are known.
#[derive(Clone, Debug)]
pub(crate) struct Map<'n> {
    /// What it describes, for messages.
    pub(crate) what: String,
    /// Where that is.
    pub(crate) at: Span,
    entries: &'n [Entry],
}

impl<'n> Map<'n> {
    /// The entry of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

impl<'n> Lowering<'_, 'n> {
    /// A node as a mapping with these keys; others are reported. Nothing at all is a mapping without keys.
    pub(crate) fn map(
        &mut self,
        node: &'n Node,
        at: Span,
        what: impl Into<String>,
        known: &[&'static str],
    ) -> Map<'n> {
        let what = what.into();
        let entries = self.mapping(node, &what);
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            self.problems
                .error("spec-unknown-key", entry.key_span, format!("{what} has no key `{}`", entry.key))
                .label("not a key of the language")
                .maybe_help(did_you_mean(&entry.key, known.iter().copied()));
        }
        Map { what, at, entries }
    }

    /// The entries of a mapping whose keys are names.
    pub(crate) fn entries(&mut self, map: &Map<'n>, key: &'static str) -> &'n [Entry] {
        match map.get(key) {
            Some(entry) => self.mapping(&entry.value, &format!("`{key}`")),
            None => &[],
        }
    }

    pub(crate) fn mapping(&mut self, node: &'n Node, what: &str) -> &'n [Entry] {
        match &node.content {
            Content::Mapping(entries) => entries,
            _ if node.is_null() => &[],
            _ => {
                self.problems.error(
                    "spec-wrong-kind",
                    node.span,
                    format!("{what} must be a mapping, not {}", node.kind()),
                );
                &[]
            }
        }
    }

    pub(crate) fn missing(&mut self, map: &Map<'n>, key: &str) {
        self.problems
            .error("spec-missing-key", map.at, format!("{} needs the key `{key}`", map.what))
            .label(format!("`{key}` is missing"));
    }

    /// The text under a key.
    pub(crate) fn text(&mut self, map: &Map<'n>, key: &str) -> Option<String> {
        map.get(key).and_then(|entry| self.as_text(&entry.value, key))
    }

    /// The text under a key that must be there; empty when it is not.
    pub(crate) fn required_text(&mut self, map: &Map<'n>, key: &str) -> String {
        if map.get(key).is_none() {
            self.missing(map, key);
        }
        self.text(map, key).unwrap_or_default()
    }

    /// A node as text.
    pub(crate) fn as_text(&mut self, node: &'n Node, key: &str) -> Option<String> {
        match &node.content {
            Content::Scalar { text, value: Value::String(_) } => Some(text.clone()),
            other => {
                let help = match other {
                    Content::Scalar { text, value } if !value.is_null() => {
                        Some(format!("write '{text}' in quotes"))
                    }
                    _ => None,
                };
                self.problems
                    .error("spec-wrong-kind", node.span, format!("`{key}` must be text, not {}", node.kind()))
                    .maybe_help(help);
                None
            }
        }
    }

    /// The texts of the list under a key, with their places.
    pub(crate) fn texts(&mut self, map: &Map<'n>, key: &'static str) -> Vec<(String, Span)> {
        let Some(entry) = map.get(key) else { return Vec::new() };
        let items = self.items(&entry.value, key);
        items.iter().filter_map(|item| Some((self.as_text(item, key)?, item.span))).collect()
    }

    /// The boolean under a key; false when absent.
    pub(crate) fn flag(&mut self, map: &Map<'n>, key: &str) -> bool {
        let Some(entry) = map.get(key) else { return false };
        match entry.value.to_value() {
            Value::Bool(flag) => flag,
            _ => {
                let kind = entry.value.kind();
                self.problems.error(
                    "spec-wrong-kind",
                    entry.value.span,
                    format!("`{key}` must be true or false, not {kind}"),
                );
                false
            }
        }
    }

    /// A version under a key.
    pub(crate) fn version(&mut self, map: &Map<'n>, key: &str) -> Option<String> {
        let version = self.text(map, key)?;
        self.notes.versions.push((version.clone(), map.get(key)?.value.span));
        Some(version)
    }
}
