//! Orders on Taobao, pays, and waits until the order is paid.

// region order
use xportcn::taobao::Receiver;
use xportcn::taobao::order::{CreatedOrder, OrderLine, PurchaseCreate, PurchasePay};
use xportcn::{Client, Error, Waited};

pub async fn order(client: &Client, number: &str) -> Result<Option<CreatedOrder>, Error> {
    let line = OrderLine {
        item_id: "600126245031041190".into(),
        sku_id: "5016042822039".into(),
        quantity: 1,
        ..Default::default()
    };
    let receiver = Receiver {
        name: "张三".into(),
        mobile_phone: Some("13800000000".into()),
        state: Some("浙江省".into()),
        city: Some("杭州市".into()),
        district: Some("余杭区".into()),
        address: "象山路1号".into(),
        zip: Some("310024".into()),
        ..Default::default()
    };
    let call = PurchaseCreate {
        order_line_list: vec![line],
        receiver,
        purchase_amount: 150.into(), // the most that it may cost, in fen: 1.50 yuan
        seller_order_number: Some(number.into()), // your own number: by it the order is found again
        ..Default::default()
    };
    let created = client.send(call).await?.data;
    Ok(created.order_list.into_iter().next())
}
// endregion

// region pay
pub async fn pay(client: &Client, order_id: &str) -> Result<bool, Error> {
    let call = PurchasePay { order_id: Some(order_id.into()), ..Default::default() };
    match client.send(call).await {
        Ok(accepted) => {
            for failure in &accepted.pay_failed_results {
                println!("refused: {:?}", failure.error_message);
            }
        }
        Err(error) => match error.ticket() {
            // It was sent, and its answer is lost. This finds out, by calls that only read; it pays nothing.
            Some(ticket) => println!("after a lost answer: {:?}", client.recover(ticket).await?),
            None => return Err(error),
        },
    }

    // Accepted is not paid: the platform pays in the background.
    let waited = client.wait_until("taobao.order", "paid", order_id).await?;
    Ok(matches!(waited, Waited::Reached { .. }))
}
// endregion

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    if let Some(id) = order(&client, "guide-rust-1").await?.and_then(|order| order.purchase_id) {
        println!("order {id} is paid: {}", pay(&client, &id.to_string()).await?);
    }
    Ok(())
}
