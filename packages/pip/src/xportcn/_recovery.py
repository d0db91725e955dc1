"""What became of a write whose answer is lost, and the search that finds it out."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING, Any, Callable, Generator, Mapping, Optional, Tuple, Type, TypeVar, Union, cast

import anyio
import anyio.to_thread
import msgspec

from xportcn import _steps as shared
from xportcn._core import Core, CoreError, Recovery
from xportcn._errors import AmbiguousWriteError, ClosedError, XportcnError, config, from_core, keep_ticket
from xportcn._listen import Rules, log
from xportcn._loops import running, soon
from xportcn._params import encode
from xportcn._readers import reader
from xportcn._reply import Reply

if TYPE_CHECKING:
    from xportcn._async_connection import Connection as AsyncConnection
    from xportcn._connection import Connection

T = TypeVar("T")


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


def recover(connection: Connection, lost: Union[AmbiguousWriteError, str], rules: Rules) -> Outcome:
    """Looks for a write until it is known what became of it, or the time is over."""
    search = Search.of(connection.core, lost, rules)
    run(connection, search, rules)
    return search.outcome()


def settle(connection: Connection, id: str, params: Mapping[str, Any], rules: Rules) -> Union[Reply[Any], Outcome]:
    """Sends a write, and looks for it if its answer is lost."""
    search = Search.of_write(connection.core, id, params, rules)
    run(connection, search, rules)
    return search.result()


async def recover_async(connection: AsyncConnection, lost: Union[AmbiguousWriteError, str], rules: Rules) -> Outcome:
    """As `recover`."""
    search = Search.of(connection.core, lost, rules)
    await run_async(connection, search, rules)
    return search.outcome()


async def settle_async(
    connection: AsyncConnection, id: str, params: Mapping[str, Any], rules: Rules
) -> Union[Reply[Any], Outcome]:
    """As `settle`."""
    search = Search.of_write(connection.core, id, params, rules)
    await run_async(connection, search, rules)
    return search.result()


Keeper = Callable[[str, str], None]
"""Keeps an entry in a journal, with its state."""


def run(connection: Connection, search: Search, rules: Rules, keeper: Optional[Keeper] = None) -> None:
    """Does what the search says until it is over."""
    woken = threading.Event()
    try:
        with connection.pauses.of(search.recovery, woken.set):
            while True:
                step = search.step()
                if step[0] == 0:
                    try:
                        search.answered(connection.run(step[1], step[2], rules))
                    except XportcnError as error:
                        search.failed(error)
                elif step[0] == 1:
                    woken.wait(step[1] / 1000)
                    woken.clear()
                    connection.check_open(None)
                elif step[0] == 4 and keeper is not None:
                    with search.keeping(step[2]):
                        keeper(step[1], step[2])
                else:
                    return
    except BaseException as ended:
        search.leave(ended)
        raise


async def run_async(connection: AsyncConnection, search: Search, rules: Rules, keeper: Optional[Keeper] = None) -> None:
    """As `run`."""
    loop, alarm = running("a search"), _Alarm()
    try:
        with connection.pauses.of(search.recovery, lambda: soon(loop, alarm.ring)):
            while True:
                step = search.step()
                if step[0] == 0:
                    try:
                        search.answered(await connection.run(step[1], step[2], rules))
                    except XportcnError as error:
                        search.failed(error)
                elif step[0] == 1:
                    await alarm.wait(step[1] / 1000)
                    connection.check_open(None)
                elif step[0] == 4 and keeper is not None:
                    with search.keeping(step[2]):
                        await anyio.to_thread.run_sync(keeper, step[1], step[2])
                else:
                    return
    except BaseException as ended:
        search.leave(ended)
        raise


class _Alarm:
    """Ends a wait early. What rings while nobody waits ends the next one."""

    def __init__(self) -> None:
        self._rung = anyio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        with anyio.move_on_after(seconds):
            await self._rung.wait()
        self._rung = anyio.Event()


class Search:
    """What the core says, and what came of the calls that it asked for."""

    def __init__(self, recovery: Recovery, write: Optional[str]) -> None:
        self.recovery = recovery
        self._write = write
        self._id = write or ""
        self._reply: Optional[shared.Came] = None
        self._error: Optional[XportcnError] = None
        self._lost: Optional[AmbiguousWriteError] = None
        self._outcome: Optional[str] = None

    @staticmethod
    def of(core: Core, lost: Any, rules: Rules) -> Search:
        """Begins to look for the write of an error, or of the ticket that was kept of it."""
        ticket = lost.ticket if isinstance(lost, AmbiguousWriteError) else lost
        if not isinstance(ticket, str):
            raise config("ticket", "must be an AmbiguousWriteError or its ticket")
        try:
            return Search(core.recover(ticket, rules.json), None)
        except CoreError as error:
            raise from_core(error) from None

    @staticmethod
    def of_write(core: Core, id: str, params: Mapping[str, Any], rules: Rules) -> Search:
        """Begins a write."""
        try:
            return Search(core.settle(id, encode(id, params, None), rules.json), id)
        except CoreError as error:
            raise from_core(error) from None

    @staticmethod
    def of_state(core: Core, of: str, state: str, params: str, rules: Rules) -> Search:
        """Begins to wait for a state."""
        try:
            return Search(core.wait(of, state, params, rules.json), None)
        except CoreError as error:
            raise from_core(error) from None

    @staticmethod
    def begun(begin: Callable[[], Recovery], write: str) -> Search:
        """What a journal begins, or goes on with."""
        try:
            return Search(begin(), write)
        except CoreError as error:
            raise from_core(error) from None

    def step(self) -> Tuple[Any, ...]:
        """What is to be done next."""
        step: Tuple[Any, ...] = self.recovery.step(time.time_ns() // 1_000_000)
        if step[0] == 0:
            self._id = step[1]
            if self._id == self._write:
                # It is sent, or sent again because it was not carried out: nothing is in doubt yet.
                self._lost = None
        elif step[0] == 2:
            self._outcome = step[1]
        elif step[0] == 5:
            self._reply, self._error = shared.Came(step[1], step[2], shared.NO_ANSWER), None
        return step

    @contextlib.contextmanager
    def keeping(self, state: str) -> Generator[None, None, None]:
        """Reports what the journal has. What it does not have before a sending is not sent."""
        try:
            yield
        except XportcnError as error:
            if state == "open":
                raise
            # What was answered is told all the same, and looked for next time.
            log.warning("the journal does not have the end of a write: %s", error)
        self.recovery.on_kept()

    def answered(self, came: shared.Came) -> None:
        self._reply, self._error = came, None
        self.recovery.on_reply(came.data, came.about)

    def failed(self, error: XportcnError) -> None:
        if isinstance(error, ClosedError):
            raise error
        self._error = error
        lost = error if isinstance(error, AmbiguousWriteError) else None
        self.recovery.on_failure(str(error), error.is_retryable, lost.ticket if lost else "")
        if lost is not None:
            keep_ticket(lost, self.recovery.ticket() or lost.ticket)
            self._lost = lost

    def leave(self, ended: BaseException) -> None:
        """Keeps the error, and the ticket with it, of a write that may have been carried out."""
        if self._lost is not None:
            log.warning("%s", self._lost)
            ended.__cause__ = self._lost
        elif isinstance(ended.__cause__, AmbiguousWriteError):
            # The write itself was ended.
            self.failed(ended.__cause__)

    def outcome(self) -> Outcome:
        """What was found out."""
        return self.ended(Outcome)

    def ended(self, kind: Type[T]) -> T:
        """What was found out, as the core tells it, or the last error where all failed."""
        if self._outcome is None:
            assert self._error is not None
            raise self._error
        found: T = reader(cast(Any, kind)).decode(self._outcome)
        return found

    def result(self) -> Union[Reply[Any], Outcome]:
        if self._outcome is not None:
            return self.outcome()
        if self._error is not None:
            raise self._error
        assert self._reply is not None
        return shared.read(self._id, self._reply)
