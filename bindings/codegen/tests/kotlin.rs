//! What Kotlin's generated files hold, beside the core's catalogue.

use xportcn_codegen::kotlin;
use xportcn_codegen::model::{Model, known_by, path_evidence_meaning};
use xportcn_core::catalogue::{ENDPOINTS, PUSHES};
use xportcn_core::endpoint::PathEvidence;
use xportcn_core::goals::GOALS;

fn text() -> String {
    kotlin::files(&Model::of_core().unwrap()).into_iter().map(|file| file.text).collect()
}

#[test]
fn every_row_is_one_suspending_call_and_pages_and_items_are_flows() {
    let text = text();
    for row in ENDPOINTS {
        let count = |function: &str| text.matches(&format!("caller.{function}(\"{}\"", row.id)).count();
        assert_eq!(count("call"), 1, "{}", row.id);
        let paged = usize::from(row.paging.is_some());
        assert_eq!((count("pages"), count("items")), (paged, paged), "{}", row.id);
    }
    let waits = text.matches("    public suspend fun waitUntil(").count();
    assert_eq!(waits, GOALS.len());
    assert_eq!(text.matches("    public suspend fun ").count(), ENDPOINTS.len() + waits);
}

#[test]
fn every_call_says_how_it_is_known() {
    let text = text();
    for row in ENDPOINTS {
        assert!(text.contains(&known_by(row)), "{}", row.id);
    }
    assert!(text.contains(path_evidence_meaning(PathEvidence::Inferred)));
}

#[test]
fn every_message_has_a_reader_and_no_id_is_a_number() {
    let text = text();
    for push in PUSHES {
        assert!(text.contains(&format!("\"{}\" -> ", push.id)), "{}", push.id);
    }
    assert!(text.contains("    public val offerId: String?"));
    assert!(!text.contains("    public val offerId: Long"));
}
