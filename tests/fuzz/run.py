#!/usr/bin/env python3
"""Fuzzes all targets, or those that are named, one after the other.

    run.py [--seconds N] [--stable] [--built] [--together N] [TARGET ..]

The corpus of tests/vectors is made first. Where cargo has a nightly toolchain, the fuzzer is libFuzzer with the address
sanitizer; elsewhere, or with --stable, one without knowledge of the code. Figures go to target/fuzz/report.json, which
keeps those of other targets; exits with 1 if an input broke a check.
"""

import argparse
import concurrent.futures
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
from typing import List, Tuple

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = ROOT / "tests" / "fuzz"
WORK = ROOT / "target" / "fuzz"
BUILD = WORK / "build"
CORPUS = WORK / "corpus"
REPORT = WORK / "report.json"
TARGETS = ["decode", "encode", "exchange", "push", "sandbox"]
# A run that is worth telling of when another has followed.
LONG_SECONDS = 600
# Of cargo-fuzz itself.
CARGO_FUZZ = "0.13.2"
TRIPLE = "x86_64-unknown-linux-gnu"


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--stable", action="store_true", help="without nightly and libFuzzer")
    arguments.add_argument("--built", action="store_true", help="with the fuzzers that were built before")
    arguments.add_argument("--together", type=int, default=1, help="targets at the same time")
    arguments.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    given = arguments.parse_args()
    targets: List[str] = given.targets or TARGETS
    unknown = set(targets) - set(TARGETS)
    if unknown:
        arguments.error(f"there are no targets {', '.join(sorted(unknown))}")
    if given.seconds < 1 or given.together < 1:
        arguments.error("--seconds and --together are at least 1")
    subprocess.run([sys.executable, HERE / "corpus.py", CORPUS], check=True)
    stable = given.stable or not has_nightly()
    if stable:
        print("without libFuzzer: inputs are changed at random, without knowledge of the code", flush=True)
    built = BUILD / "release" / "xportcn-fuzz" if stable else BUILD / TRIPLE / "release" / targets[0]
    if given.built and not built.exists():
        arguments.error(f"there is no {built.relative_to(ROOT)}: run without --built")
    if not given.built:
        (build_stable if stable else build_nightly)()
    fuzz = fuzz_stable if stable else fuzz_nightly
    with concurrent.futures.ThreadPoolExecutor(given.together) as pool:
        rows = list(pool.map(lambda target: told(fuzz(target, given.seconds)), targets))
    keep(rows)
    broken = sum(row["broken"] for row in rows)
    print(f"{len(rows) - broken} passed, {broken} failed")
    return 1 if broken else 0


def has_nightly() -> bool:
    return shutil.which("cargo") is not None and not quiet("cargo", "+nightly", "--version").returncode


def quiet(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True)


def build_stable() -> None:
    build = ["cargo", "build", "--quiet", "--locked", "--release", "--target-dir", str(BUILD)]
    subprocess.run(build, cwd=HERE, check=True)


def build_nightly() -> None:
    tools = ROOT / "target" / "tools"
    if not (tools / "bin" / "cargo-fuzz").exists() and not shutil.which("cargo-fuzz"):
        install = [
            "cargo",
            "install",
            "--quiet",
            "--locked",
            "--root",
            str(tools),
            "--version",
            CARGO_FUZZ,
            "cargo-fuzz",
        ]
        subprocess.run(install, check=True)
    environment = {**os.environ, "PATH": f"{tools / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    build = [
        "cargo",
        "+nightly",
        "fuzz",
        "build",
        "--fuzz-dir",
        ".",
        "--features",
        "libfuzzer",
        "--target-dir",
        str(BUILD),
    ]
    subprocess.run(build, cwd=HERE, env=environment, check=True)


def fuzz_nightly(target: str, seconds: int) -> dict:
    artifacts = WORK / "artifacts" / target
    artifacts.mkdir(parents=True, exist_ok=True)
    before = set(artifacts.iterdir())
    log = WORK / f"{target}.log"
    command = [
        BUILD / TRIPLE / "release" / target,
        CORPUS / target,
        f"-max_total_time={seconds}",
        f"-artifact_prefix={artifacts}/",
        f"-dict={CORPUS / 'names.dict'}",
        "-print_final_stats=1",
        "-max_len=16384",
        "-timeout=10",
        "-rss_limit_mb=2048",
    ]
    code, took = timed(command, log)
    text = log.read_text(errors="replace")
    number = lambda pattern: max([int(found) for found in re.findall(pattern, text)] or [0])  # noqa: E731
    new = sorted(str(path.relative_to(ROOT)) for path in set(artifacts.iterdir()) - before)
    return {
        "target": target,
        "fuzzer": "libFuzzer, address sanitizer",
        **took,
        "inputs": number(r"stat::number_of_executed_units:\s+(\d+)"),
        "edges": number(r"cov: (\d+)"),
        "peak_mb": number(r"stat::peak_rss_mb:\s+(\d+)"),
        "broken": int(code != 0),
        "artifacts": new,
    }


def fuzz_stable(target: str, seconds: int) -> dict:
    last = WORK / f"last-{target}"
    log = WORK / f"{target}.log"
    command = [BUILD / "release" / "xportcn-fuzz", "run", target, CORPUS / target, str(seconds), last]
    code, took = timed(command, log)
    checked = re.search(r"(\d+) inputs checked", log.read_text(errors="replace"))
    return {
        "target": target,
        "fuzzer": "in process, without coverage",
        **took,
        "inputs": int(checked.group(1)) if checked else 0,
        "broken": int(code != 0),
        "artifacts": [str(last.relative_to(ROOT))] if code else [],
    }


def timed(command: list, log: pathlib.Path) -> Tuple[int, dict]:
    """The exit code, and how long it took: by the clock, and of the processor, which others may want too."""
    started = time.monotonic()
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=WORK, stdout=output, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
    took = {"seconds": round(time.monotonic() - started), "cpu_seconds": round(used.ru_utime + used.ru_stime)}
    return os.waitstatus_to_exitcode(status), took


def told(row: dict) -> dict:
    """Says how a run ended."""
    end = f"an input broke it: {', '.join(row['artifacts'])}" if row["broken"] else "nothing broke"
    print(f"{row['target']}: {row['inputs']:,} inputs in {row['seconds']} s, {end}", flush=True)
    return row


def keep(rows: List[dict]) -> None:
    """Puts the rows into the report, beside those of other targets. Long runs that are replaced are kept as earlier ones."""
    report = json.loads(REPORT.read_text()) if REPORT.exists() else {}
    kept = {row["target"]: row for row in report.get("targets", [])}
    replaced = [kept[row["target"]] for row in rows if row["target"] in kept]
    earlier = report.get("earlier", []) + [
        row for row in replaced if row["seconds"] >= LONG_SECONDS and not row["broken"]
    ]
    kept.update({row["target"]: row for row in rows})
    date = datetime.date.today().isoformat()
    whole = {"command": "make fuzz", "date": date, "targets": [kept[name] for name in sorted(kept)], "earlier": earlier}
    REPORT.write_text(json.dumps(whole, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
