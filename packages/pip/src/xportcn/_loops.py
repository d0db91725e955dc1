"""The loop that runs here: one of asyncio, or one of trio."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import Any, Callable, Coroutine

from xportcn._errors import MisuseError

Loop = Any
"""A loop of asyncio, or the token of one of trio."""


def running(id: str) -> Loop:
    """The loop that runs here.

    Raises:
        MisuseError: There is none, and so nothing was sent.
    """
    # Where trio runs within asyncio, it is trio's task.
    trio = sys.modules.get("trio")
    if trio is not None:
        try:
            return trio.lowlevel.current_trio_token()
        except RuntimeError:
            pass
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        words = "AsyncClient needs a loop of asyncio or of trio, and none runs here; elsewhere, use Client in a thread"
        raise MisuseError(f"{id} was not called: {words}", {"endpoint": id}) from None


def soon(loop: Loop, function: Callable[[], object]) -> None:
    """Has a loop call a function, from any thread."""
    if isinstance(loop, asyncio.AbstractEventLoop):
        loop.call_soon_threadsafe(function)
    else:
        loop.run_sync_soon(function)


def has_ended(loop: Loop) -> bool:
    """Whether it runs no more, as far as it says so: trio's say nothing, and end what they have begun."""
    return isinstance(loop, asyncio.AbstractEventLoop) and loop.is_closed()


def begin(loop: Loop, function: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Begins something in a loop of another thread, if it still runs."""
    if isinstance(loop, asyncio.AbstractEventLoop):
        if loop.is_running():
            asyncio.run_coroutine_threadsafe(function(), loop)
        return
    trio = sys.modules["trio"]
    with contextlib.suppress(trio.RunFinishedError):
        loop.run_sync_soon(trio.lowlevel.spawn_system_task, function)
