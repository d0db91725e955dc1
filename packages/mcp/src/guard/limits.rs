//! What an agent may do: how much, how often, with whom and where to.

use super::address::Address;
use super::facts::Facts;
use super::money::Money;
use super::refusal::Refusal;

/// The limits of a server. Whatever is not given is not limited, but money: see [`Limits::check_sum`].
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// No call that writes is carried out.
    pub read_only: bool,
    /// The most that one write may cost.
    pub max_order: Option<Money>,
    /// The most that all writes of 24 hours may cost.
    pub max_day: Option<Money>,
    /// How many writes may be sent in an hour.
    pub writes_per_hour: Option<u32>,
    /// The calls that may write: ids, or their beginnings with a star. None given: all.
    pub calls: Vec<String>,
    /// The sellers from whom may be bought, by id or name. None given: all.
    pub sellers: Vec<String>,
    /// The categories of which may be bought, by id or name. None given: all.
    pub categories: Vec<String>,
    /// The addresses to which may be delivered. None given: all.
    pub addresses: Vec<Address>,
    /// The calls that may write although nothing tells what they cost.
    pub unknown_sums: Vec<String>,
}

impl Limits {
    /// Whether a row may write at all.
    ///
    /// # Errors
    /// Says why not.
    pub fn check_call(&self, row: &str) -> Result<(), Refusal> {
        if self.read_only {
            return Err(Refusal::limit("read_only", "this server only reads: it was started with --read-only"));
        }
        match self.calls.is_empty() || self.calls.iter().any(|pattern| is_match(pattern, row)) {
            true => Ok(()),
            false => Err(Refusal::limit(
                "calls",
                format!("`{row}` is not among the calls that may write: {}", self.calls.join(", ")),
            )),
        }
    }

    /// Whether one write may cost so much. Absent is a sum that nothing tells, for that reason.
    ///
    /// # Errors
    /// Says why not.
    pub fn check_sum(&self, row: &str, sum: Result<&Money, &str>) -> Result<(), Refusal> {
        let sum = match sum {
            Ok(sum) => sum,
            Err(_) if self.unknown_sums.iter().any(|allowed| allowed == row) => return Ok(()),
            Err(why) => {
                let words = format!(
                    "what `{row}` costs is not known: {why}. Only a person can allow it, by --allow-unknown-sum {row}"
                );
                return Err(Refusal::limit("unknown_sum", words));
            }
        };
        for (name, limit) in [("max_order", &self.max_order), ("max_day", &self.max_day)] {
            let Some(limit) = limit else { continue };
            if limit.currency != sum.currency {
                return Err(Refusal::limit(name, format!("it costs {sum}, and the limit is in {}", limit.currency)));
            }
            if sum.amount > limit.amount {
                return Err(Refusal::limit(name, format!("it costs {sum}, and {} is {limit}", words(name))));
            }
        }
        Ok(())
    }

    /// Whether these sellers, categories and addresses are allowed.
    ///
    /// # Errors
    /// Says why not.
    pub fn check_facts(&self, facts: &Facts) -> Result<(), Refusal> {
        for item in &facts.items {
            let of = |allowed: &[String], known: &[String]| {
                allowed.is_empty() || known.iter().any(|name| allowed.contains(name))
            };
            if !of(&self.sellers, &item.sellers) {
                return Err(Refusal::limit(
                    "sellers",
                    format!("the seller of item {} is not an allowed one, or is not known", item.id),
                ));
            }
            if !of(&self.categories, &item.categories) {
                return Err(Refusal::limit(
                    "categories",
                    format!("item {} is of no allowed category, or its category is not known", item.id),
                ));
            }
        }
        self.check_address(facts.address.as_ref())
    }

    /// Whether this address is an allowed one.
    ///
    /// # Errors
    /// Says why not.
    pub fn check_address(&self, address: Option<&Address>) -> Result<(), Refusal> {
        let Some(address) = address else { return Ok(()) };
        match self.addresses.is_empty() || self.addresses.contains(address) {
            true => Ok(()),
            false => Err(Refusal::limit(
                "addresses",
                "the address is not an allowed one: it must say the same, member by member",
            )),
        }
    }

    /// Whether there are lists of what may be bought.
    pub fn has_lists(&self) -> bool {
        !self.sellers.is_empty() || !self.categories.is_empty()
    }
}

fn words(name: &str) -> &'static str {
    if name == "max_day" { "the most for 24 hours" } else { "the most for one order" }
}

fn is_match(pattern: &str, row: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => row.starts_with(beginning),
        None => pattern == row,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn a_sum_may_reach_the_limit_and_not_pass_it() {
        let limits = Limits { max_order: Some(money("10 CNY")), max_day: Some(money("100 CNY")), ..Limits::default() };
        assert!(limits.check_sum("x", Ok(&money("10 CNY"))).is_ok());
        assert_eq!(limits.check_sum("x", Ok(&money("10.01 CNY"))).unwrap_err().limit, Some("max_order"));
        assert_eq!(limits.check_sum("x", Ok(&money("1 USD"))).unwrap_err().limit, Some("max_order"));
    }

    #[test]
    fn what_nothing_tells_is_refused_unless_it_is_allowed_by_name() {
        let limits = Limits { unknown_sums: vec!["poizon.order.pay".into()], ..Limits::default() };
        assert!(limits.check_sum("poizon.order.pay", Err("none")).is_ok());
        assert_eq!(limits.check_sum("poizon.order.create", Err("none")).unwrap_err().limit, Some("unknown_sum"));
    }

    #[test]
    fn calls_are_named_whole_or_by_their_beginning() {
        let limits = Limits { calls: vec!["taobao.cart.*".into(), "taobao.order.pay".into()], ..Limits::default() };
        for (row, is_allowed) in [
            ("taobao.cart.add", true),
            ("taobao.order.pay", true),
            ("taobao.order.purchase_pay", false),
            ("alibaba.cart.add", false),
        ] {
            assert_eq!(limits.check_call(row).is_ok(), is_allowed, "{row}");
        }
        assert!(Limits { read_only: true, ..Limits::default() }.check_call("taobao.cart.add").is_err());
    }
}
