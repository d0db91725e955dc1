//! What a call sends beside its fields: the sub-account, and headers and members of the query of the caller's own.

use crate::call::config::check_header;
use crate::call::sign;
use crate::call::texts::Texts;
use crate::endpoint::Endpoint;
use crate::error::Error;
use alloc::string::{String, ToString};

/// What a call sends beside its fields. [`Config::extras`](crate::Config::extras) has those of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extras {
    /// The sub-account to act for.
    pub user_id: String,
    /// Further headers, by name.
    pub headers: Texts,
    /// Further members of the query, by name.
    pub query: Texts,
}

/// Headers that are the core's or the transport's.
const NOT_HEADERS: [&str; 13] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// Members of the query that sign some requests.
const NOT_QUERY: [&str; 2] = ["sign", "timestamp"];

impl Extras {
    /// Refuses what would change the signature or break the request.
    ///
    /// # Errors
    /// [`Error::Config`] names the setting.
    pub fn checked(self) -> Result<Self, Error> {
        check(&self.user_id, &self.headers, &self.query)?;
        Ok(self)
    }
}

/// Refuses what [`Extras::checked`] does.
pub(crate) fn check(user_id: &str, headers: &Texts, query: &Texts) -> Result<(), Error> {
    check_header("user_id", user_id)?;
    for (name, value) in headers.iter() {
        check_extra_header(name, value).map_err(|reason| wrong("headers", name, reason))?;
    }
    match query.keys().find(|name| name.is_empty() || NOT_QUERY.contains(&name.as_str())) {
        Some(name) => Err(wrong("query", name, "is not yours to set")),
        None => Ok(()),
    }
}

/// Refuses members of the query that the call has a field for.
pub(crate) fn check_query(query: &Texts, endpoint: &'static Endpoint) -> Result<(), Error> {
    let is_field = |name: &&String| endpoint.request.fields.iter().any(|field| field.wire() == name.as_str());
    match query.keys().find(is_field) {
        None => Ok(()),
        Some(name) => Err(Error::InvalidRequest {
            endpoint: endpoint.id.to_string(),
            path: name.clone(),
            reason: "is a field of this call: give it there, not in `query`".to_string(),
        }),
    }
}

/// Refuses what cannot stand in the header `user-agent`.
pub(crate) fn check_user_agent(value: &str) -> Result<(), Error> {
    match is_value(value) {
        true => Ok(()),
        false => Err(Error::Config { field: "user_agent".into(), reason: NO_VALUE.into() }),
    }
}

const NO_VALUE: &str = "holds what cannot stand in a header: write it in ASCII, without line breaks";

fn check_extra_header(name: &str, value: &str) -> Result<(), &'static str> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let is = |known: &&str| known.eq_ignore_ascii_case(name);
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err("is no name of a header");
    }
    if sign::HEADERS.iter().any(is) {
        return Err("signs the request and is not yours to set");
    }
    if NOT_HEADERS.iter().any(is) {
        return Err("belongs to the client or its transport; `user_agent` is a setting");
    }
    if is_value(value) { Ok(()) } else { Err(NO_VALUE) }
}

fn is_value(value: &str) -> bool {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
    let bytes = value.as_bytes();
    let is_trimmed = !bytes.first().is_some_and(is_space) && !bytes.last().is_some_and(is_space);
    is_trimmed && bytes.iter().all(|byte| byte.is_ascii_graphic() || is_space(byte))
}

fn wrong(setting: &str, name: &str, reason: &str) -> Error {
    Error::Config { field: [setting, ".", name].concat(), reason: reason.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, catalogue};

    fn refused(change: impl FnOnce(&mut Extras)) -> Option<(String, String)> {
        let mut extras = Config::new("key", "secret", "user").extras();
        change(&mut extras);
        match extras.checked() {
            Ok(_) => None,
            Err(Error::Config { field, reason }) => Some((field, reason)),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn headers_and_query_of_the_callers_own_are_taken() {
        assert_eq!(refused(|extras| drop(extras.headers.insert("X-Trace".into(), "a b\tc".into()))), None);
        assert_eq!(refused(|extras| drop(extras.query.insert("shop".into(), "中文 &=".into()))), None);
    }

    #[test]
    fn what_signs_or_frames_a_request_is_refused() {
        for name in sign::HEADERS.into_iter().chain(NOT_HEADERS).chain(["", "a b", "a:", "名"]) {
            let (field, _) = refused(|extras| drop(extras.headers.insert(name.to_uppercase(), "x".into()))).unwrap();
            assert_eq!(field, ["headers.", &name.to_uppercase()].concat());
        }
        for value in ["a\r\nb: c", "中", " a", "a "] {
            let refused = refused(|extras| drop(extras.headers.insert("x".into(), value.into())));
            assert_eq!(refused.unwrap().0, "headers.x", "{value:?}");
        }
        for name in ["", "sign", "timestamp"] {
            assert!(refused(|extras| drop(extras.query.insert(name.into(), String::new()))).is_some(), "{name}");
        }
        assert_eq!(refused(|extras| extras.user_id = "a b".into()).unwrap().0, "user_id");
        assert!(check_user_agent("my-shop/1.0 (test)").is_ok());
        assert!(check_user_agent("a\nb").is_err());
    }

    #[test]
    fn a_field_of_the_call_is_no_member_of_the_query() {
        let endpoint = catalogue::endpoint("taobao.order.page").unwrap();
        let mut extras = Config::new("key", "secret", "user").extras();
        extras.query.insert("pageNo".into(), "2".into());
        let refused = check_query(&extras.query, endpoint);
        assert!(matches!(&refused, Err(Error::InvalidRequest { path, .. }) if path == "pageNo"), "{refused:?}");
    }
}
