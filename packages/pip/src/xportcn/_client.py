"""The client for programs without async."""

import os
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, Dict, Iterator, Mapping, Optional, Tuple, Type

from xportcn import _steps as shared
from xportcn._calls.data import Groups
from xportcn._calls.reply import Groups as ReplyGroups
from xportcn._core import Core
from xportcn._errors import ClosedError, config
from xportcn._params import encode
from xportcn._push import PushMessage, read_push
from xportcn._reply import Reply
from xportcn._settings import Options, make_core
from xportcn._transport import Request, Transport, TransportFailure

if TYPE_CHECKING:
    import httpx


class Client(Groups):
    """Calls the platform: ``client.taobao.after_sale.render(...)``. May be shared by threads.

    Args:
        access_key: The developer's access key; ``XPORTCN_ACCESS_KEY`` of the environment unless given.
        access_secret: The developer's access secret, likewise ``XPORTCN_ACCESS_SECRET``; never shown.
        user_id: The sub-account to act for, likewise ``XPORTCN_USER_ID``.
        base_url: Where the platform is, likewise ``XPORTCN_BASE_URL``, if not at its usual address. https, but for this
            machine.
        http_client: The httpx client that carries requests, for proxies, certificates and limits of connections. It stays
            open when this one is closed.
        transport: What carries requests in the place of httpx. It is closed with this client.
        retries: Attempts after the first; 2 unless set.
        timeout: Seconds that one attempt may take; 30 unless set.
        deadline: Seconds that a call may take with all attempts and waits; 60 unless set.
        backoff: The bound in seconds of the first wait, which doubles; 0.5 unless set.
        backoff_cap: The largest bound of a wait in seconds; 8 unless set.
        retry_writes: Whether calls that write are tried again although they may have arrived. Orders may then be placed
            twice.
        signature: ``md5`` or ``hmac-sha256``.
        timestamp_unit: ``s`` or ``ms``.
        limit: Calls per second, and how many may follow each other at once.
        paths: Other paths for endpoints, by id.
        max_reply_bytes: The largest reply that is read.
        strict: Whether a value in a reply that does not fit its field is an error. For tests.

    Raises:
        ConfigError: A setting is missing or wrong; ``field`` names it.
    """

    def __init__(
        self,
        access_key: Optional[str] = None,
        access_secret: Optional[str] = None,
        user_id: Optional[str] = None,
        *,
        base_url: Optional[str] = None,
        http_client: "Optional[httpx.Client]" = None,
        transport: Optional[Transport] = None,
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
        given = Options(retries, timeout, deadline, backoff, backoff_cap, retry_writes)
        core, self._shown = make_core(
            access_key,
            access_secret,
            user_id,
            given,
            base_url=base_url,
            signature=signature,
            timestamp_unit=timestamp_unit,
            limit=limit,
            paths=paths,
            max_reply_bytes=max_reply_bytes,
            strict=strict,
        )
        self._connection = _Connection(core, _transport(transport, http_client))
        self._given = Options()
        self._options = ""
        self._caller = _DataCaller(self._connection, "")

    @property
    def with_reply(self) -> ReplyGroups:
        """The same calls, which give the whole reply: data, request id, warnings and raw body."""
        return ReplyGroups(_ReplyCaller(self._connection, self._options))

    def with_options(
        self,
        *,
        retries: Optional[int] = None,
        timeout: Optional[float] = None,
        deadline: Optional[float] = None,
        backoff: Optional[float] = None,
        backoff_cap: Optional[float] = None,
        retry_writes: Optional[bool] = None,
    ) -> "Client":
        """The same client with another rule of when to try again; what is not given stays as it is.

        Both share connections, clock and limit of calls, and are closed together.
        """
        given = Options(retries, timeout, deadline, backoff, backoff_cap, retry_writes).over(self._given)
        client = object.__new__(Client)
        client._shown = self._shown
        client._connection = self._connection
        client._given = given
        client._options = given.checked_json(self._connection.core)
        client._caller = _DataCaller(self._connection, client._options)
        return client

    def request(self, id: str, params: Optional[Mapping[str, Any]] = None) -> Reply[Any]:
        """Calls an endpoint by its id, with parameters by their canonical names."""
        return self._connection.call(id, encode(id, {} if params is None else params, None), self._options)

    def verify_push(self, authorization: Optional[str], body: bytes) -> PushMessage:
        """Checks that a pushed message comes from the platform, and reads it: `xportcn.verify_push` with this account."""
        return read_push(self._connection.core.read_push, authorization, body)

    def close(self) -> None:
        """Ends all connections; later calls are refused."""
        self._connection.close()

    def __enter__(self) -> "Client":
        self._connection.check_open(None)
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<xportcn.Client for {self._shown}>"


class _Connection:
    """One core and one transport."""

    def __init__(self, core: Core, transport: Transport) -> None:
        self.core = core
        self._transport = transport
        self._closed = False
        self._max_bytes = core.max_reply_bytes

    def check_open(self, id: Optional[str]) -> None:
        """Refuses what comes after the end."""
        if self._closed:
            words = "the client has been closed"
            raise ClosedError(f"{id} was not called: {words}" if id else words, {"endpoint": id})

    def call(self, id: str, params: bytes, options: str) -> Reply[Any]:
        """Does what the exchange says until it is over."""
        return shared.read(id, *self.run(id, params, options))

    def run(self, id: str, params: bytes, options: str) -> Tuple[bytes, str, bytes]:
        """The data, what came with it, and the raw body."""
        self.check_open(id)
        exchange = shared.begin(self.core, id, params, options)
        cause: Optional[BaseException] = None
        body = b""
        try:
            while True:
                step = shared.step(exchange, time.time_ns() // 1_000_000, os.urandom(32), cause)
                if step[0] == 1:
                    shared.log.debug("%s: waiting %d ms before attempt %d", id, step[1], exchange.attempts + 1)
                    time.sleep(step[1] / 1000)
                elif step[0] == 2:
                    return step[1], step[2], body
                else:
                    _, method, url, headers, content, timeout_ms = step
                    try:
                        answer = self._transport.send(
                            Request(method, url, headers, content), timeout_ms / 1000, self._max_bytes
                        )
                        exchange.on_response(answer.status, list(answer.headers), answer.body)
                    except TransportFailure as failure:
                        cause = failure
                        exchange.on_failure(failure.kind, failure.maybe_sent, failure.detail)
                    except Exception as error:
                        cause = error
                        exchange.on_failure("other", True, f"{type(error).__name__}: {error}")
                    else:
                        cause, body = None, answer.body
                        shared.log.debug("%s: attempt %d: HTTP %d", id, exchange.attempts, answer.status)
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            shared.abandon(exchange, time.time_ns() // 1_000_000)
            raise

    def pages(self, id: str, params: bytes, options: str) -> Iterator[Reply[Any]]:
        """The pages, as they are asked for."""
        pager = shared.walk(self.core, id, params)
        return self._walk(id, pager, options)

    def _walk(self, id: str, pager: Any, options: str) -> Iterator[Reply[Any]]:
        while True:
            params = pager.params()
            if params is None:
                return
            data, about, body = self.run(id, params.encode(), options)
            if not pager.turn(data):
                return
            yield shared.read(id, data, about, body)

    def close(self) -> None:
        """Ends all connections."""
        self._closed = True
        self._transport.close()


class _DataCaller:
    def __init__(self, connection: _Connection, options: str) -> None:
        self._connection = connection
        self._options = options

    def call(self, id: str, params: Dict[str, Any], further: Optional[Mapping[str, Any]] = None) -> Any:
        return self._connection.call(id, encode(id, params, further), self._options).data

    def pages(self, id: str, params: Dict[str, Any], further: Optional[Mapping[str, Any]] = None) -> Iterator[Any]:
        pages = self._connection.pages(id, encode(id, params, further), self._options)
        return (page.data for page in pages)

    def items(self, id: str, params: Dict[str, Any], further: Optional[Mapping[str, Any]] = None) -> Iterator[Any]:
        pages = self._connection.pages(id, encode(id, params, further), self._options)
        return (item for page in pages for item in shared.items_of(id, page.data))


class _ReplyCaller(_DataCaller):
    def call(self, id: str, params: Dict[str, Any], further: Optional[Mapping[str, Any]] = None) -> Any:
        return self._connection.call(id, encode(id, params, further), self._options)

    def pages(self, id: str, params: Dict[str, Any], further: Optional[Mapping[str, Any]] = None) -> Iterator[Any]:
        return self._connection.pages(id, encode(id, params, further), self._options)


def _transport(given: Optional[Transport], http_client: "Optional[httpx.Client]") -> Transport:
    if given is None:
        from xportcn._httpx import HttpxTransport

        return HttpxTransport(http_client)
    if http_client is not None:
        raise config("http_client", "is for httpx, and `transport` for all others: give one of them")
    if not callable(getattr(given, "send", None)) or not callable(getattr(given, "close", None)):
        raise config("transport", "must have the methods `send` and `close`")
    return given
