#!/usr/bin/env python3
"""System packages are installed by packages/system-packages alone, or by some scripts in folders of their own, and by none
where XPORTCN_INSTALL is 0. Prints "N passed, N failed"; the part `system packages` of make test.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
from typing import Callable, Dict, List, Optional

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
INSTALLER, TOOLCHAIN = "packages/system-packages", "packages/swift/toolchain"
STARTED = "tests/supply/started"
FOREIGN, PYTHON = f"{STARTED}/foreign-root", f"{STARTED}/musl-python"
INSTALLS = re.compile(r"\b(apt-get|debootstrap|dnf|apk add|brew install)\b")


def main() -> int:
    checks: Dict[str, Callable[[], List[str]]] = {
        "no other script installs system packages": other_scripts,
        "XPORTCN_INSTALL=0 names the command of apt-get and fails": lambda: refusal(
            [INSTALLER, "a test", "hello"], "apt-get install --no-install-recommends hello"
        ),
        "XPORTCN_INSTALL=0 names the command of Swift's toolchain and fails": toolchain,
        "XPORTCN_INSTALL=0 says what a folder for another machine would get, and fails": lambda: [
            *refusal([FOREIGN, "/nowhere/arm64", "hello"], "would unpack hello for arm64 into /nowhere/arm64"),
            *refusal(
                [PYTHON, "x86_64", "/nowhere/python"], "would fetch the sources of python3.11 into /nowhere/python"
            ),
        ],
    }
    failed = 0
    for name, check in checks.items():
        faults = check()
        failed += bool(faults)
        print("\n".join([f"{'FAILED' if faults else 'ok':6} {name}", *(f"       {fault}" for fault in faults)]))
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


def other_scripts() -> List[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [
        f"{name} names {found[1]}"
        for name in names
        if name not in (INSTALLER, TOOLCHAIN, FOREIGN, PYTHON, str(pathlib.Path(__file__).relative_to(ROOT)))
        and (ROOT / name).is_file()
        and (ROOT / name).read_bytes()[:3] == b"#!/"
        and (found := INSTALLS.search((ROOT / name).read_text()))
    ]


def toolchain() -> List[str]:
    """Where there is no `swift`, and none was installed before."""
    with tempfile.TemporaryDirectory() as cache:
        folders = [folder for folder in os.get_exec_path() if not pathlib.Path(folder, "swift").exists()]
        there = {"XDG_CACHE_HOME": cache, "PATH": os.pathsep.join(folders)}
        faults = refusal([TOOLCHAIN, "true"], f"XPORTCN_INSTALL=1 {TOOLCHAIN} true", there)
        return faults + [f"it left {path}" for path in pathlib.Path(cache).rglob("swift-*/*")]


def refusal(command: List[str], named: str, there: Optional[Dict[str, str]] = None) -> List[str]:
    environment = {**os.environ, **(there or {}), "XPORTCN_INSTALL": "0"}
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
    faults = [] if ended.returncode else ["it succeeded"]
    return faults if named in ended.stderr else [*faults, f"it said {ended.stderr!r}"]


if __name__ == "__main__":
    sys.exit(main())
