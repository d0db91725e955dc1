"""Calls that only read: what is tried again, after which wait, until when."""

from rules.recipes import encoded

from .exchange_events import (
    DATA,
    SUCCESS,
    Cancel,
    Trace,
    after,
    answer,
    at,
    busy,
    date,
    lost,
    ok,
    reads,
    refused,
)


def retried(name, report, outline="send wait:250 send ok"):
    """A first attempt that fails, a wait of a quarter of a second, a second attempt that is answered."""
    return Trace(name, reads(), outline, at(0), report, at(40, 250), at(290), ok(), at(300))


def final(name, report, error):
    return Trace(name, reads(), f"send {error}", at(0), report, at(40))


def in_charset(name, header, charset):
    body = encoded('{"code":200,"data":{"currency":"测试商品"},"requestId":"r-1"}'.encode(charset))
    return Trace(name, reads(), "send ok", at(0), answer(200, body, ("Content-Type", header)), at(120))


ATTEMPTS = [
    Trace("a read that is answered at once", reads(), "send ok", at(0), ok(), at(120)),
    in_charset("a reply in GBK, as its header says", "application/json;charset=GBK", "gbk"),
    in_charset("a reply in GB18030, as its header says in quotes", 'text/plain; Charset="gb18030"', "gb18030"),
    in_charset("a reply in GB2312, as its header says in lower case", "application/json; charset=gb2312", "gb2312"),
    in_charset("a reply in UTF-8, as its header says", "application/json;charset=UTF-8", "utf-8"),
    Trace("a refusal in GBK, as its header says", reads(), "send api:40001", at(0), answer(200, encoded('{"code":40001,"msg":"余额不足"}'.encode("gbk")), ("content-type", "application/json;charset=gbk")), at(40)),
    Trace(
        "a header that names the call is told with an answer that is no reply", reads(max_retries=0), "send http:503",
        at(0), busy(("X-Request-Id", "gw-1"), ("date", "Thu, 01 Aug 2024 04:00:00 GMT")), at(40),
    ),
    Trace(
        "the platform's own name for the call goes before that of a header", reads(), "send ok",
        at(0), ok(("eagleeye-traceid", "gw-2")), at(40),
    ),
    Trace(
        "a header names the call where the platform's reply does not", reads(), "send ok",
        at(0), answer(200, '{"code":200,"data":{}}', ("X-Trace-Id", "gw-3"), ("request-id", "gw-4")), at(40),
    ),
    Trace(
        "values that do not fit are told one by one", reads(), "send ok",
        at(0), answer(200, '{"code":200,"data":{"currency":[],"distributorId":true},"requestId":"r-1"}'), at(40),
    ),
    Trace("a read whose first step is at the start of 1970", reads(), "send ok", at(-1722484800000), ok(), at(0)),
    retried("a read is tried again after a timeout", lost("timeout", True)),
    retried("a read is tried again after a timeout in which nothing was sent", lost("timeout", False)),
    retried("a read is tried again when no connection came about", lost("connect", False)),
    retried("a read is tried again when the host's name was not found", lost("dns", False)),
    retried("a read is tried again after a connection that broke", lost("reset", True)),
    retried("a read is tried again after another failure", lost("other", True)),
    retried("a read is tried again after a body that could not be received", lost("broken", True)),
    final("a read is not tried again for a body that is too large", lost("too-large", True), "decode"),
    final("a read is not tried again over a certificate", lost("tls", False), "transport:tls"),
    retried("a read is tried again after HTTP 429", busy(status=429)),
    retried("a read is tried again after HTTP 502", busy(status=502)),
    retried("a read is tried again after HTTP 503", busy(status=503)),
    retried("a read is tried again after HTTP 504", busy(status=504)),
    retried("a read is tried again after HTTP 503 with an envelope of success", answer(503, SUCCESS)),
    retried("a read is tried again after code 429", refused(429)),
    retried("a read is tried again after code 502 as text", refused('"502"')),
    retried("a read is tried again after code 503", refused(503)),
    retried("a read is tried again after code 504", refused(504)),
    retried("a read is tried again after a refusal over its nonce", refused(40109, words="the Nonce has been used")),
    retried("a read is tried again after code 503 with HTTP 500", refused(503, status=500)),
    retried("a read is tried again after an empty body", answer(200, "")),
    retried("a read is tried again after HTML with HTTP 200", busy(status=200)),
    retried("a read is tried again after a body that is cut off", answer(200, SUCCESS[:40])),
    retried("a read is tried again after a body without a code", answer(200, '{"data":%s}' % DATA)),
    retried("a read is tried again after bytes without meaning", answer(200, encoded(bytes(range(128, 160))))),
    final("a read is not tried again after HTTP 400", busy(status=400), "http:400"),
    final("a read is not tried again after HTTP 401 without a date", busy(status=401), "http:401"),
    final("a read is not tried again after HTTP 404", busy(status=404), "http:404"),
    final("a read is not tried again after HTTP 408", busy(status=408), "http:408"),
    final("a read is not tried again after HTTP 500", busy(status=500), "http:500"),
    final("a read is not tried again after HTTP 302", busy(status=302), "http:302"),
    final("a read is not tried again after HTTP 404 with an envelope of success", answer(404, SUCCESS), "http:404"),
    final("a read is not tried again after code 500", refused(500), "api:500"),
    final("a read is not tried again after a code of words", refused('"ISV_NO_PERMISSION"'), "api:ISV_NO_PERMISSION"),
    final("a refusal in the envelope counts whatever the HTTP status", refused(40106, status=503), "api:40106"),
    Trace(
        "the last error is told when no retry is left", reads(),
        "send wait:1 send wait:2 send api:503",
        at(0), lost("reset", True), at(1, 1), at(2), busy(), at(3, 2), at(5), refused(503), at(6),
    ),
    Trace("no retry is made where none is allowed", reads(max_retries=0), "send http:503", at(0), busy(), at(9)),
    Trace(
        "five retries, and the sixth attempt is answered", reads(max_retries=5),
        "send wait:1 send wait:1 send wait:1 send wait:1 send wait:1 send ok",
        *[event for n in range(5) for event in (at(10 * n), busy(), at(10 * n + 1, 1))], at(50), ok(), at(51),
    ),
]

WAITS = [
    Trace(
        "the bound of the wait doubles with each retry", reads(max_retries=4),
        "send wait:500 send wait:1000 send wait:2000 send wait:4000 send ok",
        at(0), busy(), at(0, 500), at(500), busy(), at(500, 1000), at(1500), busy(), at(1500, 2000), at(3500), busy(),
        at(3500, 4000), at(7500), ok(), at(7500),
    ),
    Trace(
        "one more than the bound is no wait at all", reads(),
        "send send wait:1000 send ok",
        at(0), busy(), at(0, 501), busy(), at(0, 1000), at(1000), ok(), at(1000),
    ),
    Trace(
        "random bytes beyond the bound are its remainder", reads(),
        "send wait:48 send wait:10 send ok",
        at(0), lost("timeout", True), at(30000, 2**64 - 1), at(30048), busy(), at(30300, 10**19), at(30310), ok(),
        at(30900),
    ),
    Trace(
        "the bound does not grow beyond its cap", reads(max_retries=6, initial_backoff=1000, max_backoff=3000),
        "send wait:1000 send wait:2000 send wait:3000 send wait:3000 send ok",
        at(0), busy(), at(0, 1000), at(1000), busy(), at(1000, 2000), at(3000), busy(), at(3000, 3000), at(6000), busy(),
        at(6000, 3000), at(9000), ok(), at(9000),
    ),
    Trace(
        "a cap smaller than the base bounds the first wait", reads(initial_backoff=500, max_backoff=100),
        "send wait:100 send wait:99 send ok",
        at(0), busy(), at(0, 100), at(100), busy(), at(100, 200), at(199), ok(), at(200),
    ),
    Trace(
        "a cap of zero lets attempts follow each other at once", reads(max_backoff=0),
        "send send send http:503", at(0), busy(), at(1), busy(), at(2), busy(), at(3),
    ),
    Trace(
        "a base of zero lets attempts follow each other at once", reads(initial_backoff=0),
        "send send send http:504", at(0), busy(), at(1), busy(), at(2), busy(status=504), at(3),
    ),
    Trace(
        "a bound that has doubled a hundred times is the cap", reads(max_retries=101, max_backoff=7, deadline=10**6),
        " ".join(["send wait:7"] * 101 + ["send http:503"]),
        *[event for n in range(101) for event in (at(10 * n), busy(), at(10 * n, 7))], at(1010), busy(), at(1010),
    ),
]

AFTER = [
    Trace(
        "Retry-After in seconds, which is longer than the random wait", reads(), "send wait:3000 send ok",
        at(0), busy(after("3")), at(10, 250), at(3010), ok(), at(3020),
    ),
    Trace(
        "a random wait that is longer than Retry-After", reads(initial_backoff=8000), "send wait:7999 send ok",
        at(0), busy(after("3")), at(10, 7999), at(8010), ok(), at(8020),
    ),
    Trace(
        "Retry-After beyond the cap of the random wait", reads(max_backoff=100), "send wait:20000 send ok",
        at(0), busy(after("20")), at(10, 50), at(20010), ok(), at(20020),
    ),
    Trace(
        "Retry-After with HTTP 429, its name in lower case and white space around it", reads(),
        "send wait:2000 send ok", at(0), busy(after(" 2\t", "retry-after"), status=429), at(10, 3), at(2010), ok(), at(2011),
    ),
    Trace(
        "Retry-After with code 503", reads(), "send wait:5000 send ok",
        at(0), refused(503, after("5", "RETRY-AFTER")), at(10, 3), at(5010), ok(), at(5011),
    ),
    Trace(
        "the first of two Retry-After", reads(), "send wait:1000 send ok",
        at(0), busy(after("1"), after("9")), at(10, 3), at(1010), ok(), at(1011),
    ),
    Trace(
        "Retry-After of zero leaves the random wait", reads(), "send wait:499 send ok",
        at(0), busy(after("0")), at(10, 499), at(509), ok(), at(510),
    ),
    Trace(
        "Retry-After beyond the deadline ends the call with what was answered", reads(), "send http:503",
        at(0), busy(after("60")), at(10),
    ),
    Trace(
        "Retry-After that reaches the deadline exactly", reads(), "send http:429",
        at(0), busy(after("59"), status=429), at(1000),
    ),
    Trace(
        "Retry-After that leaves one millisecond before the deadline", reads(), "send wait:59000 send ok",
        at(0), busy(after("59")), at(999), at(59999), ok(), at(60000),
    ),
    Trace(
        "Retry-After of more seconds than 64 bits hold", reads(), "send http:503",
        at(0), busy(after("99999999999999999999999")), at(10),
    ),
    *[
        Trace(
            f"Retry-After that is {name} is none", reads(), "send wait:250 send ok",
            at(0), busy(after(text)), at(10, 250), at(260), ok(), at(261),
        )
        for name, text in [
            ("empty", ""),
            ("negative", "-5"),
            ("a fraction", "2.5"),
            ("signed", "+3"),
            ("words", "later"),
            ("two numbers", "3, 4"),
            ("a date of no calendar", "Thu, 31 Jun 2024 04:00:09 GMT"),
            ("a date in another zone", "Thu, 01 Aug 2024 04:00:09 CST"),
            ("a date with a second too many", "Thu, 01 Aug 2024 04:00:61 GMT"),
            ("a date before 1970", "Wed, 31 Dec 1969 23:59:59 GMT"),
        ]
    ],
    Trace(
        "Retry-After as a date, without a date of the answer", reads(), "send wait:3500 send ok",
        at(0), busy(date(4000, "Retry-After")), at(500, 250), at(4000), ok(), at(4001),
    ),
    Trace(
        "Retry-After as a date beside the date of the answer", reads(), "send wait:4000 send ok",
        at(0), busy(date(4000, "Retry-After"), date(0)), at(500, 250), at(4500), ok(), at(4501),
    ),
    Trace(
        "Retry-After as a date that has passed", reads(), "send wait:250 send ok",
        at(0), busy(date(-60000, "Retry-After")), at(500, 250), at(750), ok(), at(751),
    ),
    Trace(
        "Retry-After as the date of the answer", reads(), "send wait:250 send ok",
        at(0), busy(date(5000, "Retry-After"), date(5000)), at(500, 250), at(750), ok(), at(751),
    ),
    Trace(
        "Retry-After as a date beyond the deadline", reads(), "send http:503",
        at(0), busy(date(3600_000, "Retry-After"), date(0)), at(500),
    ),
    Trace(
        "Retry-After as a date with a leap second", reads(), "send wait:59000 send ok",
        at(0), busy(after("Thu, 01 Aug 2024 04:00:60 GMT"), date(0)), at(0), at(59000), ok(), at(59001),
    ),
]

DEADLINES = [
    Trace("a deadline of zero sends nothing", reads(deadline=0), "timeout", at(0)),
    Trace("a deadline of one millisecond allows one attempt", reads(deadline=1), "send http:503", at(0), busy(), at(0)),
    Trace(
        "an attempt gets no more time than is left", reads(timeout=5000, deadline=7000),
        "send wait:500 send timeout", at(0), lost("timeout", True), at(5000, 500), at(5500), lost("timeout", True), at(7000),
    ),
    Trace(
        "a wait that reaches the deadline exactly is not begun", reads(deadline=1000),
        "send http:503", at(0), busy(), at(600, 400),
    ),
    Trace(
        "a wait that leaves one millisecond is", reads(deadline=1000),
        "send wait:399 send ok", at(0), busy(), at(600, 399), at(999), ok(), at(1000),
    ),
    Trace(
        "a wait that took until the deadline ends the call with what was answered", reads(deadline=1000),
        "send wait:100 http:503", at(0), busy(), at(600, 100), at(1000),
    ),
    Trace(
        "an answer that comes after the deadline counts", reads(deadline=1000), "send ok",
        at(0), ok(), at(90000),
    ),
    Trace(
        "a failure after the deadline is not tried again", reads(deadline=1000), "send transport:reset",
        at(0), lost("reset", True), at(1000, 0),
    ),
    Trace(
        "the deadline counts from the first attempt, not from the wait for its place", reads(deadline=1000),
        "send ok wait:500 send wait:400 send http:502",
        at(0), ok(), at(0), reads(deadline=1100), at(500), at(1000), busy(status=502), at(1600, 0), at(2000),
        busy(status=502), at(2100, 0),
        limit={"per_second": 1, "burst": 1},
    ),
]

HOSTS = [
    Trace("a call that is cancelled before its first step", reads(), "cancelled misuse", Cancel(), at(0), at(1)),
    Trace("a read that is cancelled on its way", reads(), "send cancelled", at(0), Cancel(), at(1)),
    Trace(
        "a read that is cancelled while it waits", reads(), "send wait:250 cancelled",
        at(0), busy(), at(1, 250), Cancel(), at(2),
    ),
    Trace(
        "a read that is cancelled before its failure is acted upon", reads(), "send cancelled",
        at(0), busy(), Cancel(), at(2),
    ),
    Trace("an answer that comes after the cancellation is too late", reads(), "send cancelled", at(0), Cancel(), ok(), at(2)),
    Trace("a cancellation that comes after the answer is too late", reads(), "send ok", at(0), ok(), Cancel(), at(2)),
    Trace("nothing follows the end but misuse", reads(), "send ok misuse misuse", at(0), ok(), at(1), Cancel(), at(2), ok(), at(3)),
    Trace("a step in place of a report ends the call", reads(), "send misuse misuse", at(0), at(1), ok(), at(2)),
    Trace("a report before the first step ends the call", reads(), "misuse misuse", ok(), at(0), at(1)),
    Trace("a second report of an attempt ends the call", reads(), "send misuse misuse", at(0), busy(), ok(), at(1), at(2)),
    Trace("a second report does not change a result", reads(), "send ok misuse", at(0), ok(), busy(), at(1), at(2)),
    Trace(
        "a report during a wait ends the call", reads(), "send wait:250 misuse misuse",
        at(0), busy(), at(1, 250), lost("tls", False), at(251), at(252),
    ),
]

TRACES = ATTEMPTS + WAITS + AFTER + DEADLINES + HOSTS
