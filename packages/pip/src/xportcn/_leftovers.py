"""Connections on which more came than the answer. httpcore would take what is left for the answer to the next request."""

import functools
import weakref
from typing import Any, Type, TypeVar, Union, cast

import httpcore

P = TypeVar("P", bound=Union[httpcore.ConnectionPool, httpcore.AsyncConnectionPool])


@functools.lru_cache(maxsize=None)
def checked(kind: Type[P]) -> Type[P]:
    """A kind of pool that ends such connections, as it ends those that the other side has closed."""

    def create_connection(pool: Any, origin: httpcore.Origin) -> Any:
        return _checked(kind.create_connection(pool, origin))

    return cast("Type[P]", type(kind.__name__, (kind,), {"create_connection": create_connection}))


def _checked(connection: Any) -> Any:
    # No cycle: what is dropped unclosed ends at once.
    known = weakref.ref(connection)

    def has_expired() -> bool:
        found = known()
        return found is None or type(found).has_expired(found) or (found.is_idle() and _has_more(found))

    connection.has_expired = has_expired
    return connection


def _has_more(connection: Any) -> bool:
    """Whether bytes were read that no answer has taken. A connection of an unknown kind may have some."""
    while hasattr(connection, "_connection"):
        connection = connection._connection
    parser = getattr(connection, "_h11_state", None)
    return parser is None or bool(parser.trailing_data[0])
