//! The npm package's types and calls. All types are declarations only; what exists at run time is one short list of the
//! calls, and the published codes in a module of their own.

mod calls;
mod codes;
mod names;
mod schemas;
mod settings;
mod types;

use crate::model::Model;
use crate::{Output, STAMP};
use std::fmt::Write;
use xportcn_core::event::HEADERS;

/// Where the package's generated modules stand.
const FOLDER: &str = "packages/npm/src/generated";

/// All generated modules of the package.
pub fn modules(model: &Model) -> Vec<Output> {
    let mut outputs: Vec<Output> = model
        .groups
        .iter()
        .map(|group| module(group.id, group.title, types::module(model, group) + &calls::interfaces(model, group)))
        .collect();
    outputs.push(module("calls", "The calls by group and section.", calls::list(model)));
    outputs.push(module("codes", "The published values of codes.", codes::module(model)));
    outputs.push(module("headers", "The headers of answers that matter.", headers()));
    outputs.push(module("endpoints", "The calls by id.", calls::endpoints(model)));
    outputs.push(module("ids", "The ids of the calls.", calls::ids(model)));
    outputs.push(module("messages", "What pushed messages hold.", types::messages(model)));
    outputs.push(module("schemas", "The shapes of requests and replies.", schemas::module(model)));
    outputs.push(module("settings", "The settings of a client.", settings::module()));
    outputs.push(module("variables", "The environment's names of settings.", settings::variables()));
    outputs.push(module("types", "The types of all groups.", types::index(model)));
    outputs
}

fn module(name: &str, title: &str, text: String) -> Output {
    Output { path: format!("{FOLDER}/{name}.ts"), text: format!("// {STAMP}\n// {title}\n\n{text}") }
}

fn headers() -> String {
    let names: String = HEADERS.iter().map(|name| format!("  {name:?},\n")).collect();
    format!("export const HEADERS: readonly string[] = [\n{names}];\n")
}

/// Documentation as a comment before what it is about.
fn comment(text: &str, indent: usize) -> String {
    let text = text.trim().replace("*/", "*\\/");
    let space = " ".repeat(indent);
    if text.is_empty() {
        return String::new();
    }
    if !text.contains('\n') {
        return format!("{space}/** {text} */\n");
    }
    let mut out = format!("{space}/**\n");
    for line in text.lines() {
        writeln!(out, "{}", format!("{space} * {line}").trim_end()).unwrap_or_default();
    }
    out + &format!("{space} */\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_ends_where_it_should() {
        assert_eq!(comment("One line.", 2), "  /** One line. */\n");
        assert_eq!(comment("One.\n\nTwo */ three.", 0), "/**\n * One.\n *\n * Two *\\/ three.\n */\n");
        assert_eq!(comment("", 2), "");
    }
}
