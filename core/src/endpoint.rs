//! What an endpoint is: one row of the vendor's reference, and how it is known.

use crate::schema::{Kind, Schema};
use ::core::fmt;

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
}

impl Endpoint {
    /// The title: the first line of the documentation.
    #[cfg(feature = "docs")]
    pub fn title(&self) -> &'static str {
        self.doc.lines().next().unwrap_or(self.id).trim_end_matches('.')
    }

    /// What a user should know when a call of this row is answered with 404.
    pub fn path_hint(&self) -> Option<&'static str> {
        match self.evidence.path {
            PathEvidence::Seed | PathEvidence::Reference | PathEvidence::Client => None,
            PathEvidence::Sister => Some(
                "this path is published by a sister brand of the platform only; if yours differs, set it in `paths`",
            ),
            PathEvidence::KeyAccount => {
                Some("this path is published for key accounts only; if yours differs, set it in `paths`")
            }
            PathEvidence::SisterV2 => {
                Some("this path is derived from its published second version; if yours differs, set it in `paths`")
            }
            PathEvidence::Upstream => Some(
                "this path is named as the platform behind this one publishes it; if yours differs, set it in `paths`",
            ),
            PathEvidence::OtherReseller => {
                Some("this path is that of another reseller; if yours differs, set it in `paths`")
            }
            PathEvidence::Inferred => {
                Some("this path is not published, it is named after its neighbours; set the right one in `paths`")
            }
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
