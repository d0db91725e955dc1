//! Calls that only read.

use crate::guard::Refusal;
use serde_json::{Map, Value};
use xportcn::{Client, Error};
use xportcn_core::endpoint::Safety;

/// The data that answers a call.
///
/// # Errors
/// Also where the call writes: only a confirmation sends those.
pub async fn ask(client: &Client, row: &str, params: &Map<String, Value>) -> Result<Value, Refusal> {
    let endpoint = xportcn::endpoint(row).map_err(refusal)?;
    if endpoint.safety == Safety::Write {
        return Err(Refusal::invalid(format!("`{row}` writes: use propose_write, then confirm_write")));
    }
    let params = Value::Object(params.clone()).to_string();
    let reply = client.send_json(endpoint.id, params).await.map_err(refusal)?;
    serde_json::from_str(&reply.data).map_err(|_| Refusal::new("platform", "the data of the reply is no JSON"))
}

/// A failed call in our words; what the platform said is kept apart.
pub fn refusal(error: Error) -> Refusal {
    let of = |words: String, platform: Option<String>| Refusal { platform, ..Refusal::new("platform", words) };
    match error {
        Error::InvalidRequest { .. } | Error::Config { .. } | Error::UnknownSetting { .. } => {
            Refusal::invalid(error.to_string())
        }
        Error::Api { endpoint, code, message, hint, .. } => {
            let hint = hint.map(|hint| format!("; {hint}")).unwrap_or_default();
            of(format!("`{endpoint}` was refused by the platform{hint}"), Some(format!("{code}: {message}")))
        }
        Error::Http { endpoint, status, body_head, hint, .. } => {
            let hint = hint.map(|hint| format!("; {hint}")).unwrap_or_default();
            of(format!("`{endpoint}` was answered with HTTP {status}{hint}"), Some(body_head))
        }
        Error::Decode { endpoint, body_head, .. } => {
            of(format!("the reply to `{endpoint}` cannot be read"), Some(body_head))
        }
        Error::AmbiguousWrite { .. } => {
            of("the answer is lost, so whether it was carried out is not known".to_string(), None)
        }
        other => of(other.to_string(), None),
    }
}
