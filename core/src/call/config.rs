//! The settings of a client, checked once.

use crate::call::base_url;
use crate::call::extras::{self, Extras};
use crate::call::limit::Limit;
use crate::call::reference::References;
use crate::call::sign;
use crate::call::texts::Texts;
use crate::endpoint::{Endpoint, Method};
use crate::error::Error;
use crate::secret::Secret;
use alloc::format;
use alloc::string::{String, ToString};

/// The settings of a client.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// The developer's access key.
    pub access_key: String,
    /// The developer's access secret.
    pub access_secret: Secret,
    /// The sub-account to act for.
    pub user_id: String,
    /// What requests say of the program that makes them; empty to say nothing.
    pub user_agent: String,
    /// Further headers of all requests, by name.
    pub headers: Texts,
    /// Further members of the query of all requests, by name.
    pub query: Texts,
    /// Where the platform is; paths are put behind it.
    pub base_url: String,
    /// How requests are signed.
    pub signature: sign::Method,
    /// The unit of the timestamp header.
    pub timestamp_unit: TimestampUnit,
    /// How many calls may be made per second; absent for no limit.
    pub limit: Option<Limit>,
    /// Other paths for endpoints, by id: `/open/...`, or with a method, `GET /open/...`.
    pub paths: Texts,
    /// Whether orders get a reference of their own where the call gives none.
    pub references: References,
    /// The largest reply that is read, in bytes.
    pub max_reply_bytes: usize,
    /// Whether a value in a reply that does not fit its field is an error. For tests.
    pub strict: bool,
    /// Whether the shapes of replies are kept: names and types, never a value.
    pub observe: bool,
}

/// The unit of the timestamp header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimestampUnit {
    /// Milliseconds since 1970, as the vendor's pages show.
    Milliseconds,
    /// Seconds since 1970, as working clients send.
    #[default]
    Seconds,
}

impl Config {
    /// The platform's own address.
    pub const BASE_URL: &'static str = "https://www.xportcn.com/api";

    /// The largest reply that is read unless set otherwise: 32 MiB.
    pub const MAX_REPLY_BYTES: usize = 32 << 20;

    /// The access key of the sandbox's own account.
    pub const SANDBOX_ACCESS_KEY: &'static str = "sandbox-key";

    /// The access secret of the sandbox's own account. It opens nothing else, so everybody may know it.
    pub const SANDBOX_ACCESS_SECRET: &'static str = "sandbox-secret";

    /// The usual settings for an account.
    pub fn new(access_key: impl Into<String>, access_secret: impl Into<String>, user_id: impl Into<String>) -> Self {
        Self {
            access_key: access_key.into(),
            access_secret: Secret::new(access_secret),
            user_id: user_id.into(),
            user_agent: String::new(),
            headers: Texts::new(),
            query: Texts::new(),
            base_url: Self::BASE_URL.to_string(),
            signature: sign::Method::default(),
            timestamp_unit: TimestampUnit::default(),
            limit: None,
            paths: Texts::new(),
            references: References::default(),
            max_reply_bytes: Self::MAX_REPLY_BYTES,
            strict: false,
            observe: false,
        }
    }

    /// What a call of this client sends beside its fields, for calls that send other things.
    pub fn extras(&self) -> Extras {
        Extras { user_id: self.user_id.clone(), headers: self.headers.clone(), query: self.query.clone() }
    }

    /// The method that is set for an endpoint, and its path: the one that is set, or its own.
    pub(crate) fn path_of(&self, endpoint: &'static Endpoint) -> (Option<Method>, &str) {
        self.paths.get(endpoint.id).map_or((None, endpoint.path), |set| parse_path(set))
    }

    /// Refuses settings that would send something wrong, or in the clear.
    pub(crate) fn checked(mut self) -> Result<Self, Error> {
        check_header("access_key", &self.access_key)?;
        check_header("access_secret", self.access_secret.expose())?;
        extras::check_user_agent(&self.user_agent)?;
        extras::check(&self.user_id, &self.headers, &self.query)?;
        let account = (self.access_key.as_str(), self.access_secret.expose());
        let is_sandbox = account == (Self::SANDBOX_ACCESS_KEY, Self::SANDBOX_ACCESS_SECRET);
        self.base_url = base_url::checked(&self.base_url, is_sandbox).map_err(|reason| wrong("base_url", reason))?;
        for (id, path) in self.paths.iter() {
            check_path(id, path)?;
        }
        Ok(self)
    }
}

/// A path setting's method, where it names one, and its path.
pub(crate) fn parse_path(setting: &str) -> (Option<Method>, &str) {
    match setting.split_once(' ') {
        Some(("GET", path)) => (Some(Method::Get), path.trim_start()),
        Some(("POST", path)) => (Some(Method::Post), path.trim_start()),
        _ => (None, setting),
    }
}

fn wrong(field: &'static str, reason: impl Into<String>) -> Error {
    Error::Config { field: field.into(), reason: reason.into() }
}

/// Refuses what cannot stand in a header. The value is not repeated: it may be the secret.
pub(crate) fn check_header(field: &'static str, value: &str) -> Result<(), Error> {
    if value.is_empty() {
        return Err(wrong(field, "is empty"));
    }
    match value.chars().find(|c| !c.is_ascii_graphic()) {
        None => Ok(()),
        Some('\r' | '\n') => Err(wrong(field, "holds a line break; was it read from a file?")),
        Some(c) if c.is_ascii() => Err(wrong(field, "holds a space or control character")),
        Some(_) => Err(wrong(field, "holds a character that is not ASCII")),
    }
}

fn check_path(id: &str, setting: &str) -> Result<(), Error> {
    if crate::catalogue::find(id).is_none() {
        let near = crate::nearest(id, crate::catalogue::ENDPOINTS.iter().map(|endpoint| endpoint.id));
        let meant = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(wrong("paths", format!("names `{id}`, which is no endpoint{meant}")));
    }
    let (_, path) = parse_path(setting);
    let clean = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.~{}".contains(&byte));
    let steps = path.split('/').any(|step| step == "." || step == "..");
    if !path.starts_with('/') || path.starts_with("//") || !clean || steps {
        let reason = format!("gives `{id}` a path that is none; write it as `/open/order` or `GET /open/order`");
        return Err(wrong("paths", reason));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(change: impl FnOnce(&mut Config)) -> Option<(String, String)> {
        let mut config = Config::new("key", "secret-value", "user");
        change(&mut config);
        match config.checked() {
            Ok(_) => None,
            Err(Error::Config { field, reason }) => Some((field, reason)),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn the_platform_and_this_machine_are_accepted() {
        for url in [
            Config::BASE_URL,
            "https://example.com",
            "https://example.com:8443/api/",
            "http://127.0.0.1:8080",
            "http://127.9.9.9",
            "http://localhost:1/api",
            "http://[::1]:80",
        ] {
            assert_eq!(refusal(|c| c.base_url = url.into()), None, "{url}");
        }
    }

    #[test]
    fn addresses_that_only_look_like_this_machine_are_refused() {
        for url in [
            "http://example.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://127.0.0.1@example.com",
            "http://example.com#@127.0.0.1",
            "http://example.com\\@127.0.0.1",
            "http://[::ffff:8.8.8.8]",
            "http://0.0.0.0",
            "http://127.0.0.1:99999",
            "http://127.0.0.1:",
            "ftp://127.0.0.1",
            "//127.0.0.1",
            "https://",
            "https://user:password@example.com",
            "https://example.com/api?x=1",
            "https://example.com/api/../other",
            "https://exa mple.com",
            "",
        ] {
            assert_eq!(refusal(|c| c.base_url = url.into()).map(|r| r.0).as_deref(), Some("base_url"), "{url}");
        }
    }

    #[test]
    fn header_values_are_checked_without_repeating_them() {
        for (value, word) in [
            ("", "empty"),
            ("with\r\nline", "line break"),
            ("with\nline", "line break"),
            ("with space", "space"),
            ("中文", "ASCII"),
            ("tab\t", "control"),
        ] {
            for field in ["access_key", "access_secret", "user_id"] {
                let (named, reason) = refusal(|c| match field {
                    "access_key" => c.access_key = value.into(),
                    "user_id" => c.user_id = value.into(),
                    _ => c.access_secret = Secret::new(value),
                })
                .unwrap();
                assert_eq!(named, field);
                assert!(reason.contains(word), "{reason}");
                assert!(value.is_empty() || !reason.contains(value), "{reason}");
            }
        }
    }

    #[test]
    fn path_settings_are_checked() {
        for (id, path) in [
            ("no.such.row", "/open/order"),
            ("taobao.product.get", "open/order"),
            ("taobao.product.get", "//example.com/order"),
            ("taobao.product.get", "/open/../order"),
            ("taobao.product.get", "/open/order?x=1"),
            ("taobao.product.get", "PUT /open/order"),
        ] {
            let refused = refusal(|c| drop(c.paths.insert(id.into(), path.into())));
            assert_eq!(refused.map(|r| r.0).as_deref(), Some("paths"), "{id} {path}");
        }
        assert_eq!(
            refusal(|c| drop(c.paths.insert("taobao.product.get".into(), "POST /open/x/{itemId}".into()))),
            None
        );
    }
}
