//! What can go wrong, and what to do.

// region errors
use xportcn::taobao::order::PurchasePay;
use xportcn::{Client, Error};

pub async fn pay(client: &Client, order_id: &str) -> Result<String, Error> {
    let call = PurchasePay { order_id: Some(order_id.into()), ..Default::default() };
    let Err(error) = client.send(call).await else { return Ok("accepted".into()) };
    Ok(match &error {
        Error::InvalidRequest { path, reason, .. } => format!("nothing was sent: {path} {reason}"),
        Error::Api { code, message, request_id, .. } => {
            format!("the platform says no: {code} {message} {request_id:?}")
        }
        Error::AmbiguousWrite { ticket, .. } => {
            format!("it may be carried out; do not call again, look: {:?}", client.recover(ticket).await?)
        }
        _ if error.is_retryable() => format!("{}: {error} - later it may work", error.kind()),
        _ => format!("{}: {error}", error.kind()),
    })
}
// endregion

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    for order_id in ["", "1"] {
        println!("{}", pay(&client, order_id).await?);
    }
    Ok(())
}
