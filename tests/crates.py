#!/usr/bin/env python3
"""The crates' tests, built once for one set of features: asked for a crate at a time, cargo builds the core for each.

    crates.py build           builds them into target/debug, and the programs
    crates.py programs        builds only the programs that the other hosts' tests run: the command line, and the model
                              of tests/conformance; nothing where XPORTCN_BUILT says that they are there
    crates.py examples        runs the examples in the crates' documentation
    crates.py run CRATE ..    runs the tests of some crates, with cargo's own lines

A run asks nothing of cargo, which would wait where another part of the suite builds.
"""

import json
import os
import pathlib
import subprocess
import sys
from typing import Dict, List

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILT = ROOT / "target" / "test" / "crates.json"
PROGRAMS = ["xportcn-cli", "xportcn-conformance"]
CRATES = ["xportcn", "xportcn-certainty", "xportcn-cli", "xportcn-codegen", "xportcn-conformance", "xportcn-explorer"]
CRATES += ["xportcn-journal", "xportcn-mcp", "xportcn-sandbox"]


def main() -> int:
    if sys.argv[1:] == ["build"]:
        return build()
    if sys.argv[1:] == ["programs"]:
        return 0 if os.environ.get("XPORTCN_BUILT") else subprocess.run(cargo("build", PROGRAMS), cwd=ROOT).returncode
    if sys.argv[1:] == ["examples"]:
        return subprocess.run([*cargo("test", CRATES), "--doc"], cwd=ROOT).returncode
    if sys.argv[1:2] == ["run"] and set(sys.argv[2:]) <= set(CRATES) and sys.argv[2:]:
        # Every program runs, whether or not one before it failed.
        return max([run(test) for test in json.loads(BUILT.read_text()) if test["crate"] in sys.argv[2:]], default=1)
    print(__doc__.strip(), file=sys.stderr)
    return 2


def build() -> int:
    command = [*cargo("build", CRATES), "--lib", "--bins", "--tests", "--message-format", "json-render-diagnostics"]
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    messages = [json.loads(line) for line in ended.stdout.splitlines()]
    tests = [
        {
            "crate": crate_of(message),
            "program": message["executable"],
            "folder": str(pathlib.Path(message["manifest_path"]).parent),
        }
        for message in messages
        if message["reason"] == "compiler-artifact" and message["profile"]["test"] and message["executable"]
    ]
    BUILT.parent.mkdir(parents=True, exist_ok=True)
    BUILT.write_text(json.dumps(tests, indent=1))
    return ended.returncode


def cargo(word: str, crates: List[str]) -> List[str]:
    packages = [part for crate in crates for part in ("--package", crate)]
    return ["cargo", word, "--quiet", "--locked", *packages]


def crate_of(message: dict) -> str:
    manifest = pathlib.Path(message["manifest_path"]).read_text()
    return next(line.split('"')[1] for line in manifest.splitlines() if line.startswith("name = "))


def run(test: Dict[str, str]) -> int:
    command: List[str] = [test["program"], "--quiet"]
    print(f"{test['crate']}: {pathlib.Path(test['program']).name}", flush=True)
    environment = {**os.environ, "CARGO_MANIFEST_DIR": test["folder"]}
    return 1 if subprocess.run(command, cwd=test["folder"], env=environment).returncode else 0


if __name__ == "__main__":
    sys.exit(main())
