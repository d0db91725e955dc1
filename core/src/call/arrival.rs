//! Whether the platform may have carried out a call that failed: what its answer, or the want of one, tells.

use crate::error::Error;

/// Whether the platform may have carried out an attempt that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// It did not arrive.
    Impossible,
    /// It may have.
    Possible,
    /// It arrived and was refused.
    Refused,
    /// It arrived more than once, and one of the copies was refused.
    Twice,
}

/// Statuses with which a server turns a request away before anything acts on it. They count without an envelope. Others
/// do not: filters of answers send 403, and 409, 410, 422 or 499 may tell of what has been done.
const TURNED_AWAY: [u16; 15] = [400, 401, 404, 405, 407, 411, 413, 414, 415, 417, 421, 426, 428, 429, 431];

impl Arrival {
    /// What an answer tells that is no success. `says_success` is whether its envelope is one of success, whatever stands
    /// around it; `may_be_a_copy` whether the transport may have sent the request again on its own.
    pub(crate) fn of_answer(status: u16, error: &Error, says_success: bool, may_be_a_copy: bool) -> Self {
        match error {
            _ if says_success => Arrival::Possible,
            Error::Api { .. } if error.is_nonce_reuse() => Arrival::Twice,
            // A copy can be refused for being one too many before anybody looks at its nonce.
            Error::Api { .. } if may_be_a_copy && error.is_retryable() => Arrival::Possible,
            Error::Api { code, .. } if refuses(status) && !is_failure_within(code) => Arrival::Refused,
            Error::Http { .. } if TURNED_AWAY.contains(&status) && !may_be_a_copy => Arrival::Refused,
            // A reply that cannot be read, a failure within the platform, or somebody else's answer.
            _ => Arrival::Possible,
        }
    }
}

/// Whether the platform answers with this status when it refuses a call in an envelope.
fn refuses(status: u16) -> bool {
    matches!(status, 200..=299 | 400..=499) && status != 408
}

/// Whether a code counts as HTTP does, and tells of a failure within the platform or before it: 408, or 500 to 599.
fn is_failure_within(code: &str) -> bool {
    let (whole, fraction) = code.split_once('.').unwrap_or((code, ""));
    match whole.trim().parse::<u16>() {
        Ok(number) => fraction.trim().bytes().all(|byte| byte == b'0') && matches!(number, 408 | 500..=599),
        Err(_) => false,
    }
}
