//! The settings of a client, and the options of a call.

use super::comment;
use crate::settings::{about, in_millis, of_call, of_client};
use crate::words::lower_camel;
use xportcn_core::settings::{Kind, LIMIT, Setting};

/// The interfaces.
pub(super) fn module() -> String {
    let mut out = comment("A limit of calls.", 0) + "export interface Limit {\n";
    let [per_second, burst] = LIMIT.map(lower_camel);
    out += &comment("Calls per second in the long run; may be below 1.", 2);
    out += &format!("  {per_second}: number;\n");
    out += &comment("Calls that may follow each other at once after a pause. Default: 1.", 2);
    out += &format!("  {burst}?: number | undefined;\n}}\n\n");
    out += &comment("What a call may have of its own: when it is tried again, and what is sent beside its fields.", 0);
    out += "export interface RetryOptions {\n";
    of_call().for_each(|setting| out += &member(setting, false));
    out += "}\n\n";
    out += &comment("The settings that the core checks.", 0);
    out += "export interface Settings extends RetryOptions {\n";
    of_client().for_each(|setting| out += &member(setting, setting.docs.required));
    out + "}\n"
}

fn member(setting: &Setting, is_required: bool) -> String {
    let r#type = match setting.kind {
        Kind::Bytes(_) | Kind::Count(_) | Kind::Duration(_) => "number".to_string(),
        Kind::Flag(_) => "boolean".to_string(),
        Kind::Limit(_) => "Limit".to_string(),
        Kind::OneOf(choices) => {
            choices.iter().map(|choice| format!("{:?}", choice.word)).collect::<Vec<_>>().join(" | ")
        }
        Kind::Texts(_) => "Readonly<Record<string, string>>".to_string(),
        Kind::Secret(_) | Kind::Text(_) | Kind::Url(_) => "string".to_string(),
    };
    let name = lower_camel(setting.name);
    let declared =
        if is_required { format!("  {name}: {type};\n") } else { format!("  {name}?: {type} | undefined;\n") };
    comment(&about(setting, in_millis), 2) + &declared
}
