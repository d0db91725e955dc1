#!/usr/bin/env python3
"""Looks for the folders of a machine in what is packed, and in what is packed inside that: the checkout, and homes.

    packed.py [FILE or FOLDER ..]    target/packages, unless some are named

Prints "N passed, N failed", of files; the last step of make package-HOST.
"""

import io
import pathlib
import re
import sys
import tarfile
import zipfile
from typing import Iterator, List, Tuple

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# This machine's own, and those that homes usually are.
FOLDERS = re.compile(
    b"|".join(re.escape(str(folder).encode()) + rb"(?![\w-])" for folder in (ROOT, pathlib.Path.home()) if folder.name)
    + rb"|/(?:home|Users)/[\w.-]+/"
)
SHOWN = 80


def main() -> int:
    named = [pathlib.Path(name) for name in sys.argv[1:]] or [ROOT / "target" / "packages"]
    absent = [str(path) for path in named if not path.exists()]
    if absent:
        sys.exit(f"there is no {', '.join(absent)}")
    files = list(packed(named))
    failed = 0
    for file in files:
        faults = list(found(file.name, file.read_bytes()))
        failed += bool(faults)
        for name, text in faults:
            print(f"{name} names a folder of a machine: {text}")
    print(f"{len(files) - failed} passed, {failed if files else 1} failed")
    return 1 if failed or not files else 0


def packed(named: List[pathlib.Path]) -> Iterator[pathlib.Path]:
    for path in named:
        yield from sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]


def found(name: str, content: bytes) -> Iterator[Tuple[str, str]]:
    """The first place of a file, or of each of the files inside it."""
    inside = list(unpacked(content))
    for path, part in inside:
        yield from found(f"{name}: {path}", part)
    place = None if inside else FOLDERS.search(content)
    if place:
        yield name, content[place.start() : place.start() + SHOWN].decode("ascii", "replace").split("\n")[0]


def unpacked(content: bytes) -> Iterator[Tuple[str, bytes]]:
    """The files of a zip, as wheels and jars are, or of a tar."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist())
    elif content.startswith(b"\x1f\x8b"):
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            for member in archive.getmembers():
                file = archive.extractfile(member)
                if file:
                    yield member.name, file.read()


if __name__ == "__main__":
    sys.exit(main())
