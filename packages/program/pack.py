#!/usr/bin/env python3
"""Packs the programs of all machines as people install programs:  pack.py VERSION PROGRAMS OUT

PROGRAMS has wheels of xportcn-sandbox, and what completes command lines as completions.SHELL. The same programs give the same
files, byte for byte.
"""

import hashlib
import pathlib
import sys

import archives
import debian
import managers
import npm
from release import Release


def main() -> int:
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    programs, out = map(pathlib.Path, sys.argv[2:])
    release = Release.of(sys.argv[1], programs)
    made = [*archives.write(release, out), *debian.write(release, out)]
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(made)]
    (out / "SHA256SUMS").write_text("".join(sums), encoding="ascii")
    managers.write(release, out)
    npm.write(release, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
