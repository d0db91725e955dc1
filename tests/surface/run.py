#!/usr/bin/env python3
"""Holds what each host shows its users to the snapshot that stands here: what was added, changed or removed is named.

    run.py [--write | --packed] [HOST ..]    rust, typescript, python, kotlin, swift; all, unless some are named

--write accepts what is there. --packed takes what the host's tests have packed, and builds it not again.
"""

import importlib
import pathlib
import sys
from typing import Any, List

from compare import differences, shown
from snapshots import SNAPSHOTS

HERE = pathlib.Path(__file__).resolve().parent


def main() -> int:
    options = {word for word in sys.argv[1:] if word.startswith("--")}
    hosts = [word for word in sys.argv[1:] if word not in options] or list(SNAPSHOTS)
    unknown = [word for word in hosts if word not in SNAPSHOTS] + sorted(options - {"--write", "--packed"})
    if unknown:
        print(f"there is no {', '.join(unknown)}; there are {', '.join(SNAPSHOTS)}", file=sys.stderr)
        return 2
    return max([compare(host, importlib.import_module(host), HERE / SNAPSHOTS[host], options) for host in hosts])


def compare(host: str, reader: Any, snapshot: pathlib.Path, options: set) -> int:
    """Compares a host's surface with its snapshot, or makes it the snapshot; 1 where they differ."""
    text = reader.surface("--packed" in options)
    items: List[str] = reader.items(text)
    if not items:
        print(f"{host}: nothing is public, which cannot be right")
        return 1
    found = differences(reader.items(snapshot.read_text(encoding="utf-8")) if snapshot.exists() else [], items)
    if "--write" in options:
        snapshot.write_text(text, encoding="utf-8")
        print(f"{host}: {snapshot.name} is written; {len(found)} items are not as they were")
    elif found:
        print("\n".join([f"{host}: {len(found)} public items are not as in {snapshot.name}", *shown(found)]))
        accept = f"python3 tests/surface/run.py --write {host}"
        print(f"If that is meant, say it in a line of CHANGELOG.md, and accept it with `{accept}`.")
        return 1
    else:
        print(f"{host}: {len(items)} public items, as in {snapshot.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
