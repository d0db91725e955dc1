//! Scenarios: those of the repository, by the page, and what is said of wrong ones.

use crate::page::Page;
use serde_json::{Value, json};
use xportcn_explorer::Scenario;

#[tokio::test]
async fn the_page_has_scenarios_and_does_their_steps() {
    let page = Page::open().await;
    let file = page.get("/scenarios.json").await.json();
    let scenarios = file["scenarios"].as_array().unwrap();
    assert!(scenarios.iter().any(|one| one["name"] == "An order paid, half shipped, one line refunded"));
    for scenario in scenarios {
        let ended = page.post("/api/scenario", scenario).await.json();
        assert_eq!((&ended["done"], &ended["name"]), (&json!(true), &scenario["name"]), "{ended:#}");
        assert_eq!(ended["steps"].as_array().unwrap().len(), scenario["steps"].as_array().unwrap().len());
    }
    let state = page.sandbox_state().await;
    let order = state["orders"].as_array().unwrap().iter().find(|order| order["market"] == "taobao").unwrap();
    let lines = order["lines"].as_array().unwrap();
    assert_eq!((&order["stage"], lines.len()), (&json!("paid"), 2));
    assert!(lines[0]["shipped"].is_string() && lines[0]["refundStage"].is_null(), "{order:#}");
    assert!(lines[1]["shipped"].is_null() && lines[1]["refundStage"] == "refunded", "{order:#}");
}

#[tokio::test]
async fn a_step_that_goes_otherwise_ends_it_and_says_why() {
    let page = Page::open().await;
    let unknown = json!({"call": "taobao.order.get", "params": {"orderId": "1"}});
    let with = |name: &str, value: Value| {
        let mut step = unknown.clone();
        step[name] = value;
        step
    };
    let render = json!({
        "call": "taobao.after_sale.render", "params": {"subOrderId": "1034499579120189839", "goodsStatus": 1, "refundType": 1}
    });
    let mut unlike = render.clone();
    unlike["expect"] = json!({"/currency": "USD"});
    let mut absent = render.clone();
    absent["keep"] = json!({"x": "/no/such"});
    let mut taken = render.clone();
    taken["refused"] = json!("42001");
    for (step, words) in [
        (unknown.clone(), "there is no order"),
        (with("refused", json!("42002")), "it was not refused with 42002"),
        (with("params", json!({"orderId": []})), "orderId"),
        (unlike, r#"/currency is "CNY", not "USD""#),
        (absent, "there is no /no/such"),
        (taken, "it was not refused with 42001"),
        (json!({"sandbox": "ship/1"}), "there is no order"),
        (json!({"sandbox": "state"}), "nothing is done by state"),
    ] {
        let scenario = json!({"name": "wrong", "steps": [with("refused", json!("42001")), step, unknown.clone()]});
        let ended = page.post("/api/scenario", &scenario).await.json();
        let steps = ended["steps"].as_array().unwrap();
        assert_eq!((&ended["done"], steps.len(), &steps[0]["failed"]), (&json!(false), 2, &Value::Null), "{ended:#}");
        assert!(steps[1]["failed"].as_str().unwrap().contains(words), "{words}: {}", steps[1]["failed"]);
    }
}

#[tokio::test]
async fn kept_values_go_on_as_they_are_and_within_texts() {
    let page = Page::open().await;
    let scenario = json!({"name": "kept", "steps": [
        {"sandbox": "balance/sandbox-user", "body": {"balance": 77}, "keep": {"left": "/balance", "user": "/userId"}},
        {"sandbox": "balance/{user}", "body": {"balance": "{left}"}, "expect": {"/balance": "{left}", "/userId": "{user}"}},
    ]});
    let ended = page.post("/api/scenario", &scenario).await.json();
    assert_eq!(ended["done"], true, "{ended:#}");
    assert_eq!(page.sandbox_state().await["balances"]["sandbox-user"], 77);
}

#[tokio::test]
async fn what_is_no_scenario_is_refused() {
    let page = Page::open().await;
    let steps = |step: Value| json!({"name": "wrong", "steps": [step]}).to_string();
    for (text, words) in [
        (String::new(), "EOF"),
        ("[]".into(), "expected"),
        (r#"{"name": "x"}"#.into(), "steps"),
        (steps(json!({})), "step 1: give a call"),
        (steps(json!({"call": "taobao.order.get", "sandbox": "clock"})), "step 1: give a call"),
        (steps(json!({"call": "no.such.row"})), "no.such.row"),
        (steps(json!({"call": "taobao.order.get", "body": {}})), "no body"),
        (steps(json!({"sandbox": "clock", "refused": "1"})), "not refused"),
        (steps(json!({"sandbox": "clock", "keep": {"a": 1}})), "pointers"),
        (steps(json!({"sandbox": "clock", "keep": {"a": "b"}})), "b is no JSON pointer"),
        (steps(json!({"sandbox": "clock", "expects": {}})), "expects"),
    ] {
        let error = Scenario::parse(&text).unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
        if let Ok(body) = serde_json::from_str::<Value>(&text) {
            let answer = page.post("/api/scenario", &body).await;
            assert_eq!((answer.status, &answer.json()["refused"]), (400, &json!("scenario")), "{text}");
        }
    }
}
