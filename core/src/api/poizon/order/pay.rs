//! Pays an order on Poizon.

use crate::api::prelude::*;

/// Pay an order.
///
/// Pays an order on Poizon. The platform which Xportcn most likely passes calls on to has no such call: its creation pays.
/// Path, fields and answer of this row are not published: its names follow those of the 1688 rows.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "poizon.order.pay",
    post = "/poizon/order/pay",
    safety = Write,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    effect = crate::api::poizon::effects::PAY,
    reply = Option<Any>,
    example = r#"{"orderId":"110123456789012345"}"#,
    sources = [],
)]
pub struct Pay {
    /// Order to pay.
    pub order_id: Option<Id>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}
