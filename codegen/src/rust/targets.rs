//! Whom events go to: exactly the events that the document sends to exactly those it sends them to.

use parlance_spec::model::{Asks, Audience, Payload, Returns, ServerEvent, To};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::contexts::{audience_parts, target_ident};
use super::payloads::outgoing;
use super::prefixes::prefix_ident;
use super::shapes::answer_ident;
use super::validate::type_check;
use crate::docs::docs;
use crate::names::{ident, pascal, target_method};
use crate::plan::{Plan, returned_name};

/// A struct for whom events go to: who of them, what is done to them, and exactly the events that go there.
pub(crate) fn target(plan: &Plan<'_>, to: &To) -> TokenStream {
    let name = target_ident(to);
    let doc = docs(&[match to {
        To::Caller => "One connection.".to_owned(),
        To::Everyone => "Everyone.".to_owned(),
        To::Role(role) => format!("Everyone of the role `{role}`."),
        To::Audience(audience) => format!("The audience `{audience}`."),
    }]);
    let selection = (*to != To::Caller).then(|| selection(plan, to));
    let audiences = plan.spec.audiences.iter().map(in_audience);
    let events = plan.events_to(to);
    let methods = events.iter().map(|event| event_method(plan, event));
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #name<'a>(::parlance_socketio::typed::Target<'a>);

        impl<'a> #name<'a> {
            #selection

            /// Their ids.
            pub fn ids(&self) -> ::std::vec::Vec<::parlance_socketio::typed::SocketId> {
                self.0.ids()
            }

            /// What is known of each of them; its `data` is a [`Connection`].
            pub fn fetch(&self) -> ::std::vec::Vec<::parlance_socketio::typed::RemoteSocket> {
                self.0.fetch()
            }

            /// Sends them away, each after what waits for it; how many.
            pub fn disconnect(&self) -> usize {
                self.0.disconnect()
            }

            /// The same, and closes their connections, with all other namespaces that they have joined.
            pub fn close(&self) -> usize {
                self.0.close()
            }

            #(#audiences)*

            #(#methods)*
        }
    }
}

/// Who of a target is meant.
fn selection(plan: &Plan<'_>, to: &To) -> TokenStream {
    let of = (!plan.is_plain()).then(|| {
        quote! {
            /// Those of them in this namespace.
            #[must_use]
            pub fn of(self, namespace: &'a str) -> Self {
                Self(self.0.of(namespace))
            }
        }
    });
    let and = match to {
        To::Audience(name) => plan.audience(name).filter(|audience| audience.key.is_some()).map(|audience| {
            let (part, parameter, argument) = audience_parts(audience);
            let room = format_ident!("{part}_room");
            let doc = docs(&[format!(
                "And those of another key of the audience `{name}`; who is of both receives an event once."
            )]);
            quote! {
                #doc
                #[must_use]
                pub fn and(self, #parameter) -> Self {
                    Self(self.0.and(&Emitter::#room(#argument)))
                }
            }
        }),
        To::Caller | To::Everyone | To::Role(_) => None,
    };
    let but = plan.spec.audiences.iter().map(|audience| {
        let (part, parameter, argument) = audience_parts(audience);
        let (method, room) = (format_ident!("except_{part}"), format_ident!("{part}_room"));
        let doc = docs(&[format!("All of them but the audience `{}`.", audience.name)]);
        quote! {
            #doc
            #[must_use]
            pub fn #method(self, #parameter) -> Self {
                Self(self.0.except_room(&Emitter::#room(#argument)))
            }
        }
    });
    quote! {
        #of

        #and

        /// All of them but this connection.
        #[must_use]
        pub fn except(self, id: ::parlance_socketio::typed::SocketId) -> Self {
            Self(self.0.except(id))
        }

        #(#but)*

        /// This connection alone, if it is one of them.
        #[must_use]
        pub fn only(self, id: ::parlance_socketio::typed::SocketId) -> Self {
            Self(self.0.only(id))
        }
    }
}

/// Puts all of a target into an audience, and takes them out.
fn in_audience(audience: &Audience) -> TokenStream {
    let (part, parameter, argument) = audience_parts(audience);
    let (join, leave, room) =
        (format_ident!("join_{part}"), format_ident!("leave_{part}"), format_ident!("{part}_room"));
    let join_doc =
        docs(&[format!("Puts them into the audience `{}`; for how many that is new.", audience.name)]);
    let leave_doc =
        docs(&[format!("Takes them out of the audience `{}`; how many were in it.", audience.name)]);
    quote! {
        #join_doc
        pub fn #join(&self, #parameter) -> usize {
            self.0.join(&Emitter::#room(#argument))
        }

        #leave_doc
        pub fn #leave(&self, #parameter) -> usize {
            self.0.leave(&Emitter::#room(#argument))
        }
    }
}

/// The method of an event that clients answer.
fn asking_method(plan: &Plan<'_>, event: &ServerEvent, asks: &Asks) -> TokenStream {
    let (method, prefix) = (ident(&target_method(&event.name)), prefix_ident(&event.name));
    let (parameter, argument) = outgoing("server_events", &event.name, &event.payload);
    let answer = plan.asked_type(&event.name, asks);
    let expected = match &asks.returns {
        Returns::Args => quote!(::parlance_socketio::typed::AnyArgs),
        Returns::Type(ty) => {
            let shape = answer_ident(&event.name);
            let check = type_check(plan, ty, &returned_name(&event.name), &quote!(value));
            let (value, check) = match check {
                Some(check) => (quote!(value), check),
                None => (quote!(_), quote!(true)),
            };
            quote! {
                ::parlance_socketio::typed::OneOf::<#answer> { shape: &shapes::#shape, is_valid: |#value| #check }
            }
        }
    };
    let millis = u64::try_from(asks.within.as_millis()).unwrap_or(u64::MAX);
    let (ask, result, what, errors) = match event.to {
        To::Caller => (
            "ask",
            quote!(::core::result::Result<#answer, ::parlance_socketio::typed::AskError>),
            "waits for the answer",
            "When there is none in time, or none that can be used.",
        ),
        _ => (
            "ask_all",
            quote!(::core::result::Result<
                ::parlance_socketio::typed::Answers<#answer>,
                ::parlance_socketio::typed::AskError,
            >),
            "waits until each has answered",
            "When the payload does not serialise.",
        ),
    };
    let ask = ident(ask);
    let doc = docs(&[
        event.doc.clone().unwrap_or_else(|| format!("`{}`.", event.name)),
        format!(
            "Sends `{}` and {what}, at most {:?}. Declared at {}.",
            event.name,
            asks.within,
            plan.place(event.at)
        ),
        "# Errors".to_owned(),
        errors.to_owned(),
    ]);
    quote! {
        #doc
        pub async fn #method(&self #parameter) -> #result {
            const WITHIN: ::core::time::Duration = ::core::time::Duration::from_millis(#millis);
            let expected = #expected;
            ::parlance_socketio::typed::#ask(&self.0, &prefixes::#prefix, #argument, WITHIN, &expected).await
        }
    }
}

/// The method of an event that is dropped for whoever cannot take it at once.
fn volatile_method(plan: &Plan<'_>, event: &ServerEvent) -> TokenStream {
    let (method, prefix) = (ident(&target_method(&event.name)), prefix_ident(&event.name));
    let (parameter, argument) = outgoing("server_events", &event.name, &event.payload);
    let doc = docs(&[
        event.doc.clone().unwrap_or_else(|| format!("`{}`.", event.name)),
        format!(
            "Sends `{}`, which is dropped for whoever cannot take it at once; how many are meant. Declared at {}.",
            event.name,
            plan.place(event.at)
        ),
    ]);
    quote! {
        #doc
        pub fn #method(&self #parameter) -> usize {
            ::parlance_socketio::typed::send_volatile(&self.0, &prefixes::#prefix, #argument)
        }
    }
}

fn event_method(plan: &Plan<'_>, event: &ServerEvent) -> TokenStream {
    if let Some(asks) = &event.asks {
        return asking_method(plan, event, asks);
    }
    if event.volatile {
        return volatile_method(plan, event);
    }
    let (method, prefix) = (ident(&target_method(&event.name)), prefix_ident(&event.name));
    let doc = docs(&[
        event.doc.clone().unwrap_or_else(|| format!("`{}`.", event.name)),
        format!("Sends `{}`; how many it was queued for. Declared at {}.", event.name, plan.place(event.at)),
    ]);
    if event.payload == Payload::None {
        return quote! {
            #doc
            pub fn #method(&self) -> usize {
                ::parlance_socketio::typed::send_bare(&self.0, &prefixes::#prefix)
            }
        };
    }
    let payload = ident(&pascal(&event.name));
    let send = ident(if event.payload == Payload::Args { "send_args" } else { "send" });
    quote! {
        #doc
        pub fn #method(&self, payload: &server_events::#payload) -> usize {
            ::parlance_socketio::typed::#send(&self.0, &prefixes::#prefix, payload)
        }
    }
}
