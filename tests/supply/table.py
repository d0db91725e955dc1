#!/usr/bin/env python3
"""The machines of packages/cross/targets.json: that the compiler, the release workflow and the documentation know the same, and that
the look at headers tells one machine from another. Prints "N passed, N failed"; the part `machines` of make test.
"""

import pathlib
import re
import subprocess
import sys
from typing import Callable, Dict, Iterator

import artefacts
from targets import TARGETS
from tools import python_tools

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORKFLOW = ROOT / ".github" / "workflows" / "release.yml"
# An interpreter is for one machine: prints how many faults it has on each.
LOOK = """
import pathlib, sys
sys.path.insert(0, "")
import binaries
from targets import TARGETS
for target in TARGETS:
    print(target.triple, len(binaries.faults(pathlib.Path(sys.argv[1]), target)))
"""


def main() -> int:
    checks: Dict[str, Callable[[], Iterator[str]]] = {
        "the compiler knows every machine": unknown,
        "no two machines share a name": shared,
        "the release workflow starts what is for each machine on its runner": not_started,
        "the documentation has every machine and every artefact": not_told,
        "a program is no other machine's by its headers": confused,
    }
    failed = 0
    for name, check in checks.items():
        faults = list(check())
        failed += bool(faults)
        print("\n".join([f"{'FAILED' if faults else 'ok':6} {name}", *(f"       {fault}" for fault in faults)]))
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


def unknown() -> Iterator[str]:
    listed = subprocess.run(
        ["rustc", "--print", "target-list"], check=True, capture_output=True, text=True
    ).stdout.split()
    yield from (f"there is no {target.triple}" for target in TARGETS if target.triple not in listed)


def shared() -> Iterator[str]:
    for field in ("triple", "name", "title", "jar", "wheel"):
        values = [getattr(target, field) for target in TARGETS]
        yield from {f"{value} is twice there" for value in values if values.count(value) > 1}


def not_started() -> Iterator[str]:
    started = dict(re.findall(r"\{ target: (\S+), runner: (\S+) \}", WORKFLOW.read_text(encoding="utf-8")))
    wanted = {target.name: target.runner for target in TARGETS}
    yield from (
        f"{name}: {started.get(name)}, not {runner}" for name, runner in wanted.items() if started.get(name) != runner
    )
    yield from (f"it starts {name}, which is no machine" for name in set(started) - set(wanted))


def not_told() -> Iterator[str]:
    text = artefacts.DOCUMENT.read_text(encoding="utf-8")
    lines = text.split("<!-- table -->\n")[1].split("<!-- end of table -->")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    if rows[0][-len(TARGETS) :] != [target.title for target in TARGETS]:
        yield f"its columns are {rows[0]}"
    if [row[0] for row in rows[2:]] != [artefact.title for artefact in artefacts.ARTEFACTS]:
        yield f"its rows are {[row[0] for row in rows[2:]]}"
    yield from (f"{row[0]} has FAILED" for row in rows if "FAILED" in row)


def confused() -> Iterator[str]:
    python = python_tools("artefacts", HERE / "artefacts-requirements.txt")
    looked = subprocess.run(
        [python, "-c", LOOK, pathlib.Path(sys.executable).resolve()],
        cwd=HERE,
        check=True,
        capture_output=True,
        text=True,
    )
    host = subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True).stdout
    own = re.search(r"host: (\S+)", host)[1]
    for line in looked.stdout.splitlines():
        triple, faults = line.split()
        if triple != own and faults == "0":
            yield f"this machine's Python would do for {triple}"


if __name__ == "__main__":
    sys.exit(main())
