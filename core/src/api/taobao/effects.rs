//! How the effects of Taobao's writes show.

use crate::effect::Action::{Cancel, Change, Create, Message, Pay, Upload};
use crate::effect::Ask::{Field, Id};
use crate::effect::{ANYWHERE, Action, Effect, FoundBy, Lines, Shown, Sign, Test, Worth};

pub(super) const PAY: Effect =
    Effect { in_background: Some(true), shown_by: &[paid(ORDERS), paid(ORDER), paid(OTHER_ORDERS)], ..of_order(Pay) };

pub(super) const CANCEL: Effect = Effect {
    in_background: Some(true),
    shown_by: &[closed(ORDERS), closed(ORDER), closed(OTHER_ORDERS)],
    ..of_order(Cancel)
};

pub(super) const UPLOAD_VOUCHER: Effect =
    Effect { shown_by: &[handed_in(ORDERS), handed_in(ORDER), handed_in(OTHER_ORDERS)], ..of_order(Upload) };

pub(super) const CREATE: Effect = Effect {
    action: Create,
    found_by: FoundBy::Reference { field: "sellerOrderNumber", read_by_seller: false },
    in_background: Some(true),
    shown_by: &[
        ORDERS.key("sellerOrderNumber").lines(LINES).done(&[Sign::present("orderId")]),
        OTHER_ORDERS.key("sellerOrderNumber").lines(LINES).done(&[Sign::present("orderId")]),
    ],
    absent: Worth::Nothing,
    unchanged: Worth::Nothing,
    why: "which list shows all orders, and how late, is not published",
    better: None,
};

pub(super) const CREATE_FROM_CART: Effect = Effect {
    found_by: FoundBy::Contents,
    in_background: Some(true),
    shown_by: &[ORDERS, OTHER_ORDERS],
    ..Effect::unknown(Create, "the call names lines of the cart, and no order shows from which it was made")
};

pub(super) const UPDATE_WAREHOUSE: Effect = Effect::unknown(Change, "no order is known to show its forward warehouse");

pub(super) const RETURN_LOGISTICS: Effect = Effect {
    shown_by: &[REFUND
        .done(&[Sign::same(
            "logistics",
            &[("logisticsNo", "logisticsNo"), ("logisticsCompany.logisticsCompanyCode", "logisticsCompanyCode")],
        )])
        .never(&[Sign::one_of("refundOrder.refundStatus", &["-20"])])],
    ..of_refund(Change)
};

pub(super) const CANCEL_REFUND: Effect = Effect {
    in_background: Some(false),
    shown_by: &[REFUND
        .done(&[Sign::one_of("refundOrder.refundStatus", &["-20"])])
        .never(&[Sign::one_of("refundOrder.refundStatus", &["100"])])
        .old(&[Sign::one_of("refundOrder.refundStatus", &["10", "20", "30", "-10"])])],
    unchanged: Worth::NotDone,
    ..of_refund(Cancel)
};

pub(super) const MODIFY_REFUND: Effect = Effect {
    shown_by: &[REFUND.done(&[Sign::same(
        "refundOrder",
        &[
            ("refundFee", "refundFee"),
            ("reasonId", "reasonId"),
            ("refundDesc", "refundDesc"),
            ("goodsStatus", "goodsStatus"),
            ("refundType", "refundType"),
        ],
    )])],
    ..of_refund(Change)
};

pub(super) const REFUND_MESSAGE: Effect = Effect {
    shown_by: &[Shown::ask("taobao.after_sale.messages", &[("refundId", Id)], &[""])
        .done(&[Sign { field: "", test: Test::Says("refundMessage") }])],
    why: "the list of messages is not published",
    ..of_refund(Message)
};

pub(super) const SUBMIT_REFUND: Effect = Effect {
    action: Create,
    found_by: FoundBy::Id(&["subOrderId"]),
    in_background: None,
    shown_by: &[
        Shown::ask(
            "taobao.after_sale.render",
            &[("subOrderId", Id), ("goodsStatus", Field("goodsStatus")), ("refundType", Field("refundType"))],
            &["refundOrderTemplate.refundOrder"],
        )
        .done(&[Sign::changed("refundId")]),
        Shown::walk("taobao.order.purchase_page", &["data[].subOrders[]"], "subPurchaseOrderId")
            .lasting()
            .done(&[Sign::changed("refundId")]),
        Shown::walk("taobao.after_sale.list", &["data[]"], "purchaseOrderLine.purchaseOrderLineId")
            .done(&[Sign::changed("refundOrder.refundId")]),
    ],
    absent: Worth::Nothing,
    unchanged: Worth::Nothing,
    why: "a line may have had an after-sale order before, and how late a new one shows is not published",
    better: None,
};

pub(super) const ADD_TO_CART: Effect = Effect {
    action: Change,
    found_by: FoundBy::Contents,
    in_background: None,
    shown_by: &[CART.equal(&[("mpSkuId", "mpSkuId"), ("mpId", "mpId")]).done(&[Sign::changed("quantity")])],
    absent: Worth::Nothing,
    unchanged: Worth::Nothing,
    why: "the cart's list is not published",
    better: None,
};

pub(super) const DELETE_FROM_CART: Effect = Effect {
    shown_by: &[CART.key("id").done(&[Sign { field: "", test: Test::Absent }])],
    absent: Worth::Done,
    ..of_cart_line(FoundBy::Id(&["ids"]))
};

pub(super) const EDIT_CART: Effect = Effect {
    shown_by: &[CART.key("id").done(&[Sign::same("", &[("quantity", "quantity")])])],
    ..of_cart_line(FoundBy::Id(&["id"]))
};

pub(super) const ORDERS: Shown =
    Shown::walk("taobao.order.purchase_page", &["data[]"], "orderId").created("createdTime");
pub(super) const OTHER_ORDERS: Shown = Shown::walk("taobao.order.page", &["data[]"], "orderId").created("createdTime");
pub(super) const ORDER: Shown = Shown::ask("taobao.order.get", &[("orderId", Id)], &[""]).key("orderId");
pub(super) const REFUND: Shown =
    Shown::ask("taobao.after_sale.get", &[("refundId", Id)], &["refundOrderAggregate"]).key("refundOrder.refundId");
const CART: Shown = Shown::walk("taobao.cart.list", ANYWHERE, "");

const LINES: &Lines =
    &Lines { written: "orderLineList", at: "subOrders[]", same: &[("itemId", "itemId"), ("skuId", "skuId")] };
const PAID: &[Sign] = &[
    Sign::one_of("orderStatus", &["10", "11"]),
    Sign::one_of("status", &["WAIT_SELLER_SEND_GOODS", "WAIT_BUYER_CONFIRM_GOODS"]),
];
const PAYING: &[Sign] = &[Sign::one_of("orderStatus", &["2", "5"])];
pub(super) const CLOSED: &[Sign] = &[Sign::one_of("orderStatus", &["4"]), Sign::one_of("status", &["TRADE_CLOSED"])];
/// The proof of payment is there or was confirmed, or the order is paid. One that was refused may be an earlier one.
const HANDED_IN: &[Sign] = &[Sign::one_of("orderStatus", &["1", "2", "5", "10", "11"])];

pub(super) const fn paid(order: Shown) -> Shown {
    order.done(PAID).pending(PAYING).never(CLOSED)
}

pub(super) const fn closed(order: Shown) -> Shown {
    order.done(CLOSED)
}

const fn handed_in(order: Shown) -> Shown {
    order.done(HANDED_IN).never(CLOSED)
}

const fn of_order(action: Action) -> Effect {
    Effect {
        action,
        found_by: FoundBy::Id(&["orderId", "purchaseOrderIdList"]),
        in_background: None,
        shown_by: &[],
        absent: Worth::Nothing,
        unchanged: Worth::Nothing,
        why: "the order exists whatever became of the call, and how long the platform takes is not published",
        better: None,
    }
}

const fn of_refund(action: Action) -> Effect {
    Effect {
        found_by: FoundBy::Id(&["refundId"]),
        why: "the after-sale order exists whatever became of the call",
        ..of_order(action)
    }
}

const fn of_cart_line(found_by: FoundBy) -> Effect {
    Effect { found_by, why: "the cart's list is not published", ..of_order(Change) }
}
