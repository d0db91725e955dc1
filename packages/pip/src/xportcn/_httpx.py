"""Requests by httpx. It is loaded by clients that have no other transport."""

import ssl
import time
from typing import List, Optional, Tuple

import httpx

from xportcn._transport import Request, Response, TransportFailure


class HttpxTransport:
    """Sends with httpx."""

    def __init__(self, client: Optional[httpx.Client] = None) -> None:
        self._client = client or httpx.Client(follow_redirects=False)

    def send(self, request: Request, timeout: float, max_bytes: int) -> Response:
        """Gives the answer, or raises `TransportFailure`."""
        body = bytearray()
        end = time.monotonic() + timeout
        try:
            with self._client.stream(
                request.method, request.url, headers=list(request.headers), content=request.body, timeout=timeout
            ) as answer:
                for part in answer.iter_bytes():
                    _add(body, part, max_bytes)
                    if time.monotonic() > end:
                        raise TransportFailure("timeout", True, "the body did not come in time")
                return _response(answer, body)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise _failure(error) from error

    def close(self) -> None:
        """Ends all connections."""
        self._client.close()


class AsyncHttpxTransport:
    """Sends with httpx, to await."""

    def __init__(self, client: Optional[httpx.AsyncClient] = None) -> None:
        self._client = client or httpx.AsyncClient(follow_redirects=False)

    async def send(self, request: Request, timeout: float, max_bytes: int) -> Response:
        """Gives the answer, or raises `TransportFailure`."""
        body = bytearray()
        try:
            async with self._client.stream(
                request.method, request.url, headers=list(request.headers), content=request.body, timeout=timeout
            ) as answer:
                async for part in answer.aiter_bytes():
                    _add(body, part, max_bytes)
                return _response(answer, body)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise _failure(error) from error

    async def aclose(self) -> None:
        """Ends all connections."""
        await self._client.aclose()


def _add(body: bytearray, part: bytes, max_bytes: int) -> None:
    body += part
    if len(body) > max_bytes:
        raise TransportFailure("too-large", True)


def _response(answer: httpx.Response, body: bytearray) -> Response:
    headers: List[Tuple[str, str]] = [
        (name, answer.headers[name]) for name in ("date", "retry-after") if name in answer.headers
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
