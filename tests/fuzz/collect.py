#!/usr/bin/env python3
"""Reads other people's JSON, which need not be any, as the reply of every endpoint.

    collect.py [--name NAME] FOLDER

Every file below the folder is a body, the data of a body, and a field of it. The checks are those of the target decode:
the two readers agree, nothing panics, and what is read is JSON that every host holds. The figures go to
target/fuzz/collection.json; NAME tells where the folder comes from.
"""

import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
REPORT = ROOT / "target" / "fuzz" / "collection.json"


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--name", default="")
    arguments.add_argument("folder")
    given = arguments.parse_args()
    program = ["cargo", "run", "--quiet", "--locked", "--manifest-path", str(ROOT / "tests/fuzz/Cargo.toml")]
    program += ["--target-dir", str(ROOT / "target/fuzz/build"), "--", "collection", given.folder]
    ended = subprocess.run(program, stdout=subprocess.PIPE, text=True)
    if ended.returncode:
        return ended.returncode
    command = f"python3 tests/fuzz/collect.py {pathlib.Path(given.folder).name}"
    figures = {
        "command": command,
        "collection": given.name or pathlib.Path(given.folder).name,
        **json.loads(ended.stdout),
    }
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
