//! Examples: requests as the core encodes them, replies as the sandbox gives them.

use super::Error;
use crate::json::Json;
use crate::object;
use xportcn_core::Endpoint;
use xportcn_core::codec::{Route, Routed, encode};
use xportcn_core::schema::Field;
use xportcn_sandbox::{Facts, sample};

/// A request's example in its places.
///
/// # Errors
/// Names the row whose example cannot be sent.
pub fn routed(row: &'static Endpoint) -> Result<Routed, Error> {
    let route = Route { method: row.method, path: row.path };
    encode(row.request, route, row.example.as_bytes())
        .map_err(|fault| format!("the example of {} is wrong: {} {}", row.id, fault.path, fault.reason).into())
}

/// The body of a request's example.
///
/// # Errors
/// Names the row whose example cannot be sent.
pub fn body(row: &'static Endpoint) -> Result<Option<Json>, Error> {
    let Some(body) = routed(row)?.body else { return Ok(None) };
    Ok(Some(Json::parse(&String::from_utf8(body)?)?))
}

/// What the example holds for a field.
///
/// # Errors
/// Passes on that the example is no JSON.
pub fn parameter(row: &'static Endpoint, field: &Field) -> Result<Option<Json>, Error> {
    Ok(Json::parse(row.example)?.field(field.name()).cloned())
}

/// The sandbox's answer to the example, its lists cut to their first element.
///
/// # Errors
/// Passes on that the example is no JSON.
pub fn reply(row: &'static Endpoint) -> Result<Json, Error> {
    let fields = serde_json::from_str(row.example)?;
    let data = sample(row, &Facts::of_request(row, &fields));
    Ok(object! {
        "code" => 200,
        "data" => Json::parse(data.get())?.shortened(),
        "developId" => "1034499579120189839",
        "msg" => "成功",
        "requestId" => "0b51063f17223360000007011e0000ff",
    })
}

/// The sandbox's answer to a path that it does not have.
pub fn refusal() -> Json {
    object! {
        "code" => 40401,
        "data" => Json::Null,
        "developId" => Json::Null,
        "msg" => "there is no path /open/order/refnud",
        "requestId" => "0b51063f17223360000007012e0000ff",
    }
}
