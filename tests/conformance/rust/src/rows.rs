//! The endpoints, and walks over the pages of those that have some.

use serde_json::{Value, json};
use std::future::Future;
use std::pin::Pin;
use xportcn::{Client, Error};
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

/// The first items of an endpoint's pages, each as canonical JSON.
pub async fn items(client: &Client, id: &str, params: &str, at_most: usize) -> Result<Vec<String>, Error> {
    let mut walk = Walk { client, id, params, at_most, walking: None };
    catalogue::visit(&mut walk);
    match walk.walking {
        Some(walking) => walking.await,
        // The client says that there is no such endpoint.
        None => client.send_json(id, params).await.map(|_| Vec::new()),
    }
}

type Walking<'a> = Pin<Box<dyn Future<Output = Result<Vec<String>, Error>> + 'a>>;

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
        self.walking = Some(Box::pin(walk::<C>(client, params, at_most)));
    }
}

async fn walk<C: Call>(client: &Client, params: &str, at_most: usize) -> Result<Vec<String>, Error> {
    let call: C = codec::from_json(params, Policy::Request).map_err(|fault| Error::InvalidRequest {
        endpoint: C::ENDPOINT.id.to_string(),
        path: fault.path,
        reason: fault.reason,
    })?;
    let mut pages = client.pages(&call)?;
    let mut items = Vec::new();
    while items.len() < at_most {
        match pages.next().await {
            Some(page) => items.extend(page?.data),
            None => break,
        }
    }
    items.truncate(at_most);
    Ok(items)
}
