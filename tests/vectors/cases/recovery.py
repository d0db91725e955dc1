"""Searches for writes whose answers are lost: what is asked and when, and what became of the write."""

import json

from rules.recovery import Refused, Search, Ticket
from rules.settling import Settling

from . import recovery_compared, recovery_looks, recovery_orders, recovery_settled, recovery_tickets, recovery_writes
from .recovery_events import ACCOUNT, BASE_URL, SENT, text

HEAD = {
    "about": "One search for a lost write, or one write that is seen to its end, step by step, with the clock of the "
    "host: calls to make, with what is reported of each; waits; and the end. Of a reason there are words that it holds.",
    "account": ACCOUNT,
}

CLIENT = {**ACCOUNT, "base_url": BASE_URL}


def cases():
    for refusal in recovery_tickets.REFUSALS:
        try:
            Ticket.read(refusal.ticket(), CLIENT)
        except Refused as refused:
            assert refused.args[0] == refusal.path, refusal.name
        else:
            raise AssertionError(f"{refusal.name}: it is not refused")
        error = {"path": refusal.path}
        yield [("name", refusal.name), ("ticket", refusal.ticket()), ("window", 0), ("error", error), ("steps", [])]
    groups = recovery_tickets.CASES + recovery_looks.CASES + recovery_orders.CASES + recovery_compared.CASES
    for case in [*recovery_writes.cases(), *groups]:
        search = Search(Ticket.read(case.ticket(), CLIENT), case.window, case.paths)
        yield [("name", case.name), ("ticket", case.ticket()), *settings(case), ("steps", run(search, case))]
    for case in recovery_settled.CASES:
        params = text(case.params)
        settling = Settling(case.write, params, CLIENT, case.window, case.may_resend, case.paths)
        write = {"endpoint": case.write, "params": params, "again": case.may_resend}
        yield [("name", case.name), ("settle", write), *settings(case), ("steps", run(settling, case))]


def settings(case):
    return [("window", case.window), *([("paths", case.paths)] if case.paths else [])]


def run(search, case):
    """The events as they are written down; how they end is as the case has it."""
    now, steps, looks, is_new = SENT + case.begins, [], [], True
    sendings = iter(getattr(case, "writes", []))
    set_back = case.set_back
    for _ in range(2_000):
        told = search.step(now)
        steps.append({"at": now, "expect": told})
        if "call" not in told and "wait" not in told:
            check(case, told, steps, looks)
            return steps
        if "wait" in told:
            now += max(1, told["wait"] + case.off) - set_back
            is_new, set_back = True, -set_back if case.returns and set_back > 0 else 0
            continue
        call = told["call"]
        looks += [now - SENT] * is_new
        is_new = False
        asked, now = now, now + case.takes
        if call["endpoint"] == case.write:
            answer = next(sendings) or ("lost", case.lost(now))
        else:
            answer = case.platform(asked - SENT, call["endpoint"], json.loads(call["params"]))
        kind, *facts = answer
        getattr(search, kind)(*facts)
        report = dict(zip(("data", "warnings"), facts)) if kind == "reply" else facts[0]
        steps.append({"report": {kind: report}})
    raise AssertionError(f"{case.name}: it does not end")


def check(case, told, steps, looks):
    ends = outline(told["done"]) if "done" in told else "last"
    calls = sum("call" in step.get("expect", {}) for step in steps)
    assert ends == case.ends, (case.name, ends, case.ends)
    assert case.looks in (None, looks), (case.name, looks, case.looks)
    assert case.calls in (None, calls), (case.name, calls, case.calls)


def outline(outcome):
    """`done: 1`, `not done`, `partly: 1, missing 2`, `unknown: why`."""
    kind = outcome["outcome"]
    if kind == "done":
        return f"done: {len(outcome['found'])}"
    if kind == "partly":
        return f"partly: {len(outcome['found'])}, missing {' and '.join(outcome['missing'])}"
    return f"unknown: {outcome['reason'][0]}" if kind == "unknown" else kind
