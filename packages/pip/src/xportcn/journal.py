"""A journal of writes: none is sent twice, also where a process dies.

>>> from xportcn import Client
>>> from xportcn.journal import Journal
>>> with Client() as client, Journal("orders.journal") as journal:  # doctest: +SKIP
...     journal.recover_open(client)
...     journal.settle(client, "taobao.order.purchase_pay", {"orderId": "77"}, key="pay 77")

What is about to be sent is on the disk before it is sent, and how it ended after. Whoever calls again with the same key, also
after a crash, gets the answer that was kept, or what became of the write: it is looked for before anything is sent, and sent
again only if it certainly was not carried out.

The file is one of SQLite, for its owner only. It holds no secret, but requests and answers, and so addresses. The journals of
the other languages read and write the same.
"""

from __future__ import annotations

import concurrent.futures
import os
from typing import Any, Awaitable, Callable, Dict, List, Mapping, Optional, Tuple, Union, overload

import anyio
import anyio.to_thread
import msgspec

from xportcn._async_client import AsyncClient
from xportcn._client import Client
from xportcn._core import CoreError, journal_key
from xportcn._errors import XportcnError, from_core
from xportcn._journal_file import Claim, InUseError, JournalError, JournalFile
from xportcn._listen import Rules
from xportcn._params import encode
from xportcn._recovery import Outcome, Search, run, run_async
from xportcn._reply import Reply

__all__ = ["InUseError", "Journal", "JournalError", "Recovered", "Write"]

Settled = Union[Reply[Any], Outcome]

# Open writes that are looked for at the same time.
_TOGETHER = 8


class Write(msgspec.Struct, frozen=True):
    """A write that a journal has."""

    key: str
    """What the journal knows it by."""
    endpoint: str
    """What was called."""
    state: str
    """``open``, ``answered``, ``failed``, or what was found out: ``done``, ``not done``, ``partly`` or ``unknown``."""
    entry: str
    """All that the journal has of it, as JSON. It holds addresses."""
    changed_ms: int
    """When that was kept, in milliseconds since 1970."""


class Recovered(msgspec.Struct, frozen=True):
    """What was found out about a write that an earlier run had left open."""

    key: str
    """What the journal knows it by."""
    endpoint: str
    """What was called."""
    result: Union[Reply[Any], Outcome, XportcnError]
    """What became of it, or why it was not looked for."""


class Journal:
    """A journal in a file, which is made if there is none. Threads may share it, and processes may share the file.

    Raises:
        JournalError: The file cannot be opened, is no journal, or was written by a later version.
    """

    def __init__(self, path: Union[str, os.PathLike[str]]) -> None:
        self._file = JournalFile(path)

    @overload
    def settle(
        self, client: Client, id: str, params: Optional[Mapping[str, Any]] = None, *, key: Optional[str] = None
    ) -> Settled: ...
    @overload
    def settle(
        self, client: AsyncClient, id: str, params: Optional[Mapping[str, Any]] = None, *, key: Optional[str] = None
    ) -> Awaitable[Settled]: ...
    def settle(
        self,
        client: Union[Client, AsyncClient],
        id: str,
        params: Optional[Mapping[str, Any]] = None,
        *,
        key: Optional[str] = None,
    ) -> Union[Settled, Awaitable[Settled]]:
        """Sends a write by its id, or goes on with the write of this key, until it is known what became of it.

        - A key that the journal does not have is kept, then sent.
        - What was answered, or found done, is told again; a reply that was kept has no raw body. Nothing is sent.
        - What may have been sent is looked for. If it certainly was not carried out, it is sent again, once, with
          ``retry_after_recovery``.
        - What was refused, or found not done, has its key free again, also for other parameters.

        The key is yours. A creation that names none has its own reference, as ``sellerOrderNumber``, for one.

        Raises:
            InvalidRequestError: The key belongs to another write, or is required.
            InUseError: Another process or thread is at work on the key.
            JournalError: The write cannot be kept, and so was not sent.
        """
        begin = _beginning(client, id, {} if params is None else params, key)
        if isinstance(client, AsyncClient):
            return self._settled_async(client, id, *begin)
        return self._settled(client, id, *begin)

    @overload
    def recover_open(self, client: Client) -> List[Recovered]: ...
    @overload
    def recover_open(self, client: AsyncClient) -> Awaitable[List[Recovered]]: ...
    def recover_open(self, client: Union[Client, AsyncClient]) -> Union[List[Recovered], Awaitable[List[Recovered]]]:
        """Finds out about all writes that are open, a few at a time. Nothing is sent.

        Those that another process is at work on are left to it.
        """
        if isinstance(client, AsyncClient):
            return self._recovered_async(client)

        def recovered(write: Write) -> Recovered:
            try:
                return Recovered(
                    write.key,
                    write.endpoint,
                    self._settled(client, write.endpoint, write.key, _resume(client, write.endpoint)),
                )
            except XportcnError as error:
                return Recovered(write.key, write.endpoint, error)

        with concurrent.futures.ThreadPoolExecutor(_TOGETHER) as pool:
            return _of_ours(list(pool.map(recovered, self.open_writes())))

    def open_writes(self) -> List[Write]:
        """The writes of which it is still to be found out what became of them, the oldest first."""
        return [Write(*row) for row in self._file.open_writes()]

    def writes(self) -> List[Write]:
        """All writes, those that changed last at the end."""
        return [Write(*row) for row in self._file.all_writes()]

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _settled(self, client: Client, id: str, key: str, begin: _Begin) -> Settled:
        with self._file.claim(key) as claim:
            search = begin(claim.entry)
            connection, rules = _behind(client)
            run(connection, search, rules, _keeper(claim, id))
            return search.result()

    async def _settled_async(self, client: AsyncClient, id: str, key: str, begin: _Begin) -> Settled:
        claim = await anyio.to_thread.run_sync(self._file.claim, key)
        try:
            search = begin(claim.entry)
            connection, rules = _behind(client)
            await run_async(connection, search, rules, _keeper(claim, id))
            return search.result()
        finally:
            claim.release()

    async def _recovered_async(self, client: AsyncClient) -> List[Recovered]:
        together = anyio.Semaphore(_TOGETHER)
        writes = self.open_writes()
        found: Dict[int, Recovered] = {}
        broken: List[Exception] = []

        async def recovered(number: int, write: Write) -> None:
            async with together:
                try:
                    result = await self._settled_async(
                        client, write.endpoint, write.key, _resume(client, write.endpoint)
                    )
                    found[number] = Recovered(write.key, write.endpoint, result)
                except XportcnError as error:
                    found[number] = Recovered(write.key, write.endpoint, error)
                except Exception as error:
                    broken.append(error)
                    group.cancel_scope.cancel()

        async with anyio.create_task_group() as group:
            for number, write in enumerate(writes):
                group.start_soon(recovered, number, write)
        if broken:
            raise broken[0]
        return _of_ours([found[number] for number in range(len(writes))])


_Begin = Callable[[str], Search]


def _beginning(client: Any, id: str, params: Mapping[str, Any], key: Optional[str]) -> Tuple[str, _Begin]:
    """The key of a write, and what begins it from what the journal has."""
    given = encode(id, params, None)
    try:
        named = journal_key(id, given) if key is None else key
    except CoreError as error:
        raise from_core(error) from None
    core, options = client._connection.core, client._rules.json
    return named, lambda entry: Search.begun(lambda: core.settle_kept(named, id, given, options, entry), id)


def _resume(client: Any, id: str) -> _Begin:
    core, options = client._connection.core, client._rules.json
    return lambda entry: Search.begun(lambda: core.recover_kept(entry, options), id)


def _keeper(claim: Claim, endpoint: str) -> Callable[[str, str], None]:
    return lambda entry, state: claim.keep(endpoint, entry, state)


def _of_ours(found: List[Recovered]) -> List[Recovered]:
    return [one for one in found if not isinstance(one.result, InUseError)]


def _behind(client: Any) -> Tuple[Any, Rules]:
    """What a client of this package makes its calls with."""
    return client._connection, client._rules
