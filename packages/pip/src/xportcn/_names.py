"""Names in paths, as Python spells them."""

import re

# re keeps what it has compiled.
_CAPITAL = r"(?<=[a-z0-9])([A-Z])"


def snake_path(path: str) -> str:
    """A path of the core, as ``orderLineList[0].offerId``, in snake_case."""
    return re.sub(_CAPITAL, r"_\1", path).lower()
