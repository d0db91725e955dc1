//! The collection for Bruno: a folder with a file for each call.

use super::{FOLDER, SIGNING, VARIABLES};
use crate::json::Json;
use crate::model::Model;
use crate::openapi::{Error, routed_example};
use crate::{Output, STAMP, object};
use std::fmt::Write;
use xportcn_core::Endpoint;

pub(super) fn files(model: &Model) -> Result<Vec<Output>, Error> {
    let mut files = vec![
        output(
            "bruno.json",
            object! {
                "version" => "1", "name" => "Xportcn OpenAPI", "type" => "collection", "description" => STAMP,
            }
            .pretty()
                + "\n",
        ),
        output("collection.bru", collection()),
        output("environments/sandbox.bru", environment()),
    ];
    for section in model.sections() {
        for (index, row) in section.calls.iter().enumerate() {
            files.push(output(&format!("{}/{}.bru", section.id, row.id), call(row, index + 1)?));
        }
    }
    Ok(files)
}

fn output(name: &str, text: String) -> Output {
    Output { path: format!("{FOLDER}/bruno/{name}"), text }
}

fn environment() -> String {
    // Bruno knows no comments there.
    let stamp = format!("about: {STAMP}");
    block("vars", VARIABLES.iter().map(|[name, value]| format!("{name}: {value}")).chain([stamp]))
}

fn collection() -> String {
    let before = ["const variable = (name) => bru.getEnvVar(name);"];
    let after = ["for (const [name, value] of Object.entries(headers)) req.setHeader(name, value);"];
    let script = before.into_iter().chain(SIGNING).chain(after).map(String::from);
    let test = ["test(\"the platform did it\", () => {", "  expect([0, 200]).to.include(res.getBody().code);", "});"];
    [
        block("docs", [format!("{STAMP}. Unofficial; the environment is that of a sandbox on this machine.")]),
        block("script:pre-request", script),
        block("tests", test.map(String::from)),
    ]
    .join("\n")
}

fn call(row: &'static Endpoint, number: usize) -> Result<String, Error> {
    let routed = routed_example(row)?;
    let meta = [format!("name: {}", row.id), "type: http".to_string(), format!("seq: {number}")];
    let query: Vec<(&str, &str)> = routed.query.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    let body = if routed.body.is_some() { "json" } else { "none" };
    let request = [
        format!("url: {{{{baseUrl}}}}{}{mark}{}", routed.path, routed.query),
        format!("body: {body}"),
        "auth: none".to_string(),
    ];
    let mut blocks = vec![block("meta", meta), block(&row.method.as_str().to_lowercase(), request)];
    if !query.is_empty() {
        blocks.push(block("params:query", query.iter().map(|(name, value)| format!("{name}: {value}"))));
    }
    if let Some(body) = routed.body {
        let body = Json::parse(&String::from_utf8(body)?)?.pretty();
        blocks.push(block("body:json", body.lines().map(String::from)));
    }
    blocks.push(block("docs", [row.title().to_string(), STAMP.to_string()]));
    Ok(blocks.join("\n"))
}

fn block(name: &str, lines: impl IntoIterator<Item = String>) -> String {
    let mut out = format!("{name} {{\n");
    for line in lines {
        let _ = writeln!(out, "  {line}");
    }
    out + "}\n"
}
