"""Pushed messages for Django.

>>> urlpatterns = [path("pushed", pushed(work, access_key="key", access_secret="secret"))]  # doctest: +SKIP
"""

from concurrent.futures import Executor
from importlib import import_module
from typing import Any, Callable, Optional

from xportcn._pushed import MAX_BYTES, REMEMBERED, OnError, Receiver, Work, whole
from xportcn._pushed_threads import Threads

__all__ = ["pushed"]

# Django has no types of its own.
_http: Any = import_module("django.http")
_csrf: Any = import_module("django.views.decorators.csrf")
_methods: Any = import_module("django.views.decorators.http")


def pushed(
    work: Work,
    *,
    access_key: str,
    access_secret: str,
    max_bytes: int = MAX_BYTES,
    remember: int = REMEMBERED,
    on_error: Optional[OnError] = None,
    executor: Optional[Executor] = None,
) -> Callable[[Any], Any]:
    """A view of pushed messages, which answers with 200 and works then, in a thread.

    A wrong signature is answered with 401, and a body that is too large with 413. It is exempt from the check against forged
    requests, which the signature is.

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

    def view(request: Any) -> Any:
        announced: str = request.META.get("CONTENT_LENGTH") or ""
        length = int(announced) if announced.isdigit() else None
        if receiver.is_too_large(length):
            return _http.HttpResponse(status=413)
        body = whole(request.read(receiver.max_bytes + 1), length)
        taken = receiver.take(request.headers.get("Authorization"), body)
        threads.start(taken)
        return _http.HttpResponse(status=taken.status)

    exempt: Callable[[Any], Any] = _csrf.csrf_exempt(_methods.require_POST(view))
    return exempt
