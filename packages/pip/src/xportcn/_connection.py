"""What is behind a client without async: one core, one transport, and calls through them."""

from __future__ import annotations

import os
import time
from typing import Any, Iterator, Mapping, Optional

from xportcn import _steps as shared
from xportcn._core import Core
from xportcn._errors import ClosedError, config
from xportcn._listen import Rules
from xportcn._listen import heard as listen
from xportcn._params import encode
from xportcn._pauses import Pauses
from xportcn._reply import Reply
from xportcn._transport import HttpxClient, Request, Response, Transport, TransportFailure


def connect(core: Core, transport: Optional[Transport], http_client: Optional[HttpxClient]) -> Connection:
    """A connection by the transport that is given, or else by httpx."""
    if transport is None:
        from xportcn._httpx import HttpxTransport

        return Connection(core, HttpxTransport(core.proxied_host, http_client))
    if http_client is not None:
        raise config("http_client", "is for httpx, and `transport` for all others: give one of them")
    if not callable(getattr(transport, "send", None)) or not callable(getattr(transport, "close", None)):
        raise config("transport", "must have the methods `send` and `close`")
    return Connection(core, transport)


class Connection:
    """One core and one transport."""

    def __init__(self, core: Core, transport: Transport) -> None:
        self.core = core
        self._transport = transport
        self._closed = False
        self._max_bytes = core.max_reply_bytes
        self.pauses = Pauses()

    def data(self, rules: Rules) -> DataCaller:
        """Makes calls that give their data."""
        return DataCaller(self, rules)

    def replies(self, rules: Rules) -> ReplyCaller:
        """Makes calls that give the whole reply."""
        return ReplyCaller(self, rules)

    def check_open(self, id: Optional[str]) -> None:
        """Refuses what comes after the end."""
        if self._closed:
            words = "the client has been closed"
            raise ClosedError(f"{id} was not called: {words}" if id else words, {"endpoint": id})

    def call(self, id: str, params: bytes, rules: Rules) -> Reply[Any]:
        """Does what the exchange says until it is over."""
        return shared.read(id, self.run(id, params, rules))

    def run(self, id: str, params: bytes, rules: Rules) -> shared.Came:
        """What comes of a call."""
        self.check_open(id)
        exchange = shared.begin(self.core, id, params, rules.json)
        heard = listen(exchange, id, rules.listeners)
        cause: Optional[BaseException] = None
        answer: Optional[Response] = None
        try:
            while True:
                step = shared.step(exchange, time.time_ns() // 1_000_000, os.urandom(32), heard, cause, answer)
                if step[0] == 1:
                    time.sleep(step[1] / 1000)
                elif step[0] == 2:
                    assert answer is not None
                    return shared.Came(step[1], step[2], answer, exchange)
                else:
                    _, method, url, headers, content, timeout_ms = step
                    if heard is not None and rules.listeners:
                        headers = heard.headers(headers)
                    answer = None
                    try:
                        came = self._transport.send(
                            Request(method, url, headers, content), timeout_ms / 1000, self._max_bytes
                        )
                        exchange.on_response(came.status, shared.mattering(came), came.body)
                    except TransportFailure as failure:
                        cause = failure
                        exchange.on_failure(failure.kind, failure.maybe_sent, failure.detail)
                    except Exception as error:
                        cause = error
                        exchange.on_failure("other", True, f"{type(error).__name__}: {error}")
                    else:
                        cause, answer = None, came
        except (KeyboardInterrupt, SystemExit, GeneratorExit) as ended:
            shared.abandon(exchange, time.time_ns() // 1_000_000, heard, ended)
            raise

    def pages(self, id: str, params: bytes, rules: Rules) -> Iterator[Reply[Any]]:
        """The pages, as they are asked for."""
        pager = shared.walk(self.core, id, params)
        return self._walk(id, pager, rules)

    def _walk(self, id: str, pager: Any, rules: Rules) -> Iterator[Reply[Any]]:
        while True:
            params = pager.params()
            if params is None:
                return
            came = self.run(id, params.encode(), rules)
            if shared.advance(pager, came.data, came.about):
                yield shared.read(id, came)

    def close(self) -> None:
        """Ends all connections."""
        self._closed = True
        self.pauses.end()
        self._transport.close()


class DataCaller:
    def __init__(self, connection: Connection, rules: Rules) -> None:
        self._connection = connection
        self._rules = rules

    def call(self, id: str, params: Mapping[str, Any], extra: Optional[Mapping[str, Any]] = None) -> Any:
        return shared.data(id, self._connection.run(id, encode(id, params, extra), self._rules))

    def pages(self, id: str, params: Mapping[str, Any], extra: Optional[Mapping[str, Any]] = None) -> Iterator[Any]:
        pages = self._connection.pages(id, encode(id, params, extra), self._rules)
        return (page.data for page in pages)

    def items(self, id: str, params: Mapping[str, Any], extra: Optional[Mapping[str, Any]] = None) -> Iterator[Any]:
        pages = self._connection.pages(id, encode(id, params, extra), self._rules)
        return (item for page in pages for item in shared.items_of(id, page.data))

    def wait(self, of: str, state: str, id: str) -> Any:
        from xportcn._wait import wait_until

        return wait_until(self._connection, of, state, id, self._rules)


class ReplyCaller(DataCaller):
    def call(self, id: str, params: Mapping[str, Any], extra: Optional[Mapping[str, Any]] = None) -> Any:
        return self._connection.call(id, encode(id, params, extra), self._rules)

    def pages(self, id: str, params: Mapping[str, Any], extra: Optional[Mapping[str, Any]] = None) -> Iterator[Any]:
        return self._connection.pages(id, encode(id, params, extra), self._rules)
