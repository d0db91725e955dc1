#!/usr/bin/env python3
"""Builds and tests with other versions of what the crates depend on than those of Cargo.lock, in a clone under target.

    dependencies.py newest    the newest that the manifests allow: what a new release of somebody else's breaks
    dependencies.py oldest    the oldest that they allow, of what they name: whether the lower bounds are true

Prints "N passed, N failed".
"""

import os
import pathlib
import subprocess
import sys
from typing import Dict, List

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORK = ROOT / "target" / "dependencies"
TESTED = ["xportcn-core", "xportcn-derive", "xportcn", "xportcn-journal", "xportcn-sandbox", "xportcn-explorer"]
TESTED += ["xportcn-mcp", "xportcn-cli"]
# Only a nightly cargo resolves to the oldest versions; a stable one does where it is told that it is one.
UPDATES: Dict[str, List[str]] = {
    "newest": ["cargo", "update"],
    "oldest": ["cargo", "update", "-Zdirect-minimal-versions"],
}


def main() -> int:
    if len(sys.argv) != 2 or sys.argv[1] not in UPDATES:
        print(__doc__, file=sys.stderr)
        return 2
    which = sys.argv[1]
    clone = WORK / which
    if not clone.exists():
        subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(ROOT), str(clone)], check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    subprocess.run(["git", "fetch", "--quiet", "origin", head.strip()], cwd=clone, check=True)
    subprocess.run(["git", "checkout", "--quiet", "--force", "--detach", head.strip()], cwd=clone, check=True)
    packages = [word for name in TESTED for word in ("--package", name)]
    # The oldest versions are compiled: their own faults, which newer ones have mended, are not for our tests to tell.
    verb = ["test", "--no-fail-fast"] if which == "newest" else ["check", "--all-features"]
    unstable = {**os.environ, "RUSTC_BOOTSTRAP": "1"}
    steps = {
        f"the {which} versions are found": (UPDATES[which], unstable),
        f"it {'works' if which == 'newest' else 'compiles'} with them": (
            ["cargo", *verb, "--quiet", "--locked", *packages],
            dict(os.environ),
        ),
    }
    passed = 0
    for says, (command, environment) in steps.items():
        ended = subprocess.run(command, cwd=clone, env=environment)
        print(f"{'FAILED' if ended.returncode else 'ok':6} {says}", flush=True)
        if ended.returncode:
            break
        passed += 1
    changed = subprocess.run(["git", "diff", "--stat", "Cargo.lock"], cwd=clone, capture_output=True, text=True).stdout
    print(changed.strip() or "Cargo.lock has them already")
    print(f"{passed} passed, {len(steps) - passed} failed")
    return 1 if passed < len(steps) else 0


if __name__ == "__main__":
    sys.exit(main())
