//! The Swift package's types and calls, in files of one section each, and the rows for its tests.

mod calls;
mod models;
mod names;
mod pushes;
mod rows;
mod settings;

use self::names::group_type;
use crate::model::{CodeSet, Model, Object};
use crate::words::upper_camel;
use crate::{Output, STAMP};

/// Where the package's generated files stand.
const FOLDER: &str = "packages/swift/Sources/Xportcn/Generated";

/// All generated files of the package.
pub fn files(model: &Model) -> Vec<Output> {
    let mut outputs = vec![
        source(&format!("{FOLDER}/Groups.swift"), &calls::groups(model)),
        source(&format!("{FOLDER}/PushBody.swift"), &pushes::body(model)),
        source(&format!("{FOLDER}/Settings.swift"), &settings::file()),
        source("packages/swift/Tests/Sources/Conformance/Rows.swift", &rows::dispatch(model)),
        source("packages/swift/Tests/Tests/XportcnTests/CallTypes.swift", &rows::types(model)),
    ];
    for group in &model.groups {
        for section in group.called() {
            let path = format!("{FOLDER}/{}Calls.swift", upper_camel(&section.id));
            outputs.push(source(&path, &calls::section(model, section)));
        }
    }
    for (folder, models) in models::by_folder(model) {
        let (models, r#type) = (models.trim(), group_type(folder.group));
        let text = format!("import Foundation\n\nextension {type} {{\n    {models}\n}}\n");
        outputs.push(source(&format!("{FOLDER}/{}Models.swift", upper_camel(&folder.folder)), &text));
    }
    outputs
}

fn source(path: &str, text: &str) -> Output {
    Output { path: path.to_string(), text: format!("// {STAMP}\n\n{text}") }
}

/// Documentation as a comment.
fn comment(text: &str, indent: usize) -> String {
    let space = " ".repeat(indent);
    text.trim().lines().map(|line| format!("{space}/// {line}").trim_end().to_string() + "\n").collect()
}

/// The name of a field, which is no keyword.
pub(crate) fn name(field: &str) -> String {
    names::identifier(field)
}

/// The type of an object, from the outside.
pub(crate) fn type_of_object(object: &Object) -> String {
    format!("{}.{}", names::group_type(object.group()), names::object_name(object))
}

/// The type of a set of codes, from the outside.
pub(crate) fn type_of_codes(codes: &CodeSet) -> String {
    format!("{}.{}", names::group_type(codes.group()), names::code_name(codes))
}
