//! How long something takes.

use crate::sample::Seed;
use std::str::FromStr;
use std::time::Duration;

/// How long something takes: always as long, or as long as a seed says between two bounds. As text, milliseconds: `300` or
/// `100-2000`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delay {
    least_ms: u64,
    most_ms: u64,
}

/// A text that is no delay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidDelay(String);

impl Delay {
    /// Always as long.
    pub const fn of_ms(millis: u64) -> Self {
        Self { least_ms: millis, most_ms: millis }
    }

    /// From the one to the other; the longer one is the upper bound, whichever it is.
    pub fn between(one: Duration, other: Duration) -> Self {
        let millis = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        let (least_ms, most_ms) = (millis(one.min(other)), millis(one.max(other)));
        Self { least_ms, most_ms }
    }

    pub(crate) fn is_zero(self) -> bool {
        self.most_ms == 0
    }

    pub(crate) fn most(self) -> Duration {
        Duration::from_millis(self.most_ms)
    }

    /// One of them, in milliseconds.
    pub(crate) fn draw(self, seed: Seed) -> u64 {
        self.least_ms + seed.below((self.most_ms - self.least_ms).saturating_add(1))
    }
}

impl From<Duration> for Delay {
    fn from(duration: Duration) -> Self {
        Self::between(duration, duration)
    }
}

impl FromStr for Delay {
    type Err = InvalidDelay;

    fn from_str(text: &str) -> Result<Self, InvalidDelay> {
        let (least, most) = text.split_once('-').unwrap_or((text, text));
        match (least.trim().parse(), most.trim().parse()) {
            (Ok(least_ms), Ok(most_ms)) if least_ms <= most_ms => Ok(Self { least_ms, most_ms }),
            _ => Err(InvalidDelay(format!("`{text}`: write milliseconds, as 300, or a range of them, as 100-2000"))),
        }
    }
}

impl std::fmt::Display for InvalidDelay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidDelay {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_is_drawn_within_its_bounds_to_both_ends() {
        let delay: Delay = "3-5".parse().unwrap();
        let drawn: std::collections::BTreeSet<u64> = (0..100).map(|at| delay.draw(Seed::new("delay").at(at))).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [3, 4, 5]);
        assert_eq!("7".parse::<Delay>().unwrap().draw(Seed::new("delay")), 7);
        for wrong in ["", "-", "5-3", "1-2-3", "-1", "1.5", "1s"] {
            assert!(wrong.parse::<Delay>().unwrap_err().to_string().contains("100-2000"), "{wrong}");
        }
    }
}
