"""The client for programs with async."""

import asyncio
import os
import time
from types import TracebackType
from typing import Any, AsyncIterator, Dict, Mapping, Optional, Tuple, Type

from xportcn import _caller as shared
from xportcn._calls.async_data import Groups
from xportcn._calls.async_reply import Groups as ReplyGroups
from xportcn._core import Core
from xportcn._errors import ClosedError
from xportcn._push import PushMessage, read_push
from xportcn._reply import Reply
from xportcn._settings import Options, make_core
from xportcn._transport import AsyncTransport, Request, TransportFailure


class AsyncClient(Groups):
    """Calls the platform: ``await client.taobao.after_sale.render(...)``. Settings are those of `Client`.
    """

    def __init__(
        self,
        access_key: str,
        access_secret: str,
        user_id: str,
        *,
        base_url: Optional[str] = None,
        transport: Optional[AsyncTransport] = None,
        retries: Optional[int] = None,
        timeout: Optional[float] = None,
        deadline: Optional[float] = None,
        backoff: Optional[float] = None,
        backoff_cap: Optional[float] = None,
        retry_writes: Optional[bool] = None,
        signature: Optional[str] = None,
        timestamp_unit: Optional[str] = None,
        limit: Optional[Tuple[int, int]] = None,
        paths: Optional[Mapping[str, str]] = None,
        max_reply_bytes: Optional[int] = None,
        strict: Optional[bool] = None,
    ) -> None:
        core = make_core(
            access_key,
            access_secret,
            user_id,
            Options(retries, timeout, deadline, backoff, backoff_cap, retry_writes),
            base_url=base_url,
            signature=signature,
            timestamp_unit=timestamp_unit,
            limit=limit,
            paths=paths,
            max_reply_bytes=max_reply_bytes,
            strict=strict,
        )
        self._shown = f"{user_id!r}" + (f", base_url={base_url!r}" if base_url else "")
        self._account = (access_key, access_secret)
        self._connection = _Connection(core, transport or _default_transport())
        self._options = ""
        self._caller = _DataCaller(self._connection, "")

    @property
    def with_reply(self) -> ReplyGroups:
        """The same calls, which give the whole reply: data, request id, warnings and raw body."""
        groups = ReplyGroups()
        groups._caller = _ReplyCaller(self._connection, self._options)
        return groups

    def with_options(
        self,
        *,
        retries: Optional[int] = None,
        timeout: Optional[float] = None,
        deadline: Optional[float] = None,
        backoff: Optional[float] = None,
        backoff_cap: Optional[float] = None,
        retry_writes: Optional[bool] = None,
    ) -> "AsyncClient":
        """The same client with another rule of when to try again. It shares connections, clock and limit of calls."""
        options = Options(retries, timeout, deadline, backoff, backoff_cap, retry_writes).json()
        client = object.__new__(AsyncClient)
        client.__dict__.update(self.__dict__)
        client._options = options
        client._caller = _DataCaller(self._connection, options)
        return client

    async def request(self, id: str, params: Optional[Mapping[str, Any]] = None) -> Reply[Any]:
        """Calls an endpoint by its id, with parameters by their canonical names."""
        return await self._connection.call(id, shared.encode(params or {}, None), self._options)

    def verify_push(self, authorization: str, body: bytes) -> PushMessage:
        """Checks that a pushed message comes from the platform, and reads it. The body is as it was received."""
        return read_push(*self._account, authorization, body)

    async def aclose(self) -> None:
        """Ends all connections; later calls are refused."""
        await self._connection.aclose()

    async def __aenter__(self) -> "AsyncClient":
        return self

    async def __aexit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<xportcn.AsyncClient for {self._shown}>"


class _Connection:
    """One core and one transport."""

    def __init__(self, core: Core, transport: AsyncTransport) -> None:
        self.core = core
        self._transport = transport
        self._closed = False
        self._max_bytes = core.max_reply_bytes

    async def call(self, id: str, params: bytes, options: str) -> Reply[Any]:
        """Does what the exchange says until it is over."""
        return shared.read(id, *await self.run(id, params, options))

    async def run(self, id: str, params: bytes, options: str) -> Tuple[bytes, str, bytes]:
        """The data, what came with it, and the raw body."""
        if self._closed:
            raise ClosedError(f"{id} was not called: the client has been closed", {"endpoint": id})
        exchange = shared.begin(self.core, id, params, options)
        cause: Optional[BaseException] = None
        body = b""
        try:
            while True:
                step = shared.step(exchange, time.time_ns() // 1_000_000, os.urandom(32), cause)
                if step[0] == 1:
                    shared.log.debug("%s: waiting %d ms before attempt %d", id, step[1], exchange.attempts + 1)
                    await asyncio.sleep(step[1] / 1000)
                elif step[0] == 2:
                    return step[1], step[2], body
                else:
                    _, method, url, headers, content, timeout_ms = step
                    try:
                        sending = self._transport.send(
                            Request(method, url, headers, content), timeout_ms / 1000, self._max_bytes
                        )
                        answer = await asyncio.wait_for(sending, timeout_ms / 1000)
                    except TransportFailure as failure:
                        cause = failure
                        exchange.on_failure(failure.kind, failure.maybe_sent, failure.detail)
                    except asyncio.TimeoutError as error:
                        cause = error
                        exchange.on_failure("timeout", True, "")
                    except Exception as error:
                        cause = error
                        exchange.on_failure("other", True, f"{type(error).__name__}: {error}")
                    else:
                        cause, body = None, answer.body
                        exchange.on_response(answer.status, list(answer.headers), body)
                        shared.log.debug("%s: attempt %d: HTTP %d", id, exchange.attempts, answer.status)
        except (asyncio.CancelledError, KeyboardInterrupt, SystemExit, GeneratorExit):
            shared.abandon(exchange, time.time_ns() // 1_000_000)
            raise

    def pages(self, id: str, params: bytes, options: str) -> AsyncIterator[Reply[Any]]:
        """The pages, as they are asked for."""
        pager = shared.walk(self.core, id, params)
        return self._walk(id, pager, options)

    async def _walk(self, id: str, pager: Any, options: str) -> AsyncIterator[Reply[Any]]:
        while True:
            params = pager.params()
            if params is None:
                return
            data, about, body = await self.run(id, params.encode(), options)
            if not pager.turn(data):
                return
            yield shared.read(id, data, about, body)

    async def aclose(self) -> None:
        """Ends all connections."""
        self._closed = True
        await self._transport.aclose()


class _DataCaller:
    def __init__(self, connection: _Connection, options: str) -> None:
        self._connection = connection
        self._options = options

    async def call(self, id: str, params: Dict[str, Any], further: Optional[Mapping[str, Any]] = None) -> Any:
        return (await self._connection.call(id, shared.encode(params, further), self._options)).data

    def pages(self, id: str, params: Dict[str, Any], further: Optional[Mapping[str, Any]] = None) -> AsyncIterator[Any]:
        pages = self._connection.pages(id, shared.encode(params, further), self._options)
        return (page.data async for page in pages)

    def items(self, id: str, params: Dict[str, Any], further: Optional[Mapping[str, Any]] = None) -> AsyncIterator[Any]:
        pages = self._connection.pages(id, shared.encode(params, further), self._options)
        return (item async for page in pages for item in shared.items_of(id, page.data))


class _ReplyCaller(_DataCaller):
    async def call(self, id: str, params: Dict[str, Any], further: Optional[Mapping[str, Any]] = None) -> Any:
        return await self._connection.call(id, shared.encode(params, further), self._options)

    def pages(self, id: str, params: Dict[str, Any], further: Optional[Mapping[str, Any]] = None) -> AsyncIterator[Any]:
        return self._connection.pages(id, shared.encode(params, further), self._options)


def _default_transport() -> AsyncTransport:
    from xportcn._httpx import AsyncHttpxTransport

    return AsyncHttpxTransport()
