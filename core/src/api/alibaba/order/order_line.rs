//! A line of an order.

use super::Guarantee;
use crate::api::prelude::*;
use crate::values::codes;

/// A line of an order. The fields are those of 1688's own API; the platform's page shows the first seven.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OrderLine {
    /// The seller's own number of the variant.
    pub cargo_number: Option<String>,
    /// Description; 1688 leaves it empty.
    pub description: Option<String>,
    /// Amount paid for the line, in yuan.
    pub item_amount: Option<Amount>,
    /// Name of the product.
    pub name: Option<String>,
    /// Price of one piece, in yuan.
    pub price: Option<Amount>,
    /// Product.
    #[wire("productID")]
    pub product_id: Option<Id>,
    /// Addresses of its pictures.
    pub product_img_url: Vec<String>,
    /// Address of the product's page as it was when ordered.
    pub product_snapshot_url: Option<String>,
    /// How many.
    pub quantity: Option<Amount>,
    /// Amount refunded, in yuan.
    pub refund: Option<Amount>,
    /// Variant.
    #[wire("skuID")]
    pub sku_id: Option<Id>,
    /// Place in the list; 1688 does not use it.
    pub sort: Option<i64>,
    /// State of the line; the values are not published.
    pub status: Option<String>,
    /// Line.
    #[wire("subItemID")]
    pub sub_item_id: Option<Id>,
    /// Kind of line, for example `common`.
    pub r#type: Option<String>,
    /// Unit in which the product is sold.
    pub unit: Option<String>,
    /// Weight, as text, in the unit that `weightUnit` names.
    pub weight: Option<String>,
    /// Unit of the weight.
    pub weight_unit: Option<String>,
    /// What the seller guarantees.
    pub guarantees_terms: Vec<Guarantee>,
    /// The seller's own number of the product.
    pub product_cargo_number: Option<String>,
    /// What sets the variant apart.
    pub sku_infos: Vec<ChosenAttribute>,
    /// Change of the line's price; the unit is not published.
    pub entry_discount: Option<Amount>,
    /// Variant, as order lines name it.
    pub spec_id: Option<Id>,
    /// Power of ten by which the quantity counts.
    pub quantity_factor: Option<Amount>,
    /// State of the line, in words.
    pub status_str: Option<String>,
    /// State of a refund of the line.
    pub refund_status: Option<LineRefundStatus>,
    /// Why the line was closed.
    pub close_reason: Option<String>,
    /// How far delivery is.
    pub logistics_status: Option<LogisticsStatus>,
    /// Refund before completion: TQ and digits.
    pub refund_id: Option<Id>,
    /// Refund after completion.
    pub refund_id_for_as: Option<Id>,
    /// Code that joins related lines; the meaning is not published.
    pub related_code: Option<String>,
    /// The line's share of freight, in yuan.
    pub share_postage: Option<Amount>,
}

/// What sets the variant of a line apart.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ChosenAttribute {
    /// Name, for example the Chinese word for colour.
    pub name: Option<String>,
    /// Value.
    pub value: Option<String>,
}

codes! {
    /// State of a refund of an order line on 1688.
    pub enum LineRefundStatus: text {
        /// Waiting for the seller's agreement.
        WaitSellerAgree = "WAIT_SELLER_AGREE",
        /// Refunded.
        Success = "REFUND_SUCCESS",
        /// Closed.
        Closed = "REFUND_CLOSED",
        /// Waiting for the buyer to change the claim.
        WaitBuyerModify = "WAIT_BUYER_MODIFY",
        /// Waiting for the buyer to send the goods back.
        WaitBuyerSend = "WAIT_BUYER_SEND",
        /// Waiting for the seller to receive the goods.
        WaitSellerReceive = "WAIT_SELLER_RECEIVE",
    }
}

codes! {
    /// How far the delivery of an order line is on 1688.
    pub enum LogisticsStatus: number {
        /// Not shipped.
        NotShipped = "1",
        /// Shipped.
        Shipped = "2",
        /// Received.
        Received = "3",
        /// Returned.
        Returned = "4",
        /// Shipped in part.
        PartlyShipped = "5",
        /// There is no delivery order yet.
        NotOrdered = "8",
    }
}
