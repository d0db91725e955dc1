//! Settings and options, read from JSON by the table.

use super::case::camel;
use crate::call::config::Config;
use crate::call::extras::Extras;
use crate::call::limit::Limit;
use crate::call::retry::RetryPolicy;
use crate::call::settings::{Choice, Draft, Kind, LIMIT, SETTINGS, Setting};
use crate::error::Error;
use crate::json::{members, unescape};
use crate::nearest::nearest;
use crate::secret::Secret;
use ::core::time::Duration;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The settings of a client and its policy.
pub(super) fn read(json: &str) -> Result<Draft, Error> {
    let mut draft = Draft::default();
    for (name, value) in object("settings", json)? {
        known(&name)?.read(value, &mut draft)?;
    }
    draft.policy.check()?;
    Ok(draft)
}

/// The policy of one call, and its extras where it has its own: the client's with the call's own options.
pub(super) fn options(
    json: &str,
    config: &Config,
    policy: RetryPolicy,
) -> Result<(RetryPolicy, Option<Extras>), Error> {
    if json.is_empty() {
        return Ok((policy, None));
    }
    let mut draft = Draft { policy, ..Draft::default() };
    let Extras { user_id, headers, query } = config.extras();
    (draft.config.user_id, draft.config.headers, draft.config.query) = (user_id, headers, query);
    for (name, value) in object("options", json)? {
        let setting = known(&name)?;
        if !setting.per_call {
            return Err(wrong(setting.name, "belongs to the client, not to a call"));
        }
        setting.read(value, &mut draft)?;
    }
    draft.policy.check()?;
    let extras = draft.config.extras();
    let is_own = extras != config.extras();
    Ok((draft.policy, if is_own { Some(extras.checked()?) } else { None }))
}

fn known(key: &str) -> Result<&'static Setting, Error> {
    let known = SETTINGS.iter().find(|setting| is_called(setting.name, key));
    known.ok_or_else(|| Error::UnknownSetting {
        name: key.to_string(),
        nearest: nearest(key, SETTINGS.iter().map(|setting| setting.name)).map(String::from),
    })
}

/// Whether a key of JSON names a setting.
fn is_called(name: &str, key: &str) -> bool {
    camel(name) == key
}

impl Setting {
    /// Null is as if it were absent.
    fn read(&self, json: &str, draft: &mut Draft) -> Result<(), Error> {
        if json == "null" {
            return Ok(());
        }
        let name = self.name;
        match self.kind {
            // More than can be counted is no bound.
            Kind::Bytes(slot) => *slot.of(draft) = usize::try_from(number(name, json)?).unwrap_or(usize::MAX),
            Kind::Count(slot) => *slot.of(draft) = count(name, json)?,
            Kind::Duration(slot) => *slot.of(draft) = Duration::from_millis(number(name, json)?),
            Kind::Flag(slot) => *slot.of(draft) = flag(name, json)?,
            Kind::Limit(slot) => *slot.of(draft) = Some(limit(name, json)?),
            Kind::OneOf(choices) => (choice(name, json, choices)?.choose)(draft),
            Kind::Secret(slot) => *slot.of(draft) = Secret::new(text(name, json)?),
            Kind::Text(slot) | Kind::Url(slot) => *slot.of(draft) = text(name, json)?,
            Kind::Texts(slot) => {
                for (key, value) in object(name, json)? {
                    slot.of(draft).insert(key, text(name, value)?);
                }
            }
        }
        Ok(())
    }
}

#[inline(never)]
fn object<'a>(name: &str, json: &'a str) -> Result<Vec<(String, &'a str)>, Error> {
    members(json).ok_or_else(|| wrong(name, "must be a JSON object"))
}

#[inline(never)]
fn text(name: &str, json: &str) -> Result<String, Error> {
    let content = json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    content.map(|content| unescape(content).into_owned()).ok_or_else(|| wrong(name, "must be text"))
}

fn number(name: &str, json: &str) -> Result<u64, Error> {
    json.parse().map_err(|_| wrong(name, "must be a whole number that is not negative"))
}

fn count(name: &str, json: &str) -> Result<u32, Error> {
    u32::try_from(number(name, json)?).map_err(|_| wrong(name, "must be at most 4294967295"))
}

fn flag(name: &str, json: &str) -> Result<bool, Error> {
    match json {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(wrong(name, "must be true or false")),
    }
}

fn choice(name: &str, json: &str, choices: &'static [Choice]) -> Result<&'static Choice, Error> {
    let word = text(name, json)?;
    choices.iter().find(|choice| choice.word == word).ok_or_else(|| {
        let mut reason = String::from("must be ");
        for (index, choice) in choices.iter().enumerate() {
            reason.push_str(if index > 0 { "` or `" } else { "`" });
            reason.push_str(choice.word);
        }
        reason.push('`');
        wrong(name, &reason)
    })
}

fn limit(name: &str, json: &str) -> Result<Limit, Error> {
    let [per_second, burst] = LIMIT.map(|member| format!("{name}.{member}"));
    let (mut interval, mut calls) = (None, 1);
    for (key, json) in object(name, json)? {
        let Some(member) = LIMIT.iter().position(|member| is_called(member, &key)) else {
            let nearest = nearest(&key, LIMIT).map(|member| format!("{name}.{member}"));
            return Err(Error::UnknownSetting { name: format!("{name}.{key}"), nearest });
        };
        match member {
            0 => interval = interval_us(json),
            _ => calls = count(&burst, json)?,
        }
    }
    let interval = interval.ok_or_else(|| wrong(&per_second, "must be a number above 0, such as 5 or 0.5"))?;
    if calls == 0 {
        return Err(wrong(&burst, "must be at least 1"));
    }
    Ok(Limit::every(Duration::from_micros(interval)).burst(calls))
}

/// The time between calls of which so many fit into a second: a decimal, read as a count of millionths.
fn interval_us(per_second: &str) -> Option<u64> {
    const MILLION: u64 = 1_000_000;
    let (whole, decimals) = per_second.split_once('.').unwrap_or((per_second, "0"));
    let mut rate = u64::from(whole.parse::<u32>().ok()?) * MILLION;
    let mut unit = MILLION;
    for digit in decimals.bytes() {
        unit /= 10;
        rate += u64::from(digit.is_ascii_digit().then(|| digit - b'0')?) * unit;
    }
    (MILLION * MILLION).checked_div(rate)
}

/// The value is not repeated: it may be the secret. It stands once in the code, whose size counts.
#[inline(never)]
fn wrong(name: &str, reason: &str) -> Error {
    Error::Config { field: name.to_string(), reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{References, TimestampUnit, sign};

    const ACCOUNT: &str = r#""accessKey":"key","accessSecret":"hidden","userId":"user""#;

    fn refused(rest: &str) -> (String, String) {
        match read(&format!("{{{ACCOUNT},{rest}}}")) {
            Err(Error::Config { field, reason }) => (field, reason),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_setting_is_read() {
        let Draft { config, policy } = read(&format!(
            r#"{{{ACCOUNT},"baseUrl":"http:\/\/127.0.0.1:8","signature":"hmac-sha256","timestampUnit":"ms",
            "limit":{{"perSecond":5,"burst":9}},"paths":{{"taobao.order.pay":"/open/p"}},"maxReplyBytes":77,"strict":true,
            "maxRetries":4,"initialBackoff":1,"maxBackoff":2,"timeout":3,"deadline":4,"retryWrites":true,"recoveryWindow":5,"retryAfterRecovery":true,
            "waitTimeout":6,"references":"auto"}}"#
        ))
        .unwrap();
        assert_eq!((config.access_key.as_str(), config.user_id.as_str()), ("key", "user"));
        assert_eq!(config.access_secret.expose(), "hidden");
        assert_eq!(config.base_url, "http://127.0.0.1:8");
        assert_eq!(config.signature, sign::Method::HmacSha256);
        assert_eq!(config.timestamp_unit, TimestampUnit::Milliseconds);
        assert_eq!(config.limit, Some(Limit::per_second(5).burst(9)));
        assert_eq!(config.paths["taobao.order.pay"], "/open/p");
        assert_eq!((config.max_reply_bytes, config.strict), (77, true));
        assert_eq!(config.references, References::Auto);
        let expected = RetryPolicy {
            max_retries: 4,
            timeout: Duration::from_millis(3),
            deadline: Duration::from_millis(4),
            initial_backoff: Duration::from_millis(1),
            max_backoff: Duration::from_millis(2),
            retry_writes: true,
            recovery_window: Duration::from_millis(5),
            retry_after_recovery: true,
            wait_timeout: Duration::from_millis(6),
        };
        assert_eq!(policy, expected);
    }

    #[test]
    fn a_limit_may_be_a_decimal() {
        for (written, interval) in
            [("0.5", 2_000_000), ("2.50", 400_000), ("5.0", 200_000), ("0.000001", 1_000_000_000_000)]
        {
            let Draft { config, .. } = read(&format!(r#"{{{ACCOUNT},"limit":{{"perSecond":{written}}}}}"#)).unwrap();
            assert_eq!(config.limit, Some(Limit::every(Duration::from_micros(interval))), "{written}");
        }
    }

    #[test]
    fn what_is_absent_or_null_stays_as_usual() {
        let Draft { config, policy } = read(&format!(r#"{{{ACCOUNT},"baseUrl":null,"maxRetries":null}}"#)).unwrap();
        assert_eq!(config.base_url, Config::BASE_URL);
        assert_eq!(policy, RetryPolicy::default());
    }

    #[test]
    fn wrong_settings_are_named_and_not_repeated() {
        for (json, field) in [
            (r#""baseUrl":1"#, "base_url"),
            (r#""maxRetries":-1"#, "max_retries"),
            (r#""maxRetries":1.5"#, "max_retries"),
            (r#""maxRetries":4294967296"#, "max_retries"),
            (r#""deadline":"60s""#, "deadline"),
            (r#""timeout":0"#, "timeout"),
            (r#""signature":"sha1""#, "signature"),
            (r#""timestampUnit":"m""#, "timestamp_unit"),
            (r#""limit":[]"#, "limit"),
            (r#""limit":{}"#, "limit.per_second"),
            (r#""limit":{"perSecond":0}"#, "limit.per_second"),
            (r#""limit":{"perSecond":-0.5}"#, "limit.per_second"),
            (r#""limit":{"perSecond":1e3}"#, "limit.per_second"),
            (r#""limit":{"perSecond":0.0000001}"#, "limit.per_second"),
            (r#""limit":{"perSecond":4294967296}"#, "limit.per_second"),
            (r#""limit":{"perSecond":"5"}"#, "limit.per_second"),
            (r#""limit":{"perSecond":1,"burst":0}"#, "limit.burst"),
            (r#""limit":{"perSecond":1,"burst":"2"}"#, "limit.burst"),
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
    fn what_is_no_setting_is_named() {
        for (rest, given) in [(r#""colour":1"#, "colour"), (r#""limit":{"perMinute":1}"#, "limit.perMinute")] {
            let refused = read(&format!("{{{ACCOUNT},{rest}}}"));
            assert!(matches!(&refused, Err(Error::UnknownSetting { name, .. }) if name == given), "{refused:?}");
            let text = refused.unwrap_err().to_string();
            assert!(text.starts_with(&format!("unknown setting `{given}`")), "{text}");
        }
        for (json, meant) in [
            (r#"{"base_url":"x"}"#, "base_url"),
            (r#"{"maxRetrys":1}"#, "max_retries"),
            (r#"{"limit":{"perSeconds":1}}"#, "limit.per_second"),
        ] {
            let refused = read(json);
            let is_meant = matches!(&refused, Err(Error::UnknownSetting { nearest: Some(it), .. }) if it == meant);
            assert!(is_meant, "{refused:?}");
        }
    }

    #[test]
    fn options_of_a_call_go_before_the_clients() {
        let client = RetryPolicy { max_retries: 7, max_backoff: Duration::from_millis(9), ..RetryPolicy::default() };
        let config = Config::new("key", "hidden", "user");
        let policy = options(r#"{"maxRetries":0,"timeout":5}"#, &config, client).unwrap();
        assert_eq!(policy, (RetryPolicy { max_retries: 0, timeout: Duration::from_millis(5), ..client }, None));
        assert_eq!(options("", &config, client).unwrap(), (client, None));
        for setting in SETTINGS.iter().filter(|setting| !setting.per_call) {
            let option = format!(r#"{{"{}":null}}"#, camel(setting.name));
            let refused = options(&option, &config, client);
            assert!(matches!(&refused, Err(Error::Config { field, .. }) if field == setting.name), "{refused:?}");
        }
    }

    #[test]
    fn extras_of_a_call_are_added_to_those_of_the_client() {
        let mut config = Config::new("key", "hidden", "user");
        config.headers.insert("x-shop".into(), "1".into());
        let options = |json: &str| options(json, &config, RetryPolicy::default()).map(|(_, extras)| extras);
        let own = options(r#"{"userId":"other","headers":{"x-trace":"2"},"query":{"a":"b"}}"#).unwrap().unwrap();
        assert_eq!(own.user_id, "other");
        assert_eq!(own.headers.keys().collect::<Vec<_>>(), ["x-shop", "x-trace"]);
        assert_eq!(own.query["a"], "b");
        assert_eq!(options(r#"{"userId":"user","headers":{},"query":null}"#).unwrap(), None);
        for (json, named) in [
            (r#"{"userId":""}"#, "user_id"),
            (r#"{"headers":{"signature":"x"}}"#, "headers.signature"),
            (r#"{"headers":{"x":1}}"#, "headers"),
            (r#"{"query":{"sign":"x"}}"#, "query.sign"),
        ] {
            let refused = options(json);
            assert!(matches!(&refused, Err(Error::Config { field, .. }) if field == named), "{json}: {refused:?}");
        }
    }

    #[test]
    #[cfg(feature = "docs")]
    fn what_hosts_say_is_usual_is_what_the_reader_takes() {
        let usual: Vec<String> = SETTINGS
            .iter()
            .filter_map(|setting| {
                let key = camel(setting.name);
                let usual = setting.usual()?;
                let is_text = matches!(setting.kind, Kind::OneOf(_) | Kind::Url(_));
                Some(if is_text { format!(r#""{key}":"{usual}""#) } else { format!(r#""{key}":{usual}"#) })
            })
            .collect();
        let Draft { config, policy } = read(&format!("{{{}}}", usual.join(","))).unwrap();
        assert_eq!(format!("{config:?}"), format!("{:?}", Draft::default().config));
        assert_eq!(policy, RetryPolicy::default());
        assert_eq!(usual.len(), 16, "{usual:?}");
    }

    #[test]
    #[cfg(feature = "docs")]
    fn every_setting_says_what_it_means() {
        for setting in SETTINGS {
            assert!(setting.docs.meaning.ends_with('.'), "{}", setting.name);
        }
    }
}
