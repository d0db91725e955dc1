"""What the generated classes of calls have in common."""

import functools
from types import FunctionType
from typing import TYPE_CHECKING, Any, Dict, Final, Mapping, Optional, Protocol


class Caller(Protocol):
    """Makes calls, in one of the four styles."""

    def call(self, id: str, params: Dict[str, Any], extra: Optional[Mapping[str, Any]] = None) -> Any:
        """One call."""

    def pages(self, id: str, params: Dict[str, Any], extra: Optional[Mapping[str, Any]] = None) -> Any:
        """The pages of a call."""

    def items(self, id: str, params: Dict[str, Any], extra: Optional[Mapping[str, Any]] = None) -> Any:
        """The items of the pages of a call."""

    def wait(self, of: str, state: str, id: str) -> Any:
        """Waits for a state."""


# Of a function, what `inspect` and `typing` ask for.
_OF_FUNCTIONS: Final = frozenset(
    ("__annotations__", "__code__", "__defaults__", "__globals__", "__kwdefaults__", "__name__")
)


class Section:
    """Calls on one subject."""

    __slots__ = ("_caller",)

    def __init_subclass__(cls, of: str = "") -> None:
        """Names the calls as their users do, in `help` and in Python's word on one that is never awaited."""
        for name, value in vars(cls).items():
            if of and isinstance(value, FunctionType):
                value.__qualname__ = of if name == "__call__" else f"{of}.{name}"

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def __repr__(self) -> str:
        calls = ", ".join(name for name in dir(type(self)) if not name.startswith("_"))
        return f"<xportcn call, with {calls}>" if callable(self) else f"<xportcn calls: {calls}>"


class PagedCall(Section):
    """A call with pages: an object that looks like a function to those who ask."""

    __slots__ = ()

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name in _OF_FUNCTIONS:
                return getattr(type(self).__call__, name)
            if name == "__signature__":
                return _signature(type(self))
            # In Python's own words.
            return self.__getattribute__(name)


@functools.lru_cache(maxsize=None)
def _signature(kind: Any) -> Any:
    import inspect

    whole = inspect.signature(kind.__call__)
    return whole.replace(parameters=list(whole.parameters.values())[1:])
