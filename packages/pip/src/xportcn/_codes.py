"""Codes: known values have a name and a meaning, and what the platform adds to them is kept.

They are enumerations to programs. Checkers of types are shown plain classes: of an enumeration they would think that no
other value comes.
"""

from __future__ import annotations

import enum
import functools
from typing import TYPE_CHECKING, Any, Iterator, Type, TypeVar

# Of what the platform adds there is little; what it makes up for each reply is not kept.
_KEPT = 1024


def known(value: Any, meaning: str) -> Any:
    """A member of a set of codes."""
    return value, meaning


if TYPE_CHECKING:
    T = TypeVar("T")

    class _Listed(type):
        def __iter__(cls: Type[T]) -> Iterator[T]: ...
        def __len__(cls) -> int: ...

    class IntCode(int, metaclass=_Listed):
        def __init__(self, value: int) -> None: ...
        @property
        def name(self) -> str:
            """Its name; empty for a value that is not known."""
            ...

        @property
        def value(self) -> int:
            """The plain value."""
            ...

        @property
        def meaning(self) -> str:
            """What it means; empty for a value that is not known."""
            ...

        @property
        def is_known(self) -> bool:
            """Whether it is one of the published values."""
            ...

    class TextCode(str, metaclass=_Listed):
        def __init__(self, value: str) -> None: ...
        @property
        def name(self) -> str:
            """Its name; empty for a value that is not known."""
            ...

        @property
        def value(self) -> str:
            """The plain value."""
            ...

        @property
        def meaning(self) -> str:
            """What it means; empty for a value that is not known."""
            ...

        @property
        def is_known(self) -> bool:
            """Whether it is one of the published values."""
            ...
else:

    class _Code(enum.Enum):
        @property
        def is_known(self) -> bool:
            """Whether it is one of the published values."""
            return bool(self._name_)

        def __repr__(self) -> str:
            name = f".{self._name_}" if self._name_ else ""
            return f"<{type(self).__name__}{name}: {self._value_!r}>"

        @classmethod
        def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
            from xportcn._pydantic import core_schema_of_code

            return core_schema_of_code(cls)

    # Each says itself how it is shown: else the way of an enumeration depends on Python's version.
    class IntCode(int, _Code):
        """A code that is a number, and equals it."""

        def __new__(cls, value: int, meaning: str = "") -> IntCode:
            code = int.__new__(cls, value)
            code._value_, code.meaning = value, meaning
            return code

        @classmethod
        def _missing_(cls, value: object) -> Any:
            return _unknown(cls, int, value) if type(value) is int else None

        __repr__ = _Code.__repr__

        def __str__(self) -> str:
            return str(self._value_)

        def __format__(self, format_spec: str) -> str:
            return format(self._value_, format_spec)

    class TextCode(str, _Code):
        """A code that is text, and equals it."""

        def __new__(cls, value: str, meaning: str = "") -> TextCode:
            code = str.__new__(cls, value)
            code._value_, code.meaning = value, meaning
            return code

        @classmethod
        def _missing_(cls, value: object) -> Any:
            return _unknown(cls, str, value) if type(value) is str else None

        __repr__ = _Code.__repr__

        def __str__(self) -> str:
            return self._value_

        def __format__(self, format_spec: str) -> str:
            return format(self._value_, format_spec)

    @functools.lru_cache(maxsize=_KEPT)
    def _unknown(kind: Any, plain: Any, value: Any) -> Any:
        code = plain.__new__(kind, value)
        code._value_, code._name_, code.meaning = value, "", ""
        return code
