//! Which endpoint a path is for: made from the catalogue, at the root and below `/api`.

use crate::browser;
use crate::control;
use crate::description;
use crate::drift::Drift;
use crate::platform::Platform;
use crate::refusal::{Reason, Refusal};
use axum::Router;
use axum::body::Body;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request};
use axum::http::Response;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
use std::collections::BTreeMap;
use std::sync::Arc;
use xportcn_core::Endpoint;
use xportcn_core::catalogue::ENDPOINTS;
use xportcn_core::endpoint::Method;

/// Where the platform's own base URL ends.
const BASE: &str = "/api";

/// A row at its path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Served {
    pub(crate) endpoint: &'static Endpoint,
    /// The endpoint's own, unless a drift says otherwise.
    pub(crate) method: Method,
}

pub(crate) fn router(platform: Arc<Platform>) -> Router {
    let mut router = control::router(platform.clone()).merge(description::router());
    for (path, served) in paths(&platform.drift) {
        let here: Arc<[Served]> = served.into();
        for path in [path.to_string(), format!("{BASE}{path}")] {
            let (platform, here) = (platform.clone(), here.clone());
            let answer = move |path: Result<RawPathParams, RawPathParamsRejection>, request: Request| async move {
                platform.answer(&here, parameters(path), request).await
            };
            router = router.route(&path, any(answer));
        }
    }
    let guard = from_fn_with_state(platform.clone(), browser::guard);
    router.fallback(move |request: Request| async move { not_found(&platform, request).await }).layer(guard)
}

async fn not_found(platform: &Arc<Platform>, request: Request) -> Response<Body> {
    platform.answer(&[], Ok(Vec::new()), request).await
}

/// The fields that stand in the path.
fn parameters(path: Result<RawPathParams, RawPathParamsRejection>) -> Result<Vec<(String, String)>, Refusal> {
    path.map(|path| path.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect())
        .map_err(|_| Refusal::new(Reason::NotUtf8, "the path holds escaped bytes that are not UTF-8"))
}

fn paths(drift: &Drift) -> BTreeMap<&str, Vec<Served>> {
    let mut paths: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for endpoint in ENDPOINTS.iter().copied() {
        if let Some((method, path)) = drift.place(endpoint) {
            paths.entry(path).or_default().push(Served { endpoint, method });
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_endpoints_share_method_and_path() {
        for (path, served) in paths(&Drift::default()) {
            for (index, row) in served.iter().enumerate() {
                let same = served[..index].iter().find(|other| other.method == row.method);
                assert!(same.is_none(), "{path}: {} and {}", row.endpoint.id, same.map_or("", |same| same.endpoint.id));
            }
        }
    }
}
