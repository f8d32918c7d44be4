//! Groups and their events.

use std::time::Duration;

use super::shorthand::{bare, builtin};
use super::{Against, Identity, Literal, Lowering, Map, Style, Target};
use crate::model::{
    Asks, ClientEvent, Group, Kind, LeadsTo, Limit, Payload, Returns, ServerEvent, Times, To, Type,
};
use crate::yaml::{Content, Entry};

pub(super) const GROUP: &[&str] = &["title", "doc", "namespaces", "role", "client", "server"];
pub(super) const CLIENT: &[&str] = &[
    "doc",
    "since",
    "deprecated",
    "addition",
    "role",
    "needs",
    "limit",
    "once",
    "fields",
    "additionalProperties",
    "payload",
    "args",
    "enters",
    "reply",
    "returns",
    "errors",
    "leads-to",
    "setup",
    "example",
];
pub(super) const SERVER: &[&str] = &[
    "doc",
    "since",
    "deprecated",
    "addition",
    "to",
    "volatile",
    "returns",
    "within",
    "fields",
    "additionalProperties",
    "payload",
    "args",
    "example",
];

/// How long answers of clients are waited for, unless the event says so.
const WITHIN: Duration = Duration::from_secs(10);

/// The longest that an event can wait: whoever asks holds something meanwhile.
const LONGEST: Duration = Duration::from_secs(3600);

impl<'n> Lowering<'_, 'n> {
    pub(crate) fn group(&mut self, entry: &'n Entry, namespaces: &[String]) -> Group {
        let at = self.declared(entry, Style::Kebab, "a group");
        let map = self.map(&entry.value, entry.key_span, format!("group `{}`", entry.key), GROUP);
        let role = self.reference(&map, "role", Target::Role);
        let client = self.entries(&map, "client");
        let server = self.entries(&map, "server");
        Group {
            name: entry.key.clone(),
            title: self.text(&map, "title").unwrap_or_else(|| entry.key.clone()),
            doc: self.text(&map, "doc"),
            namespaces: self.group_namespaces(&map, namespaces),
            client: client.iter().map(|entry| self.client_event(entry, role.as_deref())).collect(),
            server: server.iter().map(|entry| self.server_event(entry)).collect(),
            at,
        }
    }

    fn client_event(&mut self, entry: &'n Entry, group_role: Option<&str>) -> ClientEvent {
        let at = self.declared(entry, Style::Event, "an event");
        let map = self.map(&entry.value, entry.key_span, format!("client event `{}`", entry.key), CLIENT);
        let payload = self.payload(&map);
        let role = self.reference(&map, "role", Target::Role);
        ClientEvent {
            name: entry.key.clone(),
            doc: self.text(&map, "doc"),
            since: self.version(&map, "since"),
            deprecated: self.text(&map, "deprecated"),
            addition: self.flag(&map, "addition"),
            role: role.or_else(|| group_role.map(str::to_owned)),
            needs: self.reference(&map, "needs", Target::State),
            enters: self.reference(&map, "enters", Target::State),
            limit: self.limit(&map),
            once: self.once(&map, &payload),
            example: self.whole(&map, "example", &payload),
            setup: self.whole(&map, "setup", &payload),
            reply: self.reference(&map, "reply", Target::ServerEvent),
            returns: self.returns(&map),
            errors: self.refusals(&map),
            leads_to: self.leads_to(&map),
            payload,
            at,
        }
    }

    fn server_event(&mut self, entry: &'n Entry) -> ServerEvent {
        let at = self.declared(entry, Style::Event, "an event");
        let map = self.map(&entry.value, entry.key_span, format!("server event `{}`", entry.key), SERVER);
        let payload = self.payload(&map);
        ServerEvent {
            name: entry.key.clone(),
            doc: self.text(&map, "doc"),
            since: self.version(&map, "since"),
            deprecated: self.text(&map, "deprecated"),
            addition: self.flag(&map, "addition"),
            to: self.to(&map),
            volatile: self.flag(&map, "volatile"),
            asks: self.asks(&map),
            example: self.whole(&map, "example", &payload),
            payload,
            at,
        }
    }

    /// `fields`, `payload` or `args`; at most one of them.
    fn payload(&mut self, map: &Map<'n>) -> Payload {
        let written: Vec<&Entry> =
            ["fields", "payload", "args"].iter().filter_map(|key| map.get(key)).collect();
        if let [first, second, ..] = written.as_slice() {
            self.problems
                .error(
                    "spec-misplaced-key",
                    second.key_span,
                    format!("`{}` beside `{}`", second.key, first.key),
                )
                .help("an event has one of `fields`, `payload` and `args`");
        }
        if let Some(entry) = map.get("additionalProperties").filter(|_| map.get("fields").is_none()) {
            self.problems.error(
                "spec-misplaced-key",
                entry.key_span,
                "`additionalProperties` without `fields`",
            );
        }
        if let Some(entry) = map.get("fields") {
            let fields = self.fields(entry, map);
            let empty = fields.fields.is_empty() && !fields.open;
            return if empty { Payload::None } else { Payload::Fields(fields) };
        }
        if let Some(entry) = map.get("payload") {
            return match &entry.value.content {
                Content::Scalar { text, .. } if is_name(text) => {
                    self.reference(map, "payload", Target::NamedType).map_or(Payload::None, Payload::Named)
                }
                _ => Payload::Type(Box::new(self.ty(&entry.value, entry.key_span, "`payload`", &[]).0)),
            };
        }
        let Some(args) = self.text(map, "args") else { return Payload::None };
        if args != "any"
            && let Some(entry) = map.get("args")
        {
            self.problems
                .error("spec-bad-value", entry.value.span, "`args` can only be `any`")
                .help("write `args: any`, or name the payload with `fields` or `payload`");
        }
        Payload::Args
    }

    /// `returns`, which cannot stand beside `reply` of a client event.
    fn returns(&mut self, map: &Map<'n>) -> Option<Returns> {
        let entry = map.get("returns")?;
        if map.get("reply").is_some() {
            self.problems
                .error("spec-misplaced-key", entry.key_span, "`returns` beside `reply`")
                .help("`reply` answers with an event and the same in the acknowledgement, `returns` with that alone");
        }
        if matches!(&entry.value.content, Content::Scalar { text, .. } if text == "args") {
            return Some(Returns::Args);
        }
        Some(Returns::Type(Box::new(self.ty(&entry.value, entry.key_span, "`returns`", &[]).0)))
    }

    /// `returns` of a server event, and `within`. What may be dropped cannot be asked.
    fn asks(&mut self, map: &Map<'n>) -> Option<Asks> {
        let within = self.within(map);
        let Some(returns) = self.returns(map) else {
            if let Some(entry) = map.get("within") {
                self.problems
                    .error("spec-misplaced-key", entry.key_span, "`within` without `returns`")
                    .help("it says how long an answer is waited for: write what it `returns`");
            }
            return None;
        };
        if let Some(entry) = map.get("volatile") {
            self.problems
                .error("spec-misplaced-key", entry.key_span, "`volatile` beside `returns`")
                .help("what may be dropped is not answered; leave one of them out");
        }
        Some(Asks { returns, within: within.unwrap_or(WITHIN) })
    }

    /// `within: 5s`.
    fn within(&mut self, map: &Map<'n>) -> Option<Duration> {
        let text = self.text(map, "within")?;
        let parsed = duration(&text).filter(|within| !within.is_zero() && *within <= LONGEST);
        if parsed.is_none()
            && let Some(entry) = map.get("within")
        {
            self.problems
                .error("spec-bad-value", entry.value.span, format!("`{text}` is no time to wait"))
                .help("write `500ms`, `5s` or `2min`; at most an hour");
        }
        parsed
    }

    /// A whole payload under `example` or `setup`.
    fn whole(&mut self, map: &Map<'n>, key: &'static str, payload: &Payload) -> Option<serde_json::Value> {
        let entry = map.get(key)?;
        let against = match payload {
            Payload::None => Against::Fields(Default::default()),
            Payload::Fields(fields) => Against::Fields(fields.clone()),
            Payload::Named(name) => Against::Type(bare(Kind::Named(name.clone()), entry.value.span.at)),
            Payload::Type(ty) => Against::Type(Type { example: None, ..(**ty).clone() }),
            // The arguments, in a list.
            Payload::Args => {
                let items = Box::new(bare(Kind::Any, entry.value.span.at));
                let list = Kind::Array { items, min_items: None, max_items: None };
                Against::Type(bare(list, entry.value.span.at))
            }
        };
        self.notes.literals.push(Literal { node: &entry.value, key, against });
        Some(entry.value.to_value())
    }

    /// `once: messageId`. What it names is looked at when all types are known.
    fn once(&mut self, map: &Map<'n>, payload: &Payload) -> Option<String> {
        let field = self.text(map, "once")?;
        let entry = map.get("once")?;
        if map.get("enters").is_some() {
            self.problems.error("spec-misplaced-key", entry.key_span, "`once` beside `enters`").help(
                "what is done once would not enter the state when it comes again over another connection",
            );
        }
        let payload = payload.clone();
        self.notes.identities.push(Identity { field: field.clone(), payload, at: entry.value.span });
        Some(field)
    }

    /// `30/min`.
    fn limit(&mut self, map: &Map<'n>) -> Option<Limit> {
        let Content::Scalar { text, .. } = &map.get("limit")?.value.content else {
            return self.text(map, "limit").and(None);
        };
        let limit = text.split_once('/').and_then(|(count, period)| {
            let per_seconds = match period.trim() {
                "s" => 1,
                "min" => 60,
                "h" => 3600,
                _ => return None,
            };
            let count = count.trim().parse().ok().filter(|count| *count > 0)?;
            Some(Limit { count, per_seconds })
        });
        if limit.is_none()
            && let Some(entry) = map.get("limit")
        {
            self.problems
                .error("spec-bad-limit", entry.value.span, format!("`{text}` is not a limit"))
                .help("write how often, at least once, and per what: `20/s`, `30/min` or `100/h`");
        }
        limit
    }

    fn refusals(&mut self, map: &Map<'n>) -> Vec<String> {
        let mut codes = Vec::new();
        for (code, at) in self.texts(map, "errors") {
            self.refers(Target::Error, &code, at);
            self.unless_twice(&mut codes, code, at);
        }
        codes
    }

    /// `[a*, b+, 'c | d']`.
    fn leads_to(&mut self, map: &Map<'n>) -> Vec<LeadsTo> {
        let mut clauses = Vec::new();
        for (text, at) in self.texts(map, "leads-to") {
            let (names, times) = times(&text);
            let any_of: Vec<String> = names.split('|').map(|name| name.trim().to_owned()).collect();
            if any_of.iter().any(|name| name.is_empty() || name.contains(['*', '+'])) {
                self.problems
                    .error("spec-bad-value", at, format!("`{text}` is not a clause of `leads-to`"))
                    .help("write an event, `event*` for any number, `event+` for at least one, or `one | another`");
                continue;
            }
            for name in &any_of {
                self.refers(Target::ServerEvent, name, at);
            }
            clauses.push(LeadsTo { any_of, times });
        }
        clauses
    }

    /// `caller`, `everyone`, `role NAME` or an audience.
    fn to(&mut self, map: &Map<'n>) -> To {
        let text = self.required_text(map, "to");
        let Some(entry) = map.get("to").filter(|_| !text.is_empty()) else { return To::Caller };
        let at = entry.value.span;
        match text.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["caller"] => To::Caller,
            ["everyone"] => To::Everyone,
            ["role", name] => {
                self.refers(Target::Role, name, at);
                To::Role((*name).to_owned())
            }
            [name] => {
                self.refers(Target::Audience, name, at);
                To::Audience((*name).to_owned())
            }
            _ => {
                self.problems
                    .error("spec-bad-value", at, format!("`{text}` is nobody an event can be sent to"))
                    .help("write `caller`, `everyone`, `role NAME` or the name of an audience");
                To::Caller
            }
        }
    }
}

/// Whether a line can only be the name of a declared type.
fn is_name(line: &str) -> bool {
    builtin(line).is_none() && line.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// Splits the `*` or `+` from what it follows.
pub(crate) fn times(text: &str) -> (&str, Times) {
    let text = text.trim();
    if let Some(name) = text.strip_suffix('*') {
        (name.trim_end(), Times::AnyNumber)
    } else if let Some(name) = text.strip_suffix('+') {
        (name.trim_end(), Times::OneOrMore)
    } else {
        (text, Times::Once)
    }
}

/// `500ms`, `5s`, `2min`, `1h`.
fn duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = text.split_at_checked(digits)?;
    let count: u64 = count.parse().ok()?;
    match unit.trim_start() {
        "ms" => Some(Duration::from_millis(count)),
        "s" => Some(Duration::from_secs(count)),
        "min" => count.checked_mul(60).map(Duration::from_secs),
        "h" => count.checked_mul(3600).map(Duration::from_secs),
        _ => None,
    }
}
