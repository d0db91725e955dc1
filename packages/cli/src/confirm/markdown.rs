//! The report as a page for people.

use super::report::{Report, Tried};
use serde_json::{Map, Value};

/// The page.
pub fn page(report: &Report) -> String {
    let mut out = String::from("# What was found\n\n");
    for (name, value) in report.head() {
        out += &format!("- {name}: {value}\n");
    }
    out += "\n| row | result | method | path | evidence | status | calls |\n|---|---|---|---|---|---|---|\n";
    for row in &report.rows {
        let last = row.tries.iter().rev().find(|attempt| attempt.class.is_some());
        let place = row.found.as_ref().or_else(|| last.map(|attempt| &attempt.place));
        let (method, path, evidence) =
            place.map_or(("-", "-", "-"), |place| (place.method().as_str(), place.path(), place.evidence()));
        let status =
            row.found.as_ref().map_or("-", |place| if place.is_the_tables() { "as in the tables" } else { "moved" });
        let result = match row.why_not() {
            Some(why) if row.result() == "not tried" => format!("not tried: {why}"),
            _ => row.result().to_string(),
        };
        out += &format!(
            "| {} | {result} | {method} | {path} | {evidence} | {status} | {} |\n",
            row.endpoint.id,
            row.tries.len()
        );
    }
    let references = report.references.words();
    if !references.is_empty() {
        out += "\n# Whether references come back\n\n";
        references.iter().for_each(|line| out += &format!("- {line}\n"));
    }
    out += "\n# What the data looked like\n\n";
    for row in &report.rows {
        fields(row, &mut out);
    }
    out.trim_end().to_string()
}

/// The places of a row's data that are not as the tables say.
fn fields(row: &Tried, out: &mut String) {
    let Some(finding) = row.finding() else { return };
    let data = &finding.shape["body"]["members"]["data"];
    let mut lines = Vec::new();
    differences("data", data, &mut lines);
    let types = words(data);
    *out += &format!("- {} ({types})", row.endpoint.id);
    *out += if lines.is_empty() { ": as in the tables\n" } else { "\n" };
    for line in lines {
        *out += &format!("  - {line}\n");
    }
}

fn differences(path: &str, node: &Value, lines: &mut Vec<String>) {
    if node["misfits"].as_u64().is_some() {
        lines.push(format!("`{path}`: of another type, {}", words(node)));
    }
    if node["unknown"].as_bool() == Some(true) {
        lines.push(format!("`{path}`: unknown, {}", words(node)));
    }
    let absent: Vec<_> = node["absent"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if !absent.is_empty() {
        lines.push(format!("`{path}`: absent {}", absent.join(", ")));
    }
    for (name, member) in node["members"].as_object().unwrap_or(&Map::new()) {
        let path = if name == "[]" { format!("{path}[]") } else { format!("{path}.{name}") };
        differences(&path, member, lines);
    }
}

/// The types of a place, and its digits.
fn words(node: &Value) -> String {
    let types = node["types"].as_object().map(|types| types.keys().cloned().collect::<Vec<_>>().join(" or "));
    let digits = match (node["digits"][0].as_u64(), node["digits"][1].as_u64()) {
        (Some(1), Some(1)) => " of 1 digit".to_string(),
        (Some(fewest), Some(most)) if fewest == most => format!(" of {most} digits"),
        (Some(fewest), Some(most)) => format!(" of {fewest} to {most} digits"),
        _ => String::new(),
    };
    types.unwrap_or_default() + &digits
}
