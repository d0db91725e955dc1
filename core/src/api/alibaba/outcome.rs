//! Whether an action was carried out.

use crate::api::prelude::*;

/// Whether an action was carried out, and why not.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ActionOutcome {
    /// Whether it was carried out.
    pub success: Option<bool>,
    /// Why not, in words; empty where it was.
    pub error_info: Option<String>,
    /// Why not, as a code; empty where it was.
    pub error_code: Option<String>,
}
