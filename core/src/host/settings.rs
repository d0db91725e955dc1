//! Settings and options, read from JSON.

use crate::call::config::{Config, TimestampUnit};
use crate::call::exchange::RetryPolicy;
use crate::call::limit::Limit;
use crate::error::Error;
use crate::json::{members, unescape};
use crate::secret::Secret;
use alloc::format;
use alloc::string::String;

/// The settings of a client and its policy.
pub(super) fn read(json: &str) -> Result<(Config, RetryPolicy), Error> {
    let mut config = Config::new("", "", "");
    let mut policy = RetryPolicy::default();
    for (name, value) in object("settings", json)? {
        let value = Setting { name: known(&name)?, json: value };
        match value.name {
            _ if value.json == "null" => {}
            "accessKey" => config.access_key = value.text()?,
            "accessSecret" => config.access_secret = Secret::new(value.text()?),
            "userId" => config.user_id = value.text()?,
            "baseUrl" => config.base_url = value.text()?,
            "signature" => {
                config.signature = value.text()?.parse().map_err(|_| value.wrong("must be `md5` or `hmac-sha256`"))?;
            }
            "timestampUnit" => {
                config.timestamp_unit = match value.text()?.as_str() {
                    "s" => TimestampUnit::Seconds,
                    "ms" => TimestampUnit::Milliseconds,
                    _ => return Err(value.wrong("must be `s` or `ms`")),
                };
            }
            "limit" => config.limit = Some(limit(&value)?),
            "paths" => {
                for (id, path) in object(value.name, value.json)? {
                    config.paths.insert(id, Setting { json: path, ..value }.text()?);
                }
            }
            "maxReplyBytes" => config.max_reply_bytes = value.number()?,
            "strict" => config.strict = value.boolean()?,
            _ => option(&mut policy, &value)?,
        }
    }
    Ok((config, policy))
}

/// The policy of one call: the client's with the call's own options.
pub(super) fn options(json: &str, mut policy: RetryPolicy) -> Result<RetryPolicy, Error> {
    if !json.is_empty() {
        for (name, value) in object("options", json)? {
            let value = Setting { name: known(&name)?, json: value };
            if value.json != "null" {
                option(&mut policy, &value)?;
            }
        }
    }
    Ok(policy)
}

/// An error of the settings, with the name as it is written in JSON.
pub(super) fn as_written(error: Error) -> Error {
    let is =
        |name: &str, field: &str| name.bytes().map(|b| b.to_ascii_lowercase()).eq(field.bytes().filter(|b| *b != b'_'));
    match error {
        Error::Config { field, reason } => {
            Error::Config { field: NAMES.iter().find(|name| is(name, field)).copied().unwrap_or(field), reason }
        }
        other => other,
    }
}

/// A setting's name and its JSON.
#[derive(Clone, Copy)]
struct Setting<'a> {
    name: &'static str,
    json: &'a str,
}

const NAMES: [&str; 16] = [
    "accessKey",
    "accessSecret",
    "baseMs",
    "baseUrl",
    "capMs",
    "deadlineMs",
    "limit",
    "maxReplyBytes",
    "paths",
    "retries",
    "retryWrites",
    "signature",
    "strict",
    "timeoutMs",
    "timestampUnit",
    "userId",
];

fn known(name: &str) -> Result<&'static str, Error> {
    let known = NAMES.iter().find(|known| **known == name).copied();
    known.ok_or_else(|| Error::Config { field: "settings", reason: format!("hold `{name}`, which is no setting") })
}

fn object<'a>(field: &'static str, json: &'a str) -> Result<alloc::vec::Vec<(String, &'a str)>, Error> {
    members(json).ok_or_else(|| Error::Config { field, reason: "must be a JSON object".into() })
}

fn option(policy: &mut RetryPolicy, value: &Setting<'_>) -> Result<(), Error> {
    match value.name {
        "retries" => policy.retries = value.number()?,
        "baseMs" => policy.base_ms = value.number()?,
        "capMs" => policy.cap_ms = value.number()?,
        "timeoutMs" => policy.timeout_ms = value.number()?,
        "deadlineMs" => policy.deadline_ms = value.number()?,
        "retryWrites" => policy.retry_writes = value.boolean()?,
        _ => return Err(value.wrong("belongs to the client, not to a call")),
    }
    Ok(())
}

fn limit(value: &Setting<'_>) -> Result<Limit, Error> {
    let mut limit = Limit { per_second: 0, burst: 1 };
    for (name, json) in object(value.name, value.json)? {
        let number = Setting { json, ..*value }.number()?;
        match name.as_str() {
            "perSecond" => limit.per_second = number,
            "burst" => limit.burst = number,
            _ => return Err(value.wrong("holds `perSecond` and `burst`, and nothing else")),
        }
    }
    if limit.per_second == 0 || limit.burst == 0 {
        return Err(value.wrong("must allow at least one call per second, and a burst of at least one"));
    }
    Ok(limit)
}

impl Setting<'_> {
    fn text(&self) -> Result<String, Error> {
        let content = self.json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        content.map(|content| unescape(content).into_owned()).ok_or_else(|| self.wrong("must be text"))
    }

    fn number<N: TryFrom<u64>>(&self) -> Result<N, Error> {
        let number = self.json.parse::<u64>().ok().and_then(|number| N::try_from(number).ok());
        number.ok_or_else(|| self.wrong("must be a whole number that is not negative"))
    }

    fn boolean(&self) -> Result<bool, Error> {
        match self.json {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.wrong("must be true or false")),
        }
    }

    /// The value is not repeated: it may be the secret.
    fn wrong(&self, reason: &str) -> Error {
        Error::Config { field: self.name, reason: reason.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::sign;

    const ACCOUNT: &str = r#""accessKey":"key","accessSecret":"hidden","userId":"user""#;

    fn refused(rest: &str) -> (&'static str, String) {
        match read(&format!("{{{ACCOUNT},{rest}}}")) {
            Err(Error::Config { field, reason }) => (field, reason),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_setting_is_read() {
        let (config, policy) = read(&format!(
            r#"{{{ACCOUNT},"baseUrl":"http:\/\/127.0.0.1:8","signature":"hmac-sha256","timestampUnit":"ms",
            "limit":{{"perSecond":5,"burst":9}},"paths":{{"taobao.order.pay":"/open/p"}},"maxReplyBytes":77,"strict":true,
            "retries":4,"baseMs":1,"capMs":2,"timeoutMs":3,"deadlineMs":4,"retryWrites":true}}"#
        ))
        .unwrap();
        assert_eq!((config.access_key.as_str(), config.user_id.as_str()), ("key", "user"));
        assert_eq!(config.access_secret.expose(), "hidden");
        assert_eq!(config.base_url, "http://127.0.0.1:8");
        assert_eq!(config.signature, sign::Method::HmacSha256);
        assert_eq!(config.timestamp_unit, TimestampUnit::Milliseconds);
        assert_eq!(config.limit, Some(Limit { per_second: 5, burst: 9 }));
        assert_eq!(config.paths["taobao.order.pay"], "/open/p");
        assert_eq!((config.max_reply_bytes, config.strict), (77, true));
        let expected =
            RetryPolicy { retries: 4, base_ms: 1, cap_ms: 2, timeout_ms: 3, deadline_ms: 4, retry_writes: true };
        assert_eq!(policy, expected);
    }

    #[test]
    fn what_is_absent_or_null_stays_as_usual() {
        let (config, policy) = read(&format!(r#"{{{ACCOUNT},"baseUrl":null,"retries":null}}"#)).unwrap();
        assert_eq!(config.base_url, Config::BASE_URL);
        assert_eq!(policy, RetryPolicy::default());
    }

    #[test]
    fn wrong_settings_are_named_and_not_repeated() {
        assert_eq!(refused(r#""colour":1"#).0, "settings");
        assert!(refused(r#""colour":1"#).1.contains("colour"));
        for (json, field) in [
            (r#""baseUrl":1"#, "baseUrl"),
            (r#""retries":-1"#, "retries"),
            (r#""retries":1.5"#, "retries"),
            (r#""retries":4294967296"#, "retries"),
            (r#""signature":"sha1""#, "signature"),
            (r#""timestampUnit":"m""#, "timestampUnit"),
            (r#""limit":{"perSecond":0}"#, "limit"),
            (r#""limit":{"perMinute":1}"#, "limit"),
            (r#""paths":[]"#, "paths"),
            (r#""strict":"yes""#, "strict"),
        ] {
            assert_eq!(refused(json).0, field, "{json}");
        }
        let Err(Error::Config { reason, .. }) = read(r#"{"accessSecret":17171717}"#) else { panic!() };
        assert!(!reason.contains("1717"), "{reason}");
        assert!(read("[]").is_err());
    }

    #[test]
    fn the_cores_own_refusals_name_the_setting_as_it_is_written() {
        let refused = crate::host::HostCore::new(&format!(r#"{{{ACCOUNT},"baseUrl":"http://example.com"}}"#));
        assert!(matches!(refused, Err(Error::Config { field: "baseUrl", .. })), "{refused:?}");
        let refused = crate::host::HostCore::new(r#"{"accessKey":"key","accessSecret":"s s","userId":"user"}"#);
        assert!(matches!(refused, Err(Error::Config { field: "accessSecret", .. })), "{refused:?}");
    }

    #[test]
    fn options_of_a_call_go_before_the_clients() {
        let client = RetryPolicy { retries: 7, cap_ms: 9, ..RetryPolicy::default() };
        let policy = options(r#"{"retries":0,"timeoutMs":5}"#, client).unwrap();
        assert_eq!(policy, RetryPolicy { retries: 0, timeout_ms: 5, ..client });
        assert_eq!(options("", client).unwrap(), client);
        assert!(matches!(options(r#"{"userId":"x"}"#, client), Err(Error::Config { field: "userId", .. })));
    }
}
