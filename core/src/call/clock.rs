//! The platform's clock as seen from the host: what the `Date` of an answer teaches, which refusals it can explain, and
//! dates of HTTP.

use crate::error::{Error, NO_WORDS};
use crate::search::position;
use ::core::sync::atomic::{AtomicI64, Ordering};
use chrono::NaiveDate;

/// How far the host's clock is behind the platform's, in milliseconds. Kept for the calls of a client.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    behind_ms: AtomicI64,
}

/// What a call tries after a refusal that its clock can explain. The client keeps it only if the attempt succeeds.
#[derive(Debug)]
pub(crate) struct Correction {
    /// How far the clock was thought to be behind when the attempt was refused.
    since_ms: i64,
    /// How far it is behind by the date of the refusal.
    pub(crate) behind_ms: i64,
    /// The refusal.
    pub(crate) refusal: Error,
}

/// A clock is certainly refused when it is further off than this; the platform allows 600 seconds.
const REFUSED_CLOCK_MS: u64 = 601_000;

/// A clock that seems further off than this is not: the date is that of an old answer, or of a clock that is wrong.
const FURTHEST_MS: u64 = 24 * 3600 * 1000;

impl Clock {
    /// How far the host's clock is behind.
    pub(crate) fn behind_ms(&self) -> i64 {
        self.behind_ms.load(Ordering::Relaxed)
    }

    /// Takes what another clock of the same client has learned.
    pub(crate) fn set(&self, behind_ms: i64) {
        self.behind_ms.store(behind_ms, Ordering::Relaxed);
    }

    /// Keeps a correction that helped, unless another call has kept one since.
    pub(crate) fn keep(&self, correction: &Correction) {
        let (since, behind) = (correction.since_ms, correction.behind_ms);
        // One that was not kept has been overtaken by one that helped as well.
        let _ = self.behind_ms.compare_exchange(since, behind, Ordering::Relaxed, Ordering::Relaxed);
    }
}

impl Correction {
    /// What the date of a refusal teaches, if the clock explains it. The attempt was sent at `sent_ms` of the host's
    /// clock, which was thought to be `since_ms` behind.
    pub(crate) fn of(refusal: &Error, date: Option<u64>, sent_ms: u64, since_ms: i64) -> Option<Self> {
        let date = date?;
        if date.abs_diff(sent_ms.saturating_add_signed(since_ms)) <= REFUSED_CLOCK_MS
            || date.abs_diff(sent_ms) > FURTHEST_MS
        {
            return None;
        }
        let behind_ms = i64::try_from(i128::from(date) - i128::from(sent_ms)).ok()?;
        Some(Self { since_ms, behind_ms, refusal: refusal.clone() })
    }
}

/// Words of refusals over the time or the signature, of which the time is part. The platform publishes no codes for them.
const OF_THE_TIME: [&str; 11] = [
    "timestamp",
    "time stamp",
    "signature",
    "unauthori",
    "request expired",
    "时间戳",
    "请求时间",
    "请求过期",
    "请求已过期",
    "签名",
    "验签",
];

/// Whether a clock that is off can be why the platform refused, or something before it: it says that it does not know
/// the caller, speaks of the time or the signature, or gives no reason at all.
pub(crate) fn can_be_about_time(status: u16, error: &Error) -> bool {
    match error {
        Error::Http { .. } => matches!(status, 401 | 403),
        Error::Api { code, message, .. } if !error.is_retryable() => {
            matches!(status, 401 | 403)
                || is_unauthorized(code)
                || (message == NO_WORDS && !code.parse().is_ok_and(|code: u16| (400..=599).contains(&code)))
                || speaks_of_the_time(&message.to_ascii_lowercase())
        }
        _ => false,
    }
}

/// Whether a code is 401 or 403 of HTTP, or one that begins as they do, as 40106.
fn is_unauthorized(code: &str) -> bool {
    matches!(code.as_bytes(), [b'4', b'0', b'1' | b'3', rest @ ..] if rest.iter().all(u8::is_ascii_digit))
}

fn speaks_of_the_time(words: &str) -> bool {
    let of_a_word = |c: char| !c.is_ascii_alphabetic();
    OF_THE_TIME.into_iter().any(|word| position(words, word).is_some())
        || words.split(of_a_word).any(|word| word == "sign")
}

/// An HTTP date in the form that HTTP prescribes, `Sun, 06 Nov 1994 08:49:37 GMT`, in milliseconds since 1970.
pub(crate) fn parse_http_date(text: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const SHAPE: &[u8] = b"Aaa, 00 Aaa 0000 00:00:00 GMT";
    let text = text.trim();
    let fits = |(byte, shape): (u8, &u8)| match shape {
        b'0' => byte.is_ascii_digit(),
        b'A' => byte.is_ascii_uppercase(),
        b'a' => byte.is_ascii_lowercase(),
        _ => byte == *shape,
    };
    if text.len() != SHAPE.len() || !text.bytes().zip(SHAPE).all(fits) {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let month = MONTHS.iter().position(|month| text.get(8..11) == Some(month))? + 1;
    let year = i32::try_from(number(12, 16)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, number(5, 7)?)?;
    // A leap second is as good as the second before it.
    let second = number(23, 25).filter(|second| *second <= 60)?.min(59);
    let moment = date.and_hms_opt(number(17, 19)?, number(20, 22)?, second)?;
    u64::try_from(moment.and_utc().timestamp_millis()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_dates_are_read_and_others_are_not() {
        assert_eq!(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777_000));
        assert_eq!(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        assert_eq!(parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT"), Some(1_483_228_799_000));
        for text in [
            "",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:61 GMT",
            "Sun, 06-Nov-1994 08:49:37 GMT",
            "Sun; 06 Nov 1994 08.49.37 GMT",
            "Sun, 06 Nov 1994 08:4é:37 GMT",
            "Wed, 01 Jan 1969 00:00:00 GMT",
        ] {
            assert_eq!(parse_http_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_correction_that_helped_is_kept_and_none_undoes_another() {
        let refusal = Error::Timeout { endpoint: "x".into(), is_limited: false };
        let clock = Clock::default();
        let correct = |date, sent| Correction::of(&refusal, Some(date), sent, clock.behind_ms());
        let (first, second) = (correct(3_605_000, 5_000).unwrap(), correct(9_000_000, 5_000).unwrap());
        assert_eq!(clock.behind_ms(), 0);
        clock.keep(&first);
        assert_eq!(clock.behind_ms(), 3_600_000);
        clock.keep(&second);
        assert_eq!(clock.behind_ms(), 3_600_000);
        clock.keep(&correct(1_000, 3_601_000).unwrap());
        assert_eq!(clock.behind_ms(), -3_600_000);
    }

    #[test]
    fn a_date_teaches_nothing_that_is_close_or_more_than_a_day_away() {
        let refusal = Error::Timeout { endpoint: "x".into(), is_limited: false };
        let now: u64 = 1_722_484_800_000;
        for (offset, learns) in
            [(0, false), (601_000, false), (601_001, true), (86_400_000, true), (86_400_001, false), (i64::MAX, false)]
        {
            for offset in [offset, -offset] {
                let date = now.saturating_add_signed(offset);
                assert_eq!(Correction::of(&refusal, Some(date), now, 0).is_some(), learns, "{offset}");
            }
        }
        assert!(Correction::of(&refusal, None, now, 0).is_none());
        // What counts is what was sent: this attempt was right, and this one is far off though the host's clock is right.
        assert!(Correction::of(&refusal, Some(now + 3_600_000), now, 3_600_000).is_none());
        assert_eq!(Correction::of(&refusal, Some(now), now, 3_600_000).unwrap().behind_ms, 0);
    }

    #[test]
    fn refusals_that_can_be_about_the_time_are_told_from_others() {
        let api = |code: &str, words: &str| Error::Api {
            endpoint: "x".into(),
            code: code.into(),
            message: words.into(),
            body_head: "".into(),
            request_id: None,
            hint: None,
        };
        for (status, code, words, can) in [
            (200, "40106", "the timestamp is 3600 seconds behind", true),
            (200, "401", "who are you", true),
            (200, "403", NO_WORDS, true),
            (401, "7", "no", true),
            (200, "7", "Timestamp expired", true),
            (200, "7", "invalid Sign", true),
            (200, "7", "SIGN_ERROR", true),
            (200, "-1", "签名错误", true),
            (200, "-1", "请求时间不正确", true),
            (200, "-1", NO_WORDS, true),
            (200, "7", "库存不足", false),
            (200, "42102", "out of stock", false),
            (200, "7", "the design cannot be assigned", false),
            (200, "40010", "no such order", false),
            (200, "404", NO_WORDS, false),
            (200, "500", NO_WORDS, false),
            (200, "429", "the timestamp", false),
            (503, "503", NO_WORDS, false),
            (200, "401-A", "no", false),
        ] {
            assert_eq!(can_be_about_time(status, &api(code, words)), can, "{status} {code} {words}");
        }
        for (status, can) in [(401, true), (403, true), (400, false), (404, false), (302, false), (503, false)] {
            let page = Error::Http { endpoint: "x".into(), status, body_head: "".into(), hint: None, request_id: None };
            assert_eq!(can_be_about_time(status, &page), can, "{status}");
        }
        assert!(!can_be_about_time(401, &Error::Timeout { endpoint: "x".into(), is_limited: false }));
    }
}
