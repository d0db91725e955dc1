//! Request signatures: the inputs are published, the formula is what working clients send.

use ::core::fmt;
use ::core::str::FromStr;
use alloc::string::String;
use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use sha2::Sha256;

use crate::{Nonce, Secret};

/// How a request is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// HMAC-SHA256 over access key, timestamp and nonce, keyed with the secret; for gateways that ask for it.
    HmacSha256,
    /// MD5 over access key, timestamp, nonce and secret: what working clients send.
    #[default]
    Md5,
}

/// The headers that carry a signature, in the order in which they are sent.
pub const HEADERS: [&str; 5] = ["access-key", "timestamp", "nonce-str", "user-id", "signature"];

/// The signature of a request, in upper-case hex. It covers the three texts, not the body and not the user.
pub fn signature(method: Method, access_key: &str, secret: &Secret, timestamp: &str, nonce: &Nonce) -> String {
    let nonce = nonce.as_str();
    match method {
        Method::Md5 => {
            let digest = Md5::new()
                .chain_update(access_key)
                .chain_update(timestamp)
                .chain_update(nonce)
                .chain_update(secret.expose())
                .finalize();
            base16ct::upper::encode_string(&digest)
        }
        Method::HmacSha256 => {
            // HMAC takes keys of any length, so this never fails.
            let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) else {
                return String::new();
            };
            mac.update(access_key.as_bytes());
            mac.update(timestamp.as_bytes());
            mac.update(nonce.as_bytes());
            base16ct::upper::encode_string(&mac.finalize().into_bytes())
        }
    }
}

impl Method {
    /// As settings and command lines write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::HmacSha256 => "hmac-sha256",
            Method::Md5 => "md5",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Method {
    type Err = UnknownMethod;

    fn from_str(text: &str) -> Result<Self, UnknownMethod> {
        match text {
            "hmac-sha256" => Ok(Method::HmacSha256),
            "md5" => Ok(Method::Md5),
            _ => Err(UnknownMethod),
        }
    }
}

/// There is no such way of signing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown signature method: use md5 or hmac-sha256")]
pub struct UnknownMethod;
