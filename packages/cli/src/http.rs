//! HTTP to servers of whom nothing is expected.

use reqwest::{Client, Url};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use xportcn_core::base_url;

/// A client of this server, which follows no redirect, and shows a proxy nothing that it must not see.
pub fn client(url: &Url, timeout: Duration) -> Result<Client, Box<dyn Error>> {
    // The signature must not follow a redirect to another host.
    let mut builder = Client::builder().timeout(timeout).redirect(reqwest::redirect::Policy::none()).referer(false);
    if base_url::is_direct(&url.origin().ascii_serialization()) {
        builder = builder.no_proxy();
    } else {
        xportcn::check_proxy()?;
    }
    if url.scheme() == "https" {
        // It fails if there is a provider already, which will do as well.
        let _ = ring::default_provider().install_default();
    } else {
        // The system's certificates are not needed.
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        builder = builder.tls_backend_preconfigured(config);
    }
    Ok(builder.user_agent(concat!("xportcn/", env!("CARGO_PKG_VERSION"))).build()?)
}
