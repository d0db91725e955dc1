//! The recipient overseas, as all freight calls name it.

use crate::api::prelude::*;

/// Recipient overseas. The platform's own name for it is ReceiverAddressTO.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OverseasReceiver {
    /// Name of the recipient.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Mobile number.
    pub mobile_phone: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Tax number of the recipient.
    pub tax_id: Option<Id>,
    /// Country; the published example has a code of two letters, as `US`.
    pub country: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Postal code.
    pub zip: Option<String>,
    /// State or province.
    pub state: Option<String>,
}
