//! The Python package's types and calls: one module of each for every group of rows.

mod calls;
mod models;
mod names;

use crate::model::Model;
use crate::{Output, STAMP};

/// Where the package's modules stand.
const FOLDER: &str = "packages/pip/src/xportcn";

/// All generated modules of the package.
pub fn modules(model: &Model) -> Vec<Output> {
    let mut outputs: Vec<Output> = calls::STYLES
        .iter()
        .map(|style| Output {
            path: format!("{FOLDER}/_calls/{}/__init__.py", style.folder),
            text: header(&format!("All groups: {}.", style.about)) + &calls::index(model, style),
        })
        .collect();
    for group in &model.groups {
        outputs.push(Output {
            path: format!("{FOLDER}/models/{}.py", group.id),
            text: header(&format!("{}: what its calls send and what comes back.", group.title))
                + &models::module(model, group.id),
        });
        for style in calls::STYLES {
            outputs.push(Output {
                path: format!("{FOLDER}/_calls/{}/{}.py", style.folder, group.id),
                text: header(&format!("{}: {}.", group.title, style.about)) + &calls::module(model, group, style),
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
