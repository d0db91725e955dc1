"""One call with its attempts and waits, as the contract of the exchange has it: what the host is told at each step."""

import re
from fractions import Fraction

from . import replies, requests, signing
from .dates import http_date
from .jsontext import parse
from .recipes import bytes_of
from .values import identifier

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

# Further off than this, a clock explains a refusal; further off than a day, the date is wrong and not the clock.
CLOCK_OFF_MS = 601_000
DAY_MS = 86_400_000

# Said of the time or the signature, of which the time is part.
OF_THE_TIME = (
    r"timestamp|time stamp|signature|unauthori|request expired|(?<![a-z])sign(?![a-z])"
    "|时间戳|请求时间|请求过期|请求已过期|签名|验签"
)

# A server answers with these before anything acts on a request.
TURNED_AWAY = (400, 401, 404, 405, 407, 411, 413, 414, 415, 417, 421, 426, 428, 429, 431)

# A clock that shows less than before, by more than this, was set back.
SET_BACK_MS = 1_000

BUSY = (429, 502, 503, 504)

# Said of a nonce.
NOT_NEW = "used|repeat|replay|duplicate|exist|重复|使用|存在"

BASE_URL = "https://www.xportcn.com/api"

MISUSE = {"kind": "misuse"}

# Said of a call that the client's own limit held back.
HELD_BACK = {"kind": "timeout", "contains": ["was not sent", "`limit`"]}

# Headers that events repeat; all but the first three name the call.
TOLD_HEADERS = (
    "content-type date retry-after x-request-id request-id x-ca-request-id x-trace-id eagleeye-traceid".split()
)


class Core:
    """What the calls of a client share: account, clock and limit."""

    def __init__(self, account, limit):
        self.account = account
        self.behind_ms = 0
        self.limit = Limit(**limit) if limit else None


class Limit:
    """A bucket that begins full, and owes tokens that it has promised. Counted in thousandths of a token."""

    def __init__(self, per_second, burst):
        self.per_second = Fraction(per_second)
        self.burst = burst
        self.tokens = burst * 1000
        self.seen = None

    def take(self, now, at_most):
        """How long to wait for a token; None, and none is taken, if that is more than `at_most`."""
        if self.seen is None or now < self.seen - SET_BACK_MS:
            self.seen = now
        passed = max(0, now - self.seen)
        self.seen += passed
        self.tokens = min(self.burst * 1000, self.tokens + passed * self.per_second)
        wait = max(0, -((self.tokens - 1000) // self.per_second))
        if wait > at_most:
            return None
        self.tokens -= 1000
        return wait


class Cancelled(Exception):
    pass


class Misused(Exception):
    """A step or a report comes where the contract has none."""


class Late(Exception):
    """The deadline does not allow another attempt."""

    def __init__(self, held_back=False):
        super().__init__()
        self.held_back = held_back


class Call:
    """Takes the events of a trace, one after another; answers those that are steps."""

    def __init__(self, core, endpoint_id, endpoint, params, policy):
        self.core = core
        self.id = endpoint_id
        self.endpoint = endpoint
        self.policy = policy
        self.params = params
        self.passed = 0
        self.at = None
        self.taken = 0
        self.told_to_wait = 0
        self.events = []
        self.reported = []
        self.is_told = False
        self.seen = None
        self.attempts = 0
        self.retries = 0
        self.on_the_way = False
        self.may_have_arrived = False
        self.correction = None
        self.settled = False
        self.reference = reference(endpoint_id, endpoint, params)
        self.life = self._life()
        next(self.life)

    def step(self, at, random):
        """What the host is told, and what listeners are."""
        self.events = []
        moved = 0 if self.at is None else max(0, at - self.at)
        self.taken += max(moved, self.told_to_wait)
        is_first, self.at = self.at is None, at
        if is_first:
            self._happens("started", endpoint=self.id, isWrite=self.endpoint.writes)
            for field, meant in requests.doubts(self.endpoint, self.params):
                self._happens("warned", path=f"request.{field}", expected=meant)
        for told in self.reported:
            told["atMs"] = at
            if "durationMs" in told:
                told["durationMs"] = max(0, at - self.sent_at)
        self.events += self.reported
        self.reported = []
        answer = self.life.send(("step", at, random))
        self.told_to_wait = answer.get("wait", 0)
        if "done" in answer and not self.is_told:
            self.is_told = True
            self._happens("ended", attempts=self.attempts, durationMs=self.taken, **self._end(answer["done"]))
        return answer, self.events

    def _happens(self, name, **members):
        self.events.append({"event": name, "atMs": self.at, **members})

    def _reported(self, name, **members):
        """The next step tells when it was."""
        self.reported.append({"event": name, "atMs": None, **members})

    def _end(self, done):
        error = done.get("error")
        said = None
        if error:
            said = error.get("cause", error).get("code")
        told = error is None or error.get("cause", error)["kind"] in ("api", "decode", "http")
        return {"error": name_of(error), "code": said, "requestId": self.request_id if told else None}

    def response(self, response):
        self.life.send(("response", response))

    def failure(self, failure):
        self.life.send(("failure", failure))

    def cancel(self):
        if not self.settled:
            self.life.throw(Cancelled())

    def _life(self):
        """Yields the answer to every event; reports have none."""
        try:
            result = yield from self._attempts()
        except Cancelled:
            self.may_have_arrived |= self.on_the_way
            if self.on_the_way:
                self._failed("cancelled", True)
            result = {"error": self._verdict({"kind": "cancelled"})}
            yield from self._until_step()
        except Misused as misused:
            result = {"error": self._verdict(MISUSE)}
            if misused.args[0] != "step":
                yield from self._until_step()
        event = yield self._done(result)
        while True:
            event = yield self._done({"error": MISUSE}) if event[0] == "step" else None

    def _until_step(self):
        """The result stands: cancellations and reports come too late."""
        self.settled = True
        event = yield
        while event[0] != "step":
            event = yield

    @staticmethod
    def _next_step(answer=None):
        """Clock and random bytes of the next step, before which there is nothing to report."""
        event = yield answer
        if event[0] != "step":
            raise Misused(event[0])
        return event[1:]

    def _attempts(self):
        now, random = yield from self._next_step()
        error = None
        left = self._pass(now, 0)
        while True:
            try:
                now, random, left = yield from self._admission(now, random, left)
            except Late as late:
                if late.held_back:
                    error = HELD_BACK
                break
            event = yield self._send(now, random, left)
            if event[0] == "step":
                self.may_have_arrived = True
                raise Misused("step")
            self.on_the_way = False
            outcome = self._outcome(event)
            if outcome["again"] is None:
                yield from self._until_step()
                return outcome["result"]
            error = outcome["result"]["error"]
            now, random = yield from self._next_step()
            left = self._pass(now, 0)
            if outcome["again"] == "at once":
                continue
            wait = self._pause(now, random, outcome["again"])
            self.retries += 1
            if wait and wait >= left:
                break
            kind, value = outcome["again"]
            asked = wait > 0 and wait == self._asked(now, kind, value)
            self._happens("retrying", attempt=self.attempts + 1, waitMs=wait, error=name_of(error), isAsked=asked)
            if wait:
                now, random = yield from self._next_step({"wait": wait})
                left = self._pass(now, wait)
        self.settled = True
        return {"error": self._verdict(error or {"kind": "timeout"})}

    def _pass(self, now, waited):
        """Lets time pass: as far as the clock has moved forward, and at least what was waited. What is left."""
        moved = 0 if self.seen is None else max(0, now - self.seen)
        self.seen = now
        self.passed += max(moved, waited)
        return max(0, self.policy["deadline"] - self.passed)

    def _admission(self, now, random, left):
        """A place within the limit, for which the host may have to wait."""
        if left == 0:
            raise Late
        wait = self.core.limit.take(now, left - 1) if self.core.limit else 0
        if wait is None:
            raise Late(held_back=self.attempts == 0)
        if wait:
            self._happens("limited", waitMs=wait)
            now, random = yield from self._next_step({"wait": wait})
            left = self._pass(now, wait)
            if left == 0 and self.attempts:
                raise Late
        if self.attempts == 0:
            # The time before the first attempt is the client's own.
            self.passed = 0
            left = self.policy["deadline"]
        return now, random, left

    def _send(self, now, random, left):
        self.attempts += 1
        self.on_the_way = True
        self.sent_at = now
        self.thought_behind = self._behind()
        self.stamp = max(0, now + self.thought_behind)
        nonce = "".join(ALPHABET[byte % 62] for byte in random)
        account = {**self.core.account, "now_ms": self.stamp, "nonce": nonce}
        headers = signing.headers(**account)
        request = requests.build(self.endpoint, self.params, None, account)["expect"]
        self._happens(
            "sent",
            attempt=self.attempts,
            method=request["method"],
            url=BASE_URL + request["url"].split("&sign=")[0],
            timeoutMs=min(self.policy["timeout"], left),
        )
        return {
            "send": {
                "timestamp": headers["timestamp"],
                "nonce": headers["nonce-str"],
                "signature": headers["signature"],
                "timeout_ms": min(self.policy["timeout"], left),
            }
        }

    def _pause(self, now, random, asked):
        """A random time up to a bound that doubles, or as long as the platform asks for."""
        bound = min(self.policy["max_backoff"], self.policy["initial_backoff"] * 2**self.retries)
        jitter = int.from_bytes(random[:8], "little") % (bound + 1)
        return max(jitter, self._asked(now, *asked))

    def _asked(self, now, kind, value):
        return value if kind == "millis" else max(0, value - max(0, now + self._behind()))

    def _outcome(self, event):
        """The result of an attempt, and when the next one follows: never (None), at once, or after a pause."""
        kind, report = event
        if kind == "failure":
            came = report["kind"] in ("broken", "too-large")
            self._failed(report["kind"], report["maybe_sent"] or came)
            return self._judge(*failed(report), ("millis", 0))
        headers = {}
        for name, value in report["headers"]:
            headers.setdefault(name.lower(), value)
        date = http_date(headers.get("date", ""))
        status = report["status"]
        body = in_utf8(headers.get("content-type", ""), bytes_of(report["body"]))
        result = read(self.endpoint, status, body)
        self._answered(status, headers, len(bytes_of(report["body"])), body, result)
        if "ok" in result:
            if self.correction and self.core.behind_ms == self.correction["since"]:
                self.core.behind_ms = self.correction["behind"]
            return {"result": result, "again": None}
        envelope = replies.read(self.endpoint, body)
        words = envelope.get("error", {}).get("message")
        error, arrival, passing = answered(status, result["error"], words, "expect" in envelope)
        certainly_refused = error["kind"] == "api" and arrival == "refused"
        if (certainly_refused or not self.endpoint.writes) and about_time(status, error, passing, words):
            if self.correction:
                error, self.request_id = self.correction["first"], self.correction["request_id"]
            elif self._learns(error, date):
                return {"result": {"error": error}, "again": "at once"}
        return self._judge(error, arrival, passing, retry_after(headers.get("retry-after", ""), date))

    def _answered(self, status, headers, length, body, result):
        told = {name: headers[name] for name in TOLD_HEADERS if name in headers}
        named = [told[name] for name in TOLD_HEADERS[3:] if name in told]
        envelope = replies.read(self.endpoint, body)
        error = result.get("error", {"kind": "ok"})
        in_body = envelope.get("expect") or envelope.get("error")
        own = in_body.get("request_id") if error["kind"] in ("ok", "api") else None
        self.request_id = own or (named[0] if named else None)
        self._reported(
            "answered",
            attempt=self.attempts,
            durationMs=None,
            status=status,
            headers=told,
            bytes=length,
            code=error.get("code"),
            requestId=self.request_id,
        )
        for warning in envelope["expect"]["warnings"] if "ok" in result else []:
            self._reported("warned", **warning)

    def _failed(self, kind, maybe_sent):
        self.request_id = None
        self._reported("failed", attempt=self.attempts, durationMs=None, failure=kind, maybeSent=maybe_sent)

    def _judge(self, error, arrival, passing, pause):
        self.may_have_arrived |= arrival in ("possible", "twice")
        allowed = self.policy["retry_writes"] and arrival != "twice"
        harmless = not self.endpoint.writes or allowed or arrival == "impossible"
        if harmless and passing and self.retries < self.policy["max_retries"]:
            return {"result": {"error": error}, "again": pause}
        return {"result": {"error": self._verdict(error)}, "again": None}

    def _verdict(self, error):
        if not (self.endpoint.writes and self.may_have_arrived):
            return error
        return {"kind": "ambiguous_write", "cause": error, "contains": self.reference}

    def _learns(self, refusal, date):
        """Whether the date of a refusal shows that the clock is off, and by no more than a day."""
        if date is None or abs(date - self.stamp) <= CLOCK_OFF_MS or abs(date - self.sent_at) > DAY_MS:
            return False
        self._reported("clock-corrected", behindMs=date - self.sent_at)
        self.correction = {
            "since": self.thought_behind,
            "behind": date - self.sent_at,
            "first": refusal,
            "request_id": self.request_id,
        }
        return True

    def _behind(self):
        """How far the clock is behind: by the correction of this call, or as its core has it."""
        return self.correction["behind"] if self.correction else self.core.behind_ms

    def _done(self, result):
        doubts = list(requests.doubts(self.endpoint, self.params))
        if doubts and result.get("error", {}).get("kind") == "api":
            result = {"error": {**result["error"], "contains": [f"`{name}`" for name in doubts[0]]}}
        return {"done": {**result, "attempts": self.attempts}}


def name_of(error):
    """The name of an error's kind."""
    return error and "".join(word.capitalize() for word in error["kind"].split("_"))


def in_utf8(content_type, body):
    """The body in UTF-8, if the header says that it is in a character set of China."""
    match = re.search(r""";\s*charset\s*=\s*["']?([^\s;"']+)""", content_type, re.IGNORECASE)
    if not match or match.group(1).lower() not in ("gbk", "gb2312", "gb18030"):
        return body
    return body.decode("gb18030", errors="replace").encode()


def read(endpoint, status, body):
    """The data of a success, or the error without regard to what follows from it."""
    success = 200 <= status <= 299
    result = replies.read(endpoint, body)
    if success and "expect" in result:
        return {"ok": result["expect"]["data"]}
    error = result.get("error", {})
    if error.get("kind") == "api":
        return {"error": {"kind": "api", "code": error["code"]}}
    return {"error": error if success else {"kind": "http", "status": status}}


def speaks_of_a_repetition(words):
    """Whether a refusal says that the nonce is not new. No two attempts share one: the call came twice."""
    return re.search("nonce", words, re.IGNORECASE) and re.search(NOT_NEW, words, re.IGNORECASE)


def answered(status, error, words, says_success):
    """An answer that is no success: its error, whether the call may have been carried out, whether it may pass."""
    if error["kind"] == "decode":
        return error, "possible", True
    if error["kind"] == "http":
        refused = status in TURNED_AWAY and not says_success
        return error, "refused" if refused else "possible", status in BUSY
    passing = error["code"] in map(str, BUSY)
    if speaks_of_a_repetition(words or ""):
        return error, "twice", True
    refused = 200 <= status <= 499 and status // 100 != 3 and status != 408 and not failed_within(error["code"])
    return error, "refused" if refused else "possible", passing


def failed_within(code):
    """Whether the platform, or what stands before it, says by its code that it failed over the call: as HTTP counts."""
    number = re.fullmatch(r"([0-9]{3})(\.0*)?", code)
    return number is not None and (number[1] == "408" or number[1][0] == "5")


def about_time(status, error, passing, words):
    """Whether a refusal can be about the time: nobody is known, the time or the signature is spoken of, or nothing is said."""
    if passing:
        return False
    if error["kind"] != "api" or status in (401, 403):
        return status in (401, 403)
    if words is None and not re.fullmatch("[45][0-9][0-9]", error["code"]):
        return True
    return bool(re.fullmatch("40[13][0-9]*", error["code"]) or re.search(OF_THE_TIME, words or "", re.IGNORECASE))


def failed(failure):
    """No answer: its error, whether the call may have been carried out, whether it may pass."""
    kind = failure["kind"]
    answered = kind in ("broken", "too-large")
    arrival = "possible" if failure["maybe_sent"] or answered else "impossible"
    if answered:
        return {"kind": "decode", "path": ""}, arrival, kind == "broken"
    if kind == "timeout":
        return {"kind": "timeout"}, arrival, True
    return {"kind": "transport", "transport": kind}, arrival, kind != "tls"


def retry_after(text, date):
    """Seconds, or a moment, which is read beside the date of the answer where that has one."""
    text = text.strip(" \t")
    if text.isascii() and text.isdigit():
        return "millis", int(text) * 1000
    moment = http_date(text)
    if moment is None:
        return "millis", 0
    return ("until", moment) if date is None else ("millis", max(0, moment - date))


# The row that shows what came of a call that writes, and the field by which it is known again.
SHOWN_BY = {
    "address.save": ("address.list", None),
    "alibaba.order.create": ("alibaba.order.page", "message"),
    "alibaba.order.pay_url": ("alibaba.order.get", "orderId"),
    "taobao.after_sale.cancel": ("taobao.after_sale.get", "refundId"),
    "taobao.after_sale.submit": ("taobao.after_sale.render", "subOrderId"),
    "taobao.order.purchase_create": ("taobao.order.purchase_page", "sellerOrderNumber"),
    "warehouse.book_freight": (None, None),
}


def reference(endpoint_id, endpoint, params):
    """What the advice after an ambiguous call names: the row to ask, and the object."""
    if not endpoint.writes:
        return []
    row, field = SHOWN_BY[endpoint_id]
    value = dict(parse(params)).get(field)
    named = [f"{field} {identifier(value)}"] if value is not None else []
    return ([f"`{row}`"] if row else []) + named
