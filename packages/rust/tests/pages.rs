//! Pages and items, against the sandbox.

use futures_util::{StreamExt, TryStreamExt};
use std::collections::BTreeSet;
use xportcn::alibaba::product::{KeywordSearch, OfferSummary};
use xportcn::taobao::after_sale::Render;
use xportcn::{Client, Config, Error};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Running, Sandbox, USER_ID};

async fn client() -> (Running, Client) {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID);
    config.base_url = sandbox.url();
    let client = Client::new(config).unwrap();
    (sandbox, client)
}

fn search() -> KeywordSearch {
    KeywordSearch { keyword: "鞋".into(), page_size: Some(7), ..KeywordSearch::default() }
}

#[tokio::test]
async fn all_items_of_all_pages_come_once() {
    let (_sandbox, client) = client().await;
    let total = client.send(search()).await.unwrap().total_records.unwrap();
    let mut offers = client.items::<_, OfferSummary>(&search()).unwrap();
    let mut ids = BTreeSet::new();
    let mut count = 0;
    while let Some(offer) = offers.next().await {
        ids.insert(offer.unwrap().offer_id.unwrap());
        count += 1;
    }
    assert!(total > 7, "one page only: {total}");
    assert_eq!(count, total);
    assert_eq!(ids.len(), usize::try_from(count).unwrap(), "an item came twice");
}

#[tokio::test]
async fn a_walk_resumes_at_the_page_where_it_stopped() {
    let (_sandbox, client) = client().await;
    let mut pages = client.pages(&search()).unwrap();
    pages.next().await.unwrap().unwrap();
    let second = pages.next().await.unwrap().unwrap().data;
    let mut resumed = client.pages(&KeywordSearch { begin_page: Some(2), ..search() }).unwrap();
    assert_eq!(resumed.next().await.unwrap().unwrap().data, second);
    assert_eq!(resumed.page(), pages.page());
}

#[tokio::test]
async fn what_has_no_pages_is_refused_before_anything_is_sent() {
    let (_sandbox, client) = client().await;
    let call = Render { sub_order_id: "1".into(), goods_status: 1, refund_type: 1 };
    let error = client.pages(&call).map(drop).unwrap_err();
    assert!(matches!(&error, Error::InvalidRequest { reason, .. } if reason.contains("has no pages")), "{error}");
}

#[tokio::test]
async fn pages_and_items_are_streams_that_end_after_an_error() {
    let (sandbox, client) = client().await;
    let mut one_by_one = client.items::<_, OfferSummary>(&search()).unwrap();
    let mut ids = Vec::new();
    while let Some(offer) = one_by_one.next().await {
        ids.push(offer.unwrap().offer_id);
    }
    let items = client.items::<_, OfferSummary>(&search()).unwrap().into_stream();
    let streamed: Vec<_> = items.map_ok(|offer| offer.offer_id).try_collect().await.unwrap();
    assert_eq!(streamed, ids);
    let pages: Vec<_> = client.pages(&search()).unwrap().into_stream().try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.data.len()).sum::<usize>(), ids.len());
    sandbox.stop().await;
    let refused = client.pages(&search()).unwrap().into_stream().collect::<Vec<_>>().await;
    assert!(matches!(refused.as_slice(), [Err(Error::Transport { .. })]), "{refused:?}");
}
