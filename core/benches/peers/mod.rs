//! What one would write by hand: the same calls with `format!`, md-5 and serde_json, and the same reply as plain
//! structs. The measure for the core, in the same run.
#![allow(dead_code, reason = "the fields are there to be read into")]

use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};
use std::path::Path;
use xportcn_core::Response;
use xportcn_core::taobao::after_sale;

/// A signed POST of `taobao.after_sale.render`, by hand.
pub struct HandWritten {
    pub access_key: String,
    pub access_secret: String,
    pub user_id: String,
    pub base_url: String,
}

pub struct HandWrittenRequest {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Render<'a> {
    pub sub_order_id: &'a str,
    pub goods_status: i64,
    pub refund_type: i64,
}

/// An order of several lines, by hand.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    pub flow: String,
    pub message: Option<String>,
    pub trade_type: Option<String>,
    pub address_param: Address,
    pub cargo_param_list: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    pub full_name: Option<String>,
    pub mobile: Option<String>,
    pub phone: Option<String>,
    pub post_code: Option<String>,
    pub city_text: Option<String>,
    pub province_text: Option<String>,
    pub area_text: Option<String>,
    pub town_text: Option<String>,
    pub address: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    pub offer_id: String,
    pub spec_id: Option<String>,
    pub quantity: String,
}

/// A file of the inputs of every host's benchmark.
pub fn input(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench/inputs").join(name);
    std::fs::read(&path).unwrap_or_else(|_| panic!("{name} is not there: python3 tests/bench/inputs.py writes it"))
}

/// The parameters in such a file, as JSON.
pub fn params(name: &str) -> String {
    let file: serde_json::Value = serde_json::from_slice(&input(name)).unwrap();
    file["params"].to_string()
}

/// The same call for the core.
pub fn render_call() -> after_sale::Render {
    after_sale::Render { sub_order_id: "1034499579120189839".into(), goods_status: 1, refund_type: 1 }
}

/// A short answer to it, with the headers that answers have.
pub fn render_response() -> Response {
    let header = |name: &str, value: &str| (name.to_string(), value.to_string());
    let headers = vec![
        header("content-type", "application/json;charset=UTF-8"),
        header("date", "Tue, 14 Nov 2023 22:13:20 GMT"),
        header("server", "nginx"),
    ];
    let body =
        r#"{"code":200,"msg":"success","requestId":"4cfda0b7","data":{"currency":"CNY","distributorId":"20001"}}"#;
    Response { status: 200, headers, body: body.as_bytes().to_vec() }
}

/// The hand-written client with the sandbox's account.
pub fn client() -> HandWritten {
    HandWritten {
        access_key: "sandbox-key".into(),
        access_secret: "sandbox-secret".into(),
        user_id: "sandbox-user".into(),
        base_url: "https://www.xportcn.com/api".into(),
    }
}

impl HandWritten {
    pub fn post(&self, path: &str, call: &impl Serialize, now_ms: u64, nonce: &str) -> HandWrittenRequest {
        let timestamp = format!("{}", now_ms / 1000);
        let text = format!("{}{}{}{}", self.access_key, timestamp, nonce, self.access_secret);
        let signature: String = Md5::digest(text).iter().map(|byte| format!("{byte:02X}")).collect();
        HandWrittenRequest {
            url: format!("{}{path}", self.base_url),
            headers: vec![
                ("access-key", self.access_key.clone()),
                ("timestamp", timestamp),
                ("nonce-str", nonce.to_string()),
                ("user-id", self.user_id.clone()),
                ("signature", signature),
                ("accept", "application/json".to_string()),
                ("content-type", "application/json".to_string()),
            ],
            body: serde_json::to_vec(call).unwrap(),
        }
    }
}

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

/// A reply to a keyword search of at least `bytes` bytes, in the shape and proportions of real ones: each item is some
/// 2 KB of URLs, two titles, prices as text and many small fields.
pub fn search_reply(bytes: usize) -> Vec<u8> {
    let mut items = String::new();
    let mut count = 0u64;
    while items.len() + 200 < bytes {
        if count > 0 {
            items.push(',');
        }
        items.push_str(&item(count));
        count += 1;
    }
    format!(
        "{{\"requestId\":\"4cfda0b725184ab8a1e3ee3b9051ec35\",\"code\":200,\"developId\":\"1014533973088404335\",\
         \"msg\":\"成功\",\"data\":{{\"totalRecords\":2000,\"totalPage\":100,\"pageSize\":{count},\"currentPage\":1,\
         \"data\":[{items}]}}}}"
    )
    .into_bytes()
}

/// One product; its fields stand in the order in which the published page lists them.
const ITEM: &str = r#"{"imageUrl":"https://cbu01.alicdn.com/img/ibank/O1CN01fH0cbf2JsW8fvHFwx_!!{id}-0-cib.jpg","subject":"新款男鞋春季透气运动鞋休闲跑步鞋{n}","subjectTrans":"New men's shoes spring breathable sports shoes casual running shoes {n}","offerId":{id},"isJxhy":true,"priceInfo":{"price":"{price}","jxhyPrice":null,"pfJxhyPrice":null,"consignPrice":"{price}","promotionPrice":"{price}"},"repurchaseRate":"{percent}%","monthSold":{sold},"traceInfo":"object_id@{id}^object_type@offer^trace@2150454617198231{n}e^keyword@5pen6Z6L","isOnePsale":true,"offerIdentities":["select","manufacturer"],"isPatentProduct":false,"createDate":"2024-03-11 10:22:45","modifyDate":"2024-08-01 12:00:00","isSelect":true,"token":"f4a7c1d2e3b4{n}","promotionURL":"https://detail.1688.com/offer/{id}.html?fromkv=refer:B2BXM2024&source=action%23offerItem","aigcImageUrl":null,"sellerIdentities":["super_factory","tp_member"],"tradeScore":"4.8","promotionModel":{"hasPromotion":true,"promotionType":"plus"},"topCategoryId":1038378,"secondCategoryId":122698004,"thirdCategoryId":1042954,"minOrderQuantity":2,"sellerDataInfo":{"tradeMedalLevel":"5","compositeServiceScore":"4.5","logisticsExperienceScore":"4.2","disputeComplaintScore":"4.0","offerExperienceScore":"3.9","afterSalesExperienceScore":"4.4","consultingExperienceScore":"4.1","repeatPurchasePercent":"0.5172","tpYear":8},"productSimpleShippingInfo":{"shippingTimeGuarantee":"shipIn48Hours","perfectFulfillmentRate30d":"0.98","pickupWithin24hRate30d":"0.87","qualityReturnRate30d":"0.01","perfectFulfillmentRate7d":"0.97","pickupWithin24hRate7d":"0.88","delayedShippingRate7d":"0.02"},"sales7d":"120","productTradeInfo":{"addCartCount7d":"340","payBuyerCount7d":"96","addCartCount30d":"1204","payBuyerCount30d":"377"},"invoiceInfo":{"supportOnlineInvoice":true,"supportFastInvoice":false,"invoiceTypes":["normal","special"],"taxpayerType":"general"},"whiteImage":"https://cbu01.alicdn.com/img/ibank/O1CN01whitebf2JsW8fvHFwx_!!{id}-0-cib.jpg"}"#;

fn item(n: u64) -> String {
    let cents = 100 + n * 37 % 9900;
    ITEM.replace("{id}", &(706_627_393_257 + n * 7919).to_string())
        .replace("{price}", &format!("{}.{:02}", cents / 10, cents % 100))
        .replace("{percent}", &(n % 100).to_string())
        .replace("{sold}", &(n * 13 % 5000).to_string())
        .replace("{n}", &n.to_string())
}
