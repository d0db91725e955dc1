//! The settings of a client, and the options of a call.

use super::kdoc;
use crate::settings::{about, in_words, of_call, of_client};
use crate::words::{lower_camel, upper_camel};
use xportcn_core::settings::{Choice, Kind, LIMIT, Setting};

/// The classes.
pub(super) fn file() -> String {
    let mut out = String::from(
        "package io.github.xportcn\n\nimport kotlin.time.Duration\nimport kotlinx.serialization.json.JsonObject\n\
         import kotlinx.serialization.json.JsonObjectBuilder\nimport kotlinx.serialization.json.JsonPrimitive\n\
         import kotlinx.serialization.json.buildJsonObject\nimport kotlinx.serialization.json.put\n\n",
    );
    out += &config();
    out += &options();
    out += &limit();
    out += &version();
    for setting in of_client() {
        if let Kind::OneOf(choices) = setting.kind {
            out += &words(setting, choices);
        }
    }
    out
}

fn config() -> String {
    let (required, others): (Vec<&Setting>, Vec<_>) = of_client().partition(|setting| setting.docs.required);
    let mut doc = String::from("The settings of a client. What is null is as usual.\n\n");
    doc += &required.iter().map(|setting| property_doc(setting)).collect::<String>();
    doc += "@property options What calls may have of their own.\n";
    doc += &others.iter().map(|setting| property_doc(setting)).collect::<String>();
    let mut out = kdoc(&doc, 0) + "public class XportcnConfig(\n";
    out += &required.iter().map(|setting| property(setting, true)).collect::<String>();
    out += "    public val options: CallOptions = CallOptions(),\n";
    out += &others.iter().map(|setting| property(setting, false)).collect::<String>();
    out += ") {\n    override fun toString(): String = \"XportcnConfig(userId=$userId, baseUrl=$baseUrl)\"\n\n";
    out += "    internal fun json(): String = wellFormed(\n        buildJsonObject {\n";
    for setting in required.iter().chain(&others) {
        out += &format!("            {}\n", put(setting, setting.docs.required, ""));
    }
    out + "            options.putInto(this)\n        }.toString(),\n    )\n}\n\n"
}

fn options() -> String {
    let mut doc = String::from(
        "What a call may have of its own: when it is tried again, and what is sent beside its fields. What is null is as the client has it.\n\n",
    );
    doc += &of_call().map(property_doc).collect::<String>();
    let mut out = kdoc(&doc, 0) + "public data class CallOptions(\n";
    out += &of_call().map(|setting| property(setting, false)).collect::<String>();
    out += ") {\n    internal fun json(): String = buildJsonObject { putInto(this) }.toString()\n\n";
    out += "    internal fun putInto(json: JsonObjectBuilder) {\n";
    out += &of_call().map(|setting| format!("        {}\n", put(setting, false, "json."))).collect::<String>();
    out + "    }\n}\n\n"
}

/// What requests say of the package.
fn version() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!("\n/** The version of this package. */\ninternal const val VERSION: String = \"{version}\"\n")
}

fn limit() -> String {
    let [per_second, burst] = LIMIT.map(lower_camel);
    let doc = format!(
        "A limit of calls.\n\n@property {per_second} Calls per second in the long run; may be below 1.\n\
         @property {burst} Calls that may follow each other at once after a pause; at least 1."
    );
    kdoc(&doc, 0)
        + &format!(
            "public data class Limit(public val {per_second}: Number, public val {burst}: Int = 1) {{\n    \
             internal fun json(): JsonObject = buildJsonObject {{\n        put(\"{per_second}\", {per_second})\n        \
             put(\"{burst}\", {burst})\n    }}\n}}\n"
        )
}

fn words(setting: &Setting, choices: &[Choice]) -> String {
    let mut out = format!("\n{}", kdoc(setting.docs.meaning, 0));
    out += &format!("public enum class {}(internal val wire: String) {{\n", upper_camel(setting.name));
    let words = choices
        .iter()
        .map(|choice| kdoc(choice.meaning, 4) + &format!("    {}({:?}),\n", choice.name.to_uppercase(), choice.word));
    out + &words.collect::<Vec<_>>().join("\n") + "}\n"
}

fn property_doc(setting: &Setting) -> String {
    let about = about(setting, in_words);
    format!("@property {} {about}\n", lower_camel(setting.name))
}

fn property(setting: &Setting, is_required: bool) -> String {
    let r#type = match setting.kind {
        Kind::Bytes(_) => "Long".to_string(),
        Kind::Count(_) => "Int".to_string(),
        Kind::Duration(_) => "Duration".to_string(),
        Kind::Flag(_) => "Boolean".to_string(),
        Kind::Limit(_) => "Limit".to_string(),
        Kind::OneOf(_) => upper_camel(setting.name),
        Kind::Texts(_) => "Map<String, String>".to_string(),
        Kind::Secret(_) | Kind::Text(_) | Kind::Url(_) => "String".to_string(),
    };
    let end = if is_required { "" } else { "? = null" };
    format!("    public val {}: {type}{end},\n", lower_camel(setting.name))
}

fn put(setting: &Setting, is_required: bool, target: &str) -> String {
    let name = lower_camel(setting.name);
    let value = match setting.kind {
        _ if is_required => return format!("{target}put(\"{name}\", {name})"),
        Kind::Duration(_) => "it.inWholeMilliseconds",
        Kind::Limit(_) => "it.json()",
        Kind::OneOf(_) => "it.wire",
        Kind::Texts(_) => "JsonObject(it.mapValues { text -> JsonPrimitive(text.value) })",
        _ => "it",
    };
    format!("{name}?.let {{ {target}put(\"{name}\", {value}) }}")
}
