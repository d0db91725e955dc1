//! TLS with a provider of this client's own: the process-wide default is neither needed nor changed.

use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{CryptoProvider, ring};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
use rustls_platform_verifier::Verifier;
use std::sync::Arc;
use xportcn_core::Error;

/// What the client asks of TLS. Only where it is used are the system's root certificates read.
pub(super) fn config(used: bool) -> Result<ClientConfig, Error> {
    let provider = Arc::new(ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider.clone());
    let builder = versions.with_safe_default_protocol_versions().map_err(unusable)?;
    let mut config = if used {
        trusting_the_system(builder, provider)?
    } else {
        builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth()
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn trusting_the_system(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    provider: Arc<CryptoProvider>,
) -> Result<ClientConfig, Error> {
    let verifier: Arc<dyn ServerCertVerifier> = Arc::new(Verifier::new(provider).map_err(unusable)?);
    Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

fn unusable(error: rustls::Error) -> Error {
    Error::Config {
        field: "base_url".into(),
        reason: format!("needs TLS, which cannot be set up on this system: {error}; are CA certificates installed?"),
    }
}
