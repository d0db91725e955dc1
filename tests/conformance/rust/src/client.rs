//! The Rust client of a case's settings.

use crate::case::Json;
use crate::core_cases::failed;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;
use xportcn::{Client, Config, Error, Limit, References, RetryPolicy, Secret, TimestampUnit};

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
    references: Option<String>,
    max_reply_bytes: Option<usize>,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    observe: bool,
    max_retries: Option<u32>,
    timeout: Option<u64>,
    deadline: Option<u64>,
    initial_backoff: Option<u64>,
    max_backoff: Option<u64>,
    retry_writes: Option<bool>,
    recovery_window: Option<u64>,
    retry_after_recovery: Option<bool>,
    wait_timeout: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Calls {
    per_second: f64,
    burst: u32,
}

impl Calls {
    fn read(&self) -> Limit {
        Limit::every(Duration::from_secs_f64(1.0 / self.per_second)).burst(self.burst)
    }
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Options {
    max_retries: Option<u32>,
    timeout: Option<u64>,
    deadline: Option<u64>,
    initial_backoff: Option<u64>,
    max_backoff: Option<u64>,
    retry_writes: Option<bool>,
    recovery_window: Option<u64>,
    retry_after_recovery: Option<bool>,
    wait_timeout: Option<u64>,
}

/// Whether there is a client with these settings.
pub fn made(settings: &str) -> String {
    client(settings, None).map_or_else(|error| failed(&error), |_| r#"{"made":true}"#.to_string())
}

/// A client with these settings, whose calls have these options.
pub fn client(settings: &str, options: Option<&Json>) -> Result<Client, Error> {
    let settings: Settings = serde_json::from_str(settings).map_err(|error| unreadable("settings", &error))?;
    let options = match options {
        Some(options) => serde_json::from_str(options.get()).map_err(|error| unreadable("options", &error))?,
        None => Options::default(),
    };
    let usual = RetryPolicy::default();
    let duration =
        |option: Option<u64>, setting: Option<u64>, usual| option.or(setting).map_or(usual, Duration::from_millis);
    let policy = RetryPolicy {
        max_retries: options.max_retries.or(settings.max_retries).unwrap_or(usual.max_retries),
        timeout: duration(options.timeout, settings.timeout, usual.timeout),
        deadline: duration(options.deadline, settings.deadline, usual.deadline),
        initial_backoff: duration(options.initial_backoff, settings.initial_backoff, usual.initial_backoff),
        max_backoff: duration(options.max_backoff, settings.max_backoff, usual.max_backoff),
        retry_writes: options.retry_writes.or(settings.retry_writes).unwrap_or(usual.retry_writes),
        recovery_window: duration(options.recovery_window, settings.recovery_window, usual.recovery_window),
        retry_after_recovery: options
            .retry_after_recovery
            .or(settings.retry_after_recovery)
            .unwrap_or(usual.retry_after_recovery),
        wait_timeout: duration(options.wait_timeout, settings.wait_timeout, usual.wait_timeout),
    };
    Client::builder(config(settings)?).policy(policy).build()
}

fn config(settings: Settings) -> Result<Config, Error> {
    let mut config = Config::new(settings.access_key, "", settings.user_id);
    config.access_secret = Secret::new(settings.access_secret);
    config.base_url = settings.base_url.unwrap_or(config.base_url);
    if let Some(signature) = settings.signature {
        config.signature = signature.parse().map_err(|_| Error::Config {
            field: "signature".into(),
            reason: "must be `md5` or `hmac-sha256`".into(),
        })?;
    }
    if settings.timestamp_unit.as_deref() == Some("ms") {
        config.timestamp_unit = TimestampUnit::Milliseconds;
    }
    config.limit = settings.limit.map(|limit| limit.read());
    config.paths.extend(settings.paths);
    config.references = match settings.references.as_deref() {
        None | Some("off") => References::Off,
        Some("auto") => References::Auto,
        Some("auto-in-messages") => References::AutoInMessages,
        Some(_) => {
            let reason = "must be `off`, `auto` or `auto-in-messages`".into();
            return Err(Error::Config { field: "references".into(), reason });
        }
    };
    config.max_reply_bytes = settings.max_reply_bytes.unwrap_or(config.max_reply_bytes);
    config.strict = settings.strict;
    config.observe = settings.observe;
    Ok(config)
}

fn unreadable(field: &'static str, error: &serde_json::Error) -> Error {
    Error::Config { field: field.into(), reason: error.to_string() }
}
