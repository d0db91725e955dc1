//! What became of writes whose answers are lost.

use crate::calls::kind;
use crate::case::{Call, Recover, Settles, Write};
use crate::client::client;
use crate::core_cases::{failed, succeeded};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use xportcn::{Client, Error, Outcome, Settled, Ticket};

pub async fn recover(case: &Recover) -> String {
    looked_for(case).await.map_or_else(|error| failed(&error), |outcome| told(&outcome))
}

async fn looked_for(case: &Recover) -> Result<Outcome, Error> {
    let client = client(case.settings.get(), case.options.as_ref())?;
    client.recover(&Ticket::parse(&case.ticket)?).await
}

pub async fn settle(case: &Call) -> String {
    match settled(case).await {
        Ok(Settled::Answered(reply)) => succeeded(&reply),
        Ok(Settled::Kept { data, about }) => format!(r#"{{"data":{},"reply":{about}}}"#, json!(data)),
        Ok(Settled::Recovered(outcome)) => told(&outcome),
        Err(error) => failed(&error),
    }
}

async fn settled(case: &Call) -> Result<Settled<String>, Error> {
    let client = client(case.settings.get(), case.options.as_ref())?;
    client.settle_json(&case.id, case.params.get()).await
}

/// Writes of several users at the same time, each seen to its end.
pub async fn settles(case: Settles) -> String {
    let clients: Result<Vec<Client>, Error> =
        case.settings.iter().map(|settings| client(settings.get(), None)).collect();
    let clients = match clients {
        Ok(clients) => clients,
        Err(error) => return failed(&error),
    };
    let lanes = Arc::new(Semaphore::new(case.concurrency));
    let mut writes = JoinSet::new();
    for (number, Write { by, id, params }) in case.calls.into_iter().enumerate() {
        let (client, lanes) = (clients[by].clone(), Arc::clone(&lanes));
        writes.spawn(async move {
            let _lane = lanes.acquire().await;
            (number, one(client.settle_json(&id, params.get()).await))
        });
    }
    let mut ends = writes.join_all().await;
    ends.sort_by_key(|(number, _)| *number);
    json!({"results": ends.into_iter().map(|(_, end)| end).collect::<Vec<_>>()}).to_string()
}

fn one(settled: Result<Settled<String>, Error>) -> Value {
    match settled {
        Ok(Settled::Answered(reply)) => json!({"ok": reply.data}),
        Ok(Settled::Kept { data, .. }) => json!({"ok": data}),
        Ok(Settled::Recovered(outcome)) => json!({"outcome": outcome.to_json()}),
        Err(error) => json!({"kind": kind(&error)}),
    }
}

fn told(outcome: &Outcome) -> String {
    json!({"outcome": outcome.to_json()}).to_string()
}
