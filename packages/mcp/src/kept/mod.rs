//! What is kept in the journal's file, so that limits hold across restarts and between processes: proposals, each used once;
//! what was sent, for an hour's count and a day's sum; and what is reserved while nobody knows yet what became of it.

mod statements;

use crate::guard::{Limits, Money, Refusal};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior};
use rust_decimal::Decimal;
use statements as sql;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use xportcn::{Entry, EntryState};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// What is kept. Clones are the same one.
#[derive(Clone)]
pub struct Kept(Arc<Mutex<Connection>>);

/// A write that was proposed.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its id, which its token has.
    pub id: String,
    /// The call.
    pub row: &'static str,
    /// Of its parameters.
    pub digest: String,
    /// What it would cost; none where it costs nothing, or where nothing tells.
    pub sum: Option<Money>,
}

/// What became of a write that was confirmed, as the journal has it.
#[derive(Clone, Debug)]
pub enum Fate {
    /// Nothing of it is in the journal: it was not sent, or another process is about to send it.
    NotBegun,
    /// What the journal has.
    Kept(Box<Entry>),
}

impl Kept {
    /// Opens what is kept in a journal's file, which is there.
    ///
    /// # Errors
    /// If it cannot be read or written.
    pub fn open(journal: &Path) -> Result<Self, Refusal> {
        let opened = Connection::open(journal).and_then(|connection| {
            connection.execute_batch(sql::SETTINGS)?;
            connection.execute_batch(sql::SCHEMA)?;
            Ok(connection)
        });
        Ok(Self(Arc::new(Mutex::new(opened.map_err(|error| Refusal::unavailable(&error))?))))
    }

    /// The journal's key of a proposal's write.
    pub fn key(id: &str) -> String {
        format!("agent {id}")
    }

    /// Keeps a proposal.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn propose(&self, proposal: &Proposal, expires_ms: i64, now_ms: i64) -> Result<(), Refusal> {
        let (amount, currency) = columns(proposal.sum.as_ref());
        self.within(|transaction| {
            transaction.execute(sql::FORGET, [now_ms - DAY_MS])?;
            let Proposal { id, row, digest, .. } = proposal;
            transaction.execute(sql::PROPOSE, (id, row, digest, amount, currency, expires_ms))?;
            Ok(Ok(()))
        })
    }

    /// Uses a proposal up and reserves what it may cost, if no limit is passed by it: all of this, or nothing. `proposal` has
    /// the sum as it is now, and `paid` names the orders that the write pays.
    ///
    /// # Errors
    /// Where the proposal is not here, was used, or costs more than it did; and the limit that would be passed.
    pub fn reserve(&self, proposal: &Proposal, paid: &[String], limits: &Limits, now_ms: i64) -> Result<(), Refusal> {
        self.within(|transaction| reserve(transaction, proposal, paid, limits, now_ms))
    }

    /// Whether one more write of this sum, that pays these orders, passes no limit as it is now.
    ///
    /// # Errors
    /// The limit that would be passed.
    pub fn check(&self, sum: Option<&Money>, paid: &[String], limits: &Limits, now_ms: i64) -> Result<(), Refusal> {
        self.within(|transaction| Ok(passes_none(transaction, sum, paid, limits, now_ms)?.map(drop)))
    }

    /// Whether a proposal is here, and was not used.
    ///
    /// # Errors
    /// If it is not, or was.
    pub fn check_unused(&self, id: &str) -> Result<(), Refusal> {
        self.within(|transaction| Ok(unused(transaction, id)?.map(drop)))
    }

    /// Uses a proposal up without a write.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn use_up(&self, id: &str, now_ms: i64) -> Result<(), Refusal> {
        self.within(|transaction| transaction.execute(sql::USE, (now_ms, id)).map(|_| Ok(())))
    }

    /// What the day has cost so far in this currency: what was sent in the last 24 hours and may have been carried out. An order
    /// that was made here counts as much as is not paid of it.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn spent(&self, currency: &str, now_ms: i64) -> Result<Money, Refusal> {
        self.within(|transaction| {
            let amount = spent(transaction, currency, &[], now_ms)?;
            Ok(amount.map(|amount| Money { amount, currency: currency.to_string() }))
        })
    }

    /// What became of a write that was confirmed. Ends its reservation, if that is known: what was not carried out costs
    /// nothing, and of what was made `orders` gives the ids.
    ///
    /// # Errors
    /// If it cannot be read or written.
    pub fn settle(&self, id: &str, orders: impl Fn(&Entry) -> Vec<String>) -> Result<Fate, Refusal> {
        self.within(|transaction| {
            let json: Option<String> =
                transaction.query_row(sql::ENTRY, [Self::key(id)], |row| row.get(0)).optional()?;
            let Some(json) = json else { return Ok(Ok(Fate::NotBegun)) };
            let entry = match Entry::parse(&json) {
                Ok(entry) => entry,
                Err(error) => return Ok(Err(Refusal::unavailable(&error))),
            };
            let state = match entry.state() {
                EntryState::Failed | EntryState::NotDone => Some("released"),
                EntryState::Answered | EntryState::Done | EntryState::Partly => Some("counted"),
                _ => None,
            };
            if let Some(state) = state {
                transaction.execute(sql::END, (state, id))?;
            }
            if entry.state() == EntryState::Answered {
                for order in orders(&entry) {
                    transaction.execute(sql::MADE, (order, id))?;
                }
            }
            Ok(Ok(Fate::Kept(Box::new(entry))))
        })
    }

    /// The proposals whose writes have no known end, the oldest first.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn reserved(&self) -> Result<Vec<String>, Refusal> {
        self.within(|transaction| {
            let mut statement = transaction.prepare(sql::RESERVED)?;
            let ids = statement.query_map([], |row| row.get(0))?;
            ids.collect::<rusqlite::Result<_>>().map(Ok)
        })
    }

    /// In a transaction that no other process writes beside; what is refused leaves nothing behind.
    fn within<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<Result<T, Refusal>>,
    ) -> Result<T, Refusal> {
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let done = connection.transaction_with_behavior(TransactionBehavior::Immediate).and_then(|transaction| {
            let done = work(&transaction)?;
            if done.is_ok() {
                transaction.commit()?;
            }
            Ok(done)
        });
        done.unwrap_or_else(|error| Err(Refusal::unavailable(&error)))
    }
}

fn reserve(
    transaction: &Transaction<'_>,
    proposal: &Proposal,
    paid: &[String],
    limits: &Limits,
    now_ms: i64,
) -> rusqlite::Result<Result<(), Refusal>> {
    let before = match unused(transaction, &proposal.id)? {
        Ok(before) => before,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if before.row != proposal.row || before.digest != proposal.digest {
        return Ok(Err(Refusal::token("the token is of another write")));
    }
    if let Err(refusal) = not_risen(before.sum.as_ref(), proposal.sum.as_ref()) {
        return Ok(Err(refusal));
    }
    let covered = match passes_none(transaction, proposal.sum.as_ref(), paid, limits, now_ms)? {
        Ok(covered) => covered,
        Err(refusal) => return Ok(Err(refusal)),
    };
    transaction.execute(sql::USE, (now_ms, &proposal.id))?;
    let (amount, currency) = columns(proposal.sum.as_ref());
    transaction.execute(sql::RESERVE, (&proposal.id, proposal.row, amount, currency, now_ms))?;
    for (creation, amount) in covered {
        transaction.execute(sql::PAY, (&proposal.id, creation, amount.to_string()))?;
    }
    Ok(Ok(()))
}

/// Whether one more write of this sum passes no limit; what it pays of creations, if not.
fn passes_none(
    transaction: &Transaction<'_>,
    sum: Option<&Money>,
    paid: &[String],
    limits: &Limits,
    now_ms: i64,
) -> rusqlite::Result<Result<Covered, Refusal>> {
    if let Some(most) = limits.writes_per_hour {
        let sent: u32 = transaction.query_row(sql::COUNT, [now_ms - HOUR_MS], |row| row.get(0))?;
        if sent >= most {
            let words = format!("{sent} writes were sent in the last hour, and no more than {most} may be");
            return Ok(Err(Refusal::limit("writes_per_hour", words)));
        }
    }
    let covered = match sum {
        Some(sum) => match covered(transaction, sum, paid)? {
            Ok(covered) => covered,
            Err(refusal) => return Ok(Err(refusal)),
        },
        None => Vec::new(),
    };
    if let (Some(most), Some(sum)) = (&limits.max_day, sum) {
        let spent = match spent(transaction, &most.currency, &covered, now_ms)? {
            Ok(spent) => spent,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let spent = Money { amount: spent, currency: most.currency.clone() };
        if spent.plus(sum).is_none_or(|after| after.amount > most.amount) {
            let words = format!("it costs {sum}, the last 24 hours have cost {spent}, and {most} is the most for them");
            return Ok(Err(Refusal::limit("max_day", words)));
        }
    }
    Ok(Ok(covered))
}

/// What was proposed, as it was then.
struct Before {
    row: String,
    digest: String,
    sum: Option<Money>,
}

fn unused(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<Result<Before, Refusal>> {
    let read = |row: &Row<'_>| {
        let sum = (row.get::<_, Option<String>>(2)?, row.get::<_, Option<String>>(3)?);
        Ok((row.get(0)?, row.get(1)?, sum, row.get::<_, bool>(4)?))
    };
    Ok(match transaction.query_row(sql::PROPOSAL, [id], read).optional()? {
        None => Err(Refusal::token("this journal has no such proposal: propose the write, then confirm it")),
        Some((.., true)) => Err(Refusal::token(format!(
            "the token was used: it confirms one write, once. `recover` with the proposal {id} tells what became of it"
        ))),
        Some((row, digest, (amount, currency), false)) => match amount.zip(currency) {
            None => Ok(Before { row, digest, sum: None }),
            Some((amount, currency)) => {
                read_amount(&amount).map(|amount| Before { row, digest, sum: Some(Money { amount, currency }) })
            }
        },
    })
}

fn not_risen(before: Option<&Money>, now: Option<&Money>) -> Result<(), Refusal> {
    let words = match (before, now) {
        (None, None) => return Ok(()),
        (Some(before), Some(now)) if now.currency == before.currency && now.amount <= before.amount => return Ok(()),
        (Some(before), Some(now)) => format!("it cost {before} when it was proposed, and costs {now} now"),
        (Some(before), None) => format!("it cost {before} when it was proposed, and what it costs now is not known"),
        (None, Some(now)) => format!("it had no sum when it was proposed, and costs {now} now"),
    };
    Err(Refusal::new("changed", format!("{words}: propose it again")))
}

/// What a payment pays of orders that were made here, by their creations: they are counted already.
type Covered = Vec<(String, Decimal)>;

fn covered(transaction: &Transaction<'_>, sum: &Money, paid: &[String]) -> rusqlite::Result<Result<Covered, Refusal>> {
    let mut left = sum.amount;
    let mut covered: Covered = Vec::new();
    for order in paid {
        let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?));
        let Some((creation, amount, currency)) = transaction.query_row(sql::CREATION, [order], read).optional()? else {
            continue;
        };
        if currency != sum.currency || covered.iter().any(|(known, _)| *known == creation) {
            continue;
        }
        let unpaid = match unpaid(transaction, &creation, &amount)? {
            Ok(unpaid) => unpaid,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let part = unpaid.min(left);
        left -= part;
        covered.push((creation, part));
    }
    Ok(Ok(covered))
}

/// What was created and is not paid yet.
fn unpaid(transaction: &Transaction<'_>, creation: &str, amount: &str) -> rusqlite::Result<Result<Decimal, Refusal>> {
    let mut statement = transaction.prepare(sql::PAID)?;
    let paid = statement.query_map([creation], |row| row.get::<_, String>(0))?;
    let mut left = match read_amount(amount) {
        Ok(left) => left,
        Err(refusal) => return Ok(Err(refusal)),
    };
    for part in paid {
        match read_amount(&part?) {
            Ok(part) => left -= part,
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    Ok(Ok(left.max(Decimal::ZERO)))
}

/// What the last 24 hours cost, without the parts of creations that are about to be paid.
fn spent(
    transaction: &Transaction<'_>,
    currency: &str,
    covered: &[(String, Decimal)],
    now_ms: i64,
) -> rusqlite::Result<Result<Decimal, Refusal>> {
    let mut statement = transaction.prepare(sql::SPENT)?;
    let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?));
    let mut sum = Decimal::ZERO;
    for row in statement.query_map([now_ms - DAY_MS], read)? {
        let (id, amount, of) = row?;
        if of != currency {
            continue;
        }
        let left = match unpaid(transaction, &id, &amount)? {
            Ok(left) => left,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let about = covered.iter().find(|(creation, _)| *creation == id).map_or(Decimal::ZERO, |(_, part)| *part);
        sum = match sum.checked_add((left - about).max(Decimal::ZERO)) {
            Some(sum) => sum,
            None => return Ok(Err(Refusal::limit("max_day", "the day's sum is too large to be exact"))),
        };
    }
    Ok(Ok(sum))
}

fn columns(sum: Option<&Money>) -> (Option<String>, Option<&str>) {
    (sum.map(|sum| sum.amount.to_string()), sum.map(|sum| sum.currency.as_str()))
}

fn read_amount(text: &str) -> Result<Decimal, Refusal> {
    Decimal::from_str_exact(text).map_err(|error| Refusal::unavailable(&error))
}

#[cfg(test)]
mod tests;
