"""Modules that are loaded when one of their names is asked for, as by `typing.get_type_hints`."""

import importlib
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(self.__name__), name)


def later(name: str) -> Any:
    """A module, not yet loaded."""
    return _Later(name)
