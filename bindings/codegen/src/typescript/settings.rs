//! The settings of a client, and the options of a call.

use super::comment;
use crate::settings::{about, in_millis, of_call, of_client};
use crate::words::lower_camel;
use xportcn_core::settings::{Kind, LIMIT, SETTINGS, Setting};

/// The interfaces.
pub(super) fn module() -> String {
    let mut out = String::from("import type { EndpointId } from \"./ids.js\";\n\n");
    out += &table();
    out += &(comment("A limit of calls.", 0) + "export interface Limit {\n");
    let [per_second, burst] = LIMIT.map(lower_camel);
    out += &comment("Calls per second in the long run; may be below 1.", 2);
    out += &format!("  {per_second}: number;\n");
    out += &comment("Calls that may follow each other at once after a pause. Default: 1.", 2);
    out += &format!("  {burst}?: number | undefined;\n}}\n\n");
    out += &comment("What a call may have of its own: when it is tried again, and what is sent beside its fields.", 0);
    out += "export interface RetryOptions {\n";
    of_call().for_each(|setting| out += &member(setting, None));
    out += "}\n\n";
    out += &comment("The settings that the core checks.", 0);
    out += "export interface Settings extends RetryOptions {\n";
    of_client().for_each(|setting| out += &member(setting, setting.docs.variable));
    out + "}\n"
}

fn member(setting: &Setting, variable: Option<&str>) -> String {
    let r#type = match setting.kind {
        Kind::Bytes(_) | Kind::Count(_) | Kind::Duration(_) => "number".to_string(),
        Kind::Flag(_) => "boolean".to_string(),
        Kind::Limit(_) => "Limit".to_string(),
        Kind::OneOf(choices) => {
            choices.iter().map(|choice| format!("{:?}", choice.word)).collect::<Vec<_>>().join(" | ")
        }
        Kind::Texts(_) if setting.name == "paths" => "Readonly<Partial<Record<EndpointId, string>>>".to_string(),
        Kind::Texts(_) => "Readonly<Record<string, string>>".to_string(),
        Kind::Secret(_) | Kind::Text(_) | Kind::Url(_) => "string".to_string(),
    };
    let name = lower_camel(setting.name);
    let mut meaning = about(setting, in_millis);
    if let Some(variable) = variable {
        let holds = if matches!(setting.kind, Kind::Texts(_)) { "names a JSON file that holds it" } else { "is taken" };
        meaning += &format!(" If it is not given, `{variable}` of the environment {holds}, where there is one.");
    }
    comment(&meaning, 2) + &format!("  {name}?: {type} | undefined;\n")
}

/// The names of the settings by what they hold, for a check without the core; those that there is no client without stand
/// first.
fn table() -> String {
    let is_text =
        |setting: &&Setting| matches!(setting.kind, Kind::OneOf(_) | Kind::Secret(_) | Kind::Text(_) | Kind::Url(_));
    let is_whole = |setting: &&Setting| matches!(setting.kind, Kind::Bytes(_) | Kind::Count(_) | Kind::Duration(_));
    let is_flag = |setting: &&Setting| matches!(setting.kind, Kind::Flag(_));
    let is_object = |setting: &&Setting| matches!(setting.kind, Kind::Limit(_) | Kind::Texts(_));
    comment("The settings that there is no client without.", 0)
        + &format!("export const REQUIRED = \"{}\";\n\n", names(|setting| setting.docs.required))
        + &comment("The names of all settings by what they hold: text, whole numbers, flags and objects.", 0)
        + &format!(
            "export const SETTINGS = [\n  \"{}\",\n  \"{}\",\n  \"{}\",\n  \"{}\",\n] as const;\n\n",
            names(is_text),
            names(is_whole),
            names(is_flag),
            names(is_object),
        )
}

fn names(fits: impl Fn(&&Setting) -> bool) -> String {
    SETTINGS.iter().filter(fits).map(|setting| lower_camel(setting.name)).collect::<Vec<_>>().join(" ")
}

/// The names that the environment has for settings.
pub(super) fn variables() -> String {
    let mut out = comment("The variables of the environment that settings are taken from where they are not given.", 0);
    out += "export const VARIABLES = {\n";
    for setting in SETTINGS {
        if let Some(variable) = setting.docs.variable {
            out += &format!("  {}: \"{variable}\",\n", lower_camel(setting.name));
        }
    }
    out + "} as const;\n"
}
