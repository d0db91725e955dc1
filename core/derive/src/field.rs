//! One field of a struct: its names, form and documentation.

use heck::ToLowerCamelCase;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta, Result, Type};

pub struct Field {
    pub ident: Ident,
    pub ty: Type,
    pub name: String,
    pub wire: String,
    pub aliases: Vec<String>,
    pub form: &'static str,
    pub extra: bool,
    pub upstream: bool,
    pub doc: String,
}

/// How documentation says that a fact is the upstream's.
const UPSTREAM: &str = "(upstream)";

impl Field {
    pub fn parse(field: &syn::Field) -> Result<Self> {
        let ident = field.ident.clone().ok_or_else(|| syn::Error::new_spanned(field, "a model's fields have names"))?;
        let name = ident.to_string().trim_start_matches("r#").to_lower_camel_case();
        let mut parsed = Field {
            wire: name.clone(),
            name,
            ty: field.ty.clone(),
            aliases: Vec::new(),
            form: "Plain",
            extra: false,
            upstream: false,
            doc: doc(&field.attrs),
            ident,
        };
        for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("wire")) {
            attribute.parse_args_with(|input: syn::parse::ParseStream<'_>| parsed.parse_words(input))?;
        }
        if parsed.doc.is_empty() && !parsed.extra {
            return Err(syn::Error::new(parsed.ident.span(), "say what the field is"));
        }
        // Whoever reads the documentation, and whoever reads the tables, is told the same.
        if parsed.upstream != parsed.doc.contains(UPSTREAM) {
            let reason = "a field that only the upstream shows has `upstream` among its words, and `(upstream)` in its documentation";
            return Err(syn::Error::new(parsed.ident.span(), reason));
        }
        Ok(parsed)
    }

    fn parse_words(&mut self, input: syn::parse::ParseStream<'_>) -> Result<()> {
        while !input.is_empty() {
            if input.peek(LitStr) {
                self.wire = key(input.parse()?)?;
            } else {
                let word: Ident = input.parse()?;
                match word.to_string().as_str() {
                    "text" => self.form = "Text",
                    "number" => self.form = "Number",
                    "embedded" => self.form = "Embedded",
                    "extra" => self.extra = true,
                    "upstream" => self.upstream = true,
                    "alias" => {
                        input.parse::<syn::Token![=]>()?;
                        self.aliases.push(key(input.parse()?)?);
                    }
                    _ => {
                        return Err(syn::Error::new(
                            word.span(),
                            "expected text, number, embedded, alias, extra or upstream",
                        ));
                    }
                }
            }
            if !input.is_empty() {
                input.parse::<syn::Token![,]>()?;
            }
        }
        Ok(())
    }

    /// Our name, the platform's and any others; only ours where they are all the same.
    fn spellings(&self) -> String {
        if self.wire == self.name && self.aliases.is_empty() {
            return self.name.clone();
        }
        let names = [&self.name, &self.wire].into_iter().chain(&self.aliases);
        names.map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// The field's entry in the table.
    pub fn table(&self, next: usize) -> TokenStream {
        let Field { ty, doc, upstream, .. } = self;
        let spellings = self.spellings();
        let others = if spellings == self.name { 0 } else { self.name.len() };
        let name_length = u8::try_from(others).unwrap_or(u8::MAX);
        let next = u8::try_from(next).unwrap_or_default();
        let form = Ident::new(self.form, Span::call_site());
        quote! {
            ::xportcn_core::schema::Field {
                spellings: #spellings,
                name_length: #name_length,
                kind: <#ty as ::xportcn_core::values::Value>::KIND,
                form: ::xportcn_core::schema::Form::#form,
                next: #next,
                required: !<#ty as ::xportcn_core::values::Value>::OPTIONAL,
                #[cfg(feature = "docs")]
                upstream: #upstream,
                #[cfg(feature = "docs")]
                doc: #doc,
            }
        }
    }
}

/// A key of the wire, which the codec writes without escaping.
fn key(literal: LitStr) -> Result<String> {
    let text = literal.value();
    if text.is_empty() || !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
        return Err(syn::Error::new(literal.span(), "a wire name has letters, digits, `_` and `-` only"));
    }
    Ok(text)
}

/// The documentation of an item, its lines joined as they stand.
pub fn doc(attributes: &[Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes {
        let Meta::NameValue(pair) = &attribute.meta else { continue };
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value else { continue };
        if pair.path.is_ident("doc") {
            let line = text.value();
            lines.push(line.strip_prefix(' ').unwrap_or(&line).trim_end().to_string());
        }
    }
    lines.join("\n").trim().to_string()
}
