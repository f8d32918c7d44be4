//! Events of `saphyr-parser` to a tree, with everything refused that a document has no use for.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks, Tag};
use serde_json::Value;

use super::{Content, Entry, Node, Places};
use crate::diagnostic::{Problems, Span};

/// How deep a document may nest.
const MAX_DEPTH: usize = 64;
/// How many nodes it may have once every alias is replaced by what it stands for.
const MAX_NODES: usize = 100_000;

/// A collection that is not closed yet.
struct Frame {
    span: Span,
    anchor: usize,
    content: Open,
}

enum Open {
    Sequence(Vec<Node>),
    /// With the line of every key, to find those written twice.
    Mapping {
        entries: Vec<Entry>,
        key: Option<(String, Span)>,
        seen: HashMap<String, u32>,
    },
}

struct Builder<'a, 's> {
    places: &'a Places<'s>,
    problems: &'a mut Problems,
    stack: Vec<Frame>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
    root: Option<Node>,
}

/// The tree of a document; `None` when it is no YAML or unbounded.
pub(crate) fn tree(source: &str, places: &Places<'_>, problems: &mut Problems) -> Option<Node> {
    let mut builder =
        Builder { places, problems, stack: Vec::new(), anchors: HashMap::new(), nodes: 0, root: None };
    for item in Parser::new_from_str(source) {
        match item {
            Ok((event, marks)) => builder.event(event, marks)?,
            Err(error) => {
                let index = error.marker().index();
                let at = builder.places.span(index, index + 1);
                builder.problems.error("spec-yaml", at, format!("this is not YAML: {}", error.info()));
                return None;
            }
        }
    }
    if builder.root.is_none() {
        let at = builder.places.point(0);
        builder
            .problems
            .error("spec-yaml", at, "the document is empty")
            .help("a document starts with `protocol: my-protocol`");
    }
    builder.root
}

impl Builder<'_, '_> {
    fn event(&mut self, event: Event<'_>, marks: Marks) -> Option<()> {
        let span = self.places.span(marks.start.index(), marks.end.index());
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let span = match style {
                    ScalarStyle::SingleQuoted => self.places.quoted(span, '\''),
                    ScalarStyle::DoubleQuoted => self.places.quoted(span, '"'),
                    _ => span,
                };
                self.tag(tag.as_deref(), span);
                let value = Value::String(text.to_string());
                let node = Node { span, content: Content::Scalar { text: text.into_owned(), value } };
                self.finished(node, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.tag(tag.as_deref(), span);
                self.open(Frame { span, anchor, content: Open::Sequence(Vec::new()) })
            }
            Event::MappingStart(anchor, tag) => {
                self.tag(tag.as_deref(), span);
                let content = Open::Mapping { entries: Vec::new(), key: None, seen: HashMap::new() };
                self.open(Frame { span, anchor, content })
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let frame = self.stack.pop()?;
                let content = match frame.content {
                    Open::Sequence(items) => Content::Sequence(items),
                    Open::Mapping { entries, .. } => Content::Mapping(entries),
                };
                // A block ends somewhere below; what is shown of it is its first line.
                let span = if frame.span.end > frame.span.start {
                    frame.span
                } else {
                    span_of(&content, frame.span)
                };
                self.finished(Node { span, content }, frame.anchor)
            }
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor).cloned() else {
                    self.problems.error("spec-yaml", span, "an alias inside what it stands for");
                    return None;
                };
                let (size, depth) = measure(&node);
                self.nodes += size;
                self.bounded(self.stack.len() + depth, span)?;
                self.finished(Node { span, ..node }, 0)
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                self.problems
                    .error("spec-yaml", span, "a second document in one file")
                    .help("give every protocol a file of its own");
                None
            }
            _ => Some(()),
        }
    }

    fn tag(&mut self, tag: Option<&Tag>, span: Span) {
        if let Some(tag) = tag {
            let handle = if tag.is_yaml_core_schema() { "!!" } else { tag.handle.as_str() };
            let suffix = &tag.suffix;
            self.problems
                .error("spec-yaml", span, format!("the YAML tag `{handle}{suffix}` has no meaning here"))
                .help("leave it out; put text that looks like a number in quotes");
        }
    }

    fn bounded(&mut self, depth: usize, span: Span) -> Option<()> {
        if depth > MAX_DEPTH {
            self.problems.error("spec-too-large", span, format!("nested more than {MAX_DEPTH} levels deep"));
            return None;
        }
        if self.nodes > MAX_NODES {
            self.problems.error("spec-too-large", span, format!("more than {MAX_NODES} values"));
            return None;
        }
        Some(())
    }

    fn open(&mut self, frame: Frame) -> Option<()> {
        let span = frame.span;
        self.stack.push(frame);
        self.bounded(self.stack.len(), span)
    }

    fn finished(&mut self, node: Node, anchor: usize) -> Option<()> {
        self.nodes += 1;
        self.bounded(self.stack.len(), node.span)?;
        if anchor != 0 {
            // What is kept for aliases is as much of a burden as what is in the tree.
            self.nodes += measure(&node).0;
            self.anchors.insert(anchor, node.clone());
        }
        match self.stack.last_mut().map(|frame| &mut frame.content) {
            None => self.root = Some(node),
            Some(Open::Sequence(items)) => items.push(node),
            Some(Open::Mapping { entries, key, seen }) => match key.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: node }),
                None => {
                    let Content::Scalar { text, .. } = node.content else {
                        self.problems.error("spec-yaml", node.span, "a key must be text");
                        return None;
                    };
                    let line = node.span.at.line;
                    if let Some(first) = seen.insert(text.clone(), line) {
                        self.problems
                            .error("spec-duplicate-key", node.span, format!("`{text}` is written twice"))
                            .help(format!("the first is in line {first}; keep one of them"));
                    }
                    *key = Some((text, node.span));
                }
            },
        }
        Some(())
    }
}

/// The first line of a block: from where it starts to the end of its first child.
fn span_of(content: &Content, start: Span) -> Span {
    let first = match content {
        Content::Sequence(items) => items.first().map(|item| item.span),
        Content::Mapping(entries) => entries.first().map(|entry| entry.key_span),
        Content::Scalar { .. } => None,
    };
    match first {
        Some(first) if first.at.line == start.at.line => Span { end: first.end.max(start.start), ..start },
        Some(first) => first,
        None => start,
    }
}

/// How many nodes a tree has and how deep it is.
fn measure(node: &Node) -> (usize, usize) {
    let children: Vec<&Node> = match &node.content {
        Content::Scalar { .. } => return (1, 0),
        Content::Sequence(items) => items.iter().collect(),
        Content::Mapping(entries) => entries.iter().map(|entry| &entry.value).collect(),
    };
    let mut total = (1, 0);
    for child in children {
        let (size, depth) = measure(child);
        total = (total.0 + size, total.1.max(depth));
    }
    (total.0, total.1 + 1)
}
