//! Turns: how they are stored, how they are replayed to the model, how they are shown.
//!
//! A message is stored when it comes, which may be while an earlier one is answered. What people see stays in that order. What the
//! model sees is sorted by exchange: a message and its answer belong together, and a message that still waits is not shown to it.
//!
//! Which answer belongs to which message is not stored. It follows from the order, because every exchange has an end: a turn of the
//! model that calls nothing, or a partial one, which is empty when an answer ended before it said anything.

use std::collections::{HashMap, VecDeque};

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::gemini::Content;
use crate::gemini::content::Speaker;
use crate::moment::timestamp;
use crate::protocol::types;
use crate::store::{NewTurn, Turn, TurnKind};

/// The turns of a session.
#[derive(Debug, Default)]
pub(super) struct History {
    turns: Vec<Entry>,
    exchanges: u64,
}

#[derive(Debug)]
struct Entry {
    exchange: u64,
    content: Content,
    user: Option<String>,
    timestamp: i64,
    partial: bool,
}

impl History {
    /// From the store, and the exchanges without an end. Answers belong to messages in the order in which both came.
    pub(super) fn load(turns: Vec<Turn>) -> (Self, Vec<u64>) {
        let mut history = Self::default();
        let mut waiting = VecDeque::new();
        let mut answering = None;
        for turn in turns {
            let content = Content { role: speaker(turn.kind), parts: parts(&turn.parts) };
            let exchange = match turn.kind {
                TurnKind::User => {
                    history.exchanges += 1;
                    waiting.push_back(history.exchanges);
                    history.exchanges
                }
                TurnKind::Model | TurnKind::Function => {
                    *answering.get_or_insert_with(|| waiting.pop_front().unwrap_or(history.exchanges))
                }
            };
            if turn.kind == TurnKind::Model && (turn.partial || content.function_calls().is_empty()) {
                answering = None;
            }
            history.turns.push(Entry {
                exchange,
                content,
                user: turn.user,
                timestamp: turn.timestamp,
                partial: turn.partial,
            });
        }
        (history, answering.into_iter().chain(waiting).collect())
    }

    /// The number for a new message.
    pub(super) fn next_exchange(&mut self) -> u64 {
        self.exchanges += 1;
        self.exchanges
    }

    /// Adds a turn that has been stored.
    pub(super) fn push(&mut self, exchange: u64, content: Content, turn: &NewTurn) {
        self.turns.push(Entry {
            exchange,
            content,
            user: turn.user.clone(),
            timestamp: turn.timestamp,
            partial: turn.partial,
        });
    }

    /// What the model is shown to answer an exchange: everything of it and of those before.
    pub(super) fn until(&self, exchange: u64) -> Vec<Content> {
        let mut entries: Vec<&Entry> = self.turns.iter().filter(|entry| entry.exchange <= exchange).collect();
        entries.sort_by_key(|entry| entry.exchange);
        entries.into_iter().map(|entry| entry.content.clone()).collect()
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.turns.clear();
    }

    /// What people are shown: Gemini's shape without thoughts and signatures.
    pub(super) fn shown(&self) -> Vec<types::Turn> {
        let mut shown = Vec::with_capacity(self.turns.len());
        let mut last_of_model = HashMap::new();
        for entry in &self.turns {
            if entry.is_mark() {
                // There is nothing of it to be shown; what was said before the calls is all there is.
                if let Some(turn) =
                    last_of_model.get(&entry.exchange).and_then(|&at: &usize| shown.get_mut(at))
                {
                    let turn: &mut types::Turn = turn;
                    turn.partial = Some(true);
                }
                continue;
            }
            if entry.content.role == Speaker::Model {
                last_of_model.insert(entry.exchange, shown.len());
            }
            shown.push(entry.shown());
        }
        shown
    }
}

impl Entry {
    /// Whether it says nothing but that an answer has ended.
    fn is_mark(&self) -> bool {
        self.partial && self.content.parts.is_empty()
    }

    fn shown(&self) -> types::Turn {
        types::Turn {
            role: match self.content.role {
                Speaker::User => types::Speaker::User,
                Speaker::Model => types::Speaker::Model,
            },
            parts: shown_parts(&self.content.parts),
            user_id: self.user.clone().map(types::UserId::trusted),
            timestamp: timestamp(self.timestamp),
            partial: self.partial.then_some(true),
        }
    }
}

/// Parts as people read them: pieces of text that came one after the other are one text.
fn shown_parts(parts: &[Box<RawValue>]) -> Vec<Map<String, Value>> {
    let mut shown: Vec<Map<String, Value>> = Vec::with_capacity(parts.len());
    for part in parts.iter().filter_map(|part| shown_part(part)) {
        let before = shown.last_mut().filter(|before| before.len() == 1 && part.len() == 1);
        match (before.and_then(|before| before.get_mut("text")), part.get("text")) {
            (Some(Value::String(text)), Some(Value::String(more))) => text.push_str(more),
            _ => shown.push(part),
        }
    }
    shown
}

fn shown_part(part: &RawValue) -> Option<Map<String, Value>> {
    let mut part: Map<String, Value> = serde_json::from_str(part.get()).ok()?;
    if part.get("thought") == Some(&Value::Bool(true)) {
        return None;
    }
    part.remove("thoughtSignature");
    (!part.is_empty()).then_some(part)
}

fn speaker(kind: TurnKind) -> Speaker {
    match kind {
        TurnKind::User | TurnKind::Function => Speaker::User,
        TurnKind::Model => Speaker::Model,
    }
}

/// What the store has written itself.
fn parts(text: &str) -> Vec<Box<RawValue>> {
    serde_json::from_str(text).unwrap_or_else(|error| {
        tracing::error!(%error, "the parts of a turn in the store cannot be read");
        Vec::new()
    })
}

/// A turn for the store.
pub(super) fn turn(kind: TurnKind, content: &Content, user: Option<&str>, partial: bool) -> NewTurn {
    NewTurn {
        kind,
        // Raw JSON always serialises.
        parts: serde_json::to_string(&content.parts).unwrap_or_else(|_| "[]".into()),
        user: user.map(str::to_owned),
        timestamp: crate::store::now(),
        partial,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(sequence: i64, kind: TurnKind, parts: &str) -> Turn {
        Turn { sequence, kind, parts: parts.into(), user: None, timestamp: sequence, partial: false }
    }

    fn partial(sequence: i64, parts: &str) -> Turn {
        Turn { partial: true, ..stored(sequence, TurnKind::Model, parts) }
    }

    fn texts(contents: &[Content]) -> Vec<String> {
        contents.iter().map(Content::text).collect()
    }

    #[test]
    fn a_message_that_came_during_an_answer_is_replayed_after_it() {
        let (history, open) = History::load(vec![
            stored(1, TurnKind::User, r#"[{"text":"one"}]"#),
            stored(2, TurnKind::User, r#"[{"text":"two"}]"#),
            stored(3, TurnKind::Model, r#"[{"functionCall":{"name":"f"}}]"#),
            stored(4, TurnKind::Function, r#"[{"functionResponse":{"name":"f","response":{}}}]"#),
            stored(5, TurnKind::Model, r#"[{"text":"first"}]"#),
            stored(6, TurnKind::Model, r#"[{"text":"second"}]"#),
        ]);
        assert_eq!(texts(&history.until(1)), ["one", "", "", "first"]);
        assert_eq!(texts(&history.until(2)), ["one", "", "", "first", "two", "second"]);
        assert_eq!(history.shown().len(), 6);
        assert!(open.is_empty());
    }

    #[test]
    fn an_answer_that_failed_before_its_first_word_leaves_the_next_answer_where_it_belongs() {
        let turns = vec![
            stored(1, TurnKind::User, r#"[{"text":"one"}]"#),
            partial(2, "[]"),
            stored(3, TurnKind::User, r#"[{"text":"two"}]"#),
            stored(4, TurnKind::Model, r#"[{"text":"second"}]"#),
            stored(5, TurnKind::User, r#"[{"text":"three"}]"#),
        ];
        let (history, open) = History::load(turns);
        assert_eq!(texts(&history.until(3)), ["one", "", "two", "second", "three"]);
        assert_eq!(open, [3], "it has no end yet");
        assert_eq!(history.shown().len(), 4, "the mark says nothing to people");
    }

    #[test]
    fn what_was_said_before_calls_is_partial_when_the_answer_ended_there() {
        let turns = vec![
            stored(1, TurnKind::User, r#"[{"text":"one"}]"#),
            stored(2, TurnKind::Model, r#"[{"text":"let me"},{"functionCall":{"name":"f"}}]"#),
        ];
        let (history, open) = History::load(turns.clone());
        assert_eq!((open, history.shown()[1].partial), (vec![1], None));
        let (history, open) = History::load(turns.into_iter().chain([partial(3, "[]")]).collect());
        assert_eq!((open, history.shown()[1].partial), (vec![], Some(true)));
    }

    #[test]
    fn thoughts_and_signatures_are_not_shown() {
        let (history, _) = History::load(vec![stored(
            1,
            TurnKind::Model,
            r#"[{"text":"hm","thought":true},{"text":"hi"},{"text":" there","thoughtSignature":"x"}]"#,
        )]);
        let shown = serde_json::to_value(&history.shown()[0]).unwrap();
        assert_eq!(
            shown,
            serde_json::json!({ "role": "model", "parts": [{ "text": "hi there" }], "timestamp": "1970-01-01T00:00:00.001Z" })
        );
    }
}
