//! Frames: all that goes one way between a host and a call, in one piece, for hosts to whom each crossing and each text costs.
//!
//! A frame is a line of numbers with spaces between them, then texts, one behind the other. The lengths of the texts in bytes
//! are among the numbers; that of a text that is absent is -1, and that of a body which is the parameters as the host gave them
//! is -2: they do not come back. What comes from a host begins with 32 random bytes; what goes
//! to it is UTF-8. The numbers, with the texts' names in the place of their lengths:
//!
//! | frame | numbers |
//! |---|---|
//! | to begin | now in ms, `listen`, whether the transport may resend, `id`, `options`, `params` |
//! | to go on | now in ms |
//! | what was answered | now in ms, status, number of headers, `name` and `value` of each; the body comes by itself |
//! | what failed | now in ms, whether it is a failure or only an end, whether it may have been sent, whether the caller has gone, `kind`, `detail` |
//! | to send | 0, `events`, whether it writes, timeout in ms, `method`, `url`, `body`, number of headers, `name` and `value` of each |
//! | to wait | 1, `events`, milliseconds |
//! | the reply | 2, `events`, attempts, duration in ms, `requestId`, `message`, `developId`, `data`, number of warnings, `path`, `expected` and `found` of each |
//! | the error | 3, `events`, attempts, duration in ms, `error` |
//!
//! `listen` is 0 for no events, 1 for all, and 2 for those that lead to a wait or to another attempt: a log at a usual level has
//! lines on no others.

use super::{Case, HostCore, HostExchange, error_json};
use crate::Nonce;
use crate::call::exchange::Step;
use crate::call::reply::Reply;
use crate::call::request::Request;
use crate::error::Error;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

impl HostCore {
    /// Begins a call and makes its first step.
    ///
    /// # Errors
    /// As for [`HostCore::call`]; [`Error::Misuse`] if the frame is none.
    pub fn begin(&self, frame: &[u8]) -> Result<(HostExchange, String), Error> {
        let Some(Begin { now_ms, random, listens, resends, id, options, params }) = Begin::read(frame) else {
            return Err(NO_FRAME);
        };
        let mut exchange = self.call(id, params, options)?;
        if listens > 0 {
            exchange.listen();
        }
        exchange.is_brief = listens > 1;
        if resends {
            exchange.may_resend();
        }
        let next = exchange.next(now_ms, random);
        Ok((exchange, next))
    }
}

impl HostExchange {
    /// Goes on after a wait.
    pub fn resume(&mut self, frame: &[u8]) -> String {
        match Given::new(frame).and_then(|mut given| Some((given.random, given.number()?))) {
            Some((random, now_ms)) => self.next(now_ms, random),
            None => self.misused(),
        }
    }

    /// Reports the answer and goes on. A status that HTTP does not have fits no report.
    pub fn receive(&mut self, frame: &[u8], body: Vec<u8>) -> String {
        let Some(Answered { now_ms, random, status, headers }) = Answered::read(frame) else { return self.misused() };
        self.on_response(status, headers, body);
        self.next(now_ms, random)
    }

    /// Reports that there is no answer, or that the caller has gone, and goes on.
    pub fn fail(&mut self, frame: &[u8]) -> String {
        let Some(failed) = Failed::read(frame) else { return self.misused() };
        if failed.is_failure {
            self.on_failure(failed.kind, failed.maybe_sent, failed.detail);
        }
        if failed.is_cancelled {
            self.cancel();
        }
        self.next(failed.now_ms, failed.random)
    }

    fn next(&mut self, now_ms: u64, random: &[u8]) -> String {
        let step = self.step(now_ms, random);
        let is_usual = match &step {
            Step::Send { .. } => self.attempts() < 2,
            Step::Wait(_) => false,
            Step::Done(_) => true,
        };
        let events = if self.is_brief && is_usual { String::new() } else { self.events() };
        match step {
            Step::Send { request, timeout_ms } => self.to_send(&events, &request, timeout_ms),
            Step::Wait(millis) => {
                let mut told = Told::new(WAIT, &events);
                told.number(millis);
                told.end()
            }
            Step::Done(Ok(reply)) => self.of_reply(&events, &reply),
            Step::Done(Err(error)) => self.of_error(&events, error),
        }
    }

    fn to_send(&self, events: &str, request: &Request, timeout_ms: u64) -> String {
        let mut told = Told::new(SEND, events);
        told.number(u64::from(self.is_write()));
        told.number(timeout_ms);
        told.text(request.method.as_str());
        told.text(&request.url);
        match &request.body {
            Some(_) if self.sends_as_given() => told.numbers.push_str("-2 "),
            // The core has written it as text.
            body => told.maybe(body.as_deref().and_then(|body| ::core::str::from_utf8(body).ok())),
        }
        told.number(request.headers.len() as u64);
        for (name, value) in &request.headers {
            told.text(name);
            told.text(value);
        }
        told.end()
    }

    fn of_reply(&self, events: &str, reply: &Reply<String>) -> String {
        let mut told = self.over(DONE, events);
        told.maybe(reply.request_id.as_deref());
        told.maybe(reply.message.as_deref());
        told.maybe(reply.develop_id.as_ref().map(|id| id.as_str()));
        told.text(&reply.data);
        told.number(reply.warnings.len() as u64);
        for warning in &reply.warnings {
            told.text(&warning.path);
            told.text(warning.expected);
            told.text(warning.found);
        }
        told.end()
    }

    fn of_error(&self, events: &str, error: Error) -> String {
        let error = error_json(error, Case::Camel);
        let mut told = self.over(FAILED, events);
        told.text(&error);
        told.end()
    }

    fn over<'t>(&self, next: u64, events: &'t str) -> Told<'t> {
        let mut told = Told::new(next, events);
        told.number(u64::from(self.attempts()));
        told.number(self.duration_ms());
        told
    }

    #[cold]
    fn misused(&self) -> String {
        self.of_error("", NO_FRAME)
    }
}

const SEND: u64 = 0;
const WAIT: u64 = 1;
const DONE: u64 = 2;
const FAILED: u64 = 3;

const NO_FRAME: Error = Error::Misuse { reason: "a frame holds other texts than its numbers say" };

struct Begin<'f> {
    now_ms: u64,
    random: &'f [u8],
    listens: u64,
    resends: bool,
    id: &'f str,
    options: &'f str,
    params: &'f str,
}

impl<'f> Begin<'f> {
    fn read(frame: &'f [u8]) -> Option<Self> {
        let mut given = Given::new(frame)?;
        Some(Self {
            random: given.random,
            now_ms: given.number()?,
            listens: given.number()?,
            resends: given.flag()?,
            id: given.text()?,
            options: given.text()?,
            params: given.text()?,
        })
    }
}

struct Answered<'f> {
    now_ms: u64,
    random: &'f [u8],
    status: u16,
    headers: Vec<(String, String)>,
}

impl<'f> Answered<'f> {
    fn read(frame: &'f [u8]) -> Option<Self> {
        let mut given = Given::new(frame)?;
        let (random, now_ms) = (given.random, given.number()?);
        let status = u16::try_from(given.number()?).ok()?;
        let mut headers = Vec::new();
        for _ in 0..given.number()? {
            headers.push((given.text()?.to_string(), given.text()?.to_string()));
        }
        Some(Self { now_ms, random, status, headers })
    }
}

struct Failed<'f> {
    now_ms: u64,
    random: &'f [u8],
    is_failure: bool,
    maybe_sent: bool,
    is_cancelled: bool,
    kind: &'f str,
    detail: &'f str,
}

impl<'f> Failed<'f> {
    fn read(frame: &'f [u8]) -> Option<Self> {
        let mut given = Given::new(frame)?;
        Some(Self {
            random: given.random,
            now_ms: given.number()?,
            is_failure: given.flag()?,
            maybe_sent: given.flag()?,
            is_cancelled: given.flag()?,
            kind: given.text()?,
            detail: given.text()?,
        })
    }
}

/// A host's frame, as far as it has not been read.
struct Given<'f> {
    random: &'f [u8],
    numbers: &'f str,
    texts: &'f str,
}

impl<'f> Given<'f> {
    fn new(frame: &'f [u8]) -> Option<Self> {
        let (random, rest) = frame.split_at_checked(Nonce::LENGTH)?;
        let (numbers, texts) = ::core::str::from_utf8(rest).ok()?.split_once('\n')?;
        Some(Self { random, numbers, texts })
    }

    fn number(&mut self) -> Option<u64> {
        let (number, rest) = self.numbers.split_once(' ').unwrap_or((self.numbers, ""));
        self.numbers = rest;
        number.parse().ok()
    }

    fn flag(&mut self) -> Option<bool> {
        self.number().map(|number| number != 0)
    }

    fn text(&mut self) -> Option<&'f str> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.texts.split_at_checked(length)?;
        self.texts = rest;
        Some(text)
    }
}

/// A frame for a host.
struct Told<'t> {
    numbers: String,
    texts: Vec<&'t str>,
    length: usize,
}

impl<'t> Told<'t> {
    fn new(next: u64, events: &'t str) -> Self {
        let mut told = Self { numbers: String::with_capacity(128), texts: Vec::with_capacity(32), length: 0 };
        told.number(next);
        told.text(events);
        told
    }

    fn number(&mut self, number: u64) {
        // Lengths of three digits are most: the formatter of std takes longer than all else here.
        if number >= 1000 {
            self.numbers.push_str(&number.to_string());
        } else {
            let digit = |number: u64| char::from(b'0' + (number % 10) as u8);
            if number >= 100 {
                self.numbers.push(digit(number / 100));
            }
            if number >= 10 {
                self.numbers.push(digit(number / 10));
            }
            self.numbers.push(digit(number));
        }
        self.numbers.push(' ');
    }

    fn text(&mut self, text: &'t str) {
        self.number(text.len() as u64);
        self.length += text.len();
        self.texts.push(text);
    }

    fn maybe(&mut self, text: Option<&'t str>) {
        match text {
            Some(text) => self.text(text),
            None => self.numbers.push_str("-1 "),
        }
    }

    fn end(self) -> String {
        let mut frame = String::with_capacity(self.numbers.len() + 1 + self.length);
        frame.push_str(&self.numbers);
        frame.push('\n');
        self.texts.iter().for_each(|text| frame.push_str(text));
        frame
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::vec;

    const RANDOM: [u8; Nonce::LENGTH] = [7; Nonce::LENGTH];
    /// The core puts no blank behind the brace.
    const PARAMS: &str = r#"{ "refundDesc":"张","subOrderId":"1"}"#;
    const BODY: &str = r#"{"refundDesc":"张","subOrderId":"1"}"#;

    fn core() -> HostCore {
        HostCore::new(r#"{"accessKey":"key","accessSecret":"hidden","userId":"user"}"#).unwrap()
    }

    /// A host's frame: texts stand in the place of their lengths.
    fn given(parts: &[Result<u64, &str>]) -> Vec<u8> {
        let numbers: Vec<String> = parts
            .iter()
            .map(|part| part.map_or_else(|text| text.len().to_string(), |number| number.to_string()))
            .collect();
        let texts: String = parts.iter().filter_map(|part| part.err()).collect();
        [RANDOM.as_slice(), numbers.join(" ").as_bytes(), b"\n", texts.as_bytes()].concat()
    }

    /// The numbers of a frame, and its texts by the places of their lengths.
    fn told<const TEXTS: usize>(frame: &str, places: [usize; TEXTS]) -> (Vec<i64>, [Option<&str>; TEXTS]) {
        let (line, mut rest) = frame.split_once('\n').unwrap();
        let numbers: Vec<i64> = line.split_terminator(' ').map(|number| number.parse().unwrap()).collect();
        let texts = places.map(|place| {
            let length = usize::try_from(numbers[place]).ok()?;
            let (text, after) = rest.split_at(length);
            rest = after;
            Some(text)
        });
        assert_eq!(rest, "", "{frame}");
        (numbers, texts)
    }

    fn begin(listens: u64) -> (HostExchange, String) {
        let begin = [Ok(1_722_484_800_000), Ok(listens), Ok(0), Err("taobao.after_sale.submit"), Err(""), Err(PARAMS)];
        core().begin(&given(&begin)).unwrap()
    }

    #[test]
    fn a_call_goes_in_three_frames() {
        let (mut exchange, frame) = begin(0);
        let count = told_count(&frame);
        let places: Vec<usize> = [1, 4, 5, 6].into_iter().chain(8..8 + 2 * count).collect();
        let (numbers, texts) = told::<18>(&frame, places.try_into().unwrap());
        assert_eq!((numbers[0], numbers[2], numbers[3]), (0, 1, 30_000));
        let texts: Vec<&str> = texts.into_iter().flatten().collect();
        assert_eq!(texts[..4], ["", "POST", "https://www.xportcn.com/api/open/order/refund/submit", BODY]);
        assert!(texts[4..].chunks(2).any(|header| header == ["user-id", "user"]), "{texts:?}");

        let busy = exchange
            .receive(&given(&[Ok(1_722_484_800_005), Ok(429), Ok(1), Err("retry-after"), Err("2")]), b"busy".to_vec());
        assert!(busy.starts_with("3 "), "a write is not sent again: {busy}");

        let (mut exchange, _) = begin(0);
        let body = r#"{"code":200,"msg":"好","requestId":"r-7","data":{"refundId":"9"}}"#;
        let frame = exchange.receive(&given(&[Ok(1_722_484_800_005), Ok(200), Ok(0)]), body.as_bytes().to_vec());
        let (numbers, texts) = told(&frame, [1, 4, 5, 6, 7]);
        assert_eq!((numbers[0], numbers[2], numbers[3], numbers[8]), (2, 1, 5, 0));
        assert_eq!(texts, [Some(""), Some("r-7"), Some("好"), None, Some(r#"{"refundId":"9"}"#)]);
    }

    #[test]
    fn a_body_that_is_the_parameters_does_not_come_back() {
        let begin = [Ok(0), Ok(0), Ok(0), Err("taobao.after_sale.submit"), Err(""), Err(BODY)];
        let (_, frame) = core().begin(&given(&begin)).unwrap();
        assert_eq!(frame.split(' ').nth(6), Some("-2"), "{frame}");
        assert!(!frame.contains("refundDesc"));
    }

    fn told_count(frame: &str) -> usize {
        frame.split(' ').nth(7).unwrap().parse().unwrap()
    }

    #[test]
    fn what_failed_and_who_has_gone_is_told_in_one_frame() {
        let failed = |failure: u64, sent: u64, gone: u64| {
            let (mut exchange, _) = begin(1);
            let frame = [Ok(1_722_484_800_005), Ok(failure), Ok(sent), Ok(gone), Err("reset"), Err("by the peer")];
            let frame = exchange.fail(&given(&frame));
            let (numbers, [events, error]) = told(&frame, [1, 4]);
            assert_eq!((numbers[0], numbers[2]), (3, 1));
            assert!(events.unwrap().contains(r#""event":"ended""#), "{frame}");
            error.unwrap().to_string()
        };
        assert!(failed(1, 1, 0).contains(r#""kind":"AmbiguousWrite""#));
        assert!(failed(0, 0, 1).contains(r#""kind":"AmbiguousWrite""#));
        assert!(failed(1, 1, 1).contains(r#""kind":"AmbiguousWrite""#));
    }

    #[test]
    fn waits_and_warnings_have_frames() {
        let render =
            [Ok(0), Ok(0), Ok(0), Err("taobao.order.page"), Err(r#"{"maxBackoff":50}"#), Err(r#"{"pageNum":1}"#)];
        let (mut exchange, _) = core().begin(&given(&render)).unwrap();
        let frame = exchange.fail(&given(&[Ok(5), Ok(1), Ok(0), Ok(0), Err("connect"), Err("")]));
        let (numbers, _) = told(&frame, [1]);
        assert!(numbers[0] == 1 && numbers.len() == 3 && numbers[2] <= 50, "{frame}");
        assert!(exchange.resume(&given(&[Ok(55)])).starts_with("0 "));
        let frame = exchange.receive(&given(&[Ok(60), Ok(200), Ok(0)]), br#"{"code":200,"data":{}}"#.to_vec());
        let (numbers, texts) = told(&frame, [1, 7, 9, 10, 11]);
        assert_eq!((numbers[2], numbers[8]), (2, 1));
        assert_eq!(texts[2..], [Some("request.pageNum"), Some("pageNo"), Some("a field that is not listed")]);
    }

    #[test]
    fn events_come_with_all_steps_or_with_those_that_something_led_to() {
        let told = |listens: u64| {
            let begin =
                [Ok(0), Ok(listens), Ok(0), Err("taobao.order.page"), Err(r#"{"initialBackoff":50}"#), Err("{}")];
            let (mut exchange, first) = core().begin(&given(&begin)).unwrap();
            let lost = exchange.fail(&given(&[Ok(5), Ok(1), Ok(0), Ok(0), Err("connect"), Err("")]));
            let again = exchange.resume(&given(&[Ok(55)]));
            let end = exchange.receive(&given(&[Ok(60), Ok(200), Ok(0)]), br#"{"code":200,"data":{}}"#.to_vec());
            [first, lost, again, end].map(|frame| {
                let length: usize = frame.split(' ').nth(1).unwrap().parse().unwrap();
                frame.split_once('\n').unwrap().1[..length].matches("\"event\"").count()
            })
        };
        assert_eq!(told(0), [0, 0, 0, 0]);
        assert_eq!(told(1), [2, 2, 1, 2]);
        assert_eq!(told(2), [0, 4, 1, 0]);
    }

    #[test]
    fn what_is_no_frame_is_a_misuse() {
        let wrong: [&[u8]; 5] =
            [b"", &RANDOM, b"\xff", &[RANDOM.as_slice(), b"1 x\n"].concat(), &given(&[Ok(1), Ok(70_000)])];
        for frame in wrong {
            assert!(matches!(core().begin(frame), Err(Error::Misuse { .. })));
            let (mut exchange, _) = begin(0);
            assert!(exchange.receive(frame, vec![]).contains("Misuse"), "{frame:?}");
            assert!(exchange.fail(frame).contains("Misuse"));
        }
        let longer = format!("{}5 0 0 1 0 900\nxy", "r".repeat(32));
        assert!(matches!(core().begin(longer.as_bytes()), Err(Error::Misuse { .. })));
    }
}
