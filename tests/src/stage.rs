//! What the clients of one case share: users, tokens, fixtures, and how a state is reached.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher};

use parlance_spec::json::{example, payload_example};
use parlance_spec::model::{ClientEvent, Fields, Fixture, Kind, Payload, Spec, Type};
use parlance_spec::namespace::Keyed;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use crate::connection::Connection;
use crate::exchange::{Answer, Client};
use crate::failure::Trouble;
use crate::http;
use crate::pattern::{Variables, fill};
use crate::target::Target;
use crate::transcript::{Transcript, cut};

/// Types that refer to each other deeper than this are left as they are.
const MAX_DEPTH: usize = 32;

/// One case's surroundings.
pub(crate) struct Stage<'a> {
    pub(crate) spec: &'a Spec,
    target: &'a Target,
    transcript: &'a Transcript,
    deadline: Instant,
    /// Makes the users of this run differ from those of every other.
    run: String,
    /// A client keeps its token when it connects again.
    tokens: BTreeMap<(String, String), String>,
    /// Where clients connect to.
    namespace: String,
}

impl<'a> Stage<'a> {
    pub(crate) fn new(
        spec: &'a Spec,
        target: &'a Target,
        transcript: &'a Transcript,
        deadline: Instant,
    ) -> Stage<'a> {
        // The keys of a hasher's state are random, which is all that is needed here.
        let run = std::collections::hash_map::RandomState::new().build_hasher().finish();
        let namespace = filled(spec, spec.namespaces.first().map_or("/", String::as_str));
        let run = format!("{run:016x}");
        Stage { spec, target, transcript, deadline, run, tokens: BTreeMap::new(), namespace }
    }

    /// Clients connect to where these events are from now on, if there is such a place.
    pub(crate) fn go_to(&mut self, events: &[&str]) {
        let has = |namespace: &str, event: &str| {
            self.spec.groups.iter().any(|group| {
                group.namespaces.iter().any(|known| known == namespace)
                    && (group.client.iter().any(|known| known.name == event)
                        || group.server.iter().any(|known| known.name == event))
            })
        };
        let found =
            self.spec.namespaces.iter().find(|namespace| events.iter().all(|event| has(namespace, event)));
        if let Some(found) = found {
            self.namespace = filled(self.spec, found);
        }
    }

    /// What no event has been known by: as generated clients make it up.
    pub(crate) fn identity(&self) -> String {
        let made_up = || std::collections::hash_map::RandomState::new().build_hasher().finish();
        format!("{:016x}{:016x}", made_up(), made_up())
    }

    /// The role of whoever has no reason for another.
    pub(crate) fn default_role(&self) -> &'a str {
        self.spec.roles.first().map_or("", String::as_str)
    }

    /// The user id of a client.
    fn user(&self, name: &str) -> String {
        format!("{name}-{}", self.run)
    }

    fn token(&mut self, name: &str, role: &str) -> Result<String, Trouble> {
        let key = (name.to_owned(), role.to_owned());
        if let Some(token) = self.tokens.get(&key) {
            return Ok(token.clone());
        }
        let token = self.target.token(&self.user(name), role);
        let token =
            token.map_err(|problem| Trouble::new(format!("a token for the role {role:?}"), problem))?;
        self.tokens.insert(key, token.clone());
        Ok(token)
    }

    /// A connection that has not joined a namespace.
    pub(crate) async fn open(&self, name: &str) -> Result<Connection, Trouble> {
        Connection::open(&self.target.url, name, &self.namespace, self.transcript, self.deadline).await
    }

    /// A client with a token of its own.
    pub(crate) async fn connect(&mut self, name: &str, role: &str) -> Result<Client<'a>, Trouble> {
        let auth = match self.spec.roles.is_empty() {
            true => None,
            false => Some(json!({ "token": self.token(name, role)? })),
        };
        let connection = self.open(name).await?;
        let joined = Client::join(self.spec, name, connection, auth.as_ref()).await?;
        joined.map_err(|error| {
            Trouble::new(format!("{name} to be connected as {role:?}"), cut(&error.to_string()))
        })
    }

    /// Makes a fixture for the clients, the first of whom asks for it.
    pub(crate) async fn make(
        &mut self,
        fixture: &Fixture,
        clients: &[(&str, &str)],
    ) -> Result<Value, Trouble> {
        let token = match clients.first() {
            Some((name, role)) if !self.spec.roles.is_empty() => Some(self.token(name, role)?),
            _ => None,
        };
        let users: Vec<String> = clients.iter().map(|(name, _)| self.user(name)).collect();
        let body = fixture.body.as_ref().map(|body| with_users(body, &json!(users)));
        let sent = format!("{} {} {}", fixture.method, fixture.path, body.as_ref().unwrap_or(&Value::Null));
        self.transcript.note(&format!("{} → {sent}", clients.first().map_or("nobody", |(name, _)| name)));
        let expected = format!("the fixture `{}`", fixture.name);
        let wrong = |problem: String| Trouble::new(expected.clone(), problem).sent(&sent).at(fixture.at);
        let request =
            http::request(&self.target.url, &fixture.method, &fixture.path, token.as_deref(), body.as_ref());
        let answer = match timeout_at(self.deadline, request).await {
            Ok(answer) => answer.map_err(wrong)?,
            Err(_) => return Err(wrong("no answer until the deadline".to_owned())),
        };
        self.transcript.note(&format!("     ← {answer}"));
        let missing = || wrong(cut(&format!("no field `{}` in {answer}", fixture.result)));
        answer.get(&fixture.result).cloned().ok_or_else(missing)
    }

    /// Every fixture, made for one client, under its name.
    pub(crate) async fn fixtures(&mut self, name: &str, role: &str) -> Result<Variables, Trouble> {
        let mut made = Variables::new();
        for fixture in &self.spec.fixtures {
            made.insert(fixture.name.clone(), self.make(fixture, &[(name, role)]).await?);
        }
        Ok(made)
    }

    /// The event that enters a state.
    pub(crate) fn entrance(&self, state: &str) -> Option<&'a ClientEvent> {
        let enters = |event: &&ClientEvent| event.enters.as_deref() == Some(state);
        let all: Vec<&ClientEvent> =
            self.spec.client_events().map(|(_, event)| event).filter(enters).collect();
        all.iter().find(|event| event.setup.is_some()).or(all.first()).copied()
    }

    /// Brings a client into a state, and into whatever states come before it.
    pub(crate) async fn enter(
        &self,
        client: &mut Client<'a>,
        state: &str,
        fixtures: &Variables,
    ) -> Result<(), Trouble> {
        let mut way = Vec::new();
        let mut wanted = Some(state);
        while let Some(state) = wanted {
            let entrance = self.entrance(state);
            let entrance = entrance.filter(|_| way.len() < self.spec.states.len());
            let Some(event) = entrance else {
                let at = self.spec.states.iter().find(|known| known.name == state).map(|known| known.at);
                let trouble =
                    Trouble::new(format!("an event that enters `{state}`"), "none that can be sent");
                return Err(Trouble { at, ..trouble });
            };
            way.push(event);
            wanted = event.needs.as_deref();
        }
        for event in way.into_iter().rev() {
            let payload = match &event.setup {
                Some(setup) => Some(fill(setup, fixtures).map_err(|variable| {
                    Trouble::new(format!("a fixture for ${variable}"), "no fixture of that name").at(event.at)
                })?),
                None => {
                    let example = payload_example(self.spec, &event.payload, event.example.as_ref());
                    example.map(|example| self.at_home(&event.payload, example, fixtures))
                }
            };
            let answer = client.ask(&event.name, &arguments(event, payload)).await?;
            if let Answer::Refused(_) = answer {
                let expected = format!("`{}` to succeed, as it is the way into `{state}`", event.name);
                return Err(Trouble::new(expected, answer.describe()).sent(&client.last_sent).at(event.at));
            }
        }
        Ok(())
    }

    /// The payload with the value of a fixture wherever its type is that of a fixture.
    pub(crate) fn at_home(&self, payload: &Payload, mut value: Value, fixtures: &Variables) -> Value {
        match payload {
            Payload::Fields(fields) => self.fields_at_home(fields, &mut value, fixtures, 0),
            Payload::Named(name) => self.named_at_home(name, &mut value, fixtures, 0),
            Payload::Type(ty) => self.type_at_home(ty, &mut value, fixtures, 0),
            Payload::None | Payload::Args => {}
        }
        value
    }

    fn fields_at_home(&self, fields: &Fields, value: &mut Value, fixtures: &Variables, depth: usize) {
        for field in &fields.fields {
            if let Some(inner) = value.get_mut(&field.name) {
                self.type_at_home(&field.ty, inner, fixtures, depth);
            }
        }
    }

    fn named_at_home(&self, name: &str, value: &mut Value, fixtures: &Variables, depth: usize) {
        let fixture = self.spec.fixtures.iter().find(|fixture| fixture.type_name == name);
        if let Some(made) = fixture.and_then(|fixture| fixtures.get(&fixture.name)) {
            *value = made.clone();
        } else if let Some(named) = self.spec.named_type(name).filter(|_| depth < MAX_DEPTH) {
            self.type_at_home(&named.ty, value, fixtures, depth + 1);
        }
    }

    fn type_at_home(&self, ty: &Type, value: &mut Value, fixtures: &Variables, depth: usize) {
        match (&ty.kind, value) {
            (Kind::Named(name), value) => self.named_at_home(name, value, fixtures, depth),
            (Kind::Struct(fields), value) => self.fields_at_home(fields, value, fixtures, depth),
            (Kind::Array { items, .. }, Value::Array(list)) => {
                list.iter_mut().for_each(|item| self.type_at_home(items, item, fixtures, depth));
            }
            (Kind::Map { values }, Value::Object(map)) => {
                map.values_mut().for_each(|item| self.type_at_home(values, item, fixtures, depth));
            }
            _ => {}
        }
    }
}

/// A namespace that can be joined: where there is a key, with the example of its type.
fn filled(spec: &Spec, namespace: &str) -> String {
    let Some(keyed) = Keyed::of(namespace) else { return namespace.to_owned() };
    let example = spec.named_type(keyed.key).map(|named| example(spec, &named.ty));
    keyed.with(example.as_ref().and_then(Value::as_str).unwrap_or_default())
}

/// What follows the name of an event on the wire.
pub(crate) fn arguments(event: &ClientEvent, payload: Option<Value>) -> Vec<Value> {
    match (&event.payload, payload) {
        (Payload::Args, Some(Value::Array(arguments))) => arguments,
        (_, payload) => payload.into_iter().collect(),
    }
}

/// The body with the user ids wherever it says `$users`.
fn with_users(body: &Value, users: &Value) -> Value {
    match body {
        Value::String(text) if text == "$users" => users.clone(),
        Value::Array(list) => list.iter().map(|item| with_users(item, users)).collect(),
        Value::Object(map) => {
            Value::Object(map.iter().map(|(key, value)| (key.clone(), with_users(value, users))).collect())
        }
        other => other.clone(),
    }
}
