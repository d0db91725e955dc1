//! Where the fields of a request go: into the path, the query string or the body.

use crate::endpoint::Method;
use crate::error::Warning;
use crate::json::{EMPTY, Fault, Path, Token, members, unescape, write_key, write_text};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use memchr::memchr;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

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
    /// Whether the body is, to the last byte, the parameters that were given: hosts that have them need it not back.
    pub is_as_given: bool,
    /// Fields that are sent, but were probably meant for others.
    pub warnings: Vec<Warning>,
}

impl Routed {
    /// Whether no field holds a value: an empty text or list says nothing of what to change. `path` is as it was before.
    pub(crate) fn says_nothing(&self, path: &str) -> bool {
        // Nearly always the first field says something: then the others need not be read.
        let body = self.body.as_deref().unwrap_or_default();
        let first = memchr(b':', body).and_then(|at| body.get(at + 1..));
        let is_something = |json: &[u8]| !NOTHING.iter().any(|nothing| json.starts_with(nothing.as_bytes()));
        if body.get(1) == Some(&b'"') && first.is_some_and(is_something) {
            return false;
        }
        let fields = self.params(path);
        members(&fields).unwrap_or_default().iter().all(|(_, json)| NOTHING.contains(json))
    }

    /// Whether a field of the body says something.
    #[cold]
    pub(crate) fn says(&self, wire: &str) -> bool {
        self.members().iter().any(|(name, json)| name == wire && !NOTHING.contains(json))
    }

    /// Gives a field of the body another value, which is text on the wire.
    #[cold]
    pub(crate) fn set(&mut self, wire: &str, text: &str) {
        let mut out = String::from("{");
        for (name, json) in self.members().iter().filter(|(name, _)| name != wire) {
            write_key(name, out.len() == 1, &mut out);
            out.push_str(json);
        }
        write_key(wire, out.len() == 1, &mut out);
        write_text(text, &mut out);
        out.push('}');
        self.body = Some(out.into_bytes());
        self.is_as_given = false;
    }

    /// The fields of the body.
    fn members(&self) -> Vec<(String, &str)> {
        let body = self.body.as_deref().and_then(|body| ::core::str::from_utf8(body).ok()).unwrap_or("{}");
        members(body).unwrap_or_default()
    }

    /// All fields as a JSON object under the wire's names; `path` is as it was before.
    #[cold]
    pub(crate) fn params(&self, path: &str) -> String {
        let body = self.body.as_deref().and_then(|body| ::core::str::from_utf8(body).ok()).unwrap_or("{}");
        let mut out = String::from(body.strip_suffix('}').unwrap_or(body));
        let in_query = self.query.split('&').filter_map(|pair| pair.split_once('='));
        let in_path = path
            .split('/')
            .zip(self.path.split('/'))
            .filter_map(|(known, part)| Some((known.strip_prefix('{')?.strip_suffix('}')?, part)));
        for (name, value) in in_query.chain(in_path) {
            write_key(name, out.ends_with('{'), &mut out);
            write_text(&percent_decode_str(value).decode_utf8().unwrap_or(value.into()), &mut out);
        }
        out.push('}');
        out
    }
}

/// Values that say nothing, as the wire writes them.
const NOTHING: [&str; 6] = ["null", "\"\"", "[]", "{}", "\"[]\"", "\"{}\""];

/// Distributes fields over path, query string and body.
pub(crate) struct Router<'r> {
    route: Route<'r>,
    /// Whether the path has names in braces: most have none, and are not searched for each field.
    has_names: bool,
    in_path: Vec<(String, String)>,
    query: String,
    pub(crate) warnings: Vec<Warning>,
}

/// What stands unescaped in a URL.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

impl<'r> Router<'r> {
    pub(crate) fn new(route: Route<'r>) -> Self {
        Self {
            route,
            has_names: next_placeholder(route.path).is_some(),
            in_path: Vec::new(),
            query: String::new(),
            warnings: Vec::new(),
        }
    }

    /// Takes note of a field that was probably meant for another.
    pub(crate) fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }

    /// Whether a field goes elsewhere than into the body.
    #[inline(always)]
    pub(crate) fn takes(&self, wire: &str) -> bool {
        self.route.method == Method::Get || self.has_names && self.route.has(wire)
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
        write_pair(wire, &text, &mut self.query);
        Ok(())
    }

    /// The request's fields in their places; `body` holds those that were not taken.
    pub(crate) fn finish(self, body: String) -> Result<Routed, Fault> {
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
        Ok(Routed { path, query: self.query, body, is_as_given: false, warnings: self.warnings })
    }
}

/// A member of a query string, escaped.
pub(crate) fn write_pair(name: &str, value: &str, out: &mut String) {
    out.extend(utf8_percent_encode(name, UNRESERVED));
    out.push('=');
    out.extend(utf8_percent_encode(value, UNRESERVED));
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
            "holds `{wrong}`; it stands in the path, so it may hold letters, digits, `-`, `_`, `.` and `~` only"
        );
        return Err(Fault::at(path, reason));
    }
    match text {
        "" => Err(Fault::at(path, EMPTY)),
        "." | ".." => Err(Fault::at(path, format!("is `{text}`, which is a step in a path and no id"))),
        _ => Ok(()),
    }
}
