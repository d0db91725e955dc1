//! After-sale: render, submit, follow, change, send back.

use super::shapes;
use crate::invent::SEED;
use crate::refusal::{Reason, Refusal};
use crate::rows::{Data, Row, Visit};
use crate::state::{Claim, Market, Message, Order, Refund, RefundStage, is_sample, unknown_order};
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

fn render(visit: &mut Visit<'_>) -> Data {
    let Some((order, at)) = sub_order(visit)? else { return visit.sample() };
    order.check_paid()?;
    let most = limit(&order, at);
    let refund = visit.state.refund_of_line(&order.lines[at]);
    let reasons = REASONS.map(|(id, words)| json!({SEED: id, "reasonId": id, "reasonDesc": words}));
    visit.reply(&json!({
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

fn submit(visit: &mut Visit<'_>) -> Data {
    let Some((order, at)) = sub_order(visit)? else { return visit.sample_as::<GetReply>() };
    order.check_paid()?;
    if let Some(open) = visit.state.refund_of_line(&order.lines[at]).filter(|refund| refund.is_open()) {
        let message = format!("the sub-order has the refund {}, which is {}", open.id, open.stage.describe());
        return Err(Refusal::new(Reason::RefundUnderWay, message));
    }
    let claim = claim(visit, &order, at, None)?;
    let now = visit.now();
    let id = visit.state.next_id(now);
    let refund = Refund {
        number: id.clone(),
        id,
        owner: visit.caller().clone(),
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
    visit.claim(&refund)?;
    reply_as_get(visit, &refund)
}

fn modify(visit: &mut Visit<'_>) -> Data {
    let Some(refund) = visit.refund(Market::Taobao)? else { return visit.sample_as::<GetReply>() };
    refund.check_changeable()?;
    let Some((order, at)) = line(visit, &refund) else { return Err(unknown_order(&refund.order)) };
    let claim = claim(visit, &order, at, Some(&refund.claim))?;
    let now = visit.now();
    visit.state.refund_mut(&refund.id)?.change(now, claim)?;
    let refund = visit.told(&refund.id)?;
    reply_as_get(visit, &refund)
}

fn cancel(visit: &mut Visit<'_>) -> Data {
    let Some(refund) = visit.refund(Market::Taobao)? else { return visit.sample() };
    let now = visit.now();
    visit.state.refund_mut(&refund.id)?.cancel(now)?;
    let refund = visit.told(&refund.id)?;
    visit.reply(&json!({
        SEED: refund.id, "cancelSuccess": true, "currency": "CNY", "refundOrderAggregate": aggregate(visit, &refund),
    }))
}

fn get(visit: &mut Visit<'_>) -> Data {
    match visit.refund(Market::Taobao)? {
        Some(refund) => visit.reply(&shown(visit, &refund)),
        None => visit.sample(),
    }
}

fn list(visit: &mut Visit<'_>) -> Data {
    let fits = |refund: &&&Refund| {
        let order = line(visit, refund);
        let sales_id = order.map(|(order, _)| order.sales_id).unwrap_or_default();
        [("refundId", &refund.id), ("purchaseOrderId", &refund.order), ("salesOrderId", &sales_id)]
            .iter()
            .all(|(name, value)| visit.text(name).is_none_or(|asked| asked == **value))
            && visit.int("refundStatus").is_none_or(|asked| asked == refund.stage.taobao())
            && visit.int("refundStartTime").is_none_or(|from| refund.times().0 >= millis(from))
            && visit.int("refundEndTime").is_none_or(|to| refund.times().0 <= millis(to))
    };
    let refunds = visit.state.refunds(visit.caller(), Market::Taobao);
    let refunds: Vec<&&Refund> = refunds.iter().filter(fits).collect();
    let page = visit.page(refunds.len());
    let shown: Vec<Value> = refunds[page.range()].iter().map(|refund| aggregate(visit, refund)).collect();
    visit.reply(&json!({"pageNo": page.number, "pageSize": page.size, "data": shown}))
}

fn messages(visit: &mut Visit<'_>) -> Data {
    let Some(refund) = visit.refund(Market::Taobao)? else { return visit.reply_raw(&json!([])) };
    visit.reply_raw(&Value::Array(refund.messages.iter().map(message).collect()))
}

fn submit_message(visit: &mut Visit<'_>) -> Data {
    let Some(refund) = visit.refund(Market::Taobao)? else { return visit.reply_raw(&Value::Null) };
    let now = visit.now();
    let added = Message {
        id: visit.state.next_id(now),
        from_buyer: true,
        text: visit.text("refundMessage").unwrap_or_default(),
        images: visit.text("refundImages"),
        at: now,
    };
    let shown = message(&added);
    visit.state.refund_mut(&refund.id)?.messages.push(added);
    visit.reply_raw(&shown)
}

fn return_logistics_render(visit: &mut Visit<'_>) -> Data {
    let Some(refund) = visit.refund(Market::Taobao)? else { return visit.sample() };
    refund.check_agreed()?;
    visit.reply(&shapes::parcel(&refund))
}

fn return_logistics_submit(visit: &mut Visit<'_>) -> Data {
    let Some(refund) = visit.refund(Market::Taobao)? else { return visit.sample_as::<RefundOrderAggregate>() };
    let (now, text) = (visit.now(), |name: &str| visit.text(name).unwrap_or_default());
    let (carrier, waybill) = (text("logisticsCompanyCode"), text("logisticsNo"));
    visit.state.refund_mut(&refund.id)?.send_back(now, &carrier, &waybill)?;
    let refund = visit.told(&refund.id)?;
    visit.reply_as::<RefundOrderAggregate>(&aggregate(visit, &refund))
}

/// The caller's sub-order that is meant; absent where it is an example's.
fn sub_order(visit: &Visit<'_>) -> Result<Option<(Order, usize)>, Refusal> {
    let id = visit.text("subOrderId").unwrap_or_default();
    match visit.state.line(visit.caller(), Market::Taobao, &id) {
        Some((order, at)) => Ok(Some((order.clone(), at))),
        None if is_sample("subOrderId", &id) => Ok(None),
        None => Err(unknown_order(&id)),
    }
}

/// The order and line of a refund.
fn line(visit: &Visit<'_>, refund: &Refund) -> Option<(Order, usize)> {
    let (order, at) = visit.state.line(&refund.owner, refund.market, refund.lines.first()?)?;
    Some((order.clone(), at))
}

/// What the request asks for; what it leaves out is as it was before.
fn claim(visit: &Visit<'_>, order: &Order, at: usize, before: Option<&Claim>) -> Result<Claim, Refusal> {
    let most = limit(order, at);
    let payment = visit.fen("refundFee")?.or(before.map(|before| before.payment)).unwrap_or(most);
    if !(1..=most).contains(&payment) {
        let message = format!("refundFee: must be from 1 to {most} fen, as the rendering says, not {payment}");
        return Err(Refusal::new(Reason::UnfitAmount, message));
    }
    let kept = |name: &str, old: fn(&Claim) -> &String| visit.text(name).or_else(|| before.map(old).cloned());
    let kind = kept("refundType", |claim| &claim.kind).unwrap_or_else(|| KINDS[0].to_string());
    Ok(Claim {
        payment,
        freight: 0,
        returns: kind == KINDS[1],
        kind,
        goods: kept("goodsStatus", |claim| &claim.goods).unwrap_or_else(|| GOODS[0].to_string()),
        reason: kept("reasonId", |claim| &claim.reason).unwrap_or_else(|| REASONS[0].0.to_string()),
        words: kept("refundDesc", |claim| &claim.words).unwrap_or_default(),
    })
}

/// The most that can be asked back for a line: what was paid for it, with the freight that it carries.
fn limit(order: &Order, at: usize) -> i64 {
    order.lines[at].amount + if at == 0 { order.freight } else { 0 }
}

fn reply_as_get(visit: &Visit<'_>, refund: &Refund) -> Data {
    visit.reply_as::<GetReply>(&shown(visit, refund))
}

fn shown(visit: &Visit<'_>, refund: &Refund) -> Value {
    json!({SEED: refund.id, "currency": "CNY", "refundOrderAggregate": aggregate(visit, refund)})
}

fn aggregate(visit: &Visit<'_>, refund: &Refund) -> Value {
    let order = line(visit, refund);
    let mut shown = shapes::aggregate(visit.state, refund, order.as_ref().map(|(order, at)| (order, *at)));
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
