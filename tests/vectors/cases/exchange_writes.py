"""Calls that write: what is tried again, and when they may have been carried out."""

from .exchange_events import (
    DATA,
    HOUR,
    SUCCESS,
    Begin,
    Cancel,
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
    refused,
)


def final(name, report, error, call=None):
    return Trace(name, call or creates(), f"send {error}", at(0), report, at(40))


def retried(name, report, call=None):
    return Trace(name, call or creates(), "send wait:250 send ok", at(0), report, at(40, 250), at(290), ok(), at(300))


ORDERS = (
    '{"flow":"general","addressParam":{"fullName":"张三","mobile":"13800000000","provinceText":"浙江省","cityText":"杭州市",'
    '"townText":"北山街道","address":"曙光路1号"},'
    '"cargoParamList":[{"offerId":"706627393257","specId":"3ead4ab5f6b53","quantity":"1"}]}'
)

ONCE = [
    Trace(
        "a step in place of a report leaves a write in doubt", creates(), "send ambiguous_write:misuse misuse",
        at(0), at(1), ok(), at(2),
    ),
    Trace("a write that was never sent is in no doubt", creates(), "misuse misuse", ok(), at(0), at(1)),
    Trace(
        "a second report of a write that never arrived ends the call", creates(), "send misuse misuse",
        at(0), lost("connect", False), ok(), at(1), at(2),
    ),
    Trace("a write that is answered at once", creates(), "send ok", at(0), ok(), at(120)),
    Trace("a GET that writes is answered at once", cancels(), "send ok", at(0), ok(), at(120)),
    retried("a write is tried again when no connection came about", lost("connect", False)),
    retried("a write is tried again when the host's name was not found", lost("dns", False)),
    retried("a write is tried again when the connection broke before anything was sent", lost("reset", False)),
    retried("a write is tried again after a timeout in which nothing was sent", lost("timeout", False)),
    retried("a GET that writes is tried again when nothing was sent", lost("connect", False), cancels()),
    final("a write is not tried again over a certificate", lost("tls", False), "transport:tls"),
    final("a write may have been carried out after a timeout", lost("timeout", True), "ambiguous_write:timeout"),
    final("a write may have been carried out when the connection broke", lost("reset", True), "ambiguous_write:transport:reset"),
    final("a write may have been carried out when a connection failed in between", lost("connect", True), "ambiguous_write:transport:connect"),
    final("a write may have been carried out after another failure", lost("other", True), "ambiguous_write:transport:other"),
    final("a write may have been carried out when the body could not be received", lost("broken", True), "ambiguous_write:decode"),
    final("a write may have been carried out when the body was too large", lost("too-large", True), "ambiguous_write:decode"),
    final("a body that is too large was sent by someone, whatever the host says", lost("too-large", False), "ambiguous_write:decode"),
    final("a body that could not be received was sent by someone, whatever the host says", lost("broken", False), "ambiguous_write:decode"),
    final("a GET that writes may have been carried out after a timeout", lost("timeout", True), "ambiguous_write:timeout", cancels()),
    *[
        final(f"a write may have been carried out after HTTP {status}", busy(status=status), f"ambiguous_write:http:{status}")
        for status in (302, 304, 307, 402, 403, 408, 409, 410, 422, 499, 500, 502, 503, 504, 520, 599)
    ],
    *[
        final(f"a write was refused with HTTP {status}", busy(status=status), f"http:{status}")
        for status in (400, 401, 404, 405, 413, 415, 429, 431)
    ],
    final("a GET that writes may have been carried out after HTTP 302", busy(status=302), "ambiguous_write:http:302", cancels()),
    final("a write is not tried again after HTTP 429 with Retry-After", busy(after("1"), status=429), "http:429"),
    final("a write is not tried again after HTTP 503 with Retry-After", busy(after("1")), "ambiguous_write:http:503"),
    final("a write may have been carried out where HTTP 200 holds HTML", busy(status=200), "ambiguous_write:decode"),
    final("a write may have been carried out where HTTP 200 holds nothing", answer(200, ""), "ambiguous_write:decode"),
    final("a write may have been carried out where HTTP 204 holds nothing", answer(204, ""), "ambiguous_write:decode"),
    final("a write may have been carried out where the body is cut off", answer(200, SUCCESS[:50]), "ambiguous_write:decode"),
    final("a write may have been carried out where the code is missing", answer(200, '{"data":%s}' % DATA), "ambiguous_write:decode"),
    final("a write may have been carried out where HTTP 500 holds an envelope of success", answer(500, SUCCESS), "ambiguous_write:http:500"),
    *[
        final(f"a write was refused with code {code} in the envelope", refused(code), f"api:{code}")
        for code in (404, 405, 429, 1001, 5001, 40106, 50001, 99999)
    ],
    *[
        final(f"a write may have been carried out where the envelope has code {code}", refused(code), f"ambiguous_write:api:{code}")
        for code in (408, 500, 502, 503, 504, 599)
    ],
    *[
        final(f"a write may have been carried out where the envelope has code {code} as text", refused(f'"{code}"'), f"ambiguous_write:api:{code}", call)
        for code, call in ((500, None), (502, cancels()))
    ],
    *[
        final(f"a write may have been carried out where HTTP {status} holds a refusal", refused(1001, status=status), "ambiguous_write:api:1001", call)
        for status, call in ((100, None), (302, None), (303, cancels()), (408, None), (500, None), (502, None), (503, None), (504, cancels()), (599, None))
    ],
    final(
        "a write may have been carried out where the platform says that it has been",
        refused(50001, status=500, words="the state file cannot be written, but the call has been carried out"), "ambiguous_write:api:50001",
    ),
    *[
        final(f"a write was refused in an envelope with HTTP {status}", refused(1001, status=status), "api:1001")
        for status in (201, 400, 401, 403, 404, 409, 422, 429)
    ],
    *[
        final(f"a write may have been carried out where HTTP {status} holds an envelope of success", answer(status, SUCCESS), f"ambiguous_write:http:{status}")
        for status in (302, 404, 429, 503)
    ],
    *[
        final(f"a write whose refusal says '{words}' was sent twice on its way", refused(40109, words=words), "ambiguous_write:api:40109", call)
        for words, call in (
            ("the nonce-str has been used", None), ("Nonce重复", None), ("NONCE already exists", cancels()), ("nonce used", creates(retry_writes=True)),
        )
    ],
    final(
        "a write that was sent twice is not sent again for a clock that is off",
        refused(40109, date(5 * HOUR), words="the nonce has been used"), "ambiguous_write:api:40109",
    ),
    final(
        "a write that was refused over its signature, of which a nonce is part, was not sent twice",
        refused(40108, words="wrong signature: MD5 over access key, timestamp and nonce"), "api:40108",
    ),
    final("a write whose refusal says that something else has been used was refused", refused(5001, words="the voucher has been used"), "api:5001"),
    final(
        "the advice names the order to look for", lost("timeout", True), "ambiguous_write:timeout",
        Begin("alibaba.order.pay_url", '{"orderId":2059624776425880794}'),
    ),
    final(
        "the advice names the list to look at where the call has no number", lost("timeout", True),
        "ambiguous_write:timeout", Begin("alibaba.order.create", ORDERS),
    ),
    final(
        "the advice names what to look for where no row shows it", lost("timeout", True), "ambiguous_write:timeout",
        Begin("warehouse.book_freight", '{"renderId":"R-1"}'),
    ),
    final(
        "the advice names the address list after an address was saved", lost("reset", True),
        "ambiguous_write:transport:reset", Begin("address.save", '{"name":"张三"}'),
    ),
    Trace(
        "a write that never arrived is the last error when no retry is left", creates(max_retries=1),
        "send wait:9 send transport:connect",
        at(0), lost("connect", False), at(1, 9), at(10), lost("connect", False), at(11),
    ),
    Trace(
        "a write that arrives with its second attempt may have been carried out then", creates(),
        "send wait:9 send ambiguous_write:timeout",
        at(0), lost("connect", False), at(1, 9), at(10), lost("timeout", True), at(30010),
    ),
    Trace(
        "a write that never arrived ends at the deadline as what it is", creates(deadline=100),
        "send transport:dns", at(0), lost("dns", False), at(50, 50),
    ),
]

TWICE = [
    retried("a write that may be repeated is, after a timeout", lost("timeout", True), creates(retry_writes=True)),
    retried("a write that may be repeated is, after HTTP 503", busy(), creates(retry_writes=True)),
    retried("a write that may be repeated is, after code 503", refused(503), creates(retry_writes=True)),
    retried("a write that may be repeated is, after HTML", busy(status=200), creates(retry_writes=True)),
    retried("a GET that writes and may be repeated is", lost("reset", True), cancels(retry_writes=True)),
    final("a write that may be repeated is not after HTTP 500", busy(status=500), "ambiguous_write:http:500", creates(retry_writes=True)),
    final("a write that may be repeated is not after a refusal", refused(1001), "api:1001", creates(retry_writes=True)),
    Trace(
        "a repeated write of which no attempt is answered may have been carried out", creates(retry_writes=True, max_retries=1),
        "send wait:9 send ambiguous_write:http:504",
        at(0), lost("timeout", True), at(30000, 9), at(30009), busy(status=504), at(30010),
    ),
    Trace(
        "an attempt that may have arrived is not forgotten when the next one does not", creates(retry_writes=True, max_retries=1),
        "send wait:9 send ambiguous_write:transport:connect",
        at(0), lost("reset", True), at(1, 9), at(10), lost("connect", False), at(11),
    ),
    Trace(
        "an attempt that may have arrived is not forgotten when the next one is refused", creates(retry_writes=True),
        "send wait:9 send ambiguous_write:api:1001",
        at(0), lost("reset", True), at(1, 9), at(10), refused(1001), at(11),
    ),
    Trace(
        "an attempt that may have arrived is not forgotten at the deadline", creates(retry_writes=True, deadline=100),
        "send ambiguous_write:transport:reset", at(0), lost("reset", True), at(60, 40),
    ),
    Trace(
        "an attempt that may have arrived is not forgotten when the clock is corrected", creates(retry_writes=True),
        "send wait:9 send send ambiguous_write:api:40106",
        at(0), lost("reset", True), at(1, 9), at(10), refused(40106, date(3600_000)), at(20),
        refused(40106, date(3600_000)), at(30),
    ),
    Trace(
        "code 429 alone leaves nothing open", creates(retry_writes=True, max_retries=1),
        "send wait:9 send api:429", at(0), refused(429), at(1, 9), at(10), refused(429), at(11),
    ),
    Trace(
        "code 503 alone leaves open whether it was carried out", creates(retry_writes=True, max_retries=1),
        "send wait:9 send ambiguous_write:api:503", at(0), refused(503), at(1, 9), at(10), refused(503), at(11),
    ),
]

CANCELLED = [
    Trace("a write that is cancelled before its first step was not sent", creates(), "cancelled", Cancel(), at(0)),
    Trace("a write that is cancelled on its way may have been carried out", creates(), "send ambiguous_write:cancelled", at(0), Cancel(), at(1)),
    Trace("a GET that writes and is cancelled on its way may have been carried out", cancels(), "send ambiguous_write:cancelled", at(0), Cancel(), at(1)),
    Trace(
        "a write that never arrived and is cancelled while it waits was not carried out", creates(),
        "send wait:250 cancelled", at(0), lost("connect", False), at(1, 250), Cancel(), at(2),
    ),
    Trace(
        "a write that may have arrived and is cancelled while it waits may have been carried out",
        creates(retry_writes=True),
        "send wait:250 ambiguous_write:cancelled", at(0), lost("timeout", True), at(1, 250), Cancel(), at(2),
    ),
    Trace(
        "a write that may have arrived and is cancelled before it waits may have been carried out",
        creates(retry_writes=True),
        "send ambiguous_write:cancelled", at(0), busy(), Cancel(), at(2),
    ),
    Trace("an answer that comes after the cancellation of a write is too late", creates(), "send ambiguous_write:cancelled", at(0), Cancel(), ok(), at(2)),
    Trace("a write that was refused before it is cancelled was refused", creates(), "send api:1001", at(0), refused(1001), Cancel(), at(2)),
]

TRACES = ONCE + TWICE + CANCELLED
