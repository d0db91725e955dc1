//! Faults as one line of text: `rate=0.3,kinds=503|429|reset|truncate|slow|html|garbage,seed=7`.

use super::{Delay, Faults, InvalidFaults, Kind, Rule, When, per_million};
use crate::delay::InvalidDelay;
use std::str::FromStr;
use std::time::Duration;

impl FromStr for Faults {
    type Err = InvalidFaults;

    fn from_str(text: &str) -> Result<Self, InvalidFaults> {
        let mut faults = Faults::none();
        let mut rule = Rule::new(Vec::new());
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or_else(|| wrong(part, "write it as name=value"))?;
            match name {
                "count" => rule.count = number(name, value)?,
                "kinds" => rule.kinds = value.split('|').map(Kind::parse).collect::<Result<_, _>>()?,
                "late-ms" => faults.late = delay(name, value)?,
                "path" | "endpoint" => rule.of = Some(value.to_string()),
                "rate" => rule.per_million = per_million(number(name, value)?)?,
                "refuse-ms" => faults.refuse = Duration::from_millis(number(name, value)?),
                "retry-after" => faults.retry_after = Some(number(name, value)?),
                "seed" => faults.seed = number(name, value)?,
                "show-after-ms" => rule.show_after = Some(delay(name, value)?),
                "skip" => rule.skip = number(name, value)?,
                "slow-ms" => faults.slow = Duration::from_millis(number(name, value)?),
                "when" => rule.when = When::parse(value)?,
                _ => return Err(wrong(name, NAMES)),
            }
        }
        if rule.kinds.is_empty() {
            return Err(wrong("kinds", "write at least one, as kinds=503|reset"));
        }
        faults.rules.push(rule);
        Ok(faults)
    }
}

const NAMES: &str = "write one of count, endpoint, kinds, late-ms, path, rate, refuse-ms, retry-after, seed, show-after-ms, skip, slow-ms and when";

fn delay(name: &str, value: &str) -> Result<Delay, InvalidFaults> {
    value.parse().map_err(|error: InvalidDelay| wrong(name, &error.to_string()))
}

fn number<T: FromStr>(name: &str, value: &str) -> Result<T, InvalidFaults> {
    value.parse().map_err(|_| wrong(name, &format!("`{value}` is no number that fits")))
}

fn wrong(name: &str, reason: &str) -> InvalidFaults {
    InvalidFaults(format!("{name}: {reason}"))
}
