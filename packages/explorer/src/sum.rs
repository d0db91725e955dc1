//! What a call that writes is about to cost or to ask for, as far as the request or the order tells, in figures and in words.

use crate::tables::TABLES;
use serde_json::{Value, json};
use xportcn::{Amount, Client, Endpoint, catalogue};
use xportcn_core::effect::{Action, Ask, FoundBy, Shown};
use xportcn_core::schema::Kind;

/// Where the total of an order stands in what a row shows of it.
const TOTALS: [(&str, &str); 3] = [
    ("taobao.order.get", "/purchaseAmount"),
    ("alibaba.order.get", "/baseInfo/totalAmount"),
    ("big_major.order.get", "/baseInfo/totalAmount"),
];
/// Orders of one call that are asked for.
const MOST: usize = 20;

/// An amount of money.
struct Sum {
    /// The field of the request, or the order.
    of: String,
    fen: i64,
}

/// The sums of a call; empty where none is known. Orders that are paid are looked up, by calls that only read.
pub(crate) async fn of(client: &Client, endpoint: &Endpoint, params: &str) -> Value {
    let params: Value = serde_json::from_str(params).unwrap_or_default();
    let mut sums = in_request(endpoint, &params);
    if let Some(effect) = endpoint.effect.filter(|effect| effect.action == Action::Pay)
        && let FoundBy::Id(fields) = effect.found_by
    {
        for id in fields.iter().flat_map(|field| ids(&params[*field])).take(MOST) {
            match in_order(client, effect.shown_by, &params, &id).await {
                Some(fen) => sums.push(Sum { of: id, fen }),
                // A part of a sum would mislead.
                None => return json!([]),
            }
        }
    }
    sums.iter().map(shown).collect()
}

fn in_request(endpoint: &Endpoint, params: &Value) -> Vec<Sum> {
    let fields = endpoint.request.fields.iter().filter(|field| matches!(field.kind, Kind::Amount));
    let sums = fields.filter_map(|field| {
        let unit = TABLES.unit(endpoint.id, field.name())?;
        Some(Sum { of: field.name().to_string(), fen: fen(&params[field.name()], unit)? })
    });
    sums.collect()
}

async fn in_order(client: &Client, shown_by: &[Shown], params: &Value, id: &str) -> Option<i64> {
    let mut known =
        shown_by.iter().filter_map(|shown| TOTALS.iter().find(|(row, _)| *row == shown.row).map(|at| (shown, at)));
    let (shown, (row, at)) = known.next()?;
    let asked = shown.ask.iter().map(|(name, ask)| {
        let value = match ask {
            Ask::Id => id.into(),
            Ask::Field(field) => params[*field].clone(),
            Ask::Text(text) => (*text).into(),
        };
        ((*name).to_string(), value)
    });
    let reply = client.send_json(row, Value::Object(asked.collect()).to_string()).await.ok()?;
    let data: Value = serde_json::from_str(&reply.data).ok()?;
    let field = at.rsplit('/').next()?;
    fen(data.pointer(at)?, TABLES.unit_in_reply(catalogue::find(row)?.id, field)?)
}

/// One id or several.
fn ids(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(ids).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        _ => Vec::new(),
    }
}

/// Whole fen; absent where it is less than one, or no amount.
fn fen(value: &Value, unit: &str) -> Option<i64> {
    let text = value.as_str().map_or_else(|| value.to_string(), ToString::to_string);
    let amount = text.parse::<Amount>().ok()?;
    let fen = if unit == "yuan" { amount.checked_mul(Amount::from(100))? } else { amount };
    if fen.fract().is_zero() { i64::try_from(fen).ok().filter(|fen| *fen >= 0) } else { None }
}

fn shown(sum: &Sum) -> Value {
    let (yuan, fen) = (sum.fen / 100, sum.fen % 100);
    json!({
        "of": sum.of,
        "yuan": format!("{yuan}.{fen:02}"),
        "words": {"en": english(sum.fen), "zh": chinese(sum.fen)},
    })
}

/// As "one hundred twenty-eight yuan and fifty fen".
fn english(fen: i64) -> String {
    let (yuan, fen) = (fen / 100, fen % 100);
    match (yuan, fen) {
        (_, 0) => format!("{} yuan", english_number(yuan)),
        (0, _) => format!("{} fen", english_number(fen)),
        _ => format!("{} yuan and {} fen", english_number(yuan), english_number(fen)),
    }
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn english_number(number: i64) -> String {
    let above = |unit: i64, name: &str| {
        let head = format!("{} {name}", english_number(number / unit));
        if number % unit == 0 { head } else { format!("{head} {}", english_number(number % unit)) }
    };
    let small = |table: &[&str], at: i64| {
        usize::try_from(at).ok().and_then(|at| table.get(at).copied()).unwrap_or_default().to_string()
    };
    match number {
        0..20 => small(&ONES, number),
        20..100 if number % 10 == 0 => small(&TENS, number / 10),
        20..100 => format!("{}-{}", small(&TENS, number / 10), small(&ONES, number % 10)),
        100..1_000 => above(100, "hundred"),
        1_000..1_000_000 => above(1_000, "thousand"),
        1_000_000..1_000_000_000 => above(1_000_000, "million"),
        _ => above(1_000_000_000, "billion"),
    }
}

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// In the figures of Chinese cheques, as 壹佰贰拾捌元伍角.
fn chinese(fen: i64) -> String {
    let (yuan, jiao, fen) = (fen / 100, fen / 10 % 10, fen % 10);
    let digit = |at: i64| usize::try_from(at).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or_default();
    let mut out =
        if yuan > 0 || (jiao == 0 && fen == 0) { format!("{}元", chinese_number(yuan)) } else { String::new() };
    match (jiao, fen) {
        (0, 0) => out.push('整'),
        (0, fen) => {
            if yuan > 0 {
                out.push('零');
            }
            out.extend([digit(fen), '分']);
        }
        (jiao, 0) => out.extend([digit(jiao), '角']),
        (jiao, fen) => out.extend([digit(jiao), '角', digit(fen), '分']),
    }
    out
}

fn chinese_number(number: i64) -> String {
    const GROUPS: [(i64, char); 2] = [(100_000_000, '亿'), (10_000, '万')];
    const PLACES: [(i64, &str); 4] = [(1_000, "仟"), (100, "佰"), (10, "拾"), (1, "")];
    for (unit, name) in GROUPS {
        if number >= unit {
            let (head, rest) = (chinese_number(number / unit), number % unit);
            let zero = if rest > 0 && rest < unit / 10 { "零" } else { "" };
            let rest = if rest == 0 { String::new() } else { chinese_number(rest) };
            return format!("{head}{name}{zero}{rest}");
        }
    }
    let mut out = String::new();
    let mut skipped = false;
    for (unit, name) in PLACES {
        let digit = number / unit % 10;
        if digit == 0 {
            skipped = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped) {
            out.push('零');
        }
        out.push(usize::try_from(digit).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or_default());
        out.push_str(name);
    }
    if out.is_empty() { "零".to_string() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the rules for cheques of the People's Bank of China and by English style guides, not by this code.
    const SAID: [(i64, &str, &str); 12] = [
        (0, "zero yuan", "零元整"),
        (5, "five fen", "伍分"),
        (50, "fifty fen", "伍角"),
        (1234, "twelve yuan and thirty-four fen", "壹拾贰元叁角肆分"),
        (10000, "one hundred yuan", "壹佰元整"),
        (10105, "one hundred one yuan and five fen", "壹佰零壹元零伍分"),
        (12850, "one hundred twenty-eight yuan and fifty fen", "壹佰贰拾捌元伍角"),
        (140_950, "one thousand four hundred nine yuan and fifty fen", "壹仟肆佰零玖元伍角"),
        (600_714, "six thousand seven yuan and fourteen fen", "陆仟零柒元壹角肆分"),
        (10_700_053, "one hundred seven thousand yuan and fifty-three fen", "壹拾万柒仟元伍角叁分"),
        (1_000_050_000, "ten million five hundred yuan", "壹仟万零伍佰元整"),
        (10_000_000_100, "one hundred million one yuan", "壹亿零壹元整"),
    ];

    #[test]
    fn sums_are_said_in_words() {
        for (fen, en, zh) in SAID {
            assert_eq!(english(fen), en);
            assert_eq!(chinese(fen), zh);
        }
    }

    #[test]
    fn units_are_heeded_and_parts_of_a_fen_are_no_sum() {
        assert_eq!(fen(&json!("12.5"), "yuan"), Some(1250));
        assert_eq!(fen(&json!(1250), "fen"), Some(1250));
        assert_eq!(fen(&json!("1250.00"), "fen"), Some(1250));
        for wrong in [json!("0.001"), json!(null), json!("-1"), json!("x"), json!([1])] {
            assert_eq!(fen(&wrong, "yuan"), None, "{wrong}");
        }
    }
}
