#!/usr/bin/env python3
"""Holds a host of the core to what every host must do.

    tests/conformance/run.py NAME [--skip op,op] [--reads N] [--writes N] [--hostile N] [--certainty N] -- COMMAND...

COMMAND is the host's small program: it reads one case per line on stdin, and answers each with one line on stdout.
README.md describes the cases and the answers. The last line is `N passed, N failed`; the exit code is 1 if any failed.
"""

import argparse
import dataclasses
import pathlib
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tests/conformance"))

from runner import (  # noqa: E402
    calls,
    certainty,
    clocks,
    cookies,
    errors,
    faults,
    hostile,
    pages,
    recovery,
    restarts,
    settings,
    vectors,
    waits,
)
from runner.process import Host  # noqa: E402
from runner.report import Report  # noqa: E402
from runner.run import Run  # noqa: E402

GROUPS = [
    ("signing", vectors.signing),
    ("encode", vectors.encode),
    ("decode", vectors.decode),
    ("push", vectors.push),
    ("sign-push", vectors.sign_push),
    ("exchange", vectors.exchange),
    ("search", vectors.search),
    ("rows", calls.rows),
    ("items", calls.items),
    ("pages", pages.pages),
    ("shapes", calls.shapes),
    ("settings", settings.settings),
    ("cookies", cookies.cookies),
    ("errors", errors.errors),
    ("cancel", errors.cancel),
    ("recovery", recovery.recovery),
    ("waits", waits.waits),
    ("clocks", clocks.clocks),
    ("reads", faults.reads),
    ("writes", faults.writes),
    ("hostile", hostile.hostile),
    ("certainty", certainty.certainty),
    ("refusals", faults.refusals),
    ("restart", restarts.restart),
]
#: Groups that mostly sleep.
PATIENT = {"recovery", "waits"}


def main():
    options = arguments()
    if subprocess.run([sys.executable, "tests/crates.py", "programs"], cwd=ROOT).returncode != 0:
        sys.exit("xportcn and the model cannot be built")
    report = Report()
    program = ROOT / "target/debug/xportcn"
    logs = ROOT / "target/conformance"
    logs.mkdir(parents=True, exist_ok=True)
    model_command = [str(ROOT / "target/debug/xportcn-conformance")]
    log, model_log = logs / f"{options.name}.log", logs / f"{options.name}-model.log"
    with Host(options.command, log) as host, Host(model_command, model_log) as model:
        run = Run(
            options.name, ROOT, program, host, model, options.reads, options.writes, options.hostile, options.certainty
        )
        hello = host.ask({"op": "hello"})
        run.keeps_zeros = hello.get("amounts") != "without zeros"
        run.tells_failures = hello.get("failures") != "untold"
        run.resends = hello.get("resends", False)
        run.quirks = hello.get("quirks", [])
        print(f"{options.name}: {hello.get('host', hello)}", flush=True)
        wanted = [(name, group) for name, group in GROUPS if not options.only or name in options.only]
        patient = Patient(options, run, [(name, group) for name, group in wanted if name in PATIENT])
        patient.start()
        see(run, report, options.skip, [(name, group) for name, group in wanted if name not in PATIENT])
        patient.join()
    passed, failed = report.passed + patient.report.passed, report.failed + patient.report.failed
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


class Patient(threading.Thread):
    """Sees the groups that wait, by a host of their own, beside the others."""

    def __init__(self, options, run, groups):
        super().__init__()
        self.options, self.run_beside, self.groups = options, run, groups
        self.report = Report()

    def run(self):
        if not self.groups:
            return
        logs = ROOT / "target/conformance"
        name = f"{self.options.name}-patient"
        log, model_log = logs / f"{name}.log", logs / f"{name}-model.log"
        with Host(self.options.command, log) as host, Host(self.run_beside.model.command, model_log) as model:
            run = dataclasses.replace(self.run_beside, name=name, host=host, model=model)
            see(run, self.report, self.options.skip, self.groups)


def see(run, report, skip, groups):
    for name, group in groups:
        started = time.monotonic()
        report.begin(name, skip)
        try:
            group(run, report)
        except Exception as error:  # A group that breaks must not take the others with it.
            report.check("the group as a whole", f"{type(error).__name__}: {error}")
        report.end(time.monotonic() - started)


def names(text):
    return {name for name in text.split(",") if name}


def arguments():
    parser = argparse.ArgumentParser(
        usage="run.py NAME [--skip op,op] [--reads N] [--writes N] [--hostile N] [--certainty N] -- COMMAND..."
    )
    parser.add_argument("name", help="how the host is called in the output")
    parser.add_argument("--skip", type=names, default=set(), help="operations that the host does not have")
    parser.add_argument("--only", type=names, default=set(), help="these groups only")
    parser.add_argument("--reads", type=int, default=1000, help="reads through faults")
    parser.add_argument("--writes", type=int, default=200, help="writes through faults")
    parser.add_argument("--hostile", type=int, default=300, help="writes through a hostile proxy")
    parser.add_argument("--certainty", type=int, default=60, help="writes that are seen to their ends through faults")
    given = sys.argv[1:]
    if "--" not in given:
        parser.error("the host's command is missing: put it behind --")
    at = given.index("--")
    options = parser.parse_args(given[:at])
    options.command = given[at + 1 :]
    if not options.command:
        parser.error("the host's command is missing behind --")
    return options


if __name__ == "__main__":
    main()
