"""What carries requests: a protocol of one method."""

from typing import Any, AsyncContextManager, ContextManager, Optional, Protocol, Sequence, Tuple

import msgspec


class Request(msgspec.Struct, frozen=True):
    """A signed request, to be sent as it is."""

    method: str
    url: str
    headers: Sequence[Tuple[str, str]]
    body: Optional[bytes]

    def __repr__(self) -> str:
        """Without what is signed, or signs."""
        return f"Request(method={self.method!r})"


class Response(msgspec.Struct, frozen=True):
    """An answer as it was received; the body is decompressed."""

    status: int
    headers: Sequence[Tuple[str, str]]
    body: bytes


class TransportFailure(Exception):
    """There is no answer.

    ``kind`` is ``connect``, ``dns``, ``tls``, ``reset``, ``timeout``, ``broken`` for a body that could not be received
    as announced, ``too-large`` for one of more than ``max_bytes``, or ``other``. ``maybe_sent`` is false only where it
    is certain that no byte of the request has left.
    """

    def __init__(self, kind: str, maybe_sent: bool, detail: str = "") -> None:
        super().__init__(detail or kind)
        self.kind = kind
        self.maybe_sent = maybe_sent
        self.detail = detail

    def __reduce__(self) -> Any:
        return (type(self), (self.kind, self.maybe_sent, self.detail))


class Transport(Protocol):
    """Sends one request and receives the whole answer, without following redirects."""

    def send(self, request: Request, timeout: float, max_bytes: int) -> Response:
        """Gives the answer within ``timeout`` seconds, or raises `TransportFailure`."""
        ...

    def close(self) -> None:
        """Ends all connections."""


class AsyncTransport(Protocol):
    """As `Transport`, to await."""

    async def send(self, request: Request, timeout: float, max_bytes: int) -> Response:
        """Gives the answer within ``timeout`` seconds, or raises `TransportFailure`."""
        ...

    async def aclose(self) -> None:
        """Ends all connections."""


class HttpxClient(Protocol):
    """A client of httpx, or of httpx2."""

    @property
    def is_closed(self) -> bool:
        """Whether it has been closed."""
        ...

    def stream(self, method: str, url: str) -> ContextManager[Any]:
        """Sends a request, and gives the answer before its body."""
        ...


class AsyncHttpxClient(Protocol):
    """As `HttpxClient`, to await."""

    @property
    def is_closed(self) -> bool:
        """Whether it has been closed."""
        ...

    def stream(self, method: str, url: str) -> AsyncContextManager[Any]:
        """Sends a request, and gives the answer before its body."""
        ...
