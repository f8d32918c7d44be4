//! What a macro is given: a path, and for tests a target; read, loaded, or refused where it stands.

use std::path::{Path, PathBuf};

use parlance_spec::Spec;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

/// A document, and where it comes from.
pub(crate) struct Source {
    /// The checked model.
    pub(crate) spec: Spec,
    /// The path as it was written, without the steps upwards: with it diagnostics and docs name the document.
    pub(crate) file: String,
    /// What `include_str!` is given; as written when the text does not come from a file.
    pub(crate) path: String,
    /// Where the path stands.
    pub(crate) span: Span,
    /// `target = …`.
    pub(crate) target: Option<syn::Path>,
}

impl Source {
    /// The document's text as a constant, because of which an edit of it rebuilds.
    pub(crate) fn include(&self) -> TokenStream {
        let path = &self.path;
        quote! {
            /// The document that this was made from.
            pub const SPEC: &str = ::core::include_str!(#path);
        }
    }
}

struct Input {
    path: LitStr,
    target: Option<syn::Path>,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path = input.parse::<LitStr>().map_err(|error| {
            syn::Error::new(error.span(), "expected the path of an event specification, in quotes")
        })?;
        let mut target = None;
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let key: Ident = input.parse()?;
            if key != "target" {
                return Err(syn::Error::new(
                    key.span(),
                    format!("unknown key `{key}`; there is `target = path`"),
                ));
            }
            input.parse::<Token![=]>()?;
            target = Some(input.parse()?);
        }
        Ok(Self { path, target })
    }
}

/// Reads the input of a macro and makes tokens of it; mistakes become errors of the build.
pub(crate) fn expand(
    input: TokenStream,
    make: impl FnOnce(&Source) -> Result<TokenStream, syn::Error>,
) -> TokenStream {
    let made = syn::parse2::<Input>(input).and_then(|input| make(&load(input)?));
    made.unwrap_or_else(|error| error.to_compile_error())
}

fn load(input: Input) -> Result<Source, syn::Error> {
    let span = input.path.span();
    let file = input.path.value();
    let path = find(&file, span)?;
    let text = std::fs::read_to_string(&path)
        .map_err(|error| syn::Error::new(span, format!("{file} cannot be read: {error}")))?;
    // One message with everything in it: the compiler prints it as it is, line breaks included.
    let file = file.trim_start_matches("../").to_owned();
    let spec = parlance_spec::load(&text, &file)
        .map_err(|problems| syn::Error::new(span, format!("{file} has mistakes\n\n{problems}")))?;
    let path = path.to_string_lossy().into_owned();
    Ok(Source { spec, file, path, span, target: input.target })
}

/// Relative to the calling file, or else to the package.
fn find(file: &str, span: Span) -> Result<PathBuf, syn::Error> {
    let calling = span.unwrap().local_file();
    let beside = calling.as_deref().and_then(Path::parent).map(Path::to_path_buf);
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let candidates = [beside, package];
    for folder in candidates.iter().flatten() {
        if let Ok(found) = folder.join(file).canonicalize() {
            return Ok(found);
        }
    }
    Err(syn::Error::new(
        span,
        format!("{file} is neither beside this file nor beside the package's Cargo.toml"),
    ))
}

/// An error at the path of the document.
pub(crate) fn error_at(span: Span, message: &str) -> TokenStream {
    quote_spanned!(span=> ::core::compile_error!(#message);)
}
