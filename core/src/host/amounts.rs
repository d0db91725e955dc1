//! Where the amounts of a request are.

use super::json::list;
use crate::catalogue;
use crate::json::write_text;
use crate::schema::{Kind, Schema};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Objects within objects, more than any request has.
const DEEPEST: u8 = 16;

/// The paths of the amounts in a call's request, as a JSON list: a host whose usual numbers are binary refuses those
/// there. It is empty for an unknown call.
pub fn amounts_json(id: &str) -> String {
    let mut paths = Vec::new();
    if let Some(endpoint) = catalogue::find(id) {
        collect(endpoint.request, "", DEEPEST, &mut paths);
    }
    list(&paths, |path| {
        let mut text = String::new();
        write_text(path, &mut text);
        text
    })
}

fn collect(schema: &Schema, within: &str, depth: u8, paths: &mut Vec<String>) {
    for field in schema.fields {
        let mut path = within.to_string();
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(field.name());
        let mut kind = &field.kind;
        while let Kind::List(element) = kind {
            kind = element;
        }
        match kind {
            Kind::Amount => paths.push(path),
            Kind::Object(schema) if depth > 0 => collect(schema, &path, depth - 1, paths),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_found_wherever_they_are() {
        assert_eq!(amounts_json("taobao.order.purchase_create"), r#"["orderLineList.price","purchaseAmount"]"#);
        assert_eq!(amounts_json("taobao.order.purchase_pay"), "[]");
        assert_eq!(amounts_json("no.such.row"), "[]");
    }
}
