#!/usr/bin/env python3
"""What all manifests of the repository must hold: one version, locked packages, and no unsafe code by hand.

Prints "N passed, N failed"; the part `manifests` of make test.
"""

import json
import pathlib
import re
import subprocess
import sys
from typing import Callable, Dict, Iterator, List, Optional

import lock
import npm_locks
import version

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Crates whose macros write unsafe code, so that it cannot be forbidden: why, and that there is none by hand.
MACROS = {
    "bindings/python": "PyO3 writes the functions that the interpreter calls",
    "bindings/wasm": "wasm-bindgen writes the functions that JavaScript calls",
    "bindings/uniffi": "uniffi writes the functions that Kotlin and Swift call",
}
# What has unsafe code by hand, crates or single files, and why.
BY_HAND = {
    "tests/size": "a module that is weighed and never shipped: its functions take pointers, as wasm's do",
    "bindings/uniffi/src/jni.rs": "Java's arrays are read and made by its table of functions, and its handles are pointers",
}
NOT_COMPILED = ("target/", "node_modules/")


def main() -> int:
    checks: Dict[str, Callable[[], List[str]]] = {
        "all manifests have one version": other_versions,
        "every crate forbids unsafe code, or says why it cannot": unsafe_crates,
        "lock files of npm hold every package with its place on the registry and its hash": npm_locks.faults,
        "lock files of PyPI hold every version with hashes": unlocked,
        "crates come from the registry": foreign_crates,
    }
    failed = 0
    for name, check in checks.items():
        faults = check()
        failed += bool(faults)
        print(f"{'FAILED' if faults else 'ok':6} {name}")
        for fault in faults:
            print(f"       {fault}")
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


def other_versions() -> List[str]:
    found = list(version.places())
    wanted = version.of_workspace()
    versioned = {place.path for place in found}
    silent = [f"{shown(path)} has no version" for path in published() if path not in versioned]
    return [f"{place} has {place.version}, not {wanted}" for place in found if place.version != wanted] + silent


def published() -> Iterator[pathlib.Path]:
    """The manifests that must have a version of their own: those that take the workspace's have none."""
    for path in files("*Cargo.toml"):
        text = path.read_text()
        if "[package]" in text and not re.search(r"^version\.workspace = true", text, re.MULTILINE):
            yield path
    for path in files("*pyproject.toml"):
        text = path.read_text()
        if not ("dynamic" in text and '"version"' in text):
            yield path
    for path in files("*package.json"):
        manifest = json.loads(path.read_text())
        # One without a name is of a folder, and one that is private is of tools: neither is published.
        if manifest.get("name") and not manifest.get("private"):
            yield path
    yield from files("*pom.xml")


def unsafe_crates() -> List[str]:
    faults = []
    for manifest in files("*Cargo.toml"):
        crate = manifest.parent
        name = shown(crate)
        if "[package]" not in manifest.read_text() or name in BY_HAND:
            continue
        roots = [crate / "src" / root for root in ("lib.rs", "main.rs") if (crate / "src" / root).exists()]
        if name not in MACROS:
            faults += [
                f"{shown(root)} does not forbid unsafe code"
                for root in roots
                if "#![forbid(unsafe_code)]" not in root.read_text()
            ]
        for source in sorted((crate / "src").rglob("*.rs")):
            code = re.sub(r"//.*|unsafe_code", "", source.read_text())
            if shown(source) not in BY_HAND and re.search(r"\bunsafe\b\s*(\{|fn|impl|extern|\()", code):
                faults.append(f"{shown(source)} has unsafe code by hand")
    return faults


def unlocked() -> List[str]:
    return [f"{lock.shown(file)}: {reason}" for file in lock.required() for reason in lock.faults(file)]


def foreign_crates() -> List[str]:
    faults = []
    for path in files("*Cargo.lock"):
        for package in path.read_text().split("[[package]]")[1:]:
            name, source = first(r'^name = "([^"]+)"', package), first(r'^source = "([^"]+)"', package)
            if source and source != "registry+https://github.com/rust-lang/crates.io-index":
                faults.append(f"{shown(path)}: {name} comes from {source}")
            if source and not first(r'^checksum = "([0-9a-f]{64})"', package):
                faults.append(f"{shown(path)}: {name} has no checksum")
    return faults


def files(pattern: str) -> List[pathlib.Path]:
    """Files of the repository, those that are new too."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    return [ROOT / name for name in listed if not name.startswith(NOT_COMPILED) and (ROOT / name).exists()]


def first(pattern: str, text: str) -> Optional[str]:
    found = re.search(pattern, text, re.MULTILINE)
    return found.group(1) if found else None


def shown(path: pathlib.Path) -> str:
    return str(path.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
