#!/usr/bin/env python3
"""Runs the core's own unit tests under Miri, which finds undefined behaviour. Writes target/supply/miri.json.

The core forbids unsafe code; what Miri watches is the code of the crates below it, as the core drives them. Needs a
nightly toolchain with the component miri; without one it says so and exits with 2.
"""

import datetime
import json
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REPORT = ROOT / "target" / "supply" / "miri.json"
RUN = [
    "cargo",
    "+nightly",
    "miri",
    "test",
    "--locked",
    "--package",
    "xportcn-core",
    "--lib",
    "--target-dir",
    "target/miri",
]
# They make so many steps that Miri, some hundred times slower, would take hours.
LONG = [
    "json::ascii::tests::it_is_ascii_and_means_the_same",
    "json::source::tests::a_quote_is_found_wherever_it_stands",
    "json::source::tests::depth_costs_no_stack_where_no_table_leads",
    "json::source::tests::it_takes_what_serde_json_takes",
    "json::source::tests::text_means_what_it_means_to_serde_json",
    "call::paging::tests::a_list_without_end_ends",
]
PASSED = re.compile(r"test result: \w+\. (\d+) passed; (\d+) failed")


def main() -> int:
    if (
        not shutil.which("cargo")
        or subprocess.run(["cargo", "+nightly", "miri", "--version"], capture_output=True).returncode
    ):
        print("there is no Miri: rustup toolchain install nightly --component miri", file=sys.stderr)
        return 2
    started = time.monotonic()
    skips = [word for name in LONG for word in ("--skip", name)]
    ended = subprocess.run([*RUN, "--", *skips], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    counts = [(int(passed), int(failed)) for passed, failed in PASSED.findall(ended.stdout)]
    passed, failed = (sum(count) for count in zip(*counts)) if counts else (0, 1)
    version = subprocess.run(["cargo", "+nightly", "miri", "--version"], capture_output=True, text=True).stdout.strip()
    report = {
        "command": "make miri",
        "date": datetime.date.today().isoformat(),
        "miri": version,
        "passed": passed,
        "failed": failed,
        "left_out": LONG,
        "seconds": round(time.monotonic() - started),
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=2) + "\n")
    if ended.returncode:
        print(ended.stdout[-4000:])
    print(f"{passed} passed, {failed} failed")
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
