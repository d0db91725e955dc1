"""Writes whose answers are lost, and what the host finds out about them."""

import collections
import json

from runner.compare import short, subset_difference
from runner.errors import SECRET, failing


def recovery(run, report):
    file = run.cases("recovery.json")
    examples = {row["id"]: json.loads(row["example"]) for row in run.rows()}
    for case in file["cases"]:
        if report.skips("settle" if "settle" in case else "recover"):
            continue
        with failing(run, {"seed": 7, "rules": case["faults"]}) as sandbox:
            report.check(case["name"], Write(run, sandbox, examples, file["window"], case).problem())


class Write:
    """One case, with the sandbox that is its own."""

    def __init__(self, run, sandbox, examples, window, case):
        self.run, self.sandbox, self.examples, self.case = run, sandbox, examples, case
        self.options = {"recoveryWindow": window, "maxRetries": 0}
        self.id = None

    def problem(self):
        made = self.case.get("made")
        if made:
            answer = self.run.model.ask(self.line("call", made))
            if "data" not in answer:
                return f"what the case needs was not made: {short(answer)}"
            self.id = json.loads(answer["data"])
            for step in made["gives"]:
                self.id = self.id[step]
        before = self.sandbox.told("faults")["calls"]
        answer = self.settled() if "settle" in self.case else self.recovered()
        return self.wrong_answer(answer) or self.wrong_platform(before)

    def settled(self):
        return self.run.host.ask(self.line("settle", self.case["settle"]))

    def recovered(self):
        answer = self.run.host.ask(self.line("call", self.case["lost"]))
        error = answer.get("error", {})
        if error.get("kind") != "AmbiguousWrite" or not isinstance(error.get("ticket"), str):
            return {"misfit": f"the call gave no ticket: {short(answer)}"}
        if SECRET in error["ticket"]:
            return {"misfit": f"the ticket holds the secret: {short(answer)}"}
        settings = self.sandbox.settings(**self.case.get("recovered_by", {}))
        line = {"op": "recover", "settings": settings, "ticket": error["ticket"], "options": self.options}
        return self.run.host.ask(line)

    def line(self, op, call):
        params = self.examples[call["id"]] | self.filled(call.get("params", {}))
        params = {name: value for name, value in params.items() if name not in call.get("without", [])}
        options = self.options | call.get("options", {})
        settings = self.sandbox.settings(**self.case.get("settings", {}))
        return {"op": op, "settings": settings, "id": call["id"], "params": params, "options": options}

    def filled(self, params):
        return {name: self.id if value == "$made" else value for name, value in params.items()}

    def wrong_answer(self, answer):
        case = self.case
        if "error" in case:
            return wrong_members(answer.get("error"), case["error"], case, answer)
        if "answered" in case:
            return wrong_data(answer, case["answered"])
        outcome = json.loads(answer["outcome"]) if "outcome" in answer else None
        expected = dict(case["outcome"])
        found = expected.pop("found", None)
        problem = wrong_members(outcome, expected, case, answer)
        if problem or found is None:
            return problem
        shown = outcome.get("found") or []
        if len(shown) != len(found):
            return f"{len(shown)} objects show it, expected {len(found)}: {short(outcome)}"
        return next(filter(None, map(subset_difference, shown, found)), None)

    def wrong_platform(self, before):
        """Where the platform has done, or been asked for, something else than it should."""
        case = self.case
        told = self.sandbox.told("faults")
        sent = told["calls"] - before
        if sent != case.get("sent", sent):
            return f"{sent} requests were sent, expected {case['sent']}"
        if told["injected"] != case.get("injected", told["injected"]):
            return f"the write was sent {told['injected']} times, expected {case['injected']}"
        ledger = self.sandbox.told("ledger")
        done = collections.Counter(entry["action"] for entry in ledger["entries"])
        if done != case.get("ledger", done):
            return f"the ledger has {dict(done)}, expected {case['ledger']}"
        if "then" not in case:
            return None
        return wrong_data(self.run.model.ask(self.line("call", case["then"])), case["then"]["data"])


def wrong_data(answer, expected):
    if "data" not in answer:
        return f"found {short(answer)}"
    return subset_difference(json.loads(answer["data"]), expected, "data")


def wrong_members(found, expected, case, answer):
    if not isinstance(found, dict):
        return f"found {short(answer)}"
    missing = [name for name in case.get("present", []) if not found.get(name)]
    if missing:
        return f"{missing} is missing: {short(answer)}"
    problem = subset_difference(found, expected)
    return problem and f"{problem}: {short(answer)}"
