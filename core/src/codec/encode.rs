//! Requests: from a host's JSON or a typed value to what goes into path, query string and body.

use super::Model;
use super::route::{Route, Routed, Router};
use super::transcode::{Run, To};
use super::writer::ObjectWriter;
use crate::json::{Context, Fault, Path, Policy, Token, is_json, replace_lone_surrogates, write_key, write_text};
use crate::schema::{Form, Kind, Schema};
use alloc::format;
use alloc::string::String;

/// Encodes a host's JSON object.
pub fn encode(schema: &'static Schema, route: Route<'_>, given: &[u8]) -> Result<Routed, Fault> {
    let json = ::core::str::from_utf8(given).map_err(|_| Fault::at(&Path::Root, "the parameters are not UTF-8"))?;
    encode_text(schema, route, json)
}

/// Encodes a host's JSON object, given as text.
pub(crate) fn encode_text(schema: &'static Schema, route: Route<'_>, given: &str) -> Result<Routed, Fault> {
    let json = given.strip_prefix('\u{feff}').unwrap_or(given);
    let context = Context::new(Policy::Request, json.len());
    let run = transcode_object(schema, json, To::Wire, Some(route), context)?;
    let mut router = run.router.unwrap_or_else(|| Router::new(route));
    router.warnings = run.context.into_warnings();
    let mut routed = router.finish(run.out)?;
    routed.is_as_given = routed.body.as_deref() == Some(given.as_bytes());
    Ok(routed)
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
    transcode_object(schema, wire, To::Canonical, None, Context::new(Policy::Request, wire.len())).map(|run| run.out)
}

/// Writes an object of a reply or a message as the platform does. What a request is refused for is refused; but any field
/// may be absent.
pub fn write(schema: &'static Schema, json: &str) -> Result<String, Fault> {
    let context = Context::new(Policy::Request, json.len()).in_part();
    transcode_object(schema, json, To::Wire, None, context).map(|run| run.out)
}

fn transcode_object<'r>(
    schema: &'static Schema,
    json: &str,
    to: To,
    route: Option<Route<'r>>,
    context: Context,
) -> Result<Run<'r>, Fault> {
    let json = replace_lone_surrogates(json);
    if !json.trim_start().starts_with('{') {
        return Err(Fault::at(&Path::Root, "the parameters must be a JSON object"));
    }
    let mut run = Run {
        to,
        out: String::with_capacity(json.len() + json.len() / 8),
        context,
        router: route.map(Router::new),
        in_ascii: false,
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
        write_key(name, index == 0, &mut out);
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
