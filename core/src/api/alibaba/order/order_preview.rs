//! What an order would cost.

use crate::api::prelude::*;

/// What an order would cost, and whether it can be placed.
///
/// Sums are in fen, line amounts in yuan.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OrderPreview {
    /// The orders that would arise: several where 1688 splits the lines.
    #[wire("orderPreviewResuslt")]
    pub order_preview_result: Vec<PreviewedOrder>,
    /// Whether the preview succeeded.
    pub success: Option<bool>,
    /// Why not, as a code. 1688's own: 500_001 the product cannot be traded online, 500_002 several sellers or no
    /// `specId`, 500_003 several sellers or a `specId` of another product, 500_004 not enough stock, 500_005 below
    /// the least quantity, 500_006 the limits for mixed lots are not met, 500_007 no consignment relation, 500_008
    /// the variant's price is 0, 500_009 below the least quantity for wholesale.
    pub error_code: Option<String>,
    /// Why not, in words.
    pub error_msg: Option<String>,
    /// Products whose freight is only described, not calculated.
    pub post_fee_by_desc_offer_list: Vec<Id>,
    /// Products on consignment.
    pub consign_offer_list: Vec<Id>,
    /// Products that cross-border payment does not cover.
    pub unsupported_cross_border_pay_offer_list: Vec<Id>,
}

/// An order that would arise. The platform's page shows three of its fourteen fields; the others are those of 1688's
/// own API, whose sums are in fen.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PreviewedOrder {
    /// Extra reduction, in fen.
    pub discount_fee: Option<Amount>,
    /// What `tradeType` may be when the order is created; if empty, it cannot be created by this API.
    pub trade_mode_name_list: Vec<String>,
    /// Whether the order can be placed.
    pub status: Option<bool>,
    /// Whether the promotion for single samples applies.
    pub tao_sample_single_promotion: Option<bool>,
    /// Total, in fen.
    pub sum_payment: Option<Amount>,
    /// Remark of 1688, for example why it cannot be placed.
    pub message: Option<String>,
    /// Freight, in fen.
    pub sum_carriage: Option<Amount>,
    /// Result, as a code.
    pub result_code: Option<String>,
    /// Total of the goods without freight, in fen.
    pub sum_payment_no_carriage: Option<Amount>,
    /// Extra costs, in fen.
    pub additional_fee: Option<Amount>,
    /// Flow of the order, for example `general`.
    pub flow_flag: Option<String>,
    /// The lines.
    pub cargo_list: Vec<PreviewedLine>,
    /// Promotions of the shop; the `promotionId` of one is what `shopPromotionId` takes.
    pub shop_promotion_list: Vec<PreviewedPromotion>,
    /// The ways to pay for the order.
    pub trade_model_list: Vec<TradeMode>,
}

/// A line of an order that would arise. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PreviewedLine {
    /// Total of the line; yuan in 1688's sample.
    pub amount: Option<Amount>,
    /// Remark of 1688.
    pub message: Option<String>,
    /// Price of one piece after promotions; yuan in 1688's sample.
    pub final_unit_price: Option<Amount>,
    /// Variant, as order lines name it.
    pub spec_id: Option<Id>,
    /// Variant.
    pub sku_id: Option<Id>,
    /// Result, as a code; `200` in 1688's sample.
    pub result_code: Option<String>,
    /// Product.
    pub offer_id: Option<Id>,
    /// Product, as an encrypted id.
    pub open_offer_id: Option<Id>,
    /// Promotions of the line.
    pub cargo_promotion_list: Vec<PreviewedPromotion>,
}

/// A promotion that an order or a line can make use of. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct PreviewedPromotion {
    /// Promotion.
    pub promotion_id: Option<Id>,
    /// Whether it is made use of.
    pub selected: Option<bool>,
    /// Its name.
    pub text: Option<String>,
    /// Its description.
    pub desc: Option<String>,
    /// Whether freight is free.
    pub free_postage: Option<bool>,
    /// Reduction, in fen.
    pub discount_fee: Option<Amount>,
}

/// A way to pay for an order. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct TradeMode {
    /// Its name in Chinese.
    pub name: Option<String>,
    /// Its description in Chinese.
    pub description: Option<String>,
    /// Its code, for example `nzassure`.
    pub trade_type: Option<String>,
    /// Whether `tradeType` may be this code when the order is created.
    pub op_support: Option<bool>,
}
