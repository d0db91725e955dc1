//! The reference pages: every row and object once, every link right, and nothing inferred without a mark.

use std::collections::{BTreeMap, BTreeSet};
use xportcn_codegen::model::Model;
use xportcn_codegen::reference::{FOLDER, pages};
use xportcn_codegen::{STAMP, outputs};
use xportcn_core::catalogue::{ENDPOINTS, PUSHES};
use xportcn_core::endpoint::{FieldEvidence, PathEvidence};

/// The pages by file name.
fn generated() -> BTreeMap<String, String> {
    let pages = pages(&Model::of_core().unwrap()).unwrap();
    pages.into_iter().map(|page| (page.path.strip_prefix(FOLDER).unwrap()[1..].to_string(), page.text)).collect()
}

fn headings(page: &str) -> Vec<&str> {
    let mut in_code = false;
    let outside = page.lines().filter(|line| {
        in_code ^= line.starts_with("```");
        !in_code
    });
    outside.filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim()).collect()
}

/// What stands below a heading, up to the next one of its level.
fn below<'p>(page: &'p str, heading: &str) -> &'p str {
    let start = page.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no {heading}")) + heading.len() + 2;
    let level = heading.split(' ').next().unwrap();
    let end = page[start..].find(&format!("\n{level} ")).map_or(page.len(), |end| start + end);
    &page[start..end]
}

#[test]
fn every_row_stands_once_on_the_page_of_its_group_and_in_the_index() {
    let pages = generated();
    let calls = ENDPOINTS.iter().map(|row| (row.id, row.id.split('.').next().unwrap()));
    for (id, group) in calls.chain(PUSHES.iter().map(|row| (row.id, "pushes"))) {
        for (name, page) in &pages {
            let expected = usize::from(*name == format!("{group}.md"));
            assert_eq!(headings(page).iter().filter(|heading| **heading == id).count(), expected, "{id} in {name}");
        }
        assert_eq!(pages["README.md"].matches(&format!("`{id}`")).count(), 1, "{id}");
    }
}

#[test]
fn every_shared_object_and_set_of_codes_stands_on_one_page() {
    let pages = generated();
    let model = Model::of_core().unwrap();
    let shared = model.objects.iter().filter(|object| object.only_row().is_none()).map(|object| &object.name);
    for name in shared.chain(model.codes.iter().map(|codes| &codes.name)) {
        let count: usize =
            pages.values().map(|page| headings(page).iter().filter(|it| **it == format!("Type {name}")).count()).sum();
        assert_eq!(count, 1, "{name}");
    }
}

#[test]
fn every_link_leads_to_a_heading() {
    let pages = generated();
    let anchors: BTreeSet<String> = pages
        .iter()
        .flat_map(|(name, page)| headings(page).into_iter().map(move |heading| format!("{name}#{}", anchor(heading))))
        .collect();
    let mut links = 0;
    for (name, page) in &pages {
        for target in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let Some((file, anchor)) = target.split_once('#') else { continue };
            let file = if file.is_empty() { name } else { file };
            assert!(anchors.contains(&format!("{file}#{anchor}")), "{name}: {target}");
            links += 1;
        }
    }
    assert!(links > 500, "{links}");
}

/// The anchor that GitHub gives to a heading.
fn anchor(heading: &str) -> String {
    let lower = heading.to_lowercase();
    let kept = lower.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn no_two_headings_of_a_page_have_the_same_anchor() {
    for (name, page) in generated() {
        let mut seen = BTreeSet::new();
        for heading in headings(&page) {
            assert!(seen.insert(anchor(heading)), "{name}: {heading}");
        }
    }
}

#[test]
fn what_is_inferred_is_marked_as_not_published() {
    let pages = generated();
    for row in ENDPOINTS {
        let page = &pages[&format!("{}.md", row.id.split('.').next().unwrap())];
        let shown = below(page, &format!("### {}", row.id));
        let call = format!("| call | `{} {}`", row.method.as_str(), row.path);
        let derived = matches!(
            row.evidence.path,
            PathEvidence::Inferred | PathEvidence::OtherReseller | PathEvidence::SisterV2 | PathEvidence::Upstream
        );
        assert!(shown.contains(&format!("{call}{} |", if derived { " (not published)" } else { "" })), "{}", row.id);
        for other in row.candidates {
            let call = format!("`{} {}` ({})", other.method, other.path, other.evidence);
            assert!(shown.lines().any(|line| line.starts_with("| or else |") && line.contains(&call)), "{}", row.id);
        }
        for (part, evidence) in [("Request", row.evidence.request), ("Reply", row.evidence.reply)] {
            let heading = format!("#### {part} of {}", row.id);
            let marked = shown.contains(&format!("{heading} (fields not published)\n"));
            assert_eq!(marked, evidence == FieldEvidence::Inferred, "{}", row.id);
            assert!(marked || shown.contains(&format!("{heading}\n")), "{}", row.id);
            assert!(shown.contains(&format!("| {} | `{}`: ", part.to_lowercase(), evidence.as_str())), "{}", row.id);
        }
    }
}

#[test]
fn every_field_of_a_request_stands_with_its_row() {
    let pages = generated();
    for row in ENDPOINTS {
        let page = &pages[&format!("{}.md", row.id.split('.').next().unwrap())];
        let shown = below(page, &format!("### {}", row.id));
        for field in row.request.fields {
            let wire = if field.wire() == field.name() { String::new() } else { format!("`{}`", field.wire()) };
            assert!(shown.contains(&format!("| `{}` | {wire}", field.name())), "{}: {}", row.id, field.name());
        }
        assert!(row.sources.iter().all(|source| shown.contains(&format!("- <{source}>\n"))), "{}", row.id);
    }
}

#[test]
fn tables_have_as_many_cells_in_every_line_as_in_their_head() {
    for (name, page) in generated() {
        let mut columns = None;
        for line in page.lines() {
            let is_row = line.starts_with('|');
            let cells = line.replace("\\|", "").matches('|').count();
            assert!(!is_row || line.ends_with('|'), "{name}: {line}");
            assert!(!is_row || columns.is_none_or(|columns| columns == cells), "{name}: {line}");
            columns = is_row.then_some(cells);
        }
    }
}

#[test]
fn every_file_is_stamped_and_the_same_each_time() {
    let first = outputs().unwrap();
    assert_eq!(first, outputs().unwrap());
    assert_eq!(first.iter().map(|output| &output.path).collect::<BTreeSet<_>>().len(), first.len());
    for output in first {
        assert!(output.text.contains(STAMP), "{}", output.path);
        assert!(output.text.ends_with('\n') && !output.text.ends_with("\n\n"), "{}", output.path);
    }
}
