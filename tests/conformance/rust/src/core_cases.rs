//! Cases that need no network, answered by what every binding is made of.

use crate::case::{Body, Event, First, Push, SignPush, Trace, What, bytes_of_hex};
use serde_json::json;
use xportcn_core::host::{self, Case, HostCore, HostExchange};
use xportcn_core::{Error, Reply, Step};

pub fn sign(settings: &str, timestamp: &str, nonce: &str) -> String {
    let headers = HostCore::new(settings).and_then(|core| core.sign(timestamp, nonce));
    headers.map_or_else(|error| failed(&error), |headers| format!(r#"{{"headers":{headers}}}"#))
}

/// What the first step of a call says.
pub fn headers(first: &First) -> String {
    let call = HostCore::new(first.settings.get()).and_then(|core| core.call(&first.id, &first.params, ""));
    match call.map(|mut call| call.step(first.now_ms, &bytes_of_hex(&first.random))) {
        Ok(Step::Send { request, timeout_ms }) => host::send_json(&request, timeout_ms),
        Ok(Step::Done(Err(error))) | Err(error) => failed(&error),
        Ok(other) => json!({"misfit": format!("{other:?}")}).to_string(),
    }
}

pub fn read(settings: &str, id: &str, status: u16, body: Body) -> String {
    let reply = HostCore::new(settings).and_then(|core| core.read(id, status, body.bytes()));
    reply.map_or_else(|error| failed(&error), |reply| succeeded(&reply))
}

pub fn push(case: Push) -> String {
    let Push { access_key, access_secret, authorization, body } = case;
    match host::read_push(&access_key, &access_secret, &authorization, &body.bytes()) {
        Ok(message) => json!({"message": host::message_json(&message)}).to_string(),
        Err(error) => failed(&error),
    }
}

pub fn sign_push(case: SignPush) -> String {
    let SignPush { access_key, access_secret, message, content, platform, time_ms } = case;
    let content = content.unwrap_or_default();
    match host::sign_push(&access_key, &access_secret, &message, &content, platform, time_ms, 0) {
        Ok(signed) => {
            let body = String::from_utf8_lossy(&signed.body);
            json!({"authorization": signed.authorization, "body": body}).to_string()
        }
        Err(error) => failed(&error),
    }
}

/// Calls of one core, event by event.
pub fn trace(case: Trace) -> String {
    match tell(case) {
        Ok((answers, events)) => format!(r#"{{"answers":[{}],"events":{}}}"#, answers.join(","), json!(events)),
        Err(error) => failed(&error),
    }
}

fn tell(case: Trace) -> Result<(Vec<String>, Vec<String>), Error> {
    let core = HostCore::new(case.settings.get())?;
    let calls = case.calls.iter().map(|begin| core.call(&begin.id, &begin.params, &begin.options));
    let mut calls: Vec<HostExchange> = calls.collect::<Result<_, _>>()?;
    calls.iter_mut().for_each(HostExchange::listen);
    let (mut answers, mut events) = (Vec::new(), Vec::new());
    for Event { call, what } in case.events {
        let call = &mut calls[call];
        match what {
            What::Step { now_ms, random } => {
                let step = call.step(now_ms, &bytes_of_hex(&random));
                answers.push(told(step, call.attempts()));
                events.push(call.events());
            }
            What::Response { status, headers, body } => call.on_response(status, headers, body.bytes()),
            What::Failure { kind, maybe_sent, detail } => call.on_failure(&kind, maybe_sent, &detail),
            What::Cancel(_) => call.cancel(),
        }
    }
    Ok((answers, events))
}

fn told(step: Step<String>, attempts: u32) -> String {
    match step {
        Step::Send { request, timeout_ms } => format!(r#"{{"send":{}}}"#, host::send_json(&request, timeout_ms)),
        Step::Wait(millis) => json!({"wait": millis}).to_string(),
        Step::Done(Ok(reply)) => {
            let (data, rest) = (json!(reply.data), host::reply_json(&reply));
            format!(r#"{{"done":{{"data":{data},"reply":{rest},"attempts":{attempts}}}}}"#)
        }
        Step::Done(Err(error)) => {
            format!(r#"{{"done":{{"error":{},"attempts":{attempts}}}}}"#, host::error_json(error, Case::Camel))
        }
    }
}

/// The answer for a reply.
pub fn succeeded(reply: &Reply<String>) -> String {
    format!(r#"{{"data":{},"reply":{}}}"#, json!(reply.data), host::reply_json(reply))
}

/// The answer for an error.
pub fn failed(error: &Error) -> String {
    format!(r#"{{"error":{}}}"#, host::error_json(error.clone(), Case::Camel))
}
