//! Streamable HTTP on loopback. Whoever calls has a token; names of hosts and pages in browsers that are not this machine's are
//! refused.

use crate::server::Server;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use sha2::{Digest, Sha256};
use std::future::Future;
use std::io;
use std::sync::Arc;
use subtle::ConstantTimeEq;
use tokio::net::TcpListener;

/// The path at which clients call.
pub const PATH: &str = "/mcp";

/// Serves until `stop` is there.
pub(crate) async fn serve(
    server: Server,
    listener: TcpListener,
    token: &str,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let config = StreamableHttpServerConfig::default().enforce_origin_validation();
    let ending = config.cancellation_token.clone();
    let service =
        StreamableHttpService::new(move || Ok(server.clone()), Arc::new(LocalSessionManager::default()), config);
    // Of equal length, whatever the tokens are.
    let expected: [u8; 32] = Sha256::digest(format!("Bearer {token}")).into();
    let router = Router::new().route_service(PATH, service).layer(from_fn_with_state(expected, admitted));
    let stopped = async move {
        stop.await;
        ending.cancel();
    };
    axum::serve(listener, router).with_graceful_shutdown(stopped).await
}

/// Lets through what has the token, and no page in a browser.
async fn admitted(State(expected): State<[u8; 32]>, request: Request, next: Next) -> Response {
    let given = request.headers().get(header::AUTHORIZATION).map_or(&[][..], |value| value.as_bytes());
    let given: [u8; 32] = Sha256::digest(given).into();
    if !bool::from(given.ct_eq(&expected)) {
        let challenge = [(header::WWW_AUTHENTICATE, "Bearer")];
        return (StatusCode::UNAUTHORIZED, challenge, "the token is missing or wrong").into_response();
    }
    next.run(request).await
}
