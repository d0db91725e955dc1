//! Calls through the client, to a platform that listens.

use crate::case::{Call, Cancel, Items, Load};
use crate::client::client;
use crate::core_cases::{failed, succeeded};
use crate::rows;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use xportcn::{Client, Error, Reply};
use xportcn_core::host;
use xportcn_core::host::Case;

pub async fn call(case: &Call) -> String {
    let client = match client(case.settings.get(), case.options.as_ref()) {
        Ok(client) => client,
        Err(error) => return failed(&error),
    };
    client.send_json(&case.id, case.params.get()).await.map_or_else(|error| failed(&error), |reply| succeeded(&reply))
}

/// The shapes that a client has after one call.
pub async fn shapes(case: &Call) -> String {
    let client = match client(case.settings.get(), case.options.as_ref()) {
        Ok(client) => client,
        Err(error) => return failed(&error),
    };
    // What is refused has a shape too.
    let _ = client.send_json(&case.id, case.params.get()).await;
    json!({"shapes": client.shapes()}).to_string()
}

/// The first items of a walk over the pages.
pub async fn items(case: &Items) -> String {
    let client = match client(case.settings.get(), None) {
        Ok(client) => client,
        Err(error) => return failed(&error),
    };
    let walked = rows::walk(&client, &case.id, case.params.get(), case.at_most).await;
    if let Some(error) = walked.error {
        return failed(&error);
    }
    let mut items: Vec<String> = walked.pages.into_iter().flat_map(|page| page.data).collect();
    items.truncate(case.at_most);
    json!({"items": format!("[{}]", items.join(",")), "count": items.len()}).to_string()
}

/// All pages with what came with them, and the error that ends the walk.
pub async fn pages(case: &Call) -> String {
    let client = match client(case.settings.get(), None) {
        Ok(client) => client,
        Err(error) => return failed(&error),
    };
    let walked = rows::walk(&client, &case.id, case.params.get(), usize::MAX).await;
    let list = rows::list(&case.id);
    let page = |page: Reply<Vec<String>>| page.map(|items| format!("{{\"{list}\":[{}]}}", items.join(",")));
    let pages: Vec<Value> = walked.pages.into_iter().map(|reply| parsed(&succeeded(&page(reply)))).collect();
    match walked.error {
        None => json!({"pages": pages}).to_string(),
        Some(error) => json!({"pages": pages, "error": parsed(&failed(&error))["error"]}).to_string(),
    }
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).expect("JSON of the core")
}

/// Many calls of one client, some at a time.
pub async fn load(case: Load) -> String {
    let Load { settings, id, params, count, concurrency } = case;
    let client = match client(settings.get(), None) {
        Ok(client) => client,
        Err(error) => return failed(&error),
    };
    let next = Arc::new(AtomicUsize::new(0));
    let work = Arc::new((client, id, params.get().to_string()));
    let mut lanes = JoinSet::new();
    for _ in 0..concurrency {
        let (next, work) = (Arc::clone(&next), Arc::clone(&work));
        lanes.spawn(async move {
            let mut results = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return results;
                }
                results.push((number, numbered(&work.0, &work.1, &work.2, number).await));
            }
        });
    }
    let mut results: Vec<(usize, Result<String, String>)> = lanes.join_all().await.into_iter().flatten().collect();
    results.sort_by_key(|(number, _)| *number);
    let mut failures: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, result) in &results {
        if let Err(kind) = result {
            *failures.entry(kind).or_default() += 1;
        }
    }
    let shown: Vec<_> = results.iter().map(|(_, result)| shown(result)).collect();
    let succeeded = results.iter().filter(|(_, result)| result.is_ok()).count();
    json!({"succeeded": succeeded, "failed": failures, "results": shown}).to_string()
}

/// The data of a call, or the kind of its error.
async fn numbered(client: &Client, id: &str, params: &str, number: usize) -> Result<String, String> {
    let result = client.send_json(id, params.replace("{n}", &number.to_string())).await;
    result.map(|reply| reply.data).map_err(|error| kind(&error))
}

pub fn kind(error: &Error) -> String {
    let json: Map<String, Value> =
        serde_json::from_str(&host::error_json(error.clone(), Case::Camel)).expect("JSON of the core");
    json["kind"].as_str().expect("a kind").to_string()
}

fn shown(result: &Result<String, String>) -> Value {
    match result {
        Ok(data) => json!({"ok": data}),
        Err(kind) => json!({"kind": kind}),
    }
}

/// A call that its caller stops waiting for. In Rust this gives no error: its future is dropped.
pub async fn cancel(case: &Cancel) -> String {
    let client = match client(case.settings.get(), None) {
        Ok(client) => client,
        Err(error) => return failed(&error),
    };
    let started = Instant::now();
    match tokio::time::timeout(Duration::from_millis(case.after_ms), client.send_json(&case.id, case.params.get()))
        .await
    {
        Err(_) => json!({"dropped": true, "elapsedMs": started.elapsed().as_millis()}).to_string(),
        Ok(Ok(reply)) => succeeded(&reply),
        Ok(Err(error)) => failed(&error),
    }
}
