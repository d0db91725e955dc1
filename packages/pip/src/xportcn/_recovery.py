"""What became of a write whose answer is lost."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Mapping, Optional, Tuple, Union

import msgspec

from xportcn import _steps as shared
from xportcn._core import Core, CoreError, Recovery
from xportcn._errors import AmbiguousWriteError, ClosedError, XportcnError, config, from_core
from xportcn._params import encode
from xportcn._readers import reader
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


def recover(connection: Connection, lost: Union[AmbiguousWriteError, str], options: str) -> Outcome:
    """Looks for a write until it is known what became of it, or the time is over."""
    search = _Search.of(connection.core, lost, options)
    _run(connection, search, options)
    return search.outcome()


def settle(connection: Connection, id: str, params: Mapping[str, Any], options: str) -> Union[Reply[Any], Outcome]:
    """Sends a write, and looks for it if its answer is lost."""
    search = _Search.of_write(connection.core, id, params, options)
    _run(connection, search, options)
    return search.result()


async def recover_async(connection: AsyncConnection, lost: Union[AmbiguousWriteError, str], options: str) -> Outcome:
    """As `recover`."""
    search = _Search.of(connection.core, lost, options)
    await _run_async(connection, search, options)
    return search.outcome()


async def settle_async(
    connection: AsyncConnection, id: str, params: Mapping[str, Any], options: str
) -> Union[Reply[Any], Outcome]:
    """As `settle`."""
    search = _Search.of_write(connection.core, id, params, options)
    await _run_async(connection, search, options)
    return search.result()


def _run(connection: Connection, search: _Search, options: str) -> None:
    try:
        while True:
            step = search.step()
            if step[0] == 0:
                try:
                    search.answered(*connection.run(step[1], step[2], options))
                except XportcnError as error:
                    search.failed(error)
            elif step[0] == 1:
                time.sleep(step[1] / 1000)
            else:
                return
    except BaseException as ended:
        search.leave(ended)
        raise


async def _run_async(connection: AsyncConnection, search: _Search, options: str) -> None:
    try:
        while True:
            step = search.step()
            if step[0] == 0:
                try:
                    search.answered(*await connection.run(step[1], step[2], options))
                except XportcnError as error:
                    search.failed(error)
            elif step[0] == 1:
                await asyncio.sleep(step[1] / 1000)
            else:
                return
    except BaseException as ended:
        search.leave(ended)
        raise


class _Search:
    """What the core says, and what came of the calls that it asked for."""

    def __init__(self, recovery: Recovery, write: Optional[str]) -> None:
        self._recovery = recovery
        self._write = write
        self._id = ""
        self._reply: Tuple[bytes, str, bytes] = (b"", "", b"")
        self._error: Optional[XportcnError] = None
        self._lost: Optional[AmbiguousWriteError] = None
        self._outcome: Optional[str] = None

    @staticmethod
    def of(core: Core, lost: Any, options: str) -> _Search:
        """Begins to look for the write of an error, or of the ticket that was kept of it."""
        ticket = lost.ticket if isinstance(lost, AmbiguousWriteError) else lost
        if not isinstance(ticket, str):
            raise config("ticket", "must be an AmbiguousWriteError or its ticket")
        try:
            return _Search(core.recover(ticket, options), None)
        except CoreError as error:
            raise from_core(error) from None

    @staticmethod
    def of_write(core: Core, id: str, params: Mapping[str, Any], options: str) -> _Search:
        """Begins a write."""
        try:
            return _Search(core.settle(id, encode(id, params, None), options), id)
        except CoreError as error:
            raise from_core(error) from None

    def step(self) -> Tuple[Any, ...]:
        step: Tuple[Any, ...] = self._recovery.step(time.time_ns() // 1_000_000)
        if step[0] == 0:
            self._id = step[1]
            if self._id == self._write:
                # It is sent, or sent again because it was not carried out: nothing is in doubt yet.
                self._lost = None
        elif step[0] == 2:
            self._outcome = step[1]
        return step

    def answered(self, data: bytes, about: str, raw: bytes) -> None:
        self._reply, self._error = (data, about, raw), None
        self._recovery.on_reply(data, about)

    def failed(self, error: XportcnError) -> None:
        if isinstance(error, ClosedError):
            raise error
        self._error = error
        ticket = ""
        if isinstance(error, AmbiguousWriteError):
            self._lost, ticket = error, error.ticket
        self._recovery.on_failure(str(error), ticket)
        if ticket:
            # What was seen before the write belongs to its ticket.
            error._facts["ticket"] = self._recovery.ticket() or ticket

    def leave(self, ended: BaseException) -> None:
        """Keeps the error, and the ticket with it, of a write that may have been carried out."""
        if self._lost is not None:
            shared.log.warning("%s", self._lost)
            ended.__cause__ = self._lost
        elif isinstance(ended.__cause__, AmbiguousWriteError):
            # The write itself was ended.
            self.failed(ended.__cause__)

    def outcome(self) -> Outcome:
        assert self._outcome is not None
        found: Outcome = reader(Outcome).decode(self._outcome)
        return found

    def result(self) -> Union[Reply[Any], Outcome]:
        if self._outcome is not None:
            return self.outcome()
        if self._error is not None:
            raise self._error
        return shared.read(self._id, *self._reply)
