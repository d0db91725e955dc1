"""What of the public items breaks users' programs, beside the release before: the snapshots of tests/surface, by git."""

import importlib
import pathlib
import re
import subprocess
import sys
from typing import Iterator, List, Optional, Tuple

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "surface"))

from compare import differences, shown  # noqa: E402
from snapshots import SNAPSHOTS  # noqa: E402


def faults(clone: pathlib.Path, version: str) -> List[str]:
    before = last(clone, version)
    if before is None:
        return []
    broken = [f"{host}: {item}" for host, item in removed_or_changed(clone, before)]
    if not broken or may_break(before.lstrip("v"), version):
        return []
    return [f"{before} to {version} may break nothing, but these are gone or another thing:", *shown(broken)]


def may_break(before: str, version: str) -> bool:
    """By Semantic Versioning; below 1.0.0 it is the minor version that says so."""
    old, new = numbers(before), numbers(version)
    return new[0] > old[0] or (old[0] == new[0] == 0 and new[1] > old[1])


def numbers(version: str) -> Tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])


def removed_or_changed(clone: pathlib.Path, before: str) -> Iterator[Tuple[str, str]]:
    for host, name in SNAPSHOTS.items():
        path = f"tests/surface/{name}"
        old = subprocess.run(["git", "show", f"{before}:{path}"], cwd=clone, capture_output=True, text=True)
        if old.returncode:
            continue
        items = importlib.import_module(host).items
        for item in differences(items(old.stdout), items((clone / path).read_text(encoding="utf-8"))):
            if not item.startswith("+"):
                yield host, item


def last(clone: pathlib.Path, version: str) -> Optional[str]:
    """The tag of the release before this one, if there is any."""
    tags = subprocess.run(["git", "tag", "--list", "v*"], cwd=clone, capture_output=True, text=True, check=True)
    older = [tag for tag in tags.stdout.split() if re.fullmatch(r"v\d+\.\d+\.\d+", tag)]
    older = [tag for tag in older if numbers(tag) < numbers(version)]
    return max(older, key=numbers, default=None)
