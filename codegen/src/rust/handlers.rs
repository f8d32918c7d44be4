//! `#[handlers]`: an event without a handler is named with its line and the signature to write.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Token, braced};

use super::server::{signature, trait_name};
use crate::input::error_at;
use crate::names::{ident, snake};
use crate::plan::Plan;

/// Just as much of an `impl` block as is looked at.
struct Impl {
    keyword: Token![impl],
    name: Ident,
    methods: Vec<Ident>,
}

impl Parse for Impl {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(syn::Attribute::parse_outer).ok();
        let keyword = input.parse()?;
        // The last name before `for` is the trait's; generics are not looked at.
        let mut name = None;
        while !input.peek(Token![for]) {
            match input.parse::<proc_macro2::TokenTree>()? {
                proc_macro2::TokenTree::Ident(ident) => name = Some(ident),
                _ if input.is_empty() => break,
                _ => {}
            }
        }
        let name = name.ok_or_else(|| input.error("#[handlers] goes on `impl …Handlers for …`"))?;
        while !input.peek(syn::token::Brace) {
            input.parse::<proc_macro2::TokenTree>()?;
        }
        let body;
        braced!(body in input);
        let mut methods = Vec::new();
        while !body.is_empty() {
            if body.peek(Token![fn]) {
                body.parse::<Token![fn]>()?;
                methods.push(body.parse()?);
            } else {
                body.parse::<proc_macro2::TokenTree>()?;
            }
        }
        Ok(Self { keyword, name, methods })
    }
}

/// One error for each event of the group that has no method in the `impl`.
pub(crate) fn missing_handlers(plan: &Plan<'_>, item: TokenStream) -> Result<TokenStream, syn::Error> {
    let Impl { keyword, name, methods } = syn::parse2(item)?;
    let Some(group) = plan.handler_groups().find(|group| trait_name(group) == name) else {
        let known: Vec<String> =
            plan.handler_groups().map(|group| format!("`{}`", trait_name(group))).collect();
        let text =
            format!("{} has no group whose handlers are `{name}`; there are {}", plan.file, known.join(", "));
        return Err(syn::Error::new(name.span(), text));
    };
    let missing = group.client.iter().filter(|event| !methods.contains(&ident(&snake(&event.name))));
    let errors = missing.map(|event| {
        let method = snake(&event.name);
        let text = format!(
            "`{}` has no handler: `{method}` is missing\n  --> {}\n\nwrite\n\n    {}",
            event.name,
            plan.place(event.at),
            signature(plan, event)
        );
        error_at(keyword.span, &text)
    });
    Ok(quote!(#(#errors)*))
}
