//! What the digits of a number tell without turning it into binary floating point, whose tables are large.

use super::int::is_safe;
use crate::json::is_number;

/// The shape of a decimal number.
pub(crate) struct Shape {
    /// Digits from the first to the last that is written, without leading zeros.
    pub(crate) significant: usize,
    /// The power of ten that the number is just below: 3 for 999, 1 for 1.5, -1 for 0.05. Zero has none.
    pub(crate) magnitude: Option<i64>,
}

/// Numbers below this power of ten are finite in binary floating point.
const LARGEST: i64 = 308;
/// Numbers above this power of ten keep all their digits in binary floating point.
const SMALLEST: i64 = -306;
/// Decimal digits that binary floating point always holds.
const EXACT_DIGITS: usize = 15;

impl Shape {
    /// The shape of a number as JSON writes it; absent if it is none.
    pub(crate) fn of(text: &str) -> Option<Self> {
        if !is_number(text) {
            return None;
        }
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let whole = whole.strip_prefix('-').unwrap_or(whole);
        let zeros = whole.bytes().chain(fraction.bytes()).take_while(|byte| *byte == b'0').count();
        let significant = whole.len() + fraction.len() - zeros;
        let magnitude = i64::try_from(whole.len()).ok()? - i64::try_from(zeros).ok()? + size(exponent);
        Some(Self { significant, magnitude: (significant > 0).then_some(magnitude) })
    }

    /// Whether binary floating point holds it as a finite number.
    pub(crate) fn is_finite(&self) -> bool {
        self.magnitude.is_none_or(|magnitude| magnitude <= LARGEST)
    }

    /// Whether binary floating point gives the same digits back.
    pub(crate) fn is_exact(&self) -> bool {
        let close = self.magnitude.is_none_or(|magnitude| (SMALLEST..=LARGEST).contains(&magnitude));
        close && self.significant <= EXACT_DIGITS
    }
}

/// The whole number that a double stands for, as `200.0` and `1.0E7`. Absent where it is none, or so large that doubles do
/// not tell all whole numbers apart: then its last digits may be lost.
#[cold]
pub(crate) fn whole(text: &str) -> Option<i64> {
    if !is_number(text) {
        return None;
    }
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (head, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut number = 0_i64;
    for digit in head.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit) {
        number = number.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
    }
    // Each step takes or adds a digit, of which there are few, or there is nothing to move.
    let mut shift = size(exponent) - i64::try_from(fraction.len()).ok()?;
    while shift != 0 && number != 0 {
        let moved = if shift > 0 { number.checked_mul(10) } else { (number % 10 == 0).then_some(number / 10) };
        number = moved?;
        shift -= shift.signum();
    }
    is_safe(number).then_some(if text.starts_with('-') { -number } else { number })
}

/// An exponent; those of absurd length are cut to an absurd size.
fn size(exponent: &str) -> i64 {
    const ABSURD: i64 = 1 << 40;
    let beyond = if exponent.starts_with('-') { -ABSURD } else { ABSURD };
    exponent.parse().map_or(beyond, |size: i64| size.clamp(-ABSURD, ABSURD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_read_off_the_digits() {
        for (text, significant, magnitude) in [
            ("999", 3, Some(3)),
            ("1.5", 2, Some(1)),
            ("-0.05", 1, Some(-1)),
            ("0.50", 2, Some(0)),
            ("100", 3, Some(3)),
            ("1e400", 1, Some(401)),
            ("12E-3", 2, Some(-1)),
            ("0", 0, None),
            ("-0.000e9", 0, None),
        ] {
            let shape = Shape::of(text).unwrap();
            assert_eq!((shape.significant, shape.magnitude), (significant, magnitude), "{text}");
        }
    }

    #[test]
    fn what_json_does_not_write_has_no_shape() {
        for text in ["", "-", "01", "1.", ".5", "1e", "1e+", "+1", "inf", "NaN", "0x1", "1 ", "1.5.2", "1e5e5"] {
            assert!(Shape::of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn whole_numbers_written_as_doubles_are_exact_or_none() {
        for (text, expected) in [
            ("200.0", 200),
            ("-3.00", -3),
            ("1.0E7", 10_000_000),
            ("1.0389321E7", 10_389_321),
            ("1.7224848E12", 1_722_484_800_000),
            ("5e+3", 5_000),
            ("1200e-2", 12),
            ("0.0", 0),
            ("-0.0e99999999999999999999", 0),
            ("9.007199254740991E15", 9_007_199_254_740_991),
            ("200", 200),
        ] {
            assert_eq!(whole(text), Some(expected), "{text}");
        }
        for text in [
            "1.5",
            "125e-1",
            "9.007199254740992E15",
            "1.0344995791201898E18",
            "1e400",
            "1e-99999999999999999999",
            "1034499579120189839.0",
            "1034499579120189839",
            "NaN",
            "1.0E",
            "01.0",
            "",
            " 1.0",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn exponents_of_any_length_are_no_danger() {
        assert!(!Shape::of("1e99999999999999999999999").unwrap().is_finite());
        assert!(Shape::of("1e-99999999999999999999999").unwrap().is_finite());
        assert!(!Shape::of("1e-99999999999999999999999").unwrap().is_exact());
    }
}
