//! How the effects of 1688's writes show.

use crate::effect::Action::{Cancel, Change, Create, Pay, Upload};
use crate::effect::Ask::{Id, Text};
use crate::effect::{Action, Effect, FoundBy, Lines, Shown, Sign, Test, Worth};

pub(super) const CREATE: Effect = Effect {
    in_background: Some(false),
    shown_by: &[ORDERS.key("baseInfo.buyerFeedback").lines(LINES).done(MADE)],
    better: Some(&Effect {
        in_background: Some(false),
        shown_by: &[ORDERS.key("baseInfo.outOrderId").lines(LINES).done(MADE)],
        ..create_by_number()
    }),
    ..create()
};

pub(super) const CREATE_FROM_CART: Effect = Effect {
    // The call names lines of the cart, not what is in them.
    shown_by: &[ORDERS.key("baseInfo.buyerFeedback").done(MADE)],
    ..create()
};

pub(super) const CANCEL: Effect = Effect {
    in_background: Some(false),
    shown_by: &[cancelled(ORDER), cancelled(ORDERS)],
    unchanged: Worth::NotDone,
    ..of_order(Cancel)
};

pub(super) const PAY_URL: Effect = Effect {
    shown_by: &[paid(ORDER).old(UNPAID), paid(ORDERS).old(UNPAID)],
    unchanged: Worth::NotDone,
    ..of_order(Pay)
};

pub(super) const PAY_BATCH: Effect = Effect {
    found_by: FoundBy::Id(&["orderIds"]),
    in_background: Some(true),
    shown_by: &[paid(ORDER), paid(ORDERS)],
    ..of_order(Pay)
};

pub(super) const CONFIRM_RECEIPT: Effect = Effect {
    in_background: Some(false),
    shown_by: &[received(ORDER), received(ORDERS)],
    unchanged: Worth::NotDone,
    ..of_order(Change)
};

pub(super) const UPLOAD_VOUCHER: Effect =
    Effect { in_background: Some(false), ..Effect::unknown(Upload, "a picture shows nowhere until a refund uses it") };

pub(super) const CREATE_REFUND: Effect = Effect {
    in_background: Some(false),
    shown_by: &[ORDER.lasting().done(&[
        Sign::changed("productItems[].refundId"),
        Sign::changed("baseInfo.refundId"),
        Sign::changed("productItems[].refundIdForAs"),
    ])],
    unchanged: Worth::NotDone,
    why: "an order may have had a refund before, and how late a new one shows is not published",
    ..of_order(Create)
};

pub(super) const RETURN_GOODS: Effect = Effect {
    found_by: FoundBy::Id(&["refundId"]),
    in_background: Some(false),
    shown_by: &[REFUND
        .done(&[
            Sign::same("", &[("freightBill", "freightBill")]),
            Sign::one_of("buyerSendGoods", &["true"]),
            Sign::one_of("status", &["waitsellerreceive", "refundsuccess"]),
        ])
        .old(&[Sign::one_of("status", &["waitbuyersend"])])
        .never(&[Sign::one_of("status", &["refundclose"])])],
    unchanged: Worth::NotDone,
    why: "the refund exists whatever became of the call",
    ..of_order(Change)
};

pub(super) const ADD_TO_CART: Effect = Effect {
    found_by: FoundBy::Contents,
    shown_by: &[CART.equal(&[("specId", "specId")]).done(&[Sign::changed("quantity")])],
    why: "how the cart counts a variant that is in it is not published",
    ..of_order(Change)
};

pub(super) const DELETE_FROM_CART: Effect = Effect {
    found_by: FoundBy::Id(&["cartIds"]),
    shown_by: &[CART.key("id").done(&[Sign { field: "", test: Test::Absent }])],
    absent: Worth::Done,
    why: "path and fields of the deletion are not published",
    ..of_order(Change)
};

pub(super) const EDIT_CART: Effect = Effect {
    found_by: FoundBy::Id(&["id"]),
    in_background: Some(false),
    shown_by: &[CART.key("id").done(&[Sign::same("", &[("quantity", "quantity")])])],
    unchanged: Worth::NotDone,
    why: "the line may have been deleted or ordered meanwhile",
    ..of_order(Change)
};

/// The pages of a row of orders as 1688 writes them.
pub(in crate::api) const fn orders(row: &'static str) -> Shown {
    Shown::walk(row, &["result[]"], "baseInfo.id").created("baseInfo.createTime")
}

pub(in crate::api) const fn paid(order: Shown) -> Shown {
    order.done(PAID).pending(PAYING).never(CANCELLED)
}

/// An order that is made with the caller's words to the seller.
pub(in crate::api) const fn create() -> Effect {
    Effect {
        action: Create,
        found_by: FoundBy::Reference { field: "message", read_by_seller: true },
        in_background: None,
        shown_by: &[],
        absent: Worth::Nothing,
        unchanged: Worth::Nothing,
        why: "how late the list shows an order is not published",
        better: None,
    }
}

/// An order that is made with the caller's own number, which 1688 takes, but not the vendor's published call.
pub(in crate::api) const fn create_by_number() -> Effect {
    Effect {
        found_by: FoundBy::Reference { field: "outOrderId", read_by_seller: false },
        why: "whether `outOrderId` is passed on to 1688 and comes back is not published",
        ..create()
    }
}

pub(in crate::api) const fn of_order(action: Action) -> Effect {
    Effect {
        action,
        found_by: FoundBy::Id(&["orderId"]),
        in_background: None,
        shown_by: &[],
        absent: Worth::Nothing,
        unchanged: Worth::Nothing,
        why: "the order exists whatever became of the call",
        better: None,
    }
}

pub(super) const ORDERS: Shown = orders("alibaba.order.page");
pub(super) const ORDER: Shown =
    Shown::ask("alibaba.order.get", &[("orderId", Id), ("webSite", Text("1688"))], &[""]).key("baseInfo.id");
pub(super) const REFUND: Shown = Shown::ask("alibaba.after_sale.get", &[("refundId", Id)], &[""]).key("refundId");
const CART: Shown =
    Shown::walk("alibaba.cart.list", &["enableList[].cartItemInfos[]", "disableList[].cartItemInfos[]"], "");
pub(in crate::api) const LINES: &Lines =
    &Lines { written: "cargoParamList", at: "productItems[]", same: &[("productId", "offerId"), ("specId", "specId")] };
pub(in crate::api) const MADE: &[Sign] = &[Sign::present("baseInfo.id")];
const PAID: &[Sign] = &[Sign::one_of("tradeTerms[].payStatus", &["2", "6"])];
pub(super) const PAYING: &[Sign] = &[Sign::one_of("tradeTerms[].payStatus", &["9"])];
pub(super) const CANCELLED: &[Sign] = &[Sign::one_of("baseInfo.status", &["cancel", "terminated"])];
pub(super) const RECEIVED: &[Sign] = &[Sign::one_of("baseInfo.status", &["confirm_goods", "success"])];
const OPEN: &[Sign] = &[Sign::one_of("baseInfo.status", &["waitbuyerpay"])];
/// Unpaid, or not created outside of 1688.
const UNPAID: &[Sign] = &[Sign::one_of("tradeTerms[].payStatus", &["1", "7"])];
const NOT_RECEIVED: &[Sign] = &[Sign::one_of(
    "baseInfo.status",
    &["waitbuyerpay", "waitsellersend", "waitlogisticstakein", "waitbuyerreceive", "waitbuyersign", "signinsuccess"],
)];
/// States that only a paid order has.
pub(super) const AFTER_PAYMENT: &[Sign] = &[Sign::one_of(
    "baseInfo.status",
    &[
        "waitsellersend",
        "waitlogisticstakein",
        "waitbuyerreceive",
        "waitbuyersign",
        "signinsuccess",
        "confirm_goods",
        "success",
    ],
)];

const fn cancelled(order: Shown) -> Shown {
    order.done(CANCELLED).never(AFTER_PAYMENT).old(OPEN)
}

const fn received(order: Shown) -> Shown {
    order.done(RECEIVED).old(NOT_RECEIVED)
}
