//! The module `errors`: for each client event, what it may be refused with besides the codes that hold for all.

use proc_macro2::TokenStream;
use quote::quote;

use crate::docs::docs;
use crate::names::{ident, pascal};
use crate::plan::Plan;

/// An enum per client event.
pub(crate) fn errors(plan: &Plan<'_>) -> TokenStream {
    let enums = plan.spec.client_events().map(|(_, event)| {
        let name = ident(&format!("{}Error", pascal(&event.name)));
        let codes = &event.errors;
        let variants: Vec<_> = codes.iter().map(|code| ident(&pascal(code))).collect();
        let messages: Vec<&str> = codes.iter().map(|code| plan.message(code)).collect();
        let variant_docs =
            codes.iter().zip(&messages).map(|(code, message)| docs(&[format!("`{code}`: {message}.")]));
        let doc = docs(&[format!("What `{}` may be refused with.", event.name)]);
        quote! {
            #doc
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub enum #name {
                #(#variant_docs #variants,)*
            }

            impl ::parlance_socketio::typed::ErrorCode for #name {
                fn code(self) -> &'static str {
                    match self { #(Self::#variants => #codes,)* }
                }

                fn message(self) -> &'static str {
                    match self { #(Self::#variants => #messages,)* }
                }

                fn from_code(code: &str) -> ::core::option::Option<Self> {
                    match code {
                        #(#codes => ::core::option::Option::Some(Self::#variants),)*
                        _ => ::core::option::Option::None,
                    }
                }
            }

            impl ::core::fmt::Display for #name {
                fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
                }
            }

            impl ::std::error::Error for #name {}
        }
    });
    quote! {
        /// What client events may be refused with.
        #[allow(clippy::all, clippy::pedantic, dead_code)]
        pub mod errors {
            #(#enums)*
        }
    }
}
