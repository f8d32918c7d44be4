//! The plan: every Rust name, chosen once; what cannot be generated is said here and nowhere else.

use parlance_spec::Spec;
use parlance_spec::model::{
    Asks, Audience, ClientEvent, Field, Fields, Group, Kind, Location, Payload, Returns, ServerEvent, To,
    Type,
};
use parlance_spec::namespace::Keyed;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::collisions::collisions;
use crate::input::Source;
use crate::names::{ident, pascal};

/// For whom it is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Strict towards what comes in.
    Server,
    /// Tolerant towards what comes in.
    Client,
}

/// The model with its names.
pub(crate) struct Plan<'s> {
    pub(crate) spec: &'s Spec,
    pub(crate) file: &'s str,
    pub(crate) side: Side,
}

/// The module from which a generated type is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Home {
    /// Outside of them all, where what is declared in place is that of a client event.
    Top,
    /// The same, where it is that of a server event.
    TopOfServer,
    Types,
    ClientEvents,
    ServerEvents,
}

impl<'s> Plan<'s> {
    /// Of a document.
    pub(crate) fn new(source: &'s Source, side: Side) -> Result<Self, syn::Error> {
        let plan = Self { spec: &source.spec, file: &source.file, side };
        let mut problems = collisions(&plan);
        problems.extend(plan.unsupported());
        if problems.is_empty() {
            return Ok(plan);
        }
        let problems: Vec<String> =
            problems.into_iter().map(|(at, text)| format!("{}: {text}", plan.place(at))).collect();
        Err(syn::Error::new(source.span, problems.join("\n")))
    }

    /// `spec/gemini.yaml:12:7`.
    pub(crate) fn place(&self, at: Location) -> String {
        format!("{}:{}:{}", self.file, at.line, at.column)
    }

    /// What the language can say and the generator cannot make yet.
    fn unsupported(&self) -> Vec<(Location, String)> {
        let mut problems = Vec::new();
        for named in self.spec.types.iter().filter(|named| self.is_endless_alias(&named.name)) {
            let text = format!(
                "`{}` holds itself with no object in between, for which no code can be generated",
                named.name
            );
            problems.push((named.at, text));
        }
        problems
    }

    /// Every set of fields, with who has it.
    pub(crate) fn all_fields(&self) -> Vec<(String, &'s Fields)> {
        let mut all = Vec::new();
        for ty in &self.spec.types {
            fields_of(&ty.ty, &ty.name, &mut all);
        }
        let client = self.spec.client_events().map(|(_, event)| (&event.name, &event.payload));
        let server = self.spec.server_events().map(|(_, event)| (&event.name, &event.payload));
        for (name, payload) in client.chain(server) {
            match payload {
                Payload::Fields(fields) => add_fields(fields, name, &mut all),
                Payload::Type(ty) => fields_of(ty, name, &mut all),
                Payload::None | Payload::Named(_) | Payload::Args => {}
            }
        }
        for (_, event) in self.spec.client_events() {
            if let Some(Returns::Type(ty)) = &event.returns {
                fields_of(ty, &event.name, &mut all);
            }
        }
        for (_, event) in self.spec.server_events() {
            if let Some(Asks { returns: Returns::Type(ty), .. }) = &event.asks {
                fields_of(ty, &event.name, &mut all);
            }
        }
        all
    }

    /// Whether everything is in the namespace `/` and nowhere else.
    pub(crate) fn is_plain(&self) -> bool {
        self.spec.namespaces == ["/"]
    }

    /// The types of the keys of namespaces, each once, in document order.
    pub(crate) fn namespace_keys(&self) -> Vec<&'s str> {
        let mut keys = Vec::new();
        for keyed in self.spec.namespaces.iter().filter_map(|namespace| Keyed::of(namespace)) {
            if !keys.contains(&keyed.key) {
                keys.push(keyed.key);
            }
        }
        keys
    }

    /// The role and state of each context that some event needs, each once, in document order.
    pub(crate) fn contexts(&self) -> Vec<(Option<&'s str>, Option<&'s str>)> {
        let mut contexts = Vec::new();
        for (_, event) in self.spec.client_events() {
            let context = (event.role.as_deref(), event.needs.as_deref());
            if context != (None, None) && !contexts.contains(&context) {
                contexts.push(context);
            }
        }
        contexts
    }

    /// Whether an event has one effect however often it comes.
    pub(crate) fn has_once(&self) -> bool {
        self.spec.client_events().any(|(_, event)| event.once.is_some())
    }

    /// Whether clients are asked anything.
    pub(crate) fn has_asks(&self) -> bool {
        self.spec.server_events().any(|(_, event)| event.asks.is_some())
    }

    /// The type of what clients answer.
    pub(crate) fn asked_type(&self, event: &str, asks: &Asks) -> TokenStream {
        match &asks.returns {
            Returns::Args => quote!(::parlance_socketio::typed::Args),
            Returns::Type(ty) => self.rust_type(ty, &returned_name(event), Home::TopOfServer),
        }
    }

    /// Groups that have client events.
    pub(crate) fn handler_groups(&self) -> impl Iterator<Item = &'s Group> {
        self.spec.groups.iter().filter(|group| !group.client.is_empty())
    }

    /// Events with a rate limit, in document order: each has a bucket.
    pub(crate) fn limited(&self) -> Vec<&'s ClientEvent> {
        self.spec.client_events().map(|(_, event)| event).filter(|event| event.limit.is_some()).collect()
    }

    /// Where server events go, each once, in document order; audiences even if no event goes there.
    pub(crate) fn targets(&self) -> Vec<To> {
        let mut targets = vec![To::Caller];
        targets.extend(self.spec.audiences.iter().map(|audience| To::Audience(audience.name.clone())));
        for (_, event) in self.spec.server_events() {
            if !targets.contains(&event.to) {
                targets.push(event.to.clone());
            }
        }
        targets
    }

    /// Events that go to a target.
    pub(crate) fn events_to(&self, to: &To) -> Vec<&'s ServerEvent> {
        self.spec.server_events().map(|(_, event)| event).filter(|event| event.to == *to).collect()
    }

    /// An audience by name; the checker has seen that it exists.
    pub(crate) fn audience(&self, name: &str) -> Option<&'s Audience> {
        self.spec.audiences.iter().find(|audience| audience.name == name)
    }

    /// The message of a code.
    pub(crate) fn message(&self, code: &str) -> &'s str {
        self.spec.message(code).unwrap_or_default()
    }

    /// Whether a named type holds itself in a way that needs a box: through fields that are no arrays and no maps.
    pub(crate) fn is_recursive(&self, name: &str) -> bool {
        let mut seen = Vec::new();
        let mut todo = vec![name];
        while let Some(next) = todo.pop() {
            let Some(named) = self.spec.named_type(next) else { continue };
            let mut inside = Vec::new();
            directly_within(&named.ty, &mut inside);
            for inner in inside {
                if inner == name {
                    return true;
                }
                if !seen.contains(&inner) {
                    seen.push(inner);
                    todo.push(inner);
                }
            }
        }
        false
    }

    /// Whether a named type leads to itself through aliases alone, which Rust's cannot.
    fn is_endless_alias(&self, name: &str) -> bool {
        let mut seen = Vec::new();
        let mut next = self.spec.named_type(name);
        while let Some(named) = next.filter(|named| is_alias(&named.ty)) {
            if seen.contains(&named.name.as_str()) {
                return named.name == name;
            }
            seen.push(named.name.as_str());
            next = aliased(&named.ty).and_then(|name| self.spec.named_type(name));
        }
        false
    }

    /// The Rust type of a type, seen from a module; `inline` is the name of what it declares itself.
    pub(crate) fn rust_type(&self, ty: &Type, inline: &str, home: Home) -> TokenStream {
        let bare = match &ty.kind {
            Kind::String { .. } => quote!(::std::string::String),
            Kind::Integer { .. } => quote!(i64),
            Kind::Number { .. } => quote!(f64),
            Kind::Boolean => quote!(bool),
            Kind::Any => quote!(::parlance_socketio::typed::private::serde_json::Value),
            Kind::Binary => quote!(::parlance_socketio::typed::Binary),
            Kind::Object => quote! {
                ::parlance_socketio::typed::private::serde_json::Map<
                    ::std::string::String,
                    ::parlance_socketio::typed::private::serde_json::Value,
                >
            },
            Kind::Array { items, .. } => {
                let items = self.rust_type(items, &format!("{inline}Item"), home);
                quote!(::std::vec::Vec<#items>)
            }
            Kind::Map { values } => {
                let values = self.rust_type(values, &format!("{inline}Value"), home);
                quote!(::std::collections::BTreeMap<::std::string::String, #values>)
            }
            Kind::Enum { .. } | Kind::Struct(_) | Kind::Union { .. } => {
                let name = ident(inline);
                match home {
                    Home::Top => quote!(client_events::#name),
                    Home::TopOfServer => quote!(server_events::#name),
                    Home::Types | Home::ClientEvents | Home::ServerEvents => quote!(#name),
                }
            }
            Kind::Named(name) => {
                let path = named_path(name, home);
                if self.is_recursive(name) { quote!(::std::boxed::Box<#path>) } else { path }
            }
        };
        if ty.nullable { quote!(::core::option::Option<#bare>) } else { bare }
    }
}

/// What the declaration of what an event returns is called, where there is one.
pub(crate) fn returned_name(event: &str) -> String {
    format!("{}Returned", pascal(event))
}

/// The path of a named type.
pub(crate) fn named_path(name: &str, home: Home) -> TokenStream {
    let name = ident(&pascal(name));
    match home {
        Home::Types => quote!(#name),
        Home::Top | Home::TopOfServer => quote!(types::#name),
        Home::ClientEvents | Home::ServerEvents => quote!(super::types::#name),
    }
}

/// The name of the context of a role and a state: `Admin`, `InSession`, `AdminInSession`; `None` is `Connected`.
pub(crate) fn context_name(role: Option<&str>, state: Option<&str>) -> Option<String> {
    match (role, state) {
        (None, None) => None,
        (role, state) => {
            Some(format!("{}{}", role.map(pascal).unwrap_or_default(), state.map(pascal).unwrap_or_default()))
        }
    }
}

/// The identifier of a context.
pub(crate) fn context_ident(role: Option<&str>, state: Option<&str>) -> Ident {
    ident(&context_name(role, state).unwrap_or_else(|| "Connected".into()))
}

/// What a field's own declaration is called: the owner and the field.
pub(crate) fn inline_name(owner: &str, field: &Field) -> String {
    format!("{owner}{}", pascal(&field.name))
}

/// Whether a named type is a Rust alias: it has no type of its own.
pub(crate) fn is_alias(ty: &Type) -> bool {
    match ty.kind {
        Kind::Struct(_) | Kind::Enum { .. } | Kind::Union { .. } => false,
        Kind::String { .. } | Kind::Integer { .. } | Kind::Number { .. } => ty.nullable,
        Kind::Named(_)
        | Kind::Array { .. }
        | Kind::Map { .. }
        | Kind::Boolean
        | Kind::Any
        | Kind::Object
        | Kind::Binary => true,
    }
}

/// The name that an alias is of, perhaps in arrays and maps.
fn aliased(ty: &Type) -> Option<&str> {
    match &ty.kind {
        Kind::Named(name) => Some(name),
        Kind::Array { items, .. } => aliased(items),
        Kind::Map { values } => aliased(values),
        _ => None,
    }
}

fn add_fields<'s>(fields: &'s Fields, owner: &str, all: &mut Vec<(String, &'s Fields)>) {
    all.push((owner.to_owned(), fields));
    for field in &fields.fields {
        fields_of(&field.ty, &format!("{owner}.{}", field.name), all);
    }
}

fn fields_of<'s>(ty: &'s Type, owner: &str, all: &mut Vec<(String, &'s Fields)>) {
    match &ty.kind {
        Kind::Struct(fields) => add_fields(fields, owner, all),
        Kind::Union { variants, .. } => {
            variants.iter().for_each(|(name, fields)| add_fields(fields, &format!("{owner}.{name}"), all));
        }
        Kind::Array { items, .. } => fields_of(items, owner, all),
        Kind::Map { values } => fields_of(values, owner, all),
        _ => {}
    }
}

fn directly_within<'s>(ty: &'s Type, names: &mut Vec<&'s str>) {
    match &ty.kind {
        Kind::Named(name) => names.push(name),
        Kind::Struct(fields) => fields.fields.iter().for_each(|field| directly_within(&field.ty, names)),
        Kind::Union { variants, .. } => variants
            .iter()
            .flat_map(|(_, fields)| &fields.fields)
            .for_each(|field| directly_within(&field.ty, names)),
        _ => {}
    }
}
