"""What becomes of a request, from what httpx says on its way and at its end."""

import ssl
import sys
from socket import gaierror
from typing import Any, Callable, List, Mapping, NamedTuple, Optional, Tuple, Type

import httpcore
import httpx

from xportcn._transport import TransportFailure


def libraries() -> List[Any]:
    """httpx, and httpx2 where the program has it: its later versions have this name, and need a later Python."""
    later: Any = sys.modules.get("httpx2")
    return [httpx] if later is None else [httpx, later]


class _Meaning(NamedTuple):
    kind: str
    maybe_sent: bool


# The first that fits, by the names that httpx and httpx2 have in common. What a `Watch` has seen goes before `maybe_sent`.
_MEANINGS: Tuple[Tuple[str, _Meaning], ...] = (
    ("ConnectTimeout", _Meaning("connect", False)),
    ("PoolTimeout", _Meaning("connect", False)),
    ("ConnectError", _Meaning("connect", False)),
    ("ProxyError", _Meaning("connect", False)),
    ("UnsupportedProtocol", _Meaning("other", False)),
    ("InvalidURL", _Meaning("other", False)),
    ("LocalProtocolError", _Meaning("other", False)),
    ("TimeoutException", _Meaning("timeout", True)),
    ("DecodingError", _Meaning("broken", True)),
    ("NetworkError", _Meaning("reset", True)),
    ("RemoteProtocolError", _Meaning("reset", True)),
)

# Why there is no connection, by what is behind the failure.
_CAUSES: Tuple[Tuple[Type[BaseException], str], ...] = ((ssl.SSLError, "tls"), (gaierror, "dns"))


_PORTS = {"http": 80, "https": 443}


class Watch:
    """Sees whether any of a request may have left, and where to.

    Args:
        connected: Is called where connections of the caller's carry the request, and no stand-in of a test. What httpx
            begins to send there may have left. Without it, the sockets tell by `leaves`.
        url: Where the request goes, if that may not be by a proxy of the caller's.
    """

    def __init__(self, connected: Optional[Callable[[], None]] = None, url: Optional[str] = None) -> None:
        self._has_network = connected is None
        self._is_begun = False
        self._is_sent = False
        #: Whether the connection that carries the request can carry no more.
        self.is_spoilt: Callable[[], bool] = lambda: False
        #: Whether the whole answer has come.
        self.has_answer = False
        self._connected = connected
        self._only: Optional[Tuple[str, Optional[int]]] = None
        if url is not None:
            asked = httpx.URL(url)
            self._only = asked.host, asked.port or _PORTS.get(asked.scheme)

    def told(self, event: str, info: Mapping[str, Any]) -> None:
        """Takes an event of httpcore."""
        if self._connected is not None and not self._has_network:
            self._has_network = True
            self._connected()
        if event.endswith(".connect_tcp.started"):
            if self._only is not None:
                self._check(str(info["host"]), info["port"])
        elif event.endswith(".send_request_headers.started"):
            request = info["request"]
            if self._only is not None:
                url = request.url
                self._check(url.host.decode("ascii", "replace"), url.port or _PORTS.get(url.scheme.decode()))
            # It is this request's alone from here on. Another thread may have used it since the pool chose it.
            if self.is_spoilt():
                raise httpcore.ConnectionNotAvailable()
            self.has_answer = False
            self._is_begun = self._is_begun or request.method != b"CONNECT"
            self._is_sent = self._is_sent or (self._is_begun and self._connected is not None)
        elif event.endswith(".send_request_headers.complete"):
            self._is_sent = self._is_begun
        elif event.endswith(".receive_response_body.complete"):
            self.has_answer = self._is_sent

    async def told_async(self, event: str, info: Mapping[str, Any]) -> None:
        """The same, to await."""
        self.told(event, info)

    def leaves(self) -> None:
        """Notes that bytes go to a socket: they are of the request, if it has begun."""
        self._is_sent = self._is_begun

    def failure(self, error: BaseException) -> TransportFailure:
        """What a failure says about the request."""
        if isinstance(error, TransportFailure):
            return error
        kind, maybe_sent = next((m for name, m in _MEANINGS if _is(error, name)), _Meaning("other", True))
        if self._has_network:
            maybe_sent = self._is_sent
        if not maybe_sent and kind != "other":
            kind = "connect" if _is(error, "TimeoutException") else _why_not_connected(error)
        words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return TransportFailure(kind, maybe_sent, words)

    def _check(self, host: str, port: Optional[int]) -> None:
        """Refuses a proxy before it is given anything."""
        if (host.strip("[]"), port) != self._only:
            raise TransportFailure(
                "other",
                False,
                "the httpx client sends by a proxy what is for this machine: make it with trust_env=False",
            )


def _is(error: BaseException, name: str) -> bool:
    """Whether it is an error of this name, of httpx or of httpx2."""
    return any(isinstance(error, getattr(library, name)) for library in libraries())


def _why_not_connected(error: BaseException) -> str:
    cause: Optional[BaseException] = error
    while cause is not None:
        for known, kind in _CAUSES:
            if isinstance(cause, known):
                return kind
        cause = cause.__cause__ or cause.__context__
    return "connect"
