//! Where to chat with a seller.

use crate::api::prelude::*;
use crate::values::codes;
use ::core::fmt;

/// Get IM link.
///
/// The URL of a chat with the seller. It logs in whoever opens it, so keep it as you keep a password. The four fields
/// of the page are the upstream's, and all required there. What the page prints as its example of a request is the
/// value of `pageParamMap`.
#[derive(Endpoint, Model, Clone, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.im_link",
    post = "/open/order/page/link/get",
    safety = Read,
    evidence(path = Sister, request = Published, reply = Inferred),
    reply = Option<String>,
    example = r#"{"loginName":"main-account:sub-account","password":"password-of-the-sub-account","pageName":"imDialog","pageParamMap":{"sourceType":"order","bizId":"200033789041"}}"#,
    sources = ["https://doc-en.pandapon.com/api-263477616"],
)]
pub struct ImLink {
    /// Account of Taobao Global, as `main:sub`; upstream, the sub-account that made the order.
    pub login_name: String,
    /// Password of that account.
    pub password: String,
    /// Page to open: always `imDialog` (upstream).
    #[wire(upstream)]
    pub page_name: String,
    /// What the chat is about. The wire holds it as JSON text.
    #[wire(embedded)]
    pub page_param_map: PageParam,
}

/// What a chat is about (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PageParam {
    /// Whether the chat is about an order or an item.
    pub source_type: ChatSubject,
    /// The purchase sub-order, or the item.
    pub biz_id: Id,
}

impl fmt::Debug for ImLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImLink")
            .field("login_name", &self.login_name)
            .field("password", &"***")
            .field("page_name", &self.page_name)
            .field("page_param_map", &self.page_param_map)
            .finish()
    }
}

codes! {
    /// What a chat is about.
    pub enum ChatSubject: text {
        /// A purchase sub-order (upstream).
        Order = "order",
        /// An item.
        Item = "item",
    }
}
