//! Adds or changes an address.

use crate::api::prelude::*;

/// Address added and updated.
///
/// Saves an address of the user in China. Which fields are required is not published, nor how an update is told from
/// an addition; presumably by the id. The reply has no data.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "address.save",
    post = "/open/address/addOrUpdate",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Inferred),
    effect = crate::api::address::effects::SAVE,
    reply = (),
    example = r#"{"name":"测试","province":"浙江省","city":"杭州市","district":"余杭区","address":"测试地址",
        "phone":"13800000000"}"#,
    sources = [
        "https://doc-cnv2.pandapon.com/api-288437932",
        "https://doc-en.pandapon.com/api-263477669",
        "https://doc-env2.pandapon.com/api-289121051",
    ],
)]
pub struct Save {
    /// Id of the address to change; presumably left out to add one.
    #[wire(number)]
    pub id: Option<Id>,
    /// Name of the recipient.
    pub name: Option<String>,
    /// Province.
    pub province: Option<String>,
    /// City.
    pub city: Option<String>,
    /// District.
    pub district: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Mobile number.
    pub phone: Option<String>,
}
