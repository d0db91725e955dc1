//! Searches on 1688, over several pages, and looks at one offer.

// region search
use xportcn::alibaba::product::{Detail, KeywordSearch};
use xportcn::{Client, Error};

pub async fn search(client: &Client, words: &str) -> Result<Vec<String>, Error> {
    let call =
        KeywordSearch { keyword: words.into(), page_size: Some(10), country: Some("en".into()), ..Default::default() };
    let mut found = Vec::new();
    // Each page is asked for when its first item is wanted: three pages for these 25 items.
    let mut offers = client.items(&call)?;
    while let Some(offer) = offers.next().await {
        let offer = offer?;
        let price = offer.price_info.and_then(|prices| prices.price);
        println!("{:?} {:?} {price:?}", offer.offer_id, offer.subject_trans);
        found.extend(offer.offer_id.map(|id| id.to_string()));
        if found.len() == 25 {
            break;
        }
    }
    Ok(found)
}
// endregion

// region detail
pub async fn detail(client: &Client, offer_id: &str) -> Result<usize, Error> {
    let call = Detail { offer_id: offer_id.into(), country: Some("en".into()), ..Default::default() };
    let offer = client.send(call).await?;
    println!("{:?} from {:?} pieces on", offer.subject_trans, offer.min_order_quantity);
    for sku in &offer.product_sku_infos {
        println!("{:?} {:?} {:?} in stock", sku.sku_id, sku.price, sku.amount_on_sale);
    }
    Ok(offer.product_sku_infos.len())
}
// endregion

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    search(&client, "鞋").await?;
    detail(&client, "889512351602").await?;
    Ok(())
}
