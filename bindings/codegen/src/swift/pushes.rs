//! The content of pushed messages, by their rows.

use super::comment;
use super::names::value_type;
use crate::model::Model;
use crate::words::lower_camel;
use xportcn_core::catalogue::PUSHES;

/// An enumeration with a case for each row.
pub(super) fn body(model: &Model) -> String {
    let mut out = String::from("/// The content of a pushed message.\npublic enum PushBody: Equatable, Sendable {\n");
    for push in PUSHES {
        let (name, r#type) = (lower_camel(push.id), value_type(model, &push.body));
        let doc = comment(
            &format!("{}: `{}`.", push.doc.lines().next().unwrap_or_default().trim().trim_end_matches('.'), push.id),
            4,
        );
        out += &format!("{doc}    case {name}({type})\n");
    }
    out += "    /// The content of a message that is none of these.\n    case other(JSONValue)\n\n";
    out += "    /// Reads the content of a message of this row.\n";
    out += "    init(_ push: String?, from decoder: any Decoder) throws {\n";
    out += "        guard let push, try !decoder.singleValueContainer().decodeNil() else {\n";
    out += "            self = .other(try JSONValue(from: decoder))\n            return\n        }\n        switch push {\n";
    for push in PUSHES {
        let (name, r#type) = (lower_camel(push.id), value_type(model, &push.body));
        out += &format!("        case \"{}\": self = .{name}(try {type}(from: decoder))\n", push.id);
    }
    out + "        default: self = .other(try JSONValue(from: decoder))\n        }\n    }\n}\n"
}
