//! A test function per case, in a module per event.

use parlance_spec::cases::{Case, cases};
use proc_macro2::TokenStream;
use quote::quote;

use crate::docs::docs;
use crate::input::Source;
use crate::names::ident;

/// All cases of a document.
pub(crate) fn tests(source: &Source) -> Result<TokenStream, syn::Error> {
    let Some(target) = &source.target else {
        let text = "a target is missing: `target = path`, where path is an `async fn() -> parlance_conformance::Target`";
        return Err(syn::Error::new(source.span, text));
    };
    let mut modules: Vec<(String, Vec<Case>)> = Vec::new();
    for case in cases(&source.spec) {
        match modules.iter_mut().find(|(name, _)| *name == case.module) {
            Some((_, cases)) => cases.push(case),
            None => modules.push((case.module.clone(), vec![case])),
        }
    }
    let file = &source.file;
    let modules = modules.iter().map(|(name, cases)| {
        let module = ident(name);
        let functions = cases.iter().map(|case| {
            let (function, id) = (ident(&case.name), case.id());
            let doc =
                docs(&[case.doc.clone(), format!("Declared at {file}:{}:{}.", case.at.line, case.at.column)]);
            quote! {
                #doc
                #[test]
                fn #function() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
                    ::parlance_conformance::test(super::SPEC, #file, #id, super::start_target)
                }
            }
        });
        quote!(mod #module { #(#functions)* })
    });
    Ok(quote! {
        use #target as start_target;

        #(#modules)*
    })
}
