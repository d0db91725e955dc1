//! What an answer says of the place that was called.

use super::probe::Answer;

/// What is known of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The call was carried out.
    Exists,
    /// There is such a call, and it was refused for what it was given.
    RefusedParameter,
    /// There is such a call, and the account may not make it.
    RefusedRight,
    /// There is such a path, for another method.
    OtherMethod,
    /// There is no such path.
    Absent,
    /// Nothing can be said.
    Untold,
}

/// Why no more calls are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// There were too many.
    TooMany,
    /// The account is refused.
    Account,
    /// There is no answer any more.
    NoAnswer,
}

/// How the platform answers what is not there.
pub struct Looks {
    pub absent: Answer,
    pub other_method: Option<Answer>,
}

/// Words of a refusal of the account: of the signature and what belongs to it.
const ACCOUNT: [&str; 9] =
    ["access key", "accesskey", "nonce", "sign error", "signature", "timestamp", "签名", "验签", "时间戳"];

/// Words of a refusal for want of a right.
const RIGHT: [&str; 9] =
    ["forbidden", "no right", "not allowed", "permission", "unauthorized", "未授权", "无权", "权限", "授权"];

impl Class {
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Absent => "absent",
            Class::Exists => "exists",
            Class::OtherMethod => "another method",
            Class::RefusedParameter => "exists, refused for a parameter",
            Class::RefusedRight => "exists, refused for a right",
            Class::Untold => "untold",
        }
    }

    /// Whether there is such a call.
    pub fn is_found(self) -> bool {
        matches!(self, Class::Exists | Class::RefusedParameter | Class::RefusedRight)
    }
}

impl End {
    pub fn as_str(self) -> &'static str {
        match self {
            End::Account => "the platform refused the account",
            End::NoAnswer => "the platform did not answer any more",
            End::TooMany => "the platform asked for fewer calls (429)",
        }
    }

    /// Whether this answer is the end.
    pub fn of(answer: &Answer) -> Option<Self> {
        if answer.is_success() {
            return None;
        }
        if answer.is_of(429) {
            return Some(End::TooMany);
        }
        let is_account = answer.is_of(401) || (answer.code.is_some() && refuses_account(&answer.message));
        is_account.then_some(End::Account)
    }
}

/// Whether the platform's words are of the account: of the signature and what belongs to it.
pub fn refuses_account(message: &str) -> bool {
    has(message, &ACCOUNT)
}

/// Whether the answer to a call of nothing tells something apart.
pub fn shows_absence(answer: &Answer) -> bool {
    !answer.is_success() && End::of(answer).is_none() && !(500..600).contains(&answer.status)
}

pub fn class(answer: &Answer, looks: &Looks) -> Class {
    let is_other_method = looks.other_method.as_ref().is_some_and(|look| answer.looks_like(look));
    match answer {
        _ if answer.is_success() => Class::Exists,
        _ if answer.looks_like(&looks.absent) => Class::Absent,
        _ if answer.status == 405 || is_other_method => Class::OtherMethod,
        _ if answer.code.is_none() && answer.status == 403 => Class::RefusedRight,
        _ if answer.code.is_none() && answer.status == 404 => Class::Absent,
        _ if answer.code.is_none() || answer.status >= 500 => Class::Untold,
        _ if answer.is_of(403) || says(answer, &RIGHT) => Class::RefusedRight,
        _ => Class::RefusedParameter,
    }
}

fn says(answer: &Answer, words: &[&str]) -> bool {
    has(&answer.message, words)
}

fn has(message: &str, words: &[&str]) -> bool {
    let message = message.to_lowercase();
    words.iter().any(|word| message.contains(word))
}
