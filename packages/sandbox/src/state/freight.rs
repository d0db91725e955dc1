//! Freight from the warehouse to recipients overseas.

use super::{Record, embedded};
use crate::call::Caller;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A freight preview. Amounts are in fen.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Freight {
    pub(crate) id: String,
    pub(crate) owner: Caller,
    pub(crate) goods: Vec<Goods>,
}

/// Freight that was booked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Booking {
    pub(crate) id: String,
    pub(crate) owner: Caller,
    pub(crate) render_id: Option<String>,
    /// The order on the marketplace.
    pub(crate) tmall_order: Option<String>,
    pub(crate) goods: Vec<Goods>,
    /// International waybill.
    pub(crate) waybill: String,
    pub(crate) created: i64,
    /// The domestic parcels, as the caller gave them.
    #[serde(with = "embedded")]
    pub(crate) parcels: Value,
}

impl Record for Freight {}

impl Record for Booking {
    fn owner(&self) -> Option<&Caller> {
        Some(&self.owner)
    }
}

/// Goods that go overseas.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Goods {
    pub(crate) item: String,
    pub(crate) sku_id: String,
    pub(crate) quantity: i64,
}

/// Freight of the first piece, and of each further one.
const FIRST: i64 = 5200;
const FURTHER: i64 = 1850;

impl Goods {
    /// What it costs, in fen: the same in estimate, preview and booking.
    pub(crate) fn freight(&self) -> i64 {
        FIRST.saturating_add(FURTHER.saturating_mul(self.quantity.max(1) - 1))
    }
}

/// What all of it costs, in fen.
pub(crate) fn total(goods: &[Goods]) -> i64 {
    goods.iter().fold(0, |sum, goods| sum.saturating_add(goods.freight()))
}
