"""The httpx client of a caller. It stays the caller's, and belongs to the process and the loop in which it has connections."""

import os
from typing import Any, Generic, List, Optional, Tuple, Type, TypeVar, Union

import httpx

from xportcn._body import ACCEPT_ENCODING
from xportcn._errors import config
from xportcn._failures import libraries
from xportcn._transport import TransportFailure

T = TypeVar("T", bound=Union[httpx.Client, httpx.AsyncClient])


class Borrowed(Generic[T]):
    """A client, and where it has connections."""

    def __init__(self, client: Any, kind: Type[T]) -> None:
        # Those of both libraries have the same methods.
        self._client: T = client
        if not isinstance(client, tuple(getattr(library, kind.__name__) for library in libraries())):
            raise config("http_client", f"must be an httpx.{kind.__name__}, or one of httpx2")
        self._owner: Optional[Tuple[int, object]] = None

    @property
    def headers(self) -> List[Tuple[str, str]]:
        """What a request needs besides its own: the client may ask for what is not read here."""
        return [("accept-encoding", ACCEPT_ENCODING)]

    def client(self, loop: object = None) -> T:
        """The client, if it may be used in this process and loop."""
        if self._client.is_closed:
            raise TransportFailure("other", False, "the httpx client has been closed")
        if self._owner is not None and self._owner != (os.getpid(), loop):
            what = "loop" if self._owner[0] == os.getpid() else "process"
            raise TransportFailure(
                "other", False, f"the httpx client has connections of another {what}: make one for each"
            )
        return self._client

    def connected(self, loop: object = None) -> None:
        """Notes that it has connections here."""
        self._owner = os.getpid(), loop
