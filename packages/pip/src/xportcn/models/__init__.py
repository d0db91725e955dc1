"""The types of requests, replies and messages, one module for each group; each is loaded when it is asked for."""

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xportcn.models import address, alibaba, big_major, international, poizon, taobao, warehouse

__all__ = ["address", "alibaba", "big_major", "international", "poizon", "taobao", "warehouse"]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
