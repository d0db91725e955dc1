//! The settings of a client, and the options of a call.

use super::built::{Built, Member};
use super::kdoc;
use crate::settings::{about, in_words, of_call, of_client};
use crate::words::{lower_camel, upper_camel};
use xportcn_core::settings::{Choice, Kind, LIMIT, Setting};

/// The classes.
pub(super) fn file() -> String {
    let mut out = String::from("package io.github.xportcn\n\nimport java.time.Duration\n\n");
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
    let about = "The settings of a client. What is null is as usual.";
    let options = Member {
        name: "options".to_string(),
        r#type: "CallOptions".to_string(),
        doc: "What calls may have of their own.".to_string(),
    };
    let puts = required.iter().chain(&others).map(|setting| put(setting, ""));
    let json = puts.map(|put| format!("        {put}\n")).collect::<String>();
    let class = Built {
        name: "XportcnConfig".to_string(),
        head: kdoc(about, 0),
        required: required.iter().map(|setting| member(setting)).collect(),
        members: std::iter::once(options).chain(others.iter().map(|setting| member(setting))).collect(),
        body: format!(
            "    override fun toString(): String = \"XportcnConfig(userId=$userId, baseUrl=$baseUrl)\"\n\n    \
             internal fun json(): String = Params().apply {{\n{json}        \
             options?.putInto(this)\n    }}.json()\n\n"
        ),
        compares: false,
        is_edited: true,
    };
    class.file_part() + "\n"
}

fn options() -> String {
    let about = "What a call may have of its own: when it is tried again, and what is sent beside its fields. What is null is \
                 as the client has it.";
    let puts = of_call().map(|setting| format!("        {}\n", put(setting, "json."))).collect::<String>();
    let shown = of_call().map(|setting| lower_camel(setting.name)).map(|name| format!("{name}=${name}"));
    let class = Built {
        name: "CallOptions".to_string(),
        head: kdoc(about, 0),
        required: Vec::new(),
        members: of_call().map(member).collect(),
        body: format!(
            "    override fun toString(): String = \"CallOptions({})\"\n\n    \
             internal fun json(): String = Params().apply(::putInto).json()\n\n    \
             internal fun putInto(json: Params) {{\n{puts}    }}\n\n",
            shown.collect::<Vec<_>>().join(", ")
        ),
        compares: true,
        is_edited: true,
    };
    class.file_part() + "\n"
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
            "public class Limit @JvmOverloads constructor(public val {per_second}: Number, public val {burst}: Int = 1) {{\n    \
             private fun parts() = arrayOf<Pair<String, Any?>>(\"{per_second}\" to {per_second}, \"{burst}\" to {burst})\n\n    \
             override fun equals(other: Any?): Boolean = other is Limit && parts().contentEquals(other.parts())\n\n    \
             override fun hashCode(): Int = parts().contentHashCode()\n\n    \
             override fun toString(): String = shown(\"Limit\", parts())\n\n    \
             internal fun json(): String = Params().apply {{\n        written(\"{per_second}\", {per_second}.toString())\n        \
             put(\"{burst}\", {burst})\n    }}.json()\n}}\n"
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

fn member(setting: &Setting) -> Member {
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
    Member { name: lower_camel(setting.name), r#type, doc: about(setting, in_words) }
}

fn put(setting: &Setting, target: &str) -> String {
    let name = lower_camel(setting.name);
    let (put, value) = match setting.kind {
        Kind::Duration(_) => ("put", format!("{name}?.let(::millis)")),
        Kind::Limit(_) => ("written", format!("{name}?.json()")),
        Kind::OneOf(_) => ("put", format!("{name}?.wire")),
        Kind::Texts(_) => ("texts", name.clone()),
        _ if setting.name == "user_agent" => ("put", format!("named({name})")),
        _ => ("put", name.clone()),
    };
    format!("{target}{put}(\"{name}\", {value})")
}
