//! Creates an order of a big buyer.

use crate::alibaba::order::{CargoLine, CreatedOrder, DeliveryAddress};
use crate::api::prelude::*;

/// Create an order.
///
/// Places an order; call the preview before. The fields are those of the page of the same title in the vendor's manual
/// for key accounts, as far as it is public: it breaks off inside the address, so the lines are named after the
/// preview's. The path of this row is named after its neighbours, and the answer, which is not published, is that of
/// the plain call for 1688.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "big_major.order.create",
    post = "/alibaba/ka/order/create",
    safety = Write,
    evidence(path = Inferred, request = Published, reply = Inferred),
    effect = crate::api::big_major::effects::CREATE,
    reply = CreatedOrder,
    example = r#"{"flow":"fenxiaonew","message":"请小心包装","addressParam":{"fullName":"test","mobile":"13800000000","phone":"","postCode":"532600","cityText":"崇左市","provinceText":"广西壮族自治区","areaText":"凭祥市区","townText":"凭祥镇","address":"测试","districtCode":"451481"},"cargoParamList":[{"offerId":"889512351602","specId":"530ad00177264564503ec3b848650652","quantity":"2.0"}]}"#,
    sources = ["https://doc-en-ka.xportcn.com/api-338074942"],
)]
pub struct Create {
    /// Flow of the order; the sample of the preview has `fenxiaonew`.
    pub flow: Option<String>,
    /// Message to the seller.
    pub message: Option<String>,
    /// Promotion of the shop to make use of.
    pub shop_promotion_id: Option<Id>,
    /// How to pay; the values are not published.
    pub trade_type: Option<String>,
    /// Where to deliver, inside China.
    pub address_param: DeliveryAddress,
    /// The lines; at least one.
    pub cargo_param_list: Vec<CargoLine>,
}
