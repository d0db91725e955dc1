//! Asks for the money of an order back, and waits for it:  refund ORDER SUB_ORDER

// region refund
use xportcn::taobao::after_sale::{List, Render, Submit};
use xportcn::taobao::{GoodsStatus, RefundType};
use xportcn::{Client, Error, Waited};

pub async fn refund(client: &Client, order_id: &str, sub_order_id: &str) -> Result<Option<Waited>, Error> {
    // What may be asked for: reasons, and the limits of the amount, in fen.
    // Here the goods are not shipped (1), and the money comes back without a return of goods (1).
    let render = Render { sub_order_id: sub_order_id.into(), goods_status: 1, refund_type: 1 };
    let Some(template) = client.send(render).await?.data.refund_order_template else { return Ok(None) };

    let submit = Submit {
        sub_order_id: Some(sub_order_id.into()),
        goods_status: Some(GoodsStatus::NotShipped),
        refund_type: Some(RefundType::RefundOnly),
        reason_id: template.refund_reasons.into_iter().next().and_then(|reason| reason.reason_id),
        refund_fee: template.max_refund_fee.and_then(|limits| limits.max_refund_fee),
        ..Default::default()
    };
    client.send(submit).await?;

    // The reply of that call is not published; the list of after-sale orders tells the refund's id.
    let list = List { purchase_order_id: Some(order_id.into()), page_size: 10, ..Default::default() };
    let Some(found) = client.items(&list)?.next().await.transpose()? else { return Ok(None) };
    let Some(id) = found.refund_order.and_then(|refund| refund.refund_id) else { return Ok(None) };
    // Reached, never after it was withdrawn, or timed out.
    client.wait_until("taobao.after_sale", "refunded", &id.to_string()).await.map(Some)
}
// endregion

#[tokio::main]
async fn main() -> Result<(), Error> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if let [order_id, sub_order_id] = &given[..] {
        println!("{:?}", refund(&Client::from_env()?, order_id, sub_order_id).await?);
    }
    Ok(())
}
