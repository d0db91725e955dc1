#!/usr/bin/env python3
"""Measures every host beside its peers, in one run, and writes target/bench/report.json.

    run.py [--allow-missing] [HOST ..]

HOST is rust, sandbox, size, or a folder of packages/ that has a program `bench`; all, unless some are named. A host that
cannot be measured here is named in the report and an error, unless --allow-missing says otherwise. Exits with 1 if a
budget is missed. `document.py` writes docs/performance.md from the report.

A row: host, case, ours, peer, peer_value, ratio (ours to the peer's), budget (of the ratio; absent where there is none),
better (lower or higher), unit, ok.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys
import time
from typing import Dict, List, Set, Tuple

import inputs
import sizes

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REPORT = ROOT / "target" / "bench" / "report.json"
LOGS = ROOT / "target" / "bench" / "logs"
# A host's benchmark that takes longer hangs. Its first run may have to build the package.
LONGEST_SECONDS = 900
PACKAGES = ["kotlin", "npm", "pip", "swift"]
COMMANDS: Dict[str, List[str]] = {
    "rust": [
        *"cargo bench --quiet --locked --package xportcn-core --bench budgets --package xportcn --bench client".split()
    ],
    "sandbox": [sys.executable, "tests/bench/load.py"],
    **{name: [f"packages/{name}/bench"] for name in PACKAGES},
}


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--allow-missing", action="store_true", help="hosts that cannot be measured are no error")
    arguments.add_argument("hosts", nargs="*", metavar="HOST", help=", ".join([*COMMANDS, "size"]))
    given = arguments.parse_args()
    unknown = set(given.hosts) - {*COMMANDS, "size"}
    if unknown:
        arguments.error(f"there is no host {', '.join(sorted(unknown))}")
    inputs.write()
    LOGS.mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[0]
    rows: List[dict] = []
    missing: Dict[str, str] = {}
    for host in given.hosts or [*COMMANDS, "size"]:
        started = time.monotonic()
        found, reason = measure(host)
        rows += found
        if reason:
            missing[host] = reason
        print(f"{host}: {len(found)} rows ({time.monotonic() - started:.0f} s){reason and ' -- ' + reason}", flush=True)
        for row in found:
            print("  " + told(row), flush=True)
    report = {
        "command": f'make bench HOSTS="{" ".join(given.hosts)}"' if given.hosts else "make bench",
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": machine({row["host"] for row in rows}),
        "load_before": round(load, 2),
        "load_after": round(os.getloadavg()[0], 2),
        "not_measured": missing,
        "rows": rows,
    }
    REPORT.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    missed = [row for row in rows if not row["ok"]]
    print(f"{len(rows) - len(missed)} within budget, {len(missed)} missed, {len(missing)} hosts not measured")
    print(f"-- {REPORT.relative_to(ROOT)}")
    return 1 if missed or not rows or (missing and not given.allow_missing) else 0


def measure(host: str) -> Tuple[List[dict], str]:
    """The rows of a host, and why there are none or too few."""
    if host == "size":
        rows = sizes.rows()
        return rows, "" if rows else "nothing stands in target/packages: make package"
    command = COMMANDS[host]
    if host in PACKAGES and not (ROOT / command[0]).exists():
        return [], f"there is no {command[0]}"
    log = LOGS / f"{host}.log"
    with log.open("w") as errors:
        try:
            ended = subprocess.run(
                command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True, timeout=LONGEST_SECONDS
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return [], str(error)
    rows = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{")]
    # 1 says that a budget is missed, as its row does.
    broken = ended.returncode not in (0, 1) or not rows or (ended.returncode and all(row["ok"] for row in rows))
    return rows, f"it ended with {ended.returncode}: {log.relative_to(ROOT)}" if broken else ""


def told(row: dict) -> str:
    peer = f" -- {row['peer']}: {row['peer_value']:,}" if row.get("peer_value") is not None else ""
    budget = f", budget {row['budget']}" if row.get("budget") is not None else ""
    verdict = "ok" if row["ok"] else "MISSED"
    return f"{verdict:6} {row['case']}: {row['ours']:,} {row.get('unit', '')}{peer}{ratio(row)}{budget}"


def ratio(row: dict) -> str:
    return f" -> {row['ratio']}x" if row.get("ratio") is not None else ""


def machine(hosts: Set[str]) -> dict:
    cpu = [line for line in read("/proc/cpuinfo").splitlines() if line.startswith("model name")]
    version = lambda *command: first_line(command)  # noqa: E731
    return {
        "cpu": cpu[0].split(":", 1)[1].strip() if cpu else platform.processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "rustc": version("rustc", "--version"),
        "node": version("node", "--version"),
        "java": version("java", "-version"),
        "python": platform.python_version(),
        # Its toolchain is installed where it is measured, and not for its version.
        **({"swift": version("packages/swift/toolchain", "swift", "--version")} if "swift" in hosts else {}),
    }


def first_line(command: Tuple[str, ...]) -> str:
    try:
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    except OSError:
        return "absent"
    return (ended.stdout or ended.stderr).strip().split("\n")[0]


def read(path: str) -> str:
    try:
        return pathlib.Path(path).read_text()
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
