//! The module `shapes`: payloads of client events as static tables, from which a refusal says what is wrong.

use parlance_spec::model::{Asks, Fields, Kind, Payload, Returns, Type};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::names::{constant, ident};
use crate::plan::Plan;

/// A table per named type and per client event with a payload.
pub(crate) fn shapes(plan: &Plan<'_>) -> TokenStream {
    let named = plan.spec.types.iter().map(|named| {
        let (name, shape) = (type_ident(&named.name), shape(&named.ty));
        quote!(pub(super) static #name: Shape = #shape;)
    });
    let events = plan.spec.client_events().filter_map(|(_, event)| {
        let name = ident(&constant(&event.name));
        let shape = match &event.payload {
            Payload::Fields(fields) => {
                let fields = table(fields);
                quote!(Shape::Struct(&#fields))
            }
            Payload::Named(named) => {
                let named = type_ident(named);
                quote!(Shape::Named(&#named))
            }
            Payload::Type(ty) => shape(ty),
            Payload::None | Payload::Args => return None,
        };
        Some(quote!(pub(super) static #name: Shape = #shape;))
    });
    let answers = plan.spec.server_events().filter_map(|(_, event)| {
        let Some(Asks { returns: Returns::Type(ty), .. }) = &event.asks else { return None };
        let (name, shape) = (answer_ident(&event.name), shape(ty));
        Some(quote!(pub(super) static #name: Shape = #shape;))
    });
    quote! {
        #[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
        mod shapes {
            use ::parlance_socketio::typed::{Field, Fields, Shape};
            use ::core::option::Option::{None, Some};
            #(#named)*
            #(#events)*
            #(#answers)*
        }
    }
}

/// The table of what clients answer; no event has two underscores in its name.
pub(crate) fn answer_ident(event: &str) -> Ident {
    format_ident!("ANSWER__{}", constant(event))
}

/// The table of a named type; no event has two underscores in its name.
fn type_ident(name: &str) -> Ident {
    format_ident!("TYPE__{}", constant(name))
}

fn table(fields: &Fields) -> TokenStream {
    let open = fields.open;
    let rows = fields.fields.iter().map(|field| {
        let (name, required, shape) = (&field.name, field.required, shape(&field.ty));
        quote!(Field { name: #name, required: #required, shape: #shape })
    });
    quote!(Fields { fields: &[#(#rows),*], open: #open })
}

fn shape(ty: &Type) -> TokenStream {
    let bare = match &ty.kind {
        Kind::String { min_length, max_length, pattern, date_time } => {
            let (least, most) = (min_length.unwrap_or(0), max_length.unwrap_or(u64::MAX));
            let pattern = option(pattern);
            quote!(Shape::String { least: #least, most: #most, pattern: #pattern, date_time: #date_time })
        }
        Kind::Integer { minimum, maximum } => {
            let (minimum, maximum) = (option(minimum), option(maximum));
            quote!(Shape::Integer { minimum: #minimum, maximum: #maximum })
        }
        Kind::Number { minimum, maximum } => {
            let (minimum, maximum) = (option(minimum), option(maximum));
            quote!(Shape::Number { minimum: #minimum, maximum: #maximum })
        }
        Kind::Boolean => quote!(Shape::Boolean),
        Kind::Any => quote!(Shape::Any),
        Kind::Binary => quote!(Shape::Binary),
        Kind::Object => quote!(Shape::Object),
        Kind::Enum { open: true, .. } => quote!(Shape::OpenEnum),
        Kind::Enum { values, .. } => quote!(Shape::Enum(&[#(#values),*])),
        Kind::Array { items, min_items, max_items } => {
            let items = shape(items);
            let (least, most) = (min_items.unwrap_or(0), max_items.unwrap_or(u64::MAX));
            quote!(Shape::Array { items: &#items, least: #least, most: #most })
        }
        Kind::Map { values } => {
            let values = shape(values);
            quote!(Shape::Map(&#values))
        }
        Kind::Struct(fields) => {
            let fields = table(fields);
            quote!(Shape::Struct(&#fields))
        }
        Kind::Union { tag, variants } => {
            let rows = variants.iter().map(|(name, fields)| {
                let fields = table(fields);
                quote!((#name, #fields))
            });
            quote!(Shape::Union { tag: #tag, variants: &[#(#rows),*] })
        }
        Kind::Named(name) => {
            let name = type_ident(name);
            quote!(Shape::Named(&#name))
        }
    };
    if ty.nullable { quote!(Shape::Nullable(&#bare)) } else { bare }
}

fn option<T: quote::ToTokens>(value: &Option<T>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}
