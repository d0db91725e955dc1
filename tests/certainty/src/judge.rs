//! What was told of writes, beside what the ledger says was done.

use crate::write::{End, Told, text};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// What was really carried out.
pub struct Ledger {
    /// How often, by user, row and mark.
    done: HashMap<String, u32>,
    /// The orders that were created, by the same.
    orders: HashMap<String, HashSet<String>>,
    /// Orders that somebody tried to pay a second time.
    again: HashSet<String>,
}

/// What is wrong with what was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Told as not carried out, and it was.
    Lost,
    /// Carried out twice, or tried again although it was.
    Doubled,
    /// Told as carried out, and it was not; or told of another's.
    Misreported,
    /// Told in a way that there should not be.
    Broken,
}

impl Ledger {
    /// Of the JSON of `/sandbox/ledger`. One call that makes several orders of one reference counts once.
    pub fn read(json: &Value) -> Self {
        let list = |name: &str| json[name].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut ledger = Self { done: HashMap::new(), orders: HashMap::new(), again: HashSet::new() };
        let mut nonces = HashSet::new();
        for entry in list("entries") {
            let [action, row, user, order, nonce] = ["action", "endpoint", "userId", "orderId", "nonce"]
                .map(|name| entry[name].as_str().unwrap_or_default());
            if action == "paid_again" {
                ledger.again.insert(order.to_string());
                continue;
            }
            let mark = if action == "created" { entry["reference"].as_str().unwrap_or_default() } else { order };
            let key = key(user, row, mark);
            if action == "created" {
                ledger.orders.entry(key.clone()).or_default().insert(order.to_string());
            }
            if nonces.insert((nonce, mark)) {
                *ledger.done.entry(key).or_default() += 1;
            }
        }
        for change in list("changes") {
            let [row, user] = ["endpoint", "userId"].map(|name| change[name].as_str().unwrap_or_default());
            for mark in marks(row, &change["params"]) {
                *ledger.done.entry(key(user, row, &mark)).or_default() += 1;
            }
        }
        ledger
    }

    /// Whether anything that was told was carried out.
    pub fn has(&self, told: &Told) -> bool {
        told.marks.iter().any(|mark| self.times(told, mark) > 0)
    }

    /// What is wrong with what was told, if anything.
    pub fn judge(&self, told: &Told) -> Option<Fault> {
        let done = |mark: &String| self.times(told, mark) > 0;
        let is_right = |missing: &[String]| told.marks.iter().all(|mark| done(mark) != missing.contains(mark));
        let is_own = |order: &Option<String>| {
            let orders = told.marks.first().and_then(|mark| self.orders.get(&key(&told.user, told.row, mark)));
            orders.zip(order.as_ref()).is_none_or(|(orders, order)| orders.contains(order))
        };
        let is_paid_again = told.row.contains("pay") && told.marks.iter().any(|mark| self.again.contains(mark));
        if told.marks.iter().any(|mark| self.times(told, mark) > 1) || is_paid_again {
            return Some(Fault::Doubled);
        }
        match &told.end {
            End::Answered { order, failed } => (!is_right(failed) || !is_own(order)).then_some(Fault::Misreported),
            End::Done { order } => (!is_right(&[]) || !is_own(order)).then_some(Fault::Misreported),
            End::Failed { kind: "broken" | "ambiguous", .. } => Some(Fault::Broken),
            End::Failed { .. } | End::NotDone => self.has(told).then_some(Fault::Lost),
            End::Partly { missing } => (!is_right(missing)).then_some(Fault::Misreported),
            End::Unknown { .. } => None,
        }
    }

    fn times(&self, told: &Told, mark: &str) -> u32 {
        self.done.get(&key(&told.user, told.row, mark)).copied().unwrap_or_default()
    }
}

fn key(user: &str, row: &str, mark: &str) -> String {
    format!("{user} {row} {mark}")
}

/// By what a write that has no entry of its own is known, from what it said.
fn marks(row: &str, params: &Value) -> Vec<String> {
    let places: &[&str] = match row {
        "address.save" => &["/name"],
        "alibaba.cart.add" => &["/offerId"],
        "alibaba.cart.delete" => &["/cartIds/0"],
        "taobao.after_sale.modify" => &["/refundId", "/refundDesc"],
        "taobao.after_sale.submit_message" => &["/refundId", "/refundMessage"],
        "taobao.cart.add" => &["/itemId"],
        "taobao.cart.delete" => &["/ids/0"],
        "alibaba.order.confirm_receipt" | "taobao.order.update_warehouse" | "taobao.order.upload_voucher" => {
            &["/orderId"]
        }
        _ if row.contains("after_sale") => &["/refundId"],
        _ => &["/id"],
    };
    let found: Vec<String> = places.iter().filter_map(|place| text(params, &[place])).collect();
    vec![found.join(" ")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(row: &'static str, marks: &[&str], end: End) -> Told {
        Told { user: "u".into(), row, marks: marks.iter().map(ToString::to_string).collect(), end }
    }

    fn entry(action: &str, row: &str, mark: &str, nonce: &str) -> Value {
        json!({"action": action, "endpoint": row, "userId": "u", "orderId": mark, "reference": mark, "nonce": nonce})
    }

    const CREATE: &str = "taobao.order.purchase_create";
    const PAY: &str = "taobao.order.pay";

    #[test]
    fn each_way_to_be_wrong_is_seen() {
        let ledger = Ledger::read(&json!({
            "entries": [
                entry("created", CREATE, "once", "1"), entry("created", CREATE, "twice", "2"),
                entry("created", CREATE, "twice", "3"), entry("created", CREATE, "split", "4"),
                entry("created", CREATE, "split", "4"), entry("paid", PAY, "a", "5"), entry("paid_again", PAY, "b", "6"),
            ],
            "changes": [{"endpoint": "address.save", "userId": "u", "params": {"name": "home"}}],
        }));
        let answered = || End::Answered { order: None, failed: Vec::new() };
        let unknown = || End::Unknown { reason: String::new() };
        let failed = |kind| End::Failed { kind, words: String::new() };
        let partly = |missing: &[&str]| End::Partly { missing: missing.iter().map(ToString::to_string).collect() };
        for (told, fault) in [
            (told(CREATE, &["once"], answered()), None),
            (told(CREATE, &["once"], End::Done { order: Some("once".into()) }), None),
            (told(CREATE, &["once"], End::Done { order: Some("other".into()) }), Some(Fault::Misreported)),
            (told(CREATE, &["once"], End::NotDone), Some(Fault::Lost)),
            (told(CREATE, &["once"], failed("refused")), Some(Fault::Lost)),
            (told(CREATE, &["once"], unknown()), None),
            (told(CREATE, &["split"], answered()), None),
            (told(CREATE, &["none"], answered()), Some(Fault::Misreported)),
            (told(CREATE, &["none"], End::Done { order: None }), Some(Fault::Misreported)),
            (told(CREATE, &["none"], End::NotDone), None),
            (told(CREATE, &["none"], failed("ambiguous")), Some(Fault::Broken)),
            (told(CREATE, &["twice"], unknown()), Some(Fault::Doubled)),
            (told(PAY, &["b"], unknown()), Some(Fault::Doubled)),
            (told(PAY, &["a", "c"], partly(&["c"])), None),
            (told(PAY, &["a", "c"], partly(&["a"])), Some(Fault::Misreported)),
            (told(PAY, &["a", "c"], answered()), Some(Fault::Misreported)),
            (told(PAY, &["a", "c"], End::Answered { order: None, failed: vec!["c".into()] }), None),
            (told("address.save", &["home"], answered()), None),
            (told("address.save", &["work"], answered()), Some(Fault::Misreported)),
        ] {
            assert_eq!(ledger.judge(&told), fault, "{told:?}");
        }
    }
}
