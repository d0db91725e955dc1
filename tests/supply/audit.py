#!/usr/bin/env python3
"""What the project is built from: licences, sources, duplicates and advisories of crates, advisories of the packages from
npm and PyPI, and whether the lock files hold hashes. Writes target/supply/audit.json; exits with 1 if something is wrong.

A service that does not answer here is named, as `not answered`; with --strict that is an error.
"""

import datetime
import json
import os
import pathlib
import subprocess
import sys
from typing import Dict, List, Tuple

import lock
import npm_locks
from tools import cargo_tool, python_tools

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "supply"
REPORT = WORK / "audit.json"
CARGO_DENY = "0.20.2"
# The project's workspace, and that of the fuzzers.
WORKSPACES = [".", "tests/fuzz"]

OK, WRONG, SILENT = "ok", "wrong", "not answered"
Result = Tuple[str, str]


def main() -> int:
    WORK.mkdir(parents=True, exist_ok=True)
    results: Dict[str, Result] = {}
    deny = cargo_tool("cargo-deny", CARGO_DENY)
    for workspace in WORKSPACES:
        where = "" if workspace == "." else f" of {workspace}"
        results[f"licences, duplicates and sources of crates{where}"] = crates(deny, workspace)
        results[f"advisories of crates{where}"] = advisories(deny, workspace)
    results["lock files of PyPI hold every version with hashes"] = locked()
    results["lock files of npm hold every package with its place on the registry and its hash"] = verdict(
        npm_locks.faults()
    )
    for file in lock.required():
        results[f"advisories of {lock.shown(lock.lock_of(file))}"] = pypi(lock.lock_of(file))
    for file in npm_locks.locks():
        results[f"advisories of {file.relative_to(ROOT)}"] = npm(file)
    for name, (state, detail) in results.items():
        print(f"{state:12} {name}{detail and ': ' + detail}", flush=True)
    keep(results)
    states = [state for state, _ in results.values()]
    print(f"{states.count(OK)} passed, {states.count(WRONG)} failed, {states.count(SILENT)} not answered")
    strict = "--strict" in sys.argv[1:] and SILENT in states
    return 1 if WRONG in states or strict else 0


def crates(deny: str, workspace: str) -> Result:
    ended = run([*deny_of(deny), "licenses", "bans", "sources"], workspace)
    # The tool told it all; the first lines of its errors are enough here.
    return verdict([line for line in ended.stderr.splitlines() if line.startswith("error")] if ended.returncode else [])


def advisories(deny: str, workspace: str) -> Result:
    ended = run([*deny_of(deny), "advisories"], workspace)
    if "failed to fetch advisory database" in ended.stderr:
        return SILENT, "the database of RustSec is on GitHub, which cannot be reached from here"
    return verdict([line for line in ended.stderr.splitlines() if line.startswith("error")] if ended.returncode else [])


def deny_of(deny: str) -> List[str]:
    return [deny, "--locked", "--config", str(ROOT / "deny.toml"), "check", "--allow", "unmatched-skip"]


def locked() -> Result:
    return verdict([f"{lock.shown(file)}: {reason}" for file in lock.required() for reason in lock.faults(file)])


def pypi(file: pathlib.Path) -> Result:
    # Not by its script, which names the folder in which the environment was made.
    python = python_tools("audit", HERE / "audit-requirements.txt")
    command = [str(python), "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    ended = run([*command, "--format", "json", "--requirement", str(file)], ".")
    try:
        packages = json.loads(ended.stdout)["dependencies"]
    except (ValueError, KeyError):
        return SILENT, (ended.stderr.strip().splitlines() or ["no answer"])[-1][:200]
    found = [f"{package['name']} {entry['id']}" for package in packages for entry in package.get("vulns", [])]
    told = [package for package in packages if "vulns" in package]
    if found:
        return WRONG, ", ".join(found)
    if len(told) < len(packages):
        return SILENT, f"the registry tells of {len(told)} of {len(packages)} packages"
    return OK, f"{len(told)} packages"


def npm(file: pathlib.Path) -> Result:
    ended = run(["npm", "audit", "--package-lock-only", "--json", "--audit-level=low"], str(file.parent))
    try:
        answer = json.loads(ended.stdout)
    except ValueError:
        return SILENT, "npm gives no answer"
    if "auditReportVersion" not in answer:
        return SILENT, f"the registry has no advisories: {str(answer.get('message', ended.stderr))[:120]}"
    return verdict(sorted(answer.get("vulnerabilities", {})))


def verdict(faults: List[str]) -> Result:
    return (WRONG, "; ".join(faults)) if faults else (OK, "")


def run(command: List[str], folder: str) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            command, cwd=ROOT / folder, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}
        )
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, "", f"{pathlib.Path(command[0]).name}: {error.strerror}")


def keep(results: Dict[str, Result]) -> None:
    checks = [{"check": name, "result": state, "detail": detail} for name, (state, detail) in results.items()]
    report = {"command": "make audit", "date": datetime.date.today().isoformat(), "checks": checks}
    REPORT.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
