//! The message that a parcel has come into the warehouse.

use crate::api::message::{Push, pushes};
use crate::api::prelude::*;
use crate::endpoint::FieldEvidence::{Inferred, Published};

pushes! {
    /// Parcel inbound callback.
    ///
    /// A parcel has come into the warehouse and was inspected. The page is the key-account manual's, is marked as in
    /// development, and shows the content without the envelope of other messages.
    pub static PACKAGE_INBOUND: PackageInbound = {
        id: "big_major.push.package_inbound",
        platform: None,
        types: [],
        otherwise: None,
        evidence: (Published, Inferred),
        example: r#"{"out_order_id":"205569999001","alibaba_order_id":"2887421737338134260","logistics_tracking_number":"YT7565691026776","quality_inspection_info":{"status":"质检通过","weight":0.4,"length":23,"width":"34","height":56,"failed_remark":"白色领口有污点","images":["https://example.com/1.jpg"]}}"#,
        sources: ["https://doc-en-ka.xportcn.com/api-339881548"],
    };
}

/// A parcel that has come into the warehouse.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PackageInbound {
    /// The developer's own order.
    #[wire("out_order_id")]
    pub out_order_id: Option<Id>,
    /// 1688 order.
    #[wire("alibaba_order_id")]
    pub alibaba_order_id: Option<Id>,
    /// Waybill number of the domestic parcel.
    #[wire("logistics_tracking_number")]
    pub logistics_tracking_number: Option<String>,
    /// What the inspection found.
    #[wire("quality_inspection_info")]
    pub quality_inspection: Option<QualityInspection>,
}

/// What the inspection of a parcel found.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct QualityInspection {
    /// The result, in Chinese words.
    pub status: Option<String>,
    /// Weight; the unit is not published.
    pub weight: Option<f64>,
    /// Length; the unit is not published.
    pub length: Option<f64>,
    /// Width; the unit is not published.
    pub width: Option<f64>,
    /// Height; the unit is not published.
    pub height: Option<f64>,
    /// Why it failed, if it did.
    #[wire("failed_remark")]
    pub failed_remark: Option<String>,
    /// Addresses of pictures.
    pub images: Vec<String>,
}
