//! The markets, each with orders of its own.

use serde::{Deserialize, Serialize};

/// Where an order is placed. The calls of one market do not see the orders of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Market {
    Alibaba,
    BigMajor,
    International,
    Poizon,
    Taobao,
}

impl Market {
    /// The products that are sold there.
    pub(crate) fn catalogue(self) -> &'static str {
        match self {
            Market::Alibaba | Market::BigMajor => "1688",
            Market::International => "international",
            Market::Poizon => "poizon",
            Market::Taobao => "taobao",
        }
    }
}
