//! A drift as JSON.

use super::changes::{Becomes, Changes, Place};
use super::unknown::FileUnknown;
use super::{Drift, InvalidDrift, RowDrift};
use serde::Deserialize;
use std::collections::BTreeMap;
use xportcn_core::catalogue::{self, ENDPOINTS};
use xportcn_core::endpoint::Method;
use xportcn_core::schema::{Field, Kind};
use xportcn_core::{Endpoint, Error, nearest};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    unknown: Option<FileUnknown>,
    #[serde(default)]
    rows: BTreeMap<String, FileRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    #[serde(default)]
    absent: bool,
    path: Option<String>,
    refuse: Option<String>,
    #[serde(default)]
    request: FileRequest,
    #[serde(default)]
    reply: FileReply,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct FileRequest {
    rename: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct FileReply {
    rename: BTreeMap<String, String>,
    remove: Vec<String>,
    types: BTreeMap<String, String>,
}

pub(super) fn parse(json: &str) -> Result<Drift, InvalidDrift> {
    let file: File = serde_json::from_str(json).map_err(|error| InvalidDrift(error.to_string()))?;
    let mut drift = Drift { unknown: file.unknown.map(FileUnknown::read).transpose()?, rows: BTreeMap::new() };
    for (id, row) in file.rows {
        let named = |reason: String| InvalidDrift(format!("rows.{id}: {reason}"));
        let endpoint = catalogue::endpoint(&id).map_err(|error| named(reason(error)))?;
        drift.rows.insert(endpoint.id, row.read(endpoint).map_err(named)?);
    }
    check_places(&drift)?;
    Ok(drift)
}

/// What is wrong, without the id, which is said beside it.
fn reason(error: Error) -> String {
    match error {
        Error::InvalidRequest { reason, .. } => reason,
        other => other.to_string(),
    }
}

impl FileRow {
    fn read(self, endpoint: &'static Endpoint) -> Result<RowDrift, String> {
        let place = self.path.as_deref().map(|path| place(endpoint, path)).transpose()?;
        let request = self.request.read(endpoint).map_err(|reason| format!("request: {reason}"))?;
        let reply = self.reply.read(endpoint).map_err(|reason| format!("reply: {reason}"))?;
        let row = RowDrift { absent: self.absent, place, refuse: self.refuse, request, reply };
        let others = row.place.is_some() || row.refuse.is_some() || !row.request.is_empty() || !row.reply.is_empty();
        match (row.absent, others) {
            (true, true) => Err("a row that is absent has no other differences".to_string()),
            (false, false) => Err("says no difference: write absent, path, refuse, request or reply".to_string()),
            _ => Ok(row),
        }
    }
}

impl FileRequest {
    fn read(self, endpoint: &'static Endpoint) -> Result<Changes, String> {
        let kind = Kind::Object(endpoint.request);
        Ok(changes(kind, self.rename, Vec::new(), BTreeMap::new())?.inverted())
    }
}

impl FileReply {
    fn read(self, endpoint: &'static Endpoint) -> Result<Changes, String> {
        changes(endpoint.reply, self.rename, self.remove, self.types)
    }
}

fn changes(
    kind: Kind,
    rename: BTreeMap<String, String>,
    remove: Vec<String>,
    types: BTreeMap<String, String>,
) -> Result<Changes, String> {
    let mut changes = Changes::default();
    let at = |path: &str| {
        let path = path.to_string();
        move |reason: String| format!("{path}: {reason}")
    };
    for (path, name) in rename {
        if name.is_empty() || name.contains(['.', '[']) {
            return Err(at(&path)(format!("`{name}` is no name: give that of the field alone, without its path")));
        }
        changes.at(kind, &path).and_then(|place| place.rename(name)).map_err(at(&path))?;
    }
    for path in remove {
        changes.at(kind, &path).and_then(Place::remove).map_err(at(&path))?;
    }
    for (path, becomes) in types {
        let becomes = Becomes::parse(&becomes).map_err(at(&path))?;
        changes.at(kind, &path).and_then(|place| place.becomes(becomes)).map_err(at(&path))?;
    }
    changes.check_names(kind)?;
    Ok(changes)
}

/// A method and path, as `POST /open/order/page`; the row's own method unless one is given.
fn place(endpoint: &'static Endpoint, text: &str) -> Result<(Method, String), String> {
    let (method, path) = match text.split_once(' ') {
        Some(("GET", path)) => (Method::Get, path),
        Some(("POST", path)) => (Method::Post, path),
        Some((method, _)) => return Err(format!("path: there is no method `{method}`: write GET or POST")),
        None => (endpoint.method, text),
    };
    let rest = path.strip_prefix('/').ok_or_else(|| format!("path: `{path}` does not begin with /"))?;
    for part in rest.split('/') {
        let name = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
        match name {
            Some(name) if endpoint.request.field(name).is_none() => {
                let near = nearest(name, endpoint.request.fields.iter().map(Field::wire));
                let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                return Err(format!("path: the request has no field `{name}`{near}"));
            }
            None if part.is_empty() || !part.bytes().all(is_plain) => {
                return Err(format!("path: `{part}` is no part of a path: write letters, digits, -, . and _"));
            }
            _ => {}
        }
    }
    if ["sandbox", "api"].contains(&rest.split('/').next().unwrap_or_default()) {
        return Err(
            "path: what begins with /sandbox is the sandbox's own, and /api stands before every path".to_string()
        );
    }
    if (method, path) == (endpoint.method, endpoint.path) {
        return Err(format!("path: the row is at {} {path} already", method.as_str()));
    }
    Ok((method, path.to_string()))
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

/// Refuses two rows at one place, and places that differ in the names of their fields only.
fn check_places(drift: &Drift) -> Result<(), InvalidDrift> {
    let mut taken: BTreeMap<String, Vec<(Method, &str, &str)>> = BTreeMap::new();
    for endpoint in ENDPOINTS {
        let Some((method, path)) = drift.place(endpoint) else { continue };
        let shape: Vec<&str> = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect();
        let here = taken.entry(shape.join("/")).or_default();
        if let Some((.., other)) = here.iter().find(|(other, known, _)| *other == method || *known != path) {
            return Err(InvalidDrift(format!(
                "rows: {other} and {} are both at {} {path}",
                endpoint.id,
                method.as_str()
            )));
        }
        here.push((method, path, endpoint.id));
    }
    Ok(())
}
