"""The client for programs without async."""

from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, Mapping, Optional, Tuple, Type, Union

from xportcn._calls.data import Groups
from xportcn._calls.reply import Groups as ReplyGroups

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


class Client(Groups):
    """Calls the platform: ``client.taobao.after_sale.render(...)``. May be shared by threads.

    Args:
        access_key: The developer's access key. If it is not given, ``XPORTCN_ACCESS_KEY`` of the environment is taken.
        access_secret: The developer's access secret. It is never shown. If it is not given, ``XPORTCN_ACCESS_SECRET``
            of the environment is taken.
        user_id: The sub-account to act for. If it is not given, ``XPORTCN_USER_ID`` of the environment is taken.
        base_url: Where the platform is. It begins with https://, or with http:// for this machine; with the
            sandbox's own account, for private networks too. Default:
            ``https://www.xportcn.com/api``. If it is not given, ``XPORTCN_BASE_URL`` of the environment is taken.
        http_client: The client of httpx, or of httpx2, that carries requests, for proxies, certificates and limits of
            connections. It stays open when this one is closed.
        transport: What carries requests in the place of httpx. It is closed with this client.
        max_retries: How many attempts may follow the first. Default: 2.
        timeout: How long one attempt may take. Default: 30 seconds.
        deadline: How long a call may take from its first attempt on, with all its attempts and the waits between them.
            Before that it waits at most as long for its place within ``limit``. Default: 60 seconds.
        initial_backoff: The longest first wait between attempts. It doubles with each retry. Default: 0.5 seconds.
        max_backoff: The longest wait between attempts. Default: 8 seconds.
        retry_writes: Whether a call that writes is tried again although it may have arrived. Orders may then be placed
            twice.
        recovery_window: How long a write whose answer is lost is looked for, from its sending on. It should be longer than
            the platform takes to carry out a call and to show it. Default: 180 seconds.
        retry_after_recovery: Whether a write is sent again, once, that was looked for and was not carried out.
        wait_timeout: How long a state of an order or a refund is waited for. Default: 1800 seconds.
        signature: How requests are signed. Default: ``md5``.
        timestamp_unit: The unit of the timestamp that is signed. Default: ``s``.
        limit: How many calls may be made per second. There is no limit unless it is set. A pair: calls per second, and
            how many may follow each other at once.
        paths: Other paths for endpoints, by id. Write one as ``/open/order/pay``, or with a method, ``POST
            /open/order/pay``. If they are not given, ``XPORTCN_PATHS`` of the environment names a JSON file that holds
            them.
        user_agent: What requests say of the program that makes them, as ``my-shop/1.0``. The name and version of this
            package follow.
        headers: Further headers of requests, by name. Those of a call are added to those of its client.
        query: Further members of the query of requests, by name. Those of a call are added to those of its client.
        references: Whether a call that places an order without the caller's own reference gets one, made up from the
            time and chance, so that the order can be found again if the answer is lost. Default: ``off``. With
            ``auto`` where programs only read it, as in ``sellerOrderNumber``; with ``auto-in-messages`` also where the
            only field for it is a message to the seller, who will read it.
        max_reply_bytes: The largest reply that is read, in bytes. Default: 33554432.
        strict: Whether a value in a reply that does not fit its field is an error. For tests.
        observe: Whether the shapes of replies are kept: names and types of their fields, never a value.
        on_event: Is told what happens to each call: one of `xportcn.events`. See there.

    Raises:
        ConfigError: A setting is missing or wrong; ``field`` names it.
    """

    # Until it is set up.
    _shown: "Any" = "nobody yet"

    def __init__(
        self,
        access_key: Optional[str] = None,
        access_secret: Optional[str] = None,
        user_id: Optional[str] = None,
        *,
        base_url: Optional[str] = None,
        http_client: "Optional[_transport.HttpxClient]" = None,
        transport: "Optional[_transport.Transport]" = None,
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
        # Loaded with the first client, and with them msgspec and logging.
        from xportcn._connection import connect
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
    ) -> "Client":
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
        client = object.__new__(Client)
        client._shown = self._shown if user_id is None else self._shown.for_user(user_id)
        client._connection = self._connection
        client._given = given
        client._rules = Rules(checked_json(given, self._connection.core), self._rules.listeners + checked(on_event))
        client._caller = self._connection.data(client._rules)
        return client

    def __replace__(self, **options: Any) -> "Client":
        """`with_options`, as `copy.replace` calls it."""
        return self.with_options(**options)

    def request(self, id: str, params: Optional[Mapping[str, Any]] = None) -> "_reply.Reply[Any]":
        """Calls an endpoint by its id, with parameters by their canonical names, and gives the whole reply."""
        reply: "_reply.Reply[Any]" = self._connection.replies(self._rules).call(id, {} if params is None else params)
        return reply

    def recover(self, lost: "Union[_errors.AmbiguousWriteError, str]") -> "_recovery.Outcome":
        """Finds out what became of a write whose answer is lost, by calls that only read.

        It takes as long as ``recovery_window`` from the sending of the write, unless the write shows earlier. Give it the
        error, or the ``ticket`` that was kept of it.
        """
        from xportcn._recovery import recover

        return recover(self._connection, lost, self._rules)

    def settle(
        self, id: str, params: Optional[Mapping[str, Any]] = None
    ) -> "Union[_reply.Reply[Any], _recovery.Outcome]":
        """Sends a write by its id, and finds out what became of it if its answer is lost.

        What only a comparison shows is looked at before. With ``retry_after_recovery`` it is sent again, once, if it was
        not carried out. It gives the whole reply, or the outcome of the search.
        """
        from xportcn._recovery import settle

        return settle(self._connection, id, {} if params is None else params, self._rules)

    def wait_until(self, of: str, state: str, id: str) -> "_wait.Waited":
        """Waits until an order or a refund comes into a state, by calls that only read.

        It looks again with growing pauses, and at once where `on_push` brings a message on it; it ends early where the
        state cannot come any more, and else after ``wait_timeout``. `client.taobao.order.wait_until` and its like name
        the states that there are.

        Args:
            of: Whose state: the group of calls, as ``taobao.order``.
            state: Its name, as ``paid``.
            id: The order or the refund.
        """
        waited: "_wait.Waited" = self._caller.wait(of, state, id)
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
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<xportcn.Client for {self._shown}>"
