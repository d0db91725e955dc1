"""What was added to a public surface, what was changed in it, and what was removed from it."""

import re
from typing import Dict, List

SHOWN = 40
# Where a declaration has named what it declares, and begins to describe it.
NAME = re.compile(r"\(|\?: | ?: | = ")


def differences(before: List[str], after: List[str]) -> List[str]:
    """A line for each item that differs, removed ones first; none where the surfaces are equal."""
    removed = by_name(set(before) - set(after))
    added = by_name(set(after) - set(before))
    # Of overloads nobody knows which became which.
    changed = [name for name in removed if len(removed[name]) == len(added.get(name, [])) == 1]
    pairs = [(removed.pop(name)[0], added.pop(name)[0]) for name in changed]
    return [
        *[f"- {item}" for item in sorted(sum(removed.values(), []))],
        *[f"~ {old} -> {new}" for old, new in sorted(pairs)],
        *[f"+ {item}" for item in sorted(sum(added.values(), []))],
    ]


def shown(lines: List[str]) -> List[str]:
    """What fits on a screen."""
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], f"... and {more} more"] if more > 0 else lines


def by_name(items: set) -> Dict[str, List[str]]:
    found: Dict[str, List[str]] = {}
    for item in items:
        found.setdefault(NAME.split(item, maxsplit=1)[0], []).append(item)
    return found
