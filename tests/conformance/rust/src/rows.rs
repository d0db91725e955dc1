//! The endpoints, and walks over the pages of those that have some.

use serde_json::{Value, json};
use std::future::Future;
use std::pin::Pin;
use xportcn::{Client, Error, Reply};
use xportcn_core::codec::{self, Policy};
use xportcn_core::{Call, catalogue, host};

/// Every endpoint, with a request that a sandbox accepts.
pub fn json() -> String {
    let mut rows: Vec<Value> = serde_json::from_str(&host::endpoints_json()).expect("JSON of the core");
    for (row, endpoint) in rows.iter_mut().zip(catalogue::ENDPOINTS) {
        row["example"] = json!(endpoint.example);
    }
    json!(rows).to_string()
}

/// The pages of a walk, each item as canonical JSON, and the error that ended it.
pub struct Walked {
    pub pages: Vec<Reply<Vec<String>>>,
    pub error: Option<Error>,
}

/// An endpoint's pages, until they have so many items.
pub async fn walk(client: &Client, id: &str, params: &str, at_most: usize) -> Walked {
    let mut walk = Walk { client, id, params, at_most, walking: None };
    catalogue::visit(&mut walk);
    match walk.walking {
        Some(walking) => walking.await,
        // The client says that there is no such endpoint.
        None => Walked { pages: Vec::new(), error: client.send_json(id, params).await.err() },
    }
}

/// The name of the list on an endpoint's pages.
pub fn list(id: &str) -> &'static str {
    catalogue::find(id).and_then(|row| row.paging).map_or("", |paging| paging.items)
}

type Walking<'a> = Pin<Box<dyn Future<Output = Walked> + 'a>>;

/// Looks for the type of an endpoint, and begins its walk.
struct Walk<'a> {
    client: &'a Client,
    id: &'a str,
    params: &'a str,
    at_most: usize,
    walking: Option<Walking<'a>>,
}

impl catalogue::Visitor for Walk<'_> {
    fn visit<C: Call>(&mut self) {
        if C::ENDPOINT.id != self.id {
            return;
        }
        let (client, params, at_most) = (self.client, self.params, self.at_most);
        self.walking = Some(Box::pin(async move {
            let mut pages = Vec::new();
            let error = walk_into::<C>(&mut pages, client, params, at_most).await.err();
            Walked { pages, error }
        }));
    }
}

async fn walk_into<C: Call>(
    shown: &mut Vec<Reply<Vec<String>>>,
    client: &Client,
    params: &str,
    at_most: usize,
) -> Result<(), Error> {
    let call: C = codec::from_json(params, Policy::Request).map_err(|fault| Error::InvalidRequest {
        endpoint: C::ENDPOINT.id.to_string(),
        path: fault.path,
        reason: fault.reason,
    })?;
    let mut pages = client.pages(&call)?;
    let mut items = 0;
    while items < at_most
        && let Some(page) = pages.next().await
    {
        let page = page?;
        items += page.data.len();
        shown.push(page);
    }
    Ok(())
}
