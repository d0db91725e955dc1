"""Every kind of error, made on purpose, and calls that are cancelled."""

import json
import time

from runner.compare import short, subset_difference
from runner.sandbox import closed_port

#: What no error may hold.
SECRET = "sandbox-secret"


def errors(run, report):
    file = run.cases("errors.json")
    with failing(run, file["faults"]) as sandbox:
        for case in file["cases"]:
            if not run.tells_failures:
                case = case | case.get("untold", {})
            line = dict(case["line"])
            if report.skips(line["op"]):
                continue
            if line["op"] != "push":
                line["settings"] = sandbox.settings(**line.get("settings", {}))
            if case.get("nobody_listens"):
                line["settings"]["baseUrl"] = f"http://127.0.0.1:{closed_port()}"
            calls, created = counts(sandbox)
            answer = run.host.ask(line)
            problem = refused(answer, case) if "error" in case else succeeded(answer)
            calls_after, created_after = counts(sandbox)
            if problem is None and calls_after - calls != case.get("sent", 0):
                problem = f"{calls_after - calls} requests were sent, expected {case.get('sent', 0)}"
            if problem is None and created_after - created != case.get("created", 0):
                problem = f"{created_after - created} orders were created, expected {case.get('created', 0)}"
            report.check(case["name"], problem)


def succeeded(answer):
    return None if "data" in answer else f"found {short(answer)}"


def refused(answer, case):
    error = answer.get("error")
    if not isinstance(error, dict):
        return f"found {short(answer)}"
    if SECRET in json.dumps(answer):
        return f"the error holds the secret: {short(answer)}"
    if not error.get("text"):
        return f"the error says nothing: {short(error)}"
    missing = [name for name in case.get("present", []) if not error.get(name)]
    if missing:
        return f"the error lacks {missing}: {short(error)}"
    expected = dict(case["error"])
    field = expected.pop("field", None)
    # Settings are spelled as the host spells them.
    if field and plain(error.get("field")) != plain(field):
        return f"found the field {error.get('field')}, expected {field}"
    problem = subset_difference(error, expected)
    return problem and f"{problem}: {short(error)}"


def plain(name):
    return str(name).replace("_", "").lower()


def counts(sandbox):
    return sandbox.told("faults")["calls"], sandbox.told("ledger")["created"]


def cancel(run, report):
    file = run.cases("cancel.json")
    for case in file["cases"]:
        line = dict(case["line"])
        if report.skips("cancel"):
            continue
        with failing(run, file["faults"]) as sandbox:
            answer = run.host.ask(line | {"settings": sandbox.settings()})
            # What the host did not call off would be done by now.
            time.sleep(file["faults"]["slowMs"] / 1000 + 0.5)
            problem = cancelled(answer, case)
            calls, created = counts(sandbox)
            if problem is None and (calls, created) != (1, 0):
                problem = f"{calls} requests were sent, and {created} orders created"
            report.check(case["name"], problem)


def cancelled(answer, case):
    elapsed = answer.get("elapsedMs", -1)
    after = case["line"]["afterMs"]
    if not after - 20 <= elapsed < after + 700:
        return f"it took {elapsed} ms to cancel after {after}: {short(answer)}"
    # In Rust a caller drops the call, and nobody is left to be told.
    if answer.get("dropped") is True:
        return None
    return refused(answer, case)


def failing(run, faults, *options):
    file = run.own_file("faults.json")
    file.write_text(json.dumps(faults))
    return run.sandbox("--fault-file", str(file), *options)
