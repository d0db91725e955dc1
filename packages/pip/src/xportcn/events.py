"""What happens to calls, for whoever listens: logs, metrics, traces. No secret, no signature and no body is in it.

>>> from xportcn import Client, events
>>> def told(event: events.Event) -> None:
...     if isinstance(event, events.Retrying):
...         print(event.endpoint, "again in", event.wait_ms, "ms")
>>> with Client("key", "secret", "user", on_event=told) as client:  # doctest: +SKIP
...     client.taobao.product.get(item_id="672991141190")

The function is called in the thread or task of the call, which waits for it. What it raises goes to the log, and costs no reply.
"""

from __future__ import annotations

from typing import Dict, Optional, Union

import msgspec

__all__ = [
    "Answered",
    "ClockCorrected",
    "Ended",
    "Event",
    "Failed",
    "Limited",
    "Retrying",
    "Sent",
    "Started",
    "Warned",
]


class _Event(msgspec.Struct, kw_only=True, frozen=True, rename="camel", tag_field="event"):
    at_ms: int
    """When, by this machine's clock, in milliseconds since 1970."""
    call: int = 0
    """Which call: the same number in all its events, and in no other call's of this process."""
    endpoint: str = ""
    """The id of the endpoint that is called."""


class Started(_Event, frozen=True, kw_only=True, tag="started"):
    """The call began."""

    is_write: bool
    """Whether it changes something."""


class Limited(_Event, frozen=True, kw_only=True, tag="limited"):
    """The call waits for its place within the client's own limit."""

    wait_ms: int
    """Milliseconds."""


class Sent(_Event, frozen=True, kw_only=True, tag="sent"):
    """An attempt is being sent."""

    attempt: int
    """Its number, from 1."""
    method: str
    """``GET`` or ``POST``."""
    url: str
    """The URL, without a signature."""
    timeout_ms: int
    """How long its answer is waited for, in milliseconds."""


class Answered(_Event, frozen=True, kw_only=True, tag="answered"):
    """An attempt was answered."""

    attempt: int
    """Its number, from 1."""
    duration_ms: int
    """How long it took, in milliseconds."""
    status: int
    """The HTTP status."""
    headers: Dict[str, str]
    """The headers that matter to the call, by their names in lower case."""
    bytes: int
    """Bytes of the body."""
    code: Optional[str]
    """The platform's code, if it refused the call."""
    request_id: Optional[str]
    """The platform's name for the call, where it gave one."""


class Failed(_Event, frozen=True, kw_only=True, tag="failed"):
    """An attempt has no answer."""

    attempt: int
    """Its number, from 1."""
    duration_ms: int
    """How long it took, in milliseconds."""
    failure: str
    """``connect``, ``dns``, ``tls``, ``reset``, ``timeout``, ``broken``, ``too-large``, ``cancelled`` or ``other``."""
    maybe_sent: bool
    """Whether any of it may have left."""
    detail: str
    """The beginning of the transport's own words."""


class Warned(_Event, frozen=True, kw_only=True, tag="warned"):
    """A value in the reply did not fit its field and became ``None``, or a further field of the request was probably misspelt."""

    path: str
    """The field, as ``data.orders[3].total_amount``; as ``request.subOrderIds`` if it is one of the request."""
    expected: str
    """The kind of value that belongs there, or the field that was probably meant."""
    found: str
    """The kind of value that stood there."""


class ClockCorrected(_Event, frozen=True, kw_only=True, tag="clock-corrected"):
    """This machine's clock is off. The next attempt is signed with the platform's."""

    behind_ms: int
    """How far it is behind, in milliseconds; negative if it is ahead."""


class Retrying(_Event, frozen=True, kw_only=True, tag="retrying"):
    """Another attempt will follow."""

    attempt: int
    """Its number, from 1."""
    wait_ms: int
    """How long is waited for it, in milliseconds."""
    error: str
    """The ``kind`` of the error of the attempt before."""
    is_asked: bool
    """Whether the wait is as long as the platform asked for."""


class Ended(_Event, frozen=True, kw_only=True, tag="ended"):
    """The call is over."""

    attempts: int
    """How many attempts were sent."""
    duration_ms: int
    """How long it took, with all waits, in milliseconds."""
    error: Optional[str]
    """The ``kind`` of its error; ``None`` if it succeeded."""
    code: Optional[str]
    """The platform's code, if it refused the call."""
    request_id: Optional[str]
    """The platform's name for the call, where it gave one."""


Event = Union[Started, Limited, Sent, Answered, Failed, Warned, ClockCorrected, Retrying, Ended]
"""Anything that happens to a call."""
