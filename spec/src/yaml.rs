//! Text to a tree of nodes with spans.

mod build;
mod place;

use std::collections::HashSet;

use serde_json::Value;

use crate::decode::{self, Decoded};
use crate::diagnostic::{Problems, Span};

use place::Places;

/// A node of the document.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Where it stands.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) content: Content,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// A scalar: its text without quotes, and what it is worth.
    Scalar { text: String, value: Value },
    /// A sequence.
    Sequence(Vec<Node>),
    /// A mapping, in document order, every key once.
    Mapping(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Node,
}

impl Node {
    /// The JSON value it stands for.
    pub(crate) fn to_value(&self) -> Value {
        match &self.content {
            Content::Scalar { value, .. } => value.clone(),
            Content::Sequence(items) => items.iter().map(Node::to_value).collect(),
            Content::Mapping(entries) => Value::Object(
                entries.iter().map(|entry| (entry.key.clone(), entry.value.to_value())).collect(),
            ),
        }
    }

    /// The node at a path like `args.items[3].name`, or the last one on the way to it.
    pub(crate) fn at_path(&self, path: &str) -> &Node {
        let mut node = self;
        for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
            let next = match (&node.content, step.strip_suffix(']')) {
                (Content::Sequence(items), Some(index)) => {
                    index.parse::<usize>().ok().and_then(|at| items.get(at))
                }
                (Content::Mapping(entries), None) => {
                    entries.iter().find(|entry| entry.key == step).map(|entry| &entry.value)
                }
                _ => None,
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }

    /// Every `$variable` in it, without the `$`.
    pub(crate) fn variables(&self) -> Vec<(String, Span)> {
        match &self.content {
            Content::Scalar { value: Value::String(text), .. } => {
                text.strip_prefix('$').map(|name| (name.to_owned(), self.span)).into_iter().collect()
            }
            Content::Scalar { .. } => Vec::new(),
            Content::Sequence(items) => items.iter().flat_map(Node::variables).collect(),
            Content::Mapping(entries) => entries.iter().flat_map(|entry| entry.value.variables()).collect(),
        }
    }

    /// What it is, in a word.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.content {
            Content::Scalar { value: Value::Null, .. } => "nothing",
            Content::Scalar { value: Value::Bool(_), .. } => "a boolean",
            Content::Scalar { value: Value::Number(_), .. } => "a number",
            Content::Scalar { .. } => "text",
            Content::Sequence(_) => "a list",
            Content::Mapping(_) => "a mapping",
        }
    }

    /// Whether nothing is written there.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self.content, Content::Scalar { value: Value::Null, .. })
    }
}

/// Reads a document; `None` when there is no tree to go on with.
pub(crate) fn parse(source: &str, problems: &mut Problems) -> Option<Node> {
    let places = Places::new(source);
    let mut tree = build::tree(source, &places, problems)?;
    match decode::document(source) {
        Ok(decoded) => {
            if let Some(span) = lay_together(&mut tree, decoded) {
                problems
                    .error("spec-yaml", span, "this can be read in two ways")
                    .help("write it more simply");
            }
        }
        Err(failure) => {
            let at = places.point(failure.offset.unwrap_or(0));
            problems.error("spec-yaml", at, failure.message);
            return None;
        }
    }
    merge(&mut tree, problems);
    Some(tree)
}

/// Gives every scalar of the tree its value; the place where the shapes differ, if they do.
fn lay_together(node: &mut Node, decoded: Decoded) -> Option<Span> {
    let span = node.span;
    match (&mut node.content, decoded) {
        (Content::Scalar { value, .. }, Decoded::Scalar(worth)) => {
            *value = worth;
            None
        }
        (Content::Sequence(items), Decoded::Sequence(list)) if items.len() == list.len() => {
            items.iter_mut().zip(list).find_map(|(item, decoded)| lay_together(item, decoded))
        }
        (Content::Mapping(entries), Decoded::Mapping(list)) if entries.len() == list.len() => {
            entries.iter_mut().zip(list).find_map(|(entry, decoded)| lay_together(&mut entry.value, decoded))
        }
        _ => Some(span),
    }
}

/// Replaces `<<: *anchor` by the entries it stands for, and drops what is written twice.
fn merge(node: &mut Node, problems: &mut Problems) {
    match &mut node.content {
        Content::Scalar { .. } => {}
        Content::Sequence(items) => items.iter_mut().for_each(|item| merge(item, problems)),
        Content::Mapping(entries) => {
            let mut merged: Vec<Entry> = Vec::new();
            let mut own: Vec<Entry> = Vec::new();
            for mut entry in std::mem::take(entries) {
                merge(&mut entry.value, problems);
                if entry.key != "<<" {
                    own.push(entry);
                    continue;
                }
                let sources = match entry.value.content {
                    Content::Sequence(items) => items,
                    _ => vec![entry.value],
                };
                for source in sources {
                    match source.content {
                        Content::Mapping(more) => merged.extend(more),
                        _ => {
                            problems
                                .error("spec-yaml", entry.key_span, "only mappings can be merged")
                                .help("write `<<: *name`, where `&name` stands before a mapping");
                        }
                    }
                }
            }
            own.extend(merged);
            let mut seen = HashSet::new();
            own.retain(|entry| seen.insert(entry.key.clone()));
            *entries = own;
        }
    }
}

#[cfg(test)]
mod tests;
