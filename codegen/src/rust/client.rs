//! The client's half: one method per client event, and what arrives as enums.

use parlance_spec::model::{ClientEvent, Kind, Payload, Returns};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::payloads::outgoing;
use super::prefixes::{prefix_ident, prefixes};
use super::server::answer_type;
use crate::docs::docs;
use crate::names::{client_method, ident, pascal, snake};
use crate::plan::{Home, Plan};

/// Makes up what the event is known by when it is sent again, if the caller has not.
fn fill(plan: &Plan<'_>, event: &ClientEvent) -> Option<TokenStream> {
    let name = event.once.as_ref()?;
    let fields = plan.spec.fields_of(&event.payload)?;
    let field = fields.fields.iter().find(|field| field.name == *name)?;
    let member = ident(&snake(name));
    let made_up = quote!(::parlance_socketio::typed::identity()?);
    // The checker has seen that it is a text, of a name or of none, which has room for what is made up.
    let (made_up, text) = match field.ty.kind {
        Kind::Named(_) => {
            let ty = plan.rust_type(&field.ty, "", Home::Top);
            (quote!(<#ty>::trusted(#made_up)), quote!(.as_str()))
        }
        _ => (made_up, quote!()),
    };
    let (is_missing, made_up) = if field.required {
        (quote!(payload.#member #text.is_empty()), made_up)
    } else {
        (
            quote!(payload.#member.as_ref().is_none_or(|known| known #text.is_empty())),
            quote!(::core::option::Option::Some(#made_up)),
        )
    };
    Some(quote! {
        let mut payload = ::core::clone::Clone::clone(payload);
        if #is_missing {
            payload.#member = #made_up;
        }
        let payload = &payload;
    })
}

/// The method that sends an event and waits for nothing.
fn emit_method(plan: &Plan<'_>, event: &ClientEvent) -> TokenStream {
    let (method, prefix) = (ident(&client_method(&event.name)), prefix_ident(&event.name));
    let (parameter, argument) = outgoing("client_events", &event.name, &event.payload);
    let fill = fill(plan, event);
    let doc = docs(&[
        event.doc.clone().unwrap_or_else(|| format!("`{}`.", event.name)),
        format!("Sends `{}` and waits for nothing.", event.name),
        "# Errors".to_owned(),
        "When it is not taken.".to_owned(),
        format!("Declared at {}.", plan.place(event.at)),
    ]);
    quote! {
        #doc
        pub fn #method(&self #parameter) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
            #fill
            ::parlance_socketio::typed::emit(&self.inner, &prefixes::#prefix, #argument)
        }
    }
}

/// `Asked`, if the document asks clients anything.
fn asked(plan: &Plan<'_>) -> Option<TokenStream> {
    let asking = || plan.spec.server_events().filter_map(|(_, event)| Some((event, event.asks.as_ref()?)));
    let variants = asking().map(|(event, asks)| {
        let (answer, variant) = (plan.asked_type(&event.name, asks), ident(&pascal(&event.name)));
        let doc = docs(&[
            event.doc.clone().unwrap_or_else(|| format!("`{}`.", event.name)),
            format!("Event `{}`, and what it is answered by.", event.name),
        ]);
        let answer = quote!(::parlance_socketio::typed::Answer<#answer>);
        match event.payload {
            Payload::None => quote!(#doc #variant(#answer),),
            _ => quote!(#doc #variant(server_events::#variant, #answer),),
        }
    });
    let arms = asking().map(|(event, _)| {
        let (name, variant) = (&event.name, ident(&pascal(&event.name)));
        let answer = quote!(::parlance_socketio::typed::Answer::new(client, event));
        let decode = match event.payload {
            Payload::None => return quote!(#name => ::core::result::Result::Ok(Self::#variant(#answer)),),
            Payload::Args => quote!(decode_args),
            _ => quote!(decode_event),
        };
        quote! {
            #name => ::parlance_socketio::typed::#decode(event).map(|payload| Self::#variant(payload, #answer)),
        }
    });
    plan.has_asks().then(|| {
        quote! {
            /// An event of the document that the server waits for an answer to.
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub enum Asked {
                #(#variants)*
            }

            impl Asked {
                fn from_event(
                    client: &::parlance_socketio::client::Client,
                    event: &::parlance_socketio::typed::Event,
                ) -> ::core::option::Option<::core::result::Result<Self, ::std::string::String>> {
                    ::core::option::Option::Some(match event.name() {
                        #(#arms)*
                        _ => return ::core::option::Option::None,
                    })
                }
            }
        }
    })
}

/// `Client`, `Emit`, `Events`, `Incoming`, `ServerEvent` and `Asked`.
pub(crate) fn client(plan: &Plan<'_>) -> TokenStream {
    let prefixes =
        prefixes(plan, plan.spec.client_events().map(|(group, event)| (group, event.name.as_str())));
    let methods = plan.spec.client_events().map(|(_, event)| {
        let (method, prefix) = (ident(&client_method(&event.name)), prefix_ident(&event.name));
        let error = format_ident!("{}Error", pascal(&event.name));
        let reply = answer_type(plan, event);
        let mut doc = vec![event.doc.clone().unwrap_or_else(|| format!("`{}`.", event.name))];
        doc.push(format!("Sends `{}` and waits for the acknowledgement.", event.name));
        doc.extend(event.role.as_ref().map(|role| format!("Needs the role `{role}`.")));
        doc.extend(event.needs.as_ref().map(|state| format!("Needs the state `{state}`.")));
        doc.extend(event.once.as_ref().map(|field| {
            format!("It has one effect for each `{field}`, which is made up if it is not there.")
        }));
        doc.push("# Errors".to_owned());
        doc.push("When it is refused, or no answer comes.".to_owned());
        doc.push(format!("Declared at {}.", plan.place(event.at)));
        let doc = docs(&doc);
        let (parameter, argument) = outgoing("client_events", &event.name, &event.payload);
        let fill = fill(plan, event);
        let call = match &event.returns {
            Some(Returns::Args) => "returned_args",
            Some(Returns::Type(_)) => "returned",
            None if reply.to_string() == "()" => "done",
            None => "call",
        };
        let call = ident(call);
        quote! {
            #doc
            pub async fn #method(
                &self #parameter
            ) -> ::core::result::Result<#reply, ::parlance_socketio::typed::CallError<errors::#error>> {
                #fill
                ::parlance_socketio::typed::#call(&self.inner, &prefixes::#prefix, #argument).await
            }
        }
    });
    let emits = plan.spec.client_events().map(|(_, event)| emit_method(plan, event));
    let asked = asked(plan);
    let (server_events, asking): (Vec<_>, Vec<_>) =
        plan.spec.server_events().map(|(_, event)| event).partition(|event| event.asks.is_none());
    let variants = server_events.iter().map(|event| {
        let variant = ident(&pascal(&event.name));
        let doc = docs(&[
            event.doc.clone().unwrap_or_else(|| format!("`{}`.", event.name)),
            format!("Event `{}`.", event.name),
        ]);
        match event.payload {
            Payload::None => quote!(#doc #variant,),
            _ => quote!(#doc #variant(server_events::#variant),),
        }
    });
    let arms = server_events.iter().map(|event| {
        let (name, variant) = (&event.name, ident(&pascal(&event.name)));
        match event.payload {
            Payload::None => quote!(#name => ::core::result::Result::Ok(Self::#variant),),
            Payload::Args => {
                quote!(#name => ::parlance_socketio::typed::decode_args(event).map(Self::#variant),)
            }
            _ => quote!(#name => ::parlance_socketio::typed::decode_event(event).map(Self::#variant),),
        }
    });
    let from_event = if asking.is_empty() {
        quote!(ServerEvent::from_event(&event))
    } else {
        quote! {
            match Asked::from_event(client, &event) {
                ::core::option::Option::None => ServerEvent::from_event(&event),
                ::core::option::Option::Some(::core::result::Result::Ok(asked)) => Self::Asked(asked),
                ::core::option::Option::Some(::core::result::Result::Err(why)) => {
                    Self::Malformed { event: event.name().to_owned(), why }
                }
            }
        }
    };
    let asked_variant = (!asking.is_empty()).then(|| {
        quote! {
            /// An event of the document that the server waits for an answer to.
            Asked(Asked),
        }
    });
    let client_name = if asking.is_empty() { quote!(_) } else { quote!(client) };
    quote! {
        #prefixes

        /// A connection to a server of the document. Cloning shares it.
        #[derive(Clone, Debug)]
        pub struct Client {
            inner: ::parlance_socketio::client::Client,
        }

        impl Client {
            /// Connects, and waits until the server has said yes.
            ///
            /// # Errors
            /// When the server says no, or cannot be reached.
            pub async fn connect(
                config: ::parlance_socketio::client::Config,
            ) -> ::core::result::Result<(Self, Events), ::parlance_socketio::typed::JoinError<errors::Code>> {
                let (inner, incoming) = ::parlance_socketio::client::Client::connect(config).await?;
                let client = inner.clone();
                ::core::result::Result::Ok((Self { inner }, Events { incoming, client }))
            }

            /// Begins to connect, and tries again until it works; what comes of each attempt is told by what arrives.
            ///
            /// # Errors
            /// When the configuration is unusable.
            pub fn start(
                config: ::parlance_socketio::client::Config,
            ) -> ::core::result::Result<(Self, Events), ::parlance_socketio::typed::JoinError<errors::Code>> {
                let (inner, incoming) = ::parlance_socketio::client::Client::start(config)?;
                let client = inner.clone();
                ::core::result::Result::Ok((Self { inner }, Events { incoming, client }))
            }

            /// A handle whose calls go before all that waits, on the connection that there is now or on none.
            #[must_use]
            pub fn ahead(&self) -> Self {
                Self { inner: self.inner.ahead() }
            }

            /// What was held until the application has made its state again is sent.
            pub fn ready(&self) {
                self.inner.ready();
            }

            /// Whether there is a connection at this moment.
            pub fn is_connected(&self) -> bool {
                self.inner.is_connected()
            }

            /// The public id of the connection, while there is one.
            pub fn socket_id(&self) -> ::core::option::Option<::std::string::String> {
                self.inner.socket_id()
            }

            /// A handle of the same connection whose calls wait so long for an answer, or for that to each try.
            #[must_use]
            pub fn with_ack_timeout(&self, ack_timeout: ::core::time::Duration) -> Self {
                Self { inner: self.inner.with_ack_timeout(ack_timeout) }
            }

            /// A handle of the same connection whose events are sent again so often when they are not acknowledged.
            #[must_use]
            pub fn with_retries(&self, retries: u32) -> Self {
                Self { inner: self.inner.with_retries(retries) }
            }

            /// Says goodbye.
            pub fn close(&self) {
                self.inner.close();
            }

            /// Waits for the end. How many calls were not sent.
            pub async fn closed(&self) -> usize {
                self.inner.closed().await
            }

            /// Sends without waiting for an answer.
            #[must_use]
            pub fn emit(&self) -> Emit {
                Emit { inner: self.inner.clone() }
            }

            /// The same, and drops what cannot be sent at once.
            #[must_use]
            pub fn volatile(&self) -> Emit<::parlance_socketio::client::Volatile> {
                Emit { inner: self.inner.volatile() }
            }

            #(#methods)*
        }

        /// Sends events without waiting for an answer: what is refused is told as an event, if at all.
        #[derive(Clone, Debug)]
        pub struct Emit<S = ::parlance_socketio::client::Client> {
            inner: S,
        }

        impl<S: ::parlance_socketio::typed::Sends> Emit<S> {
            #(#emits)*
        }

        /// What arrives, in order.
        #[derive(Debug)]
        pub struct Events {
            incoming: ::parlance_socketio::client::Incoming,
            /// For answers. The connection lives as long as this and its other handles.
            client: ::parlance_socketio::client::Client,
        }

        impl Events {
            /// The next; `None` when the connection has ended for good.
            pub async fn next(&mut self) -> ::core::option::Option<Incoming> {
                loop {
                    let signal = self.incoming.next().await?;
                    if let ::core::option::Option::Some(incoming) = Incoming::from_signal(signal, &self.client) {
                        return ::core::option::Option::Some(incoming);
                    }
                }
            }
        }

        /// What arrives: an event, or news of the connection.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Incoming {
            /// An event of the document.
            Event(ServerEvent),
            #asked_variant
            /// An event that the document does not know.
            Unknown {
                /// Its name.
                event: ::std::string::String,
                /// Its arguments, as JSON text separated by commas.
                arguments: ::std::string::String,
            },
            /// An event of the document with something else in it than the document says.
            Malformed {
                /// Its name.
                event: ::std::string::String,
                /// What is wrong.
                why: ::std::string::String,
            },
            /// The connection is there, at first or again. If it was not `recovered`, events may have been missed.
            Connected {
                /// Whether nothing was missed.
                recovered: bool,
            },
            /// The connection is gone.
            #[non_exhaustive]
            Disconnected {
                /// Why.
                reason: ::parlance_socketio::client::Reason,
                /// What else is known of it.
                detail: ::parlance_socketio::client::Detail,
                /// Whether it is being tried again.
                will_retry: bool,
            },
            /// An attempt to connect or to come back has failed.
            #[non_exhaustive]
            Failed {
                /// Which, of those since there was a connection; the first is 1.
                attempt: u32,
                /// Why.
                why: ::parlance_socketio::typed::JoinError<errors::Code>,
                /// How long from then until the next; `None` if this was the last.
                next: ::core::option::Option<::core::time::Duration>,
            },
            /// The server said no when it was tried again.
            Refused {
                /// Which of the document's codes, if it is one.
                code: ::core::option::Option<errors::Code>,
                /// Its words.
                message: ::std::string::String,
                /// More about it.
                data: ::core::option::Option<::parlance_socketio::typed::private::serde_json::Value>,
            },
        }

        impl Incoming {
            /// `None` of what this was not generated for.
            fn from_signal(
                signal: ::parlance_socketio::client::Signal,
                #client_name: &::parlance_socketio::client::Client,
            ) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(match signal {
                    ::parlance_socketio::client::Signal::Connected { recovered } => Self::Connected { recovered },
                    ::parlance_socketio::client::Signal::Disconnected { reason, detail, will_retry, .. } => {
                        Self::Disconnected { reason, detail, will_retry }
                    }
                    ::parlance_socketio::client::Signal::Failed { attempt, why, next, .. } => {
                        Self::Failed { attempt, why: why.into(), next }
                    }
                    ::parlance_socketio::client::Signal::Refused { message, data } => {
                        Self::Refused {
                            code: ::parlance_socketio::typed::code(data.as_ref()),
                            message,
                            data,
                        }
                    }
                    ::parlance_socketio::client::Signal::Event(event) => #from_event,
                    _ => return ::core::option::Option::None,
                })
            }
        }

        #asked

        /// An event of the document.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum ServerEvent {
            #(#variants)*
        }

        impl ServerEvent {
            fn from_event(event: &::parlance_socketio::typed::Event) -> Incoming {
                let decoded = match event.name() {
                    #(#arms)*
                    name => {
                        return Incoming::Unknown {
                            event: name.to_owned(),
                            arguments: event.arguments().to_owned(),
                        };
                    }
                };
                match decoded {
                    ::core::result::Result::Ok(decoded) => Incoming::Event(decoded),
                    ::core::result::Result::Err(why) => {
                        Incoming::Malformed { event: event.name().to_owned(), why }
                    }
                }
            }
        }
    }
}
