//! `#[derive(Endpoint)]`: the row of the reference that a request struct stands for.

use crate::field::doc;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{DeriveInput, Expr, Ident, LitStr, Result, Token, Type, bracketed, parenthesized};

struct Row {
    id: LitStr,
    method: &'static str,
    path: LitStr,
    safety: Ident,
    evidence: [Ident; 3],
    candidates: Vec<Candidate>,
    reply: Type,
    effect: Option<Expr>,
    paging: Option<Paging>,
    signed_query: bool,
    example: LitStr,
    sources: Vec<LitStr>,
}

/// `paging(page = "..", size = "..", items = "..", item = Type, total = "..", pages = "..")`; the last two may be absent.
struct Paging {
    page: LitStr,
    size: LitStr,
    items: LitStr,
    item: Type,
    total: Option<LitStr>,
    pages: Option<LitStr>,
}

/// `get("/path", Evidence)` or `post(..)`.
struct Candidate {
    method: Ident,
    path: LitStr,
    evidence: Ident,
}

pub fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let attribute = input
        .attrs
        .iter()
        .find(|attribute| attribute.path().is_ident("endpoint"))
        .ok_or_else(|| syn::Error::new_spanned(input, "an endpoint needs #[endpoint(..)]"))?;
    let row = attribute.parse_args_with(|parse: ParseStream<'_>| parse_row(parse, attribute))?;
    let name = &input.ident;
    let doc = doc(&input.attrs);
    let Row { id, path, safety, reply, signed_query, example, sources, .. } = &row;
    let method = Ident::new(row.method, Span::call_site());
    let [path_evidence, request, response] = &row.evidence;
    let paging = match &row.paging {
        Some(Paging { page, size, items, total, pages, .. }) => {
            let (total, pages) = (optional(total), optional(pages));
            quote! {
                ::core::option::Option::Some(::xportcn_core::endpoint::Paging {
                    page: #page, size: #size, items: #items, total: #total, pages: #pages,
                })
            }
        }
        None => quote!(::core::option::Option::None),
    };
    let paged = row.paging.as_ref().map(|Paging { item, .. }| {
        quote! {
            impl ::xportcn_core::Paged for #name {
                type Item = #item;
            }
        }
    });
    let effect = match &row.effect {
        Some(effect) => quote!(::core::option::Option::Some(&#effect)),
        None => quote!(::core::option::Option::None),
    };
    let candidates = row.candidates.iter().map(|Candidate { method, path, evidence }| {
        quote! {
            ::xportcn_core::endpoint::Candidate {
                method: ::xportcn_core::endpoint::Method::#method,
                path: #path,
                evidence: ::xportcn_core::endpoint::PathEvidence::#evidence,
            }
        }
    });
    Ok(quote! {
        const _: () = {
            static ENDPOINT: ::xportcn_core::endpoint::Endpoint = ::xportcn_core::endpoint::Endpoint {
                id: #id,
                method: ::xportcn_core::endpoint::Method::#method,
                path: #path,
                safety: ::xportcn_core::endpoint::Safety::#safety,
                evidence: ::xportcn_core::endpoint::Evidence {
                    path: ::xportcn_core::endpoint::PathEvidence::#path_evidence,
                    request: ::xportcn_core::endpoint::FieldEvidence::#request,
                    reply: ::xportcn_core::endpoint::FieldEvidence::#response,
                },
                candidates: &[#(#candidates),*],
                request: <#name as ::xportcn_core::codec::Model>::SCHEMA,
                effect: #effect,
                reply: <#reply as ::xportcn_core::values::Value>::KIND,
                paging: #paging,
                signed_query: #signed_query,
                #[cfg(feature = "docs")]
                doc: #doc,
                #[cfg(feature = "docs")]
                example: #example,
                #[cfg(feature = "docs")]
                sources: &[#(#sources),*],
            };

            impl ::xportcn_core::Call for #name {
                type Reply = #reply;
                const ENDPOINT: &'static ::xportcn_core::endpoint::Endpoint = &ENDPOINT;
            }

            #paged
        };
    })
}

fn parse_row(input: ParseStream<'_>, attribute: &syn::Attribute) -> Result<Row> {
    let (mut id, mut method, mut path, mut safety, mut evidence) = (None, None, None, None, None);
    let (mut effect, mut reply, mut paging, mut signed_query, mut example) = (None, None, None, false, None);
    let (mut candidates, mut sources) = (Vec::new(), Vec::new());
    while !input.is_empty() {
        let word: Ident = input.parse()?;
        let key = word.to_string();
        match key.as_str() {
            "evidence" => evidence = Some(parse_words(input, ["path", "request", "reply"])?),
            "paging" => paging = Some(parse_paging(input)?),
            "signed_query" => signed_query = true,
            _ => {
                input.parse::<Token![=]>()?;
                match key.as_str() {
                    "id" => id = Some(input.parse()?),
                    "get" => (method, path) = (Some("Get"), Some(input.parse()?)),
                    "post" => (method, path) = (Some("Post"), Some(input.parse()?)),
                    "candidates" => candidates = parse_list(input)?,
                    "safety" => safety = Some(input.parse()?),
                    "effect" => effect = Some(input.parse()?),
                    "reply" => reply = Some(input.parse()?),
                    "example" => example = Some(input.parse()?),
                    "sources" => sources = parse_list(input)?,
                    _ => return Err(syn::Error::new(word.span(), "no such word in #[endpoint(..)]")),
                }
            }
        }
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    let missing = |word: &str| syn::Error::new_spanned(attribute, format!("#[endpoint(..)] lacks `{word}`"));
    let writes = safety.as_ref().is_some_and(|safety: &Ident| safety == "Write");
    match &effect {
        None if writes => return Err(missing("effect")),
        Some(effect) if !writes => return Err(syn::Error::new_spanned(effect, "a call that only reads has no effect")),
        _ => {}
    }
    Ok(Row {
        id: id.ok_or_else(|| missing("id"))?,
        method: method.ok_or_else(|| missing("get or post"))?,
        path: path.ok_or_else(|| missing("get or post"))?,
        safety: safety.ok_or_else(|| missing("safety"))?,
        evidence: evidence.ok_or_else(|| missing("evidence"))?,
        reply: reply.ok_or_else(|| missing("reply"))?,
        example: example.ok_or_else(|| missing("example"))?,
        candidates,
        effect,
        paging,
        signed_query,
        sources,
    })
}

fn optional(word: &Option<LitStr>) -> TokenStream {
    match word {
        Some(word) => quote!(::core::option::Option::Some(#word)),
        None => quote!(::core::option::Option::None),
    }
}

fn parse_paging(input: ParseStream<'_>) -> Result<Paging> {
    let inner;
    parenthesized!(inner in input);
    let (mut given, mut item) = ([const { None }; 5], None);
    while !inner.is_empty() {
        let word: Ident = inner.parse()?;
        inner.parse::<Token![=]>()?;
        let names = ["page", "size", "items", "total", "pages"];
        match names.iter().position(|name| word == name) {
            Some(at) => given[at] = Some(inner.parse()?),
            None if word == "item" => item = Some(inner.parse()?),
            None => {
                let expected = "expected `page`, `size`, `items`, `item`, `total` or `pages`";
                return Err(syn::Error::new(word.span(), expected));
            }
        }
        if !inner.is_empty() {
            inner.parse::<Token![,]>()?;
        }
    }
    let ([Some(page), Some(size), Some(items), total, pages], Some(item)) = (given, item) else {
        return Err(inner.error("expected `page`, `size`, `items` and `item`"));
    };
    Ok(Paging { page, size, items, item, total, pages })
}

/// `(a = X, b = Y, c = Z)`, in this order.
fn parse_words<T: Parse>(input: ParseStream<'_>, names: [&str; 3]) -> Result<[T; 3]> {
    let inner;
    parenthesized!(inner in input);
    let mut values = Vec::new();
    for name in names {
        let word: Ident = inner.parse()?;
        if word != name {
            return Err(syn::Error::new(word.span(), format!("expected `{name}`")));
        }
        inner.parse::<Token![=]>()?;
        values.push(inner.parse()?);
        if !inner.is_empty() {
            inner.parse::<Token![,]>()?;
        }
    }
    values.try_into().map_err(|_| inner.error("expected three words"))
}

fn parse_list<T: Parse>(input: ParseStream<'_>) -> Result<Vec<T>> {
    let inner;
    bracketed!(inner in input);
    Ok(inner.parse_terminated(T::parse, Token![,])?.into_iter().collect())
}

impl Parse for Candidate {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let word: Ident = input.parse()?;
        let method = match word.to_string().as_str() {
            "get" => "Get",
            "post" => "Post",
            _ => return Err(syn::Error::new(word.span(), "expected `get` or `post`")),
        };
        let inner;
        parenthesized!(inner in input);
        let path = inner.parse()?;
        inner.parse::<Token![,]>()?;
        Ok(Candidate { method: Ident::new(method, word.span()), path, evidence: inner.parse()? })
    }
}
