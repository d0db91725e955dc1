#!/usr/bin/env python3
"""Locks what the project's scripts install from PyPI: beside every requirements file that names versions it writes one of
the same name that ends in .lock, with every package that those need, and the hashes of all their files.

    lock.py [--check]    --check changes nothing, and fails where a lock lacks a version that is required or has no hashes

Scripts install from the locks, with `pip install --require-hashes`.
"""

import pathlib
import re
import subprocess
import sys
from typing import Dict, List

from tools import python_tools

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# The oldest Python that the scripts run on, and that the package runs on.
PYTHON = "3.11"
OLDEST = "3.9"
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def main() -> int:
    files = required()
    if sys.argv[1:] == ["--check"]:
        wrong = [f"{shown(file)}: {reason}" for file in files for reason in faults(file)]
        print("\n".join(wrong) or f"{len(files)} files of requirements are locked")
        return 1 if wrong else 0
    for file in files:
        compile_lock(file)
        print(f"{shown(file)}: {len(pins(lock_of(file)))} packages")
    return 0


def required() -> List[pathlib.Path]:
    """The requirements files that the project keeps."""
    listed = subprocess.run(
        ["git", "ls-files", "*requirements.txt"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split()]


def lock_of(file: pathlib.Path) -> pathlib.Path:
    return file.with_suffix(".lock")


def compile_lock(file: pathlib.Path) -> None:
    uv = python_tools("lock", HERE / "lock-requirements.txt").with_name("uv")
    python = OLDEST if file.name.startswith("oldest") else PYTHON
    command = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", python]
    command += ["--generate-hashes", "--no-header", "--no-annotate", "--output-file", lock_of(file), file]
    subprocess.run(command, check=True)


def faults(file: pathlib.Path) -> List[str]:
    lock = lock_of(file)
    if not lock.exists():
        return [f"there is no {lock.name}: python3 tests/supply/lock.py writes it"]
    locked = pins(lock)
    wrong = [
        f"{lock.name} lacks {name} {version}" for name, version in pins(file).items() if locked.get(name) != version
    ]
    for entry in re.split(r"\n(?=\S)", lock.read_text()):
        if PIN.match(entry) and "--hash=sha256:" not in entry:
            wrong.append(f"{lock.name} has no hash of {entry.split()[0]}")
    return wrong


def pins(file: pathlib.Path) -> Dict[str, str]:
    found = PIN.findall(file.read_text())
    return {re.sub("[-_.]+", "-", name).lower(): version for name, version in found}


def shown(file: pathlib.Path) -> str:
    return str(file.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
