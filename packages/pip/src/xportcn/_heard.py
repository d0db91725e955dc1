"""What happens to one call, told to functions of the caller and to the log. It is loaded where somebody listens."""

from __future__ import annotations

import itertools
import logging
from typing import Any, Dict, List, Mapping, Tuple

import msgspec

from xportcn import events
from xportcn._core import Exchange
from xportcn._listen import Listener, log
from xportcn._names import spelled
from xportcn._readers import reader

_numbers = itertools.count(1)


class Heard:
    """What happens to one call."""

    def __init__(self, exchange: Exchange, id: str, listeners: Tuple[Listener, ...]) -> None:
        self._exchange = exchange
        self._id = id
        self._listeners = listeners
        self._call = next(_numbers)
        self._sent: Any = None

    def tell(self) -> None:
        """Tells what has happened since the last time."""
        told = self._exchange.events()
        if not told:
            return
        found: List[Any] = reader(List[events.Event]).decode(told)
        for event in found:
            msgspec.structs.force_setattr(event, "call", self._call)
            msgspec.structs.force_setattr(event, "endpoint", self._id)
            if type(event) is events.Sent:
                self._sent = event
            elif type(event) is events.Warned:
                for name, word in zip(("path", "expected"), spelled(event.path, event.expected)):
                    msgspec.structs.force_setattr(event, name, word)
            _log(event)
            for listener in self._listeners:
                listener.tell(event)

    def headers(self, given: List[Tuple[str, str]]) -> List[Tuple[str, str]]:
        """The headers of the attempt that is to be sent, with those that listeners add to it, as one of a trace."""
        added: Dict[str, str] = {}
        for listener in self._listeners:
            more: Mapping[str, str] = listener.attempt_headers(self._sent) or {}
            added.update({name.lower(): value for name, value in more.items()})
        if not added:
            return given
        taken = {name for name, _ in given}
        return [*given, *((name, value) for name, value in added.items() if name not in taken)]


def _log(event: Any) -> None:
    kind = event.__class__
    level, words = _WORDS.get(kind, (0, ""))
    if words and log.isEnabledFor(level):
        log.log(level, "%s: " + words, event.endpoint, *(getattr(event, name) for name in _MEMBERS[kind]))


# What is warned of is logged with the reply, in a line for all of it.
_WORDS: Dict[Any, Tuple[int, str]] = {
    events.Started: (logging.DEBUG, "started"),
    events.Limited: (logging.INFO, "waiting %d ms for the client's own limit"),
    events.Sent: (logging.DEBUG, "attempt %d: %s %s"),
    events.Answered: (logging.DEBUG, "attempt %d: HTTP %d after %d ms, request %s"),
    events.Failed: (logging.DEBUG, "attempt %d: %s after %d ms: %s"),
    events.ClockCorrected: (logging.INFO, "the clock is %d ms behind the platform's, which is taken from now on"),
    events.Retrying: (logging.INFO, "waiting %d ms before attempt %d, after an error of kind %s"),
    events.Ended: (logging.DEBUG, "ended after %d ms and %d attempts, error: %s"),
}
_MEMBERS: Dict[Any, Tuple[str, ...]] = {
    events.Started: (),
    events.Limited: ("wait_ms",),
    events.Sent: ("attempt", "method", "url"),
    events.Answered: ("attempt", "status", "duration_ms", "request_id"),
    events.Failed: ("attempt", "failure", "duration_ms", "detail"),
    events.ClockCorrected: ("behind_ms",),
    events.Retrying: ("wait_ms", "attempt", "error"),
    events.Ended: ("duration_ms", "attempts", "error"),
}
