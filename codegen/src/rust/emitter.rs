//! The emitter: from where the document's events are sent, and who is in its audiences.

use parlance_spec::model::To;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::contexts::{audience_parts, target_ident};
use super::prefixes::prefixes;
use super::targets::target;
use crate::docs::docs;
use crate::names::{ident, snake};
use crate::plan::Plan;

/// `Emitter`, a struct per target, and the prefixes of all events.
pub(crate) fn emitter(plan: &Plan<'_>) -> TokenStream {
    let everyone = if plan.is_plain() { quote!(everyone("/")) } else { quote!(all()) };
    let prefixes =
        prefixes(plan, plan.spec.server_events().map(|(group, event)| (group, event.name.as_str())));
    let targets = plan.targets();
    let methods = targets.iter().map(|to| method(plan, to, &everyone));
    let structs = targets.iter().map(|to| target(plan, to));
    quote! {
        #prefixes

        /// Sends what the document allows to whom it allows, from anywhere.
        #[derive(Clone, Debug)]
        pub struct Emitter {
            hub: ::parlance_socketio::typed::Hub,
        }

        impl Emitter {
            /// Over the sockets of a server.
            pub fn new(hub: ::parlance_socketio::typed::Hub) -> Self {
                Self { hub }
            }

            #(#methods)*
        }

        #(#structs)*
    }
}

fn method(plan: &Plan<'_>, to: &To, everyone: &TokenStream) -> TokenStream {
    let name = target_ident(to);
    match to {
        To::Caller => quote! {
            /// One connection.
            pub fn caller(&self, id: ::parlance_socketio::typed::SocketId) -> ToCaller<'_> {
                ToCaller(self.hub.socket(id))
            }
        },
        To::Everyone => quote! {
            /// Everyone.
            pub fn everyone(&self) -> ToEveryone<'_> {
                ToEveryone(self.hub.#everyone)
            }
        },
        To::Role(role) => {
            let method = format_ident!("role_{}", snake(role));
            let doc = docs(&[format!("Everyone of the role `{role}`.")]);
            let room = role_room(role);
            quote! {
                #doc
                pub fn #method(&self) -> #name<'_> {
                    #name(self.hub.to(&::parlance_socketio::typed::Room::new(#room)))
                }
            }
        }
        To::Audience(audience) => {
            let Some(audience) = plan.audience(audience) else { return TokenStream::new() };
            let (part, parameter, argument) = audience_parts(audience);
            let method = ident(&part);
            let (join, leave, room) =
                (format_ident!("join_{part}"), format_ident!("leave_{part}"), format_ident!("{part}_room"));
            let comma = (!parameter.is_empty()).then(|| quote!(,));
            let doc = docs(&[
                audience.doc.clone().unwrap_or_else(|| format!("The audience `{}`.", audience.name)),
                format!("Declared at {}.", plan.place(audience.at)),
            ]);
            let join_doc = docs(&[format!(
                "Puts a connection into the audience `{}`. Whether that is new.",
                audience.name
            )]);
            let leave_doc = docs(&[format!(
                "Takes a connection out of the audience `{}`. Whether it was in it.",
                audience.name
            )]);
            let prefix = &audience.name;
            let made = if audience.key.is_some() {
                let pattern = format!("{prefix}/{{key}}");
                quote!(::std::format!(#pattern))
            } else {
                quote!(#prefix)
            };
            quote! {
                #doc
                pub fn #method(&self, #parameter) -> #name<'_> {
                    #name(self.hub.to(&Self::#room(#argument)))
                }

                #join_doc
                pub fn #join(&self, #parameter #comma id: ::parlance_socketio::typed::SocketId) -> bool {
                    self.hub.join(id, &Self::#room(#argument))
                }

                #leave_doc
                pub fn #leave(&self, #parameter #comma id: ::parlance_socketio::typed::SocketId) -> bool {
                    self.hub.leave(id, &Self::#room(#argument))
                }

                fn #room(#parameter) -> ::parlance_socketio::typed::Room {
                    ::parlance_socketio::typed::Room::new(#made)
                }
            }
        }
    }
}

/// The room of a role. No audience is called that: their names have no `@`.
pub(crate) fn role_room(role: &str) -> String {
    format!("@role/{role}")
}
