//! A page of orders.

use super::OrderDetail;
use crate::api::prelude::*;

/// A page of orders. The fields are those of 1688's own API; they are also read under the names that this API's
/// searches use.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OrderPage {
    /// The orders of this page.
    #[wire(alias = "data")]
    pub result: Vec<OrderDetail>,
    /// Orders found, over all pages.
    #[wire(alias = "totalRecords")]
    pub total_record: Option<i64>,
    /// Why there is no answer, as a code.
    pub error_code: Option<String>,
    /// Why there is no answer, in words.
    pub error_message: Option<String>,
}
