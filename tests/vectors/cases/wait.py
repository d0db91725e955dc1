"""Waits until orders and refunds come into a state: what is asked and when, what a message does, and how they end."""

import json

from rules.goals import GOALS
from rules.waiting import Refused, Waiting

from . import wait_cases
from .recovery_events import ACCOUNT, SENT

HEAD = {
    "about": "One wait for a state, step by step, with the clock of the host: calls that it makes, with what is reported "
    "of each; waits, in which messages come; and the end. Of a reason there are words that it holds.",
    "account": ACCOUNT,
}


def cases():
    for case in wait_cases.REFUSALS:
        try:
            Waiting(case.of, case.state, case.id, 0)
        except Refused as refused:
            assert refused.args[0] == case.path, case.name
        else:
            raise AssertionError(f"{case.name}: it is not refused")
        yield [*head(case), ("error", {"path": case.path}), ("steps", [])]
    named = {(case.of, case.state) for case in wait_cases.all_states()}
    assert named == {(of, state) for of, (_, states) in GOALS.items() for state in states}
    for case in [*wait_cases.all_states(), *wait_cases.CASES]:
        yield [*head(case), ("steps", run(Waiting(case.of, case.state, case.id, case.timeout), case))]


def head(case):
    wait = {"of": case.of, "state": case.state, "id": case.id}
    return [("name", case.name), ("wait", wait), ("window", case.timeout)]


def run(waiting, case):
    now, steps, looks, is_new, calls = SENT, [], [], True, 0
    pushes = list(case.pushes)
    for _ in range(2_000):
        told = waiting.step(now)
        steps.append({"at": now, "expect": told})
        if "wait" in told:
            now = slept(waiting, steps, pushes, now, told["wait"]) - case.set_back * (len(looks) == 1)
            is_new = True
            continue
        if "call" not in told:
            ends = "last" if "last" in told else told["done"]["outcome"]
            assert ends == case.ends, (case.name, ends, case.ends)
            assert case.looks in (None, looks), (case.name, looks, case.looks)
            assert case.calls in (None, calls), (case.name, calls, case.calls)
            return steps
        looks += [now - SENT] * is_new
        is_new = False
        call, calls = told["call"], calls + 1
        kind, *facts = case.platform(now - SENT, call["endpoint"], json.loads(call["params"]))
        now += case.takes
        while pushes and pushes[0][0] < now - SENT:
            pushed(waiting, steps, pushes.pop(0)[1])
        getattr(waiting, kind)(*facts)
        if kind == "reply":
            report = {"reply": {"data": facts[0], "warnings": facts[1]}}
        else:
            report = {"failure" if facts[1] else "refused": facts[0]}
        steps.append({"report": report})
    raise AssertionError(f"{case.name}: it does not end")


def slept(waiting, steps, pushes, now, millis):
    """When the host steps again: after the wait, or when a message comes that is on the object."""
    while pushes and pushes[0][0] < now + millis - SENT:
        at, body = pushes.pop(0)
        if pushed(waiting, steps, body):
            return SENT + at
    return now + millis


def pushed(waiting, steps, body):
    wakes = waiting.push(body)
    steps.append({"push": body, "expect": {"wakes": wakes}})
    return wakes
