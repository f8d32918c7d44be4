//! The checked model of a document: every reference resolved, every clause present or absent on purpose.
//!
//! Everything downstream — generator, judge, exporters — reads this and never the YAML. Order is
//! document order everywhere, so whatever is derived is stable.

use std::time::Duration;

use serde_json::Value;

/// A place in the document, 1-based, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Location {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
}

/// A whole protocol.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    /// `protocol:`, in kebab-case.
    pub name: String,
    /// `version:`, a semantic version.
    pub version: String,
    /// `doc:`.
    pub doc: Option<String>,
    /// Namespaces it is served in; `["/"]` unless said otherwise.
    pub namespaces: Vec<String>,
    /// Roles; the first is the default. Empty when the document has none.
    pub roles: Vec<String>,
    /// Connection states.
    pub states: Vec<State>,
    /// Every error code: the document's, then the built-in ones it did not mention.
    pub errors: Vec<ErrorCode>,
    /// Name of the server event that carries refusals.
    pub refusals: Option<String>,
    /// Audiences that are rooms.
    pub audiences: Vec<Audience>,
    /// What scenarios may be given.
    pub fixtures: Vec<Fixture>,
    /// Named types.
    pub types: Vec<NamedType>,
    /// Groups of events.
    pub groups: Vec<Group>,
    /// Scenarios.
    pub scenarios: Vec<Scenario>,
}

/// A state a connection can be in.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Name, in kebab-case.
    pub name: String,
    /// `doc:`.
    pub doc: Option<String>,
    /// The code of the refusal of whoever is not in it.
    pub code: String,
    /// Where it is declared.
    pub at: Location,
}

/// An error code and its message.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorCode {
    /// The code on the wire, in kebab-case.
    pub code: String,
    /// The message on the wire.
    pub message: String,
    /// Where it is declared; `None` for a built-in code that the document does not mention.
    pub at: Option<Location>,
}

/// Codes that exist in every protocol, with the message they have unless the document says another.
pub const BUILT_IN_ERRORS: &[(&str, &str)] = &[
    ("authentication-failed", "Authentication failed"),
    ("access-denied", "Access denied"),
    ("unknown-event", "Unknown event"),
    ("invalid-message-format", "Invalid message format"),
    ("rate-limited", "Too many requests"),
    ("internal", "Internal error"),
];

/// A room that events are sent to.
#[derive(Clone, Debug, PartialEq)]
pub struct Audience {
    /// Name, in kebab-case.
    pub name: String,
    /// `doc:`.
    pub doc: Option<String>,
    /// The named type that tells one such room from another; `None` when there is just one.
    pub key: Option<String>,
    /// Where it is declared.
    pub at: Location,
}

/// Something scenarios can be given, made over HTTP.
#[derive(Clone, Debug, PartialEq)]
pub struct Fixture {
    /// Name, which is also the variable it is bound to.
    pub name: String,
    /// `doc:`.
    pub doc: Option<String>,
    /// The named type of its value.
    pub type_name: String,
    /// HTTP method, e.g. `POST`.
    pub method: String,
    /// HTTP path, e.g. `/api/sessions`.
    pub path: String,
    /// JSON body; the string `$users` stands for the array of the named clients' user ids.
    pub body: Option<Value>,
    /// The field of the JSON answer that is the value.
    pub result: String,
    /// Where it is declared.
    pub at: Location,
}

/// A named type.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedType {
    /// Name, in PascalCase.
    pub name: String,
    /// The type; its `doc` is the documentation.
    pub ty: Type,
    /// Where it is declared.
    pub at: Location,
}

/// A type with its constraints.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    /// What it is.
    pub kind: Kind,
    /// `doc:`.
    pub doc: Option<String>,
    /// Whether `null` is a value of it (`T | null`).
    pub nullable: bool,
    /// `example:`, checked against the type.
    pub example: Option<Value>,
    /// Where it stands.
    pub at: Location,
}

/// The closed set of what a type can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `string`, lengths counted in Unicode code points as JSON Schema does.
    String {
        /// `minLength`.
        min_length: Option<u64>,
        /// `maxLength`.
        max_length: Option<u64>,
        /// `pattern`, a regular expression found anywhere unless anchored.
        pattern: Option<String>,
        /// `format: date-time` (RFC 3339).
        date_time: bool,
    },
    /// `integer`, within ±(2^53 − 1).
    Integer {
        /// `minimum`.
        minimum: Option<i64>,
        /// `maximum`.
        maximum: Option<i64>,
    },
    /// `number`.
    Number {
        /// `minimum`.
        minimum: Option<f64>,
        /// `maximum`.
        maximum: Option<f64>,
    },
    /// `boolean`.
    Boolean,
    /// `binary`: a Socket.IO attachment.
    Binary,
    /// `any` JSON value.
    Any,
    /// `object`: any JSON object.
    Object,
    /// `enum: […]`.
    Enum {
        /// The values on the wire.
        values: Vec<String>,
        /// Whether other values may appear.
        open: bool,
    },
    /// `type: array` or `T[]`.
    Array {
        /// Type of the items.
        items: Box<Type>,
        /// `minItems`.
        min_items: Option<u64>,
        /// `maxItems`.
        max_items: Option<u64>,
    },
    /// `Record<string, T>`.
    Map {
        /// Type of the values.
        values: Box<Type>,
    },
    /// `fields: {…}`.
    Struct(Fields),
    /// `oneOf: {…}` told apart by the string field `tag`.
    Union {
        /// Name of the field that tells.
        tag: String,
        /// Value of the tag, and the other fields.
        variants: Vec<(String, Fields)>,
    },
    /// Another named type.
    Named(String),
}

/// The fields of an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields {
    /// In document order.
    pub fields: Vec<Field>,
    /// `additionalProperties: true`: fields that are not listed are let through.
    pub open: bool,
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Name on the wire, without the `?`.
    pub name: String,
    /// False for `name?`.
    pub required: bool,
    /// Its type; its `doc` is the field's.
    pub ty: Type,
    /// `default:` of an optional field: what the receiver takes when it is absent.
    pub default: Option<Value>,
    /// `since:`.
    pub since: Option<String>,
    /// `deprecated:`, the note.
    pub deprecated: Option<String>,
    /// `grows:`, whether it is a text that is sent again and again as it grows.
    pub grows: bool,
    /// Where it is declared.
    pub at: Location,
}

/// A group of events.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Name, in kebab-case.
    pub name: String,
    /// `title:`, or the name.
    pub title: String,
    /// `doc:`.
    pub doc: Option<String>,
    /// Namespaces that its events are of, all of the document's unless said otherwise.
    pub namespaces: Vec<String>,
    /// Events from client to server.
    pub client: Vec<ClientEvent>,
    /// Events from server to client.
    pub server: Vec<ServerEvent>,
    /// Where it is declared.
    pub at: Location,
}

/// What an event carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// Nothing: no argument, `null` or `{}`.
    None,
    /// One object with these fields.
    Fields(Fields),
    /// One value of a named type.
    Named(String),
    /// One value of a type without a name.
    Type(Box<Type>),
    /// Any number of arguments of any kind, binary included (`args: any`).
    Args,
}

/// An event from client to server.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientEvent {
    /// Name on the wire.
    pub name: String,
    /// `doc:`.
    pub doc: Option<String>,
    /// `since:`.
    pub since: Option<String>,
    /// `deprecated:`, the note.
    pub deprecated: Option<String>,
    /// `addition: true`: not in the protocol's reference.
    pub addition: bool,
    /// The role needed, from the event or else its group.
    pub role: Option<String>,
    /// The state needed.
    pub needs: Option<String>,
    /// The state that success enters.
    pub enters: Option<String>,
    /// At most this often per connection.
    pub limit: Option<Limit>,
    /// The text field of the payload by which an event that comes again is known, so that it has one effect.
    pub once: Option<String>,
    /// What it carries.
    pub payload: Payload,
    /// Whole-payload example: `example:` of the event, else assembled from the fields' examples.
    pub example: Option<Value>,
    /// The server event that answers it, whose payload is also the acknowledgement's `data`.
    pub reply: Option<String>,
    /// What the acknowledgement is, alone; never beside `reply`.
    pub returns: Option<Returns>,
    /// The codes it can be refused with, besides the built-in ones and its state's and role's.
    pub errors: Vec<String>,
    /// The contract over time.
    pub leads_to: Vec<LeadsTo>,
    /// How the judge fills the payload when it needs the state this event enters; may hold `$variables`.
    pub setup: Option<Value>,
    /// Where it is declared.
    pub at: Location,
}

/// What the acknowledgement of an event is, without `{"data": …}` around it.
#[derive(Clone, Debug, PartialEq)]
pub enum Returns {
    /// One value of a type.
    Type(Box<Type>),
    /// Any number of arguments of any kind, binary included (`returns: args`).
    Args,
}

/// `30/min`: a token bucket of `count` that refills over the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Size of the bucket.
    pub count: u32,
    /// Seconds in which it refills: 1, 60 or 3600.
    pub per_seconds: u32,
}

/// One clause of `leads-to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadsTo {
    /// Alternatives, one of which arrives.
    pub any_of: Vec<String>,
    /// How often.
    pub times: Times,
}

/// How often something arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// Exactly once.
    Once,
    /// `+`.
    OneOrMore,
    /// `*`.
    AnyNumber,
}

/// An event from server to client.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerEvent {
    /// Name on the wire.
    pub name: String,
    /// `doc:`.
    pub doc: Option<String>,
    /// `since:`.
    pub since: Option<String>,
    /// `deprecated:`, the note.
    pub deprecated: Option<String>,
    /// `addition: true`: not in the protocol's reference.
    pub addition: bool,
    /// Who receives it.
    pub to: To,
    /// `volatile: true`: it is dropped for whoever cannot take it at once.
    pub volatile: bool,
    /// What each who receives it answers.
    pub asks: Option<Asks>,
    /// What it carries.
    pub payload: Payload,
    /// Whole-payload example.
    pub example: Option<Value>,
    /// Where it is declared.
    pub at: Location,
}

/// What a server event asks for: an acknowledgement of each client that receives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Asks {
    /// `returns:`, what the acknowledgement is, alone.
    pub returns: Returns,
    /// `within:`, how long it is waited for.
    pub within: Duration,
}

/// Who receives a server event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// The connection whose event is being handled.
    Caller,
    /// Every connection.
    Everyone,
    /// Every connection of a role.
    Role(String),
    /// Everybody in an audience's room.
    Audience(String),
}

/// Several clients, steps, and what each must see.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Name, in kebab-case.
    pub name: String,
    /// `doc:`.
    pub doc: Option<String>,
    /// Client name and role.
    pub clients: Vec<(String, String)>,
    /// Fixture name and the clients it is made for, the first being who makes it.
    pub given: Vec<(String, Vec<String>)>,
    /// In order.
    pub steps: Vec<Step>,
    /// Where it is declared.
    pub at: Location,
}

/// One step of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What happens or must be seen.
    pub action: Action,
    /// Where it stands.
    pub at: Location,
}

/// What a step says. Strings `$name` inside a pattern capture at first sight and compare afterwards.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// `alice emits join-session: {…}`.
    Emits {
        /// Who.
        client: String,
        /// A client event.
        event: String,
        /// The payload as written, with `$variables`.
        payload: Option<Value>,
    },
    /// `alice gets gemini:content+: {…}`; `all gets` names every client that is connected.
    Gets {
        /// Who; `None` is `all`.
        client: Option<String>,
        /// A server event.
        event: String,
        /// How often.
        times: Times,
        /// A subset of the payload that must match.
        pattern: Option<Value>,
    },
    /// `alice is refused: CODE` — her last event is refused with this code.
    Refused {
        /// Who.
        client: String,
        /// An error code.
        code: String,
    },
    /// `alice answers which-seat: 7` — the oldest such event that she has got and not answered.
    Answers {
        /// Who.
        client: String,
        /// A server event that asks for an answer.
        event: String,
        /// The answer as written, with `$variables`; of an event that `returns: args`, the list of arguments.
        answer: Option<Value>,
    },
    /// `nobody gets error`, proven by a round trip of every connected client.
    NobodyGets {
        /// A server event.
        event: String,
    },
    /// `bob disconnects`.
    Disconnects {
        /// Who.
        client: String,
    },
    /// `bob connects` again.
    Connects {
        /// Who.
        client: String,
    },
}

impl Spec {
    /// Every client event with its group.
    pub fn client_events(&self) -> impl Iterator<Item = (&Group, &ClientEvent)> {
        self.groups.iter().flat_map(|group| group.client.iter().map(move |event| (group, event)))
    }

    /// Every server event with its group.
    pub fn server_events(&self) -> impl Iterator<Item = (&Group, &ServerEvent)> {
        self.groups.iter().flat_map(|group| group.server.iter().map(move |event| (group, event)))
    }

    /// The client event of this wire name.
    pub fn client_event(&self, name: &str) -> Option<&ClientEvent> {
        self.client_events().map(|(_, event)| event).find(|event| event.name == name)
    }

    /// The server event of this wire name.
    pub fn server_event(&self, name: &str) -> Option<&ServerEvent> {
        self.server_events().map(|(_, event)| event).find(|event| event.name == name)
    }

    /// The named type of this name.
    pub fn named_type(&self, name: &str) -> Option<&NamedType> {
        self.types.iter().find(|ty| ty.name == name)
    }

    /// The fields of a payload that is an object of known fields, through any number of names.
    pub fn fields_of<'s>(&'s self, payload: &'s Payload) -> Option<&'s Fields> {
        let mut kind = match payload {
            Payload::Fields(fields) => return Some(fields),
            Payload::Named(name) => &self.named_type(name)?.ty.kind,
            Payload::Type(ty) => &ty.kind,
            Payload::None | Payload::Args => return None,
        };
        // Names that only name each other are a mistake that is told elsewhere.
        for _ in 0..=self.types.len() {
            match kind {
                Kind::Struct(fields) => return Some(fields),
                Kind::Named(name) => kind = &self.named_type(name)?.ty.kind,
                _ => return None,
            }
        }
        None
    }

    /// The message of an error code.
    pub fn message(&self, code: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.code == code).map(|error| error.message.as_str())
    }
}
