"""Names in paths, as Python spells them."""

import re
from typing import Tuple

# re keeps what it has compiled.
_CAPITAL = r"(?<=[a-z0-9])([A-Z])"


def snake_path(path: str) -> str:
    """A path of the core, as ``orderLineList[0].offerId``, in snake_case."""
    return re.sub(_CAPITAL, r"_\1", path).lower()


def spelled(path: str, expected: str) -> Tuple[str, str]:
    """A warning's path and what was expected there. A request's further field has the name that was given to the platform, and
    the field that was meant is Python's."""
    return (path, snake_path(expected)) if path.startswith("request.") else (snake_path(path), expected)
