//! Every endpoint, one line each, in the order of the vendor's reference.

use crate::endpoint::{Call, Endpoint};
use crate::{address, alibaba, taobao, warehouse};

/// Every endpoint.
pub static ENDPOINTS: &[&Endpoint] = &[taobao::after_sale::Render::ENDPOINT];

/// The endpoint of this id.
pub fn find(id: &str) -> Option<&'static Endpoint> {
    ENDPOINTS.iter().copied().find(|endpoint| endpoint.id == id)
}
