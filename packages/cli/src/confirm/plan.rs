//! What is tried: calls that read, and nothing else.

use xportcn_core::endpoint::{Candidate, Endpoint, Method, PathEvidence, Safety};
use xportcn_core::{catalogue, schema::Kind};

/// A method and path under which a row that reads may be. There is no other way to make one than through the checks here,
/// and nothing else can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    endpoint: &'static str,
    method: Method,
    path: String,
    evidence: &'static str,
}

/// A row and its places, in the order in which they are tried.
pub struct Row {
    pub endpoint: &'static Endpoint,
    pub places: Vec<Place>,
}

/// A path that surely does not exist.
const NOWHERE: &str = "/open/xportcn/confirm/nothing/here";

/// Calls whose answer shows whether the signature is taken, at most.
const CONTROLS: usize = 4;

impl Place {
    /// The place of a row; absent if the row writes, or if a row that writes is or may be there.
    pub fn of(endpoint: &'static Endpoint, method: Method, path: &str, evidence: &'static str) -> Option<Self> {
        let is_safe = endpoint.safety == Safety::Read && !writes().any(|taken| same_path(taken, path));
        is_safe.then(|| Self { endpoint: endpoint.id, method, path: path.to_string(), evidence })
    }

    fn own(endpoint: &'static Endpoint) -> Option<Self> {
        Self::of(endpoint, endpoint.method, endpoint.path, endpoint.evidence.path.as_str())
    }

    /// A place where nothing is, called as this one is.
    pub fn nowhere(&self) -> Self {
        Self { path: NOWHERE.to_string(), evidence: "control", ..self.clone() }
    }

    /// The same path with the other method.
    pub fn otherwise(&self) -> Self {
        let method = if self.method == Method::Get { Method::Post } else { Method::Get };
        Self { method, evidence: "other method", ..self.clone() }
    }

    pub fn method(&self) -> Method {
        self.method
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    pub fn evidence(&self) -> &'static str {
        self.evidence
    }

    /// The row that is looked for.
    pub fn id(&self) -> &'static str {
        self.endpoint
    }

    /// As the setting `paths` has it.
    pub fn setting(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether it is that of the tables.
    pub fn is_the_tables(&self) -> bool {
        catalogue::find(self.endpoint).is_some_and(|row| row.method == self.method && row.path == self.path)
    }
}

/// Rows whose path is published, and that read: those that need nothing first.
pub fn controls() -> Vec<(&'static Endpoint, Place)> {
    let published = catalogue::ENDPOINTS.iter().copied().filter(|row| is_proven(row));
    let mut controls: Vec<_> = published.filter_map(|row| Some((row, Place::own(row)?))).collect();
    controls.sort_by_key(|(row, _)| needs_id(row));
    controls.truncate(CONTROLS);
    controls
}

/// Every unproven row that reads, of `ids` if there are any: those first that need nothing of others. `known` is a path
/// that the user has set.
pub fn rows(ids: &[&'static Endpoint], known: impl Fn(&str) -> Option<(Option<Method>, String)>) -> Vec<Row> {
    let is_wanted = |row: &&Endpoint| match ids.is_empty() {
        true => !is_proven(row),
        false => ids.iter().any(|wanted| wanted.id == row.id),
    };
    let reads = catalogue::ENDPOINTS.iter().copied().filter(|row| row.safety == Safety::Read);
    let mut rows: Vec<_> =
        reads.filter(is_wanted).map(|endpoint| Row { endpoint, places: places(endpoint, &known) }).collect();
    rows.sort_by_key(|row| needs_id(row.endpoint));
    rows
}

fn places(endpoint: &'static Endpoint, known: impl Fn(&str) -> Option<(Option<Method>, String)>) -> Vec<Place> {
    let set = known(endpoint.id)
        .and_then(|(method, path)| Place::of(endpoint, method.unwrap_or(endpoint.method), &path, "setting"));
    let candidates = endpoint
        .candidates
        .iter()
        .filter_map(|Candidate { method, path, evidence }| Place::of(endpoint, *method, path, evidence.as_str()));
    let mut places: Vec<Place> = Vec::new();
    for place in set.into_iter().chain(Place::own(endpoint)).chain(candidates) {
        if !places.iter().any(|known| known.method == place.method && known.path == place.path) {
            places.push(place);
        }
    }
    places
}

/// Whether the path is the vendor's own word, or that of a working client.
fn is_proven(row: &Endpoint) -> bool {
    row.safety == Safety::Read
        && matches!(row.evidence.path, PathEvidence::Seed | PathEvidence::Reference | PathEvidence::Client)
}

/// Whether a call names something that is only known from another answer.
fn needs_id(row: &Endpoint) -> bool {
    let example: serde_json::Value = serde_json::from_str(row.example).unwrap_or_default();
    row.request.fields.iter().any(|field| {
        let is_id = matches!(field.kind, Kind::Id | Kind::Object(_))
            || matches!(field.kind, Kind::List(kind) if matches!(kind, Kind::Id | Kind::Object(_)));
        is_id && example.get(field.name()).is_some()
    })
}

/// The paths at which rows that write are, or may be.
fn writes() -> impl Iterator<Item = &'static str> {
    let rows = catalogue::ENDPOINTS.iter().filter(|row| row.safety == Safety::Write);
    rows.flat_map(|row| std::iter::once(row.path).chain(row.candidates.iter().map(|candidate| candidate.path)))
}

/// Whether two paths can be one, where a name in braces stands for anything.
fn same_path(one: &str, other: &str) -> bool {
    let steps =
        |path: &str| path.trim_end_matches('/').to_ascii_lowercase().split('/').map(String::from).collect::<Vec<_>>();
    let (one, other) = (steps(one), steps(other));
    let is_any = |step: &str| step.starts_with('{');
    one.len() == other.len() && one.iter().zip(&other).all(|(a, b)| a == b || is_any(a) || is_any(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_is_of_a_row_that_writes_or_where_one_may_be() {
        let read = catalogue::find("taobao.order.get").unwrap();
        for write in catalogue::ENDPOINTS.iter().copied().filter(|row| row.safety == Safety::Write) {
            assert_eq!(Place::of(write, write.method, write.path, ""), None, "{}", write.id);
            for method in [Method::Get, Method::Post] {
                let with_id = write.path.replace(['{', '}'], "");
                for path in [write.path, &write.path.to_uppercase(), &format!("{}/", write.path), &with_id] {
                    assert_eq!(Place::of(read, method, path, ""), None, "{path}");
                }
                for candidate in write.candidates {
                    assert_eq!(Place::of(read, method, candidate.path, ""), None, "{}", candidate.path);
                }
            }
        }
    }

    #[test]
    fn every_unproven_row_that_reads_is_tried_at_its_own_place_first() {
        let rows = rows(&[], |_| None);
        for row in &rows {
            assert_eq!(row.endpoint.safety, Safety::Read);
            let first = row.places.first().unwrap_or_else(|| panic!("{}", row.endpoint.id));
            assert_eq!((first.method, first.path.as_str()), (row.endpoint.method, row.endpoint.path));
        }
        let reads = catalogue::ENDPOINTS.iter().filter(|row| row.safety == Safety::Read);
        assert_eq!(rows.len(), reads.filter(|row| !is_proven(row)).count());
        assert!(rows.len() > 40 && controls().len() == CONTROLS);
    }
}
