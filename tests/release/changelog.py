"""The section of a release in CHANGELOG.md: what is unreleased becomes it."""

import datetime
import pathlib
import re
from typing import List

HEAD = "## [Unreleased]\n"


def release(clone: pathlib.Path, version: str) -> None:
    """Gives what is unreleased the version and today's date, and begins anew; nothing, where the version has its section."""
    if section(clone, version):
        return
    path = clone / "CHANGELOG.md"
    text = path.read_text(encoding="utf-8")
    day = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
    path.write_text(text.replace(HEAD, f"{HEAD}\n## [{version}] - {day}\n", 1), encoding="utf-8")


def section(clone: pathlib.Path, version: str) -> str:
    """What the section says, which is the text of the release, too; empty where there is none."""
    text = (clone / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found.group(1).strip() if found else ""


def faults(clone: pathlib.Path, version: str) -> List[str]:
    said = section(clone, version)
    if not said:
        return ["there is no section of this version in CHANGELOG.md, or nothing in it"]
    return [] if re.search(r"^- ", said, re.MULTILINE) else ["its section in CHANGELOG.md has no line of a change"]
