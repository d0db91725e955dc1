"""Readers of JSON, each made once."""

from __future__ import annotations

import functools
import threading
from decimal import Decimal
from typing import Any

import msgspec

# msgspec shows other threads what it knows of a type before it knows it all, and they crash.
_making = threading.Lock()


@functools.lru_cache(maxsize=None)
def reader(kind: Any) -> msgspec.json.Decoder[Any]:
    """What reads the core's JSON as a type."""
    with _making:
        return msgspec.json.Decoder(kind, strict=False, float_hook=Decimal)
