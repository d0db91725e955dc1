"""What the generated classes of calls have in common."""

from typing import Any, Dict, Mapping, Optional, Protocol


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


class Section:
    """Calls on one subject."""

    __slots__ = ("_caller",)

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def __repr__(self) -> str:
        calls = ", ".join(name for name in dir(type(self)) if not name.startswith("_"))
        return f"<xportcn call, with {calls}>" if callable(self) else f"<xportcn calls: {calls}>"
