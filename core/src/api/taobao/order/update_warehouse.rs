//! Changes the warehouse that an order goes through.

use crate::api::prelude::*;

/// Modify order advance information.
///
/// Changes the forward warehouse of an order: the one that its goods go to before they are shipped on. The reply is
/// an object whose fields are not published; it is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.update_warehouse",
    post = "/open/order/updateWarehouse",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Inferred),
    effect = crate::api::taobao::effects::UPDATE_WAREHOUSE,
    reply = Option<Any>,
    example = r#"{"warehouseAddress":"广西省","warehouseName":"一号仓库","orderId":"1024285237573584051"}"#,
    sources = ["https://doc-en.pandapon.com/api-263477614"],
)]
pub struct UpdateWarehouse {
    /// Address of the warehouse, as `广西省`.
    pub warehouse_address: Option<String>,
    /// Name of the warehouse, as `一号仓库`.
    pub warehouse_name: Option<String>,
    /// Order to change.
    pub order_id: Id,
}
