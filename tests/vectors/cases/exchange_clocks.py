"""Clocks that are off, stand still or are set back; limits of calls; and calls that follow each other on one core."""

from .exchange_events import (
    HOUR,
    NOW,
    Trace,
    after,
    answer,
    at,
    busy,
    cancels,
    creates,
    date,
    lost,
    ok,
    reads,
    refused,
)

OFF = 40106

CORRECTED = [
    Trace(
        "a clock that is an hour behind is corrected, without a wait", reads(), "send send ok",
        at(0), refused(OFF, date(HOUR)), at(100), ok(), at(200), unit="ms",
    ),
    Trace(
        "a clock that is an hour ahead is corrected, without a wait", reads(), "send send ok",
        at(0), refused(OFF, date(-HOUR)), at(100), ok(), at(200), unit="ms",
    ),
    Trace(
        "a clock that stands at 1970 is not corrected", reads(), "send api:40106",
        at(-NOW), refused(OFF, date(0)), at(150 - NOW),
    ),
    Trace(
        "a clock that is a day behind is corrected", reads(), "send send ok",
        at(0), refused(OFF, date(24 * HOUR)), at(100), ok(), at(200), unit="ms",
    ),
    Trace(
        "a clock that is more than a day behind is not corrected", reads(), "send api:40106",
        at(0), refused(OFF, date(24 * HOUR + 1000)), at(100),
    ),
    Trace(
        "a clock that is more than a day ahead is not corrected", reads(), "send api:40106",
        at(1), refused(OFF, date(-24 * HOUR)), at(100),
    ),
    Trace(
        "corrections do not add up to more than a day", reads(), "send send ok send api:40106",
        at(0), refused(OFF, date(20 * HOUR)), at(100), ok(), at(200),
        reads(), at(300), refused(OFF, date(40 * HOUR)), at(400),
    ),
    Trace(
        "the correction is no retry", reads(max_retries=0), "send send http:503",
        at(0), refused(OFF, date(HOUR)), at(100), busy(date(HOUR)), at(200),
    ),
    Trace(
        "the correction is kept for the calls that follow", reads(), "send send ok send ok",
        at(0), refused(OFF, date(HOUR)), at(100), ok(), at(200), creates(), at(5000), ok(), at(5100), unit="ms",
    ),
    Trace(
        "a correction that helps no more is corrected by the next call", reads(), "send send ok send send ok",
        at(0), refused(OFF, date(HOUR)), at(100), ok(), at(200),
        reads(), at(HOUR), refused(OFF, date(HOUR)), at(HOUR + 100), ok(), at(HOUR + 200), unit="ms",
    ),
    Trace(
        "a clock is corrected once in a call", reads(), "send send api:40106",
        at(0), refused(OFF, date(HOUR)), at(100), refused(OFF, date(3 * HOUR)), at(200),
    ),
    Trace(
        "a clock that is 601 seconds behind is not corrected", reads(), "send api:40106",
        at(0), refused(OFF, date(601_000)), at(100),
    ),
    Trace(
        "a clock that is 602 seconds behind is corrected", reads(), "send send ok",
        at(0), refused(OFF, date(602_000)), at(100), ok(), at(200), unit="ms",
    ),
    Trace(
        "a clock that is 601 seconds and a millisecond ahead is corrected", reads(), "send send ok",
        at(1), refused(OFF, date(-601_000)), at(100), ok(), at(200), unit="ms",
    ),
    Trace(
        "the millisecond of the clock is kept where it is corrected", reads(), "send send ok",
        at(987), refused(OFF, date(HOUR)), at(1987), ok(), at(2000), unit="ms",
    ),
    Trace(
        "a correction that did not help is forgotten", reads(), "send send api:40106 send ok",
        at(0), refused(OFF, date(HOUR)), at(100), refused(OFF, date(HOUR)), at(200), reads(), at(300), ok(), at(400), unit="ms",
    ),
    Trace(
        "a correction after which the network fails is forgotten", reads(max_retries=0), "send send transport:reset send ok",
        at(0), refused(OFF, date(HOUR)), at(100), lost("reset", True), at(200), reads(), at(300), ok(), at(400), unit="ms",
    ),
    Trace(
        "a retry after a correction is signed by the corrected clock", reads(), "send send wait:250 send ok send ok",
        at(0), refused(OFF, date(HOUR)), at(100), lost("reset", True), at(200, 250), at(450), ok(), at(500),
        reads(), at(600), ok(), at(700), unit="ms",
    ),
    Trace(
        "a correction that leads to another refusal is forgotten", reads(), "send send api:42102 send ok",
        at(0), refused(OFF, date(HOUR)), at(100), refused(42102, date(HOUR), words="库存不足"), at(200),
        reads(), at(300), ok(), at(400), unit="ms",
    ),
    Trace(
        "the first refusal is told where the corrected attempt is refused in the same way", reads(), "send send api:40103",
        at(0), refused(40103, date(HOUR), words="no such access key"), at(100), refused(OFF, date(HOUR)), at(200),
    ),
    Trace(
        "the platform's refusal is told where a gateway refuses the corrected attempt", reads(), "send send api:40103",
        at(0), refused(40103, date(HOUR), words="no such access key"), at(100), busy(status=403), at(200),
    ),
    Trace(
        "a gateway's refusal is told where the platform refuses the corrected attempt", reads(), "send send http:401",
        at(0), busy(date(HOUR), status=401), at(100), refused(OFF, date(HOUR)), at(200),
    ),
    Trace(
        "a write tells the first refusal too", creates(), "send send api:40108",
        at(0), refused(40108, date(HOUR), words="wrong signature"), at(100), refused(OFF, date(HOUR)), at(200),
    ),
    Trace(
        "a write whose corrected attempt is lost may have been carried out", creates(), "send send ambiguous_write:timeout",
        at(0), refused(OFF, date(HOUR)), at(100), lost("timeout", True), at(200),
    ),
    *[
        Trace(
            f"a clock is corrected after {name}", reads(), "send send ok",
            at(0), refused(code, date(HOUR), status=status, words=words), at(100), ok(), at(200), unit="ms",
        )
        for name, code, status, words in (
            ("code 401", 401, 200, "no"),
            ("code 403 as text", '"403"', 200, "no"),
            ("a refusal under HTTP 401", 7, 401, "no"),
            ("a refusal under HTTP 403", 7, 403, "no"),
            ("a refusal that speaks of the timestamp", 7, 200, "Timestamp is off"),
            ("a refusal that speaks of the signature", 7, 200, "Signature wrong"),
            ("a refusal that speaks of the sign", -1, 200, "SIGN_ERROR"),
            ("a refusal that speaks of 签名", -1, 200, "签名错误"),
            ("a refusal that speaks of 时间戳", 1001, 200, "时间戳无效"),
            ("a refusal without words", 1001, 200, ""),
        )
    ],
    *[
        Trace(
            f"a clock is not corrected after {name}", reads(), f"send api:{code}",
            at(0), refused(code, date(HOUR), status=status, words=words), at(100),
        )
        for name, code, status, words in (
            ("a refusal over the stock", 42102, 200, "库存不足"),
            ("a refusal over a design that is assigned", 7, 200, "the design is assigned"),
            ("a refusal over a field", 40010, 200, "orderId: no such order"),
            ("a refusal over the path", 404, 404, ""),
            ("code 500, which says nothing", 500, 200, ""),
        )
    ],
    *[
        Trace(
            f"a write is not sent again for its clock after HTTP {status} of a gateway", creates(), f"send {told}:{status}",
            at(0), busy(date(HOUR), status=status), at(100),
        )
        for status, told in ((401, "http"), (403, "ambiguous_write:http"))
    ],
    Trace(
        "a write that was refused over the stock is not sent again though the clock is off", creates(), "send api:42102",
        at(0), refused(42102, date(HOUR), words="库存不足"), at(100),
    ),
    Trace(
        "a write is not sent again for its clock where HTTP 500 holds the refusal", creates(), "send ambiguous_write:api:40106",
        at(0), refused(OFF, date(HOUR), status=500), at(100),
    ),
    Trace(
        "a clock is corrected after HTTP 401", reads(), "send send ok",
        at(0), busy(date(HOUR), status=401), at(100), ok(), at(200),
    ),
    Trace(
        "a clock is corrected after HTTP 403, the header in capitals", reads(), "send send ok",
        at(0), busy(date(HOUR, "DATE"), status=403), at(100), ok(), at(200),
    ),
    Trace("a clock is not corrected after HTTP 404", reads(), "send http:404", at(0), busy(date(HOUR), status=404), at(100)),
    Trace(
        "a clock is not corrected after HTTP 503, which is no refusal", reads(), "send wait:250 send ok",
        at(0), busy(date(HOUR)), at(100, 250), at(350), ok(), at(360), unit="ms",
    ),
    Trace(
        "a clock is not corrected after code 503, which is no refusal", reads(), "send wait:250 send ok",
        at(0), refused(503, date(HOUR)), at(100, 250), at(350), ok(), at(360), unit="ms",
    ),
    Trace(
        "a clock is not corrected by a date that is none", reads(), "send api:40106",
        at(0), refused(OFF, ("Date", "yesterday")), at(100),
    ),
    Trace("a clock is not corrected without a date", reads(), "send api:40106", at(0), refused(OFF), at(100)),
    Trace(
        "a clock is not corrected by a reply with success", reads(), "send ok send ok",
        at(0), ok(date(HOUR)), at(100), reads(), at(200), ok(), at(300), unit="ms",
    ),
    Trace(
        "a write that was refused for its timestamp is sent again with the clock corrected", creates(), "send send ok",
        at(0), refused(OFF, date(HOUR)), at(100), ok(), at(200),
    ),
    Trace(
        "a GET that writes and was refused for its timestamp is sent again", cancels(), "send send ok",
        at(0), refused(OFF, date(-HOUR)), at(100), ok(), at(200),
    ),
    Trace(
        "a write that was refused as busy is not sent again though the clock is off", creates(), "send ambiguous_write:api:504",
        at(0), refused(504, date(HOUR)), at(100),
    ),
    Trace(
        "the deadline holds for the attempt after a correction", reads(deadline=1000), "send api:40106",
        at(0), refused(OFF, date(HOUR)), at(1000),
    ),
    Trace(
        "Retry-After as a date is read with the corrected clock", reads(), "send send wait:7000 send ok",
        at(0), refused(OFF, date(HOUR)), at(0), busy(date(HOUR + 7000, "Retry-After")), at(0), at(7000), ok(), at(7001),
    ),
    Trace(
        "Retry-After as a date beside its answer's date needs no correct clock", reads(), "send wait:7000 send ok",
        at(0), busy(date(HOUR + 7000, "Retry-After"), date(HOUR)), at(0), at(7000), ok(), at(7001),
    ),
]

MOVED = [
    Trace(
        "a clock that stands still does not hold the call", reads(), "send wait:400 send wait:900 send ok",
        at(0), busy(), at(0, 400), at(0), busy(), at(0, 900), at(0), ok(), at(0),
    ),
    Trace(
        "a clock that stands still does not put off the deadline", reads(max_retries=9, initial_backoff=400, max_backoff=400, deadline=1000),
        "send wait:400 send wait:400 send http:503",
        at(0), busy(), at(0, 400), at(0), busy(), at(0, 400), at(0), busy(), at(0, 400),
    ),
    Trace(
        "a clock that is set back by an hour during a wait does not hold the call", reads(), "send wait:400 send ok",
        at(0), busy(), at(10, 400), at(410 - HOUR), ok(), at(420 - HOUR),
    ),
    Trace(
        "a clock that is set back during an attempt does not put off the deadline",
        reads(max_retries=9, deadline=60000, max_backoff=0), "send send send transport:reset",
        at(0), lost("reset", True), at(-HOUR), lost("reset", True), at(30000 - HOUR), lost("reset", True),
        at(60000 - HOUR),
    ),
    Trace(
        "a host that is back too early has waited", reads(), "send wait:400 send ok",
        at(0), busy(), at(10, 400), at(409), ok(), at(420),
    ),
    Trace(
        "a host that is back too early has used up what it should have waited", reads(deadline=1000),
        "send wait:400 send http:503", at(0), busy(), at(0, 400), at(1), busy(), at(1, 600),
    ),
    Trace(
        "a clock that jumps beyond the deadline during a wait ends the call", reads(), "send wait:400 http:503",
        at(0), busy(), at(10, 400), at(HOUR),
    ),
]

SLOW = {"per_second": 10, "burst": 2}

LIMITED = [
    Trace(
        "calls within the burst go at once, those after it wait", reads(),
        "send ok send ok wait:99 send ok",
        at(0), ok(), at(0), reads(), at(0), ok(), at(1), reads(), at(1), at(100), ok(), at(101), limit=SLOW,
    ),
    Trace(
        "a retry takes a place of its own when its wait is over", reads(),
        "send wait:30 wait:60 send ok",
        at(0), busy(), at(10, 30), at(40), at(100), ok(), at(110), limit={"per_second": 10, "burst": 1},
    ),
    Trace(
        "a call that waits for its retry holds up no other", reads(),
        "send wait:30000 send ok",
        at(0), busy(after("30")), at(100), reads(), at(200), ok(), at(250), limit={"per_second": 10, "burst": 1},
    ),
    Trace(
        "a limit may be below one call per second", reads(), "send ok wait:4000 send ok",
        at(0), ok(), at(0), reads(), at(0), at(4000), ok(), at(4001), limit={"per_second": 0.25, "burst": 1},
    ),
    Trace(
        "a place that comes in a millisecond is waited for", reads(), "send ok wait:1 send ok",
        at(0), ok(), at(0), reads(), at(999), at(1000), ok(), at(1001), limit={"per_second": 1, "burst": 1},
    ),
    Trace(
        "a host that is back late from the wait for its place still sends", reads(),
        "send ok wait:1000 send ok",
        at(0), ok(), at(0), reads(deadline=1100), at(0), at(5000), ok(), at(5001), limit={"per_second": 1, "burst": 1},
    ),
    Trace(
        "a place that comes too late is not waited for", reads(), "send ok timeout",
        at(0), ok(), at(0), reads(deadline=1000), at(0), limit={"per_second": 1, "burst": 1},
    ),
    Trace(
        "a place that was not waited for is left to others", reads(), "send ok timeout wait:1000 send ok",
        at(0), ok(), at(0), reads(deadline=1000), at(0), reads(), at(0), at(1000), ok(), at(1001),
        limit={"per_second": 1, "burst": 1},
    ),
    Trace(
        "a write for which there is no place was not sent", creates(), "send ok timeout",
        at(0), ok(), at(0), creates(deadline=500), at(0), limit={"per_second": 1, "burst": 1},
    ),
    Trace(
        "a retry for which there is no place ends with what was answered", reads(deadline=900), "send http:503",
        at(0), busy(), at(10, 0), limit={"per_second": 1, "burst": 1},
    ),
    Trace(
        "a corrected attempt takes a place of its own", reads(), "send wait:1000 send ok",
        at(0), refused(OFF, date(HOUR)), at(0), at(1000), ok(), at(1001), limit={"per_second": 1, "burst": 1}, unit="ms",
    ),
    Trace(
        "a bucket fills up to its burst and no further", reads(),
        "send ok send ok send ok wait:100 send ok",
        at(0), ok(), at(0), reads(), at(HOUR), ok(), at(HOUR), reads(), at(HOUR), ok(), at(HOUR), reads(), at(HOUR),
        at(HOUR + 100), ok(), at(HOUR + 101), limit=SLOW,
    ),
    Trace(
        "a limit goes on when the clock is set back by five minutes", reads(),
        "send ok send ok wait:100 send ok",
        at(0), ok(), at(0), reads(), at(0), ok(), at(0), reads(), at(-300_000), at(-299_900), ok(), at(-299_899), limit=SLOW,
    ),
    Trace(
        "a limit goes on when the clock is set back by an hour", reads(),
        "send ok send ok wait:100 send ok",
        at(0), ok(), at(0), reads(), at(0), ok(), at(0), reads(), at(-HOUR), at(100 - HOUR), ok(), at(101 - HOUR), limit=SLOW,
    ),
    Trace(
        "a cancelled wait for a place has used it", reads(), "send ok wait:1000 wait:2000 send ok",
        at(0), ok(), at(0), reads(), at(0), reads(), at(0), at(2000), answer(200, '{"code":"0","data":{}}'), at(2001),
        limit={"per_second": 1, "burst": 1},
    ),
]

TRACES = CORRECTED + MOVED + LIMITED
