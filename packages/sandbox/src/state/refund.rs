//! After-sale: a claim to money back, and what may become of it.

use super::Record;
use super::market::Market;
use crate::call::Caller;
use crate::refusal::{Reason, Refusal};
use serde::{Deserialize, Serialize};

/// A claim for lines of one order. Amounts are in fen.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Refund {
    pub(crate) id: String,
    /// The same without the letters that 1688 puts before it.
    pub(crate) number: String,
    pub(crate) owner: Caller,
    pub(crate) market: Market,
    pub(crate) order: String,
    /// Lines of the order.
    pub(crate) lines: Vec<String>,
    pub(crate) stage: RefundStage,
    pub(crate) claim: Claim,
    /// Code or name of the carrier that brings the goods back, and the waybill.
    pub(crate) parcel: Option<(String, String)>,
    /// Why the seller refused, in words.
    pub(crate) refusal: Option<String>,
    pub(crate) messages: Vec<Message>,
    /// What happened, and when: each state that it came into.
    pub(crate) steps: Vec<(RefundStage, i64)>,
}

/// What a buyer asks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Claim {
    /// Money for goods.
    pub(crate) payment: i64,
    /// Money for freight.
    pub(crate) freight: i64,
    /// Whether the goods go back.
    pub(crate) returns: bool,
    /// Kind of request and state of the goods, as the caller's market writes them.
    pub(crate) kind: String,
    pub(crate) goods: String,
    pub(crate) reason: String,
    pub(crate) description: String,
}

/// How far a claim has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RefundStage {
    /// Waits for the seller.
    Applied,
    /// The seller has agreed; waits for the goods to be sent back.
    Agreed,
    /// The goods are on their way back.
    Returning,
    /// The seller has refused; the buyer may change the claim.
    Refused,
    Refunded,
    Closed,
}

/// A message about a claim.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) from_buyer: bool,
    pub(crate) text: String,
    pub(crate) images: Option<String>,
    pub(crate) at: i64,
}

impl Record for Refund {
    fn owner(&self) -> Option<&Caller> {
        Some(&self.owner)
    }
}

impl Refund {
    pub(crate) fn total(&self) -> i64 {
        self.claim.payment + self.claim.freight
    }

    pub(crate) fn is_open(&self) -> bool {
        !matches!(self.stage, RefundStage::Refunded | RefundStage::Closed)
    }

    pub(crate) fn is_paid_back(&self) -> bool {
        self.stage == RefundStage::Refunded
    }

    /// When it was asked for, and when it last changed.
    pub(crate) fn times(&self) -> (i64, i64) {
        let at = |step: Option<&(RefundStage, i64)>| step.map_or(0, |(_, at)| *at);
        (at(self.steps.first()), at(self.steps.last()))
    }

    /// Withdrawn by the buyer.
    pub(crate) fn cancel(&mut self, now: i64) -> Result<(), Refusal> {
        self.step(now, RefundStage::Closed, &[RefundStage::Applied, RefundStage::Agreed, RefundStage::Refused])
    }

    /// The buyer asks for something else.
    pub(crate) fn check_changeable(&self) -> Result<(), Refusal> {
        self.check(&[RefundStage::Applied, RefundStage::Refused])
    }

    pub(crate) fn change(&mut self, now: i64, claim: Claim) -> Result<(), Refusal> {
        self.step(now, RefundStage::Applied, &[RefundStage::Applied, RefundStage::Refused])?;
        self.claim = claim;
        Ok(())
    }

    /// The seller agrees: the money goes back at once, or when the goods are back.
    pub(crate) fn agree(&mut self, now: i64) -> Result<(), Refusal> {
        let next = if self.claim.returns { RefundStage::Agreed } else { RefundStage::Refunded };
        self.step(now, next, &[RefundStage::Applied])
    }

    pub(crate) fn refuse(&mut self, now: i64, reason: Option<String>) -> Result<(), Refusal> {
        self.step(now, RefundStage::Refused, &[RefundStage::Applied])?;
        self.refusal = reason;
        Ok(())
    }

    pub(crate) fn check_agreed(&self) -> Result<(), Refusal> {
        self.check(&[RefundStage::Agreed])
    }

    /// The buyer sends the goods back.
    pub(crate) fn send_back(&mut self, now: i64, carrier: &str, waybill: &str) -> Result<(), Refusal> {
        self.step(now, RefundStage::Returning, &[RefundStage::Agreed])?;
        self.parcel = Some((carrier.to_string(), waybill.to_string()));
        Ok(())
    }

    /// The seller has the goods again, and the money goes back.
    pub(crate) fn take_back(&mut self, now: i64) -> Result<(), Refusal> {
        self.step(now, RefundStage::Refunded, &[RefundStage::Returning])
    }

    fn check(&self, from: &[RefundStage]) -> Result<(), Refusal> {
        if from.contains(&self.stage) {
            return Ok(());
        }
        let message = format!("the refund {} is {}", self.id, self.stage.describe());
        Err(Refusal::new(Reason::WrongRefundState, message))
    }

    fn step(&mut self, now: i64, to: RefundStage, from: &[RefundStage]) -> Result<(), Refusal> {
        self.check(from)?;
        self.stage = to;
        self.steps.push((to, now));
        Ok(())
    }
}

impl RefundStage {
    pub(crate) fn describe(self) -> &'static str {
        match self {
            RefundStage::Applied => "waiting for the seller",
            RefundStage::Agreed => "waiting for the goods to be sent back",
            RefundStage::Returning => "waiting for the goods to arrive at the seller",
            RefundStage::Refused => "refused by the seller",
            RefundStage::Refunded => "paid back",
            RefundStage::Closed => "closed",
        }
    }

    /// The published codes of refunds of Taobao order lines.
    pub(crate) fn taobao(self) -> i64 {
        match self {
            RefundStage::Applied => 10,
            RefundStage::Agreed => 20,
            RefundStage::Returning => 30,
            RefundStage::Refused => -10,
            RefundStage::Refunded => 100,
            RefundStage::Closed => -20,
        }
    }

    /// The published states of refunds on 1688.
    pub(crate) fn alibaba(self) -> &'static str {
        match self {
            RefundStage::Applied => "waitselleragree",
            RefundStage::Agreed => "waitbuyersend",
            RefundStage::Returning => "waitsellerreceive",
            RefundStage::Refused => "waitbuyermodify",
            RefundStage::Refunded => "refundsuccess",
            RefundStage::Closed => "refundclose",
        }
    }

    /// The published states of refunds of 1688 order lines.
    pub(crate) fn alibaba_line(self) -> &'static str {
        match self {
            RefundStage::Applied => "WAIT_SELLER_AGREE",
            RefundStage::Agreed => "WAIT_BUYER_SEND",
            RefundStage::Returning => "WAIT_SELLER_RECEIVE",
            RefundStage::Refused => "WAIT_BUYER_MODIFY",
            RefundStage::Refunded => "REFUND_SUCCESS",
            RefundStage::Closed => "REFUND_CLOSED",
        }
    }
}
