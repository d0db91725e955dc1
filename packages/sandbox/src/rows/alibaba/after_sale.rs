//! Refunds: reasons, claim, return of the goods, details. Amounts are in fen.

use super::shapes::{beijing_text, status};
use crate::refusal::{Reason, Refusal};
use crate::rows::{Row, RowContext, RowResult};
use crate::sample::SEED;
use crate::state::{CARRIER, CARRIER_CODE, Claim, Market, Order, Refund, RefundStage, Stage};
use serde_json::{Value, json};

pub(in crate::rows) const ROWS: &[Row] = &[
    ("alibaba.after_sale.reasons", reasons),
    ("alibaba.after_sale.create", create),
    ("alibaba.after_sale.get", get),
    ("alibaba.after_sale.return_goods", return_goods),
    ("alibaba.after_sale.logistics_companies", logistics_companies),
];

const REASONS: [(&str, &str); 3] = [("20021", "颜色/款式不符"), ("20006", "不想要了"), ("20010", "质量问题")];
const CARRIERS: [(&str, &str, &str); 3] =
    [(CARRIER_CODE, CARRIER, "shunfeng"), ("ZTO", "中通快递", "zhongtong"), ("YTO", "圆通速递", "yuantong")];

fn reasons(context: &mut RowContext<'_>) -> RowResult {
    if let Some(order) = context.order(Market::Alibaba, "orderId")? {
        order.check_paid()?;
    }
    let reasons = REASONS
        .map(|(id, name)| json!({"id": id, "name": name, "needVoucher": false, "noRefundCarriage": false, "tip": ""}));
    context.reply(&json!({"reasons": reasons}))
}

fn create(context: &mut RowContext<'_>) -> RowResult {
    let Some(order) = context.order(Market::Alibaba, "orderId")? else { return context.sample() };
    order.check_paid()?;
    let lines = lines(context, &order)?;
    let claim = claim(context, &order, &lines)?;
    let now = context.now();
    let number = context.state.next_id(now);
    let refund = Refund {
        id: format!("TQ{number}"),
        number,
        owner: context.caller().clone(),
        market: Market::Alibaba,
        order: order.id,
        lines,
        stage: RefundStage::Applied,
        claim,
        parcel: None,
        refusal: None,
        messages: Vec::new(),
        steps: vec![(RefundStage::Applied, now)],
    };
    context.claim(&refund)?;
    context.reply(&json!({"refundId": refund.id}))
}

fn get(context: &mut RowContext<'_>) -> RowResult {
    match context.refund(Market::Alibaba)? {
        Some(refund) => context.reply(&shown(context, &refund)),
        None => context.sample(),
    }
}

fn return_goods(context: &mut RowContext<'_>) -> RowResult {
    let Some(refund) = context.refund(Market::Alibaba)? else { return context.sample() };
    let (now, text) = (context.now(), |name: &str| context.text(name).unwrap_or_default());
    let (carrier, waybill) = (text("logisticsCompanyNo"), text("freightBill"));
    context.state.refund_mut(&refund.id)?.send_back(now, &carrier, &waybill)?;
    context.changed_refund(&refund.id)?;
    context.reply(&json!({"success": true, "errorInfo": "", "errorCode": ""}))
}

fn logistics_companies(context: &mut RowContext<'_>) -> RowResult {
    let carriers = CARRIERS.map(|(code, name, spelling)| {
        json!({SEED: code, "companyName": name, "companyNo": code, "spelling": spelling, "supportPrint": true})
    });
    context.reply(&json!(carriers))
}

/// The lines that a claim is for: those that are named, or all.
fn lines(context: &RowContext<'_>, order: &Order) -> Result<Vec<String>, Refusal> {
    let mut named = context.texts("orderEntryIds");
    if named.is_empty() {
        named = order.lines.iter().map(|line| line.id.clone()).collect();
    }
    for id in &named {
        let line = order.lines.iter().find(|line| line.id == *id).ok_or_else(|| {
            let message = format!("orderEntryIds: the order {} has no line {id}", order.id);
            Refusal::new(Reason::UnknownOrder, message)
        })?;
        if let Some(open) = context.state.refund_of_line(line).filter(|refund| refund.is_open()) {
            let message = format!("the line {id} has the refund {}, which is {}", open.id, open.stage.describe());
            return Err(Refusal::new(Reason::RefundUnderWay, message));
        }
    }
    Ok(named)
}

/// What is asked for: at most what was paid, and before shipment exactly what was paid.
fn claim(context: &RowContext<'_>, order: &Order, lines: &[String]) -> Result<Claim, Refusal> {
    let paid: i64 = order.lines.iter().filter(|line| lines.contains(&line.id)).map(|line| line.amount).sum();
    let payment = context.fen("applyPayment")?.unwrap_or(paid);
    let freight = context.fen("applyCarriage")?.unwrap_or_default();
    let is_exact = order.stage != Stage::Paid || payment == paid;
    if payment > paid || freight > order.freight || !is_exact {
        let bound = if order.stage == Stage::Paid { "exactly" } else { "at most" };
        let message = format!(
            "applyPayment must be {bound} {paid} fen, not {payment}, and applyCarriage at most {} fen, not {freight}",
            order.freight
        );
        return Err(Refusal::new(Reason::UnfitAmount, message));
    }
    let text = |name: &str| context.text(name).unwrap_or_default();
    Ok(Claim {
        payment,
        freight,
        returns: text("disputeRequest") == "returnRefund",
        kind: text("disputeRequest"),
        goods: text("goodsStatus"),
        reason: text("applyReasonId"),
        description: text("description"),
    })
}

fn shown(context: &RowContext<'_>, refund: &Refund) -> Value {
    let order = context.state.order(context.caller(), Market::Alibaba, &refund.order);
    let (asked, changed) = refund.times();
    let returned = refund.parcel.is_some();
    let received = order.is_some_and(|order| order.stage == Stage::Received);
    let reason = REASONS.iter().find(|(id, _)| *id == refund.claim.reason).map_or("", |(_, words)| words);
    json!({
        SEED: refund.id,
        "id": refund.number,
        "refundId": refund.id,
        "orderId": refund.order,
        "orderEntryIdList": refund.lines,
        "orderEntryCountMap": null,
        "status": refund.stage.alibaba(),
        "applyPayment": refund.claim.payment,
        "applyCarriage": refund.claim.freight,
        "applyReason": reason,
        "applyReasonId": refund.claim.reason,
        "canRefundPayment": refund.claim.payment,
        "refundPayment": refund.claim.payment,
        "refundCarriage": refund.claim.freight,
        "frozenFund": 0,
        "onlyRefund": !refund.claim.returns,
        "refundGoods": refund.claim.returns,
        "buyerSendGoods": returned,
        "buyerLogisticsName": refund.parcel.as_ref().map(|(carrier, _)| carrier),
        "freightBill": refund.parcel.as_ref().map(|(_, waybill)| waybill),
        "goodsReceived": received,
        "goodsStatus": if returned { "3" } else if received { "2" } else { "1" },
        "productName": order.map(|order| order.lines.iter().map(|line| line.title.as_str()).collect::<Vec<_>>().join("，")),
        "tradeTypeStr": order.map(status),
        "createTime": beijing_text(asked),
        "updateTime": beijing_text(changed),
        "gmtApply": beijing_text(asked),
        "gmtCreate": beijing_text(asked),
        "gmtModified": beijing_text(changed),
        "gmtCompleted": (!refund.is_open()).then(|| beijing_text(changed)),
        "gmtFreezed": null,
        "rejectReason": refund.refusal,
        "rejectReasonId": null,
        "rejectTimes": refund.steps.iter().filter(|(stage, _)| *stage == RefundStage::Refused).count(),
        "refundOperationList": operations(refund),
    })
}

/// Each step with the state before and after it.
fn operations(refund: &Refund) -> Value {
    let mut before = "";
    let steps = refund.steps.iter().enumerate().map(|(at, (stage, moment))| {
        let step = json!({
            SEED: format!("{}/{at}", refund.id),
            "refundId": refund.id,
            "beforeOperateStatus": before,
            "afterOperateStatus": stage.alibaba(),
            "description": refund.claim.description,
            "freightBill": refund.parcel.as_ref().map(|(_, waybill)| waybill),
            "gmtCreate": beijing_text(*moment),
            "gmtModified": beijing_text(*moment),
            "vouchers": [],
            "logisticsCompany": null,
        });
        before = stage.alibaba();
        step
    });
    Value::Array(steps.collect())
}
