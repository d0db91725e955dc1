//! Writes the tables and codecs of `xportcn-core` from its structs, so that an endpoint is one file.
//!
//! A field's wire name is the camelCase of its name, unless `#[wire("name")]` says otherwise. Further words within
//! `wire(..)`: `text` and `number` for the form on the wire, `embedded` for a value that the wire holds as JSON text,
//! `alias = ".."` for another spelling in replies, `extra` for the map that keeps fields no table lists, and `upstream`
//! for what only the platform behind the vendor tells of.
#![forbid(unsafe_code)]

mod endpoint;
mod field;
mod model;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Writes the table of a struct, and how it is read and written.
#[proc_macro_derive(Model, attributes(wire))]
pub fn model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    model::expand(&input).unwrap_or_else(|error| error.into_compile_error()).into()
}

/// Writes the row of an endpoint from the attribute `endpoint(..)` of its request.
#[proc_macro_derive(Endpoint, attributes(endpoint))]
pub fn endpoint(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    endpoint::expand(&input).unwrap_or_else(|error| error.into_compile_error()).into()
}
