"""What makes a style of calls of another: the code is the same, the caller behind it differs, and so does what it gives."""

from __future__ import annotations

import inspect
import sys
from types import FunctionType
from typing import TYPE_CHECKING, Any, AsyncIterator, Callable, Coroutine, Iterator, TypeVar

from xportcn._reply import Reply

if TYPE_CHECKING:
    from typing_extensions import Concatenate, ParamSpec

    P = ParamSpec("P")

T = TypeVar("T")

# What the words on results hold: they are looked up where a function was written, as `typing.get_type_hints` does.
_NAMES = {"AsyncIterator": AsyncIterator, "Coroutine": Coroutine, "Iterator": Iterator, "Reply": Reply}


def whole(call: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], Reply[T]]:
    """A call that gives the whole reply."""
    return _giving(call, "Reply[{}]")


def whole_pages(pages: Callable[Concatenate[Any, P], Iterator[T]]) -> Callable[Concatenate[Any, P], Iterator[Reply[T]]]:
    """Pages as whole replies."""
    return _giving(pages, "Iterator[Reply{}]", "Iterator")


def awaited(call: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]:
    """A call to await."""
    made = _giving(call, "Coroutine[Any, Any, {}]")
    if sys.version_info >= (3, 12):
        inspect.markcoroutinefunction(made)
    return made


def streamed(stream: Callable[Concatenate[Any, P], Iterator[T]]) -> Callable[Concatenate[Any, P], AsyncIterator[T]]:
    """Pages or items that come with ``async for``."""
    return _giving(stream, "AsyncIterator{}", "Iterator")


def _giving(function: Any, result: str, stripped: str = "") -> Callable[..., Any]:
    """The same function with another word on what it gives."""
    function.__globals__.update(_NAMES)
    made = FunctionType(function.__code__, function.__globals__, function.__name__)
    made.__kwdefaults__ = function.__kwdefaults__
    made.__qualname__ = function.__qualname__
    made.__doc__ = function.__doc__
    given = function.__annotations__["return"]
    made.__annotations__ = {**function.__annotations__, "return": result.format(given[len(stripped) :])}
    return made
