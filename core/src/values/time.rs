//! Moments, in the forms that the platform writes them.

use super::number::whole;
use super::{Read, Scalar};
use crate::json::{Policy, Token, unescape, write_quoted};
use crate::schema::{Form, Kind};
use ::core::fmt;
use ::core::str::FromStr;
use alloc::string::{String, ToString};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike};
use serde::Serializer;

/// A moment, with the offset from UTC in which it was written. Where the platform writes none, it is Beijing's.
///
/// Displays and parses as RFC 3339, as in `2024-08-01T12:00:00+08:00`. Times are equal if they are the same moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Time(DateTime<FixedOffset>);

/// Seconds that the platform's own offset is ahead of UTC.
const BEIJING: i32 = 8 * 3600;

impl Time {
    /// The moment as chrono has it; absent outside the years 1 to 9999.
    pub fn new(moment: DateTime<FixedOffset>) -> Option<Self> {
        let in_beijing = moment.with_timezone(&offset(BEIJING)?);
        [moment.year(), in_beijing.year()].iter().all(|year| (1..=9999).contains(year)).then_some(Self(moment))
    }

    /// The moment that is this many milliseconds after the start of 1970 in UTC; absent outside the years 1 to 9999.
    pub fn from_millis(millis: i64) -> Option<Self> {
        Self::new(DateTime::from_timestamp_millis(millis)?.with_timezone(&offset(BEIJING)?))
    }

    /// The moment as chrono has it.
    pub fn datetime(&self) -> DateTime<FixedOffset> {
        self.0
    }

    /// Milliseconds since the start of 1970 in UTC.
    pub fn as_millis(&self) -> i64 {
        self.0.timestamp_millis()
    }
}

fn offset(seconds: i32) -> Option<FixedOffset> {
    FixedOffset::east_opt(seconds)
}

/// Reads every form that the platform has been seen to write. How many digits there are tells what they mean: a number of
/// another length would be a plausible moment, and the wrong one.
fn parse(text: &str) -> Option<Time> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (head, rest) = text.split_at_checked(digits)?;
    match (digits, rest) {
        (10 | 13, "") => parse_epoch(head),
        (8 | 12 | 14 | 17, "") => parse_compact(head, offset(BEIJING)?),
        (14 | 17, zone) => parse_compact(head, parse_zone(zone)?),
        (4, _) => parse_civil(text),
        _ => None,
    }
}

/// Seconds or milliseconds since 1970, from 2001 on.
fn parse_epoch(digits: &str) -> Option<Time> {
    let number: i64 = digits.parse().ok().filter(|_| !digits.starts_with('0'))?;
    Time::from_millis(if digits.len() == 10 { number * 1000 } else { number })
}

/// Reads what replies hold besides: spaces around it, a time that is not set, and numbers written as doubles.
#[cold]
fn parse_odd(text: &str) -> Read<Time> {
    if let Some(time) = parse(text) {
        return Read::Value(time);
    }
    if text.starts_with("0000-00-00") || text.bytes().all(|byte| byte == b'0') {
        return Read::Null;
    }
    match whole(text) {
        Some(0) => Read::Null,
        number => number.and_then(|number| parse(&number.to_string())).map_or(Read::Misfit, Read::Value),
    }
}

/// `yyyyMMdd`, `yyyyMMddHHmm`, and `yyyyMMddHHmmss` with or without milliseconds.
fn parse_compact(digits: &str, offset: FixedOffset) -> Option<Time> {
    let part = |from: usize, to: usize| match digits.get(from..) {
        None | Some("") => Some(0),
        Some(_) => digits.get(from..to)?.parse::<u32>().ok(),
    };
    let millis = part(14, 17)?;
    assemble(
        [part(0, 4)?, part(4, 6)?, part(6, 8)?, part(8, 10)?, part(10, 12)?, part(12, 14)?],
        millis * 1_000_000,
        offset,
    )
}

/// `yyyy-MM-dd HH:mm:ss`, and RFC 3339.
fn parse_civil(text: &str) -> Option<Time> {
    let bytes = text.as_bytes();
    let separators: [(usize, &[u8]); 5] = [(4, b"-"), (7, b"-"), (10, b" Tt"), (13, b":"), (16, b":")];
    if !separators.iter().all(|(at, allowed)| bytes.get(*at).is_some_and(|b| allowed.contains(b))) {
        return None;
    }
    let part = |from: usize, to: usize| {
        let digits = text.get(from..to)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<u32>().ok())?
    };
    let fields = [part(0, 4)?, part(5, 7)?, part(8, 10)?, part(11, 13)?, part(14, 16)?, part(17, 19)?];
    let rest = text.get(19..)?;
    let (nanos, zone) = match rest.strip_prefix('.') {
        Some(fraction) => parse_fraction(fraction)?,
        None => (0, rest),
    };
    let offset = if zone.is_empty() { offset(BEIJING)? } else { parse_zone(zone)? };
    assemble(fields, nanos, offset)
}

/// Up to nine digits of a second, as nanoseconds, and what follows them.
fn parse_fraction(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (fraction, rest) = text.split_at_checked(digits)?;
    let scale = 10u32.checked_pow(u32::try_from(9usize.checked_sub(digits)?).ok()?)?;
    Some((fraction.parse::<u32>().ok()?.checked_mul(scale)?, rest))
}

/// `Z`, `+0800` or `+08:00`.
fn parse_zone(text: &str) -> Option<FixedOffset> {
    if text.eq_ignore_ascii_case("z") {
        return offset(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = match text.len() {
        5 => (text.get(1..3)?, text.get(3..5)?),
        6 if text.as_bytes()[3] == b':' => (text.get(1..3)?, text.get(4..6)?),
        _ => return None,
    };
    if !hours.bytes().chain(minutes.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    offset(sign * (hours * 3600 + minutes * 60))
}

fn assemble(fields: [u32; 6], nanos: u32, offset: FixedOffset) -> Option<Time> {
    let [year, month, day, hour, minute, second] = fields;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Time::new(date.and_hms_nano_opt(hour, minute, second, nanos)?.and_local_timezone(offset).single()?)
}

impl Scalar for Time {
    const KIND: Kind = Kind::Time;

    fn read(token: &Token<'_>, policy: Policy) -> Read<Self> {
        let text = match *token {
            Token::Null => return Read::Null,
            Token::Number(digits) => digits.into(),
            Token::Text(content) => unescape(content),
            _ => return Read::Misfit,
        };
        match parse(&text) {
            Some(time) => Read::Value(time),
            None if policy == Policy::Reply => parse_odd(text.trim()),
            None => Read::Misfit,
        }
    }

    fn write_wire(&self, form: Form, out: &mut String) {
        if form == Form::Number {
            out.push_str(&self.as_millis().to_string());
            return;
        }
        let civil = offset(BEIJING).map_or(self.0, |beijing| self.0.with_timezone(&beijing));
        let text = alloc::format!(
            "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
            civil.year(),
            civil.month(),
            civil.day(),
            civil.hour(),
            civil.minute(),
            civil.second()
        );
        write_quoted(&text, out);
    }

    fn write_canonical(&self, out: &mut String) {
        write_quoted(&self.to_string(), out);
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let civil = self.0;
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            civil.year(),
            civil.month(),
            civil.day(),
            civil.hour(),
            civil.minute(),
            civil.second()
        )?;
        let nanos = civil.nanosecond();
        if nanos != 0 && nanos.is_multiple_of(1_000_000) {
            write!(f, ".{:03}", nanos / 1_000_000)?;
        } else if nanos != 0 {
            write!(f, ".{nanos:09}")?;
        }
        let seconds = self.0.offset().local_minus_utc();
        let sign = if seconds < 0 { '-' } else { '+' };
        let minutes = seconds.unsigned_abs() / 60;
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl FromStr for Time {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        parse(text).ok_or(NotATime)
    }
}

/// The text is in none of the forms of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time: write it as 2024-08-01T12:00:00+08:00")]
pub struct NotATime;

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(token: Token<'_>) -> Option<Result<String, ()>> {
        match Time::read(&token, Policy::Reply) {
            Read::Null => None,
            Read::Value(time) => Some(Ok(time.to_string())),
            Read::Misfit => Some(Err(())),
        }
    }

    #[test]
    fn the_number_of_digits_tells_what_they_mean() {
        for (digits, expected) in [
            ("1722484800", "2024-08-01T12:00:00+08:00"),
            ("1722484800500", "2024-08-01T12:00:00.500+08:00"),
            ("20240801", "2024-08-01T00:00:00+08:00"),
            ("202408011234", "2024-08-01T12:34:00+08:00"),
            ("20240801123456", "2024-08-01T12:34:56+08:00"),
            ("20240801123456789", "2024-08-01T12:34:56.789+08:00"),
            ("1.7224848E12", "2024-08-01T12:00:00+08:00"),
            ("1722484800.0", "2024-08-01T12:00:00+08:00"),
            ("2.0240801E7", "2024-08-01T00:00:00+08:00"),
        ] {
            let spaced = alloc::format!(" {digits}\u{3000}");
            for token in [Token::Number(digits), Token::Text(digits), Token::Text(&spaced)] {
                assert_eq!(reply(token), Some(Ok(expected.to_string())), "{digits}");
            }
        }
        for digits in [
            "1",
            "99999",
            "172248480",
            "17224848000",
            "0000000001",
            "0000000000001",
            "20240199",
            "202408012460",
            "172248480050012",
            "1722484800500123",
            "172248480050012345",
            "1722484800.5",
            "2.0240801123456789E16",
            "-1",
            "1e400",
        ] {
            assert_eq!(reply(Token::Number(digits)), Some(Err(())), "{digits}");
        }
    }

    #[test]
    fn what_is_not_set_is_null_in_a_reply_and_refused_in_a_request() {
        for text in ["0", "0.0", "-0", "00000000", "0000000000", "0000-00-00", "0000-00-00 00:00:00", " 0 "] {
            assert_eq!(reply(Token::Text(text)), None, "{text}");
            assert!(matches!(Time::read(&Token::Text(text), Policy::Request), Read::Misfit), "{text}");
        }
        assert!(matches!(Time::read(&Token::Text(" 1722484800"), Policy::Request), Read::Misfit));
    }
}
