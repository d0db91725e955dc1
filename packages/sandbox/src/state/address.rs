//! Addresses that users have saved.

use super::Record;
use crate::call::Caller;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An address, with the fields that the caller gave.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Address {
    pub(crate) id: String,
    pub(crate) owner: Caller,
    pub(crate) fields: Map<String, Value>,
}

impl Record for Address {
    fn owner(&self) -> Option<&Caller> {
        Some(&self.owner)
    }
}
