//! What is kept of a write whose answer is lost: enough to look for it later, from another process too.

use crate::call::config::Config;
use crate::catalogue;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::json::{members, unescape, write_key, write_text};
use ::core::fmt;
use alloc::string::{String, ToString};

/// A write whose answer is lost. As JSON it holds no secret, but the parameters as they were sent: who keeps it keeps
/// addresses too.
#[derive(Clone)]
pub struct Ticket {
    pub(super) endpoint: &'static Endpoint,
    pub(super) params: String,
    /// The moments at which the first and the last attempt were sent, by the host's clock.
    pub(super) first_ms: u64,
    pub(super) last_ms: u64,
    /// What was seen before the write, as a JSON object of lists by row; empty if nobody looked.
    pub(super) before: String,
    user_id: String,
    base_url: String,
}

/// Of the form in which tickets are written.
const VERSION: &str = "1";

impl Ticket {
    pub(crate) fn new(endpoint: &'static Endpoint, params: &str, config: &Config, first_ms: u64, last_ms: u64) -> Self {
        Self {
            endpoint,
            params: params.to_string(),
            first_ms,
            last_ms,
            before: String::new(),
            user_id: config.user_id.clone(),
            base_url: config.base_url.clone(),
        }
    }

    /// Reads a ticket.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if it is none, or is one of a later version.
    pub fn parse(json: &str) -> Result<Self, Error> {
        let members = members(json).ok_or_else(|| refused("is no JSON object"))?;
        let member = |name: &str| {
            let found = members.iter().find(|(known, _)| known == name);
            found.map(|(_, json)| *json).ok_or_else(|| refused(&["has no `", name, "`"].concat()))
        };
        let text = |name: &str| {
            let content = member(name)?.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            content
                .map(|content| unescape(content).into_owned())
                .ok_or_else(|| refused(&["`", name, "` is no text"].concat()))
        };
        let moment = |name: &str| {
            member(name)?.parse::<u64>().map_err(|_| refused(&["`", name, "` is no number of milliseconds"].concat()))
        };
        if member("version")? != VERSION {
            return Err(refused("was written by a later version of this program"));
        }
        let id = text("endpoint")?;
        let endpoint = catalogue::endpoint(&id)?;
        if endpoint.effect.is_none() {
            return Err(refused(&["is of `", &id, "`, which does not write"].concat()));
        }
        let params = member("params")?;
        if !params.starts_with('{') {
            return Err(refused("`params` is no JSON object"));
        }
        Ok(Self {
            endpoint,
            params: params.to_string(),
            first_ms: moment("sentAt")?,
            last_ms: moment("lastSentAt")?,
            before: member("before").unwrap_or_default().to_string(),
            user_id: text("userId")?,
            base_url: text("baseUrl")?,
        })
    }

    /// As JSON, to keep.
    pub fn to_json(&self) -> String {
        let mut out = String::from("{\"version\":");
        out.push_str(VERSION);
        for (name, text) in [("endpoint", self.endpoint.id), ("userId", &self.user_id), ("baseUrl", &self.base_url)] {
            write_key(name, false, &mut out);
            write_text(text, &mut out);
        }
        for (name, moment) in [("sentAt", self.first_ms), ("lastSentAt", self.last_ms)] {
            write_key(name, false, &mut out);
            out.push_str(&moment.to_string());
        }
        for (name, json) in [("params", &self.params), ("before", &self.before)] {
            if !json.is_empty() {
                write_key(name, false, &mut out);
                out.push_str(json);
            }
        }
        out.push('}');
        out
    }

    /// Keeps what [`Recovery::before`](super::Recovery::before) saw.
    pub fn set_before(&mut self, before: &str) {
        self.before = before.to_string();
    }

    /// The endpoint that was called.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// Refuses to look in another account, or at another platform, for what is not there.
    pub(super) fn check(&self, config: &Config) -> Result<(), Error> {
        if self.user_id != config.user_id {
            return Err(refused("is of another `user_id` than this client's"));
        }
        if self.base_url != config.base_url {
            return Err(refused("is of another `base_url` than this client's"));
        }
        Ok(())
    }
}

impl PartialEq for Ticket {
    fn eq(&self, other: &Self) -> bool {
        self.to_json() == other.to_json()
    }
}

impl Eq for Ticket {}

/// Errors are written into logs, where no address belongs.
impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ticket").field("endpoint", &self.endpoint.id).finish_non_exhaustive()
    }
}

pub(super) fn refused(reason: &str) -> Error {
    Error::InvalidRequest { endpoint: "recover".into(), path: "ticket".into(), reason: reason.into() }
}
