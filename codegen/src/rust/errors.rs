//! The module `errors`: for each client event, what it may be refused with besides the codes that hold for all.

use proc_macro2::TokenStream;
use quote::quote;

use crate::docs::docs;
use crate::names::{ident, pascal};
use crate::plan::{Plan, Side};

/// An enum per client event; for clients also one of all codes, as connecting may be refused with any.
pub(crate) fn errors(plan: &Plan<'_>) -> TokenStream {
    let enums = plan.spec.client_events().map(|(_, event)| {
        let codes: Vec<&str> = event.errors.iter().map(String::as_str).collect();
        let doc = format!("What `{}` may be refused with.", event.name);
        codes_enum(plan, &format!("{}Error", pascal(&event.name)), &doc, &codes)
    });
    let all = (plan.side == Side::Client).then(|| {
        let codes: Vec<&str> = plan.spec.errors.iter().map(|error| error.code.as_str()).collect();
        codes_enum(plan, "Code", "Every code that the document knows.", &codes)
    });
    quote! {
        /// What client events may be refused with.
        #[allow(clippy::all, clippy::pedantic, dead_code)]
        pub mod errors {
            #all
            #(#enums)*
        }
    }
}

fn codes_enum(plan: &Plan<'_>, name: &str, doc: &str, codes: &[&str]) -> TokenStream {
    let name = ident(name);
    let variants: Vec<_> = codes.iter().map(|code| ident(&pascal(code))).collect();
    let messages: Vec<&str> = codes.iter().map(|code| plan.message(code)).collect();
    let variant_docs =
        codes.iter().zip(&messages).map(|(code, message)| docs(&[format!("`{code}`: {message}.")]));
    let doc = docs(&[doc.to_owned()]);
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
}
