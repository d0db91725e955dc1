//! `#[derive(Model)]`: the table of a struct, and how the typed driver reads and writes it.

use crate::field::{Field, doc};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DataStruct, DeriveInput, Fields, Result};

pub fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let fields = named_fields(input)?;
    let (extra, fields): (Vec<Field>, Vec<Field>) = fields.into_iter().partition(|field| field.extra);
    if extra.len() > 1 {
        return Err(syn::Error::new_spanned(input, "only one field can keep the extra ones"));
    }
    let is_request = input.attrs.iter().any(|attribute| attribute.path().is_ident("endpoint"));
    let table = table(input, &fields, !extra.is_empty());
    let model = model(input, &fields, extra.first());
    let serde = serde(input, &fields, extra.first(), is_request);
    Ok(quote! {
        const _: () = {
            #table
            #model
            #serde
        };
    })
}

fn named_fields(input: &DeriveInput) -> Result<Vec<Field>> {
    match &input.data {
        Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) => {
            fields.named.iter().map(Field::parse).collect()
        }
        Data::Struct(DataStruct { fields: Fields::Unit, .. }) => Ok(Vec::new()),
        _ => Err(syn::Error::new_spanned(input, "a model is a struct with named fields")),
    }
}

fn table(input: &DeriveInput, fields: &[Field], extra: bool) -> TokenStream {
    let name = input.ident.to_string();
    let doc = doc(&input.attrs);
    let count = fields.len();
    let next = successors(fields);
    let entries = fields.iter().zip(next).map(|(field, next)| field.table(next));
    quote! {
        const _: () = assert!(#count <= ::xportcn_core::schema::MAX_FIELDS);

        static SCHEMA: ::xportcn_core::schema::Schema = ::xportcn_core::schema::Schema {
            #[cfg(feature = "docs")]
            name: #name,
            fields: &[#(#entries),*],
            extra: #extra,
            #[cfg(feature = "docs")]
            module: ::core::module_path!(),
            #[cfg(feature = "docs")]
            doc: #doc,
        };
    }
}

/// For each field, the index of the one that follows it in the order of the wire names.
fn successors(fields: &[Field]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..fields.len()).collect();
    order.sort_by_key(|index| &fields[*index].wire);
    let mut next = vec![0; fields.len()];
    for (place, index) in order.iter().enumerate() {
        next[*index] = order[(place + 1) % order.len()];
    }
    next
}

fn model(input: &DeriveInput, fields: &[Field], extra: Option<&Field>) -> TokenStream {
    let name = &input.ident;
    let idents: Vec<_> = fields.iter().map(|field| &field.ident).collect();
    let indices: Vec<usize> = (0..fields.len()).collect();
    let (keep_extra, write_extra) = match extra.map(|field| &field.ident) {
        Some(ident) => (
            quote! {
                fn extra(&mut self) -> ::core::option::Option<&mut ::xportcn_core::values::Extra> {
                    ::core::option::Option::Some(&mut self.#ident)
                }
            },
            quote! { writer.extra_fields(&SCHEMA, &self.#ident)?; },
        ),
        None => (quote! {}, quote! {}),
    };
    quote! {
        impl ::xportcn_core::codec::Model for #name {
            const SCHEMA: &'static ::xportcn_core::schema::Schema = &SCHEMA;
        }

        impl ::xportcn_core::codec::derive::Record for #name {
            #[allow(unused_variables)]
            fn decode_field(
                &mut self,
                index: usize,
                slot: ::xportcn_core::codec::derive::Slot<'_, '_>,
            ) -> ::core::result::Result<::xportcn_core::codec::derive::Outcome, ::xportcn_core::codec::derive::Broken> {
                match index {
                    #(#indices => slot.read(&mut self.#idents),)*
                    _ => ::core::result::Result::Ok(::xportcn_core::codec::derive::Outcome::Null),
                }
            }

            #[allow(unused_variables)]
            fn encode_fields(
                &self,
                writer: &mut ::xportcn_core::codec::derive::ObjectWriter<'_, '_>,
            ) -> ::core::result::Result<(), ::xportcn_core::codec::Fault> {
                #(writer.field(&SCHEMA, #indices, &self.#idents)?;)*
                #write_extra
                ::core::result::Result::Ok(())
            }

            #keep_extra
        }
    }
}

fn serde(input: &DeriveInput, fields: &[Field], extra: Option<&Field>, is_request: bool) -> TokenStream {
    let name = &input.ident;
    let idents: Vec<_> = fields.iter().map(|field| &field.ident).collect();
    let keys: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let extra = extra.map(|field| {
        let ident = &field.ident;
        quote! {
            for (key, value) in &self.#ident {
                map.serialize_entry(key, value)?;
            }
        }
    });
    let policy = if is_request { quote!(Request) } else { quote!(Reply) };
    quote! {
        impl ::xportcn_core::values::Value for #name {
            const KIND: ::xportcn_core::schema::Kind = ::xportcn_core::schema::Kind::Object(&SCHEMA);

            fn decode(
                source: &mut ::xportcn_core::codec::derive::Source<'_>,
                context: &mut ::xportcn_core::codec::derive::Context,
                path: &::xportcn_core::codec::Path<'_>,
            ) -> ::core::result::Result<::core::option::Option<Self>, ::xportcn_core::codec::derive::Broken> {
                ::xportcn_core::codec::derive::decode_model(source, context, path)
            }

            fn decode_into(
                &mut self,
                source: &mut ::xportcn_core::codec::derive::Source<'_>,
                context: &mut ::xportcn_core::codec::derive::Context,
                path: &::xportcn_core::codec::Path<'_>,
            ) -> ::core::result::Result<::xportcn_core::codec::derive::Outcome, ::xportcn_core::codec::derive::Broken> {
                ::xportcn_core::codec::derive::decode_record(self, &SCHEMA, source, context, path)
            }

            fn decode_onto(
                elements: &mut ::xportcn_core::codec::derive::Vec<Self>,
                source: &mut ::xportcn_core::codec::derive::Source<'_>,
                context: &mut ::xportcn_core::codec::derive::Context,
                path: &::xportcn_core::codec::Path<'_>,
            ) -> ::core::result::Result<::xportcn_core::codec::derive::Outcome, ::xportcn_core::codec::derive::Broken> {
                ::xportcn_core::codec::derive::decode_element(elements, source, context, path)
            }

            fn encode(
                &self,
                _: ::xportcn_core::schema::Form,
                out: &mut ::xportcn_core::codec::derive::String,
                path: &::xportcn_core::codec::Path<'_>,
            ) -> ::core::result::Result<(), ::xportcn_core::codec::Fault> {
                let mut writer = ::xportcn_core::codec::derive::ObjectWriter::begin(out, path);
                ::xportcn_core::codec::derive::Record::encode_fields(self, &mut writer)?;
                writer.end();
                ::core::result::Result::Ok(())
            }

            fn canonical<S: ::xportcn_core::codec::derive::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                use ::xportcn_core::codec::derive::serde::ser::SerializeMap as _;
                use ::xportcn_core::values::Value as _;
                #[allow(unused_mut)]
                let mut map = serializer.serialize_map(::core::option::Option::None)?;
                #(if self.#idents.outcome() != ::xportcn_core::codec::derive::Outcome::Null {
                    map.serialize_entry(#keys, &::xportcn_core::values::Canonical(&self.#idents))?;
                })*
                #extra
                map.end()
            }
        }

        impl ::xportcn_core::codec::derive::serde::Serialize for #name {
            fn serialize<S: ::xportcn_core::codec::derive::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                ::xportcn_core::values::Value::canonical(self, serializer)
            }
        }

        impl<'de> ::xportcn_core::codec::derive::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::xportcn_core::codec::derive::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                ::xportcn_core::codec::derive::deserialize(deserializer, ::xportcn_core::codec::Policy::#policy)
            }
        }
    }
}
