//! Pages and items, against the sandbox.

mod peer;

use futures_util::{StreamExt, TryStreamExt};
use peer::{Peer, ok};
use std::collections::BTreeSet;
use xportcn::alibaba::product::KeywordSearch;
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
    let mut offers = client.items(&search()).unwrap();
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

/// A platform that answers each page with its text.
async fn platform(pages: &'static [&'static str]) -> Peer {
    Peer::with(move |mut stream, peer| async move {
        while peer.request(&mut stream).await {
            let request = peer.last_request();
            let number = (1..=9).find(|number| request.contains(&format!("\"beginPage\":{number},"))).unwrap();
            let page = pages.get(number - 1).unwrap_or(&"[]");
            let data = format!(r#"{{"totalPage":3,"data":{page}}}"#);
            peer.write(&mut stream, &ok(format!(r#"{{"code":200,"data":{data}}}"#))).await;
        }
    })
    .await
}

#[tokio::test]
async fn a_page_that_cannot_be_read_is_no_end_and_the_walk_goes_on_there() {
    let peer = platform(&[r#"[{"offerId":1}]"#, r#"["3","4"]"#, r#"{"0":{"offerId":5}}"#]).await;
    let mut offers = peer.client().items(&search()).unwrap();
    assert_eq!(offers.next().await.unwrap().unwrap().offer_id.unwrap(), "1");
    for _ in 0..2 {
        match offers.next().await.unwrap().unwrap_err() {
            Error::Decode { part, reason, .. } => {
                assert_eq!(part.path(), "data.data");
                assert!(reason.starts_with("page 2: expected an object, found text"), "{reason}");
            }
            other => panic!("{other}"),
        }
    }
    let mut rest = peer.client().pages(&KeywordSearch { begin_page: Some(3), ..search() }).unwrap();
    let page = rest.next().await.unwrap().unwrap();
    assert_eq!((page.data.as_slice(), page.warnings.len()), (&[r#"{"offerId":"5"}"#.to_string()][..], 1));
    assert!(rest.next().await.is_none());
    assert_eq!(peer.requests().len(), 4, "no page is asked for behind the last one by the total");
}

#[tokio::test]
async fn a_walk_that_ends_before_the_total_says_so() {
    let peer = platform(&[r#"[{"offerId":1}]"#]).await;
    let mut pages = peer.client().pages(&search()).unwrap();
    assert_eq!(pages.next().await.unwrap().unwrap().data.len(), 1);
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("page 2: the page is empty, but there are 3"), "{error}");
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
    let mut one_by_one = client.items(&search()).unwrap();
    let mut ids = Vec::new();
    while let Some(offer) = one_by_one.next().await {
        ids.push(offer.unwrap().offer_id);
    }
    let items = client.items(&search()).unwrap().into_stream();
    let streamed: Vec<_> = items.map_ok(|offer| offer.offer_id).try_collect().await.unwrap();
    assert_eq!(streamed, ids);
    let pages: Vec<_> = client.pages(&search()).unwrap().into_stream().try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.data.len()).sum::<usize>(), ids.len());
    sandbox.stop().await;
    let refused = client.pages(&search()).unwrap().into_stream().collect::<Vec<_>>().await;
    assert!(matches!(refused.as_slice(), [Err(Error::Transport { .. })]), "{refused:?}");
}
