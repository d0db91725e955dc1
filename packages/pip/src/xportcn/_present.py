"""Which fields the platform sent: what is absent in JSON is not what is null."""

from __future__ import annotations

import re
from typing import Any, cast

import msgspec

from xportcn._names import snake_path

_STEP = re.compile(r"(\w+)|\[(\d+)\]")


def is_there(json: bytes, path: str) -> bool:
    """Whether canonical JSON has a field, by its path in snake_case or as the platform names it."""
    value: Any = msgspec.json.decode(json)
    for name, index in _STEP.findall(path):
        if name:
            fields = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
            key = next((key for key in fields if name in (key, snake_path(key), f"{snake_path(key)}_")), None)
            if key is None:
                return False
            value = fields[key]
        else:
            items = cast("list[object]", value) if isinstance(value, list) else []
            if int(index) >= len(items):
                return False
            value = items[int(index)]
    return True
