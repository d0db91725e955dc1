//! What came of the calls.

use hdrhistogram::Histogram;
use serde_json::json;
use std::time::Duration;

/// Counts and times of calls.
pub struct Figures {
    /// Microseconds of those that were accepted.
    times: Histogram<u64>,
    failed: u64,
    failure: Option<String>,
}

/// The longest time that is told apart, in microseconds.
const LONGEST: u64 = 60_000_000;
const PERCENTILES: [(&str, f64); 5] = [("p50", 50.0), ("p90", 90.0), ("p99", 99.0), ("p99.9", 99.9), ("max", 100.0)];

impl Figures {
    /// Of no call.
    pub fn new() -> Self {
        let times = Histogram::new_with_bounds(1, LONGEST, 3).expect("bounds and digits that a histogram can have");
        Self { times, failed: 0, failure: None }
    }

    /// Adds a call.
    pub fn note(&mut self, took: Duration, result: Result<(), String>) {
        match result {
            Ok(()) => self.times.saturating_record(u64::try_from(took.as_micros()).unwrap_or(LONGEST)),
            Err(reason) => {
                self.failed += 1;
                self.failure.get_or_insert(reason);
            }
        }
    }

    /// Adds the calls of another connection.
    pub fn add(&mut self, other: &Self) {
        self.times.add(&other.times).expect("the bounds are the same");
        self.failed += other.failed;
        self.failure = self.failure.take().or_else(|| other.failure.clone());
    }

    /// Calls that were not accepted.
    pub fn failed(&self) -> u64 {
        self.failed
    }

    /// Why the first of them was not.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// As a JSON object.
    pub fn json(&self, took: Duration, connections: u16) -> String {
        let latency: serde_json::Map<_, _> =
            PERCENTILES.iter().map(|(name, percentile)| (name.to_string(), json!(self.millis(*percentile)))).collect();
        json!({
            "accepted": self.times.len(),
            "failed": self.failed,
            "seconds": took.as_secs_f64(),
            "connections": connections,
            "per_second": self.per_second(took),
            "latency_ms": latency,
        })
        .to_string()
    }

    /// In words.
    pub fn text(&self, took: Duration, connections: u16) -> String {
        let latency = PERCENTILES.map(|(name, percentile)| format!("{name} {:.2} ms", self.millis(percentile)));
        format!(
            "{} calls accepted, {} failed, in {:.1} s over {connections} connections: {:.0} a second\nlatency: {}",
            self.times.len(),
            self.failed,
            took.as_secs_f64(),
            self.per_second(took),
            latency.join(", ")
        )
    }

    fn per_second(&self, took: Duration) -> f64 {
        (self.times.len() as f64 / took.as_secs_f64()).round()
    }

    fn millis(&self, percentile: f64) -> f64 {
        self.times.value_at_percentile(percentile) as f64 / 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_calls_that_were_accepted() {
        let mut figures = Figures::new();
        let mut other = Figures::new();
        (1..=98).for_each(|millis| figures.note(Duration::from_millis(millis), Ok(())));
        other.note(Duration::from_millis(500), Ok(()));
        other.note(Duration::from_secs(9), Ok(()));
        other.note(Duration::from_secs(30), Err("refused".to_string()));
        figures.add(&other);
        let shown: serde_json::Value = serde_json::from_str(&figures.json(Duration::from_secs(10), 4)).unwrap();
        assert_eq!((shown["accepted"].as_u64(), shown["failed"].as_u64()), (Some(100), Some(1)));
        assert_eq!(shown["per_second"], 10.0);
        let close = |name: &str, expected: f64| {
            let found = shown["latency_ms"][name].as_f64().unwrap();
            assert!((found / expected - 1.0).abs() < 0.002, "{name}: {found}");
        };
        close("p50", 50.0);
        close("p99", 500.0);
        close("max", 9000.0);
        assert_eq!(figures.failure(), Some("refused"));
    }
}
