"""A platform that is killed in the middle of a run, and comes back."""

import json
import signal
import time

from runner.compare import short
from runner.faults import READS, load

COUNT = 300
#: Each reply takes this long, so that the run is not over too soon.
SLOW = "kinds=slow,slow-ms=20"


def restart(run, report):
    if report.skips("load"):
        return
    params = next(json.loads(row["example"]) for row in run.rows() if row["id"] == READS[0])
    with run.sandbox("--fault", SLOW) as sandbox:
        settings = sandbox.settings(maxRetries=200, initialBackoff=5, maxBackoff=100, timeout=5000)
        run.host.tell(load(settings, READS[0], params, COUNT, 4))
        before = reached(sandbox, COUNT // 4)
        sandbox.stop(signal.SIGKILL)
        time.sleep(0.3)
        sandbox.start()
        answer = run.host.answer(120)
        after = sandbox.told("faults")["calls"]
    problem = None if answer.get("succeeded") == COUNT else f"found {short(answer.get('failed', answer))}"
    if problem is None and not (before < COUNT and after > 0):
        problem = f"{before} calls before, {after} after: the run was over too soon"
    report.check(f"{COUNT} reads, and a platform that goes away and comes back", problem)


def reached(sandbox, calls):
    """Waits until so many calls have come, and tells how many have."""
    patience = time.monotonic() + 60
    while time.monotonic() < patience:
        found = sandbox.told("faults")["calls"]
        if found >= calls:
            return found
        time.sleep(0.02)
    raise RuntimeError(f"{found} calls came within a minute")
