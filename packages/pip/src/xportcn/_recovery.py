"""What became of a write whose answer is lost."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, List, Optional, Tuple, Union

import msgspec

from xportcn import _steps as shared
from xportcn._core import CoreError, Recovery
from xportcn._errors import AmbiguousWriteError, XportcnError, config, from_core
from xportcn._reply import Reply

if TYPE_CHECKING:
    from xportcn._async_connection import Connection as AsyncConnection
    from xportcn._connection import Connection


class Outcome(msgspec.Struct, frozen=True):
    """What became of a write whose answer is lost."""

    outcome: str
    """``done``, ``not done``, ``partly`` or ``unknown``."""
    found: Tuple[Any, ...] = ()
    """The objects that show it, as JSON has them, ids and amounts as text. What they hold must not be repeated."""
    missing: Tuple[str, ...] = ()
    """What does not show, where a part was carried out."""
    reason: str = ""
    """Why it is not known, or what is known of the rest."""

    @property
    def is_done(self) -> bool:
        """Whether it was carried out."""
        return self.outcome == "done"

    @property
    def is_not_done(self) -> bool:
        """Whether it was not carried out: only then may it be called again."""
        return self.outcome == "not done"


_read = msgspec.json.Decoder(Outcome).decode


def ticket_of(lost: Union[AmbiguousWriteError, str]) -> str:
    """The ticket of an error, or the one that was kept."""
    if isinstance(lost, AmbiguousWriteError):
        return lost.ticket
    if not isinstance(lost, str):
        raise config("ticket", "must be an AmbiguousWriteError or its ticket")
    return lost


def recover(connection: Connection, lost: Union[AmbiguousWriteError, str], options: str) -> Outcome:
    """Looks for a write until it is known what became of it, or the time is over."""
    outcome = _run(connection, _begin(connection, lost, options), options)
    assert isinstance(outcome, Outcome)
    return outcome


def settle(connection: Connection, id: str, params: bytes, options: str) -> Union[Reply[Any], Outcome]:
    """Sends a write, and looks for it if its answer is lost."""
    return _run(connection, _begin_write(connection, id, params, options), options)


async def recover_async(connection: AsyncConnection, lost: Union[AmbiguousWriteError, str], options: str) -> Outcome:
    """The same, to await."""
    outcome = await _run_async(connection, _begin(connection, lost, options), options)
    assert isinstance(outcome, Outcome)
    return outcome


async def settle_async(
    connection: AsyncConnection, id: str, params: bytes, options: str
) -> Union[Reply[Any], Outcome]:
    """The same, to await."""
    return await _run_async(connection, _begin_write(connection, id, params, options), options)


def _begin(connection: Union[Connection, AsyncConnection], lost: Union[AmbiguousWriteError, str], options: str) -> Recovery:
    try:
        return connection.core.recover(ticket_of(lost), options)
    except CoreError as error:
        raise from_core(error) from None


def _begin_write(connection: Union[Connection, AsyncConnection], id: str, params: bytes, options: str) -> Recovery:
    try:
        return connection.core.settle(id, params, options)
    except CoreError as error:
        raise from_core(error) from None


def _run(connection: Connection, recovery: Recovery, options: str) -> Union[Reply[Any], Outcome]:
    last = _Last()
    while True:
        step: Tuple[Any, ...] = recovery.step(time.time_ns() // 1_000_000)
        if step[0] == 0:
            try:
                last.answered(recovery, step[1], *connection.run(step[1], step[2], options))
            except XportcnError as error:
                last.failed(recovery, error)
        elif step[0] == 1:
            time.sleep(step[1] / 1000)
        else:
            return _read(step[1]) if step[0] == 2 else last.result()


async def _run_async(connection: AsyncConnection, recovery: Recovery, options: str) -> Union[Reply[Any], Outcome]:
    last = _Last()
    while True:
        step: Tuple[Any, ...] = recovery.step(time.time_ns() // 1_000_000)
        if step[0] == 0:
            try:
                last.answered(recovery, step[1], *await connection.run(step[1], step[2], options))
            except XportcnError as error:
                last.failed(recovery, error)
        elif step[0] == 1:
            await asyncio.sleep(step[1] / 1000)
        else:
            return _read(step[1]) if step[0] == 2 else last.result()


class _Last:
    """The result of the last call, which may be that of the write."""

    def __init__(self) -> None:
        self._reply: List[Any] = []
        self._error: Optional[XportcnError] = None

    def answered(self, recovery: Recovery, id: str, data: bytes, about: str, raw: bytes) -> None:
        self._reply, self._error = [id, data, about, raw], None
        recovery.on_reply(data, about)

    def failed(self, recovery: Recovery, error: XportcnError) -> None:
        self._error = error
        recovery.on_failure(str(error), error.ticket if isinstance(error, AmbiguousWriteError) else "")

    def result(self) -> Reply[Any]:
        if self._error is not None:
            raise self._error
        return shared.read(*self._reply)
