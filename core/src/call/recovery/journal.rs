//! What a journal keeps of a write, so that no restart sends it twice. It is the host's journal that keeps it; what an
//! entry means, and what follows from it, is [`Settle`](super::Settle)'s.

use super::request::scalar;
use super::{Outcome, Ticket};
use crate::call::core::Core;
use crate::effect::FoundBy;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::json::{elements, members, three, unescape, write_key, write_text};
use ::core::fmt;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What a journal keeps of one write. As JSON it holds no secret, but the parameters and the answer: who keeps it keeps
/// addresses too.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    pub(super) state: EntryState,
    /// How often it was begun to be sent.
    pub(super) sendings: u32,
    pub(super) ticket: Ticket,
    /// How it ended, as JSON; empty while it is open.
    pub(super) end: String,
}

/// How far a write has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryState {
    /// It was answered.
    Answered,
    /// It was looked for, and was carried out.
    Done,
    /// It failed, and was certainly not carried out.
    Failed,
    /// It was looked for, and was certainly not carried out.
    NotDone,
    /// It may have been sent, and nobody has looked for it to the end.
    Open,
    /// It was looked for, and a part of it was carried out.
    Partly,
    /// It was looked for, and whether it was carried out could not be told.
    Unknown,
}

/// Of the form in which entries are written.
const VERSION: &str = "1";

/// How deep parameters are compared member by member; what is deeper must be written in the same way.
const COMPARED: u32 = 16;

impl Entry {
    /// Reads an entry.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if it is none, or is one of a later version.
    pub fn parse(json: &str) -> Result<Self, Error> {
        let [version, state, sendings] = three(json, ["version", "state", "sendings"]);
        let [ticket, end, _] = three(json, ["ticket", "end", ""]);
        if version != VERSION {
            return Err(refused(
                "entry",
                "is none of this version: a later version of this program may have written it",
            ));
        }
        let state = state.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        Ok(Self {
            state: state.and_then(EntryState::of).ok_or_else(|| refused("entry", "has no `state` that is known"))?,
            sendings: sendings.parse().map_err(|_| refused("entry", "`sendings` is no number"))?,
            ticket: Ticket::parse(ticket)?,
            end: if end == "null" { String::new() } else { end.to_string() },
        })
    }

    /// As JSON, to keep.
    pub fn to_json(&self) -> String {
        let mut out = String::from("{\"version\":");
        out.extend([VERSION, ",\"state\":\"", self.state.as_str(), "\",\"sendings\":", &self.sendings.to_string()]);
        out.extend([",\"ticket\":", &self.ticket.to_json()]);
        if !self.end.is_empty() {
            out.extend([",\"end\":", &self.end]);
        }
        out.push('}');
        out
    }

    /// How far the write has come.
    pub fn state(&self) -> EntryState {
        self.state
    }

    /// How often it was begun to be sent.
    pub fn sendings(&self) -> u32 {
        self.sendings
    }

    /// The write, to look for.
    pub fn ticket(&self) -> &Ticket {
        &self.ticket
    }

    /// What was found out about it; absent if it was not looked for to the end.
    pub fn outcome(&self) -> Option<Outcome> {
        Outcome::parse(&self.end)
    }

    /// The data of its answer and what came with it, if it was answered.
    pub fn answer(&self) -> Option<(&str, &str)> {
        let [data, about, _] = three(&self.end, ["data", "about", ""]);
        (self.state == EntryState::Answered).then_some((data, about))
    }

    /// Refuses an entry of another write under the same key.
    pub(super) fn check(&self, endpoint: &'static Endpoint, params: &str) -> Result<(), Error> {
        if self.ticket.endpoint.id != endpoint.id {
            let id = self.ticket.endpoint.id;
            return Err(refused("key", &["belongs to a write of `", id, "`: give this one a key of its own"].concat()));
        }
        match is_same(&self.ticket.params, params, COMPARED) {
            true => Ok(()),
            false => Err(refused("key", "belongs to a write with other parameters: give this one a key of its own")),
        }
    }

    /// Whether the write is certainly not carried out, so that it can be sent.
    pub(super) fn is_void(&self) -> bool {
        matches!(self.state, EntryState::Failed | EntryState::NotDone)
    }
}

/// Logs are no place for addresses.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut entry = f.debug_struct("Entry");
        entry.field("endpoint", &self.ticket.endpoint.id).field("state", &self.state);
        entry.field("sendings", &self.sendings).finish_non_exhaustive()
    }
}

impl EntryState {
    const ALL: [Self; 7] =
        [Self::Answered, Self::Done, Self::Failed, Self::NotDone, Self::Open, Self::Partly, Self::Unknown];

    /// In lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::NotDone => "not done",
            Self::Open => "open",
            Self::Partly => "partly",
            Self::Unknown => "unknown",
        }
    }

    /// Whether it is still to be found out what became of the write.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Unknown)
    }

    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

impl From<&Outcome> for EntryState {
    fn from(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Done { .. } => Self::Done,
            Outcome::NotDone => Self::NotDone,
            Outcome::Partly { .. } => Self::Partly,
            Outcome::Unknown { .. } => Self::Unknown,
        }
    }
}

impl Outcome {
    /// Reads what [`Outcome::to_json`] wrote.
    pub(super) fn parse(json: &str) -> Option<Self> {
        let [outcome, found, missing] = three(json, ["outcome", "found", "missing"]);
        let objects = |list| elements(list).map(|list| list.into_iter().map(String::from).collect::<Vec<_>>());
        let reason = || text(three(json, ["reason", "", ""])[0]);
        Some(match text(outcome)?.as_str() {
            "done" => Outcome::Done { found: objects(found)? },
            "not done" => Outcome::NotDone,
            "partly" => Outcome::Partly {
                found: objects(found)?,
                missing: elements(missing)?.into_iter().filter_map(text).collect(),
                reason: reason()?,
            },
            "unknown" => Outcome::Unknown { reason: reason()? },
            _ => return None,
        })
    }
}

/// The key under which a journal keeps a write whose caller names none: the caller's own reference, by which it is found.
///
/// # Errors
/// [`Error::InvalidRequest`] if the write has no such field, or nothing in it.
pub fn journal_key(endpoint: &'static Endpoint, params: &str) -> Result<String, Error> {
    let written = super::Written::new(endpoint, params);
    let effect = endpoint.effect.map(|effect| effect.of(|field| written.field(field).is_some()));
    let Some(FoundBy::Reference { field, .. }) = effect.map(|effect| effect.found_by) else {
        return Err(refused("key", &["is required: `", endpoint.id, "` has no reference that could be it"].concat()));
    };
    let key = written.values(field).into_iter().next();
    key.ok_or_else(|| refused("key", &["is required where `", field, "` is empty, which is it otherwise"].concat()))
}

/// The parameters of a write with its key as the reference, if it has none and the settings want one: each sending, also one
/// after a crash, has the same.
pub(super) fn referred(core: &Core, endpoint: &'static Endpoint, params: &str, key: &str) -> Result<String, Error> {
    let prepared = core.prepare_json(endpoint, params.as_bytes())?;
    let references = core.config().references;
    let field = endpoint.effect.and_then(|effect| references.empty_field(effect, prepared.routed()));
    let Some(field) = field else { return Ok(params.to_string()) };
    let is_it = |name: &str| name == field || endpoint.request.field(name).is_some_and(|known| known.name() == field);
    let mut out = String::from("{");
    for (name, json) in members(params).unwrap_or_default().iter().filter(|(name, _)| !is_it(name)) {
        write_key(name, out.len() == 1, &mut out);
        out.push_str(json);
    }
    write_key(field, out.len() == 1, &mut out);
    write_text(key, &mut out);
    out.push('}');
    Ok(out)
}

/// How an entry ends that was answered.
pub(super) fn answered(data: &str, about: &str) -> String {
    ["{\"data\":", data, ",\"about\":", about, "}"].concat()
}

/// How an entry ends that failed.
pub(super) fn failed(error: &str) -> String {
    let mut out = String::from("{");
    write_key("error", true, &mut out);
    write_text(error, &mut out);
    out.push('}');
    out
}

pub(super) fn refused(path: &str, reason: &str) -> Error {
    Error::InvalidRequest { endpoint: "journal".into(), path: path.into(), reason: reason.into() }
}

/// Whether two JSON texts say the same, in whatever order and spelling.
fn is_same(one: &str, other: &str, depth: u32) -> bool {
    if one == other {
        return true;
    }
    let Some(depth) = depth.checked_sub(1) else { return false };
    if let (Some(one), Some(other)) = (members(one), members(other)) {
        let has =
            |name: &String, json: &str| other.iter().any(|(known, its)| known == name && is_same(json, its, depth));
        return one.len() == other.len() && one.iter().all(|(name, json)| has(name, json));
    }
    if let (Some(one), Some(other)) = (elements(one), elements(other)) {
        return one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other, depth));
    }
    match (scalar(one), scalar(other)) {
        // The wire embeds some objects as text.
        (Some(one), Some(other)) => one == other || is_same(&one, &other, depth),
        _ => false,
    }
}

fn text(json: &str) -> Option<String> {
    let content = json.strip_prefix('"')?.strip_suffix('"')?;
    Some(unescape(content).into_owned())
}
