//! What an endpoint is: one row of the vendor's reference, and how it is known.

use crate::effect::Effect;
use crate::schema::{Kind, Schema};
use ::core::fmt;
use alloc::string::String;

/// One row of the vendor's reference.
#[derive(Debug)]
pub struct Endpoint {
    /// Our name: `group.section.action`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL; a name in braces stands for a field of the request.
    pub path: &'static str,
    /// Whether it may be repeated.
    pub safety: Safety,
    /// How the row is known.
    pub evidence: Evidence,
    /// Other calls to try where the platform knows no such path or method, best first.
    pub candidates: &'static [Candidate],
    /// The request's fields.
    pub request: &'static Schema,
    /// The reply's `data`.
    pub reply: Kind,
    /// What it leaves behind, and which calls show it, for endpoints that write.
    pub effect: Option<&'static Effect>,
    /// How its pages are walked, for endpoints that page.
    pub paging: Option<Paging>,
    /// Whether `timestamp` and `sign` also go into the query string, as the warehouse pages show.
    pub signed_query: bool,
    /// What it does; the first line is its title.
    #[cfg(feature = "docs")]
    pub doc: &'static str,
    /// A request that works against the sandbox, as canonical JSON.
    #[cfg(feature = "docs")]
    pub example: &'static str,
    /// The pages on which the facts were found.
    #[cfg(feature = "docs")]
    pub sources: &'static [&'static str],
}

/// Another method and path that a row may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL.
    pub path: &'static str,
    /// Where both come from.
    pub evidence: PathEvidence,
}

/// The HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
}

/// Whether a call changes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Changes nothing; may be repeated.
    Read,
    /// Creates, pays, cancels or the like; never repeated when it may have arrived.
    Write,
}

/// How a row is known. Only a part of the vendor's reference is public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Where method and path come from.
    pub path: PathEvidence,
    /// Where the request's fields come from.
    pub request: FieldEvidence,
    /// Where the reply's fields come from.
    pub reply: FieldEvidence,
}

/// Where a method and path come from, best known first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathEvidence {
    /// The vendor's one public page.
    Seed,
    /// Seen on a page of the vendor, or in a client of it.
    Reference,
    /// In a public client of the same API.
    Client,
    /// On a sister brand of the same backend, under the same path.
    Sister,
    /// In the key-account manual.
    KeyAccount,
    /// Only the second version's path is published; this one is derived from it.
    SisterV2,
    /// The platform that the vendor passes calls on to publishes it under this name; the vendor's own page is not public.
    Upstream,
    /// Another reseller of the same goods has it; only candidates are known so.
    OtherReseller,
    /// Named after its neighbours.
    Inferred,
}

/// Where fields come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldEvidence {
    /// On a public page.
    Published,
    /// Some of them on a public page.
    PublishedInPart,
    /// Named after their neighbours.
    Inferred,
}

/// How the pages of an endpoint are walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The request's field that holds the page number, counted from 1.
    pub page: &'static str,
    /// The request's field that holds the page size.
    pub size: &'static str,
    /// The reply's field that holds the items.
    pub items: &'static str,
    /// The reply's field that tells how many items there are over all pages, if there is one.
    pub total: Option<&'static str>,
    /// The reply's field that tells how many pages there are, if there is one.
    pub pages: Option<&'static str>,
}

impl Endpoint {
    /// The title: the first line of the documentation.
    #[cfg(feature = "docs")]
    pub fn title(&self) -> &'static str {
        self.doc.lines().next().unwrap_or(self.id).trim_end_matches('.')
    }

    /// What a user should know when the platform knows no such path or method: how the row is known, and what else to
    /// try. `set` is the row's entry in the setting `paths`, which goes before its own.
    pub fn path_hint(&self, set: Option<&str>) -> Option<String> {
        let known = match set {
            Some(_) => "the path of this call is set in `paths`",
            None => self.evidence.path.doubt()?,
        };
        let mut hint = String::from(known);
        let own = Candidate { method: self.method, path: self.path, evidence: self.evidence.path };
        let others = set.map(|_| own).into_iter().chain(self.candidates.iter().copied());
        let mut others = others.filter(|other| set.is_none_or(|set| !other.is_written(set)));
        let Some(first) = others.next() else {
            hint.push_str(if set.is_none() { "; set the right one in `paths`" } else { "" });
            return Some(hint);
        };
        hint.push_str("; try in `paths`: `");
        hint.push_str(self.id);
        hint.push_str("` as ");
        first.write(&mut hint);
        for other in others {
            hint.push_str(" or ");
            other.write(&mut hint);
        }
        Some(hint)
    }
}

impl Candidate {
    /// Whether `entry` of the setting `paths` stands for this call.
    fn is_written(&self, entry: &str) -> bool {
        entry.strip_prefix(self.method.as_str()).and_then(|rest| rest.strip_prefix(' ')) == Some(self.path)
    }

    fn write(&self, out: &mut String) {
        for part in ["`", self.method.as_str(), " ", self.path, "` (", self.evidence.as_str(), ")"] {
            out.push_str(part);
        }
    }
}

impl Method {
    /// As HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }
}

impl Safety {
    /// In lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Safety::Read => "read",
            Safety::Write => "write",
        }
    }
}

impl PathEvidence {
    /// Whether it was seen in use at the vendor.
    pub fn is_seen(self) -> bool {
        self.doubt().is_none()
    }

    /// Behind a row's name: that its path may be wrong.
    pub(crate) fn as_guess(self) -> &'static str {
        match self {
            PathEvidence::Seed | PathEvidence::Reference | PathEvidence::Client => "",
            PathEvidence::Sister => ", whose path only a sister brand publishes,",
            PathEvidence::KeyAccount => ", whose path is published for key accounts only,",
            PathEvidence::SisterV2 => ", whose path is derived from its second version,",
            PathEvidence::Upstream => ", whose path is the upstream's name for it,",
            PathEvidence::OtherReseller => ", whose path is another reseller's,",
            PathEvidence::Inferred => ", whose path is a guess,",
        }
    }

    /// Why a path may be wrong, unless it was seen in use.
    fn doubt(self) -> Option<&'static str> {
        Some(match self {
            PathEvidence::Seed | PathEvidence::Reference | PathEvidence::Client => return None,
            PathEvidence::Sister => "this path is published by a sister brand of the platform only (sister)",
            PathEvidence::KeyAccount => "this path is published for key accounts only (key-account)",
            PathEvidence::SisterV2 => "this path is derived from its published second version (sister-v2)",
            PathEvidence::Upstream => "this path is named as the platform behind this one publishes it (upstream)",
            PathEvidence::OtherReseller => "this path is that of another reseller (other-reseller)",
            PathEvidence::Inferred => "this path is not published, it is named after its neighbours (inferred)",
        })
    }

    /// As the catalogue writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            PathEvidence::Seed => "seed",
            PathEvidence::Reference => "reference",
            PathEvidence::Client => "client",
            PathEvidence::Sister => "sister",
            PathEvidence::KeyAccount => "key-account",
            PathEvidence::SisterV2 => "sister-v2",
            PathEvidence::Upstream => "upstream",
            PathEvidence::OtherReseller => "other-reseller",
            PathEvidence::Inferred => "inferred",
        }
    }
}

impl FieldEvidence {
    /// As the catalogue writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            FieldEvidence::Published => "published",
            FieldEvidence::PublishedInPart => "published-in-part",
            FieldEvidence::Inferred => "inferred",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Safety {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for PathEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for FieldEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{ENDPOINTS, find};
    use alloc::format;
    use alloc::string::ToString;

    #[test]
    fn a_path_of_the_settings_is_not_taken_for_the_rows_own() {
        let row = find("taobao.order.page").unwrap();
        let own = "`GET /open/order/page` (inferred)";
        let other = "`POST /open/order/page` (sister-v2)";
        for (set, tried) in [
            ("/open/orders", format!("{own} or {other}")),
            ("POST /open/order/page", own.to_string()),
            ("GET /open/order/page", other.to_string()),
        ] {
            let expected =
                format!("the path of this call is set in `paths`; try in `paths`: `taobao.order.page` as {tried}");
            assert_eq!(row.path_hint(Some(set)), Some(expected), "{set}");
        }
        let seen = find("taobao.after_sale.render").unwrap();
        assert_eq!(
            seen.path_hint(Some("POST /open/order/refund/render")).as_deref(),
            Some("the path of this call is set in `paths`")
        );
    }

    #[test]
    fn every_row_that_was_not_seen_in_use_has_a_hint_with_its_evidence_and_all_its_candidates() {
        for row in ENDPOINTS {
            let seen = ["seed", "reference", "client"].contains(&row.evidence.path.as_str());
            let Some(hint) = row.path_hint(None) else {
                assert!(seen, "{}", row.id);
                continue;
            };
            assert!(!seen && hint.contains("`paths`"), "{}: {hint}", row.id);
            assert!(hint.contains(&format!("({})", row.evidence.path)), "{}: {hint}", row.id);
            for other in row.candidates {
                let call = format!("`{} {}` ({})", other.method, other.path, other.evidence);
                assert!(hint.contains(&call), "{}: {hint}", row.id);
            }
        }
    }
}
