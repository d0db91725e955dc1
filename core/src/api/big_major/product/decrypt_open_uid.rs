//! How to chat with a seller, for big buyers.

use crate::api::prelude::*;

/// Decrypt a seller's id for big buyers.
///
/// Turns a seller's encrypted id into what opens a chat with the seller. The row is not in the vendor's reference; the
/// vendor's manual for key accounts has it. The answer is not published.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "big_major.product.decrypt_open_uid",
    post = "/alibaba/ka/im/openuid/decrypt",
    safety = Read,
    evidence(path = Reference, request = Published, reply = Inferred),
    reply = Option<Any>,
    example = r#"{"openUid":"BBBJ82cNui3EUaxxMi_7Go73g","offerId":"951807530375"}"#,
    sources = ["https://doc-en-ka.xportcn.com/api-450929250"],
)]
pub struct DecryptOpenUid {
    /// Seller, as the encrypted id that a product's details give.
    pub open_uid: Id,
    /// Product about which to chat.
    pub offer_id: Option<Id>,
}
