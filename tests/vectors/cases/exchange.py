"""Exchanges: what becomes of a call as its attempts are answered, fail, and wait."""

import hashlib

from rules import schema
from rules.exchange import Call, Core

from . import exchange_clocks, exchange_misspelt, exchange_reads, exchange_writes
from .exchange_events import Answer, Begin, Cancel, Fail, Step

ACCOUNT = {"method": "md5", "access_key": "sandbox-key", "access_secret": "sandbox-secret", "user_id": "sandbox-user"}

HEAD = {
    "about": "One core and its calls, event by event: steps with the clock and the random bytes, and what the host must "
    "be told; reports of answers and failures; cancellations. `account` signs every attempt.",
    "account": ACCOUNT,
}


def cases():
    endpoints = schema.load()
    for trace in exchange_reads.TRACES + exchange_writes.TRACES + exchange_clocks.TRACES + exchange_misspelt.TRACES:
        steps, outline = run(endpoints, trace)
        assert outline == trace.outline.split(), (trace.name, " ".join(outline), trace.outline)
        first = trace.begin
        yield [
            ("name", trace.name),
            ("endpoint", first.endpoint),
            ("params", first.params),
            ("policy", first.policy),
            *([("limit", trace.limit)] if trace.limit else []),
            *([("unit", trace.unit)] if trace.unit != "s" else []),
            ("steps", steps),
        ]


def run(endpoints, trace):
    """The events as they are written down, and their outline in words."""
    core = Core({**ACCOUNT, "unit": trace.unit}, trace.limit)
    call = begin(core, endpoints, trace.begin)
    steps, outline = [], []
    for number, event in enumerate(trace.events):
        if isinstance(event, Step):
            random = random_bytes(trace.name, number, event.jitter)
            told, events = call.step(event.at, random)
            steps.append({"at": event.at, "random": random.hex(), "expect": told, "events": events})
            outline.append(word(told))
        elif isinstance(event, Answer):
            response = {"status": event.status, "headers": event.headers, "body": event.body}
            call.response(response)
            steps.append({"report": {"response": response}})
        elif isinstance(event, Fail):
            failure = {"kind": event.kind, "maybe_sent": event.maybe_sent}
            call.failure(failure)
            steps.append({"report": {"failure": failure}})
        elif isinstance(event, Cancel):
            call.cancel()
            steps.append({"cancel": True})
        elif isinstance(event, Begin):
            call = begin(core, endpoints, event)
            steps.append({"call": {"endpoint": event.endpoint, "params": event.params, "policy": event.policy}})
    return steps, outline


def begin(core, endpoints, first):
    return Call(core, first.endpoint, endpoints[first.endpoint], first.params, first.policy)


def random_bytes(name, number, jitter):
    """32 bytes; the first 8 are the number of the jitter, where the case gives one."""
    made = hashlib.sha256(f"{name}/{number}".encode()).digest()
    return made if jitter is None else jitter.to_bytes(8, "little") + made[8:]


def word(told):
    """`send`, `wait:250`, `ok`, `timeout`, `ambiguous_write:http:503`, ..."""
    if "wait" in told:
        return f"wait:{told['wait']}"
    if "send" in told:
        return "send"
    error = told["done"].get("error")
    return described(error) if error else "ok"


def described(error):
    inner = described(error["cause"]) if "cause" in error else error.get("code", error.get("status", error.get("transport")))
    return error["kind"] if inner is None else f"{error['kind']}:{inner}"
