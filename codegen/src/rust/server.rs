//! The server's half: roles, the application, its handler traits; contexts, emitter and dispatch have files of their own.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::contexts::{contexts, states};
use super::dispatch::dispatch;
use super::emitter::emitter;
use super::shapes::shapes;
use crate::docs::docs;
use crate::names::{ident, pascal, snake};
use crate::plan::{Home, Plan, context_ident, returned_name};
use parlance_spec::model::{ClientEvent, Group, Payload, Returns};

/// Everything but the payloads.
pub(crate) fn server(plan: &Plan<'_>) -> TokenStream {
    let shapes = shapes(plan);
    let roles = roles(plan);
    let application = application(plan);
    let handlers = plan.handler_groups().map(|group| handlers(plan, group));
    let contexts = contexts(plan);
    let emitter = emitter(plan);
    let dispatch = dispatch(plan);
    quote!(#shapes #roles #application #(#handlers)* #contexts #emitter #dispatch)
}

fn roles(plan: &Plan<'_>) -> TokenStream {
    let identity = |role: TokenStream| {
        quote! {
            /// Who a connection belongs to.
            #[derive(Clone, Debug)]
            pub struct Identity<U> {
                /// The application's own idea of a user.
                pub user: U,
                #role
            }
        }
    };
    let names = &plan.spec.roles;
    if names.is_empty() {
        return identity(quote!());
    }
    let variants: Vec<_> = names.iter().map(|name| ident(&pascal(name))).collect();
    let docs = names.iter().map(|name| docs(&[format!("`{name}`.")]));
    let default = (0..names.len()).map(|index| (index == 0).then(|| quote!(#[default])));
    let identity = identity(quote! {
        /// Their role.
        pub role: Role,
    });
    quote! {
        #identity

        /// What somebody may do. The default is what they are who have not been given another.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum Role {
            #(#docs #default #variants,)*
        }

        impl Role {
            /// All of them, in document order.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            /// Its name in the document.
            pub fn name(self) -> &'static str {
                match self { #(Self::#variants => #names,)* }
            }

            /// The role of a name.
            pub fn from_name(name: &str) -> ::core::option::Option<Self> {
                match name {
                    #(#names => ::core::option::Option::Some(Self::#variants),)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    }
}

fn application(plan: &Plan<'_>) -> TokenStream {
    let states = states(plan).map(|state| {
        let (name, doc) = (&state.kept, docs(std::slice::from_ref(&state.doc)));
        quote! {
            #doc
            type #name: ::core::marker::Send + ::core::marker::Sync + 'static;
        }
    });
    let user_id = plan.has_once().then(|| {
        quote! {
            /// What tells a user from all others: by it, and what the document says, an event that comes `once` is known
            /// when it comes again, over whichever connection.
            fn user_id(&self, user: &Self::User) -> ::std::string::String;
        }
    });
    quote! {
        /// What is not in the document: who people are, and what the application keeps for them.
        pub trait Application: ::core::marker::Send + ::core::marker::Sync + ::core::marker::Sized + 'static {
            /// A user.
            type User: ::core::marker::Send + ::core::marker::Sync + 'static;

            #(#states)*

            /// Who wants to connect, or why they may not.
            fn authenticate(
                &self,
                handshake: ::parlance_socketio::typed::Handshake<'_>,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<Identity<Self::User>, ::parlance_socketio::typed::ConnectError>,
            > + ::core::marker::Send;

            /// Whether a client that was cut off and comes back, as `now` with the role it had, may go on as the socket it
            /// was, with its rooms and as the user that it was. Nobody may unless this says so; then it connects as any other.
            fn may_return(&self, before: &Self::User, now: &Self::User) -> bool {
                let _ = (before, now);
                false
            }

            #user_id

            /// Somebody has connected.
            fn connected(
                &self,
                cx: &Connected<'_, Self>,
            ) -> impl ::core::future::Future<Output = ()> + ::core::marker::Send;

            /// Somebody is gone. The states they were in are still there.
            fn disconnected(
                &self,
                cx: &Connected<'_, Self>,
                reason: ::parlance_socketio::typed::DisconnectReason,
            ) -> impl ::core::future::Future<Output = ()> + ::core::marker::Send;
        }
    }
}

/// The name of the trait of a group.
pub(crate) fn trait_name(group: &Group) -> proc_macro2::Ident {
    format_ident!("{}Handlers", pascal(&group.name))
}

fn handlers(plan: &Plan<'_>, group: &Group) -> TokenStream {
    let name = trait_name(group);
    let doc = docs(&[
        format!("{}: one method per client event.", group.title),
        group.doc.clone().unwrap_or_default(),
        format!("Declared at {}.", plan.place(group.at)),
    ]);
    let methods = group.client.iter().map(|event| {
        let (method, doc) = (ident(&snake(&event.name)), method_doc(plan, event));
        let parameters = parameters(event);
        let output = output(plan, event);
        quote! {
            #doc
            fn #method(
                &self,
                #parameters
            ) -> impl ::core::future::Future<Output = #output> + ::core::marker::Send;
        }
    });
    quote! {
        #doc
        pub trait #name: Application {
            #(#methods)*
        }
    }
}

fn method_doc(plan: &Plan<'_>, event: &ClientEvent) -> TokenStream {
    let mut doc = vec![event.doc.clone().unwrap_or_else(|| format!("`{}`.", event.name))];
    doc.push(format!("Handles `{}`.", event.name));
    if let Some(state) = &event.enters {
        doc.push(format!(
            "Enters the state `{state}` with the second value it gives, before the reply is sent."
        ));
    }
    if !event.leads_to.is_empty() {
        let clauses: Vec<String> = event
            .leads_to
            .iter()
            .map(|clause| {
                clause.any_of.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
            })
            .collect();
        doc.push(format!("Leads to {}.", clauses.join(", ")));
    }
    doc.push(format!("Declared at {}.", plan.place(event.at)));
    docs(&doc)
}

/// `cx: …, payload: …`.
fn parameters(event: &ClientEvent) -> TokenStream {
    let context = context_ident(event.role.as_deref(), event.needs.as_deref());
    let payload = (event.payload != Payload::None).then(|| {
        let name = ident(&pascal(&event.name));
        quote!(, payload: client_events::#name)
    });
    quote!(cx: &#context<'_, Self> #payload)
}

/// What a handler gives.
fn output(plan: &Plan<'_>, event: &ClientEvent) -> TokenStream {
    let error = format_ident!("{}Error", pascal(&event.name));
    let reply = answer_type(plan, event);
    let reply = match &event.enters {
        Some(state) => {
            let state = ident(&pascal(state));
            quote!((#reply, Self::#state))
        }
        None => reply,
    };
    quote!(::core::result::Result<#reply, ::parlance_socketio::typed::Refused<errors::#error>>)
}

/// What an event is answered with: its reply, what it returns, or nothing.
pub(crate) fn answer_type(plan: &Plan<'_>, event: &ClientEvent) -> TokenStream {
    match (&event.reply, &event.returns) {
        (Some(reply), _) => reply_type(plan, reply),
        (None, Some(Returns::Args)) => quote!(::parlance_socketio::typed::Args),
        (None, Some(Returns::Type(ty))) => plan.rust_type(ty, &returned_name(&event.name), Home::Top),
        (None, None) => quote!(()),
    }
}

/// The type of a server event's payload.
fn reply_type(plan: &Plan<'_>, reply: &str) -> TokenStream {
    match plan.spec.server_event(reply).map(|event| &event.payload) {
        Some(Payload::None) | None => quote!(()),
        Some(_) => {
            let name = ident(&pascal(reply));
            quote!(server_events::#name)
        }
    }
}

/// A handler's signature as one would write it: for the error that says it is missing.
pub(crate) fn signature(plan: &Plan<'_>, event: &ClientEvent) -> String {
    let context = context_ident(event.role.as_deref(), event.needs.as_deref());
    let payload = match event.payload {
        Payload::None => String::new(),
        _ => format!(", payload: client_events::{}", pascal(&event.name)),
    };
    let reply = match event.reply.as_deref().map(|reply| (reply, plan.spec.server_event(reply))) {
        Some((reply, Some(declared))) if declared.payload != Payload::None => {
            format!("server_events::{}", pascal(reply))
        }
        _ => match &event.returns {
            Some(_) => answer_type(plan, event)
                .to_string()
                .replace(" ", "")
                .replace("::parlance_socketio::typed::", ""),
            None => "()".to_owned(),
        },
    };
    let reply = match &event.enters {
        Some(state) => format!("({reply}, Self::{})", pascal(state)),
        None => reply,
    };
    format!(
        "async fn {}(&self, cx: &{context}<'_, Self>{payload}) -> Result<{reply}, Refused<errors::{}Error>>",
        snake(&event.name),
        pascal(&event.name)
    )
}
