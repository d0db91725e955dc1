//! What every answer to a call that writes tells of it: each status of HTTP beside each kind of body.

use xportcn_core::{Config, Core, Error, Exchange, Nonce, Response, RetryPolicy, Step, catalogue};

/// What the caller is told.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Told {
    Success,
    /// The platform certainly did not carry it out.
    Refused,
    /// It may have.
    Ambiguous,
}

use Told::{Ambiguous, Refused, Success};

/// Bodies by what they show.
const REFUSALS: [&str; 12] = [
    r#"{"code":1001,"msg":"no such order"}"#,
    r#"{"code":"1001","msg":"no such order"}"#,
    r#"{"code":-1,"msg":"库存不足","data":null}"#,
    r#"{"code":400}"#,
    r#"{"code":401,"msg":"who are you"}"#,
    r#"{"code":404,"msg":"No static resource"}"#,
    r#"{"code":429,"msg":"slow down"}"#,
    r#"{"code":5001,"msg":"the voucher has been used"}"#,
    r#"{"code":50001,"msg":"refused"}"#,
    r#"{"code":"ORDER_CLOSED","msg":"closed"}"#,
    r#"{"code":"5O0","msg":"the letter"}"#,
    r#"{"code":"500.5","msg":"no status"}"#,
];
const FAILURES_WITHIN: [&str; 10] = [
    r#"{"code":500,"msg":"system error"}"#,
    r#"{"code":"500","msg":"system error"}"#,
    r#"{"code":"500.0","msg":"system error"}"#,
    r#"{"code":502,"msg":"bad gateway"}"#,
    r#"{"code":"503","msg":"busy"}"#,
    r#"{"code":504,"msg":"timeout"}"#,
    r#"{"code":501}"#,
    r#"{"code":520,"msg":"unknown"}"#,
    r#"{"code":599,"msg":"","data":{}}"#,
    r#"{"code":408,"msg":"request timeout"}"#,
];
const SUCCESSES: [&str; 3] =
    [r#"{"code":200,"data":{}}"#, r#"{"code":"0","data":null}"#, r#"{"code":0,"msg":"success"}"#];
const NO_ENVELOPES: [&str; 9] = [
    "",
    "OK",
    "null",
    "[]",
    "<html><body>hello</body></html>",
    r#"{"code":200,"da"#,
    r#"{"data":{}}"#,
    r#"{"timestamp":"2024-08-01","status":404,"error":"Not Found","path":"/x"}"#,
    "\u{1f}\u{8b}",
];

/// Statuses of requests that were turned away before anything acted on them.
const TURNED_AWAY: [u16; 15] = [400, 401, 404, 405, 407, 411, 413, 414, 415, 417, 421, 426, 428, 429, 431];

/// What follows, by status, from a refusal, a failure within the platform, a success, and no envelope.
fn expected(status: u16) -> [Told; 4] {
    match status {
        200..=299 => [Refused, Ambiguous, Success, Ambiguous],
        408 => [Ambiguous; 4],
        400..=499 if TURNED_AWAY.contains(&status) => [Refused, Ambiguous, Ambiguous, Refused],
        400..=499 => [Refused, Ambiguous, Ambiguous, Ambiguous],
        _ => [Ambiguous; 4],
    }
}

#[test]
fn every_answer_to_a_write_is_a_success_or_certainly_refused_or_ambiguous() {
    let mut wrong = Vec::new();
    for status in (100..=599).chain([0, 99, 600, 999, u16::MAX]) {
        let kinds: [&[&str]; 4] = [&REFUSALS, &FAILURES_WITHIN, &SUCCESSES, &NO_ENVELOPES];
        for (bodies, expected) in kinds.into_iter().zip(expected(status)) {
            for body in bodies {
                let found = told("taobao.order.pay", r#"{"orderId":"1"}"#, status, body, false);
                if found != expected {
                    wrong.push(format!("HTTP {status} {body}: {found:?}, expected {expected:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} answers:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_write_by_get_is_judged_as_one_by_post() {
    for status in [200, 302, 404, 409, 500, 503] {
        for body in REFUSALS.iter().chain(&FAILURES_WITHIN).chain(&NO_ENVELOPES) {
            let by_get = told("taobao.after_sale.cancel", r#"{"refundId":"1"}"#, status, body, false);
            assert_eq!(by_get, told("taobao.order.pay", r#"{"orderId":"1"}"#, status, body, false), "{status} {body}");
        }
    }
}

#[test]
fn what_answers_a_copy_says_nothing_of_the_first_request_unless_the_platform_says_it() {
    for (status, body, alone, copied) in [
        (429, "slow down", Refused, Ambiguous),
        (404, "<html>", Refused, Ambiguous),
        (302, "", Ambiguous, Ambiguous),
        (200, r#"{"code":429,"msg":"slow down"}"#, Refused, Ambiguous),
        (200, r#"{"code":40010,"msg":"no such order"}"#, Refused, Refused),
        (503, "", Ambiguous, Ambiguous),
    ] {
        let pay = |may_resend| told("taobao.order.pay", r#"{"orderId":"1"}"#, status, body, may_resend);
        assert_eq!((pay(false), pay(true)), (alone, copied), "{status} {body}");
    }
}

fn told(id: &str, params: &str, status: u16, body: &str, may_resend: bool) -> Told {
    let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
    let endpoint = catalogue::find(id).unwrap();
    let mut call = Exchange::begin_json(&core, endpoint, params.as_bytes(), RetryPolicy::default()).unwrap();
    if may_resend {
        call.may_resend();
    }
    let now = 1_722_484_800_000;
    assert!(matches!(call.step(now, [1; Nonce::LENGTH]), Step::Send { .. }));
    call.on_response(Response { status, headers: Vec::new(), body: body.into() }).unwrap();
    match call.step(now, [2; Nonce::LENGTH]) {
        Step::Done(Ok(_)) => Success,
        Step::Done(Err(Error::AmbiguousWrite { cause, recovery, .. })) => {
            assert!(!matches!(*cause, Error::AmbiguousWrite { .. }), "{cause}");
            assert!(recovery.contains(" 1"), "{recovery}");
            Ambiguous
        }
        Step::Done(Err(Error::Api { .. } | Error::Http { .. })) => Refused,
        other => panic!("HTTP {status} {body}: {other:?}"),
    }
}
