//! Shopping on 1688, and on the markets whose rows follow its rows.

use crate::host::{Host, NOW_MS};
use crate::shopper::{ADDRESS, Shopper, fen, json, long_id, yuan};
use serde_json::{Value, json};
use xportcn_core::alibaba::order::{Get, LogisticsTrace, OrderStatus, Page, PayStatus};

/// Two variants from a search, and the lines that order them.
async fn lines(shopper: &Shopper<'_>, search: &str, detail: &str) -> (Value, i64) {
    let found = shopper.call(search, json!({"keyword": "男鞋", "beginPage": 1, "pageSize": 5})).await;
    let mut lines = Vec::new();
    let mut goods = 0;
    for (offer, quantity) in found["data"].as_array().unwrap().iter().zip([2, 7]) {
        let detail = shopper.call(detail, json!({"offerId": offer["offerId"]})).await;
        for field in ["offerId", "subject", "minOrderQuantity"] {
            assert_eq!(detail[field], offer[field], "{field}");
        }
        let skus = detail["productSkuInfos"].as_array().unwrap();
        let lowest = skus.iter().map(|sku| yuan(&sku["price"])).min().unwrap();
        assert_eq!(yuan(&offer["priceInfo"]["price"]), lowest);
        let sku = skus.last().unwrap();
        goods += yuan(&sku["price"]) * quantity;
        lines.push(json!({"offerId": offer["offerId"], "specId": sku["specId"], "quantity": quantity.to_string()}));
    }
    (Value::Array(lines), goods)
}

async fn plain_lines(shopper: &Shopper<'_>) -> (Value, i64) {
    lines(shopper, "alibaba.product.keyword_search", "alibaba.product.detail").await
}

#[tokio::test]
async fn an_order_goes_from_the_search_to_the_parcel() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let (lines, goods) = plain_lines(&shopper).await;

    let preview = json!({"addressParam": json(ADDRESS), "cargoParamList": lines});
    let preview = shopper.call("alibaba.order.preview", preview).await;
    let preview = &preview["orderPreviewResult"][0];
    assert_eq!(fen(&preview["sumPaymentNoCarriage"]), goods);
    let freight = fen(&preview["sumCarriage"]);
    let total = goods + freight;
    assert_eq!(fen(&preview["sumPayment"]), total);
    let cargo = preview["cargoList"].as_array().unwrap();
    assert_eq!(cargo.iter().map(|line| yuan(&line["amount"])).sum::<i64>(), goods);

    let create = json!({
        "flow": preview["flowFlag"], "tradeType": preview["tradeModeNameList"][0], "message": "请小心包装",
        "addressParam": json(ADDRESS), "cargoParamList": lines,
    });
    let created = shopper.call("alibaba.order.create", create).await;
    let id = long_id(&created["orderId"]);
    assert_eq!(fen(&created["totalSuccessAmount"]), total);
    assert_eq!(fen(&created["postFee"]), freight);

    let order = shopper.call("alibaba.order.get", json!({"webSite": "1688", "orderId": id})).await;
    let base = &order["baseInfo"];
    assert_eq!((&base["id"], &base["idOfStr"]), (&json!(id), &json!(id)));
    assert_eq!(yuan(&base["totalAmount"]), total);
    assert_eq!(yuan(&base["sumProductPayment"]), goods);
    assert_eq!(yuan(&base["shippingFee"]), freight);
    assert_eq!(base["createTime"], "2024-08-01T12:00:00+08:00");
    assert_eq!(
        (&base["status"], &base["payTime"], &base["remark"]),
        (&json!("waitbuyerpay"), &Value::Null, &json!("请小心包装"))
    );
    let items = order["productItems"].as_array().unwrap();
    assert_eq!(items.iter().map(|line| yuan(&line["itemAmount"])).sum::<i64>(), goods);
    assert_eq!(items.iter().map(|line| yuan(&line["sharePostage"])).sum::<i64>(), freight);
    assert_eq!(order["nativeLogistics"]["contactPerson"], "张三");

    let paid = shopper.call("alibaba.order.pay_url", json!({"orderId": id})).await;
    assert_eq!((&paid["orderId"], &paid["protocolPaySuccess"]), (&json!(id), &json!(true)));
    let traces = shopper.call("alibaba.order.logistics_trace", json!({"orderId": id, "webSite": "1688"})).await;
    assert_eq!(traces["logisticsTrace"][0]["orderId"], id.as_str());
    assert_eq!(traces["logisticsTrace"][0]["logisticsSteps"].as_array().unwrap().len(), 1);

    shopper.seller(&format!("ship/{id}")).await;
    let received = shopper.call("alibaba.order.confirm_receipt", json!({"orderId": id})).await;
    assert_eq!(received["success"], true);

    let typed = shopper.typed::<Get>(json!({"webSite": "1688", "orderId": id})).await;
    let base = typed.base_info.unwrap();
    assert_eq!(base.id.unwrap().as_str(), id);
    assert_eq!(base.total_amount.unwrap(), xportcn_core::Amount::new(total, 2));
    assert_eq!(base.status, Some(OrderStatus::Success));
    let now = i64::try_from(NOW_MS).unwrap();
    for time in [base.create_time, base.pay_time, base.all_delivered_time, base.receiving_time] {
        assert_eq!(time.unwrap().as_millis(), now);
    }
    assert_eq!(typed.trade_terms[0].pay_status, Some(PayStatus::Paid));
    assert_eq!(typed.trade_terms[0].phase_amount, base.total_amount);
    let traces = shopper.typed::<LogisticsTrace>(json!({"orderId": id})).await;
    assert_eq!(traces.logistics_trace[0].logistics_steps.len(), 3);
    let parcel = &typed.native_logistics.unwrap().logistics_items[0];
    assert_eq!(parcel.logistics_bill_no, traces.logistics_trace[0].logistics_bill_no);
}

#[tokio::test]
async fn orders_are_listed_page_by_page_to_the_end_the_newest_first() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let (lines, _) = plain_lines(&shopper).await;
    let mut created = Vec::new();
    for _ in 0..12 {
        let create = json!({"flow": "general", "addressParam": json(ADDRESS), "cargoParamList": lines});
        created.push(long_id(&shopper.call("alibaba.order.create", create).await["orderId"]));
    }
    created.reverse();
    let mut listed = Vec::new();
    for (number, expected) in [(1, 5), (2, 5), (3, 2), (4, 0)] {
        let page = shopper.typed::<Page>(json!({"beginPage": number, "pageSize": 5})).await;
        assert_eq!(page.total_record, Some(12));
        assert_eq!(page.result.len(), expected, "page {number}");
        listed.extend(page.result.into_iter().map(|order| order.base_info.unwrap().id.unwrap().into_string()));
    }
    assert_eq!(listed, created);
    shopper.call("alibaba.order.cancel", json!({"webSite": "1688", "orderId": created[3], "cancelReason": "x"})).await;
    let page =
        shopper.call("alibaba.order.page", json!({"beginPage": 1, "pageSize": 5, "orderStatus": "cancel"})).await;
    assert_eq!((&page["totalRecord"], &page["result"][0]["baseInfo"]["id"]), (&json!(1), &json!(created[3])));
}

#[tokio::test]
async fn lines_of_several_sellers_become_an_order_for_each() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let mut sellers = Vec::new();
    let mut lines = Vec::new();
    for number in 0..6 {
        let detail = shopper.call("alibaba.product.detail", json!({"offerId": format!("70000000000{number}")})).await;
        let sku = &detail["productSkuInfos"][0];
        lines.push(json!({
            "offerId": detail["offerId"], "specId": sku["specId"], "quantity": "1", "sellerOpenId": detail["sellerOpenId"],
        }));
        sellers.push(detail["sellerOpenId"].as_str().unwrap().to_string());
    }
    sellers.sort();
    sellers.dedup();
    assert!(sellers.len() > 1);
    let request = json!({"flow": "general", "addressParam": json(ADDRESS), "cargoParamList": lines});
    let preview = json!({"addressParam": json(ADDRESS), "cargoParamList": lines});
    let preview = shopper.call("alibaba.order.batch_preview", preview).await;
    let created = shopper.call("alibaba.order.batch_create", request).await;
    let (preview, created) = (preview["orderPreviewResult"].as_array().unwrap(), created.as_array().unwrap());
    assert_eq!((preview.len(), created.len()), (sellers.len(), sellers.len()));
    for (preview, order) in preview.iter().zip(created) {
        assert_eq!(fen(&preview["sumPayment"]), yuan(&order["baseInfo"]["totalAmount"]));
    }
    let ids: Vec<&Value> = created.iter().map(|order| &order["baseInfo"]["id"]).collect();
    let paid = shopper.call("alibaba.order.batch_submit_payment", json!({"orderIds": ids})).await;
    assert_eq!((&paid["protocolPaySuccess"], &paid["cantPayOrderList"]), (&json!(true), &json!([])));
    let again = shopper.call("alibaba.order.batch_submit_payment", json!({"orderIds": ids})).await;
    assert_eq!(again["cantPayOrderList"], json!(ids));
    let ledger = shopper.control("GET", "ledger", "").await;
    assert_eq!((&ledger["created"], &ledger["paid"]), (&json!(ids.len()), &json!(ids.len())));
}

#[tokio::test]
async fn a_sellers_offers_are_the_sellers() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let detail = shopper.call("alibaba.product.detail", json!({"offerId": "706627393257"})).await;
    let search = json!({"sellerOpenId": detail["sellerOpenId"], "pageSize": 4});
    let offers = shopper.call("alibaba.product.seller_offers", search).await;
    for offer in offers["data"].as_array().unwrap() {
        let other = shopper.call("alibaba.product.detail", json!({"offerId": offer["offerId"]})).await;
        assert_eq!(other["sellerOpenId"], detail["sellerOpenId"]);
    }
}

#[tokio::test]
async fn what_is_in_the_cart_is_ordered_and_leaves_it() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let (lines, goods) = plain_lines(&shopper).await;
    for line in lines.as_array().unwrap() {
        let quantity: i64 = line["quantity"].as_str().unwrap().parse().unwrap();
        let add = json!({"offerId": line["offerId"], "specId": line["specId"], "quantity": quantity});
        shopper.call("alibaba.cart.add", add).await;
    }
    let cart = shopper.call("alibaba.cart.list", json!({})).await;
    let lines = cart["enableList"].as_array().unwrap().iter().flat_map(|s| s["cartItemInfos"].as_array().unwrap());
    let lines: Vec<&Value> = lines.collect();
    let sum: i64 = lines.iter().map(|line| yuan(&line["price"]) * line["quantity"].as_i64().unwrap()).sum();
    assert_eq!(sum, goods);
    let ids: Vec<&Value> = lines.iter().map(|line| &line["id"]).collect();
    let preview = json!({"addressParam": json(ADDRESS), "cartIds": ids});
    let preview = shopper.call("alibaba.cart.preview_order", preview).await;
    let create = json!({"flow": "general", "addressParam": json(ADDRESS), "cartIds": ids});
    let created = shopper.call("alibaba.cart.create_order", create).await;
    assert_eq!(fen(&created["totalSuccessAmount"]), fen(&preview["orderPreviewResult"][0]["sumPayment"]));
    assert_eq!(shopper.call("alibaba.cart.list", json!({})).await["enableList"], json!([]));
}

#[tokio::test]
async fn the_other_markets_have_orders_of_their_own() {
    let host = Host::start().await;
    let shopper = Shopper::new(&host);
    let market = async |list: &str, detail: &str, create: &str, page: &str| {
        let (lines, goods) = lines(&shopper, list, detail).await;
        let mut request = json!({"addressParam": json(ADDRESS), "cargoParamList": lines});
        if create == "big_major.order.create" {
            request["message"] = json!("own-7");
        }
        let created = shopper.call(create, request).await;
        let id = created["orderId"].as_str().unwrap().to_string();
        assert_eq!(fen(&created["totalSuccessAmount"]), goods + fen(&created["postFee"]), "{create}");
        let listed = shopper.call(page, json!({"beginPage": 1, "pageSize": 10})).await;
        assert_eq!(listed["result"].as_array().unwrap().len(), 1, "{page}");
        let order = &listed["result"][0]["baseInfo"];
        assert_eq!(order["idOfStr"].as_str().unwrap(), id, "{page}");
        id
    };
    market(
        "international.product.list",
        "international.product.detail",
        "international.order.create",
        "international.order.list",
    )
    .await;
    let found = shopper.call("poizon.product.keyword_search", json!({"keyword": "男鞋", "pageSize": 5})).await;
    let spus = found["spuList"].as_array().unwrap();
    assert!(spus.len() == 5 && found["total"].as_u64().unwrap() >= 5, "{found}");
    let (mut lines, mut goods) = (Vec::new(), 0);
    for (spu, quantity) in spus.iter().zip([2, 7]) {
        let detail = shopper.call("poizon.product.detail", json!({"dwSpuId": spu["dwSpuId"]})).await;
        for field in ["dwSpuId", "dwSpuTitle", "authPrice", "skuList"] {
            assert_eq!(detail[field], spu[field], "{field}");
        }
        let sku = detail["skuList"].as_array().unwrap().last().unwrap();
        goods += fen(&sku["minBidPrice"]) * quantity;
        lines.push(json!({"offerId": spu["dwSpuId"], "specId": sku["distSkuId"], "quantity": quantity}));
    }
    let create = json!({"addressParam": json(ADDRESS), "cargoParamList": lines, "requestId": "own-8"});
    let created = shopper.call("poizon.order.create", create).await;
    assert_eq!(created["requestId"], "own-8");
    let items = created["orderItems"].as_array().unwrap();
    for (item, line) in items.iter().zip(&lines) {
        assert_eq!((&item["distSkuId"], &item["quantity"]), (&line["specId"], &line["quantity"]));
    }
    let id = long_id(&created["distOrderNo"]);
    let listed = shopper.call("poizon.order.page", json!({"beginPage": 1, "pageSize": 10})).await;
    assert_eq!(listed["result"].as_array().unwrap().len(), 1);
    let base = &listed["result"][0]["baseInfo"];
    assert_eq!(base["idOfStr"], id.as_str());
    assert_eq!(yuan(&base["totalAmount"]), goods + yuan(&base["shippingFee"]));
    assert_eq!(shopper.call("poizon.order.pay", json!({"orderId": id})).await["protocolPaySuccess"], true);
    let id = market(
        "big_major.product.keyword_search",
        "big_major.product.detail",
        "big_major.order.create",
        "big_major.order.page",
    )
    .await;
    assert_eq!(shopper.call("big_major.order.pay", json!({"orderId": id})).await["protocolPaySuccess"], true);
    let order = shopper.call("big_major.order.get", json!({"orderId": id})).await;
    assert_eq!(order["baseInfo"]["status"], "waitsellersend");
}
