#!/usr/bin/env python3
"""The version of all crates and packages: every place where it stands.

version.py            lists the places
version.py VERSION    writes it into all of them; lock files and generated files follow by what the last lines name
"""

import fnmatch
import functools
import pathlib
import re
import subprocess
import sys
from typing import Iterator, List, NamedTuple, Tuple

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Where the version stands: files, and patterns whose group is the version. A file may match several lines.
PLACES: List[Tuple[str, str]] = [
    ("*Cargo.toml", r'^version = "([^"]+)"'),
    ("*Cargo.toml", r'^xportcn[a-z-]* = \{ path = "[^"]+", version = "([^"]+)"'),
    ("*pyproject.toml", r'^version = "([^"]+)"'),
    ("*pyproject.toml", r'"xportcn-sandbox==([^"]+)"'),
    ("packages/npm/package.json", r'^  "version": "([^"]+)"'),
    # The first version of a project is its own.
    ("*pom.xml", r"\A(?:(?!<version>)[\s\S])*<version>([^<]+)</version>"),
    ("*pom.xml", r"<artifactId>xportcn</artifactId>\s*<version>([^<]+)</version>"),
    ("packages/kotlin/src/main/kotlin/io/github/xportcn/Settings.kt", r'VERSION: String = "([^"]+)"'),
    ("packages/kotlin/README.md", r"<artifactId>xportcn</artifactId>\s*<version>([^<]+)</version>"),
    ("packages/swift/README.md", r'xportcn-swift", from: "([^"]+)"'),
    ("packages/swift/*.swift", r'(?:sdk|library|package)?[vV]ersion(?::\s*String)?\s*=\s*"(\d+\.\d+\.\d+)"'),
    # Names of files, packages and user agents, in scripts, tests and READMEs.
    ("packages/*", r"\bxportcn(?:-[a-z]+)?[-/:](\d+\.\d+\.\d+)\b"),
    ("tests/surface/*", r"\bxportcn-(\d+\.\d+\.\d+)\b"),
    ("core/openapi.json", r'^    "version": "([^"]+)"'),
]
# They follow from the others, or speak of other packages.
NOT_HERE = ("*.lock", "*package-lock.json", "*CHANGELOG.md", "target/*", "*/node_modules/*")
VERSION = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?")


class Place(NamedTuple):
    path: pathlib.Path
    start: int
    end: int
    version: str

    def __str__(self) -> str:
        line = self.path.read_text(encoding="utf-8").count("\n", 0, self.start) + 1
        return f"{self.path.relative_to(ROOT)}:{line}"


def main() -> int:
    if len(sys.argv) > 2 or (len(sys.argv) == 2 and not VERSION.fullmatch(sys.argv[1])):
        print("usage: version.py [VERSION]", file=sys.stderr)
        return 2
    found = list(places())
    if len(sys.argv) == 1:
        for place in found:
            print(f"{place.version} {place}")
        return 0
    write(found, sys.argv[1])
    print(f"{sys.argv[1]} stands in {len(found)} places of {len({place.path for place in found})} files; what follows:")
    print("cargo update --workspace && cargo update --workspace --manifest-path tests/fuzz/Cargo.toml")
    print("(cd packages/npm && npm install --package-lock-only) && python3 tests/supply/npm_locks.py --complete")
    print("make generate")
    return 0


def places() -> Iterator[Place]:
    """Every place, once, in the order of files and places."""
    for path in tracked():
        name = str(path.relative_to(ROOT))
        patterns = [pattern for glob, pattern in PLACES if fnmatch.fnmatch(name, glob)]
        if not patterns or any(fnmatch.fnmatch(name, glob) for glob in NOT_HERE):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        spans = {found.span(1) for pattern in patterns for found in re.finditer(pattern, text, re.MULTILINE)}
        for start, end in sorted(spans):
            yield Place(path, start, end, text[start:end])


@functools.lru_cache(maxsize=None)
def of_workspace() -> str:
    """The version of all, as the workspace's manifest has it."""
    return next(place.version for place in places() if place.path == ROOT / "Cargo.toml")


def write(found: List[Place], version: str) -> None:
    for path in {place.path for place in found}:
        text = path.read_text(encoding="utf-8")
        # From the last one on, so that places keep their positions.
        for place in sorted((place for place in found if place.path == path), reverse=True):
            text = text[: place.start] + version + text[place.end :]
        path.write_text(text, encoding="utf-8")


def tracked() -> List[pathlib.Path]:
    """Files of the repository, those that are new too."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


if __name__ == "__main__":
    sys.exit(main())
