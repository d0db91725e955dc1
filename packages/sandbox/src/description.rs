//! `/openapi.json`: the OpenAPI document, with this sandbox as the server that tools call by it.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response, header};
use axum::routing::get;
use serde_json::{Value, json};
use std::sync::LazyLock;
use xportcn_core::OPENAPI;

static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| document().to_string().into());

pub(crate) fn router() -> Router {
    Router::new().route("/openapi.json", get(answer))
}

async fn answer() -> Response<Body> {
    let mut answer = Response::new(Body::from(DOCUMENT.clone()));
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

fn document() -> Value {
    let mut document: Value = serde_json::from_str(OPENAPI).unwrap_or_default();
    // Relative to where the document is: whoever tries a call in a page must not reach the platform.
    document["servers"] = json!([{"url": "/", "description": "This sandbox."}]);
    document
}
