"""Who is told what happens to a call: the functions of the caller, and the log."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, Optional, Tuple

from xportcn._errors import config

if TYPE_CHECKING:
    from xportcn._core import Exchange
    from xportcn._heard import Heard

log = logging.getLogger("xportcn")

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


class Rules(NamedTuple):
    """What calls have of their own."""

    json: str = ""
    """Options, as the core reads them."""
    listeners: Tuple[Listener, ...] = ()
    """Who is told of them."""


class Listener:
    """A function that is told. What it raises costs no reply, and is logged once."""

    def __init__(self, function: Any) -> None:
        self._function = function
        self._has_failed = False

    def tell(self, event: Any) -> None:
        self._asked(self._function, event)

    def attempt_headers(self, sent: Any) -> Any:
        """What it adds to the headers of an attempt, as the name of a trace, if it is one that does."""
        function = getattr(self._function, "attempt_headers", None)
        return None if function is None else self._asked(function, sent)

    def _asked(self, function: Any, event: Any) -> Any:
        try:
            return function(event)
        except Exception:
            if not self._has_failed:
                self._has_failed = True
                log.exception("`on_event` failed, and what else it raises is not logged")


def checked(on_event: Any) -> Tuple[Listener, ...]:
    """The function that is to be told, if there is one."""
    if on_event is None:
        return ()
    # Loaded by whoever has such a function.
    import inspect

    if not callable(on_event) or inspect.iscoroutinefunction(on_event):
        raise config("on_event", "must be a function that takes an event, and that nobody awaits")
    return (Listener(on_event),)


def log_as_the_environment_says() -> None:
    """Writes the log to the standard error stream where ``XPORTCN_LOG`` names its level."""
    wanted = os.environ.get("XPORTCN_LOG")
    if not wanted:
        return
    level = _LEVELS.get(wanted.lower())
    if level is None:
        raise config("XPORTCN_LOG", f"must be one of {', '.join(_LEVELS)}")
    log.setLevel(level)
    if not log.hasHandlers():
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        log.addHandler(handler)


def heard(exchange: Exchange, id: str, listeners: Tuple[Listener, ...]) -> Optional[Heard]:
    """What tells of a call, if there is anyone to tell: the core does not note it else."""
    if not listeners and not log.isEnabledFor(logging.INFO):
        return None
    from xportcn._heard import Heard

    exchange.listen()
    return Heard(exchange, id, listeners)
