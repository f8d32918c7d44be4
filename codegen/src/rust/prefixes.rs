//! The module `prefixes`: what stands before the payload of each event that is sent.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::names::{constant, ident};

/// A constant per event.
pub(crate) fn prefixes<'n>(names: impl Iterator<Item = &'n str>) -> TokenStream {
    let constants = names.map(|name| {
        // Names have no control characters, which the checker has seen to.
        let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
        let (constant, text) = (prefix_ident(name), format!("42[\"{escaped}\""));
        quote!(pub(super) static #constant: Prefix = Prefix::literal(#text);)
    });
    quote! {
        #[allow(dead_code)]
        mod prefixes {
            use ::parlance_socketio::typed::Prefix;
            #(#constants)*
        }
    }
}

/// The constant of an event's prefix.
pub(crate) fn prefix_ident(event: &str) -> Ident {
    ident(&constant(event))
}
