"""The client for programs with asyncio or trio."""

from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, Mapping, Optional, Tuple, Type, Union

from xportcn._calls.async_data import Groups
from xportcn._calls.async_reply import Groups as ReplyGroups

if TYPE_CHECKING:
    import datetime

    from xportcn import _errors, _push, _recovery, _reply, _sign_push, _transport, _wait
    from xportcn import events as _events
else:
    from xportcn._later import later

    _errors, _push, _recovery = later("xportcn._errors"), later("xportcn._push"), later("xportcn._recovery")
    _sign_push, datetime = later("xportcn._sign_push"), later("datetime")
    _events = later("xportcn.events")
    _reply, _transport, _wait = later("xportcn._reply"), later("xportcn._transport"), later("xportcn._wait")


class AsyncClient(Groups):
    """Calls the platform: ``await client.taobao.after_sale.render(...)``, with asyncio or trio. Settings are those of `Client`."""

    # Until it is set up.
    _shown: "Any" = "nobody yet"

    def __init__(
        self,
        access_key: Optional[str] = None,
        access_secret: Optional[str] = None,
        user_id: Optional[str] = None,
        *,
        base_url: Optional[str] = None,
        http_client: "Optional[_transport.AsyncHttpxClient]" = None,
        transport: "Optional[_transport.AsyncTransport]" = None,
        max_retries: Optional[int] = None,
        timeout: Optional[float] = None,
        deadline: Optional[float] = None,
        initial_backoff: Optional[float] = None,
        max_backoff: Optional[float] = None,
        retry_writes: Optional[bool] = None,
        recovery_window: Optional[float] = None,
        retry_after_recovery: Optional[bool] = None,
        wait_timeout: Optional[float] = None,
        signature: Optional[str] = None,
        timestamp_unit: Optional[str] = None,
        limit: Optional[Tuple[float, int]] = None,
        paths: Optional[Mapping[str, str]] = None,
        user_agent: Optional[str] = None,
        headers: Optional[Mapping[str, str]] = None,
        query: Optional[Mapping[str, str]] = None,
        references: Optional[str] = None,
        max_reply_bytes: Optional[int] = None,
        strict: Optional[bool] = None,
        observe: Optional[bool] = None,
        on_event: "Optional[Callable[[_events.Event], object]]" = None,
    ) -> None:
        # Loaded with the first client, and with it anyio, msgspec and logging.
        from xportcn._async_connection import connect
        from xportcn._hidden import Hidden
        from xportcn._listen import Rules, checked, log_as_the_environment_says
        from xportcn._options import Options
        from xportcn._settings import make_core
        from xportcn._user_agent import own_user_agent

        secret = None if access_secret is None else Hidden(access_secret)
        # A traceback from here on would show it.
        del access_secret
        given = Options(
            max_retries=max_retries,
            timeout=timeout,
            deadline=deadline,
            initial_backoff=initial_backoff,
            max_backoff=max_backoff,
            retry_writes=retry_writes,
            recovery_window=recovery_window,
            retry_after_recovery=retry_after_recovery,
            wait_timeout=wait_timeout,
        )
        log_as_the_environment_says()
        listeners = checked(on_event)
        core, self._shown = make_core(
            given,
            access_key=access_key,
            access_secret=secret,
            user_id=user_id,
            base_url=base_url,
            signature=signature,
            timestamp_unit=timestamp_unit,
            limit=limit,
            paths=paths,
            user_agent=own_user_agent(user_agent, http_client, transport),
            headers=headers,
            query=query,
            references=references,
            max_reply_bytes=max_reply_bytes,
            strict=strict,
            observe=observe,
        )
        self._connection = connect(core, transport, http_client)
        self._given = Options()
        self._rules = Rules("", listeners)
        self._caller = self._connection.data(self._rules)

    @property
    def with_reply(self) -> ReplyGroups:
        """The same calls, which give the whole reply: data, request id, warnings and raw body."""
        return ReplyGroups(self._connection.replies(self._rules))

    def with_options(
        self,
        *,
        user_id: Optional[str] = None,
        headers: Optional[Mapping[str, str]] = None,
        query: Optional[Mapping[str, str]] = None,
        max_retries: Optional[int] = None,
        timeout: Optional[float] = None,
        deadline: Optional[float] = None,
        initial_backoff: Optional[float] = None,
        max_backoff: Optional[float] = None,
        retry_writes: Optional[bool] = None,
        recovery_window: Optional[float] = None,
        retry_after_recovery: Optional[bool] = None,
        wait_timeout: Optional[float] = None,
        on_event: "Optional[Callable[[_events.Event], object]]" = None,
    ) -> "AsyncClient":
        """The same client with other options of its calls; what is not given stays as it is.

        It may act for another sub-account, and send further headers and members of the query. Who is told of events is
        told beside those of this client. Both share connections, clock and limit of calls, and are closed together.
        """
        from xportcn._listen import Rules, checked
        from xportcn._options import Options
        from xportcn._settings import checked_json, over

        given = over(
            Options(
                user_id=user_id,
                headers=headers,
                query=query,
                max_retries=max_retries,
                timeout=timeout,
                deadline=deadline,
                initial_backoff=initial_backoff,
                max_backoff=max_backoff,
                retry_writes=retry_writes,
                recovery_window=recovery_window,
                retry_after_recovery=retry_after_recovery,
                wait_timeout=wait_timeout,
            ),
            self._given,
        )
        client = object.__new__(AsyncClient)
        client._shown = self._shown if user_id is None else self._shown.for_user(user_id)
        client._connection = self._connection
        client._given = given
        client._rules = Rules(checked_json(given, self._connection.core), self._rules.listeners + checked(on_event))
        client._caller = self._connection.data(client._rules)
        return client

    def __replace__(self, **options: Any) -> "AsyncClient":
        """`with_options`, as `copy.replace` calls it."""
        return self.with_options(**options)

    async def request(self, id: str, params: Optional[Mapping[str, Any]] = None) -> "_reply.Reply[Any]":
        """Calls an endpoint by its id, with parameters by their canonical names, and gives the whole reply."""
        reply: "_reply.Reply[Any]" = await self._connection.replies(self._rules).call(
            id, {} if params is None else params
        )
        return reply

    async def recover(self, lost: "Union[_errors.AmbiguousWriteError, str]") -> "_recovery.Outcome":
        """Finds out what became of a write whose answer is lost, by calls that only read.

        It takes as long as ``recovery_window`` from the sending of the write, unless the write shows earlier. Give it the
        error, or the ``ticket`` that was kept of it.
        """
        from xportcn._recovery import recover_async

        return await recover_async(self._connection, lost, self._rules)

    async def settle(
        self, id: str, params: Optional[Mapping[str, Any]] = None
    ) -> "Union[_reply.Reply[Any], _recovery.Outcome]":
        """Sends a write by its id, and finds out what became of it if its answer is lost.

        What only a comparison shows is looked at before. With ``retry_after_recovery`` it is sent again, once, if it was
        not carried out. It gives the whole reply, or the outcome of the search.
        """
        from xportcn._recovery import settle_async

        return await settle_async(self._connection, id, {} if params is None else params, self._rules)

    async def wait_until(self, of: str, state: str, id: str) -> "_wait.Waited":
        """Waits until an order or a refund comes into a state, by calls that only read.

        It looks again with growing pauses, and at once where `on_push` brings a message on it; it ends early where the
        state cannot come any more, and else after ``wait_timeout``. `client.taobao.order.wait_until` and its like name
        the states that there are.

        Args:
            of: Whose state: the group of calls, as ``taobao.order``.
            state: Its name, as ``paid``.
            id: The order or the refund.
        """
        waited: "_wait.Waited" = await self._caller.wait(of, state, id)
        return waited

    def on_push(self, message: "_push.PushMessage") -> None:
        """Has what waits for the object of a pushed message look at once. It may be called from any thread."""
        self._connection.pauses.on_push(message.json)

    def shapes(self) -> str:
        """The shapes of all replies and pushed messages so far, as JSON, if ``observe`` has them kept.

        By row: how many there were, with which statuses and codes, and of each place its name, its types, how many
        digits stood there, and what was absent, unknown or of another type. Never a value.
        """
        shapes: str = self._connection.core.shapes()
        return shapes

    def verify_push(self, authorization: Optional[str], body: bytes) -> "_push.PushMessage":
        """Checks that a pushed message comes from the platform, and reads it: `xportcn.verify_push` with this account."""
        from xportcn._push import read_push

        return read_push(self._connection.core.read_push, authorization, body)

    def sign_push(
        self,
        message: str,
        content: Any = None,
        *,
        platform: Optional[int] = None,
        time: "Optional[datetime.datetime]" = None,
    ) -> "_sign_push.SignedPush":
        """A message as the platform pushes them, for tests: `xportcn.sign_push` with this account."""
        from xportcn._sign_push import signed

        return signed(self._connection.core.sign_push, message, content, platform, time)

    async def aclose(self) -> None:
        """Ends all connections; later calls are refused."""
        await self._connection.aclose()

    async def __aenter__(self) -> "AsyncClient":
        self._connection.check_open(None)
        return self

    async def __aexit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<xportcn.AsyncClient for {self._shown}>"
