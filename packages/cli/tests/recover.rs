//! `xportcn recover`, and `xportcn call` that looks for a write whose answer is lost.

mod program;

use program::{Ended, Sandbox, xportcn};
use serde_json::Value as Json;
use std::path::PathBuf;

const FAULTS: &str = r#"{"rules": [
    {"endpoint": "taobao.order.purchase_create", "kinds": ["truncate"], "when": "after"},
    {"endpoint": "taobao.order.purchase_pay", "kinds": ["reset"], "when": "before"},
    {"endpoint": "alibaba.order.cancel", "kinds": ["reset"], "when": "before", "count": 2},
    {"endpoint": "alibaba.cart.add", "kinds": ["503"], "when": "after"}
]}"#;

fn sandbox(name: &str) -> Sandbox {
    let faults = file(&format!("{name}-faults.json"));
    std::fs::write(&faults, FAULTS).unwrap();
    Sandbox::start_with(&["--fault-file", faults.to_str().unwrap()])
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn example(id: &str) -> String {
    let examples: Json = serde_json::from_str(include_str!("../../../tests/examples.json")).unwrap();
    examples["examples"][id].to_string()
}

fn call(sandbox: &Sandbox, id: &str, words: &[&str]) -> Ended {
    let words = ["call", id, "--recovery-window", "2s"].into_iter().chain(words.iter().copied());
    xportcn(words).on(sandbox).run()
}

fn outcome(ended: &Ended) -> Json {
    serde_json::from_str(&ended.out).unwrap_or_else(|error| panic!("{error}: {ended:?}"))
}

/// An order of 1688 that can be cancelled.
fn order(sandbox: &Sandbox) -> String {
    let made = call(sandbox, "alibaba.order.create", &["--json", &example("alibaba.order.create")]).exits(0);
    format!("orderId={}", outcome(&made)["orderId"].as_str().unwrap())
}

#[test]
fn a_creation_whose_answer_is_lost_is_found() {
    let sandbox = sandbox("creation");
    let json = example("taobao.order.purchase_create");
    let ended = call(&sandbox, "taobao.order.purchase_create", &["--json", &json, "--recover"]).exits(0);
    let found = outcome(&ended);
    assert_eq!(found["outcome"], "done", "{ended:?}");
    // Two lists show it: it is told once.
    assert_eq!(found["found"].as_array().unwrap().len(), 1, "{ended:?}");
    assert_eq!(found["found"][0]["sellerOrderNumber"], "1");
}

#[test]
fn a_ticket_is_kept_for_its_owner_and_found_out_about_later() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = sandbox("ticket");
    let json = example("taobao.order.purchase_create");
    let ticket = file("ticket.json");
    let ticket = ticket.to_str().unwrap();
    let lost = call(&sandbox, "taobao.order.purchase_create", &["--json", &json, "--ticket", ticket]).exits(3);
    lost.says(&["may have been carried out", "taobao.order.purchase_page", &format!("xportcn recover {ticket}")]);
    assert_eq!(std::fs::metadata(ticket).unwrap().permissions().mode() & 0o777, 0o600);
    let found = xportcn(["recover", ticket, "--recovery-window", "0s"]).on(&sandbox).run().exits(0);
    assert_eq!(outcome(&found)["outcome"], "done", "{found:?}");
    // Of another account, for which nothing would be found.
    let other = xportcn(["recover", ticket, "--user-id", "other"]).on(&sandbox).run().exits(2);
    other.says(&["`ticket`", "user_id"]);
    let piped = xportcn(["recover", "-"]).on(&sandbox).stdin(std::fs::read(ticket).unwrap()).run().exits(0);
    assert_eq!(outcome(&piped)["outcome"], "done", "{piped:?}");
    xportcn(["recover", "-"]).on(&sandbox).stdin("{}").run().exits(2).says(&["`version`"]);
    // Without either flag it says that there are such.
    let lost = call(&sandbox, "taobao.order.purchase_create", &["--json", &json]).exits(3);
    lost.says(&["--recover", "--ticket FILE"]);
}

#[test]
fn what_was_not_carried_out_is_sent_again_only_if_that_is_asked_for() {
    let sandbox = sandbox("again");
    let order = order(&sandbox);
    let words = ["webSite=1688", &order, "cancelReason=other", "--recover"];
    let ended = call(&sandbox, "alibaba.order.cancel", &words).exits(5).says(&["it can be called again"]);
    assert_eq!(outcome(&ended), serde_json::json!({"outcome": "not done"}));
    // The second one is lost too; the third arrives, and is answered.
    let words = [&words[..], &["--retry-after-recovery"]].concat();
    call(&sandbox, "alibaba.order.cancel", &words).exits(0);
    let ended = call(&sandbox, "alibaba.order.get", &["webSite=1688", &order]).exits(0);
    assert_eq!(outcome(&ended)["baseInfo"]["status"], "cancel", "{ended:?}");
}

#[test]
fn a_payment_that_does_not_show_is_not_called_unpaid() {
    let sandbox = sandbox("payment");
    let json = example("taobao.order.purchase_create");
    let made = call(&sandbox, "taobao.order.purchase_create", &["--json", &json, "--recover"]).exits(0);
    let order = format!("orderId={}", outcome(&made)["found"][0]["orderId"].as_str().unwrap());
    let ended = call(&sandbox, "taobao.order.purchase_pay", &[&order, "--recover"]).exits(3);
    let ended = ended.says(&["not known", "do not call again"]);
    assert_eq!(outcome(&ended)["outcome"], "unknown", "{ended:?}");
}

#[test]
fn what_only_a_comparison_shows_is_looked_at_before() {
    let sandbox = sandbox("cart");
    let json = example("alibaba.cart.add");
    let ended = call(&sandbox, "alibaba.cart.add", &["--json", &json, "--recover"]).exits(0);
    assert_eq!(outcome(&ended)["outcome"], "done", "{ended:?}");
    // A call that reads has nothing to look for.
    call(&sandbox, "alibaba.cart.list", &["--recover"]).exits(0);
}
