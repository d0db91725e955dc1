//! Where the parcels of a sub-order are.

use crate::api::prelude::*;
use crate::taobao::LogisticsStatus;

/// Get logistics details.
///
/// The parcels of a purchase sub-order, with their tracking events.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.logistics",
    get = "/open/order/logistics/detail/get",
    safety = Read,
    evidence(path = Sister, request = Published, reply = Published),
    reply = LogisticsReply,
    example = r#"{"subPurchaseOrderId":"200033789041"}"#,
    sources = ["https://doc-cnv2.pandapon.com/api-288535324", "https://doc.pandapon.com/api-250313082"],
)]
pub struct Logistics {
    /// Purchase sub-order, as the creation and the list of orders give it.
    pub sub_purchase_order_id: Id,
}

/// The parcels of a sub-order.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct LogisticsReply {
    /// Id of the sub-order on Taobao.
    pub purchase_order_outer_id: Option<Id>,
    /// The parcels.
    pub pnm_logistics_details: Vec<Parcel>,
}

/// A parcel.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Parcel {
    /// Waybill number.
    pub mail_no: Option<String>,
    /// State of the parcel (upstream).
    #[wire(upstream)]
    pub logistics_status: Option<LogisticsStatus>,
    /// State of the parcel in words (upstream).
    #[wire(upstream)]
    pub logistics_desc: Option<String>,
    /// Pieces in the parcel (upstream).
    #[wire(upstream)]
    pub goods_number: Option<i64>,
    /// Tracking events.
    pub logistics_traces: Vec<ParcelTrace>,
    /// Carriers.
    pub logistics_partner: Vec<Carrier>,
    /// Recipient of the parcel.
    pub receiver: Option<ParcelReceiver>,
    /// Goods in the parcel.
    pub logistics_goods: Vec<ParcelGoods>,
}

/// A tracking event of a parcel.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ParcelTrace {
    /// State of the parcel in words, as `运输中`.
    pub status_desc: Option<String>,
    /// Province.
    pub province: Option<String>,
    /// City.
    pub city: Option<String>,
    /// District.
    pub district: Option<String>,
    /// What the carrier did: `TMS_STATION_IN`, arrived at a station; `TMS_STATION_OUT`, left one. Others occur.
    pub action: Option<String>,
    /// Station or other facility.
    pub facility_name: Option<String>,
    /// When it happened; Beijing time on the wire.
    pub time: Option<Time>,
    /// The event in words. The wire calls it `standerdDesc`.
    #[wire("standerdDesc")]
    pub standard_desc: Option<String>,
    /// State of the parcel; the values but `TRANSPORT` are those of the upstream.
    pub status: Option<LogisticsStatus>,
    /// City where the parcel goes next.
    pub next_city: Option<String>,
    /// Station where the parcel goes next.
    pub next_node_name: Option<String>,
}

/// A carrier of a parcel.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Carrier {
    /// URL of the logo.
    pub company_image_url: Option<String>,
    /// Name.
    pub company: Option<String>,
    /// How to reach the carrier.
    pub company_contact: Option<String>,
}

/// The recipient of a parcel.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ParcelReceiver {
    /// Postal code.
    pub zip_code: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Province.
    pub province: Option<String>,
    /// City.
    pub city: Option<String>,
    /// District.
    pub district: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Name.
    pub name: Option<String>,
}

/// Goods in a parcel.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ParcelGoods {
    /// Title.
    pub title: Option<String>,
    /// Properties of the SKU, in words.
    pub property: Option<String>,
    /// URL of the picture.
    pub image_url: Option<String>,
    /// Number of pieces.
    pub quantity: Option<i64>,
}
