//! What the marks on every row mean, in plain words.

use xportcn_core::Endpoint;
use xportcn_core::endpoint::{FieldEvidence, PathEvidence, Safety};

/// Every evidence of a path, best known first.
pub const PATH_EVIDENCE: &[PathEvidence] = &[
    PathEvidence::Seed,
    PathEvidence::Reference,
    PathEvidence::Client,
    PathEvidence::Sister,
    PathEvidence::KeyAccount,
    PathEvidence::SisterV2,
    PathEvidence::Upstream,
    PathEvidence::OtherReseller,
    PathEvidence::Inferred,
];

/// Every evidence of fields, best known first.
pub const FIELD_EVIDENCE: &[FieldEvidence] =
    &[FieldEvidence::Published, FieldEvidence::PublishedInPart, FieldEvidence::Inferred];

/// Whether method and path stand on a public page or in a public program.
pub fn is_published(evidence: PathEvidence) -> bool {
    !matches!(
        evidence,
        PathEvidence::Inferred | PathEvidence::OtherReseller | PathEvidence::SisterV2 | PathEvidence::Upstream
    )
}

/// Where a method and path come from.
pub fn path_evidence_meaning(evidence: PathEvidence) -> &'static str {
    match evidence {
        PathEvidence::Seed => "on the vendor's one public page",
        PathEvidence::Reference => "seen on a page of the vendor, or in a client of it",
        PathEvidence::Client => "in a public client of the same API",
        PathEvidence::Sister => "published by a sister brand of the same backend, under the same path",
        PathEvidence::KeyAccount => "in the vendor's manual for key accounts",
        PathEvidence::SisterV2 => "not published; derived from its second version, which a sister brand publishes",
        PathEvidence::Upstream => {
            "not published; named as the platform that the vendor passes calls on to publishes it (upstream)"
        }
        PathEvidence::OtherReseller => "not published; another reseller of the same goods has it",
        _ => "not published; named after its neighbours",
    }
}

/// Where fields come from.
pub fn field_evidence_meaning(evidence: FieldEvidence) -> &'static str {
    match evidence {
        FieldEvidence::Published => "on a public page",
        FieldEvidence::PublishedInPart => "some on a public page; the others are not published",
        _ => "not published; named after their neighbours",
    }
}

/// Whether a call may be repeated.
pub fn safety_meaning(safety: Safety) -> &'static str {
    match safety {
        Safety::Read => "changes nothing; may be repeated",
        Safety::Write => "changes something; never repeated when it may have arrived",
    }
}

/// One line on what a row is called on the wire, whether it may be repeated, and how it is known.
pub fn known_by(row: &Endpoint) -> String {
    format!(
        "`{}`, {} {}: {}. Path: {}. Request: {}. Reply: {}.",
        row.id,
        row.method,
        row.path,
        safety_meaning(row.safety),
        path_evidence_meaning(row.evidence.path),
        field_evidence_meaning(row.evidence.request),
        field_evidence_meaning(row.evidence.reply),
    )
}
