//! Payments and cancellations that go on after the call: accepted, then settled, in part or not at all.

use crate::host::{Headers, Host, NOW_MS};
use crate::shopper::{ADDRESS, RECEIVER, SPEC, Shopper, json};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use xportcn_sandbox::{Builder, Faults, Reason, Sandbox, USER_ID};

const WAIT_MS: u64 = 60_000;

fn builder() -> Builder {
    Sandbox::builder().clock(|| NOW_MS).settle_after(Duration::from_millis(WAIT_MS))
}

/// Pieces at one fen each, ordered on Taobao.
async fn taobao_order(shopper: &Shopper<'_>, quantity: u32) -> String {
    let create = json!({
        "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": quantity}],
        "purchaseAmount": quantity.to_string(), "receiver": json(RECEIVER), "sellerOrderNumber": "own",
    });
    let order = shopper.order("taobao.order.purchase_create", create).await;
    order["orderId"].as_str().unwrap().to_string()
}

async fn taobao_orders(shopper: &Shopper<'_>, quantities: &[u32]) -> Vec<String> {
    let mut ids = Vec::new();
    for quantity in quantities {
        ids.push(taobao_order(shopper, *quantity).await);
    }
    ids
}

async fn alibaba_order(shopper: &Shopper<'_>) -> String {
    let lines = json!([{"offerId": "706627393257", "specId": SPEC, "quantity": "2"}]);
    let create = json!({"flow": "general", "addressParam": json(ADDRESS), "cargoParamList": lines});
    shopper.call("alibaba.order.create", create).await["orderId"].as_str().unwrap().to_string()
}

async fn status(shopper: &Shopper<'_>, id: &str) -> Value {
    shopper.call("taobao.order.get", json!({"orderId": id})).await["orderStatus"].clone()
}

async fn pay_status(shopper: &Shopper<'_>, id: &str) -> Value {
    let order = shopper.call("alibaba.order.get", json!({"webSite": "1688", "orderId": id})).await;
    order["tradeTerms"][0]["payStatus"].clone()
}

async fn actions(shopper: &Shopper<'_>) -> Vec<String> {
    let ledger = shopper.control("GET", "ledger", "").await;
    let actions = ledger["entries"].as_array().unwrap().iter();
    actions.map(|entry| entry["action"].as_str().unwrap().to_string()).filter(|action| action != "created").collect()
}

/// Lets time pass, and gives a shopper whose clock has followed.
async fn advance<'a>(shopper: &Shopper<'a>, step_ms: u64) -> Shopper<'a> {
    shopper.control("POST", "clock", &format!(r#"{{"advanceMs":{step_ms}}}"#)).await;
    Shopper { now_ms: shopper.now_ms + step_ms, ..*shopper }
}

#[tokio::test]
async fn a_payment_is_accepted_then_under_way_then_settled_by_the_clock() {
    let host = Host::start_with(builder()).await;
    let shopper = Shopper::new(&host);
    let id = taobao_order(&shopper, 2).await;
    let of = json!({"orderId": id});
    let accepted = shopper.call("taobao.order.purchase_pay", of.clone()).await;
    assert_eq!(accepted["willPayPurchaseOrderIds"], json!([id]));
    assert_eq!(accepted["payFailurePurchaseOrderIds"], json!([]));
    assert_eq!(status(&shopper, &id).await, 5);
    let line = shopper.call("taobao.order.get", of.clone()).await["subOrders"][0]["subPurchaseOrderId"].clone();
    // What needs payment must wait, and nothing else may begin meanwhile.
    shopper.is_refused("taobao.order.logistics", json!({"subPurchaseOrderId": line}), Reason::NotPaid).await;
    shopper.is_refused("taobao.order.pay", of.clone(), Reason::UnderWay).await;
    shopper.is_refused("taobao.order.cancel", of.clone(), Reason::UnderWay).await;
    let ledger = shopper.control("GET", "ledger", "").await;
    assert_eq!(ledger["paid"], 0);
    assert_eq!(ledger["unsettled"], json!([{"orderId": id, "action": "paying", "dueMs": NOW_MS + WAIT_MS}]));

    let later = advance(&shopper, WAIT_MS - 1).await;
    assert_eq!(status(&later, &id).await, 5);
    let later = advance(&later, 1).await;
    assert_eq!(status(&later, &id).await, 10);
    let ledger = later.control("GET", "ledger", "").await;
    assert_eq!((&ledger["paid"], &ledger["unsettled"]), (&json!(1), &json!([])));
    let entries = ledger["entries"].as_array().unwrap();
    assert_eq!(actions(&later).await, ["paying", "paid_again", "paid"]);
    let (accepted, paid) = (&entries[1], &entries[3]);
    for name in ["orderId", "endpoint", "nonce", "userId", "reference", "amountInFen"] {
        assert_eq!(accepted[name], paid[name], "{name}");
    }
    assert_eq!(
        (&accepted["time"], &paid["time"]),
        (&json!("2024-08-01T12:00:00+08:00"), &json!("2024-08-01T12:01:00+08:00"))
    );
    later.is_refused("taobao.order.pay", of, Reason::AlreadyPaid).await;
}

#[tokio::test]
async fn a_cancellation_only_begins_with_the_call() {
    let host = Host::start_with(builder()).await;
    let shopper = Shopper::new(&host);
    let ids = taobao_orders(&shopper, &[1, 1]).await;
    for (id, row) in ids.iter().zip(["taobao.order.cancel", "taobao.order.purchase_cancel"]) {
        let cancel = json!({"orderId": id, "cancelReason": "too late"});
        assert_eq!(shopper.call(row, cancel).await["success"], true);
        assert_eq!(status(&shopper, id).await, 0, "{row}");
        shopper.is_refused(row, json!({"orderId": id}), Reason::UnderWay).await;
        shopper.is_refused("taobao.order.pay", json!({"orderId": id}), Reason::UnderWay).await;
    }
    // The second one fails: it can be paid, and cancelled again.
    shopper.control("POST", &format!("settle/{}", ids[1]), r#"{"error":"the seller has shipped"}"#).await;
    let later = advance(&shopper, WAIT_MS).await;
    assert_eq!(status(&later, &ids[0]).await, 4);
    assert_eq!(status(&later, &ids[1]).await, 0);
    assert_eq!(actions(&later).await, ["cancelling", "cancelling", "cancel_failed", "cancelled"]);
    let ledger = later.control("GET", "ledger", "").await;
    assert_eq!(ledger["entries"][4]["failure"], "the seller has shipped");
    later.call("taobao.order.pay", json!({"orderId": ids[1]})).await;
    assert_eq!(status(&later, &ids[1]).await, 5);
}

#[tokio::test]
async fn a_list_is_paid_in_part_inside_a_success() {
    let host = Host::start_with(builder()).await;
    let shopper = Shopper::new(&host);
    let ids = taobao_orders(&shopper, &[3, 4, 2, 1, 1]).await;
    shopper.call("taobao.order.cancel", json!({"orderId": ids[4]})).await;
    shopper.control("POST", &format!("balance/{USER_ID}"), r#"{"balance":5}"#).await;
    let result = shopper.call("taobao.order.pay", json!({"purchaseOrderIdList": ids})).await;
    // 3, then 2 of the 5 fen; 4 and 1 are more than what is left.
    assert_eq!(result["willPayPurchaseOrderIds"], json!([ids[0], ids[2]]));
    assert_eq!(result["payFailurePurchaseOrderIds"], json!([ids[1], ids[3], ids[4]]));
    let failures = result["payFailedResults"].as_array().unwrap();
    let codes: Vec<_> = failures.iter().map(|failure| failure["errorCode"].as_str().unwrap().to_string()).collect();
    let [balance, under_way] = [Reason::BalanceTooLow, Reason::UnderWay].map(|reason| reason.code().to_string());
    assert_eq!(codes, [balance.clone(), balance, under_way]);
    assert_eq!(failures[0]["orderId"], json!(ids[1]));
    assert!(failures[0]["errorMessage"].as_str().unwrap().contains("2 fen"), "{}", failures[0]);
    assert_eq!(shopper.control("GET", &format!("balance/{USER_ID}"), "").await["balance"], 0);

    // Of those that are accepted, one fails after all, and its money comes back.
    let failed = shopper.control("POST", &format!("settle/{}", ids[2]), r#"{"error":"the bank refused"}"#).await;
    assert_eq!(failed["stage"], "unpaid");
    assert_eq!(shopper.control("GET", &format!("balance/{USER_ID}"), "").await["balance"], 2);
    assert_eq!(shopper.control("POST", &format!("settle/{}", ids[0]), "").await["stage"], "paid");
    let states = [10, 0, 0, 0];
    for (id, expected) in ids.iter().zip(states) {
        assert_eq!(status(&shopper, id).await, expected, "{id}");
    }
    let ledger = shopper.control("GET", "ledger", "").await;
    assert_eq!((&ledger["paid"], ledger["unsettled"].as_array().unwrap().len()), (&json!(1), 1));
    shopper.control("POST", &format!("balance/{USER_ID}"), r#"{"balance":null}"#).await;
    let rest = shopper.call("taobao.order.pay", json!({"purchaseOrderIdList": ids[1..4]})).await;
    assert_eq!(rest["payFailedResults"], json!([]));
}

#[tokio::test]
async fn a_list_names_one_to_ten_known_orders() {
    let host = Host::start_with(builder()).await;
    let shopper = Shopper::new(&host);
    let ids = taobao_orders(&shopper, &[1; 11]).await;
    for list in [json!([]), json!(ids)] {
        // The client refuses a payment of nothing, but not one that says something else.
        let pay = json!({"purchaseOrderIdList": list, "remark": "none"});
        let message = shopper.is_refused("taobao.order.pay", pay, Reason::UnfitCount).await;
        assert!(message.contains("purchaseOrderIdList"), "{message}");
    }
    let no_list = host.post("/open/order/pay", &Headers::genuine(), r#"{"purchaseOrderIdList":"no list"}"#).await;
    assert_eq!(no_list.code(), u64::from(Reason::InvalidField.code()), "{}", no_list.text());
    let unknown = json!({"purchaseOrderIdList": [ids[0], "7"]});
    shopper.is_refused("taobao.order.purchase_pay", unknown, Reason::UnknownOrder).await;
    assert_eq!(actions(&shopper).await, Vec::<String>::new(), "one unknown order refuses the whole call");
    // An order that is named twice is paid once.
    let twice = json!({"purchaseOrderIdList": [ids[0], ids[1], ids[0]]});
    let result = shopper.call("taobao.order.pay", twice).await;
    assert_eq!(result["willPayPurchaseOrderIds"], json!(ids[..2]));
    assert_eq!(actions(&shopper).await, ["paying", "paying"]);
}

#[tokio::test]
async fn one_order_beyond_the_balance_is_named_and_a_payment_at_once_is_refused() {
    let host = Host::start_with(builder()).await;
    let shopper = Shopper::new(&host);
    let (id, other) = (taobao_order(&shopper, 3).await, alibaba_order(&shopper).await);
    shopper.control("POST", &format!("balance/{USER_ID}"), r#"{"balance":2}"#).await;
    let result = shopper.call("taobao.order.pay", json!({"orderId": id})).await;
    assert_eq!((&result["willPayPurchaseOrderIds"], &result["payFailurePurchaseOrderIds"]), (&json!([]), &json!([id])));
    shopper.is_refused("alibaba.order.pay_url", json!({"orderId": other}), Reason::BalanceTooLow).await;
    for wrong in ["", "{}", r#"{"balance":-1}"#, r#"{"balance":"2"}"#, r#"{"balance":1.5}"#] {
        let path = format!("/sandbox/balance/{USER_ID}");
        assert_eq!(host.send(host.plain("POST", &path).body(wrong)).await.status, 400, "{wrong}");
    }
    let idle = host.send(host.plain("POST", &format!("/sandbox/settle/{id}"))).await;
    assert_eq!((idle.status, idle.code()), (409, u64::from(Reason::NothingUnderWay.code())));
    assert_eq!(host.send(host.plain("POST", "/sandbox/settle/7")).await.status, 404);
}

#[tokio::test]
async fn a_batch_on_1688_goes_on_after_the_call_and_the_cashier_does_not() {
    let host = Host::start_with(builder()).await;
    let shopper = Shopper::new(&host);
    let (one, other) = (alibaba_order(&shopper).await, alibaba_order(&shopper).await);
    assert_eq!(shopper.call("alibaba.order.pay_url", json!({"orderId": other})).await["protocolPaySuccess"], true);
    assert_eq!(pay_status(&shopper, &other).await, "2");
    let result = shopper.call("alibaba.order.batch_submit_payment", json!({"orderIds": [one, other]})).await;
    assert_eq!((&result["protocolPaySuccess"], &result["cantPayOrderList"]), (&json!(false), &json!([other])));
    assert_eq!(pay_status(&shopper, &one).await, "9");
    let cancel = json!({"webSite": "1688", "orderId": one, "cancelReason": "x"});
    shopper.is_refused("alibaba.order.cancel", cancel, Reason::UnderWay).await;
    let later = advance(&shopper, WAIT_MS).await;
    assert_eq!(pay_status(&later, &one).await, "2");
    assert_eq!(actions(&later).await, ["paid", "paying", "paid_again", "paid"]);
}

#[tokio::test]
async fn a_fault_has_what_was_accepted_fail() {
    let faults: Faults = "kinds=settle,endpoint=taobao.order.pay,count=1".parse().unwrap();
    for wait in [0, WAIT_MS] {
        let faulty = Sandbox::builder().clock(|| NOW_MS).faults(faults.clone());
        let host = Host::start_with(faulty.settle_after(Duration::from_millis(wait))).await;
        let shopper = Shopper::new(&host);
        let id = taobao_order(&shopper, 1).await;
        let accepted = shopper.call("taobao.order.pay", json!({"orderId": id})).await;
        assert_eq!(accepted["willPayPurchaseOrderIds"], json!([id]), "the answer knows nothing of it");
        let later = advance(&shopper, wait).await;
        assert_eq!(status(&later, &id).await, 0);
        let last = actions(&later).await.pop().unwrap();
        assert_eq!(last, "pay_failed");
        let injected = later.control("GET", "faults", "").await;
        assert_eq!(injected["kinds"]["settle"], json!({"before": 0, "after": 1}));
        later.call("taobao.order.pay", json!({"orderId": id})).await;
        let later = advance(&later, wait).await;
        assert_eq!(status(&later, &id).await, 10);
    }
}

#[tokio::test]
async fn what_is_under_way_settles_after_a_restart() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("settles-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("state");
    let clock = Arc::new(AtomicU64::new(NOW_MS));
    let start = || {
        let clock = clock.clone();
        let builder = Sandbox::builder().clock(move || clock.load(Ordering::Relaxed)).state(&file);
        Host::start_with(builder.settle_after(Duration::from_millis(WAIT_MS)))
    };
    let host = start().await;
    let shopper = Shopper::new(&host);
    let ids = taobao_orders(&shopper, &[1, 1, 1]).await;
    shopper.control("POST", &format!("balance/{USER_ID}"), r#"{"balance":7}"#).await;
    shopper.call("taobao.order.pay", json!({"orderId": ids[0]})).await;
    shopper.call("taobao.order.cancel", json!({"orderId": ids[1], "cancelReason": "kept"})).await;
    let ledger = shopper.control("GET", "ledger", "").await;
    assert_eq!(ledger["unsettled"].as_array().unwrap().len(), 2);
    host.sandbox.stop().await;

    let host = start().await;
    let shopper = Shopper::new(&host);
    assert_eq!(status(&shopper, &ids[0]).await, 5);
    assert_eq!(shopper.control("GET", "ledger", "").await, ledger);
    host.sandbox.stop().await;

    // It becomes due while no sandbox runs, and is settled for the moment when it was.
    clock.store(NOW_MS + 10 * WAIT_MS, Ordering::Relaxed);
    let host = start().await;
    let shopper = Shopper { now_ms: NOW_MS + 10 * WAIT_MS, ..Shopper::new(&host) };
    let states = [status(&shopper, &ids[0]).await, status(&shopper, &ids[1]).await, status(&shopper, &ids[2]).await];
    assert_eq!(states, [10, 4, 0]);
    let settled = shopper.control("GET", "ledger", "").await;
    assert_eq!(settled["entries"][5]["time"], "2024-08-01T12:01:00+08:00");
    assert_eq!(shopper.control("GET", &format!("balance/{USER_ID}"), "").await["balance"], 6);
    host.sandbox.stop().await;

    let host = start().await;
    assert_eq!(Shopper::new(&host).control("GET", "ledger", "").await, settled, "settled once");
    host.sandbox.stop().await;
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn two_hundred_payments_at_once_settle_once_each() {
    let host = Arc::new(Host::start_with(builder()).await);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..200 {
        let host = host.clone();
        calls.spawn(async move {
            let shopper = Shopper::new(&host);
            let id = taobao_order(&shopper, 1).await;
            shopper.call("taobao.order.pay", json!({"orderId": id})).await;
        });
    }
    while let Some(call) = calls.join_next().await {
        call.unwrap();
    }
    let shopper = Shopper::new(&host);
    assert_eq!(shopper.control("GET", "ledger", "").await["unsettled"].as_array().unwrap().len(), 200);
    let later = advance(&shopper, WAIT_MS).await;
    let ledger = later.control("GET", "ledger", "").await;
    assert_eq!((&ledger["paid"], &ledger["unsettled"]), (&json!(200), &json!([])));
    // Another reading changes nothing.
    assert_eq!(later.control("GET", "ledger", "").await["entries"].as_array().unwrap().len(), 600);
    assert_eq!(host.get("/open/order/page", &Headers::at((later.now_ms / 1000).to_string())).await.code(), 200);
}
