//! The states of a refund on 1688.

use crate::values::codes;

codes! {
    /// State of a refund on 1688.
    pub enum RefundStatus: text {
        /// Waiting for the seller's agreement.
        WaitSellerAgree = "waitselleragree",
        /// Refunded.
        Success = "refundsuccess",
        /// Closed.
        Closed = "refundclose",
        /// Waiting for the buyer to change the claim.
        WaitBuyerModify = "waitbuyermodify",
        /// Waiting for the buyer to send the goods back.
        WaitBuyerSend = "waitbuyersend",
        /// Waiting for the seller to receive the goods.
        WaitSellerReceive = "waitsellerreceive",
    }
}
