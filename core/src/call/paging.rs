//! The pages of an endpoint, one after another, without I/O.
//!
//! The contract: [`Pager::params`] gives the request of the next page, or nothing at the end; the host makes the call
//! and hands the reply to [`Pager::take`], or its parts to [`Pager::advance`]. A page is shown if it has items or warnings.
//!
//! - Only a list that the platform wrote empty, or null, or a page that repeats the one before is the end, and the last page
//!   by the totals in the reply. A page with fewer items than were asked for is none: platforms filter pages after they
//!   are cut.
//! - A page whose list cannot be read, or that ends the walk before the totals say, is [`Error::Decode`]. The walk stays at
//!   that page, so that it can be asked for again; a later walk can begin there, or behind it.

use crate::api::Call;
use crate::call::fingerprint::fingerprint;
use crate::call::reply::Reply;
use crate::endpoint::{Endpoint, Paging};
use crate::error::{Error, ReplyPart};
use crate::host::reply_json;
use crate::json::{Fault, Path, Token, elements, members, three, unescape, unmarked, write_key};
use crate::schema::Kind;
use crate::values::Canonical;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Walks the pages of one call.
#[derive(Clone, Debug)]
pub struct Pager {
    endpoint: &'static Endpoint,
    paging: Paging,
    params: Vec<(String, String)>,
    first: u64,
    page: u64,
    taken: u64,
    /// Items that the caller asks for per page.
    asked: Option<u64>,
    /// The most items that a page had.
    most: u64,
    /// Items and pages in all, as far as the platform tells.
    total: Option<u64>,
    pages: Option<u64>,
    before: Option<[u8; 32]>,
    ended: bool,
}

/// Pages that are walked at most: a platform that never ends a list must not keep a program for ever.
const MAX_PAGES: u64 = 10_000;
/// What is looked at of what came with the data.
const ABOUT: [&str; 3] = ["warnings", "requestId", "message"];
/// How warnings begin that are of the request only.
const FIRST_OF_REQUEST: &str = r#"[{"path":"request."#;

/// Totals as platforms name them: items under two names, and pages.
const OTHER_TOTALS: [&str; 3] = ["total", "totalRecords", "totalPage"];

const TOO_MANY: &str = "10000 pages have been walked, and there are more";

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
        let params = ::core::str::from_utf8(unmarked(params))
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
        let asked = params.iter().find(|(name, _)| name == paging.size).and_then(|(_, json)| count(json));
        let params = params.into_iter().map(|(name, json)| (name, json.to_string())).collect();
        Ok(Self {
            endpoint,
            paging,
            params,
            first: page,
            page,
            taken: 0,
            asked,
            most: 0,
            total: None,
            pages: None,
            before: None,
            ended: false,
        })
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
        if self.ended {
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

    /// Takes the reply to [`Pager::params`], and gives the page's items, each in canonical JSON. Nothing is to be shown at the
    /// end, unless the last page has warnings.
    ///
    /// # Errors
    /// [`Error::Decode`] if the page cannot be read, or ends the walk too early.
    pub fn take(&mut self, reply: Reply<String>) -> Result<Option<Reply<Vec<String>>>, Error> {
        let (items, is_shown) = self.items(&reply.data, &reply_json(&reply))?;
        let items: Vec<String> = items.into_iter().map(str::to_string).collect();
        Ok(is_shown.then(|| reply.map(|_| items)))
    }

    /// Takes the data of a reply, in canonical JSON, and what came with it, as [`reply_json`](crate::host::reply_json)
    /// writes it; tells whether the page is to be shown.
    ///
    /// # Errors
    /// As for [`Pager::take`].
    pub fn advance(&mut self, data: &str, about: &str) -> Result<bool, Error> {
        self.items(data, about).map(|(_, is_shown)| is_shown)
    }

    /// The items of a page, and whether it is to be shown.
    fn items<'a>(&mut self, data: &'a str, about: &str) -> Result<(Vec<&'a str>, bool), Error> {
        let Paging { items, total, pages, .. } = self.paging;
        let [list, total, pages] = three(data, [items, total.unwrap_or_default(), pages.unwrap_or_default()]);
        let items = elements(list).unwrap_or_default();
        let (total, pages) = match (count(total).or(self.total), count(pages).or(self.pages)) {
            (None, None) => self.other_totals(data, items.len()),
            totals => totals,
        };
        if items.is_empty() {
            let is_null = list == "null";
            if let Some(words) = misfit(self.paging.items, is_null, about).or_else(|| self.elsewhere(data, is_null)) {
                return Err(self.unreadable(self.paging.items, &words, about));
            }
        } else if self.taken == MAX_PAGES {
            return Err(self.unreadable(self.paging.items, TOO_MANY, about));
        }
        let fingerprint = fingerprint(self.endpoint.reply, self.paging.items, list, &items);
        let repeats = self.before == Some(fingerprint);
        // A client that counts pages from 0 is one page behind.
        let number = if self.first == 0 { self.page + 1 } else { self.page };
        if items.is_empty() || repeats {
            let by_total = total.and_then(|total| Some(total.div_ceil(self.asked.or(at_least_one(self.most))?)));
            if let Some(least) = pages.into_iter().chain(by_total).min().filter(|least| number <= *least) {
                let field = if pages == Some(least) { self.paging.pages } else { self.paging.total };
                let mut words = String::from("the page ");
                words.push_str(if repeats { "repeats the one before" } else { "is empty" });
                words.push_str(", but there are ");
                words.push_str(&least.to_string());
                return Err(self.unreadable(field.unwrap_or_default(), &words, about));
            }
            self.ended = true;
            // The items of a page that comes again have been shown.
            let [warnings, ..] = three(about, ABOUT);
            // Those of the request stand behind the reply's own.
            return Ok((Vec::new(), !repeats && warnings.starts_with("[{") && !warnings.starts_with(FIRST_OF_REQUEST)));
        }
        self.most = self.most.max(items.len() as u64);
        // The platform may give fewer items to a page than were asked for, never more pages than so many need.
        let by_total = total.map(|total| total.div_ceil(self.most));
        self.ended = pages.into_iter().chain(by_total).max().is_some_and(|most| number >= most);
        (self.total, self.pages, self.before) = (total, pages, Some(fingerprint));
        self.page += 1;
        self.taken += 1;
        Ok((items, true))
    }

    /// Totals under names that the table does not list. What is not more than the items of this page may be their number.
    #[cold]
    fn other_totals(&self, data: &str, items: usize) -> (Option<u64>, Option<u64>) {
        let [total, records, pages] = three(data, OTHER_TOTALS);
        let total = count(total).or(count(records)).filter(|total| *total > items as u64);
        (total, count(pages))
    }

    /// What says that the items stand under a name that the table does not list: the list is not there, and another is.
    #[cold]
    fn elsewhere(&self, data: &str, is_null: bool) -> Option<String> {
        let Kind::Object(schema) = self.endpoint.reply else { return None };
        let members = members(data).filter(|_| is_null)?;
        let is_absent = members.iter().all(|(name, _)| name != self.paging.items);
        let (name, _) =
            members.iter().find(|(name, json)| is_absent && json.starts_with("[{") && schema.field(name).is_none())?;
        Some(["it is not there, but there is a list `", name, "`"].concat())
    }

    #[cold]
    fn unreadable(&self, field: &str, words: &str, about: &str) -> Error {
        let (page, next) = (self.page.to_string(), (self.page + 1).to_string());
        let parts =
            ["page ", &page, ": ", words, "; begin at page ", &page, " to go on there, or at ", &next, " behind it"];
        Error::Decode {
            endpoint: self.endpoint.id.to_string(),
            part: ReplyPart::Value(["data.", field].concat()),
            reason: parts.concat(),
            body_head: String::new(),
            request_id: text(three(about, ABOUT)[1]).map(String::into_boxed_str),
        }
    }
}

/// What among the warnings explains why a page has no items: they, or all of the data, are of another kind.
#[cold]
fn misfit(items: &str, is_null: bool, about: &str) -> Option<String> {
    let items = ["data.", items].concat();
    for warning in elements(three(about, ABOUT)[0])? {
        let [at, expected, found] = three(warning, ["path", "expected", "found"]);
        let at = text(at)?;
        let explains = match at.strip_prefix(items.as_str()) {
            // A list in another wrapping was read.
            Some("") => is_null,
            Some(rest) => rest.starts_with('['),
            // What was left out of the warnings may be this one.
            None => is_null && matches!(at.as_str(), "data" | ""),
        };
        if explains {
            return Some(["expected ", &text(expected)?, ", found ", &text(found)?].concat());
        }
    }
    None
}

/// A number of items or pages. Zero is none: platforms write it where they do not count.
fn count(json: &str) -> Option<u64> {
    json.trim_matches('"').parse().ok().and_then(at_least_one)
}

fn at_least_one(number: u64) -> Option<u64> {
    (number > 0).then_some(number)
}

/// The text of a JSON string.
fn text(json: &str) -> Option<String> {
    if let Token::Text(content) = Token::of(json) { Some(unescape(content).into_owned()) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alibaba::product::KeywordSearch;
    use crate::error::Warning;
    use crate::taobao::after_sale::Render;
    use ::core::time::Duration;

    #[test]
    fn the_empty_page_at_the_end_is_not_shown_for_a_warning_of_the_request() {
        let ends = |warnings: &[[&'static str; 3]]| {
            let mut pager = pager("{}");
            take(&mut pager, r#"{"data":[]}"#, warnings).unwrap().is_none()
        };
        let of_request = ["request.beginPages", "beginPage", "a field that is not listed"];
        let of_reply = ["data.totalRecords", "a whole number", "text"];
        assert!(ends(&[]));
        assert!(ends(&[of_request]));
        assert!(!ends(&[of_reply]));
        assert!(!ends(&[of_reply, of_request]));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_parameters() {
        let params = pager("\u{feff}{\"keyword\":\"a\",\"beginPage\":3}").params();
        assert_eq!(params.as_deref(), Some(r#"{"beginPage":3,"keyword":"a"}"#));
    }

    fn pager(params: &str) -> Pager {
        Pager::new(KeywordSearch::ENDPOINT, params.as_bytes()).unwrap()
    }

    /// What a page with these data and warnings gives.
    fn take(pager: &mut Pager, data: &str, warnings: &[[&'static str; 3]]) -> Result<Option<Vec<String>>, Error> {
        let warnings =
            warnings.iter().map(|[path, expected, found]| Warning { path: path.to_string(), expected, found });
        let reply = Reply {
            data: data.to_string(),
            request_id: Some("r-1".to_string()),
            message: None,
            develop_id: None,
            warnings: warnings.collect(),
            raw: Vec::new(),
            status: 200,
            headers: Vec::new(),
            attempts: 1,
            duration: Duration::ZERO,
        };
        let about = reply_json(&reply);
        let by_parts = pager.clone().advance(data, &about);
        let taken = pager.take(reply);
        assert_eq!(by_parts, taken.as_ref().map(Option::is_some).map_err(Error::clone), "{data}");
        taken.map(|page| page.map(|page| page.data))
    }

    fn fits(pager: &mut Pager, data: &str) -> Vec<String> {
        take(pager, data, &[]).unwrap().unwrap_or_default()
    }

    fn refused(pager: &mut Pager, data: &str, warnings: &[[&'static str; 3]]) -> (String, String) {
        let before = pager.params();
        let error = take(pager, data, warnings).unwrap_err();
        assert_eq!((error.request_id(), pager.params()), (Some("r-1"), before), "the walk stays there");
        match error {
            Error::Decode { part: ReplyPart::Value(path), reason, .. } => (path, reason),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn a_page_whose_items_stand_under_another_name_does_not_end_the_walk() {
        let mut pager = pager("{}");
        fits(&mut pager, r#"{"data":[{"offerId":"1"}]}"#);
        let (path, reason) = refused(&mut pager, r#"{"records":[{"offerId":"2"}]}"#, &[]);
        assert!(path == "data.data" && reason.contains("a list `records`"), "{path}: {reason}");
        // Beside a list that is empty, another is something else.
        assert!(fits(&mut pager.clone(), r#"{"data":[],"filters":[{"a":1}]}"#).is_empty());
        assert!(fits(&mut pager, "{}").is_empty());
        assert_eq!(pager.params(), None);
    }

    #[test]
    fn totals_count_under_other_names_too() {
        for (name, value) in [("total", 3), ("totalRecords", 3), ("totalPage", 2)] {
            let page = |ids: &[u32]| {
                let items: Vec<String> = ids.iter().map(|id| format!(r#"{{"orderId":"{id}"}}"#)).collect();
                format!(r#"{{"{name}":{value},"data":[{}]}}"#, items.join(","))
            };
            let mut early = Pager::new(crate::catalogue::find("taobao.after_sale.list").unwrap(), b"{}").unwrap();
            fits(&mut early, &page(&[1, 2]));
            let (_, reason) = refused(&mut early.clone(), r#"{"data":[]}"#, &[]);
            assert!(reason.contains("but there are 2"), "{name}: {reason}");
            fits(&mut early, &page(&[3]));
            assert_eq!(early.params(), None, "{name}");
        }
        // It may be the number of the items of this page.
        let mut pager = Pager::new(crate::catalogue::find("taobao.after_sale.list").unwrap(), b"{}").unwrap();
        fits(&mut pager, r#"{"total":2,"data":[{"currency":"a"},{"currency":"b"}]}"#);
        assert!(pager.params().is_some());
    }

    #[test]
    fn a_last_page_that_comes_again_with_other_prices_ends_the_walk() {
        let page = |price: u32| {
            format!(r#"{{"data":[{{"offerId":"1","price":"{price}"}},{{"offerId":"2","price":"{price}"}}]}}"#)
        };
        let mut search = pager("{}");
        assert_eq!(fits(&mut search, &page(1)).len(), 2);
        assert!(fits(&mut search, &page(2)).is_empty());
        assert_eq!(search.params(), None);
        // Ids may stand deeper, as in orders of 1688.
        let mut orders = Pager::new(crate::catalogue::find("alibaba.order.page").unwrap(), b"{}").unwrap();
        let page =
            |id: u32, paid: u32| format!(r#"{{"result":[{{"baseInfo":{{"id":"{id}","totalAmount":"{paid}"}}}}]}}"#);
        fits(&mut orders, &page(1, 1));
        assert_eq!(fits(&mut orders, &page(2, 1)).len(), 1);
        assert!(fits(&mut orders, &page(2, 3)).is_empty());
        assert_eq!(orders.params(), None);
    }

    #[test]
    fn pages_are_asked_for_one_after_another_until_one_is_empty() {
        let mut pager = pager(r#"{"keyword":"鞋","pageSize":2}"#);
        assert_eq!(pager.params().as_deref(), Some(r#"{"beginPage":1,"keyword":"鞋","pageSize":2}"#));
        assert_eq!(
            fits(&mut pager, r#"{"data":[{"offerId":"1"},{"offerId":"2"}]}"#),
            [r#"{"offerId":"1"}"#, r#"{"offerId":"2"}"#]
        );
        assert_eq!(pager.params().as_deref(), Some(r#"{"beginPage":2,"keyword":"鞋","pageSize":2}"#));
        assert_eq!(fits(&mut pager, r#"{"data":[{"offerId":"3"}]}"#), [r#"{"offerId":"3"}"#]);
        assert!(pager.params().is_some(), "a short page is not the end");
        assert!(fits(&mut pager, r#"{"data":[]}"#).is_empty());
        assert_eq!(pager.params(), None);
    }

    #[test]
    fn a_platform_that_repeats_its_last_page_does_not_keep_the_program() {
        let mut pager = pager(r#"{"keyword":"a"}"#);
        assert_eq!(fits(&mut pager, r#"{"data":[{"offerId":"1"}]}"#).len(), 1);
        let again = take(&mut pager, r#"{"data":[{"offerId":"1"}],"currentPage":2}"#, &[["data.pageSize", "a", "b"]]);
        assert_eq!(again.unwrap(), None, "what was shown is not shown again");
        assert_eq!(pager.params(), None);
    }

    #[test]
    fn a_list_without_end_ends_with_a_word() {
        let mut pager = pager("{}");
        for page in 1..=MAX_PAGES {
            assert_eq!(fits(&mut pager, &format!(r#"{{"data":[{page}]}}"#)).len(), 1);
        }
        let (path, reason) = refused(&mut pager, r#"{"data":[0]}"#, &[]);
        assert_eq!(path, "data.data");
        assert!(
            reason.starts_with("page 10001: 10000 pages have been walked, and there are more; begin at"),
            "{reason}"
        );
    }

    #[test]
    fn a_walk_can_be_resumed_at_its_page() {
        let mut first = pager(r#"{"keyword":"a","beginPage":7}"#);
        fits(&mut first, r#"{"data":[1]}"#);
        let resumed = pager(&format!(r#"{{"keyword":"a","beginPage":{}}}"#, first.page()));
        assert_eq!(resumed.params(), first.params());
        assert_eq!(resumed.page(), 8);
    }

    #[test]
    fn only_a_list_that_the_platform_wrote_empty_is_the_end() {
        for data in ["null", "{}", r#"{"data":null}"#, r#"{"data":[]}"#] {
            let mut pager = pager("{}");
            assert!(fits(&mut pager, data).is_empty(), "{data}");
            assert_eq!(pager.params(), None, "{data}");
        }
        let mut in_text = pager("{}");
        let page = take(&mut in_text, r#"{"data":[]}"#, &[["data.data", "a list", "text that holds JSON"]]);
        assert_eq!((page.unwrap(), in_text.params()), (Some(Vec::new()), None), "its warning is shown");
    }

    #[test]
    fn what_cannot_be_read_is_no_end() {
        for (data, warning) in [
            (r#"{"data":null}"#, ["data.data", "a list", "a number"]),
            (r#"{"data":[]}"#, ["data.data[0]", "an object", "text"]),
            ("null", ["data", "an object", "text"]),
            (r#"{"data":null}"#, ["", "at most 100 warnings", "more, which are left out"]),
        ] {
            let mut pager = pager(r#"{"beginPage":2}"#);
            let (path, reason) = refused(&mut pager, data, &[["data.pageSize", "a whole number", "text"], warning]);
            let [_, expected, found] = warning;
            let words = format!(
                "page 2: expected {expected}, found {found}; begin at page 2 to go on there, or at 3 behind it"
            );
            assert_eq!((path.as_str(), reason), ("data.data", words));
        }
        let mut pager = pager("{}");
        let rest = take(&mut pager, r#"{"data":[1]}"#, &[["data.data[1]", "an object", "text"]]).unwrap();
        assert_eq!(rest.unwrap(), ["1"], "what fits is shown, with its warnings");
    }

    #[test]
    fn a_walk_that_ends_before_the_totals_say_tells_so() {
        for (params, first, end, field, words) in [
            ("{}", r#"{"totalPage":3,"data":[1]}"#, r#"{"data":[]}"#, "totalPage", "is empty, but there are 3"),
            ("{}", r#"{"totalPage":3,"data":[1]}"#, r#"{"data":[1]}"#, "totalPage", "repeats the one before, but"),
            (
                "{}",
                r#"{"totalRecords":5,"data":[1,2]}"#,
                r#"{"totalRecords":0}"#,
                "totalRecords",
                "is empty, but there are 3",
            ),
            (
                r#"{"pageSize":2}"#,
                r#"{"totalRecords":3,"data":[1]}"#,
                r#"{"data":null}"#,
                "totalRecords",
                "there are 2",
            ),
        ] {
            let mut pager = pager(params);
            assert!(!fits(&mut pager, first).is_empty(), "{first}");
            let (path, reason) = refused(&mut pager, end, &[]);
            assert_eq!(path, format!("data.{field}"));
            assert!(reason.starts_with("page 2: the page ") && reason.contains(words), "{reason}");
        }
    }

    #[test]
    fn a_walk_does_not_go_on_beyond_the_totals() {
        for (params, pages) in [
            ("{}", &[r#"{"totalPage":2,"data":[1]}"#, r#"{"totalPage":2,"data":[2]}"#][..]),
            ("{}", &[r#"{"totalRecords":3,"data":[1,2]}"#, r#"{"totalRecords":3,"data":[3]}"#]),
            // Fewer items than were asked for, so more pages than that would make.
            (r#"{"pageSize":500}"#, &[r#"{"totalPage":1,"totalRecords":4,"data":[1,2]}"#, r#"{"data":[3,4]}"#]),
            (r#"{"beginPage":0}"#, &[r#"{"totalPage":2,"data":[1]}"#, r#"{"data":[2]}"#]),
            (r#"{"beginPage":9}"#, &[r#"{"totalPage":2,"data":[1]}"#]),
        ] {
            let mut pager = pager(params);
            for page in pages {
                assert!(pager.params().is_some(), "{page}");
                assert!(!fits(&mut pager, page).is_empty(), "{page}");
            }
            assert_eq!(pager.params(), None, "{params}");
        }
        // A filtered page, and a client that counts from 0: the end comes when it is due.
        for (params, page) in
            [(r#"{"pageSize":2,"beginPage":2}"#, r#"{"totalRecords":3}"#), (r#"{"beginPage":0}"#, "{}")]
        {
            let mut pager = pager(params);
            if params.contains('0') {
                fits(&mut pager, r#"{"totalRecords":1,"data":[1]}"#);
            } else {
                pager.page += 1;
            }
            assert!(pager.params().is_none() || fits(&mut pager, page).is_empty());
            assert_eq!(pager.params(), None, "{params}");
        }
    }

    #[test]
    fn totals_are_whole_numbers_of_the_reply() {
        for row in crate::catalogue::ENDPOINTS {
            let Some(paging) = row.paging else { continue };
            let Kind::Object(schema) = row.reply else { panic!("{}", row.id) };
            for name in [paging.total, paging.pages].into_iter().flatten() {
                let field = schema.fields.iter().find(|field| field.name() == name);
                assert!(field.is_some_and(|field| matches!(field.kind, Kind::Int)), "{} {name}", row.id);
            }
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
