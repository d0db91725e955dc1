//! A platform that differs from the tables: every difference of the example shows, and nothing else.

use crate::host::{Answer, Headers, Host, NOW_MS};
use crate::shopper::{ADDRESS, RECEIVER, SPEC, Shopper, json};
use serde_json::{Value, json};
use xportcn_core::endpoint::Method;
use xportcn_core::{Config, Core, Endpoint, Nonce, catalogue};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Drift, Reason, Sandbox, USER_ID};

const PLATFORM: &str = include_str!("../drift/platform.json");
const DIFFERENCES: &str = include_str!("../drift/differences.json");

async fn host(drift: &str) -> Host {
    let drift = Drift::from_json(drift).unwrap_or_else(|error| panic!("{drift}: {error}"));
    Host::start_with(Sandbox::builder().clock(|| NOW_MS).drift(drift)).await
}

/// A call of these fields to a place, as hosts send it.
async fn call(host: &Host, method: &str, path: &str, fields: &Value) -> Answer {
    let headers = Headers::genuine();
    if method == "POST" {
        return host.post(path, &headers, fields.to_string()).await;
    }
    let pairs = fields.as_object().unwrap().iter().map(|(name, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), String::from);
        format!("{name}={}", percent(&text))
    });
    host.get(&format!("{path}?{}", pairs.collect::<Vec<_>>().join("&")), &headers).await
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn row(id: &str) -> &'static Endpoint {
    catalogue::find(id).unwrap_or_else(|| panic!("there is no {id}"))
}

/// The fields of a row's example as the wire writes them.
fn written(row: &'static Endpoint) -> Value {
    if row.method == Method::Get {
        return json(row.example);
    }
    let core = Core::new(Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID)).unwrap();
    let prepared = core.prepare_json(row, row.example.as_bytes()).unwrap();
    let nonce = Nonce::from_text(&Headers::genuine().nonce).unwrap();
    serde_json::from_slice(core.sign(&prepared, NOW_MS, &nonce).body.as_deref().unwrap()).unwrap()
}

/// The values at a path as `data[].orderId`.
fn at<'a>(value: &'a Value, path: &str) -> Vec<&'a Value> {
    let mut values = vec![value];
    for step in path.replace("[]", ".[]").split('.').filter(|step| !step.is_empty()) {
        values = match step {
            "[]" => values.into_iter().filter_map(Value::as_array).flatten().collect(),
            name => values.into_iter().filter_map(|value| value.get(name)).collect(),
        };
    }
    values
}

/// The path of a field's neighbour.
fn beside(field: &str, name: &str) -> String {
    match field.rsplit_once('.') {
        Some((owner, _)) => format!("{owner}.{name}"),
        None => name.to_string(),
    }
}

/// Orders, whose pages would be empty otherwise; gives the id of the one on 1688.
async fn shop(host: &Host) -> Value {
    let shopper = Shopper::new(host);
    let create = json!({
        "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
        "purchaseAmount": "1", "receiver": json(RECEIVER),
    });
    shopper.call("taobao.order.purchase_create", create).await;
    let lines = json!([{"offerId": "706627393257", "specId": SPEC, "quantity": "2"}]);
    let create = json!({"flow": "general", "addressParam": json(ADDRESS), "cargoParamList": lines});
    let order = shopper.call("alibaba.order.create", create).await["orderId"].clone();
    shopper.call("alibaba.order.pay_url", json!({"orderId": order})).await;
    order
}

/// The two sandboxes, and what a row of both answers to the same call.
struct Compared {
    usual: Host,
    drifted: Host,
    orders: [Value; 2],
}

impl Compared {
    async fn start() -> Self {
        let (usual, drifted) = (Host::start().await, host(PLATFORM).await);
        let orders = [shop(&usual).await, shop(&drifted).await];
        Self { usual, drifted, orders }
    }

    fn fields(&self, which: usize, id: &str) -> Value {
        match id {
            "alibaba.order.logistics_trace" => json!({"orderId": self.orders[which]}),
            _ => written(row(id)),
        }
    }

    /// The data of the row at its usual place, and at the drifted one.
    async fn data(&self, id: &str, place: (&str, &str)) -> [Value; 2] {
        let row = row(id);
        let usual = call(&self.usual, row.method.as_str(), row.path, &self.fields(0, id)).await;
        let mut fields = self.fields(1, id);
        if id == "alibaba.product.category" {
            fields["cateId"] = fields.as_object_mut().unwrap().remove("categoryId").unwrap();
        }
        let drifted = call(&self.drifted, place.0, place.1, &fields).await;
        assert_eq!((usual.code(), drifted.code()), (200, 200), "{id}: {} {}", usual.text(), drifted.text());
        [usual, drifted].map(|answer| answer.json()["data"].take())
    }
}

#[tokio::test]
async fn every_difference_of_the_example_shows() {
    let compared = Compared::start().await;
    let differences: Vec<Value> = serde_json::from_str(DIFFERENCES).unwrap();
    assert!(differences.len() >= 30, "{}", differences.len());
    for difference in &differences {
        let text = |name: &str| difference[name].as_str().unwrap_or_else(|| panic!("{name}: {difference}"));
        let id = text("row");
        let row = row(id);
        let usual_place = (row.method.as_str(), row.path);
        let moved = differences.iter().find(|other| other["row"] == id && other["difference"] == "place");
        let place =
            moved.map_or(usual_place, |moved| (moved["method"].as_str().unwrap(), moved["path"].as_str().unwrap()));
        let here = call(&compared.drifted, usual_place.0, usual_place.1, &compared.fields(1, id)).await;
        match text("difference") {
            "absent" => assert_eq!((here.status, here.code()), (200, 404), "{difference}"),
            "place" => {
                // Another method of the same path says so.
                let expected = if place.1 == row.path { 405 } else { 404 };
                assert_eq!((here.status, here.code()), (200, expected), "{difference}");
                compared.data(id, place).await;
            }
            "right" => assert_eq!(here.code(), u64::from(Reason::NoRight.code()), "{difference}"),
            "request name" => {
                assert_eq!(here.code(), u64::from(Reason::InvalidField.code()), "{difference}");
                let mut fields = compared.fields(1, id);
                let value = fields.as_object_mut().unwrap().remove(text("field")).unwrap();
                fields[text("to")] = value;
                assert_eq!(call(&compared.drifted, place.0, place.1, &fields).await.code(), 200, "{difference}");
            }
            "name" => {
                let [usual, drifted] = compared.data(id, place).await;
                let field = text("field");
                let before = at(&usual, field);
                assert!(!before.is_empty(), "{difference}: {usual}");
                assert_eq!(at(&drifted, field), Vec::<&Value>::new(), "{difference}");
                let after = at(&drifted, &beside(field, text("to")));
                assert_eq!(after, before, "{difference}");
            }
            "missing" => {
                let [usual, drifted] = compared.data(id, place).await;
                assert!(!at(&usual, text("field")).is_empty(), "{difference}: {usual}");
                assert_eq!(at(&drifted, text("field")), Vec::<&Value>::new(), "{difference}");
            }
            "type" => {
                let [usual, drifted] = compared.data(id, place).await;
                let (before, after) = (at(&usual, text("field")), at(&drifted, text("field")));
                assert!(!before.is_empty() && before.len() == after.len(), "{difference}: {usual} {drifted}");
                for (before, after) in before.into_iter().zip(after) {
                    match text("to") {
                        "text" => {
                            assert!(!before.is_string(), "{difference}");
                            let inner = after.as_str().unwrap_or_else(|| panic!("{difference}: {after}"));
                            assert_eq!(&json(inner), before, "{difference}");
                        }
                        "number" => assert_eq!(*after, json!(i32::from(before == &json!(true))), "{difference}"),
                        other => panic!("{other}"),
                    }
                }
            }
            other => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn rows_that_the_example_does_not_name_are_as_usual() {
    let compared = Compared::start().await;
    let platform = json(PLATFORM);
    let others = catalogue::ENDPOINTS.iter().filter(|row| platform["rows"].get(row.id).is_none());
    let mut count = 0;
    // Fields of a path do not stand in the query string, and nothing here builds such a path.
    for row in others.filter(|row| !row.path.contains('{') && row.method == Method::Get) {
        let fields = json(row.example);
        let usual = call(&compared.usual, "GET", row.path, &fields).await.json();
        let drifted = call(&compared.drifted, "GET", row.path, &fields).await.json();
        assert_eq!((&usual["code"], &usual["msg"]), (&drifted["code"], &drifted["msg"]), "{}", row.id);
        count += 1;
    }
    assert!(count >= 5, "{count}");
}

#[tokio::test]
async fn unknown_paths_are_answered_as_the_drift_says() {
    let forms = [
        (r#"{"as": "empty"}"#, 404, 405, ""),
        (r#"{"as": "page"}"#, 404, 405, "<html>"),
        (r#"{"as": "envelope", "code": "NO_SUCH", "methodCode": 9}"#, 200, 200, r#"{"code":"#),
    ];
    for (form, path_status, method_status, body) in forms {
        let host = host(&format!(r#"{{"unknown": {form}}}"#)).await;
        let path = call(&host, "POST", "/open/nowhere", &json!({})).await;
        let method = call(&host, "POST", "/open/product/get", &json!({})).await;
        assert_eq!((path.status, method.status), (path_status, method_status), "{form}");
        for answer in [&path, &method] {
            assert!(
                answer.text().starts_with(body) && answer.text().is_empty() == body.is_empty(),
                "{}",
                answer.text()
            );
        }
        if path_status == 200 {
            assert_eq!((&path.json()["code"], &method.json()["code"]), (&json!("NO_SUCH"), &json!(9)));
            assert_eq!(path.json()["data"], Value::Null);
        }
        // What has another reason is refused as usual.
        assert_eq!(call(&host, "GET", "/open/product/get", &json!({"nothing": 1})).await.code(), 40010);
    }
}

#[tokio::test]
async fn digits_stay_as_they_are_and_names_may_be_swapped() {
    let drift = r#"{"rows": {"alibaba.order.create": {"request": {"rename": {
        "cargoParamList": "lines", "cargoParamList[].offerId": "specId", "cargoParamList[].specId": "offerId"
    }}}, "alibaba.order.get": {"reply": {"rename": {"productItems[].quantity": "count"}}}}}"#;
    let host = host(drift).await;
    let create = json!({"flow": "general", "addressParam": json(ADDRESS), "lines": [{"specId": "706627393257", "offerId": SPEC, "quantity": "2.50"}]});
    let created = call(&host, "POST", "/alibaba/order/create", &create).await;
    assert_eq!(created.code(), 200, "{}", created.text());
    let shopper = Shopper::new(&host);
    let (_, answer) = shopper
        .send("alibaba.order.get", &json!({"webSite": "1688", "orderId": created.json()["data"]["orderId"]}))
        .await;
    assert!(
        answer.text().contains(r#""count":2.50"#) || answer.text().contains(r#""count":"2.50""#),
        "{}",
        answer.text()
    );
    let old = json!({"flow": "general", "addressParam": json(ADDRESS), "cargoParamList": []});
    let refused = call(&host, "POST", "/alibaba/order/create", &old).await;
    assert!(refused.message().contains("cargoParamList"), "{}", refused.text());
}

#[tokio::test]
async fn fields_are_renamed_within_text_that_holds_json() {
    let drift = r#"{"rows": {"taobao.order.purchase_create": {"request": {"rename": {
        "orderLineList": "lines", "orderLineList[].itemId": "item", "sellerOrderNumber": "own"
    }}}}}"#;
    let host = host(drift).await;
    let receiver = RECEIVER.replace("mobilePhone", "mobile_phone");
    let lines = r#"[{"item": "600126245031041190", "skuId": "5016042822039", "quantity": 3}]"#;
    let create = json!({"lines": lines, "receiver": receiver, "purchaseAmount": "3", "own": "n1"});
    let created = call(&host, "POST", "/open/order", &create).await;
    assert_eq!(created.code(), 200, "{}", created.text());
    let ledger = Shopper::new(&host).control("GET", "ledger", "").await;
    assert_eq!((&ledger["entries"][0]["reference"], &ledger["entries"][0]["amountInFen"]), (&json!("n1"), &json!(3)));
    let old = json!({"lines": lines.replace("item", "itemId"), "receiver": receiver, "purchaseAmount": "3"});
    let refused = call(&host, "POST", "/open/order", &old).await;
    assert_eq!((refused.code(), refused.message().contains("itemId")), (40010, true), "{}", refused.text());
}

#[test]
fn a_drift_that_names_what_there_is_not_is_refused() {
    let row = |id: &str, row: &str| format!(r#"{{"rows": {{"{id}": {row}}}}}"#);
    let cases = [
        (row("taobao.order.pag", r#"{"absent": true}"#), "taobao.order.page"),
        (row("taobao.push.order_refund", r#"{"absent": true}"#), "pushes"),
        (row("taobao.order.page", r#"{"reply": {"rename": {"data[].orderStatis": "x"}}}"#), "`orderStatus`"),
        (row("taobao.order.page", r#"{"reply": {"rename": {"data.orderStatus": "x"}}}"#), "[]"),
        (row("taobao.order.page", r#"{"reply": {"remove": ["data[]"]}}"#), "no name"),
        (row("taobao.order.page", r#"{"reply": {"types": {"pageNo": "texts"}}}"#), "json, list, null, number or text"),
        (row("taobao.product.get", r#"{"reply": {"types": {"title": "number"}}}"#), "no number"),
        (row("taobao.product.get", r#"{"reply": {"types": {"title": "text"}}}"#), "already"),
        (row("taobao.product.get", r#"{"reply": {"types": {"skuList": "json"}}}"#), "no text that holds JSON"),
        (row("taobao.product.get", r#"{"reply": {"rename": {"title": "price"}}}"#), "two fields"),
        (row("taobao.product.get", r#"{"reply": {"rename": {"title": "x", "price": "x"}}}"#), "two fields"),
        (row("taobao.product.get", r#"{"request": {"rename": {"itemid": "x"}}}"#), ""),
        (row("taobao.product.get", r#"{"path": "PUT /open/x"}"#), "GET or POST"),
        (row("taobao.product.get", r#"{"path": "open/x"}"#), "begin with /"),
        (row("taobao.product.get", r#"{"path": "/open//x"}"#), "part of a path"),
        (row("taobao.product.get", r#"{"path": "/open/{itemIdd}"}"#), "`itemId`"),
        (row("taobao.product.get", r#"{"path": "/sandbox/ledger"}"#), "sandbox's own"),
        (row("taobao.product.get", r#"{"path": "/open/product/get"}"#), "already"),
        (row("taobao.product.get", r#"{"path": "/open/product/query"}"#), "taobao.product.query"),
        (row("taobao.product.get", r#"{"absent": true, "path": "/x"}"#), "absent"),
        (row("taobao.product.get", "{}"), "no difference"),
        (row("taobao.product.get", r#"{"paths": "/x"}"#), "paths"),
        (r#"{"unknown": {"as": "html"}}"#.to_string(), "empty, page or envelope"),
        (r#"{"unknown": {"as": "page", "code": 1}}"#.to_string(), "envelope"),
        (r#"{"unknown": {"as": "envelope", "code": [1]}}"#.to_string(), "whole number"),
        ("[]".to_string(), ""),
    ];
    for (json, words) in cases {
        let refused = Drift::from_json(&json).map(|drift| panic!("{json}: {drift:?}")).unwrap_err().to_string();
        assert!(refused.contains(words), "{json}: {refused}");
    }
}

#[tokio::test]
async fn a_moved_path_may_hold_fields() {
    let drift = r#"{"rows": {"taobao.product.get": {"path": "/open/item/{itemId}"}}}"#;
    let host = host(drift).await;
    let there = call(&host, "GET", "/open/item/672991141190", &json!({})).await;
    assert_eq!(there.json()["data"]["itemId"].to_string().trim_matches('"'), "672991141190");
    assert_eq!(call(&host, "GET", "/api/open/item/1", &json!({})).await.code(), 200);
    assert_eq!(call(&host, "GET", "/open/product/get", &json!({"itemId": "1"})).await.status, 404);
}

#[test]
fn the_example_of_the_readme_can_be_read() {
    let readme = include_str!("../../README.md");
    let (_, section) = readme.split_once("## A platform that differs").unwrap();
    let (_, example) = section.split_once("```json\n").unwrap();
    Drift::from_json(example.split_once("```").unwrap().0).unwrap();
}
