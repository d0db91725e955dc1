//! States of orders, refunds, goods and parcels: from the key-account manual, and from upstream.

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

codes! {
    /// State of a purchase order in the words of the upstream, its misspellings included (upstream).
    pub enum PurchaseStatus: text {
        /// Being created. The wire calls it `BULIDING`.
        Building = "BULIDING",
        /// Awaiting payment. The wire calls it `WAIT_BUYER_P`.
        WaitBuyerPay = "WAIT_BUYER_P",
        /// Paid; awaiting shipment.
        WaitSellerSendGoods = "WAIT_SELLER_SEND_GOODS",
        /// Shipped.
        WaitBuyerConfirmGoods = "WAIT_BUYER_CONFIRM_GOODS",
        /// Closed.
        TradeClosed = "TRADE_CLOSED",
    }
}

codes! {
    /// Where the goods of an after-sale order are (upstream).
    pub enum GoodsStatus: number {
        /// Not shipped.
        NotShipped = "1",
        /// Shipped.
        Shipped = "2",
        /// Not received.
        NotReceived = "3",
        /// Received. A return with a refund goes with it.
        Received = "4",
        /// Sent back.
        SentBack = "5",
        /// The seller has them back.
        Returned = "6",
    }
}

codes! {
    /// Kind of after-sale request (upstream).
    pub enum RefundType: number {
        /// A refund only.
        RefundOnly = "1",
        /// A return and a refund.
        ReturnAndRefund = "2",
    }
}

codes! {
    /// State of a parcel (upstream).
    pub enum LogisticsStatus: text {
        /// To be collected.
        WaitingCollect = "WAITING_COLLECT",
        /// Collected.
        Collected = "COLLECTED",
        /// In transit. In a sister brand's sample; not on the list of the upstream.
        Transport = "TRANSPORT",
        /// On the way to the recipient.
        Delivering = "DELIVERING",
        /// Signed for.
        Signed = "SIGNED",
        /// Refused by the recipient.
        Rejected = "REJECTED",
        /// Returned.
        Returned = "RETURNED",
        /// In trouble.
        Exception = "EXCEPTION",
        /// To be cleared by customs.
        WaitingCustoms = "WAITING_CUSTOMS",
        /// In clearance.
        CustomsClearance = "CUSTOMS_CLEARANCE",
        /// The clearance failed.
        CustomsFailed = "CUSTOMS_FAILED",
        /// Another state.
        Unknown = "UNKNOWN",
    }
}
