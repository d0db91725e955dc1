//! What the clients' settings are called, and the options of a call.

use super::docstring;
use crate::settings::{about, in_seconds, of_call};
use crate::words::lower_camel;
use xportcn_core::settings::{Kind, LIMIT, SETTINGS, Setting};

/// The module of options and names.
pub(super) fn module() -> String {
    let mut out = String::from(
        "from typing import Dict, Final, Mapping, Optional\n\nimport msgspec\n\n\nclass Options(msgspec.Struct, frozen=True):\n",
    );
    out += &docstring(
        "What a call may have of its own: when it is tried again, and what is sent beside its fields; what is absent is as the client has it.",
        4,
    );
    for setting in of_call() {
        out += &format!("\n    {}: Optional[{}] = None\n", setting.name, r#type(setting));
        out += &docstring(&about(setting, in_seconds), 4);
    }
    let durations = SETTINGS.iter().filter(|setting| matches!(setting.kind, Kind::Duration(_)));
    let durations = durations.map(|setting| format!("\"{}\"", setting.name)).collect::<Vec<_>>().join(", ");
    out += &format!("\n\nSECONDS: Final = frozenset(({durations}))\n");
    out += &docstring("The settings that are seconds here, and milliseconds in the core.", 0);
    out += "\nKEYS: Final[Dict[str, str]] = {\n";
    for name in SETTINGS.iter().map(|setting| setting.name).chain(LIMIT) {
        out += &format!("    \"{name}\": \"{}\",\n", lower_camel(name));
    }
    out += "}\n";
    out += &docstring("The core's names of the settings.", 0);
    out += "\nVARIABLES: Final[Dict[str, str]] = {\n";
    for setting in SETTINGS {
        if let Some(variable) = setting.docs.variable {
            out += &format!("    \"{}\": \"{variable}\",\n", setting.name);
        }
    }
    out + "}\n" + &docstring("Where settings that are not given are looked for.", 0)
}

/// What the clients' documentation says of a setting.
pub fn doc(setting: &Setting) -> String {
    let about = about(setting, in_seconds);
    match setting.docs.variable {
        Some(variable) if matches!(setting.kind, Kind::Texts(_)) => {
            format!("{about} If they are not given, `{variable}` of the environment names a JSON file that holds them.")
        }
        Some(variable) => format!("{about} If it is not given, `{variable}` of the environment is taken."),
        None => about,
    }
}

/// The type of a setting.
pub fn r#type(setting: &Setting) -> &'static str {
    match setting.kind {
        Kind::Bytes(_) | Kind::Count(_) => "int",
        Kind::Duration(_) => "float",
        Kind::Flag(_) => "bool",
        Kind::Limit(_) => "Tuple[float, int]",
        Kind::Texts(_) => "Mapping[str, str]",
        Kind::OneOf(_) | Kind::Secret(_) | Kind::Text(_) | Kind::Url(_) => "str",
    }
}
