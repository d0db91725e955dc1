#!/usr/bin/env python3
"""Runs the parts of the test suite: one line for each, where the time went, and the sum at the end. Full output stands
in target/test/.

    run.py [GROUP ..]    rust, pip, npm, kotlin, swift, site, explorer, mcp; all of these, unless some are named. check is the quick loop,
                         and proof what takes long
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import time
from typing import Dict, List, NamedTuple

from parts import GROUPS, HOSTS, LANES, TESTS, Part, chosen

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOGS = ROOT / "target" / "test"
# What gives a program only the time that others leave: some tests wait for what must come within half a second.
IDLE = ["chrt", "--idle", "0"]
ASIDE = IDLE if shutil.which("chrt") and not subprocess.call([*IDLE, "true"]) else ["nice", "-n", "19"]
COUNT = re.compile(r"^(?:test result: \w+\. )?(\d+) passed[;,] (\d+) failed", re.MULTILINE)


class Result(NamedTuple):
    passed: int
    failed: int
    # Seconds on the clock, and of processors.
    wall: float
    processor: float


def main() -> int:
    wanted = sys.argv[1:] or list(HOSTS)
    unknown = [name for name in wanted if name not in GROUPS]
    if unknown:
        print(f"there is no group {', '.join(unknown)}; there are {', '.join(GROUPS)}", file=sys.stderr)
        return 2
    LOGS.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    results = Suite(chosen(wanted)).run()
    passed = sum(result.passed for result in results.values())
    failed = sum(result.failed for result in results.values())
    print_times(results, time.monotonic() - started)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


class Suite:
    """Every lane has its threads, which take the first of its parts that can be run."""

    def __init__(self, parts: List[Part]) -> None:
        self.waiting = list(parts)
        self.results: Dict[str, Result] = {}
        self.changed = threading.Condition()

    def run(self) -> Dict[str, Result]:
        lanes = [
            threading.Thread(target=self.serve, args=(lane,)) for lane, count in LANES.items() for _ in range(count)
        ]
        for lane in lanes:
            lane.start()
        try:
            for lane in lanes:
                lane.join()
        except KeyboardInterrupt:
            with self.changed:
                self.waiting.clear()
            raise
        return self.results

    def serve(self, lane: str) -> None:
        while True:
            with self.changed:
                part = self.changed.wait_for(lambda: self.next_of(lane))
            if part == "none":
                return
            try:
                result = perform(part) if self.can_run(part) else given_up(part, f"it needs {', '.join(part.after)}")
            except OSError as error:
                result = given_up(part, str(error))
            with self.changed:
                self.results[part.name] = result
                self.changed.notify_all()

    def next_of(self, lane: str):
        """The next part of a lane, or the word that there will be none; nothing while its parts wait for others."""
        parts = [part for part in self.waiting if part.lane == lane]
        for part in parts:
            if all(name in self.results for name in part.after):
                self.waiting.remove(part)
                return part
        return None if parts else "none"

    def can_run(self, part: Part) -> bool:
        return not any(self.results[name].failed for name in part.after)


def perform(part: Part) -> Result:
    """Runs one part."""
    started = time.monotonic()
    log = LOGS / f"{part.name.replace(' ', '-')}.log"
    command = part.command if part.lane == TESTS else [*ASIDE, *part.command]
    # The parts that others come after have built the programs.
    environment = {**os.environ, "XPORTCN_BUILT": "1"} if part.after else dict(os.environ)
    with log.open("w") as output:
        child = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = code = os.waitstatus_to_exitcode(status)
    text = log.read_text(errors="replace")
    counts = [(int(ok), int(bad)) for ok, bad in COUNT.findall(text)] or [(int(code == 0), int(code != 0))]
    passed = sum(ok for ok, _ in counts)
    failed = sum(bad for _, bad in counts)
    if code != 0 and failed == 0:
        failed = 1
    result = Result(passed, failed, time.monotonic() - started, usage.ru_utime + usage.ru_stime)
    lines = [f"{part.name}: {passed} passed, {failed} failed ({result.wall:.0f} s)"]
    if failed:
        lines += [*text.splitlines()[-60:], f"-- the whole output: {log.relative_to(ROOT)}"]
    print("\n".join(lines), flush=True)
    return result


def given_up(part: Part, reason: str) -> Result:
    print(f"{part.name}: 0 passed, 1 failed: {reason}", flush=True)
    return Result(0, 1, 0, 0)


def print_times(results: Dict[str, Result], wall: float) -> None:
    """Where the time went, the longest first."""
    print("\n  on the clock  of processors")
    for name, result in sorted(results.items(), key=lambda entry: -entry[1].processor):
        if max(result.wall, result.processor) >= 1:
            print(f"{result.wall:12.0f} s {result.processor:12.0f} s  {name}")
    processor = sum(result.processor for result in results.values())
    print(f"{wall:12.0f} s {processor:12.0f} s  all, of {wall * (os.cpu_count() or 1):.0f} s that there were\n")


if __name__ == "__main__":
    sys.exit(main())
