//! What shipping one SKU overseas would cost.

use super::OverseasReceiver;
use crate::api::prelude::*;

/// Please refer to the estimated overseas freight.
///
/// Estimates the freight of one SKU from the warehouse in China to a recipient overseas. The request is published for
/// the second version of a sister brand; this path is written without the version. The reply is not published; it is
/// given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "warehouse.estimate_freight",
    post = "/open/pp/logistics/itemLogisticsPrice",
    safety = Read,
    evidence(path = SisterV2, request = Published, reply = Inferred),
    reply = Option<Any>,
    signed_query,
    example = r#"{
        "itemId": "2048232789087639",
        "skuId": "4970432383383",
        "receiverAddress": {"name":"Ann Example","email":"ann@example.com","phone":"5550100","mobilePhone":"5550100",
            "address":"1 Example Street","country":"US","city":"Los Angeles","zip":"90001","state":"California"},
        "quantity": 1,
        "currency": "CNY",
        "price": "100"
    }"#,
    sources = ["https://doc-en-ka.xportcn.com/api-338074933", "https://doc-env2.pandapon.com/api-289121052"],
)]
pub struct EstimateFreight {
    /// Id of the item.
    pub item_id: Id,
    /// Id of the SKU.
    pub sku_id: Id,
    /// Recipient overseas.
    pub receiver_address: OverseasReceiver,
    /// Number of pieces.
    pub quantity: i64,
    /// Currency of the price; the values are not published. Published as required, but absent from the page's example.
    pub currency: String,
    /// Price; the unit is not published. Published as required, but absent from the page's example.
    #[wire(text)]
    pub price: Amount,
}
