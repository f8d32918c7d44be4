//! The module `prefixes`: what stands before the payload of each event that is sent.

use parlance_spec::model::Group;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::names::{constant, ident};
use crate::plan::Plan;

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
        let all = group.namespaces.iter().map(|namespace| {
            let text = literal(namespace, name);
            quote!((#namespace, Prefix::literal(#text)))
        });
        quote!(pub(super) static #constant: Prefixes = Prefixes { all: &[#(#all),*] };)
    });
    let used = if plan.is_plain() { quote!(Prefix) } else { quote!({Prefix, Prefixes}) };
    quote! {
        #[allow(dead_code)]
        mod prefixes {
            use ::parlance_socketio::typed::#used;
            #(#constants)*
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
