"""The client for programs without async."""

from typing import TYPE_CHECKING, Any, Mapping, Optional, Tuple, Type

from xportcn._calls.data import Groups
from xportcn._calls.reply import Groups as ReplyGroups

if TYPE_CHECKING:
    from types import TracebackType

    import httpx

    from xportcn._push import PushMessage
    from xportcn._reply import Reply
    from xportcn._transport import Transport


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
        transport: "Optional[Transport]" = None,
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
        # Loaded with the first client, and with it msgspec and logging.
        from xportcn._connection import connect
        from xportcn._settings import Options, make_core

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
        self._connection = connect(core, transport, http_client)
        self._given = Options()
        self._options = ""
        self._caller = self._connection.data("")

    @property
    def with_reply(self) -> ReplyGroups:
        """The same calls, which give the whole reply: data, request id, warnings and raw body."""
        return ReplyGroups(self._connection.replies(self._options))

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
        from xportcn._settings import Options

        given = Options(retries, timeout, deadline, backoff, backoff_cap, retry_writes).over(self._given)
        client = object.__new__(Client)
        client._shown = self._shown
        client._connection = self._connection
        client._given = given
        client._options = given.checked_json(self._connection.core)
        client._caller = self._connection.data(client._options)
        return client

    def request(self, id: str, params: Optional[Mapping[str, Any]] = None) -> "Reply[Any]":
        """Calls an endpoint by its id, with parameters by their canonical names, and gives the whole reply."""
        reply: "Reply[Any]" = self._connection.replies(self._options).call(id, {} if params is None else params)
        return reply

    def verify_push(self, authorization: Optional[str], body: bytes) -> "PushMessage":
        """Checks that a pushed message comes from the platform, and reads it: `xportcn.verify_push` with this account."""
        from xportcn._push import read_push

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
        trace: "Optional[TracebackType]",
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<xportcn.Client for {self._shown}>"
