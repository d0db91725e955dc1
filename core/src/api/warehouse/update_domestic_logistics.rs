//! Tells which parcels are on their way to the warehouse.

use crate::api::prelude::*;

/// Update domestic logistics information.
///
/// States by which domestic parcels the goods of an international logistics order reach the warehouse. The reply is
/// not published; it is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "warehouse.update_domestic_logistics",
    post = "/open/pp/logistics/updateLogisticInfo",
    safety = Write,
    evidence(path = Reference, request = Published, reply = Inferred),
    effect = crate::api::warehouse::effects::UPDATE,
    reply = Option<Any>,
    signed_query,
    example = r#"{
        "orderId": "21",
        "tmallOrderId": "12345667",
        "logisticInfos": [{
            "lineItem": {"itemId":"2048020617114736","skuId":"413185732720","quantity":1,"title":"Wallet",
                "imageUrl":"https://example.com/wallet.jpg"},
            "logisticNumber": "FARJP2408000013YQ",
            "domesticLogisticInfo": [
                {"logisticNumber":"SF1234521212678","logisticCompanyName":"顺丰速运","rtsTime":1754342534}
            ]
        }]
    }"#,
    sources = ["https://doc-en-ka.xportcn.com/api-338074934", "https://doc.pandapon.com/api-250313136"],
)]
pub struct UpdateDomesticLogistics {
    /// Id of the logistics order.
    pub order_id: Option<Id>,
    /// Id of the order on the marketplace.
    pub tmall_order_id: Option<Id>,
    /// The parcels, one entry for each line of goods.
    pub logistic_infos: Option<Vec<LogisticInfo>>,
}

/// The parcels of one line of goods.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct LogisticInfo {
    /// The goods. The fields are known from an example.
    pub line_item: Option<ParcelItem>,
    /// International waybill number, by the published example. The wire calls it `logisticNumer`.
    #[wire("logisticNumer")]
    pub logistic_number: Option<String>,
    /// Domestic parcels.
    pub domestic_logistic_info: Option<Vec<DomesticParcel>>,
}

/// Goods in the parcels.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ParcelItem {
    /// Id of the item.
    pub item_id: Option<Id>,
    /// Id of the SKU.
    pub sku_id: Option<Id>,
    /// Number of pieces.
    pub quantity: Option<i64>,
    /// Title.
    pub title: Option<String>,
    /// URL of the picture.
    pub image_url: Option<String>,
}

/// A parcel to the warehouse. The platform's own name for it is InnerLogisticInfoTO; its fields are known from an
/// example.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct DomesticParcel {
    /// Domestic waybill number. The wire calls it `logisticNumer`.
    #[wire("logisticNumer")]
    pub logistic_number: Option<String>,
    /// Name of the carrier.
    pub logistic_company_name: Option<String>,
    /// Seconds since 1970, by the published example; which moment is meant is not told, by its name the shipment.
    #[wire(text)]
    pub rts_time: Option<i64>,
}
