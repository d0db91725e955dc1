//! Amounts of money: exact decimals with a currency, never floating-point numbers.

use rust_decimal::Decimal;
use serde_json::Value;
use std::fmt;
use std::str::FromStr;

/// An amount in the currency's main unit: yuan, not fen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// How much.
    pub amount: Decimal,
    /// The currency's three letters, as `CNY`.
    pub currency: String,
}

/// The unit in which a field of the platform holds money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A hundredth of a yuan.
    Fen,
    /// A yuan.
    Yuan,
}

/// The currency where a row names none: the platform sells in China.
pub const USUAL: &str = "CNY";

impl Money {
    /// An amount of the platform, as canonical JSON has it; absent where it is no amount, or a negative one.
    pub fn of(value: &Value, unit: Unit, currency: &str) -> Option<Self> {
        let amount = match value {
            Value::String(text) => Decimal::from_str_exact(text.trim()).ok()?,
            Value::Number(number) => Decimal::from(number.as_u64()?),
            _ => return None,
        };
        let amount = match unit {
            Unit::Fen => amount.checked_div(Decimal::ONE_HUNDRED)?,
            Unit::Yuan => amount,
        };
        (!amount.is_sign_negative() || amount.is_zero())
            .then(|| Self { amount: amount.normalize(), currency: currency.to_string() })
    }

    /// Both together; absent where the currencies differ, or the sum is too large to be exact.
    pub fn plus(&self, other: &Self) -> Option<Self> {
        let amount = self.amount.checked_add(other.amount)?;
        (self.currency == other.currency).then(|| Self { amount, currency: self.currency.clone() })
    }
}

/// As `500 CNY` or `12.50 CNY`.
impl FromStr for Money {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no amount: write it with its currency, as `500 CNY` or `12.50 CNY`");
        let (amount, currency) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let currency = currency.trim();
        let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_plain = amount.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if !is_code || !is_plain {
            return Err(wrong());
        }
        let amount = Decimal::from_str_exact(amount).map_err(|_| wrong())?;
        Ok(Self { amount: amount.normalize(), currency: currency.to_string() })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut amount = self.amount;
        if amount.scale() < 2 {
            amount.rescale(2);
        }
        write!(f, "{amount} {}", self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn amounts_are_exact_and_have_their_unit() {
        for (value, unit, expected) in [
            (json!("150"), Unit::Fen, "1.50 CNY"),
            (json!(1), Unit::Fen, "0.01 CNY"),
            (json!("0.1"), Unit::Fen, "0.001 CNY"),
            (json!("9007199254740993"), Unit::Yuan, "9007199254740993.00 CNY"),
            (json!("12.30"), Unit::Yuan, "12.30 CNY"),
        ] {
            assert_eq!(Money::of(&value, unit, USUAL).unwrap().to_string(), expected);
        }
        for wrong in [json!(null), json!("-1"), json!(1.5), json!("1e3"), json!("x"), json!([1]), json!(-1)] {
            assert_eq!(Money::of(&wrong, Unit::Yuan, USUAL), None, "{wrong}");
        }
    }

    #[test]
    fn limits_are_read_with_their_currency() {
        for (text, shown) in [("500 CNY", "500.00 CNY"), ("12.5 USD", "12.50 USD"), ("0.001 CNY", "0.001 CNY")] {
            assert_eq!(text.parse::<Money>().unwrap().to_string(), shown);
        }
        for wrong in ["500", "500CNY", "500 cny", "-1 CNY", "1e3 CNY", "1,000 CNY", " CNY", "+1 CNY"] {
            assert!(wrong.parse::<Money>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn currencies_do_not_mix() {
        let of = |text: &str| text.parse::<Money>().unwrap();
        assert_eq!(of("1.10 CNY").plus(&of("2.20 CNY")).unwrap(), of("3.30 CNY"));
        assert_eq!(of("1 CNY").plus(&of("1 USD")), None);
    }
}
