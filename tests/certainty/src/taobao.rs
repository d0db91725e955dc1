//! What a user does on Taobao: orders, pays or cancels, asks for money back, keeps a cart.

use crate::shopper::{Shopper, receiver};
use crate::write::{order, text};
use serde_json::{Value, json};

/// Variants that every sandbox sells for one fen.
const VARIANTS: [(&str, &str); 2] = [("600126245031041190", "5016042822039"), ("600129202197070073", "4860968496626")];

/// An order that is known to be there: its id, and that of its first line.
struct Ordered {
    id: String,
    line: Option<String>,
}

pub async fn shop(shopper: &mut Shopper) {
    let mut orders = Vec::new();
    for _ in 0..3 {
        orders.extend(create(shopper).await);
    }
    if orders.len() == 3 && shopper.dice.one_in(3) {
        let ids: Vec<String> = orders.drain(1..).map(|order| order.id).collect();
        pay_several(shopper, ids).await;
    }
    for order in orders {
        match shopper.dice.below(8) {
            0..=3 => {
                let row = shopper.dice.pick(&["taobao.order.purchase_pay", "taobao.order.pay"]);
                if shopper.write(row, json!({"orderId": order.id}), &order.id).await.is_some() {
                    after_sale(shopper, order).await;
                }
            }
            4 | 5 => {
                let row = shopper.dice.pick(&["taobao.order.purchase_cancel", "taobao.order.cancel"]);
                shopper.write(row, json!({"orderId": order.id, "cancelReason": "不想要了"}), &order.id).await;
            }
            6 => {
                let voucher = json!({"orderId": order.id, "voucherUrl": "https://example.com/1.png"});
                shopper.write("taobao.order.upload_voucher", voucher, &order.id).await;
            }
            _ => {
                let warehouse = json!({"orderId": order.id, "warehouseName": "一号仓库", "warehouseAddress": "广西省"});
                shopper.write("taobao.order.update_warehouse", warehouse, &order.id).await;
            }
        }
    }
}

async fn create(shopper: &mut Shopper) -> Option<Ordered> {
    let reference = shopper.name("taobao");
    let lines = if shopper.dice.one_in(4) { 2 } else { 1 };
    let lines: Vec<Value> =
        VARIANTS[..lines].iter().map(|(item, sku)| json!({"itemId": item, "skuId": sku, "quantity": 1})).collect();
    let params = json!({
        "orderLineList": lines, "purchaseAmount": "2", "receiver": receiver(), "sellerOrderNumber": reference,
    });
    let row = shopper.dice.pick(&["taobao.order.purchase_create", "taobao.order.purchase_create_v2"]);
    let made = shopper.write(row, params, &reference).await?;
    let places = ["/orderList/0/orderLineList/0/subPurchaseOrderId", "/subOrders/0/subPurchaseOrderId"];
    Some(Ordered { id: order(&made)?, line: text(&made, &places) })
}

/// Pays two orders with one call. Sometimes one of them has been cancelled, so that it cannot be paid.
async fn pay_several(shopper: &mut Shopper, ids: Vec<String>) {
    if shopper.dice.one_in(2) {
        shopper.write("taobao.order.cancel", json!({"orderId": ids[0]}), &ids[0]).await;
    }
    shopper.write_all("taobao.order.pay", json!({"purchaseOrderIdList": ids}), ids.clone()).await;
}

async fn after_sale(shopper: &mut Shopper, order: Ordered) {
    let Some(line) = order.line else { return };
    let kind = if shopper.dice.one_in(2) { 2 } else { 1 };
    let submit = json!({"subOrderId": line, "goodsStatus": 1, "refundType": kind, "reasonId": "1", "refundFee": "1"});
    let Some(claim) = shopper.write("taobao.after_sale.submit", submit, &order.id).await else { return };
    let places = ["/refundOrderAggregate/refundOrder/refundId", "/refundOrder/refundId", "/refundId"];
    let Some(claim) = text(&claim, &places) else { return };
    let message = shopper.name("message");
    let said = json!({"refundId": claim, "refundMessage": message});
    shopper.write("taobao.after_sale.submit_message", said, &format!("{claim} {message}")).await;
    let words = shopper.name("words");
    let change = json!({"refundId": claim, "refundDesc": words});
    shopper.write("taobao.after_sale.modify", change, &format!("{claim} {words}")).await;
    if kind == 1 {
        shopper.write("taobao.after_sale.cancel", json!({"refundId": claim}), &claim).await;
    } else {
        shopper.seller(&format!("agree/{claim}")).await;
        let parcel = json!({"refundId": claim, "logisticsNo": "SF12181323546", "logisticsCompanyCode": "SF"});
        shopper.write("taobao.after_sale.return_logistics_submit", parcel, &claim).await;
    }
}

/// Fills the cart and empties it, or orders what is in it.
pub async fn cart(shopper: &mut Shopper) {
    for (item, sku) in VARIANTS {
        let add = json!({"itemId": item, "skuId": sku, "quantity": 1, "mpId": "26", "mpSkuId": "65"});
        let Some(line) = shopper.write("taobao.cart.add", add, item).await else { continue };
        let Some(id) = text(&line, &["/id"]) else { continue };
        shopper.write("taobao.cart.edit_quantity", json!({"id": id, "quantity": 3}), &id).await;
        if shopper.dice.one_in(4) {
            let order = json!({"ids": [id], "orderAddress": receiver()});
            shopper.write("taobao.cart.create_order", order, "").await;
            return;
        }
        shopper.write("taobao.cart.delete", json!({"ids": [id]}), &id).await;
    }
}

/// Saves an address.
pub async fn save_address(shopper: &mut Shopper) {
    let name = shopper.name("address");
    let saved = json!({"name": name, "province": "浙江省", "city": "杭州市", "district": "余杭区", "address": "象山路1号",
        "phone": "13800000000"});
    shopper.write("address.save", saved, &name).await;
}
