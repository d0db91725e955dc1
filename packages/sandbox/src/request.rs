//! A request's fields, gathered from path, query string and body and checked against the endpoint's table.

use crate::drift::{Changes, UnknownField};
use crate::refusal::{Reason, Refusal};
use crate::route::Served;
use crate::wire;
use axum::http::{HeaderMap, header};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::HashSet;
use xportcn_core::endpoint::Method;
use xportcn_core::{codec, schema::Schema};

/// The query parameters that sign some rows, and are none of their fields.
const SIGNING: [&str; 2] = ["timestamp", "sign"];

/// Gathers and checks the fields; gives them in canonical form.
pub(crate) fn fields(
    row: &Served,
    changes: Option<&Changes>,
    path: &[(String, String)],
    query: &[(String, String)],
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Map<String, Value>, Refusal> {
    let endpoint = row.endpoint;
    let schema = endpoint.request;
    let query = query.iter().filter(|(name, _)| !(endpoint.signed_query && SIGNING.contains(&name.as_str())));
    let renamed = |name| changes.map_or(Ok(name), |changes| changes.rename(name)).map_err(unknown_field);
    // The fields of a path are named by their places there.
    let in_path = path.iter().map(|(name, value)| Ok((name.as_str(), value.as_str())));
    let in_query = query.map(|(name, value)| Ok((renamed(name.as_str())?, value.as_str())));
    let pairs: Vec<(&str, &str)> = in_path.chain(in_query).collect::<Result<_, Refusal>>()?;
    for (name, _) in &pairs {
        wire::check_name(schema, name)?;
    }
    let in_url = codec::from_pairs(schema, pairs);
    let in_body = body_object(row, changes, headers, body)?;
    check(schema, &join(&in_url, &in_body))
}

/// The names and texts of a query string.
pub(crate) fn query_pairs(query: &str) -> Result<Vec<(String, String)>, Refusal> {
    let mut pairs = Vec::new();
    let mut seen = HashSet::new();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let (name, value) = (unescape(&name.replace('+', " "))?, unescape(&value.replace('+', " "))?);
        if !seen.insert(name.clone()) {
            let message = format!("{name}: stands twice in the query string");
            return Err(Refusal::new(Reason::RepeatedParameter, message));
        }
        pairs.push((name, value));
    }
    Ok(pairs)
}

/// The text of a part of a URL.
pub(crate) fn unescape(part: &str) -> Result<String, Refusal> {
    let mut rest = part.as_bytes();
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        let digits = rest.get(at + 1..at + 3).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        if digits.is_none() {
            return Err(Refusal::new(Reason::NotUtf8, "the URL holds a % that is no escape"));
        }
        rest = &rest[at + 3..];
    }
    percent_decode_str(part)
        .decode_utf8()
        .map(Cow::into_owned)
        .map_err(|_| Refusal::new(Reason::NotUtf8, "the URL holds escaped bytes that are not UTF-8"))
}

/// The text of the body's object; `{}` if there is no body.
fn body_object<'b>(
    row: &Served,
    changes: Option<&Changes>,
    headers: &HeaderMap,
    body: &'b [u8],
) -> Result<Cow<'b, str>, Refusal> {
    if body.is_empty() {
        return Ok("{}".into());
    }
    if row.method == Method::Get {
        return Err(Refusal::new(Reason::UnexpectedBody, "a GET request has no body"));
    }
    check_content_type(headers)?;
    let malformed = |why: &str| Refusal::new(Reason::MalformedJson, format!("the body {why}"));
    let text = std::str::from_utf8(body).map_err(|_| Refusal::new(Reason::NotUtf8, "the body is not UTF-8"))?;
    let parse = |text: &str| -> Result<Value, Refusal> {
        serde_json::from_str(text).map_err(|error| malformed(&format!("is not JSON: {error}")))
    };
    let mut value = parse(text)?;
    if !value.is_object() {
        return Err(malformed("must be a JSON object"));
    }
    let mut text = Cow::Borrowed(text.trim());
    if let Some(changes) = changes {
        text = changes.rewrite(&text).map_err(unknown_field)?.into();
        value = parse(&text)?;
    }
    wire::check(row.endpoint.request, &value)?;
    Ok(text)
}

fn unknown_field(UnknownField(name): UnknownField) -> Refusal {
    Refusal::new(Reason::InvalidField, format!("{name}: there is no such field"))
}

fn check_content_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (media, parameters) = value.split_once(';').unwrap_or((value, ""));
    let charset = parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .find_map(|(name, value)| name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"')));
    let is_json = media.trim().eq_ignore_ascii_case("application/json");
    if is_json && charset.is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8")) {
        return Ok(());
    }
    Err(Refusal::new(Reason::WrongContentType, "the content-type must be application/json, in UTF-8"))
}

/// One object of two, so that a field that stands in both is seen to stand twice.
fn join<'a>(first: &'a str, second: &'a str) -> Cow<'a, str> {
    let inner = |object: &'a str| object.trim_start_matches('{').trim_end_matches('}').trim();
    match (inner(first), inner(second)) {
        ("", _) => second.into(),
        (_, "") => first.into(),
        _ => format!("{},{}", &first[..first.len() - 1], &second[1..]).into(),
    }
}

fn check(schema: &'static Schema, wire: &str) -> Result<Map<String, Value>, Refusal> {
    let canonical = codec::check(schema, wire).map_err(|fault| {
        let path = if fault.path.is_empty() { "the request" } else { &fault.path };
        Refusal::new(Reason::InvalidField, format!("{path}: {}", fault.reason))
    })?;
    serde_json::from_str(&canonical).map_err(|error| Refusal::new(Reason::MalformedJson, error.to_string()))
}
