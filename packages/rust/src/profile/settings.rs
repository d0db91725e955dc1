//! The settings of a profile, as the core reads them.

use serde_json::{Map, Number, Value as Json};
use toml::{Table, Value};
use xportcn_core::host::{self, camel};
use xportcn_core::settings::{Kind, SETTINGS, Setting};
use xportcn_core::{Config, Error, RetryPolicy, nearest};

/// Where the secret is, if it is not in the file.
const SECRET_IN: &str = "access_secret_in";

/// The settings, and whether the secret is in the keyring.
pub(super) fn read(profile: &Table) -> Result<(Config, RetryPolicy, bool), Error> {
    let mut json = Map::new();
    let mut is_in_keyring = false;
    for (name, value) in profile {
        if name == SECRET_IN {
            if value.as_str() != Some("keyring") {
                return Err(wrong(SECRET_IN, "must be \"keyring\""));
            }
            is_in_keyring = true;
            continue;
        }
        let setting = SETTINGS.iter().find(|setting| setting.name == name).ok_or_else(|| unknown(name))?;
        json.insert(camel(name), of(setting, value)?);
    }
    if is_in_keyring && json.contains_key("accessSecret") {
        return Err(wrong(SECRET_IN, "says that the secret is in the keyring, but `access_secret` holds one"));
    }
    let (config, policy) = host::settings(&Json::Object(json).to_string())?;
    Ok((config, policy, is_in_keyring))
}

/// The value as JSON. What is wrong with its type is the core's to say.
fn of(setting: &Setting, value: &Value) -> Result<Json, Error> {
    match (setting.kind, value) {
        (Kind::Duration(_), Value::String(text)) => {
            let time = humantime::parse_duration(text).ok();
            let millis = time.and_then(|time| u64::try_from(time.as_millis()).ok());
            millis
                .map(Json::from)
                .ok_or_else(|| wrong(setting.name, "must be a number with its unit, as \"500ms\" or \"30s\""))
        }
        (Kind::Duration(_), _) => Err(wrong(setting.name, "must be text with a unit, as \"500ms\" or \"30s\"")),
        (Kind::Limit(_), Value::Table(members)) => {
            Ok(Json::Object(members.iter().map(|(name, value)| (camel(name), plain(value))).collect()))
        }
        (_, value) => Ok(plain(value)),
    }
}

fn plain(value: &Value) -> Json {
    match value {
        Value::String(text) => Json::String(text.clone()),
        Value::Integer(number) => Json::from(*number),
        Value::Float(number) => Number::from_f64(*number).map_or(Json::Null, Json::Number),
        Value::Boolean(flag) => Json::Bool(*flag),
        Value::Datetime(moment) => Json::String(moment.to_string()),
        Value::Array(values) => values.iter().map(plain).collect(),
        Value::Table(members) => {
            Json::Object(members.iter().map(|(name, value)| (name.clone(), plain(value))).collect())
        }
    }
}

fn unknown(name: &str) -> Error {
    let names = SETTINGS.iter().map(|setting| setting.name).chain([SECRET_IN]);
    Error::UnknownSetting { name: name.to_string(), nearest: nearest(name, names).map(String::from) }
}

fn wrong(field: &str, reason: &str) -> Error {
    Error::Config { field: field.to_string(), reason: reason.to_string() }
}
