//! The Python package's types and calls: one module of each for every group of rows.

mod calls;
mod groups;
mod models;
mod names;
mod settings;
mod styles;

pub use self::settings::{doc as setting_doc, r#type as setting_type};
use crate::model::Model;
use crate::{Output, STAMP};
use std::collections::BTreeSet;

/// Where the package's modules stand.
const FOLDER: &str = "packages/pip/src/xportcn";

/// All generated modules of the package.
pub fn modules(model: &Model) -> Vec<Output> {
    let mut outputs: Vec<Output> = styles::STYLES
        .iter()
        .map(|style| Output {
            path: format!("{FOLDER}/_calls/{}/__init__.py", style.folder),
            text: header(&format!("All groups: {}.", style.about)) + &groups::index(model, style),
        })
        .collect();
    outputs.push(Output {
        path: format!("{FOLDER}/_options.py"),
        text: header("The names of the clients' settings, and the options of a call.") + &settings::module(),
    });
    for group in &model.groups {
        outputs.push(Output {
            path: format!("{FOLDER}/models/{}.py", group.id),
            text: header(&format!("{}: what its calls send and what comes back.", group.title))
                + &models::module(model, group.id),
        });
        for style in styles::STYLES {
            outputs.push(Output {
                path: format!("{FOLDER}/_calls/{}/{}.py", style.folder, group.id),
                text: header(&format!("{}: {}.", group.title, style.about)) + &groups::module(model, group, style),
            });
        }
    }
    outputs
}

fn header(title: &str) -> String {
    format!("# {STAMP}\n\"\"\"{title}\"\"\"\n\n")
}

/// Documentation as a string literal, indented behind its first line.
fn docstring(text: &str, indent: usize) -> String {
    let text = text.trim().replace('\\', "\\\\").replace("\"\"\"", "'''");
    let space = " ".repeat(indent);
    let mut lines = text.lines();
    let mut out = format!("{space}\"\"\"{}", lines.next().unwrap_or_default());
    let mut many = false;
    for line in lines {
        many = true;
        out.push('\n');
        if !line.is_empty() {
            out += &format!("{space}{line}");
        }
    }
    if many {
        out += &format!("\n{space}");
    } else if out.ends_with('"') {
        out.push(' ');
    }
    out + "\"\"\"\n"
}

/// Import lines, `(what stands before the names, names)`, without the names that the code below does not have.
fn imports(lines: &[(&str, &[&str])], code: &str) -> String {
    let mut in_text = false;
    let mut words = BTreeSet::new();
    for line in code.lines() {
        let marks = line.matches("\"\"\"").count();
        if !in_text && marks == 0 {
            words.extend(line.split(|c: char| !c.is_alphanumeric() && c != '_'));
        }
        in_text ^= marks % 2 == 1;
    }
    let mut out = String::new();
    for (start, names) in lines {
        let used: Vec<&str> = names.iter().copied().filter(|name| words.contains(name)).collect();
        if !used.is_empty() {
            out += &format!("{start} {}\n", used.join(", "));
        }
    }
    out
}

/// The name of a field.
pub(crate) fn name(field: &str) -> String {
    names::snake(field)
}
