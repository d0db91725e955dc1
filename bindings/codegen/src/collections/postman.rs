//! The collection for Postman, in its format 2.1.

use super::{FOLDER, SIGNING, VARIABLES};
use crate::json::Json;
use crate::model::Model;
use crate::openapi::{Error, routed_example};
use crate::{Output, STAMP, list, object};
use xportcn_core::Endpoint;

const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

pub(super) fn file(model: &Model) -> Result<Output, Error> {
    let sections = model.sections().filter(|section| !section.calls.is_empty());
    let folders: Result<Vec<Json>, Error> = sections
        .map(|section| {
            let items: Result<Vec<Json>, Error> = section.calls.iter().map(|row| item(row)).collect();
            Ok(object! { "name" => section.title.as_str(), "description" => section.about, "item" => items? })
        })
        .collect();
    let variables = VARIABLES.iter().map(|[name, value]| object! { "key" => *name, "value" => *value });
    let collection = object! {
        "info" => object! {
            "name" => "Xportcn OpenAPI",
            "description" => format!("{STAMP}. Unofficial; the variables are those of a sandbox on this machine."),
            "schema" => SCHEMA,
        },
        "variable" => Json::List(variables.collect()),
        "event" => list![event("prerequest", signing()), event("test", test())],
        "item" => folders?,
    };
    Ok(Output { path: format!("{FOLDER}/xportcn.postman_collection.json"), text: collection.pretty() + "\n" })
}

fn item(row: &'static Endpoint) -> Result<Json, Error> {
    let routed = routed_example(row)?;
    let raw = format!("{{{{baseUrl}}}}{}", routed.path);
    let query = routed.query.split('&').filter_map(|pair| pair.split_once('='));
    let query: Vec<Json> = query.map(|(name, value)| object! { "key" => name, "value" => value }).collect();
    let path: Vec<&str> = routed.path.split('/').skip(1).collect();
    let raw = if query.is_empty() { raw } else { format!("{raw}?{}", routed.query) };
    let url = object! { "raw" => raw, "host" => list!["{{baseUrl}}"], "path" => path }
        .with_some("query", (!query.is_empty()).then_some(query));
    let body = routed.body.map(String::from_utf8).transpose()?.map(|body| Json::parse(&body)).transpose()?;
    let headers: Vec<Json> =
        body.iter().map(|_| object! { "key" => "content-type", "value" => "application/json" }).collect();
    let request = object! {
        "method" => row.method.as_str(), "description" => row.title(), "header" => headers, "url" => url,
    }
    .with_some("body", body.map(|body| object! { "mode" => "raw", "raw" => body.pretty() }));
    Ok(object! { "name" => row.id, "request" => request })
}

fn event(listen: &str, lines: Vec<String>) -> Json {
    object! { "listen" => listen, "script" => object! { "type" => "text/javascript", "exec" => lines } }
}

fn signing() -> Vec<String> {
    let before = ["const variable = (name) => pm.variables.get(name);"];
    let after = ["for (const [key, value] of Object.entries(headers)) pm.request.headers.upsert({ key, value });"];
    before.into_iter().chain(SIGNING).chain(after).map(String::from).collect()
}

fn test() -> Vec<String> {
    [
        "pm.test(\"the platform did it\", () => {",
        "  pm.expect([0, 200], pm.response.text()).to.include(pm.response.json().code);",
        "});",
    ]
    .map(String::from)
    .to_vec()
}
