//! Purchase orders: preview, create, pay, cancel, list, follow.

use super::shapes;
use crate::refusal::{Reason, Refusal};
use crate::rows::context::line_request;
use crate::rows::{Row, RowContext, RowResult};
use crate::sample::SEED;
use crate::state::{CARRIER, LineRequest, Market, Order, Pace, Quote, Stage, is_example, unknown_order};
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

fn render(context: &mut RowContext<'_>) -> RowResult {
    context.reply(&shapes::preview(&Quote::of(Market::Taobao, &line_requests(context))?))
}

fn create(context: &mut RowContext<'_>) -> RowResult {
    let quote = Quote::of(Market::Taobao, &line_requests(context))?;
    let most = context.fen("purchaseAmount")?;
    let receiver = context.field("receiver").cloned().unwrap_or_default();
    let order = place(context, quote, most, receiver)?;
    context.reply(&shapes::created(&order))
}

/// Places an order that may cost so much at most.
pub(super) fn place(
    context: &mut RowContext<'_>,
    quote: Quote,
    most: Option<i64>,
    receiver: Value,
) -> Result<Order, Refusal> {
    if let Some(most) = most.filter(|most| quote.total() > *most) {
        let message = format!("purchaseAmount: the order costs {} fen, more than {most}", quote.total());
        return Err(Refusal::new(Reason::UnfitAmount, message));
    }
    let order = context.new_order(Market::Taobao, quote, receiver);
    context.place(order.clone());
    Ok(order)
}

fn page(context: &mut RowContext<'_>) -> RowResult {
    let page = context.page(context.state.order_count(context.caller(), Market::Taobao));
    let orders = context.state.order_page(context.caller(), Market::Taobao, page.range());
    let shown: Vec<Value> = orders.map(|order| shapes::order(context.state, order)).collect();
    context.reply(&json!({"pageNo": page.number, "pageSize": page.size, "resultsTotal": page.total, "data": shown}))
}

fn get(context: &mut RowContext<'_>) -> RowResult {
    match context.order(Market::Taobao, "orderId")? {
        Some(order) => context.reply(&shapes::order(context.state, &order)),
        None => context.sample(),
    }
}

/// Begins to pay the order that `orderId` names, or those of a list. What cannot be paid refuses the call for one order;
/// of a list it is named in a success, as the upstream does.
fn pay(context: &mut RowContext<'_>) -> RowResult {
    let ids = paid_ids(context)?;
    let mut found = Vec::new();
    for id in &ids {
        found.push(context.order_of(Market::Taobao, "orderId", id)?);
    }
    let mut result = PayResult::default();
    for (id, order) in ids.iter().zip(found) {
        match order.map(|order| context.pay(&order.id, Pace::Later)) {
            None | Some(Ok(_)) => result.will_pay.push(id.clone()),
            Some(Err(refusal)) if ids.len() > 1 || refusal.reason == Reason::BalanceTooLow => {
                result.failed.push((id.clone(), refusal));
            }
            Some(Err(refusal)) => return Err(refusal),
        }
    }
    context.reply(&result.shown())
}

/// The most orders of one payment.
const MAX_PAID: usize = 10;

/// The orders that a payment names, each once.
fn paid_ids(context: &RowContext<'_>) -> Result<Vec<String>, Refusal> {
    const LIST: &str = "purchaseOrderIdList";
    if context.field(LIST).is_none() {
        return Ok(vec![context.text("orderId").unwrap_or_default()]);
    }
    let mut ids: Vec<String> = Vec::new();
    for id in context.texts(LIST) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.is_empty() || ids.len() > MAX_PAID {
        let message = format!("{LIST}: name 1 to {MAX_PAID} orders, not {}", ids.len());
        return Err(Refusal::new(Reason::UnfitCount, message));
    }
    Ok(ids)
}

/// What becomes of the orders of one payment.
#[derive(Default)]
struct PayResult {
    will_pay: Vec<String>,
    failed: Vec<(String, Refusal)>,
}

impl PayResult {
    fn shown(&self) -> Value {
        let failures = self.failed.iter().map(|(id, refusal)| {
            json!({
                "orderId": id, "errorCode": refusal.reason.code().to_string(), "errorMessage": refusal.message,
            })
        });
        json!({
            "willPayPurchaseOrderIds": self.will_pay,
            "payFailurePurchaseOrderIds": self.failed.iter().map(|(id, _)| id).collect::<Vec<_>>(),
            "payFailedResults": failures.collect::<Vec<_>>(),
        })
    }
}

/// Begins to cancel an order; the answer says no more than that.
fn cancel(context: &mut RowContext<'_>) -> RowResult {
    if let Some(order) = context.order(Market::Taobao, "orderId")? {
        let reason = context.text("cancelReason").unwrap_or_else(|| "buyer_cancel".to_string());
        context.cancel(&order.id, reason, Pace::Later)?;
    }
    context.reply(&json!({"success": true, "errorCode": null, "errorMsg": null}))
}

fn upload_voucher(context: &mut RowContext<'_>) -> RowResult {
    let Some(order) = context.order(Market::Taobao, "orderId")? else { return context.sample_as::<PurchaseOrder>() };
    order.check_payable()?;
    let now = context.now();
    let order = context.state.order_mut(&order.id)?;
    order.voucher = true;
    order.changed = now;
    let order = order.clone();
    context.reply_raw(&shapes::changed(context.state, &order))
}

/// The goods of an order go to another warehouse, as long as they have not been shipped.
fn update_warehouse(context: &mut RowContext<'_>) -> RowResult {
    let Some(order) = context.order(Market::Taobao, "orderId")? else { return context.sample_as::<PurchaseOrder>() };
    match order.stage {
        Stage::Unpaid => {}
        Stage::Shipped | Stage::Received => {
            let message = format!("the order {} has been shipped", order.id);
            return Err(Refusal::new(Reason::AlreadyShipped, message));
        }
        _ => order.check_paid()?,
    }
    let warehouse = json!({"name": context.text("warehouseName"), "address": context.text("warehouseAddress")});
    let now = context.now();
    let order = context.state.order_mut(&order.id)?;
    order.warehouse = warehouse;
    order.changed = now;
    let order = order.clone();
    let mut shown = shapes::changed(context.state, &order);
    shown["warehouse"] = order.warehouse;
    context.reply_raw(&shown)
}

fn logistics(context: &mut RowContext<'_>) -> RowResult {
    let id = context.text("subPurchaseOrderId").unwrap_or_default();
    let Some((order, at)) = context.state.line(context.caller(), Market::Taobao, &id) else {
        return if is_example("subPurchaseOrderId", &id) { context.sample() } else { Err(unknown_order(&id)) };
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
        .traces(order.line_shipped(line))
        .into_iter()
        .map(|trace| {
            json!({
                SEED: trace.status,
                "time": trace.at.to_string(),
                "status": trace.status,
                "statusDesc": trace.description,
                "standardDesc": trace.description,
                "action": trace.action,
            })
        })
        .collect();
    context.reply(&json!({
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

fn line_requests(context: &RowContext<'_>) -> Vec<LineRequest> {
    let lines = context.field("orderLineList").and_then(Value::as_array);
    lines.into_iter().flatten().map(|line| line_request(line, "itemId", "skuId")).collect()
}
