//! Where an order's parcels are.

use crate::api::prelude::*;

/// Get logistics tracking information for orders.
///
/// Where the parcels of an order have been. Path and fields of this row are not published: the path is named after
/// its neighbours, and the fields are those of 1688's own API, which it likely stands for.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.order.logistics_trace",
    get = "/alibaba/order/logistics/trace",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = LogisticsTraceReply,
    example = r#"{"orderId":"2542285634920880794","webSite":"1688"}"#,
    sources = ["https://doc-en.pandapon.com/api-263477646", "https://doc-env2.pandapon.com/api-289121036"],
)]
pub struct LogisticsTrace {
    /// Order.
    pub order_id: Option<Id>,
    /// Site of the order: `1688`.
    pub web_site: Option<String>,
    /// Fields that are not known here, for example `logisticsId` of 1688's own API; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}

/// Where the parcels of an order have been. The fields are those of 1688's own API; whether the platform answers with
/// all of it or with the list only is not published.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct LogisticsTraceReply {
    /// The parcels.
    pub logistics_trace: Vec<ParcelTrace>,
    /// Why there is no answer. 1688's own: `404` nothing found, `order.nopermission.buyer` not the buyer's order,
    /// `order.createtime.history` older than a year.
    pub error_code: Option<String>,
    /// Why there is no answer, in words.
    pub error_message: Option<String>,
    /// Whether there is an answer.
    pub success: Option<bool>,
    /// The parcels on their way abroad.
    #[wire("crossPackageFulfillmentDTO")]
    pub cross_package_fulfillment_dto: Vec<CrossBorderTrace>,
}

/// Where a parcel has been.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ParcelTrace {
    /// Shipment, for example `LP00106397027178`.
    pub logistics_id: Option<Id>,
    /// Order.
    pub order_id: Option<Id>,
    /// Number of the waybill.
    pub logistics_bill_no: Option<String>,
    /// Its steps.
    pub logistics_steps: Vec<TraceStep>,
}

/// A step of a parcel.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct TraceStep {
    /// When it happened.
    pub accept_time: Option<Time>,
    /// What happened, in Chinese.
    pub remark: Option<String>,
}

/// Where a parcel has been on its way abroad.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct CrossBorderTrace {
    /// Number of the waybill abroad.
    pub cross_mail_no: Option<String>,
    /// Order.
    pub order_id: Option<Id>,
    /// Its steps; the fields are not published.
    #[wire("crossPackageTraceDTOList")]
    pub cross_package_trace_dto_list: Vec<Any>,
}
