//! Refunds: reasons, claim, return of the goods, details. Amounts are in fen.

use super::shapes::{status, words};
use crate::invent::SEED;
use crate::refusal::{Reason, Refusal};
use crate::rows::{Data, Row, Visit};
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

fn reasons(visit: &mut Visit<'_>) -> Data {
    if let Some(order) = visit.order(Market::Alibaba, "orderId")? {
        order.check_paid()?;
    }
    let reasons = REASONS
        .map(|(id, name)| json!({"id": id, "name": name, "needVoucher": false, "noRefundCarriage": false, "tip": ""}));
    visit.reply(&json!({"reasons": reasons}))
}

fn create(visit: &mut Visit<'_>) -> Data {
    let Some(order) = visit.order(Market::Alibaba, "orderId")? else { return visit.sample() };
    order.check_paid()?;
    let lines = lines(visit, &order)?;
    let claim = claim(visit, &order, &lines)?;
    let now = visit.now();
    let number = visit.state.next_id(now);
    let refund = Refund {
        id: format!("TQ{number}"),
        number,
        owner: visit.caller().clone(),
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
    visit.claim(&refund)?;
    visit.reply(&json!({"refundId": refund.id}))
}

fn get(visit: &mut Visit<'_>) -> Data {
    match visit.refund(Market::Alibaba)? {
        Some(refund) => visit.reply(&shown(visit, &refund)),
        None => visit.sample(),
    }
}

fn return_goods(visit: &mut Visit<'_>) -> Data {
    let Some(refund) = visit.refund(Market::Alibaba)? else { return visit.sample() };
    let (now, text) = (visit.now(), |name: &str| visit.text(name).unwrap_or_default());
    let (carrier, waybill) = (text("logisticsCompanyNo"), text("freightBill"));
    visit.state.refund_mut(&refund.id)?.send_back(now, &carrier, &waybill)?;
    visit.told(&refund.id)?;
    visit.reply(&json!({"success": true, "errorInfo": "", "errorCode": ""}))
}

fn logistics_companies(visit: &mut Visit<'_>) -> Data {
    let carriers = CARRIERS.map(|(code, name, spelling)| {
        json!({SEED: code, "companyName": name, "companyNo": code, "spelling": spelling, "supportPrint": true})
    });
    visit.reply(&json!(carriers))
}

/// The lines that a claim is for: those that are named, or all.
fn lines(visit: &Visit<'_>, order: &Order) -> Result<Vec<String>, Refusal> {
    let mut named = visit.texts("orderEntryIds");
    if named.is_empty() {
        named = order.lines.iter().map(|line| line.id.clone()).collect();
    }
    for id in &named {
        let line = order.lines.iter().find(|line| line.id == *id).ok_or_else(|| {
            let message = format!("orderEntryIds: the order {} has no line {id}", order.id);
            Refusal::new(Reason::UnknownOrder, message)
        })?;
        if let Some(open) = visit.state.refund_of_line(line).filter(|refund| refund.is_open()) {
            let message = format!("the line {id} has the refund {}, which is {}", open.id, open.stage.describe());
            return Err(Refusal::new(Reason::RefundUnderWay, message));
        }
    }
    Ok(named)
}

/// What is asked for: at most what was paid, and before shipment exactly what was paid.
fn claim(visit: &Visit<'_>, order: &Order, lines: &[String]) -> Result<Claim, Refusal> {
    let paid: i64 = order.lines.iter().filter(|line| lines.contains(&line.id)).map(|line| line.amount).sum();
    let payment = visit.fen("applyPayment")?.unwrap_or(paid);
    let freight = visit.fen("applyCarriage")?.unwrap_or_default();
    let is_exact = order.stage != Stage::Paid || payment == paid;
    if payment > paid || freight > order.freight || !is_exact {
        let bound = if order.stage == Stage::Paid { "exactly" } else { "at most" };
        let message = format!(
            "applyPayment must be {bound} {paid} fen, not {payment}, and applyCarriage at most {} fen, not {freight}",
            order.freight
        );
        return Err(Refusal::new(Reason::UnfitAmount, message));
    }
    let text = |name: &str| visit.text(name).unwrap_or_default();
    Ok(Claim {
        payment,
        freight,
        returns: text("disputeRequest") == "returnRefund",
        kind: text("disputeRequest"),
        goods: text("goodsStatus"),
        reason: text("applyReasonId"),
        words: text("description"),
    })
}

fn shown(visit: &Visit<'_>, refund: &Refund) -> Value {
    let order = visit.state.order(visit.caller(), Market::Alibaba, &refund.order);
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
        "createTime": words(asked),
        "updateTime": words(changed),
        "gmtApply": words(asked),
        "gmtCreate": words(asked),
        "gmtModified": words(changed),
        "gmtCompleted": (!refund.is_open()).then(|| words(changed)),
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
            "description": refund.claim.words,
            "freightBill": refund.parcel.as_ref().map(|(_, waybill)| waybill),
            "gmtCreate": words(*moment),
            "gmtModified": words(*moment),
            "vouchers": [],
            "logisticsCompany": null,
        });
        before = stage.alibaba();
        step
    });
    Value::Array(steps.collect())
}
