"""Requests by httpx. It is loaded by clients that have no other transport."""

import logging
import time
from typing import Any, Dict, Optional, Union

import httpx

from xportcn._body import Body
from xportcn._borrowed import Borrowed
from xportcn._core import redact
from xportcn._failures import Watch, libraries
from xportcn._pools import Pool
from xportcn._sockets import until
from xportcn._transport import HttpxClient, Request, Response, TransportFailure


class _Redaction(logging.Filter):
    """httpx and httpx2 log URLs, and those of some calls end with a signature."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(map(_shown, record.args))
        return True


def _shown(value: Any) -> Any:
    is_url = isinstance(value, tuple(library.URL for library in libraries()))
    return redact(str(value)) if is_url and b"sign=" in value.query else value


_redaction = _Redaction()
logging.getLogger("httpx").addFilter(_redaction)
logging.getLogger("httpx2").addFilter(_redaction)


class HttpxTransport:
    """Sends with httpx, by connections of its own or by the caller's client."""

    def __init__(self, proxied_host: Optional[str], client: Optional[HttpxClient] = None) -> None:
        self._may_use_proxy = proxied_host is not None
        self._source: Union[Pool, Borrowed[httpx.Client]] = (
            Pool(proxied_host) if client is None else Borrowed(client, httpx.Client)
        )

    def send(self, request: Request, timeout: float, max_bytes: int) -> Response:
        """Gives the answer, or raises `TransportFailure`."""
        client = self._source.client()
        watch = watch_of(self._source, request, self._may_use_proxy)
        end = time.monotonic() + timeout
        try:
            with until(end, watch), client.stream(**sent(self._source, request, timeout, watch.told)) as answer:
                body = body_of(answer, max_bytes)
                if not answer.is_stream_consumed:
                    for part in answer.iter_raw():
                        body.add(part)
                        if time.monotonic() > end:
                            raise TransportFailure("timeout", True, "the body did not come in time")
                return response(answer, body)
        except Exception as error:
            raise watch.failure(error) from error

    def close(self) -> None:
        """Ends all connections, if they are its own."""
        if isinstance(self._source, Pool):
            self._source.close()


def watch_of(source: object, request: Request, may_use_proxy: bool, loop: object = None) -> Watch:
    """What sees a request on its way. Connections of our own know of no proxy where there may be none."""
    if not isinstance(source, Borrowed):
        return Watch()
    return Watch(lambda: source.connected(loop), None if may_use_proxy else request.url)


def sent(source: object, request: Request, timeout: float, told: Any) -> Dict[str, Any]:
    """What httpx is told to send."""
    headers = [*request.headers, *source.headers] if isinstance(source, Borrowed) else list(request.headers)
    return {
        "method": request.method,
        "url": request.url,
        "headers": headers,
        "content": request.body,
        "timeout": timeout,
        "follow_redirects": False,
        "extensions": {"trace": told},
    }


def body_of(answer: httpx.Response, max_bytes: int) -> Body:
    """Takes the body of an answer."""
    if not answer.is_stream_consumed:
        encodings = (value for name, value in answer.headers.raw if name.lower() == b"content-encoding")
        return Body((name for value in encodings for name in value.decode("latin-1").split(",")), max_bytes)
    # Something of the caller's has read it, and httpx has unpacked it.
    body = Body((), max_bytes)
    body.add(answer.content)
    return body


def response(answer: httpx.Response, body: Body) -> Response:
    """The answer with its headers."""
    headers = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in answer.headers.raw]
    return Response(answer.status_code, headers, body.whole())
