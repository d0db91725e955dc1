"""Parameters to JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import chain
from math import isfinite
from typing import Any, Type, cast
from uuid import UUID

import msgspec

from xportcn._errors import InvalidRequestError, invalid

_encode = msgspec.json.Encoder(decimal_format="string").encode

_values = dict[str, Any].values

_DICT = frozenset((dict,))
_PLAIN = frozenset((bool, int, str, type(None)))

# Levels of values within values, far more than any request has.
_DEEPEST = 100


def encode(id: str, params: Any, extra: Any) -> bytes:
    """The parameters that are given, as JSON."""
    if not _is_mapping(params) or not (extra is None or _is_mapping(extra)):
        raise invalid(id, "", "parameters are a mapping of names to values")
    given = {name: value for name, value in cast("Mapping[str, Any]", params).items() if value is not None}
    if extra:
        given.update(cast("Mapping[str, Any]", extra))
    try:
        if not _is_plain(given):
            _check(id, given, "")
        return _encode(given)
    except InvalidRequestError:
        raise
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        _check(id, given, "")
        raise invalid(id, "", f"a value cannot be sent: {error}") from error


def _is_mapping(value: Any) -> bool:
    return value.__class__ is dict or isinstance(value, Mapping)


def _is_plain(value: Any) -> bool:
    """Whether there are only the most usual values within, which need no second look.

    Raises:
        TypeError: A name is not text.
    """
    kind: Type[Any] = value.__class__
    if kind is dict:
        "".join(value)
        values = value.values()
        return _PLAIN.issuperset(map(type, values)) or all(map(_is_plain, values))
    if kind is list:
        if value and _DICT.issuperset(map(type, value)):
            # All at once, as the lines of an order are.
            "".join(chain.from_iterable(value))
            if _PLAIN.issuperset(map(type, chain.from_iterable(map(_values, value)))):
                return True
            return all(map(_is_plain, value))
        return _PLAIN.issuperset(map(type, value)) or all(map(_is_plain, value))
    if issubclass(kind, msgspec.Struct):
        values = msgspec.structs.astuple(value)
        return _PLAIN.issuperset(map(type, values)) or all(map(_is_plain, values))
    return kind in _PLAIN or (kind is float and isfinite(value))


def _check(id: str, value: Any, path: str, depth: int = 0) -> None:
    """Refuses values that have no JSON of their own: what would be sent in their place is not what was meant."""
    kind: Type[Any] = value.__class__
    if value is None or issubclass(kind, (bool, int, Decimal, date, Enum, UUID)):
        return
    if depth > _DEEPEST:
        raise invalid(id, path.partition("[")[0].partition(".")[0], "holds itself, or too much within itself")
    if issubclass(kind, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise invalid(id, path, "holds half a character, which cannot be sent") from None
    elif issubclass(kind, float):
        if not isfinite(value):
            raise invalid(id, path, f"{value} is no number that can be sent")
    elif issubclass(kind, dict):
        for name, element in value.items():
            if not isinstance(name, str):
                raise invalid(id, path, f"names of fields are text, not {type(name).__name__}")
            _check(id, element, f"{path}.{name}" if path else name, depth + 1)
    elif issubclass(kind, (list, tuple)):
        for index, element in enumerate(value):
            _check(id, element, f"{path}[{index}]", depth + 1)
    elif issubclass(kind, msgspec.Struct):
        for name in value.__struct_fields__:
            _check(id, getattr(value, name), f"{path}.{name}", depth + 1)
    else:
        raise invalid(id, path, f"cannot be sent as {kind.__name__}")
