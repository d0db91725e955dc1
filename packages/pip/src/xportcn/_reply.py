"""A reply with all that came with its data."""

from typing import Any, Dict, Generic, Iterable, Iterator, Optional, Tuple, TypeVar

import msgspec

from xportcn import _names
from xportcn._model import show

T = TypeVar("T")


class Warning(msgspec.Struct, frozen=True):
    """A value in a reply that did not fit its field and became ``None``, which the raw body still has; or a further field of the
    request, which was sent, with nearly the name of a field that has no value."""

    path: str
    """The field, as ``data.orders[3].total_amount``; as ``request.subOrderIds`` if it is one of the request."""
    expected: str
    """The kind of value that belongs there, or the field that was probably meant."""
    found: str
    """The kind of value that stood there."""


class Reply(msgspec.Struct, Generic[T], frozen=True):
    """The data of a reply, and what came with it."""

    data: T
    """The data."""
    raw: bytes
    """The body as it was received."""
    request_id: Optional[str] = None
    """The platform's name for this call: quote it when asking the platform."""
    message: Optional[str] = None
    """The platform's words, as ``success``."""
    develop_id: Optional[str] = None
    """The developer's account."""
    warnings: Tuple[Warning, ...] = ()
    """Values that did not fit their fields; behind them, fields of the request that were probably misspelt."""
    status: Optional[int] = None
    """The HTTP status; ``None`` in a reply that a journal has kept."""
    headers: Dict[str, str] = {}
    """The headers of the answer, by their names in lower case."""
    attempts: int = 0
    """How many attempts it took."""
    duration: float = 0.0
    """How long the call took, with all waits, in seconds."""
    json: bytes = b"null"
    """The data as canonical JSON: with fields that are not known here, with null where null stood, and without what was absent."""

    def has(self, path: str) -> bool:
        """Whether the platform sent a field of the data, be it null: ``has("sub_orders[0].pay_time")``.

        In the data both a field that is absent and one that is null are ``None``.
        """
        from xportcn._present import is_there

        return is_there(self.json, path)

    def __repr__(self) -> str:
        return f"Reply({', '.join(f'{name}={value!r}' for name, value in _shown(self))})"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """For notebooks."""
        show(printer, "Reply", _shown(self))


def _shown(reply: Reply[Any]) -> Iterator[Tuple[str, Any]]:
    """What is there, but for the raw body."""
    names = ("data", "request_id", "message", "develop_id", "warnings")
    fields = ((name, getattr(reply, name)) for name in names)
    return (field for field in fields if field[0] == "data" or field[1])


class WireWarning(msgspec.Struct):
    """A warning as the core writes it."""

    path: str
    expected: str
    found: str


def spelled(warnings: Iterable[WireWarning]) -> Tuple[Warning, ...]:
    """Warnings with their paths as Python spells them."""
    return tuple(Warning(*_names.spelled(warning.path, warning.expected), warning.found) for warning in warnings)
