//! The platform's clock as seen from the host: what the `Date` of an answer teaches, and dates of HTTP.

use ::core::sync::atomic::{AtomicI64, Ordering};
use chrono::NaiveDate;

/// How far the host's clock is behind the platform's, in milliseconds. Learned once, and kept for later calls.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    behind_ms: AtomicI64,
}

impl Clock {
    /// What the platform's clock shows when the host's shows `now_ms`.
    pub(crate) fn platform_ms(&self, now_ms: u64) -> u64 {
        now_ms.saturating_add_signed(self.behind_ms.load(Ordering::Relaxed))
    }

    /// Takes note that the platform's clock showed `platform_ms` when the host's showed `now_ms`.
    pub(crate) fn learn(&self, platform_ms: u64, now_ms: u64) {
        let behind = i128::from(platform_ms) - i128::from(now_ms);
        self.behind_ms.store(i64::try_from(behind).unwrap_or(0), Ordering::Relaxed);
    }
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
    fn a_clock_that_is_behind_or_ahead_is_corrected() {
        let clock = Clock::default();
        assert_eq!(clock.platform_ms(5_000), 5_000);
        clock.learn(3_605_000, 5_000);
        assert_eq!(clock.platform_ms(6_000), 3_606_000);
        clock.learn(1_000, 3_601_000);
        assert_eq!(clock.platform_ms(3_602_000), 2_000);
    }
}
