//! An order, and what may become of it.

use super::Record;
use super::embedded;
use super::line::{Line, Quote};
use super::market::Market;
use super::settlement::Settlement;
use crate::call::Caller;
use crate::refusal::{Reason, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How far an order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    Unpaid,
    Paid,
    Shipped,
    Received,
    Cancelled,
    /// All that was paid has been refunded.
    Refunded,
}

/// An order. Amounts are in fen; moments in milliseconds since 1970, of whole seconds, for the wire has no more.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    pub(crate) id: String,
    /// Its number on Taobao.
    pub(crate) sales_id: String,
    pub(crate) owner: Caller,
    pub(crate) market: Market,
    pub(crate) stage: Stage,
    /// The caller's own name for it.
    pub(crate) reference: Option<String>,
    pub(crate) message: Option<String>,
    /// Where to deliver, as the caller gave it.
    #[serde(with = "embedded")]
    pub(crate) receiver: Value,
    /// The warehouse that its goods go to first.
    #[serde(with = "embedded")]
    pub(crate) warehouse: Value,
    pub(crate) lines: Vec<Line>,
    pub(crate) freight: i64,
    /// Whether proof of payment was uploaded.
    pub(crate) voucher: bool,
    pub(crate) close_reason: Option<String>,
    pub(crate) created: i64,
    pub(crate) changed: i64,
    pub(crate) paid: Option<i64>,
    pub(crate) shipped: Option<i64>,
    pub(crate) received: Option<i64>,
    pub(crate) closed: Option<i64>,
    /// A payment or cancellation that is under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) settlement: Option<Settlement>,
}

impl Record for Order {}

impl Order {
    /// All lines without freight.
    pub(crate) fn goods(&self) -> i64 {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// Goods and freight.
    pub(crate) fn total(&self) -> i64 {
        self.goods() + self.freight
    }

    /// Lines and freight, as they now are.
    pub(crate) fn quote(&self) -> Quote {
        Quote { lines: self.lines.clone(), freight: self.freight }
    }

    pub(crate) fn is_paid(&self) -> bool {
        matches!(self.stage, Stage::Paid | Stage::Shipped | Stage::Received)
    }

    /// Whether a payment is under way.
    pub(crate) fn is_being_paid(&self) -> bool {
        self.settlement.as_ref().is_some_and(Settlement::is_payment)
    }

    /// Why it cannot be paid, if so.
    pub(crate) fn check_payable(&self) -> Result<(), Refusal> {
        match self.stage {
            Stage::Unpaid if self.is_being_paid() => Err(self.refuse(Reason::UnderWay, "is being paid")),
            Stage::Unpaid if self.settlement.is_some() => Err(self.refuse(Reason::UnderWay, "is being cancelled")),
            Stage::Unpaid => Ok(()),
            Stage::Cancelled => Err(self.refuse(Reason::AlreadyCancelled, "has been cancelled")),
            _ => Err(self.refuse(Reason::AlreadyPaid, "has been paid")),
        }
    }

    /// Why it has no payment to ship for or refund, if so.
    pub(crate) fn check_paid(&self) -> Result<(), Refusal> {
        match self.stage {
            Stage::Unpaid => Err(self.refuse(Reason::NotPaid, "has not been paid")),
            Stage::Cancelled => Err(self.refuse(Reason::AlreadyCancelled, "has been cancelled")),
            Stage::Refunded => Err(self.refuse(Reason::AlreadyRefunded, "has been refunded")),
            _ => Ok(()),
        }
    }

    pub(crate) fn pay(&mut self, now: i64) -> Result<(), Refusal> {
        self.check_payable()?;
        self.stage = Stage::Paid;
        self.paid = Some(now);
        self.changed = now;
        Ok(())
    }

    /// Cancels an order before it is paid.
    pub(crate) fn cancel(&mut self, now: i64, reason: &str) -> Result<(), Refusal> {
        self.check_payable()?;
        self.close(Stage::Cancelled, now, reason);
        Ok(())
    }

    pub(crate) fn ship(&mut self, now: i64) -> Result<(), Refusal> {
        self.check_shippable()?;
        self.stage = Stage::Shipped;
        self.shipped = Some(now);
        self.changed = now;
        Ok(())
    }

    /// Ships some lines; with the last one, the order has been shipped.
    pub(crate) fn ship_lines(&mut self, now: i64, ids: &[String]) -> Result<(), Refusal> {
        self.check_shippable()?;
        for id in ids {
            match self.lines.iter().find(|line| line.id == *id) {
                None => return Err(Refusal::new(Reason::UnknownOrder, format!("the order has no line {id}"))),
                Some(line) if line.shipped.is_some() => {
                    return Err(Refusal::new(Reason::AlreadyShipped, format!("the line {id} has been shipped")));
                }
                Some(_) => {}
            }
        }
        for line in self.lines.iter_mut().filter(|line| ids.contains(&line.id)) {
            line.shipped = Some(now);
        }
        self.changed = now;
        if self.lines.iter().all(|line| line.shipped.is_some()) { self.ship(now) } else { Ok(()) }
    }

    /// When a line was shipped, with the order or before.
    pub(crate) fn line_shipped(&self, line: &Line) -> Option<i64> {
        line.shipped.or(self.shipped)
    }

    /// The lines that have been shipped, and when the first was.
    pub(crate) fn sent_lines(&self) -> Option<(Vec<&Line>, i64)> {
        let sent: Vec<&Line> = self.lines.iter().filter(|line| self.line_shipped(line).is_some()).collect();
        let first = sent.iter().filter_map(|line| self.line_shipped(line)).min()?;
        Some((sent, first))
    }

    fn check_shippable(&self) -> Result<(), Refusal> {
        self.check_paid()?;
        if self.stage != Stage::Paid {
            return Err(self.refuse(Reason::AlreadyShipped, "has been shipped"));
        }
        Ok(())
    }

    pub(crate) fn receive(&mut self, now: i64) -> Result<(), Refusal> {
        self.check_paid()?;
        match self.stage {
            Stage::Paid => return Err(self.refuse(Reason::NotShipped, "has not been shipped")),
            Stage::Received => return Err(self.refuse(Reason::AlreadyReceived, "has been received")),
            _ => {}
        }
        self.stage = Stage::Received;
        self.received = Some(now);
        self.changed = now;
        Ok(())
    }

    /// Sets what the goods cost, before payment. The lines share the change, so that they still add up.
    pub(crate) fn reprice(&mut self, now: i64, total: i64) -> Result<(), Refusal> {
        self.check_payable()?;
        let goods = total - self.freight;
        if goods < 0 || total > MAX_TOTAL {
            let message = format!("the total must be from the freight of {} fen to {MAX_TOTAL} fen", self.freight);
            return Err(Refusal::new(Reason::UnfitAmount, message));
        }
        let (old, mut rest) = (i128::from(self.goods().max(1)), goods);
        for line in &mut self.lines {
            let share = i128::from(line.amount) * i128::from(goods) / old;
            line.amount = i64::try_from(share).unwrap_or(rest).min(rest);
            rest -= line.amount;
        }
        if let Some(last) = self.lines.last_mut() {
            last.amount += rest;
        }
        self.changed = now;
        Ok(())
    }

    /// Ends an order whose money has all gone back.
    pub(crate) fn end_refunded(&mut self, now: i64) {
        self.close(Stage::Refunded, now, "BUYER_REFUND");
    }

    fn close(&mut self, stage: Stage, now: i64, reason: &str) {
        self.stage = stage;
        self.close_reason = Some(reason.to_string());
        self.closed = Some(now);
        self.changed = now;
    }

    fn refuse(&self, reason: Reason, what: &str) -> Refusal {
        Refusal::new(reason, format!("the order {} {what}", self.id))
    }
}

/// The most that a seller can ask for, in fen: far beyond any order, and far from where sums overflow.
const MAX_TOTAL: i64 = 1_000_000_000_000;
