//! States of orders and of refunds, as the key-account manual publishes them.

use crate::values::codes;

codes! {
    /// State of a Taobao purchase order.
    pub enum OrderStatus: number {
        /// Awaiting the buyer's payment.
        WaitBuyerPay = "0",
        /// Proof of payment was uploaded; awaiting the finance department.
        ProofUploaded = "1",
        /// The finance department has confirmed the payment.
        FinancePassed = "2",
        /// The finance department has rejected the payment.
        FinanceRefused = "3",
        /// Closed or cancelled.
        Cancelled = "4",
        /// Awaiting payment by the finance system.
        WaitFinancePay = "5",
        /// A state that the platform itself sums up as any other.
        OtherStatus = "9",
        /// Paid; awaiting shipment.
        WaitSellerSendGoods = "10",
        /// Shipped; awaiting the buyer's confirmation of receipt.
        WaitBuyerConfirmGoods = "11",
        /// Being created.
        Building = "12",
    }
}

codes! {
    /// How far the refund of an order's line has come.
    pub enum RefundStatus: number {
        /// The refund is closed.
        Closed = "-20",
        /// The seller has refused.
        SellerRefused = "-10",
        /// No refund was asked for.
        NotApplied = "0",
        /// A refund was asked for; awaiting the seller.
        Applied = "10",
        /// The seller has agreed; awaiting the return of the goods.
        Agreed = "20",
        /// The goods were sent back; awaiting the seller's receipt.
        WaitSellerReceipt = "30",
        /// Refunded.
        Refunded = "100",
    }
}
