//! What goes to the host's transport, and what comes back from it.

use crate::endpoint::Method;
use crate::search::position;
use ::core::fmt;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// A signed request, ready to be sent as it is.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The whole URL.
    pub url: String,
    /// The headers, the five signed ones among them.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// The JSON body, for POST.
    pub body: Option<Vec<u8>>,
}

/// An answer, as the host's transport received it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers; names in any case.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed.
    pub body: Vec<u8>,
}

impl Response {
    /// The value of a header; its name is given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

pub(crate) fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

impl Request {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The URL as it may be shown: the signature that some endpoints carry in it is left out.
    pub fn shown_url(&self) -> &str {
        let shown = position(&self.url, "&sign=").and_then(|at| self.url.get(..at));
        shown.unwrap_or(&self.url)
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The body may hold addresses and telephone numbers, the signature authorises.
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.shown_url())
            .field("body", &self.body.as_ref().map(Vec::len))
            .finish_non_exhaustive()
    }
}
