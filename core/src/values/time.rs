//! Moments, in the forms that the platform writes them.

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

/// Numbers from here on count milliseconds, smaller ones seconds: the year 5138, and 1973.
const FIRST_MILLISECOND: u64 = 100_000_000_000;

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

/// Reads every form that the platform has been seen to write.
fn parse(text: &str) -> Option<Time> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (head, rest) = text.split_at_checked(digits)?;
    match (digits, rest) {
        (1..=13, "") => parse_epoch(head),
        (14 | 17, zone) => parse_compact(head, parse_zone(zone)?),
        (4, _) => parse_civil(text),
        _ => None,
    }
}

/// Seconds or milliseconds since 1970.
fn parse_epoch(digits: &str) -> Option<Time> {
    let number: u64 = digits.parse().ok()?;
    let millis = if number < FIRST_MILLISECOND { number.checked_mul(1000)? } else { number };
    Time::from_millis(i64::try_from(millis).ok()?)
}

/// `yyyyMMddHHmmss`, with or without milliseconds.
fn parse_compact(digits: &str, offset: FixedOffset) -> Option<Time> {
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    let millis = if digits.len() == 17 { part(14, 17)? } else { 0 };
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
        let parsed = match *token {
            Token::Null => return Read::Null,
            Token::Number(digits) => parse(digits),
            Token::Text(content) => match unescape(content).as_ref() {
                "" if policy == Policy::Reply => return Read::Null,
                text => parse(text),
            },
            _ => None,
        };
        parsed.map_or(Read::Misfit, Read::Value)
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
