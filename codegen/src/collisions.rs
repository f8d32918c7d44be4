//! Wire names that become one Rust name, or one that the generator needs itself.

use std::collections::BTreeMap;

use parlance_spec::model::{Asks, Fields, Kind, Location, Payload, Returns, Type};

use crate::names::{client_method, pascal, snake, target_method};
use crate::plan::{Plan, Side, context_name, returned_name};
use crate::rust::{target_ident, trait_name};

/// A mistake and its place.
type Problems = Vec<(Location, String)>;

/// Names at the top of a generated module.
const TOP: [&str; 7] = ["Application", "Connected", "Connection", "Emitter", "Identity", "Protocol", "Role"];

/// Methods of every context.
const CONTEXT: [&str; 10] = [
    "after_reply",
    "caller",
    "disconnect",
    "emit",
    "limits",
    "namespace",
    "role",
    "room",
    "socket_id",
    "user",
];

/// Methods of the emitter.
const EMITTER: [&str; 3] = ["caller", "everyone", "new"];

/// All of a document, for one side.
pub(crate) fn collisions(plan: &Plan<'_>) -> Problems {
    let mut problems = Problems::new();
    let mut methods = Scope::default();
    for (_, event) in plan.spec.client_events() {
        let method = match plan.side {
            Side::Client => client_method(&event.name),
            Side::Server => snake(&event.name),
        };
        methods.add(method, &event.name, event.at, &mut problems);
    }
    let mut variants = Scope::default();
    for (_, event) in plan.spec.server_events() {
        variants.add(snake(&event.name), &event.name, event.at, &mut problems);
    }
    for (owner, fields) in plan.all_fields() {
        let mut members = Scope::default();
        for field in &fields.fields {
            members.add(snake(&field.name), &format!("{owner}.{}", field.name), field.at, &mut problems);
        }
    }
    types(plan, &mut problems);
    let mut codes = Scope::default();
    for error in plan.spec.errors.iter().filter(|_| plan.side == Side::Client) {
        codes.add(pascal(&error.code), &error.code, error.at.unwrap_or_default(), &mut problems);
    }
    if plan.side == Side::Server {
        top(plan, &mut problems);
        contexts(plan, &mut problems);
        emitter(plan, &mut problems);
    }
    problems
}

/// What the modules `types`, `client_events` and `server_events` declare.
fn types(plan: &Plan<'_>, problems: &mut Problems) {
    let mut scope = Scope::default();
    for named in &plan.spec.types {
        scope.add(pascal(&named.name), &named.name, named.at, problems);
    }
    for named in &plan.spec.types {
        let name = pascal(&named.name);
        let inline = if declares(&named.ty) { name } else { format!("{name}Inner") };
        within(&named.ty, &inline, &named.name, named.at, &mut scope, problems);
    }
    let client = plan.spec.client_events().map(|(_, event)| (event.name.as_str(), &event.payload, event.at));
    let mut scope = Scope::default();
    payloads(&client.collect::<Vec<_>>(), &mut scope, problems);
    for (_, event) in plan.spec.client_events() {
        if let Some(Returns::Type(ty)) = &event.returns {
            let wire = format!("{} returns", event.name);
            inline(ty, &returned_name(&event.name), &wire, event.at, &mut scope, problems);
        }
    }
    let server = plan.spec.server_events().map(|(_, event)| (event.name.as_str(), &event.payload, event.at));
    let mut scope = Scope::default();
    payloads(&server.collect::<Vec<_>>(), &mut scope, problems);
    for (_, event) in plan.spec.server_events() {
        if let Some(Asks { returns: Returns::Type(ty), .. }) = &event.asks {
            let wire = format!("{} returns", event.name);
            inline(ty, &returned_name(&event.name), &wire, event.at, &mut scope, problems);
        }
    }
}

fn payloads(events: &[(&str, &Payload, Location)], scope: &mut Scope, problems: &mut Problems) {
    for (name, _, at) in events {
        scope.add(pascal(name), name, *at, problems);
    }
    for (name, payload, at) in events {
        match payload {
            Payload::Fields(fields) => members(fields, &pascal(name), name, scope, problems),
            Payload::Type(ty) => {
                let rust = pascal(name);
                let rust = if declares(ty) { rust } else { format!("{rust}Inner") };
                within(ty, &rust, name, *at, scope, problems);
            }
            Payload::None | Payload::Named(_) | Payload::Args => {}
        }
    }
}

/// Whether a type is declared under the name that it is given.
fn declares(ty: &Type) -> bool {
    matches!(ty.kind, Kind::Struct(_) | Kind::Enum { .. } | Kind::Union { .. })
}

/// What a type declares within: nothing of its own name, which whoever gave it has added.
fn within(ty: &Type, rust: &str, wire: &str, at: Location, scope: &mut Scope, problems: &mut Problems) {
    match &ty.kind {
        Kind::Struct(fields) => members(fields, rust, wire, scope, problems),
        Kind::Enum { values, open } => {
            let mut variants = Scope::with(if *open { &["Other"] } else { &[] });
            for value in values {
                variants.add(pascal(value), &format!("{wire}.{value}"), at, problems);
            }
        }
        Kind::Union { variants, .. } => {
            let mut names = Scope::default();
            for (name, fields) in variants {
                names.add(pascal(name), &format!("{wire}.{name}"), at, problems);
                members(
                    fields,
                    &format!("{rust}{}", pascal(name)),
                    &format!("{wire}.{name}"),
                    scope,
                    problems,
                );
            }
        }
        Kind::Array { items, .. } => inline(items, &format!("{rust}Item"), wire, at, scope, problems),
        Kind::Map { values } => inline(values, &format!("{rust}Value"), wire, at, scope, problems),
        _ => {}
    }
}

fn inline(ty: &Type, rust: &str, wire: &str, at: Location, scope: &mut Scope, problems: &mut Problems) {
    if declares(ty) {
        scope.add(rust.to_owned(), wire, at, problems);
    }
    within(ty, rust, wire, at, scope, problems);
}

fn members(fields: &Fields, rust: &str, wire: &str, scope: &mut Scope, problems: &mut Problems) {
    for field in &fields.fields {
        let (rust, wire) = (format!("{rust}{}", pascal(&field.name)), format!("{wire}.{}", field.name));
        inline(&field.ty, &rust, &wire, field.at, scope, problems);
    }
}

/// Contexts, traits and targets.
fn top(plan: &Plan<'_>, problems: &mut Problems) {
    let mut scope = Scope::with(&TOP);
    for group in plan.handler_groups() {
        scope.add(trait_name(group).to_string(), &group.name, group.at, problems);
    }
    for to in plan.targets() {
        let name = target_ident(&to).to_string();
        scope.0.insert(name.clone(), format!("the generated `{name}`"));
    }
    let at = plan.spec.states.first().map_or_else(Location::default, |state| state.at);
    for (role, state) in plan.contexts() {
        if let Some(name) = context_name(role, state) {
            let wire = [role, state].into_iter().flatten().collect::<Vec<_>>().join(" in ");
            scope.add(name, &wire, at, problems);
        }
    }
    let mut roles = Scope::default();
    for role in &plan.spec.roles {
        roles.add(pascal(role), role, at, problems);
    }
}

/// Methods of a connection.
fn contexts(plan: &Plan<'_>, problems: &mut Problems) {
    let mut scope = Scope::with(&CONTEXT);
    for key in plan.namespace_keys() {
        let at = plan.spec.named_type(key).map_or_else(Location::default, |named| named.at);
        scope.add(snake(key), &format!("the key {key}"), at, problems);
    }
    for state in &plan.spec.states {
        let (name, wire) = (snake(&state.name), format!("the state {}", state.name));
        scope.add(format!("leave_{name}"), &wire, state.at, problems);
        scope.add(name, &wire, state.at, problems);
    }
    for audience in &plan.spec.audiences {
        let (name, wire) = (snake(&audience.name), format!("the audience {}", audience.name));
        scope.add(format!("join_{name}"), &wire, audience.at, problems);
        scope.add(format!("leave_{name}"), &wire, audience.at, problems);
    }
}

/// Methods of the emitter, and of what it sends to.
fn emitter(plan: &Plan<'_>, problems: &mut Problems) {
    let mut scope = Scope::with(&EMITTER);
    for audience in &plan.spec.audiences {
        let (name, wire) = (snake(&audience.name), format!("the audience {}", audience.name));
        for method in [format!("join_{name}"), format!("leave_{name}"), format!("{name}_room"), name] {
            scope.add(method, &wire, audience.at, problems);
        }
    }
    let mut scope = Scope::default();
    for audience in &plan.spec.audiences {
        let (name, wire) = (snake(&audience.name), format!("the audience {}", audience.name));
        for method in [format!("join_{name}"), format!("leave_{name}"), format!("except_{name}")] {
            scope.add(method, &wire, audience.at, problems);
        }
    }
    for (_, event) in plan.spec.server_events() {
        scope.add(target_method(&event.name), &event.name, event.at, problems);
    }
}

/// Names of one scope, with who took them.
#[derive(Default)]
struct Scope(BTreeMap<String, String>);

impl Scope {
    /// With names that the generator needs.
    fn with(taken: &[&str]) -> Self {
        Self(taken.iter().map(|name| ((*name).to_owned(), format!("the generated `{name}`"))).collect())
    }

    /// A name that something on the wire becomes.
    fn add(&mut self, name: String, wire: &str, at: Location, problems: &mut Problems) {
        let wire = format!("`{wire}`");
        let pair = match self.0.get(&name) {
            Some(before) if *before == wire => return,
            Some(before) => format!("{wire} and {before} both become"),
            None => {
                self.0.insert(name, wire);
                return;
            }
        };
        // Said of one scope, it need not be said of the next.
        if !problems.iter().any(|(_, said)| said.starts_with(&pair)) {
            problems.push((at, format!("{pair} `{name}` in Rust; rename one")));
        }
    }
}
