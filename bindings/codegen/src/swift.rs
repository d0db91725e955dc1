//! The Swift package's types and calls, in files of one section each, and the rows for its tests.

mod calls;
mod models;
mod names;
mod pushes;
mod rows;

use self::names::group_type;
use crate::model::{Model, Section};
use crate::words::upper_camel;
use crate::{Output, STAMP};

/// Where the package's generated files stand.
const FOLDER: &str = "packages/swift/Sources/Xportcn/Generated";

/// All generated files of the package.
pub fn files(model: &Model) -> Vec<Output> {
    let mut outputs = vec![
        source(&format!("{FOLDER}/Groups.swift"), &calls::groups(model)),
        source(&format!("{FOLDER}/PushBody.swift"), &pushes::body(model)),
        source("packages/swift/Tests/Sources/Conformance/Rows.swift", &rows::dispatch(model)),
    ];
    for group in &model.groups {
        for section in &group.sections {
            let name = format!("{FOLDER}/{}", upper_camel(&section.id));
            let r#type = group_type(group.id);
            if !section.calls.is_empty() {
                outputs.push(source(&format!("{name}Calls.swift"), &calls::section(model, section)));
            }
            let models = models::section(model, section);
            if !models.is_empty() {
                let text = format!(
                    "import Foundation\n\nextension {type} {{\n{}\n}}\n",
                    models.trim_start_matches('\n').trim_end()
                );
                outputs.push(source(&format!("{name}Models.swift"), &text));
            }
        }
    }
    outputs
}

/// Whether a row belongs to a section.
fn is_in(row: &str, section: &Section) -> bool {
    row.rsplit_once('.').map_or(row, |(head, _)| head) == section.id
}

fn source(path: &str, text: &str) -> Output {
    Output { path: path.to_string(), text: format!("// {STAMP}\n\n{text}") }
}

/// Documentation as a comment.
fn comment(text: &str, indent: usize) -> String {
    let space = " ".repeat(indent);
    text.trim().lines().map(|line| format!("{space}/// {line}").trim_end().to_string() + "\n").collect()
}
