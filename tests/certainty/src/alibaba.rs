//! What a user does on 1688: orders, pays or cancels, receives, sends back, keeps a cart.

use crate::shopper::{Shopper, address};
use crate::write::{order, text};
use serde_json::{Value, json};

/// Variants that every sandbox sells for one fen, of two sellers.
const VARIANTS: [(&str, &str); 2] =
    [("548818919805", "eb81c61de14f4adb405ffcc2c8a4a3fb"), ("743470146022", "e61a85a671bb3d0301d0412b51641c6b")];

pub async fn shop(shopper: &mut Shopper) {
    for _ in 0..2 {
        let Some(id) = create(shopper, "alibaba.order.create", "general").await else { continue };
        match shopper.dice.below(6) {
            0 => {
                let cancel = json!({"webSite": "1688", "orderId": id, "cancelReason": "不想要了"});
                shopper.write("alibaba.order.cancel", cancel, &id).await;
            }
            1 => {
                shopper
                    .write_all("alibaba.order.batch_submit_payment", json!({"orderIds": [id]}), vec![id.clone()])
                    .await;
            }
            _ => {
                if shopper.write("alibaba.order.pay_url", json!({"orderId": id}), &id).await.is_some() {
                    paid(shopper, &id).await;
                }
            }
        }
    }
    several_sellers(shopper).await;
    if shopper.dice.one_in(2)
        && let Some(id) = create(shopper, "big_major.order.create", "fenxiaonew").await
    {
        shopper.write("big_major.order.pay", json!({"orderId": id}), &id).await;
    }
}

async fn create(shopper: &mut Shopper, row: &'static str, flow: &str) -> Option<String> {
    let reference = shopper.name("order");
    // The seller reads the one; the other comes back where the platform takes it.
    let names: &[&str] = if row == "alibaba.order.create" { &["message", "outOrderId"] } else { &["message"] };
    let name = shopper.dice.pick(names);
    let params = json!({
        "flow": flow, "addressParam": address(), "cargoParamList": lines(&VARIANTS[..1]), name: reference,
    });
    order(&shopper.write(row, params, &reference).await?)
}

/// One call that makes an order for each seller, all of the same reference.
async fn several_sellers(shopper: &mut Shopper) {
    let reference = shopper.name("message");
    let params =
        json!({"flow": "general", "addressParam": address(), "cargoParamList": lines(&VARIANTS), "message": reference});
    shopper.write("alibaba.order.batch_create", params, &reference).await;
}

fn lines(variants: &[(&str, &str)]) -> Vec<Value> {
    variants.iter().map(|(offer, spec)| json!({"offerId": offer, "specId": spec, "quantity": "1"})).collect()
}

/// What follows a payment: a claim, or the goods.
async fn paid(shopper: &mut Shopper, id: &str) {
    if shopper.dice.one_in(2) {
        shopper.seller(&format!("ship/{id}")).await;
        shopper.write("alibaba.order.confirm_receipt", json!({"orderId": id}), id).await;
        return;
    }
    let claim = json!({
        "orderId": id, "disputeRequest": "returnRefund", "applyPayment": "1", "applyCarriage": "0",
        "applyReasonId": "20021", "description": "颜色不符", "goodsStatus": "refundWaitSellerSend",
    });
    let Some(claim) = shopper.write("alibaba.after_sale.create", claim, id).await else { return };
    let Some(claim) = text(&claim, &["/refundId", "/baseInfo/refundId"]) else { return };
    shopper.seller(&format!("agree/{claim}")).await;
    let back = json!({"refundId": claim, "logisticsCompanyNo": "ZTO", "freightBill": "3832890717253"});
    shopper.write("alibaba.after_sale.return_goods", back, &claim).await;
}

/// Fills the cart and empties it, or orders what is in it.
pub async fn cart(shopper: &mut Shopper) {
    for (offer, spec) in VARIANTS {
        let add = json!({"offerId": offer, "specId": spec, "quantity": 1});
        let Some(line) = shopper.write("alibaba.cart.add", add, offer).await else { continue };
        let Some(id) = text(&line, &["/id"]) else { continue };
        shopper.write("alibaba.cart.edit_quantity", json!({"id": id, "quantity": 3}), &id).await;
        if shopper.dice.one_in(4) {
            let message = shopper.name("message");
            let order = json!({"flow": "general", "addressParam": address(), "cartIds": [id], "message": message});
            shopper.write("alibaba.cart.create_order", order, &message).await;
            return;
        }
        shopper.write("alibaba.cart.delete", json!({"cartIds": [id]}), &id).await;
    }
}
