"""Names in paths and settings, as Python spells them."""

import re

# re keeps what it has compiled.
_CAPITAL = r"(?<=[a-z0-9])([A-Z])"

# The core counts in milliseconds, this package in seconds.
_SETTINGS = {"baseMs": "backoff", "capMs": "backoff_cap", "deadlineMs": "deadline", "timeoutMs": "timeout"}


def snake_path(path: str) -> str:
    """A path of the core, as ``orderLineList[0].offerId``, in snake_case."""
    return re.sub(_CAPITAL, r"_\1", path).lower()


def setting(field: str) -> str:
    """The name of a setting of the core."""
    return _SETTINGS.get(field) or snake_path(field)
