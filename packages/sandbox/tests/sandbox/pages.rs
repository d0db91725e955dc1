//! Lists that are given page by page.

use crate::host::Host;
use crate::replies::call;
use serde_json::{Value, json};
use xportcn_core::Endpoint;
use xportcn_core::catalogue::ENDPOINTS;
use xportcn_core::codec;
use xportcn_core::endpoint::Paging;

/// One page's items, and the whole data.
async fn page(host: &Host, endpoint: &'static Endpoint, paging: Paging, number: i64, size: i64) -> (Vec<Value>, Value) {
    let mut params: Value = serde_json::from_str(endpoint.example).unwrap();
    params[paging.page] = json!(number);
    params[paging.size] = json!(size);
    let response = call(host, endpoint, &params.to_string()).await;
    let decoded = codec::decode(&endpoint.reply, &response.body).unwrap();
    assert_eq!(decoded.warnings, [], "{}", endpoint.id);
    let data: Value = serde_json::from_str(&decoded.data).unwrap();
    let items = paging.items.split('.').filter(|step| !step.is_empty()).fold(&data, |data, step| &data[step]);
    let items = items.as_array().unwrap_or_else(|| panic!("{} has no {}", endpoint.id, paging.items)).clone();
    (items, data)
}

/// Lists of orders and refunds hold what was made before, and nothing else.
fn is_sample(endpoint: &Endpoint) -> bool {
    endpoint.id.contains(".product.")
}

#[tokio::test]
async fn every_list_ends_and_repeats_nothing() {
    let host = Host::start().await;
    for endpoint in ENDPOINTS.iter().copied() {
        let Some(paging) = endpoint.paging.filter(|_| is_sample(endpoint)) else { continue };
        let mut all = Vec::new();
        for number in 1.. {
            let (items, _) = page(&host, endpoint, paging, number, 7).await;
            assert!(number < 30, "{} does not end", endpoint.id);
            let done = items.len() < 7;
            all.extend(items);
            if done {
                break;
            }
        }
        assert!(all.len() > 20, "{} has only {}", endpoint.id, all.len());
        for (index, item) in all.iter().enumerate() {
            assert!(!all[..index].contains(item), "{} repeats {item}", endpoint.id);
        }
        let (whole, _) = page(&host, endpoint, paging, 1, 100).await;
        assert_eq!(whole, all, "{} depends on the size of pages", endpoint.id);
        assert_eq!(page(&host, endpoint, paging, 1000, 7).await.0, [] as [Value; 0], "{}", endpoint.id);
    }
}

#[tokio::test]
async fn a_page_has_a_bound_and_odd_numbers_are_taken_for_usual_ones() {
    let host = Host::start().await;
    for endpoint in ENDPOINTS.iter().copied() {
        let Some(paging) = endpoint.paging.filter(|_| is_sample(endpoint)) else { continue };
        let (most, _) = page(&host, endpoint, paging, 1, i64::MAX >> 11).await;
        assert!(most.len() <= 100, "{} gives {}", endpoint.id, most.len());
        let (first, _) = page(&host, endpoint, paging, 1, 20).await;
        assert_eq!(page(&host, endpoint, paging, 0, 20).await.0, first, "{}", endpoint.id);
        assert_eq!(page(&host, endpoint, paging, -1, 0).await.0, first, "{}", endpoint.id);
        assert_eq!(first.len(), 20, "{}", endpoint.id);
    }
}

#[tokio::test]
async fn what_a_search_says_of_its_pages_is_true() {
    let host = Host::start().await;
    let endpoint = xportcn_core::catalogue::find("alibaba.product.keyword_search").unwrap();
    let paging = endpoint.paging.unwrap();
    let (whole, _) = page(&host, endpoint, paging, 1, 100).await;
    let (_, data) = page(&host, endpoint, paging, 2, 10).await;
    assert_eq!(data["totalRecords"], whole.len());
    assert_eq!(data["totalPage"], whole.len().div_ceil(10));
    assert_eq!(data["pageSize"], 10);
    assert_eq!(data["currentPage"], 2);
}
