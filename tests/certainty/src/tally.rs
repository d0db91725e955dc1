//! What came of all writes.

use crate::judge::{Fault, Ledger};
use crate::write::{End, Told};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub struct Tally {
    pub writes: u64,
    /// Writes of which something was carried out.
    pub carried_out: u64,
    pub seconds: f64,
    /// Writes of processes that were killed, and how often they were.
    pub kept: u64,
    pub kills: u64,
    ends: BTreeMap<&'static str, u64>,
    /// By row: writes, and those of which nothing is known.
    rows: BTreeMap<&'static str, [u64; 2]>,
    /// Why nothing is known: how often, and how often it was carried out.
    unknown: BTreeMap<String, [u64; 2]>,
    pub faults: BTreeMap<Fault, u64>,
    injected: BTreeMap<String, u64>,
    calls: u64,
    /// Some of the writes that were told wrongly.
    pub wrong: Vec<String>,
}

/// As many wrong ones are shown.
const SHOWN: usize = 20;

impl Tally {
    pub fn add(&mut self, told: &Told, ledger: &Ledger) {
        let has = ledger.has(told);
        self.writes += 1;
        self.carried_out += u64::from(has);
        *self.ends.entry(told.end.word()).or_default() += 1;
        let is_unknown = matches!(told.end, End::Unknown { .. });
        let row = self.rows.entry(told.row).or_default();
        row[0] += 1;
        row[1] += u64::from(is_unknown);
        if let End::Unknown { reason } = &told.end {
            // What follows names a row or repeats an error.
            let kind = reason.split([':', '`']).next().unwrap_or_default().trim_end();
            let kind = self.unknown.entry(kind.to_string()).or_default();
            kind[0] += 1;
            kind[1] += u64::from(has);
        }
        if let Some(fault) = ledger.judge(told) {
            *self.faults.entry(fault).or_default() += 1;
            if self.wrong.len() < SHOWN {
                self.wrong.push(format!("{fault:?}: {told:?}, carried out: {has}"));
            }
        }
    }

    /// Of the JSON of `/sandbox/faults`.
    pub fn add_faults(&mut self, json: &Value) {
        self.calls += json["calls"].as_u64().unwrap_or_default();
        for (kind, counts) in json["kinds"].as_object().into_iter().flatten() {
            for when in ["before", "after"] {
                *self.injected.entry(format!("{kind} {when}")).or_default() +=
                    counts[when].as_u64().unwrap_or_default();
            }
        }
    }

    pub fn merge(&mut self, other: Tally) {
        self.writes += other.writes;
        self.carried_out += other.carried_out;
        self.calls += other.calls;
        self.kept += other.kept;
        self.kills += other.kills;
        other.ends.into_iter().for_each(|(name, count)| *self.ends.entry(name).or_default() += count);
        other.faults.into_iter().for_each(|(name, count)| *self.faults.entry(name).or_default() += count);
        other.injected.into_iter().for_each(|(name, count)| *self.injected.entry(name).or_default() += count);
        for (name, counts) in other.rows {
            let row = self.rows.entry(name).or_default();
            (row[0], row[1]) = (row[0] + counts[0], row[1] + counts[1]);
        }
        for (name, counts) in other.unknown {
            let kind = self.unknown.entry(name).or_default();
            (kind[0], kind[1]) = (kind[0] + counts[0], kind[1] + counts[1]);
        }
        self.wrong.extend(other.wrong);
        self.wrong.truncate(SHOWN);
    }

    pub fn count(&self, fault: Fault) -> u64 {
        self.faults.get(&fault).copied().unwrap_or_default()
    }

    pub fn end(&self, word: &str) -> u64 {
        self.ends.get(word).copied().unwrap_or_default()
    }

    pub fn json(&self) -> Value {
        let unknown = self
            .unknown
            .iter()
            .map(|(reason, [count, done])| json!({"reason": reason, "writes": count, "carried_out": done}));
        let rows = self
            .rows
            .iter()
            .map(|(row, [count, unknown])| (row.to_string(), json!({"writes": count, "unknown": unknown})));
        json!({
            "writes": self.writes,
            "carried_out": self.carried_out,
            "seconds": self.seconds,
            "requests": self.calls,
            "journal": {"writes": self.kept, "kills": self.kills},
            "ends": self.ends,
            "lost": self.count(Fault::Lost),
            "doubled": self.count(Fault::Doubled),
            "misreported": self.count(Fault::Misreported),
            "broken": self.count(Fault::Broken),
            "unknown": unknown.collect::<Vec<_>>(),
            "rows": rows.collect::<serde_json::Map<_, _>>(),
            "faults": self.injected,
        })
    }
}
