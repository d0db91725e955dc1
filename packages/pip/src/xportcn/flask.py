"""Pushed messages for Flask.

>>> app.post("/pushed")(pushed(work, access_key="key", access_secret="secret"))  # doctest: +SKIP
"""

from concurrent.futures import Executor
from typing import Callable, Optional

from flask import Response, request

from xportcn._pushed import MAX_BYTES, REMEMBERED, OnError, Receiver, Work, whole
from xportcn._pushed_threads import Threads

__all__ = ["pushed"]


def pushed(
    work: Work,
    *,
    access_key: str,
    access_secret: str,
    max_bytes: int = MAX_BYTES,
    remember: int = REMEMBERED,
    on_error: Optional[OnError] = None,
    executor: Optional[Executor] = None,
) -> Callable[[], Response]:
    """A view of pushed messages, which answers with 200 and works then, in a thread.

    A wrong signature is answered with 401, and a body that is too large with 413.

    Args:
        work: What is done with a message, and whether it came before.
        access_key: The developer's access key.
        access_secret: The developer's access secret.
        max_bytes: The largest body that is taken.
        remember: Of how many messages the ids are remembered in this process, to tell repeats.
        on_error: What is done where the work fails. If it is not given, the logger ``xportcn`` tells it.
        executor: Where the work runs. If it is not given, in four threads of its own.
    """
    receiver = Receiver(access_key, access_secret, max_bytes, remember, on_error)
    threads = Threads(receiver, work, executor)

    def pushed() -> Response:
        length = request.content_length
        if receiver.is_too_large(length):
            return Response(status=413)
        body = whole(request.stream.read(receiver.max_bytes + 1), length)
        taken = receiver.take(request.headers.get("Authorization"), body)
        threads.start(taken)
        return Response(status=taken.status)

    return pushed
