"""Readers of JSON, each made once."""

from __future__ import annotations

import functools
import os
import threading
from decimal import Decimal
from typing import Any

import msgspec

# msgspec shows other threads what it knows of a type before it knows it all, and they crash.
_making = threading.Lock()


def _renew() -> None:
    global _making
    _making = threading.Lock()


# A fork may come while another thread, which the child does not have, holds it.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)


@functools.lru_cache(maxsize=None)
def reader(kind: Any) -> msgspec.json.Decoder[Any]:
    """What reads the core's JSON as a type."""
    with _making:
        return msgspec.json.Decoder(kind, strict=False, float_hook=Decimal)
