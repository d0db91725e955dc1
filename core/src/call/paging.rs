//! The pages of an endpoint, one after another, without I/O.
//!
//! The contract: [`Pager::params`] gives the request of the next page, or nothing at the end; the host makes the call
//! and hands its data to [`Pager::take`], which gives the items. The end is an empty page or one that repeats the page
//! before, as platforms answer beyond the last one. A page with fewer items than were asked for is no end: platforms
//! filter pages after they are cut.

use crate::api::Call;
use crate::endpoint::{Endpoint, Paging};
use crate::error::Error;
use crate::json::{Fault, Path, elements, members, write_key};
use crate::values::Canonical;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use sha2::{Digest, Sha256};

/// Walks the pages of one call.
#[derive(Clone, Debug)]
pub struct Pager {
    endpoint: &'static Endpoint,
    paging: Paging,
    params: Vec<(String, String)>,
    page: u64,
    taken: u64,
    before: Option<[u8; 32]>,
    ended: bool,
}

/// Pages that are walked at most: a platform that never ends a list must not keep a program for ever.
const MAX_PAGES: u64 = 10_000;

impl Pager {
    /// Begins at the page that the parameters name, or at the first one. To resume, give the page of
    /// [`Pager::page`].
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if the endpoint has no pages, or the parameters are no object with a page number.
    pub fn new(endpoint: &'static Endpoint, params: &[u8]) -> Result<Self, Error> {
        let invalid = |fault: Fault| Error::InvalidRequest {
            endpoint: endpoint.id.to_string(),
            path: fault.path,
            reason: fault.reason,
        };
        let root = Path::Root;
        let paging = endpoint.paging.ok_or_else(|| invalid(Fault::at(&root, "has no pages")))?;
        let params = ::core::str::from_utf8(params)
            .ok()
            .and_then(members)
            .ok_or_else(|| invalid(Fault::at(&root, "the parameters are no JSON object")))?;
        let (page, params): (Vec<_>, Vec<_>) = params.into_iter().partition(|(name, _)| name == paging.page);
        let page = match page.first() {
            None | Some((_, "null")) => 1,
            Some((_, digits)) => digits
                .parse()
                .map_err(|_| invalid(Fault::at(&Path::Field(&root, paging.page), "must be the number of a page")))?,
        };
        let params = params.into_iter().map(|(name, json)| (name, json.to_string())).collect();
        Ok(Self { endpoint, paging, params, page, taken: 0, before: None, ended: false })
    }

    /// As [`Pager::new`], for a typed call.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if the endpoint has no pages.
    pub fn of<C: Call>(call: &C) -> Result<Self, Error> {
        // Writing into memory does not fail.
        Self::new(C::ENDPOINT, &serde_json::to_vec(&Canonical(call)).unwrap_or_default())
    }

    /// The endpoint whose pages these are.
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// The number of the next page.
    pub fn page(&self) -> u64 {
        self.page
    }

    /// The parameters of the next page's call, as JSON; absent at the end.
    pub fn params(&self) -> Option<String> {
        if self.ended || self.taken == MAX_PAGES {
            return None;
        }
        let mut json = format!("{{\"{}\":{}", self.paging.page, self.page);
        for (name, value) in &self.params {
            write_key(name, false, &mut json);
            json.push_str(value);
        }
        json.push('}');
        Some(json)
    }

    /// Takes the data of a page, in canonical JSON, and gives its items, each in canonical JSON; none at the end.
    pub fn take(&mut self, data: &str) -> Vec<String> {
        self.items(data).into_iter().map(str::to_string).collect()
    }

    /// Takes the data of a page, in canonical JSON, and tells whether it has items to show; if not, it is the end.
    pub fn advance(&mut self, data: &str) -> bool {
        !self.items(data).is_empty()
    }

    fn items<'a>(&mut self, data: &'a str) -> Vec<&'a str> {
        let fields = members(data).unwrap_or_default();
        let items = fields.iter().find(|(name, _)| name == self.paging.items).map_or("[]", |(_, list)| *list);
        let fingerprint = Sha256::digest(items).into();
        let items = elements(items).unwrap_or_default();
        if items.is_empty() || self.before == Some(fingerprint) {
            self.ended = true;
            return Vec::new();
        }
        self.before = Some(fingerprint);
        self.page += 1;
        self.taken += 1;
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alibaba::product::KeywordSearch;
    use crate::taobao::after_sale::Render;

    fn pager(params: &str) -> Pager {
        Pager::new(KeywordSearch::ENDPOINT, params.as_bytes()).unwrap()
    }

    #[test]
    fn pages_are_asked_for_one_after_another_until_one_is_empty() {
        let mut pager = pager(r#"{"keyword":"鞋","pageSize":2}"#);
        assert_eq!(pager.params().as_deref(), Some(r#"{"beginPage":1,"keyword":"鞋","pageSize":2}"#));
        assert_eq!(
            pager.take(r#"{"data":[{"offerId":"1"},{"offerId":"2"}]}"#),
            [r#"{"offerId":"1"}"#, r#"{"offerId":"2"}"#]
        );
        assert_eq!(pager.params().as_deref(), Some(r#"{"beginPage":2,"keyword":"鞋","pageSize":2}"#));
        assert_eq!(pager.take(r#"{"data":[{"offerId":"3"}]}"#), [r#"{"offerId":"3"}"#]);
        assert!(pager.params().is_some(), "a short page is not the end");
        assert!(pager.take(r#"{"data":[]}"#).is_empty());
        assert_eq!(pager.params(), None);
    }

    #[test]
    fn a_platform_that_repeats_its_last_page_does_not_keep_the_program() {
        let mut pager = pager(r#"{"keyword":"a"}"#);
        assert_eq!(pager.take(r#"{"data":[{"offerId":"1"}]}"#).len(), 1);
        assert!(pager.take(r#"{"data":[{"offerId":"1"}],"currentPage":2}"#).is_empty());
        assert_eq!(pager.params(), None);
    }

    #[test]
    fn a_list_without_end_ends() {
        let mut pager = pager("{}");
        let mut pages = 0;
        while pager.params().is_some() {
            pages += 1;
            assert_eq!(pager.take(&format!(r#"{{"data":[{pages}]}}"#)).len(), 1);
        }
        assert_eq!(pages, MAX_PAGES);
    }

    #[test]
    fn a_walk_can_be_resumed_at_its_page() {
        let mut first = pager(r#"{"keyword":"a","beginPage":7}"#);
        first.take(r#"{"data":[1]}"#);
        let resumed = pager(&format!(r#"{{"keyword":"a","beginPage":{}}}"#, first.page()));
        assert_eq!(resumed.params(), first.params());
        assert_eq!(resumed.page(), 8);
    }

    #[test]
    fn data_without_a_list_is_the_end() {
        for data in ["null", "{}", r#"{"data":null}"#, r#"{"data":{}}"#, "[1]", "not JSON"] {
            let mut pager = pager("{}");
            assert!(pager.take(data).is_empty(), "{data}");
            assert_eq!(pager.params(), None, "{data}");
        }
    }

    #[test]
    fn what_has_no_pages_or_no_number_of_one_is_refused() {
        let wrong_page = Pager::new(KeywordSearch::ENDPOINT, br#"{"beginPage":"two"}"#).unwrap_err();
        assert!(matches!(&wrong_page, Error::InvalidRequest { path, .. } if path == "beginPage"), "{wrong_page}");
        assert!(Pager::new(KeywordSearch::ENDPOINT, b"[]").is_err());
        assert!(Pager::new(Render::ENDPOINT, b"{}").unwrap_err().to_string().contains("has no pages"));
    }
}
