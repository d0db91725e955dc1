"""A way to the sandbox that does what networks, gateways and filters do, and the sandbox's ledger as the judge."""

import collections
import contextlib
import json
import subprocess
import sys
import urllib.request

from runner.calls import call
from runner.compare import short
from runner.errors import refused
from runner.faults import load
from runner.orders import actions, create

PROXY = "tests/reliability/proxy.py"
LANES = 16
#: Writes of one line, so that no answer of a host becomes too long.
BATCH = 1000
PATIENCE = 240
#: Ends of a write that has arrived, or may have.
ANSWERED = ("ok", "AmbiguousWrite", "Http", "Api", "Decode")
#: Milliseconds that a write may take; what stalls costs as much.
TIMEOUT = 400


class Proxy:
    """The program of `tests/reliability/proxy.py` in front of a sandbox."""

    def __init__(self, root, sandbox):
        self.command = [sys.executable, str(root / PROXY), "--to", str(sandbox.port)]

    def __enter__(self):
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(self.command, stdin=pipe, stdout=pipe)
        line = self.process.stdout.readline().decode()
        if not line.startswith("listening on "):
            raise RuntimeError(f"the proxy does not start: {line!r}")
        self.url = line.split()[-1]
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait(timeout=20)
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()

    def tally(self):
        """How often there was which fault."""
        return collections.Counter(self.told()["faults"])

    def told(self):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.url}/proxy/tally", timeout=20) as answer:
            return json.load(answer)


def hostile(run, report):
    if report.skips("call") or report.skips("load"):
        return
    with run.sandbox() as sandbox, Proxy(run.root, sandbox) as proxy:
        cases(run, report, sandbox, proxy)
    with run.sandbox() as sandbox, Proxy(run.root, sandbox) as proxy:
        writes(run, report, sandbox, proxy)


def cases(run, report, sandbox, proxy):
    """One order through each fault that shows what a host must make of it."""
    for case in run.cases("hostile.json")["cases"]:
        if not run.tells_failures:
            case = case | case.get("untold", {})
        if run.resends:
            case = case | case.get("resent", {})
        for quirk in run.quirks:
            case = case | case.get("quirks", {}).get(quirk, {})
        settings = sandbox.settings(baseUrl=f"{proxy.url}/{case['fault']}", timeout=TIMEOUT, maxRetries=0)
        settings |= case.get("settings", {})
        reference = case["name"]
        endpoint, params = (
            ("taobao.order.page", {"pageNo": 1, "pageSize": 10}) if case.get("reads") else create(reference)
        )
        before = sum(proxy.tally().values())
        answer = run.host.ask(call(settings, endpoint, params))
        problem = refused(answer, case) if "error" in case else None if "data" in answer else f"found {short(answer)}"
        sent = sum(proxy.tally().values()) - before
        if problem is None and sent != case.get("sent", 1) and not run.resends:
            problem = f"{sent} requests were sent, expected {case.get('sent', 1)}"
        created = actions(sandbox.told("ledger"), "created", "reference")[reference]
        if problem is None and created != case.get("created", 0):
            problem = f"{created} orders were created, expected {case.get('created', 0)}"
        report.check(case["name"], problem)


def writes(run, report, sandbox, proxy):
    """Many orders through all faults, each taken at random."""
    # Foundation on Linux ends the program over a trailer.
    fault = "any-without-trailers" if "trailers" in run.quirks else "any"
    settings = sandbox.settings(baseUrl=f"{proxy.url}/{fault}", timeout=TIMEOUT, initialBackoff=1, maxBackoff=20)
    said, own = {}, {}
    for start in range(0, run.hostile, BATCH):
        count = min(BATCH, run.hostile - start)
        endpoint, params = create(f"hostile-{start}-{{n}}")
        answer = run.host.ask(load(settings, endpoint, params, count, LANES), PATIENCE)
        results = answer.get("results", [])
        if len(results) != count:
            report.check(f"{count} writes have {count} ends", f"found {short(answer)}")
            return
        said |= {f"hostile-{start}-{at}": result.get("kind", "ok") for at, result in enumerate(results)}
        replies = ((at, json.loads(result["ok"])) for at, result in enumerate(results) if "ok" in result)
        own |= {f"hostile-{start}-{at}": reply["orderList"][0]["purchaseId"] for at, reply in replies}
    ledger, told_of = sandbox.told("ledger"), proxy.told()
    done, faults = actions(ledger, "created", "reference"), told_of["faults"]
    ends = collections.Counter(said.values())
    # What cannot have arrived where nothing did, and is not said to have been sent.
    unsent = sum(count for end, count in ends.items() if end not in ANSWERED)
    needless = max(0, len(said) - told_of["arrived"] - unsent)
    doubled = sorted(name for name, times in done.items() if times > 1)
    lost = sorted(name for name, end in said.items() if end == "ok" and name not in done)
    misreported = sorted(name for name in done if said.get(name) not in ("ok", "AmbiguousWrite"))
    orders = {entry["reference"]: entry["orderId"] for entry in ledger["entries"] if entry["action"] == "created"}
    mixed = sorted(name for name, order in own.items() if orders.get(name, order) != order)
    checks = {"doubled": doubled, "lost": lost, "misreported": misreported, "answered with another's reply": mixed}
    for words, names in checks.items():
        known = [f"{name} ({said.get(name)})" for name in names[:5]]
        report.check(f"none {words} in {len(said)} writes", f"{len(names)}: {', '.join(known)}" if names else None)
    seen = None if {"ok", "AmbiguousWrite"} <= set(ends) else f"the host said {sorted(ends)} and nothing else"
    report.check("some writes succeed and some are ambiguous", seen)
    if run.tells_failures:
        # A machine that stands still may end what is on its way in each lane.
        few = None if needless <= max(2 * LANES, len(said) // 100) else f"{needless} of {len(said)}"
        report.check("few writes are ambiguous of which nothing arrived", few)
    print(
        f"          {len(said)} writes of {run.name} through {sum(faults.values())} requests: {told(ends)}, {needless} of them"
        f" ambiguous though nothing arrived"
        + ("" if doubled + lost + misreported + mixed else "; none is lost, doubled, misreported or mixed up")
    )
    record = {
        "host": run.name,
        "writes": len(said),
        "created": len(done),
        "ends": dict(sorted(ends.items())),
        "faults": dict(sorted(faults.items())),
        "lost": len(lost),
        "doubled": len(doubled),
        "misreported": len(misreported),
        "mixed": len(mixed),
        "needless": needless,
    }
    run.own_file("hostile.json").write_text(json.dumps(record, indent=1) + "\n")


def told(ends):
    return ", ".join(f"{count} {end}" for end, count in ends.most_common())
