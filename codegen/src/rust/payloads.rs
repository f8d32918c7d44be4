//! The modules `types`, `client_events`, `server_events` and `errors`: the same for both sides, but for their strictness.

use parlance_spec::model::{Asks, Payload, Returns, To};
use proc_macro2::TokenStream;
use quote::quote;

use super::errors::errors;
use crate::docs::docs;
use crate::names::{constant, ident, pascal};
use crate::plan::{Home, Plan, named_path, returned_name};

/// All payloads of a document.
pub(crate) fn types(plan: &Plan<'_>) -> TokenStream {
    let named = plan.spec.types.iter().map(|named| {
        let mut doc = vec![named.ty.doc.clone().unwrap_or_else(|| format!("`{}`.", named.name))];
        doc.extend(example(named.ty.example.as_ref()));
        doc.push(format!("Declared at {}.", plan.place(named.at)));
        plan.declare(&pascal(&named.name), &named.ty, &doc, Home::Types)
    });
    let client = plan.spec.client_events().map(|(_, event)| {
        let mut doc =
            event_doc(&event.name, event.doc.as_deref(), event.since.as_deref(), event.deprecated.as_deref());
        doc.extend(event.role.as_ref().map(|role| format!("Needs the role `{role}`.")));
        doc.extend(event.needs.as_ref().map(|state| format!("Needs the state `{state}`.")));
        doc.extend(event.reply.as_ref().map(|reply| format!("Answered by `{reply}`.")));
        doc.extend(example(event.example.as_ref()));
        doc.push(format!("Declared at {}.", plan.place(event.at)));
        let payload = payload(plan, &event.name, &event.payload, &doc, Home::ClientEvents);
        let returned = match &event.returns {
            Some(Returns::Type(ty)) => {
                plan.declare_within(&returned_name(&event.name), ty, Home::ClientEvents)
            }
            _ => TokenStream::new(),
        };
        quote!(#payload #returned)
    });
    let server = plan.spec.server_events().map(|(_, event)| {
        let mut doc =
            event_doc(&event.name, event.doc.as_deref(), event.since.as_deref(), event.deprecated.as_deref());
        doc.push(match &event.to {
            To::Caller => "Goes to whoever asked.".to_owned(),
            To::Everyone => "Goes to everyone.".to_owned(),
            To::Role(role) => format!("Goes to everyone of the role `{role}`."),
            To::Audience(audience) => format!("Goes to the audience `{audience}`."),
        });
        doc.extend(event.volatile.then(|| "Dropped for whoever cannot take it at once.".to_owned()));
        doc.extend(
            event
                .asks
                .as_ref()
                .map(|asks| format!("Asks for an answer, which is waited for {:?}.", asks.within)),
        );
        doc.extend(example(event.example.as_ref()));
        doc.push(format!("Declared at {}.", plan.place(event.at)));
        let payload = payload(plan, &event.name, &event.payload, &doc, Home::ServerEvents);
        let returned = match &event.asks {
            Some(Asks { returns: Returns::Type(ty), .. }) => {
                plan.declare_within(&returned_name(&event.name), ty, Home::ServerEvents)
            }
            _ => TokenStream::new(),
        };
        quote!(#payload #returned)
    });
    let errors = errors(plan);
    let names = names(plan);
    quote! {
        #names

        /// The named types of the document.
        #[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
        pub mod types {
            #(#named)*
        }

        /// What clients send.
        #[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
        pub mod client_events {
            #(#client)*
        }

        /// What servers send.
        #[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
        pub mod server_events {
            #(#server)*
        }

        #errors
    }
}

/// The names of all events, as constants: nobody has to write one down a second time.
fn names(plan: &Plan<'_>) -> TokenStream {
    let constants = |events: Vec<&str>| {
        let constants = events.into_iter().map(|event| {
            let (name, doc) = (ident(&constant(event)), docs(&[format!("`{event}`.")]));
            quote!(#doc pub const #name: &str = #event;)
        });
        quote!(#(#constants)*)
    };
    let client = constants(plan.spec.client_events().map(|(_, event)| event.name.as_str()).collect());
    let server = constants(plan.spec.server_events().map(|(_, event)| event.name.as_str()).collect());
    quote! {
        /// The names of the events.
        #[allow(dead_code)]
        pub mod names {
            /// Of what clients send.
            pub mod client {
                #client
            }

            /// Of what servers send.
            pub mod server {
                #server
            }
        }
    }
}

fn event_doc(name: &str, doc: Option<&str>, since: Option<&str>, deprecated: Option<&str>) -> Vec<String> {
    let mut paragraphs =
        vec![doc.map_or_else(|| format!("`{name}`."), str::to_owned), format!("Event `{name}`.")];
    paragraphs.extend(since.map(|since| format!("Since {since}.")));
    paragraphs.extend(deprecated.map(|note| format!("**Deprecated**: {note}")));
    paragraphs
}

fn example(example: Option<&impl std::fmt::Display>) -> Option<String> {
    example.map(|example| format!("```json\n{example}\n```"))
}

fn payload(plan: &Plan<'_>, event: &str, payload: &Payload, doc: &[String], home: Home) -> TokenStream {
    let name = pascal(event);
    match payload {
        Payload::Fields(fields) => plan.declare_struct(&name, fields, doc, home),
        Payload::Named(named) => {
            let (alias, docs, path) = (ident(&name), docs(doc), named_path(named, home));
            quote!(#docs pub type #alias = #path;)
        }
        Payload::Type(ty) => plan.declare(&name, ty, doc, home),
        Payload::Args => {
            let (alias, docs) = (ident(&name), docs(doc));
            quote!(#docs pub type #alias = ::parlance_socketio::typed::Args;)
        }
        Payload::None => TokenStream::new(),
    }
}

/// What is sent with an event: nothing, a value, or any arguments; the parameter for it, and what becomes of that.
pub(crate) fn outgoing(module: &str, event: &str, payload: &Payload) -> (TokenStream, TokenStream) {
    let (module, name) = (ident(module), ident(&pascal(event)));
    match payload {
        Payload::None => (quote!(), quote!(::core::option::Option::<&()>::None)),
        Payload::Args => (quote!(, payload: &#module::#name), quote!(payload)),
        Payload::Fields(_) | Payload::Named(_) | Payload::Type(_) => {
            (quote!(, payload: &#module::#name), quote!(::core::option::Option::Some(payload)))
        }
    }
}
