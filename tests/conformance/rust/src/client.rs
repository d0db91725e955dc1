//! The Rust client of a case's settings.

use crate::case::Json;
use serde::Deserialize;
use std::collections::BTreeMap;
use xportcn::{Client, Config, Error, Limit, RetryPolicy, Secret, TimestampUnit};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Settings {
    access_key: String,
    access_secret: String,
    user_id: String,
    base_url: Option<String>,
    signature: Option<String>,
    timestamp_unit: Option<String>,
    limit: Option<Calls>,
    #[serde(default)]
    paths: BTreeMap<String, String>,
    max_reply_bytes: Option<usize>,
    #[serde(default)]
    strict: bool,
    retries: Option<u32>,
    base_ms: Option<u64>,
    cap_ms: Option<u64>,
    timeout_ms: Option<u64>,
    deadline_ms: Option<u64>,
    retry_writes: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Calls {
    per_second: u32,
    burst: u32,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Options {
    retries: Option<u32>,
    base_ms: Option<u64>,
    cap_ms: Option<u64>,
    timeout_ms: Option<u64>,
    deadline_ms: Option<u64>,
    retry_writes: Option<bool>,
}

/// A client with these settings, whose calls have these options.
pub fn client(settings: &str, options: Option<&Json>) -> Result<Client, Error> {
    let settings: Settings = serde_json::from_str(settings).map_err(|error| unreadable("settings", &error))?;
    let options = match options {
        Some(options) => serde_json::from_str(options.get()).map_err(|error| unreadable("options", &error))?,
        None => Options::default(),
    };
    let usual = RetryPolicy::default();
    let policy = RetryPolicy {
        retries: options.retries.or(settings.retries).unwrap_or(usual.retries),
        base_ms: options.base_ms.or(settings.base_ms).unwrap_or(usual.base_ms),
        cap_ms: options.cap_ms.or(settings.cap_ms).unwrap_or(usual.cap_ms),
        timeout_ms: options.timeout_ms.or(settings.timeout_ms).unwrap_or(usual.timeout_ms),
        deadline_ms: options.deadline_ms.or(settings.deadline_ms).unwrap_or(usual.deadline_ms),
        retry_writes: options.retry_writes.or(settings.retry_writes).unwrap_or(usual.retry_writes),
    };
    Client::builder(config(settings)?).policy(policy).build()
}

fn config(settings: Settings) -> Result<Config, Error> {
    let mut config = Config::new(settings.access_key, "", settings.user_id);
    config.access_secret = Secret::new(settings.access_secret);
    config.base_url = settings.base_url.unwrap_or(config.base_url);
    if let Some(signature) = settings.signature {
        config.signature = signature
            .parse()
            .map_err(|_| Error::Config { field: "signature", reason: "must be `md5` or `hmac-sha256`".into() })?;
    }
    if settings.timestamp_unit.as_deref() == Some("ms") {
        config.timestamp_unit = TimestampUnit::Milliseconds;
    }
    config.limit = settings.limit.map(|limit| Limit { per_second: limit.per_second, burst: limit.burst });
    config.paths = settings.paths;
    config.max_reply_bytes = settings.max_reply_bytes.unwrap_or(config.max_reply_bytes);
    config.strict = settings.strict;
    Ok(config)
}

fn unreadable(field: &'static str, error: &serde_json::Error) -> Error {
    Error::Config { field, reason: error.to_string() }
}
