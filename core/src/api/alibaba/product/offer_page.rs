//! A page of products.

use super::OfferSummary;
use crate::api::prelude::*;

/// A page of products. The names of the page's own fields are published for the second version of the search.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OfferPage {
    /// Products found, over all pages.
    pub total_records: Option<i64>,
    /// Number of pages.
    pub total_page: Option<i64>,
    /// Products per page.
    pub page_size: Option<i64>,
    /// Number of this page.
    pub current_page: Option<i64>,
    /// The products of this page.
    pub data: Vec<OfferSummary>,
}
