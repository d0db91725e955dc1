//! What shipping goods overseas would cost.

use super::{FreightInfo, OverseasReceiver};
use crate::api::prelude::*;

/// Order overseas freight preview.
///
/// Previews the freight of goods from the warehouse in China to a recipient overseas. Booking the freight takes the
/// id of a preview, presumably from this reply. The reply is not published; it is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "warehouse.preview_freight",
    post = "/open/pp/logistics/orderRenderFreight",
    safety = Read,
    evidence(path = Sister, request = Published, reply = Inferred),
    reply = Option<Any>,
    signed_query,
    example = r#"{
        "receiverAddress": {"name":"Ann Example","email":"ann@example.com","phone":"5550100","mobilePhone":"5550100",
            "address":"1 Example Street","country":"US","city":"Los Angeles","zip":"90001","state":"California"},
        "renderItems": [
            {"itemId":"2048020617114736","skuId":"413185732720","quantity":1,
             "freightInfo":{"serviceId":"1","companyName":"","serviceCategory":""},"currency":"CNY","price":"100"},
            {"itemId":"2048232789087639","skuId":"4970432383383","quantity":2,
             "freightInfo":{"serviceId":"2","companyName":"","serviceCategory":""},"currency":"CNY","price":"100"}
        ]
    }"#,
    sources = [
        "https://doc-en-ka.xportcn.com/api-338074933",
        "https://doc-env2.pandapon.com/api-289121053",
        "https://doc.pandapon.com/api-250313135",
    ],
)]
pub struct PreviewFreight {
    /// Recipient overseas.
    pub receiver_address: Option<OverseasReceiver>,
    /// Goods to ship.
    pub render_items: Option<Vec<RenderItem>>,
}

/// Goods whose freight is previewed.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RenderItem {
    /// Id of the item.
    pub item_id: Id,
    /// Id of the SKU.
    pub sku_id: Id,
    /// Number of pieces.
    pub quantity: i64,
    /// Freight service that was chosen.
    pub freight_info: FreightInfo,
    /// Currency of the price; the values are not published. Published as required, but absent from the page's example.
    pub currency: String,
    /// Price; the unit is not published. Published as required, but absent from the page's example.
    #[wire(text)]
    pub price: Amount,
}
