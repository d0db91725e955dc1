//! What a failure of reqwest means. Its URL, which may carry a signature, is never shown.

use crate::transport::Failure;
use rustls::AlertDescription;
use std::error::Error;
use std::io;
use xportcn_core::TransportKind;

/// Why no answer came.
pub(super) fn classify(error: reqwest::Error) -> Failure {
    let error = error.without_url();
    if error.is_connect() {
        return Failure::lost(kind_of_no_connection(&error), words(&error));
    }
    if error.is_timeout() {
        return Failure::timeout();
    }
    // By TLS 1.3 the server judges the handshake's last message when the request may be on its way; it then reads none.
    if causes(&error).any(|cause| cause.downcast_ref::<rustls::Error>().is_some_and(is_refused_handshake)) {
        return Failure::lost(TransportKind::Tls, words(&error));
    }
    Failure::lost(kind_of_loss(&error), words(&error))
}

fn kind_of_no_connection(error: &reqwest::Error) -> TransportKind {
    if error.is_dns() {
        TransportKind::Dns
    } else if causes(error).any(|cause| cause.is::<rustls::Error>()) {
        TransportKind::Tls
    } else {
        TransportKind::Connect
    }
}

/// Whether the server ended a handshake, which it does before it reads a request.
fn is_refused_handshake(error: &rustls::Error) -> bool {
    matches!(
        error,
        rustls::Error::AlertReceived(
            AlertDescription::AccessDenied
                | AlertDescription::BadCertificate
                | AlertDescription::CertificateExpired
                | AlertDescription::CertificateRequired
                | AlertDescription::CertificateRevoked
                | AlertDescription::CertificateUnknown
                | AlertDescription::HandshakeFailure
                | AlertDescription::InsufficientSecurity
                | AlertDescription::NoApplicationProtocol
                | AlertDescription::ProtocolVersion
                | AlertDescription::UnknownCA
                | AlertDescription::UnsupportedCertificate
        )
    )
}

/// What broke a request that had, or may have had, a connection.
fn kind_of_loss(error: &reqwest::Error) -> TransportKind {
    if causes(error).any(|cause| cause.downcast_ref::<hyper::Error>().is_some_and(is_broken)) {
        return TransportKind::Reset;
    }
    match io_kind(error) {
        Some(
            io::ErrorKind::BrokenPipe
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::NotConnected
            | io::ErrorKind::UnexpectedEof,
        ) => TransportKind::Reset,
        _ => TransportKind::Other,
    }
}

fn is_broken(error: &hyper::Error) -> bool {
    error.is_incomplete_message() || error.is_canceled() || error.is_closed()
}

fn io_kind(error: &reqwest::Error) -> Option<io::ErrorKind> {
    causes(error).find_map(|cause| cause.downcast_ref::<io::Error>().map(io::Error::kind))
}

/// The error's own cause and its words, which say the most.
pub(super) fn words(error: &reqwest::Error) -> String {
    let outer = error.to_string();
    let inner = innermost(error);
    if outer == inner { outer } else { format!("{outer}: {inner}") }
}

fn innermost(error: &reqwest::Error) -> String {
    causes(error).last().map_or_else(|| error.to_string(), ToString::to_string)
}

/// The error and its causes, outermost first.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(Some(error as &(dyn Error + 'static)), |error| cause(*error))
}

/// An `io::Error` names not the error inside it as its cause, but that one's cause, so it is looked into.
fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inside) => Some(inside),
        None => error.source(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FailureKind;
    use crate::http::tls;
    use reqwest::dns::{Name, Resolve, Resolving};

    struct NoNames;

    impl Resolve for NoNames {
        fn resolve(&self, _: Name) -> Resolving {
            Box::pin(async { Err("there are no names here".into()) })
        }
    }

    #[tokio::test]
    async fn a_name_that_cannot_be_resolved_is_a_dns_failure_without_its_url() {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::config(false).unwrap())
            .dns_resolver(NoNames)
            .build()
            .unwrap();
        let error = client.get("https://example.com/open?timestamp=1&sign=ABC").send().await.unwrap_err();
        let failure = classify(error);
        assert_eq!(failure.kind, FailureKind::Lost(TransportKind::Dns));
        assert!(failure.detail.contains("no names here"), "{}", failure.detail);
        assert!(!failure.detail.contains("sign="), "{}", failure.detail);
    }
}
