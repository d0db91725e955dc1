//! Lists that are given page by page, and have an end.

use super::facts::Facts;
use super::seed::Seed;
use std::ops::Range;
use xportcn_core::endpoint::Paging;

/// Elements of a page where the request does not say.
const USUAL_SIZE: u64 = 20;
/// Elements that a page may have, whatever the request says.
const MAX_SIZE: u64 = 100;
/// The fewest elements that a list has over all its pages: more than a usual page.
const LEAST_TOTAL: u64 = 21;
/// By how much that differs between requests.
const SPREAD: u64 = 60;

/// One page of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    items: &'static str,
    pub(crate) number: u64,
    pub(crate) size: u64,
    pub(crate) total: u64,
}

impl Page {
    /// The page that a request asks for.
    pub(super) fn new(paging: Paging, facts: &Facts) -> Self {
        let total = Self::sample_total(facts.seed.of(paging.items));
        Self { items: paging.items, ..Self::of(facts.page, facts.size, total) }
    }

    /// The page of this number of a list whose length is known.
    pub(crate) fn of(number: Option<i64>, size: Option<i64>, total: u64) -> Self {
        let asked = |value: Option<i64>| value.and_then(|value| u64::try_from(value).ok()).filter(|value| *value > 0);
        Self {
            items: "",
            number: asked(number).unwrap_or(1),
            size: asked(size).unwrap_or(USUAL_SIZE).min(MAX_SIZE),
            total,
        }
    }

    /// How many elements a sample list has over all its pages.
    pub(crate) fn sample_total(seed: Seed) -> u64 {
        LEAST_TOTAL + seed.below(SPREAD)
    }

    /// How many pages there are.
    pub(crate) fn count(&self) -> u64 {
        self.total.div_ceil(self.size)
    }

    /// Whether this field, given by the names that lead to it, is the list.
    pub(super) fn is_items(&self, names: &[&'static str]) -> bool {
        let mut steps = self.items.split('.').filter(|step| !step.is_empty());
        names.iter().all(|name| steps.next() == Some(name)) && steps.next().is_none()
    }

    /// Which of the list's elements stand on the page.
    pub(crate) fn range(&self) -> Range<usize> {
        let start = (self.number - 1).saturating_mul(self.size).min(self.total);
        let end = start.saturating_add(self.size).min(self.total);
        let index = |number: u64| usize::try_from(number).unwrap_or_default();
        index(start)..index(end)
    }

    /// What a field beside the list says of the pages, if that is what it is about.
    pub(super) fn number_of(&self, name: &str) -> Option<u64> {
        Some(match name.to_ascii_lowercase().as_str() {
            "total" | "totalcount" | "totalnum" | "totalrecord" | "totalrecords" | "totalresults" | "resultstotal" => {
                self.total
            }
            "pages" | "pagecount" | "totalpage" | "totalpages" => self.count(),
            "limit" | "pagesize" => self.size,
            "beginpage" | "current" | "currentpage" | "page" | "pageindex" | "pageno" | "pagenum" => self.number,
            _ => return None,
        })
    }

    /// Whether a field beside the list says that there is another page.
    pub(super) fn truth_of(&self, name: &str) -> Option<bool> {
        matches!(name, "hasMore" | "hasNext" | "hasNextPage")
            .then(|| self.number.saturating_mul(self.size) < self.total)
    }
}
