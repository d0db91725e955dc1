"""Kept connections that can carry no more.

More came than the answer: httpcore would take what is left for the answer to the next request. Or the other side has ended
it since the pool chose it.
"""

import functools
import ssl
import weakref
from typing import Any, Callable, Type, TypeVar, Union, cast

import httpcore

from xportcn._sockets import carried

P = TypeVar("P", bound=Union[httpcore.ConnectionPool, httpcore.AsyncConnectionPool])


@functools.lru_cache(maxsize=None)
def checked(kind: Type[P]) -> Type[P]:
    """A kind of pool that ends such a connection when the next request comes to it, and takes another for that."""
    send = "handle_request" if issubclass(kind, httpcore.ConnectionPool) else "handle_async_request"

    def create_connection(pool: Any, origin: httpcore.Origin) -> Any:
        connection: Any = kind.create_connection(pool, origin)
        original = getattr(connection.__class__, send)
        # No cycle: what is dropped unclosed ends at once.
        known: Callable[[], Any] = weakref.ref(connection)

        def checked_send(request: httpcore.Request) -> Any:
            carried(lambda: _is_spoilt(known()))
            return original(known(), request)

        setattr(connection, send, checked_send)
        return connection

    return cast("Type[P]", type(kind.__name__, (kind,), {"create_connection": create_connection}))


def _is_spoilt(connection: Any) -> bool:
    """Whether there is something to read, or has been, that is no answer."""
    while hasattr(connection, "_connection"):
        connection = connection._connection
    parser = getattr(connection, "_h11_state", None)
    if parser is None:
        return False
    told = connection._network_stream.get_extra_info
    # Before the first request, TLS may have something to say.
    is_kept = connection._request_count > 1
    return bool(parser.trailing_data[0]) or (is_kept and (told("is_readable") or _holds_record(told("ssl_object"))))


def _holds_record(tls: Any) -> bool:
    """Whether TLS has taken a record from the socket that nobody has read, or its end."""
    if not isinstance(tls, ssl.SSLObject):
        return False
    try:
        tls.read(1)
    except ssl.SSLWantReadError:
        return False
    except ssl.SSLError:
        pass
    return True
