//! How a seller is rated.

use crate::api::prelude::*;

/// How a product's seller is rated. The fields are those of 1688's own API, which writes all scores and shares as
/// text; their scales are not published.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SellerScores {
    /// Level of the seller's medal.
    pub trade_medal_level: Option<String>,
    /// Score of the service as a whole.
    pub composite_service_score: Option<String>,
    /// Score of shipping.
    pub logistics_experience_score: Option<String>,
    /// Score of how disputes are handled.
    pub dispute_complaint_score: Option<String>,
    /// Score of the goods.
    pub offer_experience_score: Option<String>,
    /// Score of how enquiries are answered.
    pub consulting_experience_score: Option<String>,
    /// Share of buyers who buy again.
    pub repeat_purchase_percent: Option<String>,
    /// Score of after-sale service.
    pub after_sales_experience_score: Option<String>,
    /// Share of parcels picked up within 48 hours, over 30 days; in the product's details only.
    pub collect30_day_within48_h_percent: Option<String>,
    /// Share of refunds for bad quality, over 30 days; in the product's details only.
    pub quality_refund_within30_day: Option<String>,
    /// Years for which the seller has been a paying member (TrustPass); in searches only.
    pub tp_year: Option<i64>,
}
