//! Whether a request is genuine: the five headers, and the signature that some rows carry in the query string.

use crate::account::{Account, Accounts};
use crate::call::Caller;
use crate::nonces::{NonceUse, Nonces};
use crate::refusal::{Reason, Refusal};
use axum::http::HeaderMap;
use subtle::{Choice, ConstantTimeEq};
use xportcn_core::{Nonce, sign};

/// How far a timestamp may be off, in milliseconds.
pub(crate) const WINDOW_MS: u64 = 600_000;

/// Numbers from here on count milliseconds, smaller ones seconds: the year 5138, and 1973.
const FIRST_MILLISECOND: u64 = 100_000_000_000;

/// A request whose headers are genuine; only its nonce may have been used before.
pub(crate) struct VerifiedRequest<'a> {
    pub(crate) caller: Caller,
    account: &'a Account,
    timestamp: &'a str,
    nonce: Nonce,
    sent_ms: u64,
}

/// Headers, and the query parameters that stand in their place where a row has a signed query.
const IN_QUERY: [[&str; 2]; 2] = [["timestamp", "timestamp"], ["signature", "sign"]];

/// Verifies the five headers, but for whether the nonce is new. `signed_query` has the query parameters of a row that may
/// be signed there, and is empty for others.
pub(crate) fn verify<'a>(
    accounts: &'a Accounts,
    headers: &'a HeaderMap,
    signed_query: &'a [(String, String)],
    now_ms: u64,
) -> Result<VerifiedRequest<'a>, Refusal> {
    let mut values = [""; sign::HEADERS.len()];
    for (name, value) in sign::HEADERS.into_iter().zip(&mut values) {
        *value = match in_query(signed_query, name) {
            Some(text) if !headers.contains_key(name) => text,
            _ => header(headers, name)?,
        };
    }
    let [access_key, timestamp, nonce, user_id, signature] = values;
    let account = accounts
        .find(access_key)
        .ok_or_else(|| Refusal::new(Reason::UnknownAccessKey, "there is no such access key"))?;
    if !account.has_user(user_id) {
        return Err(Refusal::new(Reason::UnknownUser, "the user id does not belong to the access key"));
    }
    let sent_ms = fresh(timestamp, now_ms)?;
    let nonce = Nonce::from_text(nonce)
        .ok_or_else(|| Refusal::new(Reason::MalformedNonce, "the nonce-str must be 32 letters and digits"))?;
    let caller = Caller { access_key: access_key.to_string(), user_id: user_id.to_string() };
    let request = VerifiedRequest { caller, account, timestamp, nonce, sent_ms };
    if !request.is_signed(signature) {
        return Err(Refusal::new(
            Reason::WrongSignature,
            "the signature is wrong: upper-case hex of MD5 over access key, timestamp, nonce and secret, \
             or of HMAC-SHA256 over access key, timestamp and nonce, keyed with the secret",
        ));
    }
    Ok(request)
}

impl VerifiedRequest<'_> {
    /// The nonce.
    pub(crate) fn nonce(&self) -> &str {
        self.nonce.as_str()
    }

    /// Verifies the query parameters that rows with a signed query carry beside the headers, where they are present.
    pub(crate) fn verify_query(&self, pairs: &[(String, String)]) -> Result<(), Refusal> {
        let value = |name| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let reason = match (value("timestamp"), value("sign")) {
            (None, None) => return Ok(()),
            (None, Some(_)) => "the query parameter sign comes without timestamp",
            (Some(_), None) => "the query parameter timestamp comes without sign",
            (Some(timestamp), Some(_)) if timestamp != self.timestamp => {
                "the query parameter timestamp is not that of the header"
            }
            (Some(_), Some(sign)) if !self.is_signed(sign) => "the query parameter sign is wrong",
            _ => return Ok(()),
        };
        Err(Refusal::new(Reason::WrongQuerySignature, reason))
    }

    /// Marks the nonce as used. Comes last, so that only a genuine request uses a nonce up.
    pub(crate) fn use_nonce(&self, nonces: &mut Nonces, now_ms: u64) -> Result<(), Refusal> {
        match nonces.mark(&self.caller.access_key, &self.nonce, self.sent_ms.saturating_add(WINDOW_MS), now_ms) {
            NonceUse::New => Ok(()),
            NonceUse::Again => Err(Refusal::new(
                Reason::ReusedNonce,
                "the nonce-str has been used: every attempt needs a new one, and with it a new signature",
            )),
            NonceUse::Forgotten => Err(Refusal::new(
                Reason::ForgottenNonce,
                "so many calls came that nonces this old are forgotten: sign with the current timestamp",
            )),
        }
    }

    /// Whether either way of signing gives this signature. Both are always tried, in constant time.
    fn is_signed(&self, signature: &str) -> bool {
        let mut right = Choice::from(0);
        for method in [sign::Method::Md5, sign::Method::HmacSha256] {
            let expected =
                sign::signature(method, &self.caller.access_key, self.account.secret(), self.timestamp, &self.nonce);
            right |= expected.as_bytes().ct_eq(signature.as_bytes());
        }
        right.into()
    }
}

/// What the query string has in the place of a header.
fn in_query<'q>(pairs: &'q [(String, String)], header: &str) -> Option<&'q str> {
    let [_, name] = IN_QUERY.iter().find(|[replaced, _]| *replaced == header)?;
    pairs.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
}

/// The one value of a header.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, Refusal> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().map(|value| value.as_bytes()).unwrap_or_default();
    if value.is_empty() {
        return Err(Refusal::new(Reason::MissingHeader, format!("the header {name} is missing or empty")));
    }
    if values.next().is_some() {
        return Err(Refusal::new(Reason::MalformedHeader, format!("the header {name} stands twice")));
    }
    std::str::from_utf8(value).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic())).ok_or_else(|| {
        Refusal::new(Reason::MalformedHeader, format!("the header {name} must be visible ASCII characters"))
    })
}

/// The moment of a timestamp in seconds or milliseconds, in milliseconds, if it is close enough to now.
fn fresh(timestamp: &str, now_ms: u64) -> Result<u64, Refusal> {
    let number = Some(timestamp)
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|text| text.parse::<u64>().ok());
    let Some(number) = number else {
        return Err(Refusal::new(
            Reason::MalformedTimestamp,
            "the timestamp must be a number of seconds or milliseconds since 1970",
        ));
    };
    let sent_ms = if number < FIRST_MILLISECOND { number * 1000 } else { number };
    let off_ms = sent_ms.abs_diff(now_ms);
    if off_ms <= WINDOW_MS {
        return Ok(sent_ms);
    }
    let side = if sent_ms < now_ms { "behind" } else { "ahead" };
    Err(Refusal::new(
        Reason::TimestampOff,
        format!("the timestamp is {} seconds {side}; at most 600 are allowed", off_ms.div_ceil(1000)),
    ))
}
