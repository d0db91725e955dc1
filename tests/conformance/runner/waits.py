"""Waiting for states of orders and refunds, on sandboxes in which they come late, or not at all."""

import hashlib
import hmac
import json
import time

from runner.compare import short, subset_difference
from runner.recovery import wrong_members
from runner.sandbox import ACCOUNT


def waits(run, report):
    examples = {row["id"]: json.loads(row["example"]) for row in run.rows()}
    for case in run.cases("waits.json")["cases"]:
        if report.skips("wait"):
            continue
        with run.sandbox(*case.get("sandbox", [])) as sandbox:
            report.check(case["name"], problem(run, sandbox, examples, case))


def problem(run, sandbox, examples, case):
    made = case.get("id", "1")
    for call in case.get("calls", []):
        params = examples[call["id"]] | {
            name: made if value == "$made" else value for name, value in call["params"].items()
        }
        answer = run.model.ask({"op": "call", "settings": sandbox.settings(), "id": call["id"], "params": params})
        if "data" not in answer:
            return f"what the case needs was not done: {short(answer)}"
        if "gives" in call:
            made = json.loads(answer["data"])
            for step in call["gives"]:
                made = made[step]
    line = {
        "op": "wait",
        "settings": sandbox.settings(**case.get("settings", {})),
        "of": case["of"],
        "state": case["state"],
        "id": made,
        "options": {"maxRetries": 0, **case["options"]},
    }
    if "push" in case:
        line["push"] = {"afterMs": case["push"]["afterMs"], **message(case["push"]["body"], made)}
    started = time.monotonic()
    answer = run.host.ask(line)
    took = round((time.monotonic() - started) * 1000)
    return wrong(answer, case) or wrong_time(took, case)


def message(body, made):
    """A pushed message on the object, signed as the platform signs."""
    text = json.dumps(body).replace("$made", made)
    signed = (ACCOUNT["accessKey"] + text).encode()
    return {
        "authorization": hmac.new(ACCOUNT["accessSecret"].encode(), signed, hashlib.sha256).hexdigest(),
        "body": text,
    }


def wrong(answer, case):
    if "error" in case:
        return wrong_members(answer.get("error"), case["error"], case, answer)
    if "waited" not in answer:
        return f"found {short(answer)}"
    waited = json.loads(answer["waited"])
    return subset_difference(waited, case["waited"], "waited")


def wrong_time(took, case):
    at_least, at_most = case.get("takes", [0, 60_000])
    return None if at_least <= took <= at_most else f"it took {took} ms, expected {at_least} to {at_most}"
