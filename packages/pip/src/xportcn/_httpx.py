"""Requests by httpx. It is loaded by clients that have no other transport."""

import logging
import ssl
import time
from typing import List, Optional, Tuple, Type, TypeVar

import httpx

from xportcn._core import redact
from xportcn._errors import config
from xportcn._transport import Request, Response, TransportFailure

T = TypeVar("T")


class _Redaction(logging.Filter):
    """httpx logs URLs, and those of some calls end with a signature."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                redact(str(value)) if isinstance(value, httpx.URL) and b"sign=" in value.query else value
                for value in record.args
            )
        return True


logging.getLogger("httpx").addFilter(_Redaction())


class HttpxTransport:
    """Sends with httpx."""

    def __init__(self, client: Optional[httpx.Client] = None) -> None:
        self._client = httpx.Client() if client is None else _checked(client, httpx.Client)
        self._is_own = client is None

    def send(self, request: Request, timeout: float, max_bytes: int) -> Response:
        """Gives the answer, or raises `TransportFailure`."""
        _check_open(self._client.is_closed)
        body = bytearray()
        end = time.monotonic() + timeout
        try:
            with self._client.stream(
                request.method,
                request.url,
                headers=list(request.headers),
                content=request.body,
                timeout=timeout,
                follow_redirects=False,
            ) as answer:
                for part in answer.iter_bytes():
                    _add(body, part, max_bytes)
                    if time.monotonic() > end:
                        raise TransportFailure("timeout", True, "the body did not come in time")
                return _response(answer, body)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise _failure(error) from error

    def close(self) -> None:
        """Ends all connections, if they are its own."""
        if self._is_own:
            self._client.close()


class AsyncHttpxTransport:
    """Sends with httpx, to await."""

    def __init__(self, client: Optional[httpx.AsyncClient] = None) -> None:
        self._client = httpx.AsyncClient() if client is None else _checked(client, httpx.AsyncClient)
        self._is_own = client is None

    async def send(self, request: Request, timeout: float, max_bytes: int) -> Response:
        """Gives the answer, or raises `TransportFailure`."""
        _check_open(self._client.is_closed)
        body = bytearray()
        try:
            async with self._client.stream(
                request.method,
                request.url,
                headers=list(request.headers),
                content=request.body,
                timeout=timeout,
                follow_redirects=False,
            ) as answer:
                async for part in answer.aiter_bytes():
                    _add(body, part, max_bytes)
                return _response(answer, body)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise _failure(error) from error

    async def aclose(self) -> None:
        """Ends all connections, if they are its own."""
        if self._is_own:
            await self._client.aclose()


def _checked(client: object, kind: Type[T]) -> T:
    if not isinstance(client, kind):
        raise config("http_client", f"must be an httpx.{kind.__name__}")
    return client


def _check_open(is_closed: bool) -> None:
    if is_closed:
        raise TransportFailure("other", False, "the httpx client has been closed")


def _add(body: bytearray, part: bytes, max_bytes: int) -> None:
    body += part
    if len(body) > max_bytes:
        raise TransportFailure("too-large", True)


def _response(answer: httpx.Response, body: bytearray) -> Response:
    headers: List[Tuple[str, str]] = [
        (name, answer.headers[name]) for name in ("content-type", "date", "retry-after") if name in answer.headers
    ]
    return Response(answer.status_code, headers, bytes(body))


def _failure(error: Exception) -> TransportFailure:
    """What a failure of httpx says about the request."""
    words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout)):
        return TransportFailure("connect", False, words)
    if isinstance(error, httpx.TimeoutException):
        return TransportFailure("timeout", True, words)
    if isinstance(error, httpx.ConnectError):
        return TransportFailure(_connect_kind(error), False, words)
    if isinstance(error, (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError)):
        return TransportFailure("other", False, words)
    if isinstance(error, httpx.DecodingError):
        return TransportFailure("broken", True, words)
    if isinstance(error, (httpx.NetworkError, httpx.RemoteProtocolError)):
        return TransportFailure("reset", True, words)
    return TransportFailure("other", True, words)


def _connect_kind(error: BaseException) -> str:
    cause: Optional[BaseException] = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "tls"
        if type(cause).__name__ == "gaierror":
            return "dns"
        cause = cause.__cause__ or cause.__context__
    return "connect"
