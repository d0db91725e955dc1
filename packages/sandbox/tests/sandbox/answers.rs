//! Answers that are set in place of sample data.

use crate::host::{Headers, Host, NOW_MS, RENDER, RENDER_BODY};
use serde_json::value::to_raw_value;
use std::io::ErrorKind;
use xportcn_sandbox::{Call, Facts, Reason, Refusal, Sandbox, USER_ID, sample};

#[tokio::test]
async fn an_endpoint_can_be_answered_otherwise() {
    let builder = Sandbox::builder().clock(|| NOW_MS).answer("taobao.after_sale.render", |call: &Call<'_>| {
        assert_eq!(call.caller.user_id, USER_ID);
        assert_eq!(call.now_ms, NOW_MS);
        match call.fields["subOrderId"].as_str() {
            Some("1034499579120189839") => Ok(to_raw_value(&serde_json::json!({"currency": "THB"})).unwrap()),
            _ => Err(Refusal::new(Reason::InvalidField, "subOrderId: there is no such order")),
        }
    });
    let host = Host::start_with(builder).await;
    let answer = host.post(RENDER, &Headers::genuine(), RENDER_BODY).await;
    assert_eq!((answer.code(), answer.json()["data"]["currency"].as_str()), (200, Some("THB")));
    let other = RENDER_BODY.replace("1034499579120189839", "1");
    let answer = host.post(RENDER, &Headers::genuine(), other).await;
    assert_eq!(answer.code(), u64::from(Reason::InvalidField.code()));
    assert_eq!(answer.message(), "subOrderId: there is no such order");
}

#[tokio::test]
async fn an_answer_needs_an_endpoint() {
    let builder = Sandbox::builder().answer("taobao.no.such", |call: &Call<'_>| Ok(call.sample()));
    let refused = builder.start().await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::InvalidInput);
    assert!(refused.to_string().contains("taobao.no.such"), "{refused}");
}

#[tokio::test]
async fn sample_data_repeats_what_is_known() {
    let builder = Sandbox::builder().clock(|| NOW_MS).answer("taobao.after_sale.render", |call: &Call<'_>| {
        let mut facts = Facts::of_request(call.endpoint, call.fields);
        facts.set("currency", "THB");
        facts.set("refundFee", "0.30000000000000004");
        facts.set("canEditFee", "false");
        facts.set("reasonId", "9007199254740993");
        facts.set("goodsStatus", "unknown");
        Ok(sample(call.endpoint, &facts))
    });
    let host = Host::start_with(builder).await;
    let answer = host.post(RENDER, &Headers::genuine(), RENDER_BODY).await;
    let data = &answer.json()["data"];
    assert_eq!(data["currency"], "THB");
    let order = &data["refundOrderTemplate"]["refundOrder"];
    assert_eq!(order["canEditFee"], false);
    assert_eq!(order["reasonId"].to_string().trim_matches('"'), "9007199254740993");
    assert!(answer.text().contains("0.30000000000000004"), "{}", answer.text());
    assert_eq!(order["goodsStatus"], 1, "what does not fit is left out");
}
