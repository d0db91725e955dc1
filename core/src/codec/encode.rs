//! Requests: from a host's JSON or a typed value to what goes into path, query string and body.

use super::json::is_json;
use super::transcode::{Run, To};
use super::writer::{ObjectWriter, write_text};
use super::{Context, Fault, Model, Path, Policy, Token};
use crate::endpoint::Method;
use crate::schema::{Form, Kind, Schema};
use crate::values::{text, unescape};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The method and path that a request is for; a name in braces stands for a field.
#[derive(Clone, Copy, Debug)]
pub struct Route<'r> {
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL.
    pub path: &'r str,
}

/// A request's fields in their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routed {
    /// The path, its names replaced.
    pub path: String,
    /// The query string, without its question mark; empty if there is none.
    pub query: String,
    /// The JSON body, for methods that have one.
    pub body: Option<Vec<u8>>,
}

/// Distributes fields over path, query string and body.
pub(crate) struct Router<'r> {
    route: Route<'r>,
    in_path: Vec<(String, String)>,
    query: String,
}

/// What stands unescaped in a URL.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Encodes a host's JSON object.
pub fn encode(schema: &'static Schema, route: Route<'_>, params: &[u8]) -> Result<Routed, Fault> {
    let json = ::core::str::from_utf8(params).map_err(|_| Fault::at(&Path::Root, "the parameters are not UTF-8"))?;
    let run = transcode_object(schema, json, To::Wire, Some(route))?;
    run.router.unwrap_or_else(|| Router::new(route)).finish(run.out)
}

/// Encodes a typed request.
pub fn encode_typed<T: Model>(route: Route<'_>, request: &T) -> Result<Routed, Fault> {
    let mut router = Router::new(route);
    let mut body = String::with_capacity(512);
    let mut writer = ObjectWriter::routed(&mut body, &mut router);
    request.encode_fields(&mut writer)?;
    writer.end();
    router.finish(body)
}

/// Checks a request as the platform receives it, and gives it in canonical form.
pub fn check(schema: &'static Schema, wire: &str) -> Result<String, Fault> {
    transcode_object(schema, wire, To::Canonical, None).map(|run| run.out)
}

fn transcode_object<'r>(
    schema: &'static Schema,
    json: &str,
    to: To,
    route: Option<Route<'r>>,
) -> Result<Run<'r>, Fault> {
    let json = text::mend(json);
    if !json.trim_start().starts_with('{') {
        return Err(Fault::at(&Path::Root, "the parameters must be a JSON object"));
    }
    let mut run = Run {
        to,
        out: String::with_capacity(json.len() + json.len() / 8),
        context: Context::new(Policy::Request, json.len()),
        router: route.map(Router::new),
    };
    match run.request(&json, schema) {
        Ok(()) => Ok(run),
        Err(error) => Err(run.context.take_fault().unwrap_or_else(|| {
            Fault::at(&Path::Root, format!("the parameters are not valid JSON: {}", error.explain(&json)))
        })),
    }
}

/// Makes canonical JSON from names and texts, as a query string or a command line has them. Whether a text is a
/// number, true or false or JSON follows from the table; what does not fit is left as text, to be refused with its
/// path.
pub fn from_pairs<'a>(schema: &'static Schema, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = String::from("{");
    for (index, (name, value)) in pairs.into_iter().enumerate() {
        super::writer::write_key(name, index == 0, &mut out);
        let field = schema.field(name);
        let literal = match field.map(|field| (field.kind, field.form)) {
            Some((Kind::List(_) | Kind::Object(_) | Kind::Any, _)) | Some((_, Form::Embedded)) => is_json(value),
            Some((Kind::Int | Kind::Float, _)) => is_json(value) && matches!(Token::of(value), Token::Number(_)),
            Some((Kind::Bool, _)) => matches!(value, "true" | "false"),
            _ => false,
        };
        if literal {
            out.push_str(value);
        } else {
            write_text(value, &mut out);
        }
    }
    out.push('}');
    out
}

impl<'r> Router<'r> {
    fn new(route: Route<'r>) -> Self {
        Self { route, in_path: Vec::new(), query: String::new() }
    }

    /// Whether a field goes elsewhere than into the body.
    pub(crate) fn takes(&self, wire: &str) -> bool {
        self.route.method == Method::Get || self.route.has(wire)
    }

    /// Puts a field, given as JSON, into the path or the query string.
    pub(crate) fn take(&mut self, wire: &str, json: &str, path: &Path<'_>) -> Result<(), Fault> {
        let text = plain_text(json)
            .ok_or_else(|| Fault::at(path, "goes into the URL, so it must be text, a number or true or false"))?;
        if self.route.has(wire) {
            check_path_parameter(&text, path)?;
            self.in_path.push((wire.to_string(), text.into_owned()));
            return Ok(());
        }
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.extend(utf8_percent_encode(wire, UNRESERVED));
        self.query.push('=');
        self.query.extend(utf8_percent_encode(&text, UNRESERVED));
        Ok(())
    }

    fn finish(self, body: String) -> Result<Routed, Fault> {
        let mut path = String::with_capacity(self.route.path.len() + 24);
        let mut rest = self.route.path;
        while let Some((before, name, after)) = next_placeholder(rest) {
            path.push_str(before);
            match self.in_path.iter().find(|(taken, _)| taken == name) {
                Some((_, value)) => path.push_str(value),
                None => {
                    return Err(Fault { path: name.to_string(), reason: "is required: it stands in the path".into() });
                }
            }
            rest = after;
        }
        path.push_str(rest);
        let body = (self.route.method == Method::Post).then(|| body.into_bytes());
        Ok(Routed { path, query: self.query, body })
    }
}

impl Route<'_> {
    /// Whether the path holds this field.
    fn has(&self, wire: &str) -> bool {
        let mut rest = self.path;
        while let Some((_, name, after)) = next_placeholder(rest) {
            if name == wire {
                return true;
            }
            rest = after;
        }
        false
    }
}

/// The text before the next name in braces, the name, and what follows.
fn next_placeholder(path: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = path.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// The text of a JSON scalar.
fn plain_text(json: &str) -> Option<Cow<'_, str>> {
    match Token::of(json) {
        Token::Text(content) => Some(unescape(content)),
        Token::Number(digits) => Some(digits.into()),
        Token::Bool(value) => Some(if value { "true" } else { "false" }.into()),
        Token::Null | Token::List(_) | Token::Object(_) => None,
    }
}

/// Refuses what could make another path of the path.
fn check_path_parameter(text: &str, path: &Path<'_>) -> Result<(), Fault> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~');
    if let Some(wrong) = text.chars().find(|c| !allowed(*c)) {
        let reason = format!(
            "holds {wrong:?}; it stands in the path, so it may hold letters, digits, `-`, `_`, `.` and `~` only"
        );
        return Err(Fault::at(path, reason));
    }
    match text {
        "" => Err(Fault::at(path, super::model::EMPTY)),
        "." | ".." => Err(Fault::at(path, format!("is `{text}`, which is a step in a path and no id"))),
        _ => Ok(()),
    }
}
