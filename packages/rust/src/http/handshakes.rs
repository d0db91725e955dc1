//! Handshakes of TLS that fail, with real sockets: none leaves a request in doubt.

use super::failure::classify;
use crate::FailureKind;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, RootCertStore, ServerConfig, SupportedProtocolVersion, version};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use xportcn_core::TransportKind;

type Issuer = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Issuer {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A certificate for this machine, changed as a test wants it.
fn certificate(
    issuer: &Issuer,
    name: &str,
    change: impl FnOnce(&mut CertificateParams),
) -> (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) {
    let mut params = CertificateParams::new([name.to_string()]).unwrap();
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    let signed = params.signed_by(&key, issuer).unwrap();
    (vec![signed.der().clone()], key.serialize_der().try_into().unwrap())
}

const BOTH: &[&SupportedProtocolVersion] = &[&version::TLS12, &version::TLS13];

fn server(
    (chain, key): (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>),
    versions: &[&'static SupportedProtocolVersion],
    clients: Option<&Issuer>,
) -> ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone()).with_protocol_versions(versions).unwrap();
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(issuer) => {
            let mut roots = RootCertStore::empty();
            roots.add(issuer.der().clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
            builder.with_client_cert_verifier(verifier)
        }
    };
    builder.with_single_cert(chain, key).unwrap()
}

fn client(issuer: &Issuer, versions: &[&'static SupportedProtocolVersion], protocols: &[&str]) -> reqwest::Client {
    let mut roots = RootCertStore::empty();
    roots.add(issuer.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_protocol_versions(versions).unwrap();
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    let builder = reqwest::Client::builder().no_proxy().connect_timeout(Duration::from_millis(500));
    builder.tls_backend_preconfigured(config).build().unwrap()
}

/// Sends a request to who serves so; gives why there is no answer, and what was received of the request.
async fn failure<F: Future<Output = io::Result<Vec<u8>>> + Send>(
    client: &reqwest::Client,
    serve: impl Fn(TcpStream) -> F + Send + Sync + 'static,
) -> (crate::Failure, Vec<u8>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let (sender, mut received) = mpsc::unbounded_channel();
    let task = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let _ = sender.send(serve(stream).await.unwrap_or_default());
        }
    });
    let error = client.post(url).body("a payment").send().await.unwrap_err();
    let mut bytes =
        tokio::time::timeout(Duration::from_secs(2), received.recv()).await.ok().flatten().unwrap_or_default();
    while let Ok(more) = received.try_recv() {
        bytes.extend(more);
    }
    task.abort();
    (classify(error), bytes)
}

async fn by_tls(config: Arc<ServerConfig>, stream: TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut stream = TlsAcceptor::from(config).accept(stream).await?;
    stream.read_buf(&mut bytes).await?;
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await?;
    Ok(bytes)
}

#[tokio::test]
async fn no_handshake_that_fails_leaves_a_request_in_doubt() {
    let (ours, others) = (authority(), authority());
    let right = |issuer: &Issuer| certificate(issuer, "127.0.0.1", |_| {});
    let expired = certificate(&ours, "127.0.0.1", |params| {
        (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    });
    let early = certificate(&ours, "127.0.0.1", |params| {
        (params.not_before, params.not_after) = (date_time_ymd(2090, 1, 1), date_time_ymd(2091, 1, 1));
    });
    let another = certificate(&ours, "www.example.com", |_| {});
    let with_protocol = |mut config: ServerConfig| {
        config.alpn_protocols = vec![b"another/1".to_vec()];
        config
    };
    let usual = ["h2", "http/1.1"];
    let only_12: &[_] = &[&version::TLS12];
    let only_13: &[_] = &[&version::TLS13];
    for (name, config, versions) in [
        ("unknown authority", server(right(&others), BOTH, None), BOTH),
        ("expired", server(expired, BOTH, None), BOTH),
        ("not yet valid", server(early, BOTH, None), BOTH),
        ("another's name", server(another, BOTH, None), BOTH),
        ("the server's version is too old", server(right(&ours), only_12, None), only_13),
        ("the server's version is too new", server(right(&ours), only_13, None), only_12),
        ("another protocol", with_protocol(server(right(&ours), BOTH, None)), BOTH),
        ("a certificate of the client is wanted, TLS 1.2", server(right(&ours), BOTH, Some(&others)), only_12),
        ("a certificate of the client is wanted, TLS 1.3", server(right(&ours), BOTH, Some(&others)), only_13),
    ] {
        let config = Arc::new(config);
        let client = client(&ours, versions, &usual);
        let (failure, received) = failure(&client, move |stream| by_tls(config.clone(), stream)).await;
        assert_eq!(failure.kind, FailureKind::Lost(TransportKind::Tls), "{name}: {failure:?}");
        assert!(!failure.maybe_sent, "{name}: {failure:?}");
        assert_eq!(received, b"", "{name}");
    }
}

#[tokio::test]
async fn what_is_no_handshake_leaves_no_request_in_doubt() {
    let ours = authority();
    let client = client(&ours, BOTH, &["http/1.1"]);
    for (name, answer) in [
        ("protocol_version", &b"\x15\x03\x01\x00\x02\x02\x46"[..]),
        ("handshake_failure", b"\x15\x03\x01\x00\x02\x02\x28"),
        ("internal_error", b"\x15\x03\x01\x00\x02\x02\x50"),
        ("unrecognised_name", b"\x15\x03\x01\x00\x02\x02\x70"),
        ("no_application_protocol", b"\x15\x03\x01\x00\x02\x02\x78"),
        ("close_notify", b"\x15\x03\x01\x00\x02\x01\x00"),
        ("SSL 3.0", b"\x16\x03\x00\x00\x2a\x02\x00\x00\x26\x03\x00"),
        ("plain HTTP", b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"),
        ("half a record", b"\x16\x03\x03\x00\x7a\x02\x00"),
        ("an end", b""),
    ] {
        let (failure, _) = failure(&client, move |mut stream| async move {
            let mut hello = [0; 4096];
            let _ = stream.read(&mut hello).await?;
            stream.write_all(answer).await?;
            stream.shutdown().await?;
            Ok(Vec::new())
        })
        .await;
        let FailureKind::Lost(kind) = failure.kind else { panic!("{name}: {failure:?}") };
        assert!(kind.nothing_sent() && !failure.maybe_sent, "{name}: {failure:?}");
    }
    // Silence, which the time for a connection ends.
    let (failure, _) = failure(&client, |mut stream| async move {
        let mut hello = Vec::new();
        stream.read_to_end(&mut hello).await?;
        Ok(Vec::new())
    })
    .await;
    let FailureKind::Lost(kind) = failure.kind else { panic!("{failure:?}") };
    assert!(kind.nothing_sent() && !failure.maybe_sent, "{failure:?}");
}

#[tokio::test]
async fn a_right_handshake_is_answered() {
    let ours = authority();
    let config = Arc::new(server(certificate(&ours, "127.0.0.1", |_| {}), BOTH, None));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let task = tokio::spawn(async move { by_tls(config, listener.accept().await.unwrap().0).await });
    let answer = client(&ours, BOTH, &["http/1.1"]).post(url).body("a payment").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(!task.await.unwrap().unwrap().is_empty());
}
