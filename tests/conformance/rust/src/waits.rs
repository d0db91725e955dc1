//! Waiting for states of orders and refunds.

use crate::case::{Pushed, Wait};
use crate::client::client;
use crate::core_cases::failed;
use serde_json::json;
use std::time::Duration;
use xportcn::{Client, Error, Waited};

pub async fn wait(case: &Wait) -> String {
    match waited(case).await {
        Ok(waited) => json!({"waited": waited.to_json()}).to_string(),
        Err(error) => failed(&error),
    }
}

async fn waited(case: &Wait) -> Result<Waited, Error> {
    let client = client(case.settings.get(), case.options.as_ref())?;
    let wait = client.wait_until(&case.of, &case.state, &case.id);
    let Some(pushed) = &case.push else { return wait.await };
    let (waited, pushed) = tokio::join!(wait, push(&client, pushed));
    pushed.and(waited)
}

async fn push(client: &Client, pushed: &Pushed) -> Result<(), Error> {
    tokio::time::sleep(Duration::from_millis(pushed.after_ms)).await;
    client.on_push(&client.read_push(&pushed.authorization, pushed.body.as_bytes())?);
    Ok(())
}
