//! The published values of codes as constants.

use super::comment;
use crate::model::{Model, paragraphs};

/// Every set of codes as an object.
pub(super) fn module(model: &Model) -> String {
    let mut out = String::new();
    for set in &model.codes {
        let codes = set.codes;
        out += &comment(&(paragraphs(codes.doc) + "\n\nThe published values; others occur."), 0);
        out += &format!("export const {} = {{\n", set.name);
        for value in codes.values {
            let literal = if codes.numeric { value.wire.to_string() } else { format!("{:?}", value.wire) };
            out += &comment(&paragraphs(value.doc), 2);
            out += &format!("  {}: {literal},\n", value.name);
        }
        out += "} as const;\n\n";
    }
    out.trim_end().to_string() + "\n"
}
