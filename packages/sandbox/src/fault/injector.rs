//! Which calls get a fault: the same for the same seed and the same calls.

use super::{Delay, Faults, Kind, MILLION, Rule, SHOW_AFTER, SILENCE, When};
use crate::route::Served;
use crate::sample::Seed;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Decides on every call.
#[derive(Debug)]
pub(crate) struct FaultInjector(Mutex<Injector>);

#[derive(Debug)]
struct Injector {
    faults: Faults,
    /// The rules that are for one name, by that name, and those that are for several.
    by_name: HashMap<String, Vec<usize>>,
    others: Vec<usize>,
    tally: Tally,
}

/// What has been decided so far.
#[derive(Debug, Default)]
struct Tally {
    calls: u64,
    /// For every rule: the calls that match it, and those that got a fault.
    rules: Vec<(u64, u64)>,
    injected: BTreeMap<(Kind, When), u64>,
}

/// What happens to one call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Injection {
    pub(crate) kind: Kind,
    /// Whether it comes when only the head of the request has been read.
    pub(crate) is_within: bool,
    /// Whether the call is carried out.
    pub(crate) is_after: bool,
    /// How long the reply, the port or the call is held up.
    pub(crate) wait: Duration,
    /// When it is too late for a call that is held up.
    pub(crate) ends: Duration,
    /// How long after the call reads show what it does.
    pub(crate) show_after: Option<Delay>,
    /// Seconds after which to try again, for statuses.
    pub(crate) retry_after: Option<u32>,
}

impl FaultInjector {
    pub(crate) fn new(faults: Option<Faults>) -> Self {
        Self(Mutex::new(Injector::new(faults.unwrap_or_else(Faults::none))))
    }

    /// Goes on with other rules; what was injected so far stays counted.
    pub(crate) fn set(&self, faults: Faults) {
        let mut injector = self.lock();
        let (calls, injected) = (injector.tally.calls, std::mem::take(&mut injector.tally.injected));
        *injector = Injector::new(faults);
        (injector.tally.calls, injector.tally.injected) = (calls, injected);
    }

    /// What happens to the next call, if anything.
    pub(crate) fn draw(&self, served: &[Served], path: &str) -> Option<Injection> {
        self.lock().draw(served, path)
    }

    /// The faults that were injected so far.
    pub(crate) fn shown(&self) -> Value {
        self.lock().shown()
    }

    fn lock(&self) -> MutexGuard<'_, Injector> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Injector {
    fn new(faults: Faults) -> Self {
        let (mut by_name, mut others) = (HashMap::<String, Vec<usize>>::new(), Vec::new());
        for (index, rule) in faults.rules.iter().enumerate() {
            match &rule.of {
                Some(name) if !name.ends_with('*') => by_name.entry(name.clone()).or_default().push(index),
                _ => others.push(index),
            }
        }
        let rules = vec![(0, 0); faults.rules.len()];
        Self { faults, by_name, others, tally: Tally { rules, ..Tally::default() } }
    }

    /// What happens to the next call, if anything.
    fn draw(&mut self, served: &[Served], path: &str) -> Option<Injection> {
        let fitting = self.fitting(served, path);
        let (Faults { seed, rules, .. }, tally) = (&self.faults, &mut self.tally);
        tally.calls += 1;
        let seed = Seed::new("fault").of(&seed.to_string());
        for index in fitting {
            let rule = &rules[index];
            let (calls, injected) = &mut tally.rules[index];
            *calls += 1;
            let seed = seed.at(index).of(&calls.to_string());
            let is_due =
                *calls > rule.skip && *injected < rule.count && seed.of("rate").below(MILLION) < rule.per_million;
            if is_due {
                *injected += 1;
                let injection = self.faults.injection(rule, seed);
                let when = if injection.is_after { When::After } else { When::Before };
                *tally.injected.entry((injection.kind, when)).or_default() += 1;
                return Some(injection);
            }
        }
        None
    }

    /// The rules that are for a call, in their order.
    fn fitting(&self, served: &[Served], path: &str) -> BTreeSet<usize> {
        let named = served.iter().flat_map(|row| [row.endpoint.id, row.endpoint.path]).chain([path]);
        let named = named.filter_map(|name| self.by_name.get(name)).flatten();
        let others = self.others.iter().filter(|index| self.faults.rules[**index].matches(served, path));
        named.chain(others).copied().collect()
    }

    /// The faults that were injected so far.
    fn shown(&self) -> Value {
        let tally = &self.tally;
        let mut kinds = BTreeMap::<String, [u64; 2]>::new();
        for ((kind, when), count) in &tally.injected {
            kinds.entry(kind.to_string()).or_default()[usize::from(*when == When::After)] += count;
        }
        let kinds: BTreeMap<String, Value> = kinds
            .into_iter()
            .map(|(kind, [before, after])| (kind, json!({"before": before, "after": after})))
            .collect();
        json!({"rules": self.faults.rules_shown(), "calls": tally.calls, "injected": tally.injected.values().sum::<u64>(), "kinds": kinds})
    }
}

impl Faults {
    fn injection(&self, rule: &Rule, seed: Seed) -> Injection {
        let kind = seed.of("kind").pick(&rule.kinds).copied().unwrap_or(Kind::Reset);
        let is_after = match (kind, rule.when) {
            // Half a reply is a reply, what fails or shows later has begun, and whoever limits calls does not carry them out.
            (Kind::Hidden | Kind::Late | Kind::Refuse | Kind::Settle | Kind::Truncate, _) => true,
            (Kind::Status(429), _) => false,
            (_, When::After) => true,
            (_, When::Before | When::Within) => false,
            (_, When::Either) => seed.of("when").is_even(),
        };
        let wait = match kind {
            Kind::Late => Duration::from_millis(self.late.draw(seed.of("late"))),
            Kind::Refuse => self.refuse,
            Kind::Silent => SILENCE,
            Kind::Slow => self.slow,
            _ => Duration::ZERO,
        };
        Injection {
            kind,
            is_within: !is_after && rule.when == When::Within,
            is_after,
            wait,
            ends: self.late.most(),
            show_after: rule.show_after.or((kind == Kind::Hidden).then_some(SHOW_AFTER)),
            retry_after: self.retry_after,
        }
    }
}
