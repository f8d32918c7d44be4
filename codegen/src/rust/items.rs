//! Declarations of types: structs, enums, unions, newtypes, aliases.

use parlance_spec::model::{Field, Fields, Kind, Type};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::validate::{field_checks, type_check, union_checks};
use crate::docs::docs;
use crate::names::{ident, pascal, snake};
use crate::plan::{Home, Plan, Side, inline_name, is_alias};

/// Derives of everything that goes over the wire.
fn derives() -> TokenStream {
    quote! {
        #[derive(
            Clone, Debug, PartialEq,
            ::parlance_socketio::typed::private::serde::Serialize,
            ::parlance_socketio::typed::private::serde::Deserialize,
        )]
    }
}

/// Where generated code finds serde.
const SERDE: &str = "::parlance_socketio::typed::private::serde";

impl Plan<'_> {
    /// The declaration of a type under a name, and of what is declared within it.
    pub(crate) fn declare(&self, name: &str, ty: &Type, doc: &[String], home: Home) -> TokenStream {
        match &ty.kind {
            Kind::Struct(fields) => self.declare_struct(name, fields, doc, home),
            Kind::Enum { values, open } => declare_enum(name, values, *open, doc),
            Kind::Union { tag, variants } => self.declare_union(name, tag, variants, doc, home),
            _ if !is_alias(ty) => self.declare_newtype(name, ty, doc, home),
            _ => {
                let (alias, docs) = (ident(name), docs(doc));
                let rust = self.rust_type(ty, &format!("{name}Inner"), home);
                let within = self.declare_within(&format!("{name}Inner"), ty, home);
                quote!(#docs pub type #alias = #rust; #within)
            }
        }
    }

    /// What a type that has no name of its own declares: structs and enums in fields and items.
    pub(crate) fn declare_within(&self, inline: &str, ty: &Type, home: Home) -> TokenStream {
        let doc: Vec<String> = ty.doc.iter().cloned().collect();
        match &ty.kind {
            Kind::Struct(_) | Kind::Enum { .. } | Kind::Union { .. } => {
                self.declare(inline, ty, &with_fallback(doc, inline), home)
            }
            Kind::Array { items, .. } => self.declare_within(&format!("{inline}Item"), items, home),
            Kind::Map { values } => self.declare_within(&format!("{inline}Value"), values, home),
            _ => TokenStream::new(),
        }
    }

    /// A struct of fields.
    pub(crate) fn declare_struct(
        &self,
        name: &str,
        fields: &Fields,
        doc: &[String],
        home: Home,
    ) -> TokenStream {
        let (rust, derives, docs, serde) = (ident(name), derives(), docs(doc), SERDE);
        let strict = (self.side == Side::Server && !fields.open).then(|| quote!(, deny_unknown_fields));
        let (remote, object) = self.object_only(&rust);
        let (members, within) = self.members(name, fields, home, &quote!(pub));
        let checks = field_checks(self, name, fields, &quote!(self.));
        let default = fields
            .fields
            .iter()
            .all(|field| !field.required && field.default.is_none())
            .then(|| quote!(#[derive(Default)]));
        quote! {
            #docs
            #derives
            #default
            #[serde(crate = #serde #remote #strict)]
            pub struct #rust { #members }

            #object

            impl ::parlance_socketio::typed::Validate for #rust {
                fn is_valid(&self) -> bool {
                    #checks
                }
            }

            #within
        }
    }

    /// The members of a struct or variant, and what they declare.
    fn members(
        &self,
        owner: &str,
        fields: &Fields,
        home: Home,
        public: &TokenStream,
    ) -> (TokenStream, TokenStream) {
        let (mut members, mut within) = (TokenStream::new(), TokenStream::new());
        for field in &fields.fields {
            let inline = inline_name(owner, field);
            let (rust, wire) = (ident(&snake(&field.name)), &field.name);
            let bare = if field.grows {
                quote!(::parlance_socketio::typed::Growing)
            } else {
                self.rust_type(&field.ty, &inline, home)
            };
            let docs = docs(&field_doc(field));
            let (ty, attributes) = match (field.required, &field.default, field.ty.nullable) {
                (true, _, false) => (bare, quote!()),
                (true, _, true) => {
                    (bare, quote!(, deserialize_with = "::parlance_socketio::typed::nullable"))
                }
                (false, None, _) => (
                    quote!(::core::option::Option<#bare>),
                    quote!(, default, skip_serializing_if = "::core::option::Option::is_none",
                        deserialize_with = "::parlance_socketio::typed::present"),
                ),
                (false, Some(default), _) => {
                    let function = format_ident!("default_{}", snake(&inline));
                    let text = default.to_string();
                    within.extend(quote! {
                        fn #function() -> #bare {
                            // The checker has seen that it fits.
                            ::parlance_socketio::typed::private::serde_json::from_str(#text)
                                .unwrap_or_else(|_| ::core::unreachable!())
                        }
                    });
                    let path = function.to_string();
                    (bare, quote!(, default = #path))
                }
            };
            members.extend(quote! {
                #docs
                #[serde(rename = #wire #attributes)]
                #public #rust: #ty,
            });
            within.extend(self.declare_within(&inline, &field.ty, home));
        }
        (members, within)
    }

    fn declare_union(
        &self,
        name: &str,
        tag: &str,
        variants: &[(String, Fields)],
        doc: &[String],
        home: Home,
    ) -> TokenStream {
        let (rust, derives, docs, serde) = (ident(name), derives(), docs(doc), SERDE);
        let strict = (self.side == Side::Server && variants.iter().all(|(_, fields)| !fields.open))
            .then(|| quote!(, deny_unknown_fields));
        let (mut declared, mut within) = (TokenStream::new(), TokenStream::new());
        for (wire, fields) in variants {
            let owner = format!("{name}{}", pascal(wire));
            let variant = ident(&pascal(wire));
            let (members, inner) = self.members(&owner, fields, home, &quote!());
            let docs = crate::docs::docs(&[format!("`{tag}: {wire}`.")]);
            declared.extend(quote!(#docs #[serde(rename = #wire)] #variant { #members },));
            within.extend(inner);
        }
        let (remote, object) = self.object_only(&rust);
        let checks = union_checks(self, name, variants);
        quote! {
            #docs
            #derives
            #[serde(crate = #serde #remote, tag = #tag #strict)]
            pub enum #rust { #declared }

            #object

            impl ::parlance_socketio::typed::Validate for #rust {
                fn is_valid(&self) -> bool {
                    match self { #checks }
                }
            }

            #within
        }
    }

    /// What comes in as an array must not be read as an object: the derived code, and what stands between it and the wire.
    fn object_only(&self, rust: &Ident) -> (TokenStream, TokenStream) {
        if self.side == Side::Client {
            return (quote!(), quote!());
        }
        let serde = quote!(::parlance_socketio::typed::private::serde);
        let impls = quote! {
            impl #serde::Serialize for #rust {
                fn serialize<S: #serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::core::result::Result<S::Ok, S::Error> {
                    #rust::serialize(self, serializer)
                }
            }

            impl<'de> #serde::Deserialize<'de> for #rust {
                fn deserialize<D: #serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    #rust::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
                }
            }
        };
        (quote!(, remote = "Self"), impls)
    }

    fn declare_newtype(&self, name: &str, ty: &Type, doc: &[String], home: Home) -> TokenStream {
        let (rust, derives, docs, serde) = (ident(name), derives(), docs(doc), SERDE);
        let inner = self.rust_type(ty, name, home);
        let check = type_check(self, ty, name, &quote!(&self.0)).unwrap_or_else(|| quote!(true));
        let expected = describe(&ty.kind);
        let is_text = matches!(ty.kind, Kind::String { .. });
        let is_number = matches!(ty.kind, Kind::Number { .. });
        let more = (!is_number).then(|| quote!(#[derive(PartialOrd, Ord, Eq, Hash)]));
        let access = if is_text {
            quote! {
                /// The text.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }
        } else {
            quote! {
                /// The number.
                pub fn get(&self) -> #inner {
                    self.0
                }
            }
        };
        quote! {
            #docs
            #derives
            #more
            #[serde(crate = #serde, transparent)]
            pub struct #rust(#inner);

            impl #rust {
                /// Of a value that fits.
                ///
                /// # Errors
                /// When it does not.
                pub fn new(
                    value: impl ::core::convert::Into<#inner>,
                ) -> ::core::result::Result<Self, ::parlance_socketio::typed::Invalid> {
                    let value = Self(value.into());
                    if ::parlance_socketio::typed::Validate::is_valid(&value) {
                        ::core::result::Result::Ok(value)
                    } else {
                        ::core::result::Result::Err(::parlance_socketio::typed::Invalid {
                            ty: #name,
                            expected: #expected,
                        })
                    }
                }

                /// Of a value that is known to fit: it is not checked.
                pub fn trusted(value: impl ::core::convert::Into<#inner>) -> Self {
                    Self(value.into())
                }

                #access

                /// The value itself.
                pub fn into_inner(self) -> #inner {
                    self.0
                }
            }

            impl ::core::fmt::Display for #rust {
                fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::fmt::Display::fmt(&self.0, formatter)
                }
            }

            impl ::parlance_socketio::typed::Validate for #rust {
                fn is_valid(&self) -> bool {
                    #check
                }
            }
        }
    }
}

fn declare_enum(name: &str, values: &[String], open: bool, doc: &[String]) -> TokenStream {
    let (rust, docs) = (ident(name), docs(doc));
    let serde = quote!(::parlance_socketio::typed::private::serde);
    let variants: Vec<Ident> = values.iter().map(|value| ident(&pascal(value))).collect();
    let variant_docs = values.iter().map(|value| crate::docs::docs(&[format!("`{value}`.")]));
    let expected = format!("one of {}", values.join(", "));
    let (other, other_name, copy, unknown) = if open {
        (
            Some(quote!(
                /// One that this document does not know.
                Other(::std::string::String),
            )),
            Some(quote!(Self::Other(other) => other,)),
            quote!(),
            quote!(::core::result::Result::Ok(Self::Other(text.to_owned()))),
        )
    } else {
        (
            None,
            None,
            quote!(#[derive(Copy)]),
            quote!(::core::result::Result::Err(::parlance_socketio::typed::Invalid { ty: #name, expected: #expected })),
        )
    };
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #copy
        pub enum #rust {
            #(#variant_docs #variants,)*
            #other
        }

        impl #serde::Serialize for #rust {
            fn serialize<S: #serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> #serde::Deserialize<'de> for #rust {
            fn deserialize<D: #serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                ::parlance_socketio::typed::from_text(deserializer)
            }
        }

        impl #rust {
            /// As it stands on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    #other_name
                }
            }
        }

        impl ::core::str::FromStr for #rust {
            type Err = ::parlance_socketio::typed::Invalid;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                match text {
                    #(#values => ::core::result::Result::Ok(Self::#variants),)*
                    _ => #unknown,
                }
            }
        }

        impl ::core::fmt::Display for #rust {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl ::parlance_socketio::typed::Validate for #rust {
            fn is_valid(&self) -> bool {
                true
            }
        }
    }
}

fn with_fallback(doc: Vec<String>, name: &str) -> Vec<String> {
    if doc.is_empty() { vec![format!("The value of `{name}`.")] } else { doc }
}

fn field_doc(field: &Field) -> Vec<String> {
    let mut doc: Vec<String> = field.ty.doc.iter().cloned().collect();
    if doc.is_empty() {
        doc.push(format!("`{}`.", field.name));
    }
    let limits = constraints(&field.ty.kind);
    if !limits.is_empty() {
        doc.push(format!("It is {limits}."));
    }
    if let Some(default) = &field.default {
        doc.push(format!("`{default}` when absent."));
    }
    if let Some(example) = &field.ty.example {
        doc.push(format!("Example: `{example}`"));
    }
    if let Some(since) = &field.since {
        doc.push(format!("Since {since}."));
    }
    if let Some(note) = &field.deprecated {
        doc.push(format!("**Deprecated**: {note}"));
    }
    doc
}

/// What a kind allows, in words.
pub(crate) fn describe(kind: &Kind) -> String {
    let what = match kind {
        Kind::String { date_time: true, .. } => "a date and time (RFC 3339)",
        Kind::String { .. } => "a string",
        Kind::Integer { .. } => "an integer",
        Kind::Number { .. } => "a number",
        _ => "as described",
    };
    let limits = constraints(kind);
    if limits.is_empty() { what.to_owned() } else { format!("{what}, {limits}") }
}

fn constraints(kind: &Kind) -> String {
    let mut parts = Vec::new();
    match kind {
        Kind::String { min_length, max_length, pattern, date_time: _ } => {
            if let Some(least) = min_length {
                parts.push(format!("at least {least} characters long"));
            }
            if let Some(most) = max_length {
                parts.push(format!("at most {most} characters long"));
            }
            if let Some(pattern) = pattern {
                parts.push(format!("such that it matches `{pattern}`"));
            }
        }
        Kind::Integer { minimum, maximum } => {
            parts.extend(minimum.map(|least| format!("at least {least}")));
            parts.extend(maximum.map(|most| format!("at most {most}")));
        }
        Kind::Number { minimum, maximum } => {
            parts.extend(minimum.map(|least| format!("at least {least}")));
            parts.extend(maximum.map(|most| format!("at most {most}")));
        }
        Kind::Array { min_items, max_items, .. } => {
            parts.extend(min_items.map(|least| format!("at least {least} items long")));
            parts.extend(max_items.map(|most| format!("at most {most} items long")));
        }
        _ => {}
    }
    parts.join(" and ")
}
