#!/usr/bin/env python3
"""Merges a report of `xportcn confirm` into what is known: `run.py REPORT REPORTER`, where the second is who sent it."""

import argparse
import json
import pathlib
import sys
from typing import Dict

import catalogue
import report

HERE = pathlib.Path(__file__).resolve().parent
CONFIRMED = HERE / "confirmed.json"
ROWS = HERE.parent / "catalogue.json"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=pathlib.Path)
    parser.add_argument("reporter", help="who sent it: it is kept as a short hash, to tell reporters apart")
    parser.add_argument("--into", type=pathlib.Path, default=CONFIRMED, help="the file that is merged into")
    arguments = parser.parse_args()
    if not arguments.reporter.strip():
        parser.error("who sent the report? REPORTER=NAME")
    known = rows()
    confirmed = catalogue.read(arguments.into)
    try:
        taken = report.parse(arguments.report.read_text(encoding="utf-8"), known)
    except (OSError, report.Refused) as error:
        print(f"{arguments.report}: {error}", file=sys.stderr)
        return 1
    catalogue.merge(confirmed, taken, arguments.reporter)
    catalogue.write(confirmed, arguments.into)
    print(f"merged {len(taken.findings)} rows of {taken.day}")
    for line in catalogue.replaceable(confirmed, known):
        print(f"two or more reporters: {line}")
    return 0


def rows() -> Dict[str, str]:
    """The places of all calls by their ids."""
    listed = json.loads(ROWS.read_text(encoding="utf-8"))["rows"]
    return {row["id"]: f"{row['method']} {row['path']}" for row in listed if row["kind"] == "call"}


if __name__ == "__main__":
    sys.exit(main())
