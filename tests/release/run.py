#!/usr/bin/env python3
"""Makes a release, as far as that can be taken back: in a clone under target/release, from what is committed.

    run.py VERSION [--only PART ..]    version, changelog, breaks, rust, npm, pip, kotlin, swift; all, unless some are named

Of each package it builds two, in two folders, and holds them equal byte for byte; then it checks them as their registries
do. Nothing is published, and nothing of the checkout is changed. Prints "N passed, N failed".
"""

import argparse
import pathlib
import subprocess
import sys
from typing import Callable, Dict, List

import breaks
import changelog

import packages

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORK = ROOT / "target" / "release-of"
sys.path.append(str(ROOT / "tests" / "supply"))

import version as versions  # noqa: E402

Check = Callable[[pathlib.Path, str], List[str]]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("version")
    parser.add_argument("--only", nargs="+", choices=list(CHECKS), default=list(CHECKS), metavar="PART")
    given = parser.parse_args()
    if not versions.VERSION.fullmatch(given.version):
        parser.error(f"{given.version} is no version: MAJOR.MINOR.PATCH")
    clone = cloned(WORK / "one")
    failed = 0
    faults = set_version(clone, given.version)
    report("the version stands everywhere, and lock files and generated files follow", faults)
    failed += bool(faults)
    passed = not faults
    for name in [] if faults else [name for name in CHECKS if name in given.only]:
        says, check = CHECKS[name]
        faults = check(clone, given.version)
        report(f"{name}: {says}", faults)
        failed += bool(faults)
        passed += not faults
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def cloned(place: pathlib.Path) -> pathlib.Path:
    """A clone of what is committed; what was built in it before stays, so that a second run is quicker."""
    if not (place / ".git").exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(place)], ROOT)
    head = run(["git", "rev-parse", "HEAD"], ROOT).strip()
    run(["git", "fetch", "--quiet", "--tags", "--force", "origin", head], place)
    run(["git", "checkout", "--quiet", "--force", "--detach", head], place)
    run(["git", "clean", "--quiet", "--force", "-d"], place)
    return place


def set_version(clone: pathlib.Path, version: str) -> List[str]:
    for command in (
        [sys.executable, "tests/supply/version.py", version],
        ["cargo", "update", "--quiet", "--workspace"],
        ["cargo", "update", "--quiet", "--workspace", "--manifest-path", "tests/fuzz/Cargo.toml"],
        ["npm", "--prefix", "packages/npm", "install", "--silent", "--package-lock-only", "--ignore-scripts"],
        [sys.executable, "tests/supply/npm_locks.py", "--complete"],
        ["cargo", "run", "--quiet", "--locked", "--package", "xportcn-codegen"],
        [sys.executable, "tests/supply/manifests.py"],
    ):
        ended = subprocess.run(command, cwd=clone, capture_output=True, text=True)
        if ended.returncode:
            return [f"{' '.join(command)}: {(ended.stdout + ended.stderr).strip()[-2000:]}"]
    changelog.release(clone, version)
    commit = [
        "git",
        "-c",
        "user.name=release",
        "-c",
        "user.email=release@localhost",
        "commit",
        "--quiet",
        "--all",
        "--allow-empty",
    ]
    run([*commit, "--message", f"Release {version}"], clone)
    return []


def report(says: str, faults: List[str]) -> None:
    print(f"{'FAILED' if faults else 'ok':6} {says}", flush=True)
    for fault in faults:
        print(f"       {fault}", flush=True)


def run(command: List[str], folder: pathlib.Path) -> str:
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


CHECKS: Dict[str, tuple] = {
    "changelog": ("the section of the version says something", changelog.faults),
    "breaks": ("what breaks users' programs is a new minor version", breaks.faults),
    "rust": ("crates build from their packages alone", packages.rust),
    "npm": ("packed twice it is the same; publint and attw find nothing", packages.npm),
    "pip": ("built twice it is the same; twine finds nothing", packages.pip),
    "kotlin": ("built twice it is the same; the pom says what Maven Central asks for", packages.kotlin),
    "swift": ("built twice it is the same", packages.swift),
    "program": ("packed twice it is the same; what Homebrew and Scoop are given names what is there", packages.program),
}


if __name__ == "__main__":
    sys.exit(main())
