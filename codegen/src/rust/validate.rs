//! Checks of decoded values, as expressions; `None` where every value is fine.

use parlance_spec::model::{Field, Fields, Kind, Type};
use proc_macro2::TokenStream;
use quote::quote;

use crate::names::{ident, pascal, snake};
use crate::plan::{Plan, is_alias};

/// All fields of a struct, each after `prefix`.
pub(crate) fn field_checks(
    plan: &Plan<'_>,
    owner: &str,
    fields: &Fields,
    prefix: &TokenStream,
) -> TokenStream {
    let checks: Vec<TokenStream> = fields
        .fields
        .iter()
        .filter_map(|field| {
            let name = ident(&snake(&field.name));
            field_check(plan, owner, field, &quote!(&#prefix #name))
        })
        .collect();
    if checks.is_empty() { quote!(true) } else { quote!(#(#checks)&&*) }
}

/// The variants of a union.
pub(crate) fn union_checks(plan: &Plan<'_>, owner: &str, variants: &[(String, Fields)]) -> TokenStream {
    let mut arms = TokenStream::new();
    for (wire, fields) in variants {
        let variant = ident(&pascal(wire));
        let mut names = Vec::new();
        let mut checks = Vec::new();
        for field in &fields.fields {
            let name = ident(&snake(&field.name));
            if let Some(check) = field_check(plan, owner, field, &quote!(#name)) {
                names.push(name);
                checks.push(check);
            }
        }
        let check = if checks.is_empty() { quote!(true) } else { quote!(#(#checks)&&*) };
        arms.extend(quote!(Self::#variant { #(#names,)* .. } => #check,));
    }
    arms
}

fn field_check(plan: &Plan<'_>, owner: &str, field: &Field, value: &TokenStream) -> Option<TokenStream> {
    let inline = crate::plan::inline_name(owner, field);
    let is_option = !field.required && field.default.is_none();
    if !is_option {
        return type_check(plan, &field.ty, &inline, value);
    }
    let check = type_check(plan, &field.ty, &inline, &quote!(value))?;
    Some(quote!(::core::option::Option::is_none_or(::core::option::Option::as_ref(#value), |value| #check)))
}

/// A value behind a reference.
pub(crate) fn type_check(
    plan: &Plan<'_>,
    ty: &Type,
    inline: &str,
    value: &TokenStream,
) -> Option<TokenStream> {
    if ty.nullable {
        let bare = Type { nullable: false, ..ty.clone() };
        let check = type_check(plan, &bare, inline, &quote!(value))?;
        return Some(
            quote!(::core::option::Option::is_none_or(::core::option::Option::as_ref(#value), |value| #check)),
        );
    }
    match &ty.kind {
        Kind::String { min_length, max_length, pattern, date_time } => {
            let mut checks = Vec::new();
            if min_length.is_some() || max_length.is_some() {
                let (least, most) = (min_length.unwrap_or(0), max_length.unwrap_or(u64::MAX));
                checks.push(quote!(::parlance_socketio::typed::is_length(#value, #least, #most)));
            }
            if let Some(pattern) = pattern {
                // The block is an argument, because no operand of `&&` may begin with one.
                checks.push(quote!(::parlance_socketio::typed::is_pattern(#value, {
                    static PATTERN: ::std::sync::LazyLock<
                        ::core::option::Option<::parlance_socketio::typed::private::Regex>,
                    > = ::std::sync::LazyLock::new(|| {
                        ::parlance_socketio::typed::private::Regex::new(#pattern).ok()
                    });
                    PATTERN.as_ref()
                })));
            }
            if *date_time {
                checks.push(quote!(::parlance_socketio::typed::is_date_time(#value)));
            }
            (!checks.is_empty()).then(|| quote!(#(#checks)&&*))
        }
        Kind::Integer { minimum, maximum } => {
            let (minimum, maximum) = (option(minimum), option(maximum));
            Some(quote!(::parlance_socketio::typed::is_integer(*(#value), #minimum, #maximum)))
        }
        Kind::Number { minimum: None, maximum: None } => None,
        Kind::Number { minimum, maximum } => {
            let (minimum, maximum) = (option(minimum), option(maximum));
            Some(quote!(::parlance_socketio::typed::is_within(*(#value), #minimum, #maximum)))
        }
        Kind::Array { items, min_items, max_items } => {
            let check = type_check(plan, items, &format!("{inline}Item"), &quote!(item));
            if check.is_none() && min_items.is_none() && max_items.is_none() {
                return None;
            }
            let (least, most) = (min_items.unwrap_or(0), max_items.unwrap_or(u64::MAX));
            let (item, check) = match check {
                Some(check) => (quote!(item), check),
                None => (quote!(_), quote!(true)),
            };
            Some(quote!(::parlance_socketio::typed::items(#value, #least, #most, |#item| #check)))
        }
        Kind::Map { values } => {
            let check = type_check(plan, values, &format!("{inline}Value"), &quote!(value))?;
            Some(quote!(::parlance_socketio::typed::values(#value, |value| #check)))
        }
        // An alias has no type of its own that could know its bounds.
        Kind::Named(name)
            if let Some(named) = plan.spec.named_type(name).filter(|named| is_alias(&named.ty)) =>
        {
            type_check(plan, &named.ty, inline, value)
        }
        Kind::Named(_) | Kind::Struct(_) | Kind::Union { .. } => {
            Some(quote!(::parlance_socketio::typed::Validate::is_valid(#value)))
        }
        Kind::Boolean | Kind::Any | Kind::Object | Kind::Binary | Kind::Enum { .. } => None,
    }
}

fn option<T: quote::ToTokens>(value: &Option<T>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
