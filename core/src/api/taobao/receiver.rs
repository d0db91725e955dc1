//! The recipient of an order in China, as orders and the shopping cart name it.

use crate::api::prelude::*;

/// Recipient of an order.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Receiver {
    /// Name of the recipient.
    pub name: String,
    /// Mobile number. The wire calls it `mobile_phone`.
    #[wire("mobile_phone")]
    pub mobile_phone: Option<String>,
    /// Telephone number; may be empty.
    pub phone: Option<String>,
    /// Country, as `中国`.
    pub country: Option<String>,
    /// Province, as `浙江省`.
    pub state: Option<String>,
    /// City, as `杭州市`.
    pub city: Option<String>,
    /// District, as `余杭区`.
    pub district: Option<String>,
    /// Street address.
    pub address: String,
    /// Postal code.
    pub zip: Option<String>,
}
