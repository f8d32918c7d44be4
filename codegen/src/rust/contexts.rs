//! Contexts: what a handler knows about its caller, by what was checked before it was called.

use parlance_spec::model::{Audience, To};
use parlance_spec::namespace::Keyed;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::prefixes::keyed;
use crate::docs::docs;
use crate::names::{ident, pascal, snake};
use crate::plan::{Home, Plan, context_ident, context_name, named_path};

/// The names of a state.
pub(crate) struct StateNames {
    /// The associated type, and the context of who is in it: `InSession`.
    pub(crate) kept: Ident,
    /// The field, and the method that gives it: `in_session`.
    pub(crate) field: Ident,
    /// The code of the refusal.
    pub(crate) code: String,
    /// Its name in the document.
    pub(crate) name: String,
    /// What it is.
    pub(crate) doc: String,
}

/// The states of a document.
pub(crate) fn states<'p>(plan: &'p Plan<'_>) -> impl Iterator<Item = StateNames> + 'p {
    plan.spec.states.iter().map(|state| StateNames {
        kept: ident(&pascal(&state.name)),
        field: ident(&snake(&state.name)),
        code: state.code.clone(),
        name: state.name.clone(),
        doc: state.doc.clone().unwrap_or_else(|| format!("What is kept in the state `{}`.", state.name)),
    })
}

/// `session`, the part of method names that stands for an audience; and the parameter for its key.
pub(crate) fn audience_parts(audience: &Audience) -> (String, TokenStream, TokenStream) {
    let name = snake(&audience.name);
    match &audience.key {
        Some(key) => {
            let path = named_path(key, Home::Top);
            (name, quote!(key: &#path), quote!(key))
        }
        None => (name, quote!(), quote!()),
    }
}

/// The structs of connections and contexts.
pub(crate) fn contexts(plan: &Plan<'_>) -> TokenStream {
    let connection = connection(plan);
    let connected = connected(plan);
    let special = plan.contexts().into_iter().map(|(role, state)| special(plan, role, state));
    quote!(#connection #connected #(#special)*)
}

fn connection(plan: &Plan<'_>) -> TokenStream {
    let fields = states(plan).map(|state| {
        let (field, kept) = (state.field, state.kept);
        quote!(#field: ::std::sync::Mutex<::core::option::Option<::std::sync::Arc<A::#kept>>>,)
    });
    let has_roles = !plan.spec.roles.is_empty();
    let role = has_roles.then(|| quote!(role: Role,));
    let role_method = has_roles.then(|| {
        quote! {
            /// The role of who is connected.
            pub fn role(&self) -> Role {
                self.role
            }
        }
    });
    let buckets = plan.limited().len();
    quote! {
        /// What is kept with each connection.
        pub struct Connection<A: Application> {
            user: A::User,
            #role
            #(#fields)*
            limits: ::parlance_socketio::typed::Limits<#buckets>,
        }

        impl<A: Application> Connection<A> {
            /// Who is connected.
            pub fn user(&self) -> &A::User {
                &self.user
            }

            #role_method
        }
    }
}

fn connected(plan: &Plan<'_>) -> TokenStream {
    let has_roles = !plan.spec.roles.is_empty();
    let role = has_roles.then(|| {
        quote! {
            /// The role of who is connected.
            pub fn role(&self) -> Role {
                self.socket.data().role
            }
        }
    });
    let states = states(plan).map(|state| {
        let StateNames { kept, field, name, .. } = state;
        let leave = format_ident!("leave_{}", field);
        let doc =
            docs(&[format!("What is kept in the state `{name}`; `None` if the connection is not in it.")]);
        let leave_doc = docs(&[format!("Leaves the state `{name}`; what was kept in it.")]);
        quote! {
            #doc
            pub fn #field(&self) -> ::core::option::Option<::std::sync::Arc<A::#kept>> {
                self.socket.data().#field.lock().unwrap_or_else(::std::sync::PoisonError::into_inner).clone()
            }

            #leave_doc
            pub fn #leave(&self) -> ::core::option::Option<::std::sync::Arc<A::#kept>> {
                self.socket.data().#field.lock().unwrap_or_else(::std::sync::PoisonError::into_inner).take()
            }
        }
    });
    let audiences = plan.spec.audiences.iter().map(|audience| {
        let (name, parameter, argument) = audience_parts(audience);
        let (join, leave) = (format_ident!("join_{name}"), format_ident!("leave_{name}"));
        let join_doc = docs(&[format!("Joins the audience `{}`. Whether that is new.", audience.name)]);
        let leave_doc = docs(&[format!("Leaves the audience `{}`. Whether it was in it.", audience.name)]);
        let comma = (!parameter.is_empty()).then(|| quote!(,));
        quote! {
            #join_doc
            pub fn #join(&self, #parameter) -> bool {
                self.emitter.#join(#argument #comma self.socket.id())
            }

            #leave_doc
            pub fn #leave(&self, #parameter) -> bool {
                self.emitter.#leave(#argument #comma self.socket.id())
            }
        }
    });
    let keys = plan.namespace_keys().into_iter().map(|key| {
        let (method, path) = (ident(&snake(key)), named_path(key, Home::Top));
        let doc = docs(&[format!("The `{key}` of the namespace that it is in, if that has one.")]);
        let arms = keyed(plan).filter(|(_, keyed)| keyed.key == key).map(|(at, Keyed { before, behind, .. })| {
            quote!(::core::option::Option::Some(#at) => (#before, #behind),)
        });
        quote! {
            #doc
            pub fn #method(&self) -> ::core::option::Option<#path> {
                let namespace = self.socket.namespace();
                let (before, behind) = match prefixes::which(namespace) {
                    #(#arms)*
                    _ => return ::core::option::Option::None,
                };
                let key = ::parlance_socketio::typed::key_of(namespace, before, behind)?;
                #path::new(key).ok()
            }
        }
    });
    quote! {
        /// A connection, as a handler sees it.
        pub struct Connected<'a, A: Application> {
            socket: &'a ::parlance_socketio::typed::Socket<Connection<A>>,
            emitter: &'a Emitter,
            after: &'a ::parlance_socketio::typed::After,
        }

        impl<'a, A: Application> Connected<'a, A> {
            /// Who is connected.
            pub fn user(&self) -> &'a A::User {
                &self.socket.data().user
            }

            #role

            /// The public id of the connection.
            pub fn socket_id(&self) -> ::parlance_socketio::typed::SocketId {
                self.socket.id()
            }

            /// The namespace that it is in.
            pub fn namespace(&self) -> &'a str {
                self.socket.namespace()
            }

            #(#keys)*

            /// Waits until little waits to be written to the client, 128 KiB at most: for handlers that send a lot.
            pub async fn room(&self) {
                self.socket.room().await;
            }

            /// Sends to whom the document allows.
            pub fn emit(&self) -> &'a Emitter {
                self.emitter
            }

            /// Sends to this connection.
            pub fn caller(&self) -> ToCaller<'a> {
                ToCaller(self.socket.target())
            }

            /// Does something right after the reply has been queued; nothing if the event is refused. The next event of this
            /// connection is handled when it is done.
            pub fn after_reply(
                &self,
                action: impl ::core::future::Future<Output = ()> + ::core::marker::Send + 'static,
            ) {
                self.after.add(action);
            }

            /// Sends the connection away, after what waits for it.
            pub fn disconnect(&self) {
                self.socket.disconnect();
            }

            #(#states)*

            #(#audiences)*
        }
    }
}

fn special(plan: &Plan<'_>, role: Option<&str>, state: Option<&str>) -> TokenStream {
    let name = context_ident(role, state);
    let words: Vec<String> = [
        role.map(|role| format!("has the role `{role}`")),
        state.map(|state| format!("is in the state `{state}`")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let doc = docs(&[format!("A connection that {}.", words.join(" and "))]);
    let kept = state.and_then(|name| states(plan).find(|state| state.name == name)).map(|state| state.kept);
    let field = kept.as_ref().map(|kept| quote!(state: ::std::sync::Arc<A::#kept>,));
    let access = kept.as_ref().map(|kept| {
        quote! {
            impl<A: Application> #name<'_, A> {
                /// What is kept in the state.
                pub fn state(&self) -> &::std::sync::Arc<A::#kept> {
                    &self.state
                }
            }
        }
    });
    quote! {
        #doc
        pub struct #name<'a, A: Application> {
            connected: Connected<'a, A>,
            #field
        }

        #access

        impl<'a, A: Application> ::core::ops::Deref for #name<'a, A> {
            type Target = Connected<'a, A>;

            fn deref(&self) -> &Self::Target {
                &self.connected
            }
        }
    }
}

/// The name of what sends to a target: `ToSession`.
pub(crate) fn target_ident(to: &To) -> Ident {
    match to {
        To::Caller => ident("ToCaller"),
        To::Everyone => ident("ToEveryone"),
        To::Role(role) => format_ident!("ToRole{}", pascal(role)),
        To::Audience(name) => format_ident!("To{}", pascal(name)),
    }
}

/// Whether a context is the plain one.
pub(crate) fn is_plain(role: Option<&str>, state: Option<&str>) -> bool {
    context_name(role, state).is_none()
}
