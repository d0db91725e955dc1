"""Parameters to JSON."""

from __future__ import annotations

import functools
import json
import operator
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from math import isfinite
from numbers import Integral, Rational, Real
from typing import Any, FrozenSet, Type, cast
from uuid import UUID

import msgspec

from xportcn._core import amounts, is_plain
from xportcn._errors import InvalidRequestError, invalid
from xportcn._names import snake_path


def _exact(value: Any) -> Any:
    """What a value is that only looks like one of Python's own: of a subclass, or of numpy."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Integral):
        return int(value)
    if _is_numpy_bool(value):
        return bool(value)
    if isinstance(value, Real) and not isinstance(value, Rational):
        return float(value)
    return operator.index(cast(Any, value))


_encode = msgspec.json.Encoder(decimal_format="string", enc_hook=_exact).encode

# Levels of values within values, far more than any request has.
_DEEPEST = 100


def encode(id: str, params: Any, extra: Any) -> bytes:
    """The parameters that are given, as JSON."""
    if not _is_mapping(params) or not (extra is None or _is_mapping(extra)):
        raise invalid(id, "", "parameters are a mapping of names to values")
    given = {name: value for name, value in cast("Mapping[str, Any]", params).items() if value is not None}
    if extra:
        given.update(cast("Mapping[str, Any]", extra))
    return encode_value(id, given)


def encode_value(id: str, value: Any) -> bytes:
    """Any value as JSON, for what `id` names."""
    try:
        if not is_plain(value, msgspec.Struct, msgspec.structs.astuple):
            _check(id, value, "")
        return _encode(value)
    except InvalidRequestError:
        raise
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        _check(id, value, "")
        raise invalid(id, "", f"a value cannot be sent: {error}") from error


def _is_mapping(value: Any) -> bool:
    return value.__class__ is dict or isinstance(value, Mapping)


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
    elif issubclass(kind, Integral) or _is_numpy_bool(value):
        return
    elif issubclass(kind, Real) and not issubclass(kind, Rational):
        _check_float(id, float(value), path)
    elif not _has_index(value):
        raise invalid(id, path, f"cannot be sent as {kind.__name__}")


def _check_float(id: str, value: float, path: str) -> None:
    if not isfinite(value):
        raise invalid(id, path, f"{value} is no number that can be sent")
    if re.sub(r"\[\d+\]", "", snake_path(path)) in _amounts(id):
        raise invalid(id, path, f"a float holds no exact amount: give Decimal('{value:.15g}'), an int or text")


@functools.lru_cache(maxsize=None)
def _amounts(id: str) -> FrozenSet[str]:
    """The paths of a request's amounts."""
    return frozenset(snake_path(path) for path in json.loads(amounts(id)))


def _has_index(value: Any) -> bool:
    """Whether it is a whole number of another kind."""
    try:
        operator.index(value)
    except TypeError:
        return False
    return True


def _is_numpy_bool(value: Any) -> bool:
    """It is no number and no bool, and has no index."""
    return type(value).__module__ == "numpy" and type(value).__name__ in ("bool", "bool_")
