//! Searches for lost writes and waits for states, event by event, answered by what every binding is made of.

use crate::case::{Search, SearchEvent, SearchOf};
use crate::core_cases::failed;
use serde_json::json;
use xportcn_core::Error;
use xportcn_core::host::{HostCore, HostRecovery, HostRecoveryStep};

pub fn search(case: Search) -> String {
    match answers(case) {
        Ok(answers) => format!(r#"{{"answers":[{}]}}"#, answers.join(",")),
        Err(error) => failed(&error),
    }
}

fn answers(case: Search) -> Result<Vec<String>, Error> {
    let core = HostCore::new(case.settings.get())?;
    let mut search: HostRecovery = match case.of {
        SearchOf::Ticket(ticket) => core.recover(&ticket, &case.options)?,
        SearchOf::Settle { id, params } => core.settle(&id, &params, &case.options)?,
        SearchOf::Wait { of, state, id } => core.wait(&of, &state, &id, &case.options)?,
    };
    let mut answers = Vec::new();
    for event in case.events {
        match event {
            SearchEvent::Step(now_ms) => answers.push(told(search.step(now_ms))),
            SearchEvent::Reply { data, about } => search.on_reply(&data, &about),
            SearchEvent::Failure { error, is_retryable, ticket } => search.on_failure(&error, is_retryable, &ticket),
            SearchEvent::Push(body) => answers.push(json!({"wakes": search.on_push(&body)}).to_string()),
        }
    }
    Ok(answers)
}

fn told(step: HostRecoveryStep) -> String {
    let answer = match step {
        HostRecoveryStep::Call { id, params } => json!({"call": {"id": id, "params": params}}),
        HostRecoveryStep::Wait(millis) => json!({"wait": millis}),
        HostRecoveryStep::Answered | HostRecoveryStep::Failed => json!({"last": true}),
        HostRecoveryStep::Done(outcome) => json!({"done": outcome}),
        other => json!({"misfit": format!("{other:?}")}),
    };
    answer.to_string()
}
