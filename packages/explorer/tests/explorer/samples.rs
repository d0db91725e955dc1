//! Calls as code: what is written for each language, and that a shell's do what they say.

use crate::page::{ACCESS_KEY, Page, SECRET};
use serde_json::{Value, json};
use std::process::Command;
use xportcn::catalogue;
use xportcn_sandbox::USER_ID;

async fn samples(page: &Page, id: &str, params: &Value) -> Vec<(String, String)> {
    let answer = page.post("/api/code", &json!({"id": id, "params": params})).await;
    let told = answer.json();
    let samples = told["samples"].as_array().unwrap_or_else(|| panic!("{answer:?}"));
    let text = |sample: &Value, name: &str| sample[name].as_str().unwrap().to_string();
    samples.iter().map(|sample| (text(sample, "language"), text(sample, "text"))).collect()
}

async fn sample(page: &Page, language: &str, id: &str, params: &Value) -> String {
    let all = samples(page, id, params).await;
    all.into_iter().find(|(known, _)| known == language).map(|(_, text)| text).unwrap()
}

#[tokio::test]
async fn every_row_is_written_in_every_language() {
    let page = Page::open().await;
    for endpoint in catalogue::ENDPOINTS {
        let params = serde_json::from_str(endpoint.example).unwrap();
        let all = samples(&page, endpoint.id, &params).await;
        let languages: Vec<&str> = all.iter().map(|(language, _)| language.as_str()).collect();
        assert_eq!(
            languages,
            ["rust", "typescript", "python", "kotlin", "java", "swift", "shell", "curl"],
            "{}",
            endpoint.id
        );
    }
}

#[tokio::test]
async fn types_are_those_of_the_tables() {
    let page = Page::open().await;
    let params = json!({
        "orderLineList": [{"itemId": "1", "skuId": "2", "quantity": 3, "price": "1.50"}],
        "purchaseAmount": 400, "receiver": {"name": "\"张三\" $x", "address": "a\\b\nc"},
    });
    let id = "taobao.order.purchase_create";
    for (language, parts) in [
        (
            "rust",
            &[
                "purchase_amount: 400.into()",
                "price: Some(Amount::from_i128_with_scale(150, 2))",
                "quantity: 3,",
                r#""a\\b\nc".into()"#,
            ][..],
        ),
        ("typescript", &["purchaseAmount: \"400\"", "quantity: 3", r#"name: "\"张三\" $x""#]),
        (
            "python",
            &[
                "purchase_amount=400",
                "price=Decimal(\"1.50\")",
                "from decimal import Decimal",
                "taobao.TaobaoReceiver(",
            ],
        ),
        ("kotlin", &["BigDecimal(\"400\")", "TaobaoOrderLine {", r#"name = "\"张三\" \$x""#]),
        ("java", &["new BigDecimal(\"1.50\")", ".quantity(3L)", "new TaobaoReceiver.Builder()"]),
        ("swift", &["purchaseAmount: 400", "Decimal(string: \"1.50\")!", "Taobao.Receiver(", "import Foundation"]),
    ] {
        let text = sample(&page, language, id, &params).await;
        for part in parts {
            assert!(text.contains(part), "{part}:\n{text}");
        }
    }
    let list = json!({"status": "NORMAL", "startModifiedTime": "2024-08-01T12:00:00+08:00", "pageNo": 1, "own": [1]});
    for (language, parts) in [
        (
            "rust",
            &["status: Some(SpuStatus::Normal)", "// Given beside the fields that are listed, in `extra`: own"][..],
        ),
        ("typescript", &["status: \"NORMAL\"", "own: [1]"]),
        ("python", &["status=\"NORMAL\"", "datetime.fromisoformat(", "extra={ \"own\": [1] }"]),
        ("kotlin", &["TaobaoProductSpuStatus(\"NORMAL\")", "OffsetDateTime.parse("]),
        ("java", &["new TaobaoProductSpuStatus(\"NORMAL\")", ".pageNo(1L)"]),
        ("swift", &["Taobao.ProductSpuStatus(rawValue: \"NORMAL\")", "ISO8601DateFormatter()"]),
    ] {
        let text = sample(&page, language, "taobao.product.spu_list", &list).await;
        for part in parts {
            assert!(text.contains(part), "{part}:\n{text}");
        }
    }
}

#[tokio::test]
async fn what_the_client_refuses_has_no_signed_request() {
    let page = Page::open().await;
    let all = samples(&page, "taobao.order.get", &json!({"orderId": []})).await;
    assert!(all.iter().all(|(language, _)| language != "curl"), "{all:?}");
    for (body, status) in [
        (json!({"id": "no.such.row", "params": {}}), 404),
        (json!({"id": "taobao.order.get", "params": [1]}), 400),
        (json!({"id": "taobao.order.get"}), 400),
    ] {
        assert_eq!(page.post("/api/code", &body).await.status, status, "{body}");
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn curl_signs_as_the_client_does() {
    let page = Page::open().await;
    for (at, endpoint) in catalogue::ENDPOINTS.iter().enumerate() {
        if at % 8 > 0 && !endpoint.signed_query {
            continue;
        }
        let params = serde_json::from_str(endpoint.example).unwrap();
        let script = sample(&page, "curl", endpoint.id, &params).await;
        let mut sh = Command::new("sh");
        sh.args(["-c", &script.replace("curl --request", "curl --silent --noproxy '*' --request")]);
        sh.env("XPORTCN_ACCESS_KEY", ACCESS_KEY).env("XPORTCN_ACCESS_SECRET", SECRET).env("XPORTCN_USER_ID", USER_ID);
        let output = tokio::task::spawn_blocking(move || sh.output().unwrap()).await.unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let answer: Value =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text} {output:?}\n{script}"));
        // Where the example's order is unknown, the request was understood all the same.
        let code = answer["code"].as_u64().unwrap();
        assert!(code == 200 || (42000..43000).contains(&code), "{}: {text}\n{script}", endpoint.id);
    }
}
