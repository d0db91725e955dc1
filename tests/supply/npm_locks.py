#!/usr/bin/env python3
"""The lock files of npm: every package stands there with its place on the registry and its SHA-512.

npm_locks.py [--complete]    tells what is wrong; --complete adds the places, which npm leaves out where a machine's
                             settings say so (omit-lockfile-registry-resolved)
"""

import json
import pathlib
import subprocess
import sys
from typing import Iterator, List, Tuple

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REGISTRY = "https://registry.npmjs.org"


def main() -> int:
    if sys.argv[1:] == ["--complete"]:
        for path in locks():
            complete(path)
    wrong = faults()
    print("\n".join(wrong) or f"{len(locks())} lock files of npm are whole")
    return 1 if wrong else 0


def locks() -> List[pathlib.Path]:
    """The lock files of the repository, those that are new too."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*package-lock.json"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    return [ROOT / name for name in listed if (ROOT / name).exists()]


def faults() -> List[str]:
    found = []
    for path in locks():
        lock = json.loads(path.read_text(encoding="utf-8"))
        name = path.relative_to(ROOT)
        if lock.get("lockfileVersion") != 3:
            found.append(f"{name} is not of version 3")
        for place, package, address in packages(lock):
            if not package.get("integrity", "").startswith("sha512-"):
                found.append(f"{name}: {place} has no SHA-512")
            if package.get("resolved") != address:
                found.append(f"{name}: {place} comes from {package.get('resolved')}, not from {address}")
    return found


def complete(path: pathlib.Path) -> None:
    lock = json.loads(path.read_text(encoding="utf-8"))
    for place, package, address in packages(lock):
        # In npm's own order: behind the version.
        rest = {name: value for name, value in package.items() if name not in ("name", "version", "resolved")}
        head = {name: package[name] for name in ("name", "version") if name in package}
        lock["packages"][place] = {**head, "resolved": package.get("resolved", address), **rest}
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def packages(lock: dict) -> Iterator[Tuple[str, dict, str]]:
    """Each package with its place in node_modules, and on the registry."""
    for place, package in lock.get("packages", {}).items():
        # Without a place it is the project itself.
        if place:
            name = package.get("name", place.rpartition("node_modules/")[2])
            yield place, package, f"{REGISTRY}/{name}/-/{name.rpartition('/')[2]}-{package.get('version')}.tgz"


if __name__ == "__main__":
    sys.exit(main())
