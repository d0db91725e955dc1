//! How unknown paths and wrong methods are answered.

use super::InvalidDrift;
use crate::refusal::Reason;
use crate::reply::{Envelope, enveloped};
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde::Deserialize;
use serde_json::Value;

/// An answer to unknown paths and wrong methods.
#[derive(Clone, Debug)]
pub(crate) enum Unknown {
    /// HTTP 404 or 405 without a body.
    Empty,
    /// HTTP 404 or 405 with a page for people.
    Page,
    /// HTTP 200 with an envelope.
    Envelope { path_code: Value, method_code: Value, message: String },
}

/// The same in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct FileUnknown {
    #[serde(rename = "as")]
    form: String,
    code: Option<Value>,
    method_code: Option<Value>,
    msg: Option<String>,
}

impl FileUnknown {
    pub(super) fn read(self) -> Result<Unknown, InvalidDrift> {
        let wrong = |reason: &str| Err(InvalidDrift(format!("unknown: {reason}")));
        let Self { form, code, method_code, msg } = self;
        if form != "envelope" && (code.is_some() || method_code.is_some() || msg.is_some()) {
            return wrong("code, methodCode and msg are for `envelope` only");
        }
        let codes = [code.unwrap_or_else(|| 404.into()), method_code.unwrap_or_else(|| 405.into())];
        if codes.iter().any(|code| !code.is_string() && !code.is_u64()) {
            return wrong("a code is a whole number or text");
        }
        let [path_code, method_code] = codes;
        match form.as_str() {
            "empty" => Ok(Unknown::Empty),
            "page" => Ok(Unknown::Page),
            "envelope" => {
                let message = msg.unwrap_or_else(|| "the resource does not exist".to_string());
                Ok(Unknown::Envelope { path_code, method_code, message })
            }
            _ => wrong(&format!("there is no `{form}`: write empty, page or envelope")),
        }
    }
}

impl Unknown {
    /// The answer in the place of a refusal; absent for what has other reasons.
    pub(crate) fn answer(&self, reason: Reason, request_id: &str, now_ms: u64) -> Option<Response<Body>> {
        let status = match reason {
            Reason::UnknownPath => StatusCode::NOT_FOUND,
            Reason::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            _ => return None,
        };
        if let Unknown::Envelope { path_code, method_code, message } = self {
            let code = if reason == Reason::UnknownPath { path_code } else { method_code }.to_string();
            let envelope = Envelope { code: &code, message, data: "null", request_id, develop_id: None };
            return Some(enveloped(StatusCode::OK, envelope, now_ms));
        }
        let mut response = Response::default();
        *response.status_mut() = status;
        if let Unknown::Page = self {
            *response.body_mut() = Body::from(PAGE);
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        }
        Some(response)
    }
}

const PAGE: &str = "<html><head><title>Not Found</title></head><body>The page was not found.</body></html>";
