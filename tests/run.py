#!/usr/bin/env python3
"""Runs the parts of the test suite: one line for each, and the sum at the end. Full output stands in target/test/.

run.py [GROUP ..]    rust, pip, swift, kotlin, npm; all, unless some are named
"""

import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOGS = ROOT / "target" / "test"

# A part is a name and a command. A command that prints "N passed, N failed" counts its tests, as cargo's do; any other
# counts as one.
CARGO = ["cargo", "test", "--quiet", "--locked", "--no-fail-fast"]
BUILD = ["cargo", "build", "--quiet", "--locked", "--package"]
CONFORMANCE = [sys.executable, "tests/conformance/run.py"]
PYTHON = ["target/pip/venv/bin/python", "packages/pip/tests/host.py"]
# The groups in which it matters how calls are made.
ASYNC = "rows,items,errors,cancel,clocks,reads,writes,refusals,restart"
RUNTIMES = ["Node", "Bun", "Deno", "workerd", "Chromium"]
RUST = [
    ("vectors", [sys.executable, "tests/vectors/make.py", "--check"]),
    ("core", [*CARGO, "--package", "xportcn-core", "--package", "xportcn-derive"]),
    ("core with docs", [*CARGO, "--package", "xportcn-core", "--features", "docs", "--lib", "--test", "catalogue"]),
    ("generated files", ["cargo", "run", "--quiet", "--locked", "--package", "xportcn-codegen", "--", "--check"]),
    ("code generator", [*CARGO, "--package", "xportcn-codegen"]),
    ("manifests", [sys.executable, "tests/supply/manifests.py"]),
    ("reliability", [sys.executable, "tests/reliability/run.py"]),
    ("performance", [sys.executable, "tests/bench/document.py", "--check"]),
    ("size", [sys.executable, "tests/size/run.py"]),
    ("sandbox", [*CARGO, "--package", "xportcn-sandbox"]),
    ("client", [*CARGO, "--package", "xportcn"]),
    ("command line", [*CARGO, "--package", "xportcn-cli"]),
    ("conformance program of Rust", [*BUILD, "xportcn-conformance", "--package", "xportcn-cli"]),
    ("conformance of Rust", [*CONFORMANCE, "rust", "--", "target/debug/xportcn-conformance"]),
]
PIP = [
    ("pip", ["packages/pip/test"]),
    ("conformance of Python", [*CONFORMANCE, "python", "--", *PYTHON]),
    (
        "conformance of Python async",
        [*CONFORMANCE, "python-async", "--only", ASYNC, "--reads", "500", "--writes", "100", "--", *PYTHON, "--async"],
    ),
]
SWIFT = [
    ("swift", ["packages/swift/test"]),
    (
        "conformance of Swift",
        [*CONFORMANCE, "swift", "--reads", "500", "--writes", "100", "--", "packages/swift/conformance"],
    ),
]
KOTLIN = [
    ("kotlin", ["packages/kotlin/test"]),
    (
        "conformance of Kotlin",
        [*CONFORMANCE, "kotlin", "--reads", "500", "--writes", "100", "--", "packages/kotlin/host"],
    ),
    (
        "conformance of Kotlin with OkHttp",
        [
            *CONFORMANCE,
            "kotlin-okhttp",
            "--only",
            ASYNC,
            "--reads",
            "500",
            "--writes",
            "100",
            "--",
            "packages/kotlin/host",
            "--okhttp",
        ],
    ),
]
NPM = [
    ("npm", ["packages/npm/test"]),
    *[(f"npm in {host}", ["packages/npm/tests/conform", host]) for host in RUNTIMES],
]
GROUPS = {"rust": RUST, "pip": PIP, "swift": SWIFT, "kotlin": KOTLIN, "npm": NPM}
COUNT = re.compile(r"^(?:test result: \w+\. )?(\d+) passed[;,] (\d+) failed", re.MULTILINE)


def main() -> int:
    LOGS.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:] or list(GROUPS)
    unknown = [name for name in wanted if name not in GROUPS]
    if unknown:
        print(f"there is no group {', '.join(unknown)}; there are {', '.join(GROUPS)}", file=sys.stderr)
        return 2
    results = [run(name, command) for group in wanted for name, command in GROUPS[group]]
    passed = sum(result[0] for result in results)
    failed = sum(result[1] for result in results)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def run(name: str, command: list[str]) -> tuple[int, int]:
    """Runs one part and gives how many of its tests passed and failed."""
    started = time.monotonic()
    log = LOGS / f"{name.replace(' ', '-')}.log"
    with log.open("w") as output:
        code = subprocess.run(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT).returncode
    text = log.read_text(errors="replace")
    counts = [(int(ok), int(bad)) for ok, bad in COUNT.findall(text)] or [(int(code == 0), int(code != 0))]
    passed = sum(ok for ok, _ in counts)
    failed = sum(bad for _, bad in counts)
    if code != 0 and failed == 0:
        failed = 1
    print(f"{name}: {passed} passed, {failed} failed ({time.monotonic() - started:.0f} s)", flush=True)
    if failed:
        print("\n".join(text.splitlines()[-60:]), flush=True)
        print(f"-- the whole output: {log.relative_to(ROOT)}", flush=True)
    return passed, failed


if __name__ == "__main__":
    sys.exit(main())
