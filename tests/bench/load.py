#!/usr/bin/env python3
"""The sandbox under load: prints rows for how many verified calls it answers a second, and what memory it takes; and how
long the command line takes for one call to it.

The sandbox and the load generator are two processes of the release build, on the same machine. Nonces are remembered for
ten minutes, up to 262,144 of them: the memory is flat once so many calls have come.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import time
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = ROOT / "target" / "release" / "xportcn"
ACCOUNT = {
    "XPORTCN_ACCESS_KEY": "sandbox-key",
    "XPORTCN_ACCESS_SECRET": "sandbox-secret",
    "XPORTCN_USER_ID": "sandbox-user",
}
PER_SECOND = 8_000
# More calls than nonces are remembered.
FILL = 300_000
MEASURED = 150_000
GROWTH_KB = 2_048
PERCENTILES = ["p50", "p90", "p99", "p99.9", "max"]


def main() -> int:
    build = ["cargo", "build", "--quiet", "--locked", "--release", "--package", "xportcn-cli"]
    subprocess.run(build, cwd=ROOT, check=True)
    sandbox = subprocess.Popen([PROGRAM, "sandbox"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert sandbox.stdout
        url = sandbox.stdout.readline().split()[-1]
        load(url, FILL)
        called = command_line(url)
        before = resident_kb(sandbox.pid)
        figures = load(url, MEASURED)
        grown = resident_kb(sandbox.pid) - before
    finally:
        sandbox.terminate()
        sandbox.wait()
    latency = figures["latency_ms"]
    held = [
        row("verified calls a second", figures["per_second"], "a budget", PER_SECOND, "higher", "a second"),
        row(f"growth over {MEASURED:,} calls, resident", grown, "a budget", GROWTH_KB, "lower", "KB"),
        told("resident under load", before + grown, "KB"),
        *(
            told(f"latency over {figures['connections']} connections, {name}", latency[name], "ms")
            for name in PERCENTILES
        ),
    ]
    print(json.dumps({**facts("cli", "first call", called, "ms"), "ok": True}), flush=True)
    return 0 if all(held) else 1


def command_line(url: str) -> float:
    """Milliseconds of a process that makes one call."""
    command = [PROGRAM, "call", "address.list", "--base-url", url]
    times = []
    for _ in range(31):
        started = time.perf_counter()
        subprocess.run(command, env=ACCOUNT, stdout=subprocess.DEVNULL, check=True)
        times.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(times), 3)


def load(url: str, calls: int) -> Any:
    command = [PROGRAM, "load", "--base-url", url, "--calls", str(calls), "--time", "2m", "--json"]
    ended = subprocess.run(command, env=ACCOUNT, capture_output=True, text=True)
    if ended.returncode:
        sys.exit(f"{ended.stderr}\n{ended.stdout}")
    return json.loads(ended.stdout)


def resident_kb(pid: int) -> int:
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise ValueError("the system does not tell the memory of a process")


def row(case: str, ours: float, peer: str, value: float, better: str, unit: str) -> bool:
    ratio = ours / value
    ok = ratio >= 1 if better == "higher" else ratio <= 1
    known = {"peer": peer, "peer_value": value, "ratio": round(ratio, 3), "budget": 1.0, "better": better}
    print(json.dumps({**facts("sandbox", case, ours, unit), **known, "ok": ok}), flush=True)
    return ok


def told(case: str, ours: float, unit: str) -> bool:
    """A figure without a budget."""
    print(json.dumps({**facts("sandbox", case, ours, unit), "ok": True}), flush=True)
    return True


def facts(host: str, case: str, ours: float, unit: str) -> dict:
    return {
        "host": host,
        "case": case,
        "ours": ours,
        "peer": "",
        "peer_value": None,
        "ratio": None,
        "budget": None,
        "better": "lower",
        "unit": unit,
    }


if __name__ == "__main__":
    sys.exit(main())
