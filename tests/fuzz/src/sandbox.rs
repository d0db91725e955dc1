//! The sandbox: the input is a row of requests to one sandbox, genuine or not.
//!
//! A request is a byte for the endpoint, one for what is done to it, two for the length of its content, and the
//! content: the body of a POST, the query string of a GET.

use crate::rows::{Row, all};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value as Json;
use tokio::runtime::Runtime;
use tower::ServiceExt;
use xportcn_core::endpoint::Method;
use xportcn_core::sign::{self, Method as Signature};
use xportcn_core::{Nonce, Secret, codec};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Reason, Sandbox, USER_ID};

const NOW_MS: u64 = 1_722_484_800_000;
/// Requests of one input.
const MOST: u8 = 12;

/// Every answer is an envelope of a known status and code, a success has the documented shape, and what is not genuine
/// changes nothing.
pub fn check(input: &[u8]) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let sandbox = Sandbox::builder().clock(|| NOW_MS).router().expect("a sandbox");
    let mut visit = Visit { runtime, sandbox, used: None };
    let mut rest = input;
    for number in 0..MOST {
        let [endpoint, treatment, high, low, after @ ..] = rest else { break };
        let length = (usize::from(*high % 8) << 8 | usize::from(*low)).min(after.len());
        let (content, next) = after.split_at(length);
        rest = next;
        let rows = all();
        visit.call(&rows[usize::from(*endpoint) % rows.len()], *treatment, content, number);
    }
}

struct Visit {
    runtime: Runtime,
    sandbox: Router,
    /// The number of the last call that was accepted, whose nonce is used up.
    used: Option<u8>,
}

/// What makes a request no genuine one.
#[derive(Clone, Copy, PartialEq)]
enum Flaw {
    None,
    Signature,
    Nonce,
    Timestamp,
    User,
    Header,
}

impl Visit {
    fn call(&mut self, row: &Row, treatment: u8, content: &[u8], number: u8) {
        let flaw = match treatment % 16 {
            0 => Flaw::Signature,
            1 if self.used.is_some() => Flaw::Nonce,
            2 => Flaw::Timestamp,
            3 => Flaw::User,
            4 => Flaw::Header,
            _ => Flaw::None,
        };
        let nonce = if flaw == Flaw::Nonce { self.used.unwrap_or(number) } else { number };
        let Some(request) = request(row, flaw, content, nonce) else { return };
        let before = (flaw != Flaw::None).then(|| self.ledger());
        let (status, body) = self.send(request);
        let id = row.endpoint.id;
        let envelope: Json = serde_json::from_slice(&body).expect("every answer is JSON");
        let code = envelope["code"].as_u64().expect("every answer has a code");
        assert_eq!(envelope["requestId"].as_str().map(str::len), Some(32), "{id}");
        if code == 200 {
            assert_eq!(status, StatusCode::OK, "{id}");
            assert!(flaw == Flaw::None, "{id} took a request that is not genuine");
            self.used = Some(number);
            let reply = codec::decode(&row.endpoint.reply, &body).expect("a success is a reply");
            assert!(reply.warnings.is_empty(), "{id}: {:?}", reply.warnings);
            return;
        }
        let reason = Reason::ALL.iter().find(|reason| u64::from(reason.code()) == code);
        let reason = *reason.unwrap_or_else(|| panic!("{id}: {code} is none of the sandbox's codes"));
        assert_eq!(status.as_u16(), reason.status(), "{id}");
        assert!(reason != Reason::StateNotKept, "{id}: nothing is kept in a file here");
        if let Some(before) = before {
            assert_eq!(self.ledger(), before, "{id} changed the ledger by a request that is not genuine");
        }
    }

    fn ledger(&mut self) -> Vec<u8> {
        let request = Request::get("/sandbox/ledger").body(Body::empty()).expect("a request");
        self.send(request).1
    }

    fn send(&mut self, request: Request<Body>) -> (StatusCode, Vec<u8>) {
        let sandbox = self.sandbox.clone();
        self.runtime.block_on(async move {
            let response = sandbox.oneshot(request).await.expect("the sandbox always answers");
            let status = response.status();
            let body = response.into_body().collect().await.expect("a whole body");
            (status, body.to_bytes().to_vec())
        })
    }
}

/// The signed request; absent where the content cannot stand in a URL.
fn request(row: &Row, flaw: Flaw, content: &[u8], nonce: u8) -> Option<Request<Body>> {
    let nonce = Nonce::from_random([nonce; Nonce::LENGTH]);
    let timestamp = match flaw {
        Flaw::Timestamp => NOW_MS / 1000 - 601,
        _ => NOW_MS / 1000,
    };
    let timestamp = timestamp.to_string();
    let mut signature = sign::signature(Signature::Md5, ACCESS_KEY, &Secret::new(ACCESS_SECRET), &timestamp, &nonce);
    if flaw == Flaw::Signature {
        let wrong = if signature.starts_with('0') { "1" } else { "0" };
        signature.replace_range(..1, wrong);
    }
    let user = if flaw == Flaw::User { "another-user" } else { USER_ID };

    let is_post = row.endpoint.method == Method::Post;
    let mut steps = content.splitn(2, |byte| *byte == b'\n');
    let has_step = row.endpoint.path.contains('{');
    let step = if has_step { std::str::from_utf8(steps.next()?).ok()? } else { "" };
    let content = if has_step { steps.next().unwrap_or_default() } else { content };
    let mut uri = path(row.endpoint.path, step);
    if !is_post && !content.is_empty() {
        uri.push('?');
        uri.push_str(std::str::from_utf8(content).ok()?);
    }
    let mut request = Request::builder()
        .method(row.endpoint.method.as_str())
        .uri(uri)
        .header("access-key", ACCESS_KEY)
        .header("timestamp", timestamp)
        .header("nonce-str", nonce.as_str())
        .header("signature", signature)
        .header("content-type", "application/json");
    if flaw != Flaw::Header {
        request = request.header("user-id", user);
    }
    let body = if is_post { Body::from(content.to_vec()) } else { Body::empty() };
    request.body(body).ok()
}

/// The path with the text in the place of its name.
fn path(template: &str, step: &str) -> String {
    match (template.split_once('{'), template.split_once('}')) {
        (Some((before, _)), Some((_, after))) => format!("{before}{step}{after}"),
        _ => template.to_string(),
    }
}
