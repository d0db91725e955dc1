//! Whole calls: the input says what the platform and the network do to each attempt, and how the host's clock moves.
//!
//! The platform here knows what it carried out, which the exchange can only judge by what the host reports.

use std::collections::HashSet;
use std::time::Duration;
use xportcn_core::exchange::FailureKind;
use xportcn_core::sign::{self, Method};
use xportcn_core::{
    Config, Core, Error, Exchange, Limit, Nonce, Request, Response, RetryPolicy, Secret, Step, TransportKind, catalogue,
};

const ACCESS_KEY: &str = "sandbox-key";
const ACCESS_SECRET: &str = "a-secret-that-is-never-shown";
const CALLS: [(&str, &str, bool); 3] = [
    ("taobao.after_sale.render", r#"{"subOrderId":"1","goodsStatus":1,"refundType":1}"#, false),
    ("taobao.order.pay", r#"{"orderId":"1"}"#, true),
    ("taobao.after_sale.cancel", r#"{"refundId":"1"}"#, true),
];

/// A write is carried out at most once, its outcome is told as it is, and every promise of the exchange is kept.
pub fn check(input: &[u8]) {
    Play::new(input).run();
}

/// One call, and what is known of it beside the exchange.
struct Play<'i> {
    input: Input<'i>,
    exchange: Exchange<String>,
    policy: RetryPolicy,
    writes: bool,
    now_ms: u64,
    waited_ms: u64,
    attempts: u32,
    carried_out: u32,
    corrections: u32,
    /// A report left the exchange in doubt.
    doubtful: bool,
    /// The host did what the contract forbids.
    misused: bool,
    nonces: HashSet<String>,
}

impl<'i> Play<'i> {
    fn new(input: &'i [u8]) -> Self {
        let mut input = Input(input);
        let (id, params, writes) = CALLS[usize::from(input.byte()) % CALLS.len()];
        let policy = RetryPolicy {
            max_retries: u32::from(input.byte() % 6),
            initial_backoff: Duration::from_millis(input.millis()),
            max_backoff: Duration::from_millis(input.millis()),
            timeout: Duration::from_millis(input.millis()),
            deadline: Duration::from_millis(input.millis()),
            retry_writes: input.byte() % 8 == 0,
            ..RetryPolicy::default()
        };
        let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, "sandbox-user");
        let limit = input.byte();
        config.limit = (limit % 4 == 0).then(|| Limit::per_second(u32::from(limit / 4 + 1)));
        let core = Core::new(config).expect("settings");
        let endpoint = catalogue::find(id).expect("an endpoint");
        let exchange = Exchange::begin_json(&core, endpoint, params.as_bytes(), policy).expect("parameters");
        Self {
            input,
            exchange,
            policy,
            writes,
            now_ms: 1_722_484_800_000,
            waited_ms: 0,
            attempts: 0,
            carried_out: 0,
            corrections: 0,
            doubtful: false,
            misused: false,
            nonces: HashSet::new(),
        }
    }

    fn run(mut self) {
        let most = 3 * (self.policy.max_retries + 2) + 1;
        for _ in 0..most {
            if self.input.byte() == 255 {
                self.exchange.cancel();
            }
            let random = self.input.random();
            match self.exchange.step(self.now_ms, random) {
                Step::Send { request, timeout_ms } => self.send(&request, timeout_ms),
                Step::Wait(waited) => {
                    assert!(waited > 0);
                    self.waited_ms = self.waited_ms.saturating_add(waited);
                    assert!(self.waited_ms < millis(self.policy.deadline), "waits beyond the deadline");
                    self.pass(waited);
                }
                Step::Done(result) => return self.end(result.map(drop)),
            }
        }
        panic!("no end after {most} steps");
    }

    fn send(&mut self, request: &Request, timeout_ms: u64) {
        self.attempts += 1;
        assert_eq!(self.exchange.attempts(), self.attempts);
        assert!(self.attempts <= self.policy.max_retries + 1 + self.corrections, "more attempts than are allowed");
        assert!(timeout_ms <= millis(self.policy.timeout) && timeout_ms <= millis(self.policy.deadline));
        if self.writes && !self.policy.retry_writes {
            assert!(!self.doubtful && self.carried_out == 0, "a write is sent again that may have arrived");
        }
        self.check_signature(request);
        let millis = self.input.byte().into();
        self.pass(millis);
        if self.input.byte() == 255 {
            self.exchange.cancel();
            self.doubtful = true;
        }
        self.report();
        if self.input.byte() == 255 {
            self.misused = true;
            let second = self.exchange.on_failure(FailureKind::Lost(TransportKind::Connect), false, ACCESS_SECRET);
            assert!(matches!(second, Err(Error::Misuse { .. })), "an attempt is reported twice");
        }
    }

    fn check_signature(&mut self, request: &Request) {
        let header = |name| request.header(name).expect("a header");
        let nonce = Nonce::from_text(header("nonce-str")).expect("32 letters and digits");
        self.nonces.insert(nonce.as_str().to_string());
        let secret = Secret::new(ACCESS_SECRET);
        let expected = sign::signature(Method::Md5, ACCESS_KEY, &secret, header("timestamp"), &nonce);
        assert_eq!(header("signature"), expected);
    }

    /// Tells what became of the attempt: what is reported, and what is true.
    fn report(&mut self) {
        let coin = self.input.byte() % 2 == 0;
        let lost = |kind| FailureKind::Lost(kind);
        match self.input.byte() % 15 {
            0 => self.fail(lost(TransportKind::Connect), false, false),
            1 => self.fail(lost(TransportKind::Dns), false, false),
            2 => self.fail(lost(TransportKind::Tls), false, false),
            3 => self.fail(lost(TransportKind::Reset), true, coin),
            4 => self.fail(lost(TransportKind::Other), true, coin),
            5 => self.fail(FailureKind::Timeout, true, coin),
            6 => self.fail(FailureKind::Broken, true, coin),
            7 => self.answer(200, r#"{"code":200,"data":{}}"#, true),
            // The platform failed, or what stands before it: it may have carried it out.
            8 => self.answer(200, r#"{"code":503,"msg":"busy"}"#, coin),
            9 => self.answer(200, r#"{"code":40106,"msg":"the clock is off"}"#, false),
            10 => {
                let status = 500 + u16::from(self.input.byte() % 100);
                self.answer(status, "<html></html>", coin);
            }
            11 => {
                let status = [400, 401, 403, 404, 429, 302][usize::from(self.input.byte() % 6)];
                // Filters of answers send the one, and somebody else the other.
                self.answer(status, "<html></html>", coin && matches!(status, 403 | 302));
            }
            12 => {
                let body = self.input.text();
                self.answer(200, &body, true);
            }
            // A copy of the attempt came first.
            13 => self.answer(200, r#"{"code":40109,"msg":"the nonce has been used"}"#, coin),
            _ => self.answer(408, "", coin),
        }
    }

    fn fail(&mut self, kind: FailureKind, maybe_sent: bool, carried_out: bool) {
        self.carried_out += u32::from(carried_out);
        self.doubtful |= maybe_sent;
        // A call that was cancelled is over, and says so.
        drop(self.exchange.on_failure(kind, maybe_sent, ACCESS_SECRET));
    }

    fn answer(&mut self, status: u16, body: &str, carried_out: bool) {
        // A body of the input's own may be a refusal, so a success is what the exchange may take it for.
        let own = !matches!(body, "" | "<html></html>") && !body.starts_with(r#"{"code""#);
        self.carried_out += u32::from(carried_out && !own);
        let failed = matches!(status, 302 | 403 | 408 | 500..=599) || body.starts_with(r#"{"code":503"#);
        self.doubtful |= own || failed || carried_out || body.contains("nonce");
        let mut headers = Vec::new();
        if self.input.byte() % 2 == 0 {
            headers.push(("Retry-After".to_string(), self.input.text()));
        }
        let dates = ["Thu, 01 Aug 2024 04:00:09 GMT", "Thu, 01 Aug 2024 09:00:00 GMT", "Fri, 02 Aug 2024 00:00:00 GMT"];
        if let Some(date) = dates.get(usize::from(self.input.byte() % 6)) {
            headers.push(("date".to_string(), (*date).to_string()));
            // The clock is corrected at most once, where the refusal may be for it.
            self.corrections = 1;
        }
        drop(self.exchange.on_response(Response { status, headers, body: body.as_bytes().to_vec() }));
    }

    fn end(mut self, result: Result<(), Error>) {
        if let Err(error) = &result {
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains(ACCESS_SECRET), "the secret is shown");
        }
        assert!(self.misused || !matches!(result, Err(Error::Misuse { .. })), "misuse without a cause");
        let once = self.writes && !self.policy.retry_writes;
        if once {
            assert!(self.carried_out <= 1, "a write was carried out {} times", self.carried_out);
            match result {
                Ok(()) | Err(Error::AmbiguousWrite { .. }) => assert!(self.doubtful),
                Err(error) => {
                    assert!(self.carried_out == 0 && !self.is_in_doubt(&error), "carried out, and told: {error}")
                }
            }
        }
        let random = self.input.random();
        let after = self.exchange.step(self.now_ms, random);
        assert!(matches!(after, Step::Done(Err(Error::Misuse { .. }))), "a call goes on after its end");
    }

    /// Whether the caller should have been told that the write may have been carried out. A refusal in the envelope
    /// settles the last attempt, and before it there was none that left doubt.
    fn is_in_doubt(&self, error: &Error) -> bool {
        self.doubtful && !matches!(error, Error::Api { .. })
    }

    fn pass(&mut self, millis: u64) {
        self.now_ms = match self.input.byte() % 8 {
            0 => self.now_ms,
            1 => self.now_ms.saturating_sub(self.input.millis()),
            2 => self.now_ms.saturating_add(self.input.millis()),
            _ => self.now_ms.saturating_add(millis),
        };
    }
}

/// Takes values from the bytes of the input, and zeros after its end.
struct Input<'i>(&'i [u8]);

impl Input<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// Nothing, a little, a lot, or the most there is.
    fn millis(&mut self) -> u64 {
        let byte = u64::from(self.byte());
        match byte % 4 {
            0 => byte / 4,
            1 => byte * 250,
            2 => byte * 10_000,
            _ if byte > 250 => u64::MAX,
            _ => 60_000,
        }
    }

    fn random(&mut self) -> [u8; Nonce::LENGTH] {
        std::array::from_fn(|_| self.byte())
    }

    fn text(&mut self) -> String {
        let length = usize::from(self.byte()).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).expect("no more than was made")
}
