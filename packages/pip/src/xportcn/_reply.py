"""A reply with all that came with its data."""

import dataclasses
from typing import Generic, Optional, Tuple, TypeVar

T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class Warning:
    """A value in a reply that did not fit its field and became ``None``. The raw body still has it."""

    path: str
    """The field, as ``data.orders[3].total_amount``."""
    expected: str
    """The kind of value that belongs there."""
    found: str
    """The kind of value that stood there."""


@dataclasses.dataclass(frozen=True)
class Reply(Generic[T]):
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
    """Values that did not fit their fields."""
