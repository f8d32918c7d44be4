//! Types in one line: `string`, `T[]`, `Record<string, T>`, `T | null`, `(T | null)[]`.

use crate::diagnostic::Span;
use crate::model::{Kind, Location, Type};

/// How deep brackets may nest.
const MAX_DEPTH: usize = 16;

/// Reads a type; the error says what was expected.
pub(crate) fn parse(text: &str, at: Location) -> Result<Type, String> {
    let mut reader = Reader { rest: text, at };
    let ty = reader.union(0)?;
    reader.space();
    if reader.rest.is_empty() { Ok(ty) } else { Err(format!("`{}` is too much", reader.rest)) }
}

/// Every type that a line names, with the place of the name within it.
pub(crate) fn names(text: &str, span: Span) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    for part in text.split_inclusive(|c: char| !word(c)) {
        let name = part.trim_end_matches(|c: char| !word(c));
        if !name.is_empty() && !matches!(name, "Record" | "null") && builtin(name).is_none() {
            found.push((name.to_owned(), within(text, span, at, name)));
        }
        at += part.len();
    }
    found
}

/// The span of `name`, found at byte `offset` of the text of a scalar at `span`, as far as that can be told.
fn within(text: &str, span: Span, offset: usize, name: &str) -> Span {
    let quotes = match (span.end - span.start).checked_sub(text.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return span,
    };
    let start = span.start + quotes + offset;
    let column = text.get(..offset).map_or(0, |before| before.chars().count()) + quotes;
    let column = span.at.column.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
    Span { start, end: start + name.len(), at: Location { column, ..span.at } }
}

/// The kind a lower-case word stands for.
pub(crate) fn builtin(name: &str) -> Option<Kind> {
    Some(match name {
        "string" => Kind::String { min_length: None, max_length: None, pattern: None, date_time: false },
        "integer" => Kind::Integer { minimum: None, maximum: None },
        "number" => Kind::Number { minimum: None, maximum: None },
        "boolean" => Kind::Boolean,
        "binary" => Kind::Binary,
        "any" => Kind::Any,
        "object" => Kind::Object,
        _ => return None,
    })
}

/// A type without anything but its kind.
pub(crate) fn bare(kind: Kind, at: Location) -> Type {
    Type { kind, doc: None, nullable: false, example: None, at }
}

struct Reader<'t> {
    rest: &'t str,
    at: Location,
}

impl Reader<'_> {
    fn union(&mut self, depth: usize) -> Result<Type, String> {
        let mut ty = self.postfix(depth)?;
        if self.take("|") {
            if self.word() != Some("null".to_owned()) {
                return Err(
                    "only `null` can stand after `|`; other unions are written with `oneOf`".to_owned()
                );
            }
            ty.nullable = true;
        }
        Ok(ty)
    }

    fn postfix(&mut self, depth: usize) -> Result<Type, String> {
        let mut ty = self.atom(depth)?;
        let mut nested = depth;
        while self.take("[") {
            nested += 1;
            if nested > MAX_DEPTH {
                return Err(format!("nested more than {MAX_DEPTH} levels deep"));
            }
            self.expect("]")?;
            ty = bare(Kind::Array { items: Box::new(ty), min_items: None, max_items: None }, self.at);
        }
        Ok(ty)
    }

    fn atom(&mut self, depth: usize) -> Result<Type, String> {
        if depth > MAX_DEPTH {
            return Err(format!("nested more than {MAX_DEPTH} levels deep"));
        }
        if self.take("(") {
            let ty = self.union(depth + 1)?;
            self.expect(")")?;
            return Ok(ty);
        }
        let Some(word) = self.word() else { return Err("a type is missing".to_owned()) };
        if word == "Record" {
            self.expect("<")?;
            if self.word() != Some("string".to_owned()) {
                return Err("the keys of a `Record` are `string`".to_owned());
            }
            self.expect(",")?;
            let values = self.union(depth + 1)?;
            self.expect(">")?;
            return Ok(bare(Kind::Map { values: Box::new(values) }, self.at));
        }
        if word == "null" {
            return Err("`null` stands after a type, as in `string | null`".to_owned());
        }
        Ok(bare(builtin(&word).unwrap_or(Kind::Named(word)), self.at))
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, token: &str) -> bool {
        self.space();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        if self.take(token) { Ok(()) } else { Err(format!("`{token}` is missing")) }
    }

    fn word(&mut self) -> Option<String> {
        self.space();
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        (!word.is_empty()).then(|| word.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Kind {
        parse(text, Location::default()).unwrap().kind
    }

    #[test]
    fn lines_are_types() {
        assert_eq!(kind(" string "), builtin("string").unwrap());
        assert_eq!(kind("UserId"), Kind::Named("UserId".into()));
        let Kind::Array { items, .. } = kind("(Record<string, any[]> | null)[]") else { panic!() };
        assert!(items.nullable);
        let Kind::Map { values } = items.kind else { panic!() };
        assert!(matches!(values.kind, Kind::Array { .. }));
        assert!(parse("T[] | null", Location::default()).unwrap().nullable);
    }

    #[test]
    fn other_lines_are_not() {
        for bad in
            ["", "[]", "a b", "T[", "Record", "Record<integer, T>", "Record<string T>", "null", "a | b", "(a"]
        {
            assert!(parse(bad, Location::default()).is_err(), "{bad}");
        }
        assert!(parse(&"(".repeat(10_000), Location::default()).is_err());
        assert!(parse(&format!("a{}", "[]".repeat(10_000)), Location::default()).is_err());
    }

    #[test]
    fn names_have_places() {
        let span = Span { start: 10, end: 31, at: Location { line: 2, column: 5 } };
        let found = names("Record<string, Thing>", span);
        let place = Span { start: 25, end: 30, at: Location { line: 2, column: 20 } };
        assert_eq!(found, [("Thing".to_owned(), place)]);
    }
}
