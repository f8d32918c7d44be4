//! The generator: `server!`, `client!`, `conformance!` and `#[handlers]`, from one event specification.
//!
//! A path is relative to the file that names it, or else to the folder of its `Cargo.toml`. An edit of the document rebuilds
//! whatever was made from it. Mistakes of the document are shown in full, each with its line, as errors of the build.
//!
//! The document becomes a checked model (`parlance-spec`), the model a plan in which every Rust name is chosen, and the plan
//! tokens. What is generated is thin: declarations, and calls into `parlance-socketio` and `parlance-conformance`.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod collisions;
mod docs;
mod input;
mod names;
mod plan;
mod rust;

use proc_macro::TokenStream;

/// The server's half of a document, into the module where it stands:
///
/// * `types`, `client_events`, `server_events`, `errors`: payloads and errors;
/// * `Role`, `Identity`, the trait `Application`, and one trait of handlers per group, without default bodies: an event without
///   handler does not build;
/// * a context per role and state, which has what was checked: a handler of an event that needs a state has the state;
/// * `Emitter`, with exactly the events and audiences that the document allows;
/// * `Protocol`, a `Service` that refuses what the document refuses before a handler is called.
///
/// ```ignore
/// parlance_codegen::server!("../spec/gemini.yaml");
/// ```
#[proc_macro]
pub fn server(input: TokenStream) -> TokenStream {
    input::expand(input.into(), |source| {
        let plan = plan::Plan::new(source, plan::Side::Server)?;
        let (types, server) = (rust::types(&plan), rust::server(&plan));
        let source = source.include();
        Ok(quote::quote!(#source #types #server))
    })
    .into()
}

/// The client's half of a document, into the module where it stands: `types`, `client_events`, `server_events`, `errors`; `Client`
/// with one method per client event, which resolves to its typed reply or error; `Events`, which gives what arrives as `Incoming`:
/// a `ServerEvent` of the document, or news of the connection.
///
/// ```ignore
/// parlance_codegen::client!("../spec/gemini.yaml");
/// ```
#[proc_macro]
pub fn client(input: TokenStream) -> TokenStream {
    input::expand(input.into(), |source| {
        let plan = plan::Plan::new(source, plan::Side::Client)?;
        let (types, client) = (rust::types(&plan), rust::client(&plan));
        let source = source.include();
        Ok(quote::quote!(#source #types #client))
    })
    .into()
}

/// A test function for each case of a document, in a module per event: `parlance_spec::cases` says which they are,
/// `parlance_conformance` plays them. `target` is a path to `async fn() -> parlance_conformance::Target`, which starts a server.
///
/// ```ignore
/// parlance_codegen::conformance!("../../spec/gemini.yaml", target = start);
/// ```
#[proc_macro]
pub fn conformance(input: TokenStream) -> TokenStream {
    input::expand(input.into(), |source| {
        let tests = rust::tests(source)?;
        let source = source.include();
        Ok(quote::quote!(#source #tests))
    })
    .into()
}

/// On the `impl` of a handler trait: an event without handler is an error that names the event, the line of the document that
/// declares it, and the signature to write. Without it the compiler names the method alone.
///
/// ```ignore
/// #[parlance_codegen::handlers("../spec/gemini.yaml")]
/// impl ChatHandlers for App { /* one method per client event */ }
/// ```
#[proc_macro_attribute]
pub fn handlers(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let item = proc_macro2::TokenStream::from(item);
    let missing = input::expand(arguments.into(), |source| {
        let plan = plan::Plan::new(source, plan::Side::Server)?;
        rust::missing_handlers(&plan, item.clone())
    });
    quote::quote!(#item #missing).into()
}

#[cfg(test)]
mod tests;
