//! What the sandbox tells of itself, and what is done to it while it runs.

use crate::host::{Host, NOW_MS};
use crate::shopper::{ADDRESS, RECEIVER, SPEC, Shopper, json};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep};
use xportcn_sandbox::{ACCESS_SECRET, Reason, Sandbox};

fn two_lines() -> Value {
    json!({
        "orderLineList": [
            {"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1},
            {"itemId": "600129202197070073", "skuId": "4860968496626", "quantity": 2},
        ],
        "purchaseAmount": "10000", "receiver": json(RECEIVER), "sellerOrderNumber": "own-1",
    })
}

fn get(order: &Value) -> Value {
    json!({"orderId": order["orderId"]})
}

async fn control(host: &Host, path: &str, body: &Value) -> u16 {
    host.send(host.plain("POST", &format!("/sandbox/{path}")).body(body.to_string())).await.status
}

#[tokio::test]
async fn an_order_is_shipped_line_by_line_and_reads_show_each() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let order = shopper.order("taobao.order.purchase_create", two_lines()).await;
    let ids = [0, 1].map(|at| order["subOrders"][at]["subPurchaseOrderId"].clone());
    let ship = format!("ship/{}", order["orderId"].as_str().unwrap());
    let first = json!({"lines": [ids[0]]});
    assert_eq!(control(&host, &ship, &first).await, 409, "it is not paid");
    shopper.call("taobao.order.pay", get(&order)).await;

    assert_eq!(shopper.control("POST", &ship, &first.to_string()).await["stage"], "paid");
    let shown = shopper.call("taobao.order.get", get(&order)).await;
    assert_eq!(shown["orderStatus"], 10, "not all of it is shipped");
    let parcels = [0, 1].map(|at| shown["subOrders"][at]["logisticOrders"].as_array().map_or(0, Vec::len));
    assert_eq!(parcels, [1, 0]);
    assert_eq!(shown["subOrders"][0]["status"], "WAIT_BUYER_CONFIRM_GOODS");
    assert_eq!(shown["subOrders"][1]["status"], "WAIT_SELLER_SEND_GOODS");

    for (wrong, status) in [
        (first, 409),
        (json!({"lines": ["1"]}), 404),
        (json!({"lines": []}), 400),
        (json!({"lines": ids[1]}), 400),
        (json!({"lines": [ids[1], [1]]}), 400),
    ] {
        assert_eq!(control(&host, &ship, &wrong).await, status, "{wrong}");
    }
    assert_eq!(shopper.call("taobao.order.get", get(&order)).await["orderStatus"], 10, "refusals changed nothing");
    let rest = json!({"lines": [ids[1]]}).to_string();
    assert_eq!(shopper.control("POST", &ship, &rest).await["stage"], "shipped");
    assert_eq!(shopper.call("taobao.order.get", get(&order)).await["orderStatus"], 11);
}

#[tokio::test]
async fn on_1688_a_parcel_names_the_lines_that_are_in_it() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let create = json!({"flow": "general", "addressParam": json(ADDRESS), "message": "own-2", "cargoParamList": [
        {"offerId": "706627393257", "specId": SPEC, "quantity": "2"},
        {"offerId": "706627393257", "specId": SPEC, "quantity": "1"},
    ]});
    let created = shopper.call("alibaba.order.create", create).await;
    let get = json!({"webSite": "1688", "orderId": created["orderId"]});
    shopper.call("alibaba.order.pay_url", json!({"orderId": created["orderId"]})).await;
    let order = shopper.call("alibaba.order.get", get.clone()).await;
    let line = order["productItems"][1]["subItemId"].clone();
    let ship = format!("ship/{}", created["orderId"].as_str().unwrap());
    shopper.control("POST", &ship, &json!({"lines": [line]}).to_string()).await;
    let order = shopper.call("alibaba.order.get", get).await;
    assert_eq!(order["baseInfo"]["status"], "waitsellersend");
    let statuses = [0, 1].map(|at| order["productItems"][at]["status"].clone());
    assert_eq!(statuses, ["waitsellersend", "waitbuyerreceive"]);
    assert_eq!(order["nativeLogistics"]["logisticsItems"][0]["subItemIds"], line);
}

#[tokio::test]
async fn it_tells_what_there_is_and_what_can_be_done_with_it() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let order = shopper.order("taobao.order.purchase_create", two_lines()).await;
    let state = shopper.control("GET", "state", "").await;
    let shown = &state["orders"][0];
    assert_eq!(shown["orderId"], order["orderId"]);
    assert_eq!(
        (&shown["stage"], &shown["can"], &shown["reference"]),
        (&json!("unpaid"), &json!(["price"]), &json!("own-1"))
    );
    assert_eq!(shown["totalInFen"].to_string(), order["purchaseAmount"].as_str().unwrap());
    assert_eq!(shown["lines"].as_array().unwrap().len(), 2);
    assert_eq!(state["ledger"]["entries"][0]["action"], "created");
    assert!(!state.to_string().contains(ACCESS_SECRET));

    shopper.call("taobao.order.pay", get(&order)).await;
    let state = shopper.control("GET", "state", "").await;
    assert_eq!((&state["orders"][0]["stage"], &state["orders"][0]["can"]), (&json!("paid"), &json!(["ship"])));
}

#[tokio::test]
async fn who_waits_is_told_of_a_change_at_once_and_else_after_a_while() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let revision = shopper.control("GET", "state", "").await["revision"].as_u64().unwrap();
    let path = format!("state?after={revision}");
    let begun = Instant::now();
    let (state, ()) = tokio::join!(shopper.control("GET", &path, ""), async {
        sleep(Duration::from_millis(100)).await;
        shopper.order("taobao.order.purchase_create", two_lines()).await;
    });
    assert_eq!(state["orderCount"], 1);
    assert!(state["revision"].as_u64().unwrap() > revision);
    assert!((100..900).contains(&begun.elapsed().as_millis()), "{:?}", begun.elapsed());

    let known = shopper.control("GET", "state", "").await["revision"].as_u64().unwrap();
    let begun = Instant::now();
    let state = shopper.control("GET", &format!("state?after={known}"), "").await;
    assert_eq!(state["revision"], known);
    assert!(begun.elapsed() >= Duration::from_millis(990), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn faults_are_set_while_it_runs_and_stay_counted() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let rules =
        json!({"rules": [{"endpoint": "address.list", "kinds": ["envelope-503"], "when": "before", "count": 1}]});
    let shown = shopper.control("POST", "faults", &rules.to_string()).await;
    assert_eq!(shown["rules"][0]["endpoint"], "address.list");
    let (_, answer) = shopper.send("address.list", &json!({})).await;
    assert_eq!(answer.code(), 503);
    shopper.call("address.list", json!({})).await;
    let wrong = json!({"rules": [{"kinds": ["no such kind"]}]});
    assert_eq!(control(&host, "faults", &wrong).await, 400);
    let none = shopper.control("POST", "faults", r#"{"rules": []}"#).await;
    assert_eq!((&none["rules"], &none["injected"]), (&json!([]), &json!(1)));
}

#[tokio::test]
async fn a_message_is_shown_with_what_it_was_answered() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for status in [500, 200] {
            let (mut stream, _) = listener.accept().await.unwrap();
            assert!(stream.read(&mut [0; 8192]).await.unwrap() > 0);
            let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let retry = Duration::from_millis(300);
    let host = Host::start_with(Sandbox::builder().clock(|| NOW_MS).push_url(&url).push_retry(retry)).await;
    let shopper = Shopper::new(&host);
    let order = shopper.order("taobao.order.purchase_create", two_lines()).await;
    let mut message = Value::Null;
    for _ in 0..100 {
        message = shopper.control("GET", "state", "").await["pushes"][0].clone();
        if message["state"] == "taken" {
            break;
        }
        sleep(Duration::from_millis(50)).await;
    }
    let answers: Vec<&str> =
        message["answers"].as_array().unwrap().iter().filter_map(|one| one["answer"].as_str()).collect();
    assert_eq!(answers, ["answered with HTTP status 500, not 200", "HTTP 200"]);
    assert!(message["body"].as_str().unwrap().contains(order["orderId"].as_str().unwrap()));
}

#[tokio::test]
async fn a_line_that_was_shipped_stays_so_in_the_file() {
    let folder = std::env::temp_dir().join(format!("xportcn-state-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("state");
    let host = Host::start_with(Sandbox::builder().clock(|| NOW_MS).state(&file)).await;
    let shopper = Shopper::new(&host);
    let order = shopper.order("taobao.order.purchase_create", two_lines()).await;
    shopper.call("taobao.order.pay", get(&order)).await;
    let line = order["subOrders"][0]["subPurchaseOrderId"].clone();
    let ship = format!("ship/{}", order["orderId"].as_str().unwrap());
    shopper.control("POST", &ship, &json!({"lines": [line]}).to_string()).await;
    shopper.is_refused("taobao.order.pay", get(&order), Reason::AlreadyPaid).await;
    host.sandbox.stop().await;

    let host = Host::start_with(Sandbox::builder().clock(|| NOW_MS).state(&file)).await;
    let state = Shopper::new(&host).control("GET", "state", "").await;
    let lines = &state["orders"][0]["lines"];
    assert_eq!([0, 1].map(|at| lines[at]["shipped"].is_string()), [true, false]);
    std::fs::remove_dir_all(&folder).unwrap();
}
