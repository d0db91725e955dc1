//! Purchase orders: preview, create, pay, cancel, list, follow.

use super::shapes;
use crate::invent::SEED;
use crate::refusal::{Reason, Refusal};
use crate::rows::visit::wish;
use crate::rows::{Data, Row, Visit};
use crate::state::{Bill, CARRIER, Market, Order, Stage, Wish, is_sample, unknown_order};
use serde_json::{Value, json};
use xportcn_core::taobao::order::PurchaseOrder;

pub(in crate::rows) const ROWS: &[Row] = &[
    ("taobao.order.purchase_render", render),
    ("taobao.order.purchase_render_v2", render),
    ("taobao.order.purchase_create", create),
    ("taobao.order.purchase_create_v2", create),
    ("taobao.order.purchase_page", page),
    ("taobao.order.page", page),
    ("taobao.order.get", get),
    ("taobao.order.purchase_pay", pay),
    ("taobao.order.pay", pay),
    ("taobao.order.purchase_cancel", cancel),
    ("taobao.order.cancel", cancel),
    ("taobao.order.upload_voucher", upload_voucher),
    ("taobao.order.update_warehouse", update_warehouse),
    ("taobao.order.logistics", logistics),
];

fn render(visit: &mut Visit<'_>) -> Data {
    visit.reply_raw(&shapes::preview(&Bill::of(Market::Taobao, &wishes(visit))?))
}

fn create(visit: &mut Visit<'_>) -> Data {
    let bill = Bill::of(Market::Taobao, &wishes(visit))?;
    let most = visit.fen("purchaseAmount")?;
    let receiver = visit.field("receiver").cloned().unwrap_or_default();
    let order = place(visit, bill, most, receiver)?;
    visit.reply_raw(&shapes::changed(visit.state, &order))
}

/// Places an order that may cost so much at most.
pub(super) fn place(visit: &mut Visit<'_>, bill: Bill, most: Option<i64>, receiver: Value) -> Result<Order, Refusal> {
    if let Some(most) = most.filter(|most| bill.total() > *most) {
        let message = format!("purchaseAmount: the order costs {} fen, more than {most}", bill.total());
        return Err(Refusal::new(Reason::UnfitAmount, message));
    }
    let order = visit.new_order(Market::Taobao, bill, receiver);
    visit.place(order.clone());
    Ok(order)
}

fn page(visit: &mut Visit<'_>) -> Data {
    let orders = visit.state.orders(visit.caller(), Market::Taobao);
    let page = visit.page(orders.len());
    let shown: Vec<Value> = orders[page.range()].iter().map(|order| shapes::order(visit.state, order)).collect();
    visit.reply(&json!({"pageNo": page.number, "pageSize": page.size, "data": shown}))
}

fn get(visit: &mut Visit<'_>) -> Data {
    match visit.order(Market::Taobao, "orderId")? {
        Some(order) => visit.reply(&shapes::order(visit.state, &order)),
        None => visit.sample(),
    }
}

fn pay(visit: &mut Visit<'_>) -> Data {
    let Some(order) = visit.order(Market::Taobao, "orderId")? else { return visit.sample_as::<PurchaseOrder>() };
    let order = visit.pay(&order.id)?;
    visit.reply_raw(&shapes::changed(visit.state, &order))
}

fn cancel(visit: &mut Visit<'_>) -> Data {
    let Some(order) = visit.order(Market::Taobao, "orderId")? else { return visit.sample_as::<PurchaseOrder>() };
    let order = visit.cancel(&order.id, "buyer_cancel")?;
    visit.reply_raw(&shapes::changed(visit.state, &order))
}

fn upload_voucher(visit: &mut Visit<'_>) -> Data {
    let Some(order) = visit.order(Market::Taobao, "orderId")? else { return visit.sample_as::<PurchaseOrder>() };
    order.check_payable()?;
    let now = visit.now();
    let order = visit.state.order_mut(&order.id)?;
    order.voucher = true;
    order.changed = now;
    let order = order.clone();
    visit.reply_raw(&shapes::changed(visit.state, &order))
}

/// The goods of an order go to another warehouse, as long as they have not been shipped.
fn update_warehouse(visit: &mut Visit<'_>) -> Data {
    let Some(order) = visit.order(Market::Taobao, "orderId")? else { return visit.sample_as::<PurchaseOrder>() };
    match order.stage {
        Stage::Unpaid => {}
        Stage::Shipped | Stage::Received => {
            let message = format!("the order {} has been shipped", order.id);
            return Err(Refusal::new(Reason::AlreadyShipped, message));
        }
        _ => order.check_paid()?,
    }
    let warehouse = json!({"name": visit.text("warehouseName"), "address": visit.text("warehouseAddress")});
    let now = visit.now();
    let order = visit.state.order_mut(&order.id)?;
    order.warehouse = warehouse;
    order.changed = now;
    let order = order.clone();
    let mut shown = shapes::changed(visit.state, &order);
    shown["warehouse"] = order.warehouse;
    visit.reply_raw(&shown)
}

fn logistics(visit: &mut Visit<'_>) -> Data {
    let id = visit.text("subPurchaseOrderId").unwrap_or_default();
    let Some((order, at)) = visit.state.line(visit.caller(), Market::Taobao, &id) else {
        return if is_sample("subPurchaseOrderId", &id) { visit.sample() } else { Err(unknown_order(&id)) };
    };
    order.check_paid()?;
    let line = &order.lines[at];
    let goods = json!([{
        "title": line.title, "property": line.colour, "imageUrl": line.image,
        "quantity": line.quantity.normalize().to_string(),
    }]);
    let field = |name: &str| order.receiver.get(name).cloned().unwrap_or_default();
    let receiver = json!({
        "name": field("name"), "phone": field("mobilePhone"), "address": field("address"), "zipCode": field("zip"),
        "province": field("state"), "city": field("city"), "district": field("district"),
    });
    let traces: Vec<Value> = order
        .traces()
        .into_iter()
        .map(|trace| {
            json!({
                SEED: trace.status,
                "time": trace.at.to_string(),
                "status": trace.status,
                "statusDesc": trace.words,
                "standardDesc": trace.words,
                "action": trace.action,
            })
        })
        .collect();
    visit.reply(&json!({
        "purchaseOrderOuterId": order.sales_id,
        "pnmLogisticsDetails": [{
            SEED: order.id,
            "mailNo": order.waybill(),
            "logisticsTraces": traces,
            "logisticsPartner": [{SEED: "carrier", "company": CARRIER}],
            "receiver": receiver,
            "logisticsGoods": goods,
        }],
    }))
}

fn wishes(visit: &Visit<'_>) -> Vec<Wish> {
    let lines = visit.field("orderLineList").and_then(Value::as_array);
    lines.into_iter().flatten().map(|line| wish(line, "itemId", "skuId")).collect()
}
