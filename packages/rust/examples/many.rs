//! Many calls at once, within the platform's limit.

// region many
use futures_util::{StreamExt, stream};
use xportcn::taobao::product;
use xportcn::{Client, Config, Error, Limit, config_from_env};

pub async fn titles(mut config: Config, item_ids: Vec<String>) -> Result<usize, Error> {
    // At most 20 calls a second, 20 at the start; and 8 under way.
    config.limit = Some(Limit::per_second(20).burst(20));
    let client = Client::new(config)?;
    let calls = item_ids.iter().map(|id| {
        let call = product::Get { item_id: Some(id.as_str().into()), ..Default::default() };
        let client = &client;
        async move { (id, client.send(call).await) }
    });

    let mut done = 0;
    let mut replies = stream::iter(calls).buffer_unordered(8);
    while let Some((id, reply)) = replies.next().await {
        match reply {
            Ok(product) => {
                println!("{id} {:?}", product.title);
                done += 1;
            }
            Err(failed) => println!("{id} {failed}"), // one that fails ends no other
        }
    }
    Ok(done)
}
// endregion

#[tokio::main]
async fn main() -> Result<(), Error> {
    let ids = (0..40).map(|number| (672991141190_u64 + number).to_string()).collect();
    println!("{} of 40", titles(config_from_env()?, ids).await?);
    Ok(())
}
