//! HTTP to servers of whom nothing is expected.

use reqwest::Client;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

/// A client that follows no redirect and shows a proxy nothing in the clear.
pub fn client(secure: bool, timeout: Duration) -> Result<Client, Box<dyn Error>> {
    // The signature must not follow a redirect to another host.
    let mut builder = Client::builder().timeout(timeout).redirect(reqwest::redirect::Policy::none()).referer(false);
    if secure {
        // It fails if there is a provider already, which will do as well.
        let _ = ring::default_provider().install_default();
    } else {
        // Without TLS a proxy would see everything, and the system's certificates are not needed.
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        builder = builder.no_proxy().tls_backend_preconfigured(config);
    }
    Ok(builder.user_agent(concat!("xportcn/", env!("CARGO_PKG_VERSION"))).build()?)
}
