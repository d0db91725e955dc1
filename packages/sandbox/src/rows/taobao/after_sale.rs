//! After-sale: render, submit, follow, change, send back.

use super::shapes;
use crate::refusal::{Reason, Refusal};
use crate::rows::{Row, RowContext, RowResult};
use crate::sample::SEED;
use crate::state::{
    CARRIER, CARRIER_CODE, Claim, Market, Message, Order, Refund, RefundStage, is_example, unknown_order,
};
use serde_json::{Value, json};
use xportcn_core::taobao::after_sale::{GetReply, RefundOrderAggregate};

pub(in crate::rows) const ROWS: &[Row] = &[
    ("taobao.after_sale.render", render),
    ("taobao.after_sale.submit", submit),
    ("taobao.after_sale.modify", modify),
    ("taobao.after_sale.cancel", cancel),
    ("taobao.after_sale.get", get),
    ("taobao.after_sale.list", list),
    ("taobao.after_sale.messages", messages),
    ("taobao.after_sale.submit_message", submit_message),
    ("taobao.after_sale.return_logistics_render", return_logistics_render),
    ("taobao.after_sale.return_logistics_submit", return_logistics_submit),
];

/// Kinds of request: money back, and money and goods back. Their values are not published; these are the sandbox's.
const KINDS: [&str; 2] = ["1", "2"];
/// States of the goods: not received, and received. The sandbox's, too.
const GOODS: [&str; 2] = ["1", "2"];
const REASONS: [(&str, &str); 3] = [("1", "不想要了"), ("2", "质量问题"), ("3", "尺寸不符")];

fn render(context: &mut RowContext<'_>) -> RowResult {
    let Some((order, at)) = sub_order(context)? else { return context.sample() };
    order.check_paid()?;
    let most = limit(&order, at);
    let refund = context.state.refund_of_line(&order.lines[at]);
    let reasons = REASONS.map(|(id, words)| json!({SEED: id, "reasonId": id, "reasonDesc": words}));
    context.reply(&json!({
        SEED: order.id,
        "currency": "CNY",
        "refundOrderTemplate": {
            SEED: order.id,
            "goodsStatusList": GOODS,
            "refundTypeList": KINDS,
            "refundReasons": reasons,
            "maxRefundFee": {
                SEED: order.id, "canEditRefundFee": true, "minRefundFee": 1, "maxRefundFee": most, "refundFee": most,
            },
            "refundOrder": refund.map(|refund| shapes::refund(refund, Some(&order))),
        },
    }))
}

fn submit(context: &mut RowContext<'_>) -> RowResult {
    let Some((order, at)) = sub_order(context)? else { return context.sample_as::<GetReply>() };
    order.check_paid()?;
    if let Some(open) = context.state.refund_of_line(&order.lines[at]).filter(|refund| refund.is_open()) {
        let message = format!("the sub-order has the refund {}, which is {}", open.id, open.stage.describe());
        return Err(Refusal::new(Reason::RefundUnderWay, message));
    }
    let claim = claim(context, &order, at, None)?;
    let now = context.now();
    let id = context.state.next_id(now);
    let refund = Refund {
        number: id.clone(),
        id,
        owner: context.caller().clone(),
        market: Market::Taobao,
        order: order.id.clone(),
        lines: vec![order.lines[at].id.clone()],
        stage: RefundStage::Applied,
        claim,
        parcel: None,
        refusal: None,
        messages: Vec::new(),
        steps: vec![(RefundStage::Applied, now)],
    };
    context.claim(&refund)?;
    reply_as_get(context, &refund)
}

fn modify(context: &mut RowContext<'_>) -> RowResult {
    let Some(refund) = context.refund(Market::Taobao)? else { return context.sample_as::<GetReply>() };
    refund.check_changeable()?;
    let Some((order, at)) = line(context, &refund) else { return Err(unknown_order(&refund.order)) };
    let claim = claim(context, &order, at, Some(&refund.claim))?;
    let now = context.now();
    context.state.refund_mut(&refund.id)?.change(now, claim)?;
    let refund = context.changed_refund(&refund.id)?;
    reply_as_get(context, &refund)
}

fn cancel(context: &mut RowContext<'_>) -> RowResult {
    let Some(refund) = context.refund(Market::Taobao)? else { return context.sample() };
    let now = context.now();
    context.state.refund_mut(&refund.id)?.cancel(now)?;
    let refund = context.changed_refund(&refund.id)?;
    context.reply(&json!({
        SEED: refund.id, "cancelSuccess": true, "currency": "CNY", "refundOrderAggregate": aggregate(context, &refund),
    }))
}

fn get(context: &mut RowContext<'_>) -> RowResult {
    match context.refund(Market::Taobao)? {
        Some(refund) => context.reply(&shown(context, &refund)),
        None => context.sample(),
    }
}

fn list(context: &mut RowContext<'_>) -> RowResult {
    let fits = |refund: &&&Refund| {
        let order = line(context, refund);
        let sales_id = order.map(|(order, _)| order.sales_id).unwrap_or_default();
        [("refundId", &refund.id), ("purchaseOrderId", &refund.order), ("salesOrderId", &sales_id)]
            .iter()
            .all(|(name, value)| context.text(name).is_none_or(|asked| asked == **value))
            && context.int("refundStatus").is_none_or(|asked| asked == refund.stage.taobao())
            && context.int("refundStartTime").is_none_or(|from| refund.times().0 >= millis(from))
            && context.int("refundEndTime").is_none_or(|to| refund.times().0 <= millis(to))
    };
    let refunds = context.state.refunds(context.caller(), Market::Taobao);
    let refunds: Vec<&&Refund> = refunds.iter().filter(fits).collect();
    let page = context.page(refunds.len());
    let shown: Vec<Value> = refunds[page.range()].iter().map(|refund| aggregate(context, refund)).collect();
    context.reply(&json!({"pageNo": page.number, "pageSize": page.size, "data": shown}))
}

fn messages(context: &mut RowContext<'_>) -> RowResult {
    let Some(refund) = context.refund(Market::Taobao)? else { return context.reply_raw(&json!([])) };
    context.reply_raw(&Value::Array(refund.messages.iter().map(message).collect()))
}

fn submit_message(context: &mut RowContext<'_>) -> RowResult {
    let Some(refund) = context.refund(Market::Taobao)? else { return context.reply_raw(&Value::Null) };
    let now = context.now();
    let added = Message {
        id: context.state.next_id(now),
        from_buyer: true,
        text: context.text("refundMessage").unwrap_or_default(),
        images: context.text("refundImages"),
        at: now,
    };
    let shown = message(&added);
    context.state.refund_mut(&refund.id)?.messages.push(added);
    context.reply_raw(&shown)
}

fn return_logistics_render(context: &mut RowContext<'_>) -> RowResult {
    let Some(refund) = context.refund(Market::Taobao)? else { return context.sample() };
    refund.check_agreed()?;
    context.reply(&json!([{"logisticsCompanyCode": CARRIER_CODE, "logisticsCompanyName": CARRIER}]))
}

fn return_logistics_submit(context: &mut RowContext<'_>) -> RowResult {
    let Some(refund) = context.refund(Market::Taobao)? else { return context.sample_as::<RefundOrderAggregate>() };
    let (now, text) = (context.now(), |name: &str| context.text(name).unwrap_or_default());
    let (carrier, waybill) = (text("logisticsCompanyCode"), text("logisticsNo"));
    context.state.refund_mut(&refund.id)?.send_back(now, &carrier, &waybill)?;
    let refund = context.changed_refund(&refund.id)?;
    context.reply_as::<RefundOrderAggregate>(&aggregate(context, &refund))
}

/// The caller's sub-order that is meant; absent where it is an example's.
fn sub_order(context: &RowContext<'_>) -> Result<Option<(Order, usize)>, Refusal> {
    let id = context.text("subOrderId").unwrap_or_default();
    match context.state.line(context.caller(), Market::Taobao, &id) {
        Some((order, at)) => Ok(Some((order.clone(), at))),
        None if is_example("subOrderId", &id) => Ok(None),
        None => Err(unknown_order(&id)),
    }
}

/// The order and line of a refund.
fn line(context: &RowContext<'_>, refund: &Refund) -> Option<(Order, usize)> {
    let (order, at) = context.state.line(&refund.owner, refund.market, refund.lines.first()?)?;
    Some((order.clone(), at))
}

/// What the request asks for; what it leaves out is as it was before.
fn claim(context: &RowContext<'_>, order: &Order, at: usize, before: Option<&Claim>) -> Result<Claim, Refusal> {
    let most = limit(order, at);
    let payment = context.fen("refundFee")?.or(before.map(|before| before.payment)).unwrap_or(most);
    if !(1..=most).contains(&payment) {
        let message = format!("refundFee: must be from 1 to {most} fen, as the rendering says, not {payment}");
        return Err(Refusal::new(Reason::UnfitAmount, message));
    }
    let kept = |name: &str, old: fn(&Claim) -> &String| context.text(name).or_else(|| before.map(old).cloned());
    let kind = kept("refundType", |claim| &claim.kind).unwrap_or_else(|| KINDS[0].to_string());
    Ok(Claim {
        payment,
        freight: 0,
        returns: kind == KINDS[1],
        kind,
        goods: kept("goodsStatus", |claim| &claim.goods).unwrap_or_else(|| GOODS[0].to_string()),
        reason: kept("reasonId", |claim| &claim.reason).unwrap_or_else(|| REASONS[0].0.to_string()),
        description: kept("refundDesc", |claim| &claim.description).unwrap_or_default(),
    })
}

/// The most that can be asked back for a line: what was paid for it, with the freight that it carries.
fn limit(order: &Order, at: usize) -> i64 {
    order.lines[at].amount + if at == 0 { order.freight } else { 0 }
}

fn reply_as_get(context: &RowContext<'_>, refund: &Refund) -> RowResult {
    context.reply_as::<GetReply>(&shown(context, refund))
}

fn shown(context: &RowContext<'_>, refund: &Refund) -> Value {
    json!({SEED: refund.id, "currency": "CNY", "refundOrderAggregate": aggregate(context, refund)})
}

fn aggregate(context: &RowContext<'_>, refund: &Refund) -> Value {
    let order = line(context, refund);
    let mut shown = shapes::aggregate(context.state, refund, order.as_ref().map(|(order, at)| (order, *at)));
    let words = REASONS.iter().find(|(id, _)| *id == refund.claim.reason).map(|(_, words)| *words);
    shown["refundOrder"]["reasonDesc"] = json!(words);
    shown
}

fn message(message: &Message) -> Value {
    json!({
        "messageId": message.id,
        "owner": if message.from_buyer { "buyer" } else { "seller" },
        "refundMessage": message.text,
        "refundImages": message.images,
        "time": message.at,
    })
}

/// Seconds or milliseconds, for the unit is not published.
fn millis(time: i64) -> i64 {
    if time < 100_000_000_000 { time.saturating_mul(1000) } else { time }
}
