//! The table of codes, and what refusals never say.

use crate::host::{Headers, Host, RENDER, RENDER_BODY};
use std::collections::HashSet;
use xportcn_sandbox::{ACCESS_SECRET, Reason};

const README: &str = include_str!("../../README.md");

#[test]
fn every_code_is_its_own_and_documented() {
    let codes: HashSet<u32> = Reason::ALL.iter().map(|reason| reason.code()).collect();
    assert_eq!(codes.len(), Reason::ALL.len());
    assert!(!codes.contains(&200) && !codes.contains(&0), "codes of success");
    for reason in Reason::ALL {
        let row = format!("| {} | {} | ", reason.code(), reason.status());
        assert!(README.contains(&row), "the README lacks {row}{reason:?}");
    }
    let rows = README.lines().filter(|line| line.starts_with("| 4") || line.starts_with("| 5")).count();
    assert_eq!(rows, Reason::ALL.len(), "the README has rows that are no codes");
}

#[tokio::test]
async fn no_answer_holds_the_secret_or_a_signature() {
    let host = Host::start().await;
    let genuine = Headers::genuine();
    let wrong = Headers { signature: "0".repeat(32), ..Headers::genuine() };
    let spoilt = [
        wrong.clone(),
        Headers { access_key: "none".into(), ..Headers::genuine() },
        Headers { user_id: "none".into(), ..Headers::genuine() },
        Headers::at("1"),
        Headers { nonce: "short".into(), ..Headers::genuine() }.signed(),
        genuine.clone(),
        genuine.clone(),
    ];
    for headers in &spoilt {
        let answer = host.post(RENDER, headers, RENDER_BODY).await;
        let expected = headers.clone().signed().signature;
        for secret in [ACCESS_SECRET, &headers.signature, &expected] {
            assert!(!answer.text().contains(secret), "{}", answer.text());
        }
    }
}
