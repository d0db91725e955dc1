//! Shopping on Taobao, from the search to the parcel.

use crate::host::{Host, NOW_MS};
use crate::shopper::{RECEIVER, Shopper, fen, json, long_id};
use serde_json::{Value, json};
use xportcn_core::Id;
use xportcn_core::taobao::order::{Get, Logistics, PurchasePage};
use xportcn_core::taobao::{OrderStatus, PurchaseStatus};
use xportcn_sandbox::Sandbox;

/// Two variants from a search, and the lines that order three of the one and two of the other.
async fn lines(shopper: &Shopper<'_>) -> (Value, i64) {
    let found = shopper.call("taobao.product.search", json!({"keyword": "鞋", "pageSize": 5, "pageNo": 1})).await;
    let mut lines = Vec::new();
    let mut goods = 0;
    for (item, quantity) in found["data"].as_array().unwrap().iter().zip([3, 2]) {
        let detail = shopper.call("taobao.product.get", json!({"itemId": item["itemId"]})).await;
        for field in ["itemId", "title", "price", "shopName", "quantity"] {
            assert_eq!(detail[field], item[field], "{field}");
        }
        let sku = detail["skuList"].as_array().unwrap().last().unwrap();
        goods += fen(&sku["price"]) * quantity;
        lines.push(json!({"itemId": item["itemId"], "skuId": sku["skuId"], "quantity": quantity}));
    }
    (Value::Array(lines), goods)
}

#[tokio::test]
async fn an_order_goes_from_the_search_to_the_parcel() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let (lines, goods) = lines(&shopper).await;

    let preview = json!({"orderLineList": lines, "receiver": json(RECEIVER)});
    let preview = shopper.call("taobao.order.purchase_render", preview).await;
    let seller = &preview["renderItemList"][0];
    let prices = seller["itemPriceInfos"].as_array().unwrap().iter().map(|line| fen(&line["discountPrice"]["amount"]));
    assert_eq!(prices.sum::<i64>(), goods);
    let total = goods + fen(&seller["mainlandShippingFee"]["amount"]);
    assert_eq!(fen(&preview["totalRealPayPrice"]["amount"]), total);

    let create = json!({
        "orderLineList": lines, "receiver": json(RECEIVER), "purchaseAmount": total.to_string(),
        "sellerOrderNumber": "shop-1",
    });
    let created = shopper.order("taobao.order.purchase_create", create).await;
    let id = long_id(&created["orderId"]);
    assert_eq!(fen(&created["purchaseAmount"]), total);
    assert_eq!(created["orderStatus"], 0);
    let sub_orders = created["subOrders"].as_array().unwrap();
    assert_eq!(sub_orders.iter().map(|line| fen(&line["purchaseAmount"])).sum::<i64>(), total);
    assert_eq!(sub_orders.iter().map(|line| fen(&line["productAmount"])).sum::<i64>(), goods);
    let line = long_id(&sub_orders[0]["subPurchaseOrderId"]);

    let order = shopper.call("taobao.order.get", json!({"orderId": id})).await;
    assert_eq!(order["orderId"], id.as_str());
    // 2024-08-01 12:00:00 in Beijing is the clock's 1,722,484,800 s.
    assert_eq!(order["createdTime"], "2024-08-01T12:00:00+08:00");
    let typed = shopper.typed::<Get>(json!({"orderId": id})).await;
    assert_eq!(typed.order_id.as_ref().unwrap().as_str(), id);
    assert_eq!(typed.order_status, Some(OrderStatus::WaitBuyerPay));
    let sums = typed.sub_orders.iter().map(|line| line.purchase_amount.unwrap()).sum::<xportcn_core::Amount>();
    assert_eq!(sums, total.into());
    assert_eq!(typed.created_time.unwrap().as_millis(), i64::try_from(NOW_MS).unwrap());
    for (line, shown) in typed.sub_orders.iter().zip(order["subOrders"].as_array().unwrap()) {
        assert_eq!(shown["purchaseOrderOuterId"], order["salesOrderId"]);
        assert_eq!(line.sub_purchase_order_id.as_ref().map(Id::as_str), shown["subPurchaseOrderId"].as_str());
        assert_eq!(line.status, Some(PurchaseStatus::WaitBuyerPay));
    }

    let paid = shopper.call("taobao.order.pay", json!({"orderId": id})).await;
    assert_eq!((&paid["willPayPurchaseOrderIds"], &paid["payFailedResults"]), (&json!([id]), &json!([])));
    let order = shopper.call("taobao.order.get", json!({"orderId": id})).await;
    assert_eq!((&order["orderId"], &order["orderStatus"]), (&json!(id), &json!(10)));
    let parcel = shopper.call("taobao.order.logistics", json!({"subPurchaseOrderId": line})).await;
    let parcel = &parcel["pnmLogisticsDetails"][0];
    assert_eq!(parcel["logisticsTraces"].as_array().unwrap().len(), 1);
    assert_eq!(parcel["receiver"]["name"], "张三");
    assert_eq!(parcel["logisticsGoods"][0]["quantity"], 3);

    shopper.seller(&format!("ship/{id}")).await;
    shopper.seller(&format!("deliver/{id}")).await;
    let typed = shopper.typed::<Logistics>(json!({"subPurchaseOrderId": line})).await;
    let traces = &typed.pnm_logistics_details[0].logistics_traces;
    assert_eq!(traces.len(), 3);
    assert_eq!(traces[2].time.unwrap().as_millis(), i64::try_from(NOW_MS).unwrap());
    assert_eq!(typed.pnm_logistics_details[0].mail_no.as_deref(), parcel["mailNo"].as_str());
    let order = shopper.call("taobao.order.get", json!({"orderId": id})).await;
    assert_eq!(order["orderStatus"], 9);
}

#[tokio::test]
async fn orders_are_listed_page_by_page_to_the_end_the_newest_first() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let (lines, _) = lines(&shopper).await;
    let mut created = Vec::new();
    for number in 0..23 {
        let create = json!({
            "orderLineList": lines, "receiver": json(RECEIVER), "purchaseAmount": "99999999",
            "sellerOrderNumber": number.to_string(),
        });
        created.push(long_id(&shopper.order("taobao.order.purchase_create", create).await["orderId"]));
    }
    created.reverse();
    for row in ["taobao.order.page", "taobao.order.purchase_page"] {
        let mut listed = Vec::new();
        for (number, expected) in [(1, 10), (2, 10), (3, 3), (4, 0), (400, 0)] {
            let page = shopper.call(row, json!({"pageNo": number, "pageSize": 10})).await;
            assert_eq!((&page["pageNo"], &page["pageSize"]), (&json!(number), &json!(10)));
            let orders = page["data"].as_array().unwrap();
            assert_eq!(orders.len(), expected, "{row} {number}");
            listed.extend(orders.iter().map(|order| long_id(&order["orderId"])));
        }
        assert_eq!(listed, created, "{row}");
    }
    let typed = shopper.typed::<PurchasePage>(json!({"pageNo": 2, "pageSize": 20})).await;
    let ids: Vec<&str> = typed.data.iter().map(|order| order.order_id.as_ref().unwrap().as_str()).collect();
    assert_eq!(ids, created[20..]);
}

#[tokio::test]
async fn what_is_in_the_cart_is_ordered_and_leaves_it() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let (lines, goods) = lines(&shopper).await;
    let mut ids = Vec::new();
    for line in lines.as_array().unwrap() {
        let detail = shopper.call("taobao.product.get", json!({"itemId": line["itemId"]})).await;
        let sku = detail["skuList"].as_array().unwrap().last().unwrap();
        let add = json!({
            "itemId": line["itemId"], "skuId": line["skuId"], "quantity": line["quantity"],
            "mpId": detail["mpId"], "mpSkuId": sku["mpSkuId"],
        });
        ids.push(shopper.call("taobao.cart.add", add).await["id"].clone());
    }
    assert_eq!(shopper.call("taobao.cart.list", json!({})).await.as_array().unwrap().len(), 2);
    shopper.call("taobao.cart.edit_quantity", json!({"id": ids[0], "quantity": 5})).await;
    shopper.call("taobao.cart.edit_quantity", json!({"id": ids[0], "quantity": 3})).await;
    let checkout = json!({"ids": ids, "orderAddress": json(RECEIVER)});
    let preview = shopper.call("taobao.cart.preview_order", checkout.clone()).await;
    let prices = preview["renderItemList"][0]["itemPriceInfos"].as_array().unwrap().iter();
    assert_eq!(prices.map(|line| fen(&line["discountPrice"]["amount"])).sum::<i64>(), goods);
    let created = shopper.order("taobao.cart.create_order", checkout).await;
    assert_eq!(created["purchaseAmount"], preview["totalRealPayPrice"]["amount"]);
    assert_eq!(shopper.call("taobao.cart.list", json!({})).await, json!([]));
    let order = shopper.call("taobao.order.get", json!({"orderId": created["orderId"]})).await;
    assert_eq!(order["subOrders"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_same_variant_shares_a_line_of_the_cart_and_lines_can_be_taken_out() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let detail = shopper.call("taobao.product.get", json!({"itemId": "672991141190"})).await;
    let sku = &detail["skuList"][0];
    let add = json!({"itemId": "672991141190", "skuId": sku["skuId"], "quantity": 2, "mpId": "1", "mpSkuId": "1"});
    let first = shopper.call("taobao.cart.add", add.clone()).await;
    let second = shopper.call("taobao.cart.add", add).await;
    assert_eq!((&second["id"], &second["quantity"]), (&first["id"], &json!(4)));
    shopper.call("taobao.cart.delete", json!({"ids": [first["id"]]})).await;
    assert_eq!(shopper.call("taobao.cart.list", json!({})).await, json!([]));
}

#[tokio::test]
async fn two_hundred_orders_at_once_have_two_hundred_ids() {
    let host = std::sync::Arc::new(Host::start_with(Sandbox::builder().clock(|| NOW_MS)).await);
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..200 {
        let host = host.clone();
        calls.spawn(async move {
            let create = json!({
                "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
                "purchaseAmount": "1", "receiver": json(RECEIVER), "sellerOrderNumber": format!("n{number}"),
            });
            long_id(&Shopper::new(&host).order("taobao.order.purchase_create", create).await["orderId"])
        });
    }
    let mut ids: Vec<String> = calls.join_all().await;
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 200);
    let ledger = Shopper::new(&host).control("GET", "ledger", "").await;
    assert_eq!((&ledger["created"], &ledger["paid"]), (&json!(200), &json!(0)));
}
