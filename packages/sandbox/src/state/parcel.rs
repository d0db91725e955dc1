//! The parcel of an order: from payment on it has a waybill, and its traces follow what the seller and carrier do.

use super::order::Order;
use crate::sample::Seed;

/// The carrier of all parcels, and its code.
pub(crate) const CARRIER: &str = "顺丰速运";
pub(crate) const CARRIER_CODE: &str = "SF";

/// A tracking event.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    pub(crate) at: i64,
    /// What the carrier did, as Taobao calls it.
    pub(crate) action: &'static str,
    pub(crate) status: &'static str,
    pub(crate) description: &'static str,
}

impl Order {
    /// The number of its waybill.
    pub(crate) fn waybill(&self) -> String {
        format!("{CARRIER_CODE}{:013}", self.parcel().below(10_000_000_000_000))
    }

    /// The number of its shipment on 1688.
    pub(crate) fn shipment(&self) -> String {
        format!("LP{:014}", self.parcel().at(1).below(100_000_000_000_000))
    }

    /// What has happened to the parcel of what was shipped at a moment, in order.
    pub(crate) fn traces(&self, shipped: Option<i64>) -> Vec<Trace> {
        let trace =
            |at: Option<i64>, action, status, description| at.map(|at| Trace { at, action, status, description });
        [
            trace(self.paid, "CONSIGN", "ACCEPT", "商家正在打包"),
            trace(shipped, "TMS_STATION_OUT", "TRANSPORT", "运输中"),
            trace(self.received, "SIGNED", "SIGN", "已签收"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn parcel(&self) -> Seed {
        Seed::new("parcel").of(&self.id)
    }
}
