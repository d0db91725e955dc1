//! `xportcn wait`.

mod program;

use program::{Ended, Sandbox, xportcn};
use serde_json::Value as Json;

fn wait(sandbox: &Sandbox, words: &[&str]) -> Ended {
    xportcn(["wait"].into_iter().chain(words.iter().copied())).on(sandbox).run()
}

fn call(sandbox: &Sandbox, id: &str, words: &[&str]) -> Json {
    let words = ["call", id].into_iter().chain(words.iter().copied());
    xportcn(words).on(sandbox).run().exits(0).json()
}

/// An order of 1688.
fn order(sandbox: &Sandbox) -> String {
    let examples: Json = serde_json::from_str(include_str!("../../../tests/examples.json")).unwrap();
    let example = examples["examples"]["alibaba.order.create"].to_string();
    call(sandbox, "alibaba.order.create", &["--json", &example])["orderId"].as_str().unwrap().to_string()
}

#[test]
fn its_exit_code_tells_how_it_ended() {
    let sandbox = Sandbox::start();
    let order = order(&sandbox);
    let late = wait(&sandbox, &["alibaba.order", "cancelled", &order, "--wait-timeout", "300ms"]).exits(6);
    let late = late.says(&["not cancelled within the time"]);
    assert_eq!(
        (&late.json()["outcome"], &late.json()["found"]["baseInfo"]["id"]),
        (&"timed out".into(), &order.clone().into())
    );
    call(&sandbox, "alibaba.order.cancel", &[&format!("orderId={order}"), "webSite=1688", "cancelReason=other"]);
    let reached = wait(&sandbox, &["alibaba.order", "cancelled", &order]).exits(0);
    assert_eq!(reached.json()["outcome"], "reached");
    let never = wait(&sandbox, &["alibaba.order", "paid", &order]).exits(5);
    let never = never.says(&["it cannot be paid any more"]);
    assert_eq!(never.json()["outcome"], "never");
}

#[test]
fn what_cannot_be_waited_for_is_told_with_what_can() {
    let sandbox = Sandbox::start();
    wait(&sandbox, &["taobao.order", "received", "1"]).exits(2).says(&["it can be paid, shipped, cancelled"]);
    let group = wait(&sandbox, &["warehouse", "booked", "1"]).exits(2);
    assert!(group.err.contains("taobao.order, taobao.after_sale"), "{}", group.err);
    let help = xportcn(["wait", "--help"]).run().exits(0);
    assert!(help.out.contains("taobao.after_sale   agreed, refunded, refused"), "{}", help.out);
}
