//! The first call. The account is in the environment: XPORTCN_ACCESS_KEY, XPORTCN_ACCESS_SECRET, XPORTCN_USER_ID.

// region first
use xportcn::taobao::product;
use xportcn::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    first(&Client::from_env()?).await
}

pub async fn first(client: &Client) -> Result<(), Error> {
    let call = product::Get { item_id: Some("672991141190".into()), ..Default::default() };
    let reply = client.send(call).await?;
    println!("{} with {} variants", reply.title.as_deref().unwrap_or("?"), reply.sku_list.len());
    println!("request {:?} with {} warnings", reply.request_id, reply.warnings.len());
    Ok(())
}
// endregion
