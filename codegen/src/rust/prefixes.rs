//! The module `prefixes`: what stands before the payload of each event that is sent.

use parlance_spec::model::Group;
use parlance_spec::namespace::Keyed;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::names::{constant, ident};
use crate::plan::{Home, Plan, named_path};

/// A constant per event: the prefix, or one for each of the namespaces that its group is in.
pub(crate) fn prefixes<'n>(
    plan: &Plan<'_>,
    events: impl Iterator<Item = (&'n Group, &'n str)>,
) -> TokenStream {
    let constants = events.map(|(group, name)| {
        let constant = prefix_ident(name);
        if plan.is_plain() {
            let text = literal("/", name);
            return quote!(pub(super) static #constant: Prefix = Prefix::literal(#text););
        }
        let all =
            group.namespaces.iter().filter(|namespace| Keyed::of(namespace).is_none()).map(|namespace| {
                let text = literal(namespace, name);
                quote!((#namespace, Prefix::literal(#text)))
            });
        let keyed: Vec<usize> = keyed(plan)
            .filter(|(at, _)| {
                plan.spec.namespaces.get(*at).is_some_and(|known| group.namespaces.contains(known))
            })
            .map(|(at, _)| at)
            .collect();
        let keyed = match keyed.is_empty() {
            true => quote!(::core::option::Option::None),
            false => quote!(::core::option::Option::Some(Keyed { which, of: &[#(#keyed),*] })),
        };
        quote! {
            pub(super) static #constant: Prefixes =
                Prefixes { name: #name, all: &[#(#all),*], keyed: #keyed };
        }
    });
    let which = (!plan.namespace_keys().is_empty()).then(|| which(plan));
    let used = match (plan.is_plain(), &which) {
        (true, _) => quote!(Prefix),
        (false, None) => quote!({Prefix, Prefixes}),
        (false, Some(_)) => quote!({Keyed, Prefix, Prefixes}),
    };
    quote! {
        #[allow(dead_code)]
        mod prefixes {
            use ::parlance_socketio::typed::#used;
            #(#constants)*
            #which
        }
    }
}

/// The namespaces that have a key, with their places among all.
pub(crate) fn keyed<'p>(plan: &'p Plan<'_>) -> impl Iterator<Item = (usize, Keyed<'p>)> {
    let namespaces = plan.spec.namespaces.iter().enumerate();
    namespaces.filter_map(|(at, namespace)| Some((at, Keyed::of(namespace)?)))
}

/// The function that says which of the document's a namespace is: one without a key, or else the first that it fits.
fn which(plan: &Plan<'_>) -> TokenStream {
    let plain = plan.spec.namespaces.iter().enumerate();
    let plain = plain
        .filter(|(_, namespace)| Keyed::of(namespace).is_none())
        .map(|(at, namespace)| quote!(#namespace => ::core::option::Option::Some(#at),));
    let keyed = keyed(plan).map(|(at, Keyed { before, key, behind })| {
        let path = named_path(key, Home::ServerEvents);
        quote! {
            _ if ::parlance_socketio::typed::key_of(namespace, #before, #behind)
                .is_some_and(|key| #path::new(key).is_ok()) => ::core::option::Option::Some(#at),
        }
    });
    quote! {
        pub(super) fn which(namespace: &str) -> ::core::option::Option<usize> {
            match namespace {
                #(#plain)*
                #(#keyed)*
                _ => ::core::option::Option::None,
            }
        }
    }
}

/// What `Prefix::event` makes.
fn literal(namespace: &str, name: &str) -> String {
    // Neither has control characters, which the checker has seen to.
    let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
    match namespace {
        "/" => format!("42[\"{escaped}\""),
        namespace => format!("42{namespace},[\"{escaped}\""),
    }
}

/// The constant of an event's prefix.
pub(crate) fn prefix_ident(event: &str) -> Ident {
    ident(&constant(event))
}
