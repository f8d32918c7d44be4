//! The dispatcher: name, role, state, rate, payload, handler, answer. What the document refuses never reaches a handler.

use parlance_spec::model::{ClientEvent, Group, Payload, Returns, To};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::contexts::{is_plain, states};
use super::emitter::role_room;
use super::prefixes::prefix_ident;
use super::server::trait_name;
use super::validate::type_check;
use crate::names::{constant, ident, pascal, snake};
use crate::plan::{Plan, context_ident, is_alias};

/// `Protocol`, which is a `Service`.
pub(crate) fn dispatch(plan: &Plan<'_>) -> TokenStream {
    let traits: Vec<_> = plan.handler_groups().map(trait_name).collect();
    let bounds = quote!(Application #(+ #traits)*);
    let refusals = match &plan.spec.refusals {
        Some(event) => {
            let prefix = prefix_ident(event);
            quote!(::core::option::Option::Some(&prefixes::#prefix))
        }
        None => quote!(::core::option::Option::None),
    };
    let arms = plan.spec.client_events().map(|(group, event)| {
        let (name, method) = (&event.name, dispatcher(&event.name));
        let here = (group.namespaces != plan.spec.namespaces).then(|| {
            let is_here = is_one_of(plan, &group.namespaces, &quote!(socket.namespace()));
            quote!(if #is_here)
        });
        // In a box of its own: otherwise every idle connection would have room for the largest of all handlers.
        quote!(#name #here => ::std::boxed::Box::pin(self.#method(socket, &event)).await,)
    });
    let methods = plan.spec.client_events().map(|(group, event)| method(plan, group, event));
    let (unknown, state_fields) = (plan.message("unknown-event"), states(plan).map(|state| state.field));
    let has_roles = !plan.spec.roles.is_empty();
    let role = has_roles.then(|| quote!(role: identity.role,));
    let same_role = has_roles.then(|| quote!(before.role == now.role &&));
    let role_rooms = role_rooms(plan);
    let once = plan.has_once();
    let once_field = once.then(|| quote!(once: ::parlance_socketio::typed::Memory,));
    let once_new = once.then(|| quote!(once: ::parlance_socketio::typed::Memory::new(),));
    let serves = (!plan.is_plain()).then(|| {
        let is_served = is_one_of(plan, &plan.spec.namespaces, &quote!(namespace));
        quote! {
            fn serves(&self, namespace: &str) -> bool {
                #is_served
            }
        }
    });
    quote! {
        /// An application behind the document: hand it to `parlance_socketio::server::Server`.
        #[derive(Debug)]
        pub struct Protocol<A> {
            app: ::std::sync::Arc<A>,
            emitter: Emitter,
            #once_field
        }

        impl<A: #bounds> Protocol<A> {
            /// Of an application and the emitter it sends with.
            pub fn new(app: ::std::sync::Arc<A>, emitter: Emitter) -> Self {
                Self { app, emitter, #once_new }
            }

            fn call<'a>(
                socket: &'a ::parlance_socketio::typed::Socket<Connection<A>>,
                event: &'a ::parlance_socketio::typed::Event,
            ) -> ::parlance_socketio::typed::Call<'a, Connection<A>> {
                ::parlance_socketio::typed::Call::new(socket, event, #refusals)
            }

            #(#methods)*
        }

        impl<A: #bounds> ::parlance_socketio::typed::Service for Protocol<A> {
            type Data = Connection<A>;

            #serves

            async fn connect(
                &self,
                handshake: ::parlance_socketio::typed::Handshake<'_>,
            ) -> ::core::result::Result<Connection<A>, ::parlance_socketio::typed::ConnectError> {
                let identity = Application::authenticate(&*self.app, handshake).await?;
                ::core::result::Result::Ok(Connection {
                    user: identity.user,
                    #role
                    #(#state_fields: ::core::default::Default::default(),)*
                    limits: ::core::default::Default::default(),
                })
            }

            fn may_restore(&self, before: &Connection<A>, now: &Connection<A>) -> bool {
                #same_role Application::may_return(&*self.app, &before.user, &now.user)
            }

            async fn connected(&self, socket: &::parlance_socketio::typed::Socket<Connection<A>>) {
                #role_rooms
                let after = ::parlance_socketio::typed::After::default();
                let cx = Connected { socket, emitter: &self.emitter, after: &after };
                Application::connected(&*self.app, &cx).await;
                after.run().await;
            }

            async fn event(
                &self,
                socket: &::parlance_socketio::typed::Socket<Connection<A>>,
                event: ::parlance_socketio::typed::Event,
            ) {
                match event.name() {
                    #(#arms)*
                    _ => Self::call(socket, &event).refuse("unknown-event", #unknown, ::core::option::Option::None),
                }
            }

            async fn disconnected(
                &self,
                socket: &::parlance_socketio::typed::Socket<Connection<A>>,
                reason: ::parlance_socketio::typed::DisconnectReason,
            ) {
                let after = ::parlance_socketio::typed::After::default();
                let cx = Connected { socket, emitter: &self.emitter, after: &after };
                Application::disconnected(&*self.app, &cx, reason).await;
                after.run().await;
            }
        }
    }
}

/// Whether a namespace is one of some of the document's.
fn is_one_of(plan: &Plan<'_>, namespaces: &[String], namespace: &TokenStream) -> TokenStream {
    if plan.namespace_keys().is_empty() {
        return quote!(::core::matches!(#namespace, #(#namespaces)|*));
    }
    let all = plan.spec.namespaces.iter().enumerate();
    let places = all.filter(|(_, known)| namespaces.contains(known)).map(|(at, _)| at);
    quote!(prefixes::which(#namespace).is_some_and(|which| [#(#places),*].contains(&which)))
}

/// Who has a role that events go to is put into its room.
fn role_rooms(plan: &Plan<'_>) -> TokenStream {
    let rooms: Vec<TokenStream> = plan
        .targets()
        .into_iter()
        .filter_map(|to| match to {
            To::Role(role) => {
                let (variant, room) = (ident(&pascal(&role)), role_room(&role));
                Some(quote! {
                    if socket.data().role == Role::#variant {
                        socket.join(&::parlance_socketio::typed::Room::new(#room));
                    }
                })
            }
            _ => None,
        })
        .collect();
    quote!(#(#rooms)*)
}

/// The method that dispatches an event; with a prefix, so that an event may be called `new`.
fn dispatcher(event: &str) -> Ident {
    format_ident!("handle_{}", snake(event))
}

/// The check of a payload whose type has no bounds of its own, because it is a Rust alias.
fn bounds_of_alias(plan: &Plan<'_>, payload: &Payload) -> Option<TokenStream> {
    let ty = match payload {
        Payload::Named(name) => &plan.spec.named_type(name)?.ty,
        Payload::Type(ty) => ty,
        Payload::None | Payload::Fields(_) | Payload::Args => return None,
    };
    is_alias(ty).then(|| type_check(plan, ty, "Payload", &quote!(payload))).flatten()
}

fn method(plan: &Plan<'_>, group: &Group, event: &ClientEvent) -> TokenStream {
    let (name, handlers, handler) = (dispatcher(&event.name), trait_name(group), ident(&snake(&event.name)));
    let role = event.role.as_ref().map(|role| {
        let (variant, message) = (ident(&pascal(role)), plan.message("access-denied"));
        quote! {
            if socket.data().role != Role::#variant {
                return call.refuse("access-denied", #message, ::core::option::Option::None);
            }
        }
    });
    let needed = event.needs.as_deref().and_then(|name| states(plan).find(|state| state.name == name));
    let state = needed.map(|state| {
        let (field, code, message) = (state.field, &state.code, plan.message(&state.code));
        quote! {
            let state = socket.data().#field.lock().unwrap_or_else(::std::sync::PoisonError::into_inner).clone();
            let ::core::option::Option::Some(state) = state else {
                return call.refuse(#code, #message, ::core::option::Option::None);
            };
        }
    });
    let limit = event.limit.and_then(|limit| {
        let bucket = plan.limited().iter().position(|limited| limited.name == event.name)?;
        let (count, per_seconds, message) = (limit.count, limit.per_seconds, plan.message("rate-limited"));
        Some(quote! {
            const LIMIT: ::parlance_socketio::typed::Limit =
                ::parlance_socketio::typed::Limit { bucket: #bucket, count: #count, per_seconds: #per_seconds };
            if !socket.data().limits.take(LIMIT, ::std::time::Instant::now()) {
                return call.refuse("rate-limited", #message, ::core::option::Option::None);
            }
        })
    });
    let once = event.once.as_ref().map(|field| {
        quote! {
            let user = Application::user_id(&*self.app, &socket.data().user);
            let ::core::option::Option::Some(call) = call.once(&self.once, &user, #field).await else { return };
        }
    });
    let malformed = plan.message("invalid-message-format");
    let (shape, payload) = (ident(&constant(&event.name)), ident(&pascal(&event.name)));
    let (decode, argument) = match &event.payload {
        Payload::None => (
            quote!(let ::core::option::Option::Some(()) = call.nothing(#malformed) else { return };),
            quote!(),
        ),
        Payload::Args => (
            quote!(let ::core::option::Option::Some(payload) = call.args() else { return };),
            quote!(, payload),
        ),
        Payload::Fields(_) | Payload::Named(_) | Payload::Type(_) => {
            let decoded = match bounds_of_alias(plan, &event.payload) {
                Some(check) => quote! {
                    call.decode_if::<client_events::#payload>(&shapes::#shape, #malformed, |payload| #check)
                },
                None => quote!(call.decode::<client_events::#payload>(&shapes::#shape, #malformed)),
            };
            let decode = quote! {
                let decoded = #decoded;
                let ::core::option::Option::Some(payload) = decoded else { return };
            };
            (decode, quote!(, payload))
        }
    };
    let context = context_ident(event.role.as_deref(), event.needs.as_deref());
    let plain = quote!(Connected { socket, emitter: &self.emitter, after: &after });
    let state_field = event.needs.as_ref().map(|_| quote!(state));
    let made = if is_plain(event.role.as_deref(), event.needs.as_deref()) {
        plain
    } else {
        quote!(#context { connected: #plain, #state_field })
    };
    let enter = event.enters.as_ref().map(|state| {
        let field = ident(&snake(state));
        quote! {
            let (reply, entered) = reply;
            *socket.data().#field.lock().unwrap_or_else(::std::sync::PoisonError::into_inner) =
                ::core::option::Option::Some(::std::sync::Arc::new(entered));
        }
    });
    let has_payload = |reply: &String| {
        plan.spec.server_event(reply).is_some_and(|declared| declared.payload != Payload::None)
    };
    let answer = match &event.reply {
        Some(reply) if has_payload(reply) => {
            let prefix = prefix_ident(reply);
            quote!(call.reply(&prefixes::#prefix, &reply);)
        }
        Some(reply) => {
            let prefix = prefix_ident(reply);
            quote! {
                let () = reply;
                call.reply_bare(&prefixes::#prefix);
            }
        }
        None => match event.returns {
            Some(Returns::Type(_)) => quote!(call.returns(&reply);),
            Some(Returns::Args) => quote!(call.returns_args(&reply);),
            None => quote! {
                let () = reply;
                call.done();
            },
        },
    };
    let internal = plan.message("internal");
    quote! {
        async fn #name(
            &self,
            socket: &::parlance_socketio::typed::Socket<Connection<A>>,
            event: &::parlance_socketio::typed::Event,
        ) {
            let call = Self::call(socket, event);
            #once
            #role
            #state
            #limit
            #decode
            let after = ::parlance_socketio::typed::After::default();
            let cx = #made;
            let ::core::option::Option::Some(reply) =
                call.run(#handlers::#handler(&*self.app, &cx #argument), #internal).await
            else {
                return;
            };
            #enter
            #answer
            after.run().await;
        }
    }
}
