//! The page of settings.

use crate::settings::in_words;
use crate::words::lower_camel;
use serde::Serialize;
use xportcn_core::settings::{Kind, SETTINGS, Setting};

#[derive(Serialize)]
pub(super) struct SettingsView {
    settings: Vec<SettingView>,
}

#[derive(Serialize)]
struct SettingView {
    name: &'static str,
    camel: String,
    meaning: String,
    holds: &'static str,
    usual: String,
    per_call: bool,
    variable: Option<&'static str>,
}

/// Every setting, in the order of the core's table.
pub(super) fn settings() -> SettingsView {
    SettingsView { settings: SETTINGS.iter().map(view).collect() }
}

fn view(setting: &'static Setting) -> SettingView {
    let usual = setting.usual().map(|usual| match setting.kind {
        Kind::Duration(_) => in_words(usual.parse().unwrap_or_default()),
        _ => format!("`{usual}`"),
    });
    let usual = usual.unwrap_or_else(|| if setting.docs.required { "required" } else { "none" }.to_string());
    SettingView {
        name: setting.name,
        camel: lower_camel(setting.name),
        meaning: meaning(setting),
        holds: holds(setting.kind),
        usual,
        per_call: setting.per_call,
        variable: setting.docs.variable,
    }
}

fn meaning(setting: &Setting) -> String {
    let Kind::OneOf(choices) = setting.kind else { return setting.docs.meaning.to_string() };
    let choices = choices.iter().map(|choice| format!("`{}`: {}", choice.word, choice.meaning));
    [setting.docs.meaning.to_string()].into_iter().chain(choices).collect::<Vec<_>>().join("<br>")
}

fn holds(kind: Kind) -> &'static str {
    match kind {
        Kind::Bytes(_) => "number of bytes",
        Kind::Count(_) => "whole number",
        Kind::Duration(_) => "time",
        Kind::Flag(_) => "true or false",
        Kind::Limit(_) => "calls a second, and how many at once after a pause",
        Kind::OneOf(_) => "one of the words",
        Kind::Secret(_) | Kind::Text(_) => "text",
        Kind::Texts(_) => "texts by name",
        Kind::Url(_) => "address",
    }
}
