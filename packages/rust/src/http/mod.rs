//! The usual transport: HTTP by reqwest, on connections that are kept.

mod body;
mod failure;
#[cfg(test)]
mod handshakes;
mod proxy;
mod tls;

pub use self::proxy::check_proxy;

use crate::transport::{Failure, Sending, Transport};
use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue};
use std::time::Duration;
use xportcn_core::endpoint::Method;
use xportcn_core::{Config, Error, Request, Response, TransportKind, base_url};

pub(crate) struct Http {
    client: reqwest::Client,
    max_reply_bytes: usize,
}

/// Headers that HTTP/2 must not put into its tables, and that are never shown.
const SENSITIVE: [&str; 3] = ["access-key", "nonce-str", "signature"];

impl Http {
    pub(crate) fn new(config: &Config, connect_timeout: Duration) -> Result<Self, Error> {
        let secure = config.base_url.starts_with("https://");
        let mut builder = reqwest::Client::builder()
            .connect_timeout(connect_timeout)
            .https_only(secure)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .tls_backend_preconfigured(tls::config(secure)?)
            // Bodies are unpacked here, within the limit. Another crate's features of reqwest change nothing.
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd();
        if base_url::is_direct(&config.base_url) {
            builder = builder.no_proxy();
        } else {
            check_proxy()?;
        }
        let client = builder.build().map_err(|error| Error::Config {
            field: "base_url".into(),
            reason: format!("cannot be called: {}", failure::words(&error.without_url())),
        })?;
        Ok(Self { client, max_reply_bytes: config.max_reply_bytes })
    }

    async fn exchange(&self, request: Request) -> Result<Response, Failure> {
        let answer = self.client.execute(translate(request)?).await.map_err(failure::classify)?;
        let status = answer.status().as_u16();
        let headers = answer
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let body = body::read(answer, self.max_reply_bytes).await?;
        Ok(Response { status, headers, body })
    }
}

impl Transport for Http {
    fn send(&self, request: Request) -> Sending<'_> {
        Box::pin(self.exchange(request))
    }
}

fn translate(request: Request) -> Result<reqwest::Request, Failure> {
    let malformed = |what: &str| Failure::lost(TransportKind::Other, format!("the request has a malformed {what}"));
    let method = match request.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
    };
    let url = reqwest::Url::parse(&request.url).map_err(|_| malformed("URL"))?;
    let mut headers = HeaderMap::with_capacity(request.headers.len() + 1);
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    for (name, value) in &request.headers {
        let mut content = HeaderValue::from_str(value).map_err(|_| malformed("header"))?;
        content.set_sensitive(SENSITIVE.contains(&name.as_ref()));
        headers.insert(HeaderName::from_bytes(name.as_bytes()).map_err(|_| malformed("header"))?, content);
    }
    let mut translated = reqwest::Request::new(method, url);
    *translated.headers_mut() = headers;
    *translated.body_mut() = request.body.map(reqwest::Body::from);
    Ok(translated)
}
