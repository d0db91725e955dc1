//! The reply to a keyword search as plain structs.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reply<T> {
    pub code: i64,
    pub msg: Option<String>,
    pub request_id: Option<String>,
    pub data: T,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    pub total_records: Option<i64>,
    pub total_page: Option<i64>,
    pub page_size: Option<i64>,
    pub current_page: Option<i64>,
    pub data: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub image_url: Option<String>,
    pub subject: Option<String>,
    pub subject_trans: Option<String>,
    pub offer_id: Option<u64>,
    pub is_jxhy: Option<bool>,
    pub price_info: Option<PriceInfo>,
    pub repurchase_rate: Option<String>,
    pub month_sold: Option<i64>,
    pub trace_info: Option<String>,
    pub is_one_psale: Option<bool>,
    pub offer_identities: Option<Vec<String>>,
    pub is_patent_product: Option<bool>,
    pub create_date: Option<String>,
    pub modify_date: Option<String>,
    pub is_select: Option<bool>,
    pub token: Option<String>,
    #[serde(rename = "promotionURL")]
    pub promotion_url: Option<String>,
    pub aigc_image_url: Option<String>,
    pub seller_identities: Option<Vec<String>>,
    pub trade_score: Option<String>,
    pub promotion_model: Option<PromotionModel>,
    pub top_category_id: Option<u64>,
    pub second_category_id: Option<u64>,
    pub third_category_id: Option<u64>,
    pub min_order_quantity: Option<i64>,
    pub seller_data_info: Option<SellerData>,
    pub product_simple_shipping_info: Option<Shipping>,
    pub sales7d: Option<String>,
    pub product_trade_info: Option<Trade>,
    pub invoice_info: Option<Invoice>,
    pub white_image: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PriceInfo {
    pub price: Option<String>,
    pub jxhy_price: Option<String>,
    pub pf_jxhy_price: Option<String>,
    pub consign_price: Option<String>,
    pub promotion_price: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PromotionModel {
    pub has_promotion: Option<bool>,
    pub promotion_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SellerData {
    pub trade_medal_level: Option<String>,
    pub composite_service_score: Option<String>,
    pub logistics_experience_score: Option<String>,
    pub dispute_complaint_score: Option<String>,
    pub offer_experience_score: Option<String>,
    pub after_sales_experience_score: Option<String>,
    pub consulting_experience_score: Option<String>,
    pub repeat_purchase_percent: Option<String>,
    pub tp_year: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shipping {
    pub shipping_time_guarantee: Option<String>,
    pub perfect_fulfillment_rate30d: Option<String>,
    pub pickup_within24h_rate30d: Option<String>,
    pub quality_return_rate30d: Option<String>,
    pub perfect_fulfillment_rate7d: Option<String>,
    pub pickup_within24h_rate7d: Option<String>,
    pub delayed_shipping_rate7d: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trade {
    pub add_cart_count7d: Option<String>,
    pub pay_buyer_count7d: Option<String>,
    pub add_cart_count30d: Option<String>,
    pub pay_buyer_count30d: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invoice {
    pub support_online_invoice: Option<bool>,
    pub support_fast_invoice: Option<bool>,
    pub invoice_types: Option<Vec<String>>,
    pub taxpayer_type: Option<String>,
}
