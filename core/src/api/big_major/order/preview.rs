//! What an order of a big buyer would cost.

use crate::alibaba::order::{CargoLine, DeliveryAddress};
use crate::api::prelude::*;

/// Order preview (the preview interface needs to be called before creating an order).
///
/// Freight and totals of an order. The fields are those of the page of the same title in the vendor's manual for key
/// accounts; it does not say which of them are required. The path of this row is named after its neighbours.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "big_major.order.preview",
    post = "/alibaba/ka/order/create/preview",
    safety = Read,
    evidence(path = Inferred, request = Published, reply = PublishedInPart),
    reply = Vec<PricedOrder>,
    example = r#"{"flow":"fenxiaonew","addressParam":{"fullName":"test","mobile":"13800000000","phone":"","postCode":"532600","cityText":"崇左市","provinceText":"广西壮族自治区","areaText":"凭祥市区","townText":"凭祥镇","address":"测试","districtCode":"451481"},"cargoParamList":[{"offerId":"889512351602","specId":"530ad00177264564503ec3b848650652","quantity":"2.0"}]}"#,
    sources = ["https://doc-en-ka.xportcn.com/api-338074941", "https://doc-en.xportcn.com/api-337775950"],
)]
pub struct Preview {
    /// On an older version of the page only; the meaning is not published.
    pub ali_id: Option<Id>,
    /// Flow of the order; the page's sample has `fenxiaonew`.
    pub flow: Option<String>,
    /// The developer's own id of the order, by its name; on an older version of the page only.
    pub out_order_id: Option<Id>,
    /// Where to deliver, inside China.
    pub address_param: DeliveryAddress,
    /// The lines; at least one.
    pub cargo_param_list: Vec<CargoLine>,
}

/// What an order would cost. Amounts are presumably in fen; the page does not name the unit.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PricedOrder {
    /// Freight.
    pub sum_carriage: Option<Amount>,
    /// Goods and freight.
    pub sum_payment: Option<Amount>,
    /// Grand total; in the page's sample it is more than goods and freight, and the page does not say why.
    pub sum_total_payment: Option<Amount>,
    /// Goods without freight.
    pub sum_payment_no_carriage: Option<Amount>,
    /// The lines.
    #[wire("orderItemTOList")]
    pub order_item_to_list: Vec<PricedLine>,
}

/// A line of an order that would arise. Amounts are in the unit of the order's.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PricedLine {
    /// Total of the line.
    pub amount: Option<Amount>,
    /// Remark of 1688; none in the page's sample.
    pub message: Option<String>,
    /// Price of one piece after promotions.
    pub final_unit_price: Option<Amount>,
    /// Variant, as order lines name it.
    pub spec_id: Option<Id>,
    /// Variant.
    pub sku_id: Option<Id>,
    /// Product.
    pub offer_id: Option<Id>,
    /// Product, as an encrypted id.
    pub open_offer_id: Option<Id>,
}
