//! Types: one line, or a mapping with constraints.

use serde_json::Value;

use super::shorthand::{bare, builtin, names, parse};
use super::{Against, Literal, Lowering, Map, Style, Target};
use crate::diagnostic::Span;
use crate::json::{MAX_MADE_UP, MAX_SAFE_INTEGER};
use crate::model::{Field, Fields, Kind, NamedType, Type};
use crate::yaml::{Content, Entry, Node};

pub(super) const CONSTRAINTS: &[&str] = &[
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "items",
    "minItems",
    "maxItems",
    "enum",
    "open",
    "fields",
    "additionalProperties",
    "oneOf",
    "tag",
];
pub(super) const TYPE: &[&str] = &["type", "doc", "example"];
pub(super) const FIELD: &[&str] = &["default", "since", "deprecated", "grows"];

/// Which constraints a kind has.
fn constraints(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::String { .. } => &["minLength", "maxLength", "pattern", "format"],
        Kind::Integer { .. } | Kind::Number { .. } => &["minimum", "maximum"],
        Kind::Enum { .. } => &["enum", "open"],
        Kind::Array { .. } => &["items", "minItems", "maxItems"],
        Kind::Struct(_) => &["fields", "additionalProperties"],
        Kind::Union { .. } => &["oneOf", "tag"],
        Kind::Boolean | Kind::Binary | Kind::Any | Kind::Object | Kind::Map { .. } | Kind::Named(_) => &[],
    }
}

impl<'n> Lowering<'_, 'n> {
    pub(crate) fn named_types(&mut self, top: &Map<'n>) -> Vec<NamedType> {
        let mut types = Vec::new();
        for entry in self.entries(top, "types") {
            let at = self.declared(entry, Style::Pascal, "a type");
            if entry.key == "Record" {
                self.problems.error("spec-bad-name", entry.key_span, "`Record` has a meaning of its own");
            }
            let what = format!("type `{}`", entry.key);
            let (ty, _) = self.ty(&entry.value, entry.key_span, &what, &[]);
            types.push(NamedType { name: entry.key.clone(), ty, at });
        }
        types
    }

    /// A type, and the mapping it is written as, if it is one.
    pub(super) fn ty(
        &mut self,
        node: &'n Node,
        at: Span,
        what: &str,
        more: &[&'static str],
    ) -> (Type, Option<Map<'n>>) {
        match &node.content {
            Content::Scalar { text, value: Value::String(_) } => (self.line(text, node.span), None),
            Content::Mapping(_) => {
                let known: Vec<&str> = TYPE.iter().chain(more).chain(CONSTRAINTS).copied().collect();
                let map = self.map(node, at, what, &known);
                (self.type_mapping(&map, node), Some(map))
            }
            _ => {
                self.problems
                    .error(
                        "spec-wrong-kind",
                        node.span,
                        format!("{what} must be a type, not {}", node.kind()),
                    )
                    .help("write a name like `string`, or a mapping like `{ type: string, maxLength: 64 }`");
                (bare(Kind::Any, node.span.at), None)
            }
        }
    }

    /// A type in one line.
    fn line(&mut self, text: &str, span: Span) -> Type {
        self.place(span);
        match parse(text, span.at) {
            Ok(ty) => {
                for (name, at) in names(text, span) {
                    self.refers(Target::Type, &name, at);
                }
                ty
            }
            Err(message) => {
                self.problems
                    .error("spec-bad-type", span, format!("`{text}` is not a type: {message}"))
                    .help("types in one line: string, Name, T[], Record<string, T>, T | null");
                bare(Kind::Any, span.at)
            }
        }
    }

    fn type_mapping(&mut self, map: &Map<'n>, node: &'n Node) -> Type {
        let written = map.get("type").and_then(|entry| {
            let text = self.as_text(&entry.value, "type")?;
            Some((text, entry.value.span))
        });
        let mut ty = match &written {
            // `array` is written with `items` beside it.
            Some((text, span)) if base(text) == "array" => {
                let mut ty = self.line(&text.replacen("array", "any[]", 1), *span);
                ty.at = node.span.at;
                ty
            }
            Some((text, span)) => self.line(text, *span),
            None => bare(Kind::Any, node.span.at),
        };
        self.place(node.span);
        ty.at = node.span.at;
        let declared = written.as_ref().map(|(text, _)| base(text));
        let untyped = |allowed: &str| declared.is_none_or(|name| name == allowed);
        if let Some(entry) = map.get("enum").filter(|_| untyped("string")) {
            ty.kind = self.enumeration(map, entry);
        } else if let Some(entry) = map.get("fields").filter(|_| untyped("object")) {
            ty.kind = Kind::Struct(self.fields(entry, map));
        } else if let Some(entry) = map.get("oneOf").filter(|_| untyped("object")) {
            ty.kind = self.union(map, entry);
        } else if declared.is_none() && map.get("type").is_none() {
            self.missing(map, "type");
            return ty;
        }
        self.constrain(&mut ty.kind, map, declared == Some("array"));
        self.misplaced(&ty.kind, map);
        ty.doc = self.text(map, "doc");
        if let Some(entry) = map.get("example") {
            ty.example = Some(entry.value.to_value());
            let against = Against::Type(Type { example: None, ..ty.clone() });
            self.notes.literals.push(Literal { node: &entry.value, key: "example", against });
        }
        ty
    }

    /// Reads the constraints of a kind.
    fn constrain(&mut self, kind: &mut Kind, map: &Map<'n>, explicit_array: bool) {
        match kind {
            Kind::String { min_length, max_length, pattern, date_time } => {
                (*min_length, *max_length) = self.counts(map, "minLength", "maxLength");
                *pattern = self.text(map, "pattern");
                if let (Some(pattern), Some(entry)) = (pattern, map.get("pattern")) {
                    self.notes.patterns.push((pattern.clone(), entry.value.span));
                }
                *date_time = self.date_time(map);
            }
            Kind::Integer { minimum, maximum } => {
                *minimum = self.safe_integer(map, "minimum");
                *maximum = self.safe_integer(map, "maximum");
                self.ordered(map, ("minimum", *minimum), ("maximum", *maximum));
            }
            Kind::Number { minimum, maximum } => {
                *minimum = self.number(map, "minimum");
                *maximum = self.number(map, "maximum");
                self.ordered(map, ("minimum", *minimum), ("maximum", *maximum));
            }
            Kind::Array { items, min_items, max_items } => {
                (*min_items, *max_items) = self.counts(map, "minItems", "maxItems");
                match map.get("items") {
                    Some(entry) if explicit_array => {
                        **items = self.ty(&entry.value, entry.key_span, "`items`", &[]).0
                    }
                    Some(entry) => {
                        self.problems
                            .error("spec-misplaced-key", entry.key_span, "`items` is for `type: array`")
                            .help("`T[]` says already what its items are");
                    }
                    None if explicit_array => self.missing(map, "items"),
                    None => {}
                }
            }
            _ => {}
        }
    }

    /// Reports constraints that the kind does not have.
    fn misplaced(&mut self, kind: &Kind, map: &Map<'n>) {
        let allowed = constraints(kind);
        for key in CONSTRAINTS.iter().filter(|key| !allowed.contains(key)) {
            let Some(entry) = map.get(key) else { continue };
            let help = match (kind, allowed) {
                (Kind::Named(name), _) => {
                    format!("constraints belong to `{name}` itself; or write a type in place")
                }
                (_, []) => "this type has no constraints".to_owned(),
                _ => format!("this type has: {}", allowed.join(", ")),
            };
            self.problems
                .error("spec-misplaced-key", entry.key_span, format!("`{key}` does not fit this type"))
                .help(help);
        }
    }

    fn date_time(&mut self, map: &Map<'n>) -> bool {
        let Some(format) = self.text(map, "format") else { return false };
        if format != "date-time"
            && let Some(entry) = map.get("format")
        {
            self.problems
                .error("spec-bad-value", entry.value.span, format!("`{format}` is not a known format"))
                .help("known: date-time");
        }
        format == "date-time"
    }

    fn enumeration(&mut self, map: &Map<'n>, entry: &'n Entry) -> Kind {
        let values = self.names(map, "enum", Style::Visible, "an enum value");
        if values.is_empty() && matches!(entry.value.content, Content::Sequence(_)) {
            self.problems.error("spec-bad-value", entry.value.span, "an enum needs at least one value");
        }
        Kind::Enum { values, open: self.flag(map, "open") }
    }

    fn union(&mut self, map: &Map<'n>, entry: &'n Entry) -> Kind {
        let tag = self.required_text(map, "tag");
        let mut variants = Vec::new();
        for variant in self.mapping(&entry.value, "`oneOf`") {
            self.declared(variant, Style::Visible, "a variant");
            let what = format!("variant `{}`", variant.key);
            let inner = self.map(&variant.value, variant.key_span, what, &["fields", "additionalProperties"]);
            let fields = inner.get("fields").map(|entry| self.fields(entry, &inner)).unwrap_or_default();
            if fields.fields.iter().any(|field| field.name == tag) {
                self.problems
                    .error(
                        "spec-duplicate",
                        variant.key_span,
                        format!("the tag `{tag}` is a field of the variant too"),
                    )
                    .help("leave the field out; the tag is always there");
            }
            variants.push((variant.key.clone(), fields));
        }
        if variants.is_empty() {
            self.problems.error("spec-bad-value", entry.key_span, "`oneOf` needs at least one variant");
        }
        Kind::Union { tag, variants }
    }

    /// The fields under `fields:`, of the mapping that may hold `additionalProperties` too.
    pub(crate) fn fields(&mut self, entry: &'n Entry, map: &Map<'n>) -> Fields {
        let mut fields: Vec<Field> = Vec::new();
        for entry in self.mapping(&entry.value, "`fields`") {
            let field = self.field(entry);
            if fields.iter().any(|other| other.name == field.name) {
                self.problems
                    .error(
                        "spec-duplicate",
                        entry.key_span,
                        format!("the field `{}` exists already", field.name),
                    )
                    .help("a field is either required, `name`, or optional, `name?`");
            } else {
                fields.push(field);
            }
        }
        Fields { fields, open: self.flag(map, "additionalProperties") }
    }

    fn field(&mut self, entry: &'n Entry) -> Field {
        let (name, required) = match entry.key.strip_suffix('?') {
            Some(name) => (name, false),
            None => (entry.key.as_str(), true),
        };
        self.name(Style::Visible, "a field", name, entry.key_span);
        let (ty, map) = self.ty(&entry.value, entry.key_span, &format!("field `{name}`"), FIELD);
        let at = self.place(entry.key_span);
        let mut field = Field {
            name: name.to_owned(),
            required,
            ty,
            default: None,
            since: None,
            deprecated: None,
            grows: false,
            at,
        };
        let Some(map) = map else { return field };
        field.since = self.version(&map, "since");
        field.deprecated = self.text(&map, "deprecated");
        if let Some(default) = map.get("default") {
            if required {
                self.problems
                    .error("spec-misplaced-key", default.key_span, "a required field has no default")
                    .help(format!("write `{name}?` to make it optional"));
            }
            field.default = Some(default.value.to_value());
            let against = Against::Type(field.ty.clone());
            self.notes.literals.push(Literal { node: &default.value, key: "default", against });
        }
        field.grows = self.grows(&map, &field);
        field
    }

    /// Whether a field is a text that grows; it must be able to.
    fn grows(&mut self, map: &Map<'n>, field: &Field) -> bool {
        let Some(entry) = map.get("grows").filter(|_| self.flag(map, "grows")) else { return false };
        let plain = Kind::String { min_length: None, max_length: None, pattern: None, date_time: false };
        if field.ty.kind == plain && !field.ty.nullable && field.default.is_none() {
            return true;
        }
        self.problems
            .error("spec-misplaced-key", entry.key_span, "only a plain text grows")
            .help("write `type: string`, without constraints, `null` or a default");
        false
    }

    fn counts(&mut self, map: &Map<'n>, least: &str, most: &str) -> (Option<u64>, Option<u64>) {
        let low = self.constraint(map, least, "a whole number from 0", Value::as_u64);
        let high = self.constraint(map, most, "a whole number from 0", Value::as_u64);
        if let Some(entry) = map.get(least).filter(|_| low.is_some_and(|count| count > MAX_MADE_UP)) {
            self.problems.error(
                "spec-bad-value",
                entry.value.span,
                format!("`{least}` is at most {MAX_MADE_UP}"),
            );
        }
        self.ordered(map, (least, low), (most, high));
        (low, high)
    }

    fn safe_integer(&mut self, map: &Map<'n>, key: &str) -> Option<i64> {
        self.constraint(map, key, "an integer within ±(2^53 − 1)", |value| {
            value.as_i64().filter(|number| number.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs())
        })
    }

    fn number(&mut self, map: &Map<'n>, key: &str) -> Option<f64> {
        self.constraint(map, key, "a number", Value::as_f64)
    }

    fn constraint<T>(
        &mut self,
        map: &Map<'n>,
        key: &str,
        what: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let entry = map.get(key)?;
        let number = read(&entry.value.to_value());
        if number.is_none() {
            self.problems.error("spec-bad-value", entry.value.span, format!("`{key}` must be {what}"));
        }
        number
    }

    fn ordered<T: PartialOrd>(&mut self, map: &Map<'n>, low: (&str, Option<T>), high: (&str, Option<T>)) {
        if let (Some(least), Some(most), Some(entry)) = (low.1, high.1, map.get(low.0))
            && least > most
        {
            self.problems
                .error("spec-bad-bounds", entry.value.span, format!("`{}` is above `{}`", low.0, high.0))
                .label("no value can be right");
        }
    }
}

/// The word of a type line without `| null`.
fn base(text: &str) -> &str {
    let word = text.split('|').next().unwrap_or_default().trim();
    if builtin(word).is_some() || word == "array" { word } else { "" }
}
