//! The Kotlin package's types and calls: one file of each for every group of rows.

mod built;
mod calls;
mod java;
mod models;
mod names;
mod settings;

use crate::model::Model;
use crate::words::upper_camel;
use crate::{Output, STAMP};

/// Where the package's sources stand.
const FOLDER: &str = "packages/kotlin/src/main/kotlin/io/github/xportcn";

/// All generated files of the package.
pub fn files(model: &Model) -> Vec<Output> {
    let file = |path: String, text: String| Output {
        path: format!("{FOLDER}/{path}.kt"),
        text: format!("// {STAMP}\n{text}"),
    };
    let mut outputs = vec![
        file("Settings".to_string(), settings::file()),
        file("calls/Groups".to_string(), calls::index(model)),
        file("models/Messages".to_string(), models::messages(model)),
        file("java/JavaGroups".to_string(), java::index(model)),
    ];
    for group in &model.groups {
        let name = upper_camel(group.id);
        outputs.push(file(format!("models/{name}"), models::file(model, group.id)));
        if group.called().next().is_some() {
            outputs.push(file(format!("calls/{name}Calls"), calls::file(model, group)));
            outputs.push(file(format!("java/{name}JavaCalls"), java::file(model, group)));
        }
    }
    outputs
}

/// Documentation as a comment.
fn kdoc(text: &str, indent: usize) -> String {
    // Comments nest in Kotlin, so that both marks would be read.
    let text = text.trim().replace("*/", "*&#47;").replace("/*", "/&#42;");
    let space = " ".repeat(indent);
    if !text.contains('\n') {
        return format!("{space}/** {text} */\n");
    }
    let lines = text.lines().map(|line| format!("{space} * {line}").trim_end().to_string() + "\n");
    format!("{space}/**\n{}{space} */\n", lines.collect::<String>())
}

/// The name of a field, which is no keyword.
pub(crate) fn name(field: &str) -> String {
    names::safe(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_comments_within_documentation_are_written_another_way() {
        assert_eq!(kdoc("all of /open/* and */", 2), "  /** all of /open/&#42; and *&#47; */\n");
        assert_eq!(kdoc("one\n\ntwo", 0), "/**\n * one\n *\n * two\n */\n");
    }
}
