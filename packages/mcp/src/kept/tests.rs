//! What is kept, in a journal's file of its own.

use super::*;
use std::path::PathBuf;
use std::thread;
use xportcn_journal::Journal;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("xportcn-kept-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    fn open(&self) -> Kept {
        let file = self.0.join("journal");
        drop(Journal::open(&file).unwrap());
        Kept::open(&file).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn proposal(id: &str, sum: &str) -> Proposal {
    let sum = (!sum.is_empty()).then(|| sum.parse().unwrap());
    Proposal { id: id.into(), row: "taobao.order.pay", digest: "d".into(), sum }
}

fn limits(max_day: &str) -> Limits {
    Limits { max_day: Some(max_day.parse().unwrap()), ..Limits::default() }
}

/// Proposes and confirms at a moment.
fn write(kept: &Kept, id: &str, sum: &str, paid: &[&str], limits: &Limits, now_ms: i64) -> Result<(), Refusal> {
    let proposal = proposal(id, sum);
    kept.propose(&proposal, now_ms + 1, now_ms).unwrap();
    let paid: Vec<String> = paid.iter().map(|id| (*id).to_string()).collect();
    kept.reserve(&proposal, &paid, limits, now_ms)
}

#[test]
fn a_proposal_is_confirmed_once_however_many_try_and_also_after_a_restart() {
    let folder = Folder::new("once");
    let kept = folder.open();
    kept.propose(&proposal("a", "5 CNY"), 1000, 0).unwrap();
    let tries: Vec<_> = (0..8)
        .map(|_| {
            let kept = folder.open();
            thread::spawn(move || kept.reserve(&proposal("a", "5 CNY"), &[], &Limits::default(), 10))
        })
        .collect();
    let results: Vec<_> = tries.into_iter().map(|attempt| attempt.join().unwrap()).collect();
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    let refused: Vec<_> = results.into_iter().filter_map(Result::err).collect();
    assert!(refused.iter().all(|refusal| refusal.kind == "token" && refusal.words.contains("used")), "{refused:?}");
    drop(kept);
    let kept = folder.open();
    assert!(kept.check_unused("a").is_err());
    assert_eq!(kept.reserved().unwrap(), ["a"]);
    assert_eq!(kept.spent("CNY", 11).unwrap(), "5 CNY".parse().unwrap());
}

#[test]
fn what_was_never_proposed_here_is_refused_and_what_costs_more_now() {
    let folder = Folder::new("foreign");
    let kept = folder.open();
    let none = Limits::default();
    assert_eq!(kept.reserve(&proposal("x", ""), &[], &none, 0).unwrap_err().kind, "token");
    kept.propose(&proposal("a", "5 CNY"), 1000, 0).unwrap();
    for now in ["5.01 CNY", "5 USD", ""] {
        assert_eq!(kept.reserve(&proposal("a", now), &[], &none, 0).unwrap_err().kind, "changed", "{now}");
    }
    let other = Proposal { digest: "e".into(), ..proposal("a", "5 CNY") };
    assert_eq!(kept.reserve(&other, &[], &none, 0).unwrap_err().kind, "token");
    // None of this has used it up.
    kept.reserve(&proposal("a", "4.99 CNY"), &[], &none, 0).unwrap();
}

#[test]
fn a_days_sum_is_not_passed_by_writes_that_come_at_once() {
    let folder = Folder::new("day");
    let kept = folder.open();
    for id in 0..10 {
        kept.propose(&proposal(&id.to_string(), "30 CNY"), 1000, 0).unwrap();
    }
    let tries: Vec<_> = (0..10)
        .map(|id| {
            let kept = folder.open();
            thread::spawn(move || kept.reserve(&proposal(&id.to_string(), "30 CNY"), &[], &limits("100 CNY"), 10))
        })
        .collect();
    let results: Vec<_> = tries.into_iter().map(|attempt| attempt.join().unwrap()).collect();
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 3);
    assert!(results.iter().filter_map(|result| result.as_ref().err()).all(|refusal| refusal.limit == Some("max_day")));
}

#[test]
fn a_day_and_an_hour_pass() {
    let folder = Folder::new("time");
    let kept = folder.open();
    let limits = Limits { writes_per_hour: Some(2), ..limits("100 CNY") };
    write(&kept, "a", "60 CNY", &[], &limits, 0).unwrap();
    assert_eq!(write(&kept, "b", "60 CNY", &[], &limits, DAY_MS - 1).unwrap_err().limit, Some("max_day"));
    write(&kept, "c", "60 CNY", &[], &limits, DAY_MS).unwrap();
    write(&kept, "d", "40 CNY", &[], &limits, DAY_MS + 1).unwrap();
    assert_eq!(write(&kept, "e", "", &[], &limits, DAY_MS + 2).unwrap_err().limit, Some("writes_per_hour"));
    write(&kept, "f", "", &[], &limits, DAY_MS + HOUR_MS).unwrap();
}

#[test]
fn an_order_counts_once_when_it_is_made_and_paid_and_then_by_its_payment() {
    let folder = Folder::new("orders");
    let kept = folder.open();
    let limits = limits("100 CNY");
    write(&kept, "create", "60 CNY", &[], &limits, 0).unwrap();
    kept.within(|transaction| Ok(Ok(transaction.execute(sql::MADE, ("order", "create"))?))).unwrap();
    // Paid beside another order, which is not of here.
    assert_eq!(write(&kept, "too much", "101 CNY", &["order"], &limits, 1).unwrap_err().limit, Some("max_day"));
    write(&kept, "pay", "70 CNY", &["order"], &limits, HOUR_MS).unwrap();
    assert_eq!(kept.spent("CNY", HOUR_MS + 1).unwrap(), "70 CNY".parse().unwrap());
    assert_eq!(write(&kept, "again", "60 CNY", &["order"], &limits, HOUR_MS + 2).unwrap_err().limit, Some("max_day"));
    // The creation's day is over, the payment's is not.
    assert_eq!(kept.spent("CNY", DAY_MS + 1).unwrap(), "70 CNY".parse().unwrap());
    assert_eq!(kept.spent("CNY", DAY_MS + HOUR_MS).unwrap(), "0 CNY".parse().unwrap());
}

#[test]
fn a_reservation_whose_write_is_not_known_stays() {
    let folder = Folder::new("reserved");
    let kept = folder.open();
    write(&kept, "a", "60 CNY", &[], &limits("100 CNY"), 0).unwrap();
    assert!(matches!(kept.settle("a", |_| Vec::new()).unwrap(), Fate::NotBegun));
    assert_eq!(kept.reserved().unwrap(), ["a"]);
    assert_eq!(write(&kept, "b", "60 CNY", &[], &limits("100 CNY"), 1).unwrap_err().limit, Some("max_day"));
}
