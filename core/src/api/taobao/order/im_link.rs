//! Where to chat with a seller.

use crate::api::prelude::*;
use ::core::fmt;

/// Get IM link.
///
/// The URL of a chat with the seller. It logs in whoever opens it, so keep it as you keep a password. The public page
/// contradicts itself: its list of fields has login name, password, page name and page parameters, all required,
/// while its example has source type and business id only. So none is required here; try the example's two first.
#[derive(Endpoint, Model, Clone, Default, PartialEq)]
#[endpoint(
    id = "taobao.order.im_link",
    post = "/open/order/page/link/get",
    safety = Read,
    evidence(path = Sister, request = Published, reply = Inferred),
    reply = Option<String>,
    example = r#"{"sourceType":"item","bizId":"234576234"}"#,
    sources = ["https://doc-en.pandapon.com/api-263477616"],
)]
pub struct ImLink {
    /// What the chat is about. Only `item`, a product, has been seen.
    pub source_type: Option<String>,
    /// Id of what the chat is about: with `item`, that of the item.
    pub biz_id: Option<Id>,
    /// Login name. In the page's list of fields only; whose it is, is not told.
    pub login_name: Option<String>,
    /// Password. In the page's list of fields only; whose it is, is not told.
    pub password: Option<String>,
    /// Name of the page to open. In the page's list of fields only; the values are not published.
    pub page_name: Option<String>,
    /// Parameters of the page to open, presumably `sourceType` and `bizId`. In the page's list of fields only. The
    /// wire holds them as text, by their name as JSON text.
    #[wire(embedded)]
    pub page_param_map: Option<Any>,
}

impl fmt::Debug for ImLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImLink")
            .field("source_type", &self.source_type)
            .field("biz_id", &self.biz_id)
            .field("login_name", &self.login_name)
            .field("password", &self.password.as_ref().map(|_| "***"))
            .field("page_name", &self.page_name)
            .field("page_param_map", &self.page_param_map)
            .finish()
    }
}
