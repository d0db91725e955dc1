//! What became of writes whose answers are lost.

use crate::case::{Call, Recover};
use crate::client::client;
use crate::core_cases::{failed, succeeded};
use serde_json::json;
use xportcn::{Error, Outcome, Settled, Ticket};

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

fn told(outcome: &Outcome) -> String {
    json!({"outcome": outcome.to_json()}).to_string()
}
