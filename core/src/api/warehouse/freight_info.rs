//! The freight service that was chosen for goods.

use crate::api::prelude::*;

/// Freight service for goods. The platform's own name for it is FreightInfoTO; its fields are known from an example.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct FreightInfo {
    /// Id of the service.
    pub service_id: Option<Id>,
    /// Name of the freight company; empty in the published example.
    pub company_name: Option<String>,
    /// Category of the service; empty in the published example, and the values are not published.
    pub service_category: Option<String>,
}
