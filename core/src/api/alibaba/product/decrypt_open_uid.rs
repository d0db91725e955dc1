//! How to chat with a seller.

use crate::api::prelude::*;

/// Convert decryption to Wang Wang URL.
///
/// Turns a seller's encrypted id into what opens a chat with the seller. The answer is not published: 1688's own API
/// has a call that gives a link and one that gives the seller's name in the chat (Wangwang), and which of them this
/// row stands for is open. Either is one text.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.product.decrypt_open_uid",
    post = "/alibaba/product/openuid/decrypt",
    safety = Read,
    evidence(path = Client, request = Published, reply = Inferred),
    reply = Option<Any>,
    example = r#"{"offerId":"951807530375","openUid":"BBBJ82cNui3EUaxxMi_7Go73g"}"#,
    sources = ["https://doc-en-ka.xportcn.com/api-450929250"],
)]
pub struct DecryptOpenUid {
    /// Product about which to chat. A public client always sends it; whether the platform needs it is not published.
    pub offer_id: Option<Id>,
    /// Seller, as the encrypted id that a product's details give.
    pub open_uid: Id,
}
