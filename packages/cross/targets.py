#!/usr/bin/env python3
"""The machines that artefacts are built for, as targets.json has them.

targets.py list ARTEFACT [WORD ..]    the triples that have it; with words, those that one of the words names
targets.py show TRIPLE FIELD          one fact of a target; nothing where it has none

A word names a target by its triple or its short name, as linux-x64-musl; words that are no target's are left to others.
"""

import json
import pathlib
import sys
from typing import List, NamedTuple, Optional, Tuple

HERE = pathlib.Path(__file__).resolve().parent


class Target(NamedTuple):
    # Rust's name for it.
    triple: str
    # linux, macos or windows.
    system: str
    # gnu or musl, on Linux.
    libc: Optional[str]
    # As Node and npm name it.
    processor: str
    # For people.
    title: str
    # The folder of its native library in the jar; but for musl, which JNA does not tell, it is JNA's name.
    jar: str
    # The platform in the names of its wheels.
    wheel: str
    # How it is started on Linux x64: native, qemu or wine; nothing where it cannot be.
    starts: Optional[str]
    # The release workflow's machine that starts it.
    runner: str
    # What is built for it: program, wheels, natives, swift.
    artefacts: Tuple[str, ...]

    @property
    def name(self) -> str:
        """Its short name, in the names of archives."""
        return f"{self.system}-{self.processor}" + ("-musl" if self.libc == "musl" else "")

    @property
    def program(self) -> str:
        """The file name of a program."""
        return "xportcn.exe" if self.system == "windows" else "xportcn"

    @property
    def oldest(self) -> Optional[str]:
        """The oldest macOS, as its wheels have it: rustc's least."""
        return ".".join(self.wheel.split("_")[1:3]) if self.system == "macos" else None

    @property
    def library(self) -> str:
        """The file name of the native library of the JVM."""
        return {
            "linux": "libxportcn_uniffi.so",
            "macos": "libxportcn_uniffi.dylib",
            "windows": "xportcn_uniffi.dll",
        }[self.system]


def _read() -> List[Target]:
    rows = json.loads((HERE / "targets.json").read_text(encoding="utf-8"))
    return [Target(**{**row, "artefacts": tuple(row["artefacts"])}) for row in rows]


TARGETS = _read()


def named(triple: str) -> Target:
    return next(target for target in TARGETS if target.triple == triple)


def having(artefact: str, words: List[str] = ()) -> List[Target]:
    """The targets of an artefact: all, unless words name some."""
    every = [target for target in TARGETS if artefact in target.artefacts]
    wanted = [target for target in TARGETS if {target.triple, target.name} & set(words)]
    return [target for target in every if target in wanted] if wanted else every


def main() -> int:
    given = sys.argv[1:]
    if given[:1] == ["list"] and len(given) > 1:
        print("\n".join(target.triple for target in having(given[1], given[2:])))
    elif given[:1] == ["show"] and len(given) == 3:
        print(getattr(named(given[1]), given[2]) or "")
    else:
        sys.exit(__doc__)
    return 0


if __name__ == "__main__":
    sys.exit(main())
