//! The clock that tests can set.

use crate::host::{Headers, Host, NOW_MS, RENDER, RENDER_BODY};
use crate::shopper::{RECEIVER, Shopper, json};
use serde_json::json;
use xportcn_sandbox::{Reason, Sandbox};

const HOUR_MS: u64 = 3_600_000;

#[tokio::test]
async fn times_and_signatures_follow_the_clock_that_is_set() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let create = json!({
        "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
        "purchaseAmount": "1", "receiver": json(RECEIVER),
    });
    let order = shopper.order("taobao.order.purchase_create", create).await;
    let set = shopper.control("POST", "clock", &format!(r#"{{"advanceMs":{HOUR_MS}}}"#)).await;
    assert_eq!(set, json!({"nowMs": NOW_MS + HOUR_MS, "offsetMs": HOUR_MS}));
    let id = json!({"orderId": order["orderId"]});
    shopper.is_refused("taobao.order.pay", id.clone(), Reason::TimestampOff).await;
    let later = Shopper { now_ms: NOW_MS + HOUR_MS, ..shopper };
    later.call("taobao.order.pay", id).await;
    let line = json!({"subPurchaseOrderId": order["subOrders"][0]["subPurchaseOrderId"]});
    let parcel = later.call("taobao.order.logistics", line).await;
    let traces = &parcel["pnmLogisticsDetails"][0]["logisticsTraces"];
    assert_eq!(traces[0]["time"], "2024-08-01T13:00:00+08:00");
    let set = later.control("POST", "clock", r#"{"nowMs":1722484800000}"#).await;
    assert_eq!(set["offsetMs"], 0);
    for wrong in ["", "{}", r#"{"nowMs":-1}"#, r#"{"nowMs":1,"offsetMs":1}"#, "[]", "x"] {
        let answer = host.send(host.plain("POST", "/sandbox/clock").body(wrong)).await;
        assert_eq!(answer.status, 400, "{wrong}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_sandbox_can_start_with_a_clock_that_is_off() {
    let builder = Sandbox::builder().clock(|| NOW_MS).clock_offset_ms(-3_600_000);
    let host = Host::start_with(builder).await;
    let answer = host.post(RENDER, &Headers::genuine(), RENDER_BODY).await;
    assert_eq!(answer.code(), u64::from(Reason::TimestampOff.code()));
    // By the Date header a host finds the sandbox's clock.
    assert_eq!(answer.headers["date"], "Thu, 01 Aug 2024 03:00:00 GMT");
    let headers = Headers::at(((NOW_MS - HOUR_MS) / 1000).to_string());
    assert_eq!(host.post(RENDER, &headers, RENDER_BODY).await.code(), 200);
}
