//! A promotion that runs on a product.

use crate::api::prelude::*;

/// Whether a promotion runs on a product. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Promotion {
    /// Whether a promotion runs.
    pub has_promotion: Option<bool>,
    /// Kind of promotion, for example `plus`; the other values are not published.
    pub promotion_type: Option<String>,
}
