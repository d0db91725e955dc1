//! The settings of a client, and the options of a call.

use super::comment;
use crate::settings::{about, in_words, of_call, of_client};
use crate::words::{lower_camel, upper_camel};
use xportcn_core::settings::{Choice, Kind, LIMIT, SETTINGS, Setting};

/// What a program gives beside the core's settings: the name, the type with what is usual, and what it is.
const PARTS: [(&str, &str, &str); 4] = [
    (
        "onEvent",
        "(@Sendable (CallEvent) -> Void)?",
        "Is told of everything that happens to calls, in the order in which it happens to each.",
    ),
    (
        "middleware",
        "[XportcnMiddleware] = []",
        "Stands between the client and its transport, for each attempt; the outermost first.",
    ),
    (
        "logLevel",
        "LogLevel = .usual",
        "What the log takes: lines of this level and above. Default: that of the variable `XPORTCN_LOG`, else warnings.",
    ),
    (
        "log",
        "@Sendable (LogLevel, String) -> Void = systemLog",
        "Takes the lines of the log. The system's log has them unless it is set; on systems without one, the standard error.",
    ),
];

/// The structs.
pub(super) fn file() -> String {
    "import Foundation\n\n".to_string() + &configuration() + &options() + &settings() + &version()
}

fn configuration() -> String {
    let mut out = String::from("extension XportcnClient {\n");
    out += &comment("Who calls, where to, and how. What is nil is as usual.", 4);
    out += "    public struct Configuration: Sendable {\n";
    for setting in of_client() {
        if let Kind::OneOf(choices) = setting.kind {
            out += &words(setting, choices);
        }
    }
    out += &limit();
    for setting in of_client() {
        let end = if setting.docs.required { "" } else { "?" };
        out += &comment(&about(setting, in_words), 8);
        out += &format!("        public var {}: {}{end}\n", lower_camel(setting.name), r#type(setting));
    }
    out += &comment("When and how often calls are tried again.", 8);
    out += "        public var options = CallOptions()\n";
    for (name, value, doc) in PARTS {
        out += &comment(doc, 8);
        out += &format!("        public var {name}: {value}\n");
    }
    out.push('\n');
    let required: Vec<String> =
        of_client().filter(|setting| setting.docs.required).map(|setting| lower_camel(setting.name)).collect();
    let parameters = required.iter().map(|name| format!("{name}: String")).collect::<Vec<_>>().join(", ");
    out += &comment("The configuration of an account.", 8);
    out += &format!("        public init({parameters}) {{\n");
    out += &required.iter().map(|name| format!("            self.{name} = {name}\n")).collect::<String>();
    out + "        }\n    }\n}\n\n"
}

fn words(setting: &Setting, choices: &[Choice]) -> String {
    let mut out = comment(setting.docs.meaning, 8);
    out += &format!("        public enum {}: String, Sendable {{\n", upper_camel(setting.name));
    for choice in choices {
        let name = lower_camel(choice.name);
        let value = if name == choice.word { String::new() } else { format!(" = {:?}", choice.word) };
        out += &comment(choice.meaning, 12);
        out += &format!("            case {name}{value}\n");
    }
    out + "        }\n\n"
}

fn limit() -> String {
    let [per_second, burst] = LIMIT.map(lower_camel);
    let mut out = comment("A limit of calls.", 8) + "        public struct Limit: Sendable, Equatable, Encodable {\n";
    out += &comment("Calls per second in the long run; may be below 1.", 12);
    out += &format!("            public var {per_second}: Double\n");
    out += &comment("Calls that may follow each other at once after a pause; at least 1.", 12);
    out += &format!("            public var {burst}: Int\n\n");
    out += &comment("A limit.", 12);
    out + &format!(
        "            public init({per_second}: Double, {burst}: Int = 1) {{\n                \
         self.{per_second} = {per_second}\n                self.{burst} = {burst}\n            }}\n        }}\n\n"
    )
}

fn options() -> String {
    let mut out = comment(
        "What a call may have of its own: when it is tried again, and what is sent beside its fields. What is nil is as the client has it, or as usual.",
        0,
    );
    out += "public struct CallOptions: Sendable, Equatable {\n";
    for setting in of_call() {
        out += &comment(&about(setting, in_words), 4);
        out += &format!("    public var {}: {}?\n", lower_camel(setting.name), r#type(setting));
    }
    let parameters: Vec<String> =
        of_call().map(|setting| format!("        {}: {}? = nil", lower_camel(setting.name), r#type(setting))).collect();
    out += &format!(
        "\n    /// Options, of which some differ from the usual.\n    public init(\n{}\n    ) {{\n",
        parameters.join(",\n")
    );
    out += &of_call().map(|setting| format!("        self.{0} = {0}\n", lower_camel(setting.name))).collect::<String>();
    out + "    }\n}\n\n"
}

/// What the core reads.
fn settings() -> String {
    let mut out = comment("Settings as the core reads them.", 0) + "struct Settings: Encodable {\n";
    for setting in SETTINGS {
        let r#type = match setting.kind {
            Kind::Bytes(_) | Kind::Count(_) => "Int",
            Kind::Duration(_) => "Int64",
            Kind::Flag(_) => "Bool",
            Kind::Limit(_) => "XportcnClient.Configuration.Limit",
            Kind::Texts(_) => "[String: String]",
            _ => "String",
        };
        let word = if setting.per_call && !setting.docs.required { "let" } else { "var" };
        out += &format!("    {word} {}: {type}?\n", lower_camel(setting.name));
    }
    out += "\n    init(_ options: CallOptions) {\n";
    out += &of_call().map(|setting| format!("        {}\n", assigned(setting, "options"))).collect::<String>();
    out += "    }\n\n    init(_ configuration: XportcnClient.Configuration) {\n";
    out += "        self.init(configuration.options)\n";
    out += &of_client().map(|setting| format!("        {}\n", assigned(setting, "configuration"))).collect::<String>();
    out + "    }\n}\n"
}

/// What requests say of the package.
fn version() -> String {
    format!("\n/// The version of this package.\nlet packageVersion = \"{}\"\n", env!("CARGO_PKG_VERSION"))
}

fn assigned(setting: &Setting, source: &str) -> String {
    let name = lower_camel(setting.name);
    let conversion = match setting.kind {
        Kind::Duration(_) => "?.milliseconds",
        Kind::OneOf(_) => "?.rawValue",
        _ => "",
    };
    format!("{name} = {source}.{name}{conversion}")
}

fn r#type(setting: &Setting) -> String {
    match setting.kind {
        Kind::Bytes(_) | Kind::Count(_) => "Int".to_string(),
        Kind::Duration(_) => "Duration".to_string(),
        Kind::Flag(_) => "Bool".to_string(),
        Kind::Limit(_) => "Limit".to_string(),
        Kind::OneOf(_) => upper_camel(setting.name),
        Kind::Texts(_) => "[String: String]".to_string(),
        // A URL that cannot be read is nil, and nil is the platform itself: as text the core refuses it.
        Kind::Secret(_) | Kind::Text(_) | Kind::Url(_) => "String".to_string(),
    }
}
