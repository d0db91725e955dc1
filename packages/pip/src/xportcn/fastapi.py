"""Pushed messages for FastAPI and Starlette.

>>> app.post("/pushed")(pushed(work, access_key="key", access_secret="secret"))  # doctest: +SKIP
"""

import inspect
from typing import Any, Awaitable, Callable, Optional

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from xportcn._push import PushMessage
from xportcn._pushed import MAX_BYTES, REMEMBERED, OnError, Receiver, Work

__all__ = ["pushed"]


def pushed(
    work: Work,
    *,
    access_key: str,
    access_secret: str,
    max_bytes: int = MAX_BYTES,
    remember: int = REMEMBERED,
    on_error: Optional[OnError] = None,
) -> Callable[[Request], Awaitable[Response]]:
    """A route of pushed messages, which answers with 200 and works then, as a background task.

    A wrong signature is answered with 401, and a body that is too large with 413.

    Args:
        work: What is done with a message, and whether it came before: a function, or one with async.
        access_key: The developer's access key.
        access_secret: The developer's access secret.
        max_bytes: The largest body that is taken.
        remember: Of how many messages the ids are remembered in this process, to tell repeats.
        on_error: What is done where the work fails. If it is not given, the logger ``xportcn`` tells it.
    """
    receiver = Receiver(access_key, access_secret, max_bytes, remember, on_error)

    async def run(message: PushMessage, repeated: bool) -> None:
        try:
            if inspect.iscoroutinefunction(work):
                await work(message, repeated)
            else:
                await run_in_threadpool(work, message, repeated)
        except Exception as error:
            receiver.failed(error, message)

    async def receive(request: Request) -> Response:
        body: Any = await _body(request, receiver)
        if body is None:
            # The rest of the body would otherwise be taken for the next request.
            return Response(status_code=413, headers={"connection": "close"})
        taken = receiver.take(request.headers.get("authorization"), body)
        task = BackgroundTask(run, taken.message, taken.repeated) if taken.message else None
        return Response(status_code=taken.status, background=task)

    return receive


async def _body(request: Request, receiver: Receiver) -> Optional[bytes]:
    """The body, if it is no larger than is taken; more is not received."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > receiver.max_bytes:
            return None
    return bytes(body)
