//! Amounts of money and other exact decimals, in the platform's own unit.

use super::{Read, Scalar};
use crate::json::{Policy, Token, unescape};
use crate::schema::{Form, Kind};
use ::core::fmt::Write;
use alloc::string::String;
use serde::Serializer;

/// An exact decimal number of up to 28 digits. It keeps the zeros behind the point that the platform wrote.
pub type Amount = rust_decimal::Decimal;

/// Whether the text of an amount is canonical as it stands.
pub(crate) fn stands(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= 28 && digits(whole) && digits(fraction) && (whole == "0" || !whole.starts_with('0'))
}

impl Scalar for Amount {
    const KIND: Kind = Kind::Amount;

    fn read(token: &Token<'_>, policy: Policy) -> Read<Self> {
        let parsed = match *token {
            Token::Null => return Read::Null,
            Token::Number(digits) => parse(digits),
            Token::Text(content) => match parse_short(content) {
                None if policy == Policy::Reply => match unescape(content).trim() {
                    "" => return Read::Null,
                    text => parse(text),
                },
                None => parse(&unescape(content)),
                amount => amount,
            },
            _ => None,
        };
        parsed.map_or(Read::Misfit, Read::Value)
    }

    fn write_wire(&self, form: Form, out: &mut String) {
        let quote = if form == Form::Text { "\"" } else { "" };
        out.push_str(quote);
        // Writing to text cannot fail.
        let _ = write!(out, "{self}");
        out.push_str(quote);
    }

    fn write_canonical(&self, out: &mut String) {
        self.write_wire(Form::Text, out);
    }

    fn canonical<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads `-12.50` and `1.25e3` exactly; absent where digits would be lost.
fn parse(text: &str) -> Option<Amount> {
    if let Some(amount) = parse_short(text) {
        return Some(amount);
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    if !is_decimal(mantissa) {
        return None;
    }
    let mut amount = shift(Amount::from_str_exact(mantissa).ok()?, exponent)?;
    if amount.is_zero() {
        amount.set_sign_positive(true);
    }
    Some(amount)
}

/// Whether it is a decimal number of any length, without an exponent.
fn is_decimal(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole.strip_prefix('-').unwrap_or(whole)) && fraction.is_none_or(digits)
}

/// Whether a token is an amount that is none of ours only because of its many digits.
pub(crate) fn is_too_long(token: &Token<'_>) -> bool {
    let (Token::Number(text) | Token::Text(text)) = *token else { return false };
    let (mantissa, exponent) = text.trim().split_once(['e', 'E']).unwrap_or((text.trim(), "0"));
    is_decimal(mantissa) && exponent.strip_prefix(['+', '-']).unwrap_or(exponent).bytes().all(|b| b.is_ascii_digit())
}

/// Reads an amount as nearly all are written: up to 18 digits, perhaps with a point among them. The rest, signs and
/// exponents too, is for [`parse`], which takes three times as long.
fn parse_short(text: &str) -> Option<Amount> {
    let (mut number, mut whole, mut fraction) = (0_i64, 0, None);
    if text.len() > 18 {
        return None;
    }
    for byte in text.bytes() {
        match (byte, &mut fraction) {
            (b'0'..=b'9', digits) => {
                number = number * 10 + i64::from(byte - b'0');
                *digits.as_mut().unwrap_or(&mut whole) += 1;
            }
            (b'.', None) => fraction = Some(0),
            _ => return None,
        }
    }
    (whole > 0 && fraction != Some(0)).then(|| Amount::new(number, fraction.unwrap_or(0)))
}

/// Moves the decimal point, without losing a digit.
fn shift(mut amount: Amount, exponent: i32) -> Option<Amount> {
    let scale = i32::try_from(amount.scale()).ok()?.checked_sub(exponent)?;
    if let Ok(scale) = u32::try_from(scale) {
        amount.set_scale(scale).ok()?;
        return Some(amount);
    }
    amount.set_scale(0).ok()?;
    let power = 10i128.checked_pow(scale.unsigned_abs())?;
    amount.checked_mul(Amount::try_from_i128_with_scale(power, 0).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn decimals_are_exact_and_keep_their_zeros() {
        for (text, expected) in [
            ("0.1", "0.1"),
            ("0.30000000000000004", "0.30000000000000004"),
            ("12.50", "12.50"),
            ("-0", "0"),
            ("-0.00", "0.00"),
            ("1.25e3", "1250"),
            ("1e-2", "0.01"),
            ("125e-1", "12.5"),
            ("79228162514264337593543950335", "79228162514264337593543950335"),
        ] {
            assert_eq!(parse(text).map(|a| a.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn short_amounts_are_read_as_all_others() {
        for text in ["0", "7", "007", "12.50", "0.01", "999999999999999999", "1.2.3", ".5", "5.", ".", "", "-1", "1e3"]
        {
            if let Some(amount) = parse_short(text) {
                assert_eq!(
                    Amount::from_str_exact(text).map(|exact| exact.to_string()),
                    Ok(amount.to_string()),
                    "{text}"
                );
            }
        }
        assert_eq!(parse_short("12.50").map(|amount| amount.to_string()).as_deref(), Some("12.50"));
        for text in ["1.2.3", ".5", "5.", ".", "", "-1", "1e3", "1234567890123456789"] {
            assert_eq!(parse_short(text), None, "{text}");
        }
    }

    #[test]
    fn what_would_lose_digits_or_is_no_decimal_is_refused() {
        for text in [
            "79228162514264337593543950336",
            "0.00000000000000000000000000001",
            "1e29",
            "1e400",
            "1e99999999999",
            "1_000",
            "1,000",
            "+1",
            ".5",
            "5.",
            "",
            "-",
            "abc",
            "¥12",
            "Infinity",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
