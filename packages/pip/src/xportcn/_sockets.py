"""Sockets that keep the end of a request, however slowly the other side feeds them.

httpx counts each read for itself: a byte now and then keeps a request alive for ever.
"""

import contextlib
import ipaddress
import math
import queue
import socket
import ssl
import threading
import time
from contextvars import ContextVar
from typing import Any, Callable, Generator, Iterable, List, Optional, Tuple, Type, Union

import httpcore

from xportcn._failures import Watch

_now: ContextVar[Tuple[float, Optional[Watch]]] = ContextVar("_now", default=(math.inf, None))


@contextlib.contextmanager
def until(end: float, watch: Watch) -> Generator[None, None, None]:
    """Lets the sockets of this thread or task wait no longer than to a moment of the monotonic clock, and tell what leaves."""
    before = _now.set((end, watch))
    try:
        yield
    finally:
        _now.reset(before)


def left(timeout: Optional[float], late: Type[Exception]) -> Optional[float]:
    """How long may be waited now."""
    end = _now.get()[0]
    if end == math.inf:
        return timeout
    seconds = end - time.monotonic()
    if seconds <= 0:
        raise late("the time is over")
    return seconds if timeout is None else min(seconds, timeout)


def carried(is_spoilt: Callable[[], bool]) -> None:
    """Says which connection carries the request: by whether it can, as sending begins."""
    watch = _now.get()[1]
    if watch is not None:
        watch.is_spoilt = is_spoilt


def leave(timeout: Optional[float]) -> Optional[float]:
    """How long may be written. After this, the bytes may have left."""
    seconds, watch = left(timeout, httpcore.WriteTimeout), _now.get()[1]
    if watch is not None:
        watch.leaves()
    return seconds


class Backend(httpcore.NetworkBackend):
    """httpcore's own, within the time."""

    def __init__(self) -> None:
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: Optional[float] = None,
        local_address: Optional[str] = None,
        socket_options: Optional[Iterable[Any]] = None,
    ) -> httpcore.NetworkStream:
        """Tries every address of the host, each with its share of the time."""
        addresses = _addresses(host, port, timeout)
        while True:
            seconds = left(timeout, httpcore.ConnectTimeout)
            share = None if seconds is None else seconds / len(addresses)
            try:
                return _Stream(self._backend.connect_tcp(addresses.pop(0), port, share, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if not addresses:
                    raise


class _Stream(httpcore.NetworkStream):
    # A peer that takes what is sent in small pieces begins the time anew with each.
    _PIECE = 16 << 10

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: Optional[float] = None) -> bytes:
        return self._stream.read(max_bytes, left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: Optional[float] = None) -> None:
        for start in range(0, len(buffer), self._PIECE):
            self._stream.write(buffer[start : start + self._PIECE], leave(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: Optional[str] = None, timeout: Optional[float] = None
    ) -> httpcore.NetworkStream:
        seconds = left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, seconds))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _addresses(host: str, port: int, timeout: Optional[float]) -> List[str]:
    """The addresses of a host. The system's resolver knows no timeout: a thread waits for it."""
    with contextlib.suppress(ValueError):
        return [str(ipaddress.ip_address(host))]
    seconds = left(timeout, httpcore.ConnectTimeout)
    answers: "queue.SimpleQueue[Union[List[str], Exception]]" = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except Exception as error:
            answers.put(error)

    threading.Thread(target=ask, name="xportcn-resolver", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise httpcore.ConnectTimeout("the name was not resolved in time") from None
    if isinstance(answer, Exception):
        failure = httpcore.ConnectError(str(answer))
        # The pool takes a cause away.
        failure.__context__ = answer
        raise failure
    return answer
