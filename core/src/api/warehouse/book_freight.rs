//! Orders the shipment of goods overseas.

use super::{FreightInfo, OverseasReceiver};
use crate::api::prelude::*;

/// Create international logistics orders.
///
/// Books the freight that was previewed before, from the warehouse in China to the recipient overseas. The reply is
/// not published; it is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "warehouse.book_freight",
    post = "/open/pp/logistics/orderBookingFreight",
    safety = Write,
    evidence(path = Reference, request = Published, reply = Inferred),
    effect = crate::api::warehouse::effects::BOOK,
    reply = Option<Any>,
    signed_query,
    example = r#"{
        "renderId": "FF2024080200007",
        "receiverAddress": {"name":"Ann Example","email":"ann@example.com","phone":"5550100","mobilePhone":"5550100",
            "address":"1 Example Street","country":"US","city":"Los Angeles","zip":"90001","state":"California"},
        "lineItems": [
            {"itemId":"2048020617114736","skuId":"413185732720","quantity":1,"title":"Wallet",
             "imageUrl":"https://example.com/wallet.jpg",
             "freightInfo":{"serviceId":"1","companyName":"","serviceCategory":""}},
            {"itemId":"2048232789087639","skuId":"4970432383383","quantity":2,"title":"Dress",
             "imageUrl":"https://example.com/dress.jpg",
             "freightInfo":{"serviceId":"2","companyName":"","serviceCategory":""}}
        ],
        "tmallOrderInfo": {"tmallOrderId":"123123444"}
    }"#,
    sources = ["https://doc-en-ka.xportcn.com/api-338074933", "https://doc.pandapon.com/api-250313137"],
)]
pub struct BookFreight {
    /// Id of the freight preview, as `FF2024080200007`.
    pub render_id: Option<Id>,
    /// Recipient overseas.
    pub receiver_address: Option<OverseasReceiver>,
    /// Goods to ship.
    pub line_items: Option<Vec<LineItem>>,
    /// Order on the marketplace from which the goods come.
    pub tmall_order_info: Option<TmallOrderInfo>,
    /// Remark. The public page does not show whether it belongs here or into the order on the marketplace.
    pub remark: Option<String>,
}

/// Goods to ship.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct LineItem {
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
    /// Freight service that was chosen.
    pub freight_info: Option<FreightInfo>,
    /// Currency of the price; the values are not published.
    pub currency: Option<String>,
    /// Price; the unit is not published.
    #[wire(text)]
    pub price: Option<Amount>,
}

/// An order on the marketplace. The platform's own name for it is TmallOrderInfoTO.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct TmallOrderInfo {
    /// Id of the order on the marketplace.
    pub tmall_order_id: Option<Id>,
    /// Remark. The public page does not show whether it belongs here or beside the order.
    pub remark: Option<String>,
}
