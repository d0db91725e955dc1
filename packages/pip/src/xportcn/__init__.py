"""A typed client of the Xportcn OpenAPI: buy from Taobao, 1688 and Poizon.

>>> from xportcn import Client
>>> with Client("key", "secret", "user") as client:  # doctest: +SKIP
...     rendered = client.taobao.after_sale.render(
...         sub_order_id="1034499579120189839", goods_status=1, refund_type=1
...     )
...     print(rendered.currency)

Not all of the platform's reference is public. The documentation of every call says where its path and its fields come
from; the client's setting ``paths`` corrects a path.
"""

from typing import TYPE_CHECKING, Any

from xportcn._client import Client
from xportcn._core import __version__
from xportcn._endpoints import Endpoint, endpoints
from xportcn._errors import (
    AmbiguousWriteError,
    ApiError,
    CancelledError,
    ClosedError,
    ConfigError,
    DecodeError,
    HttpError,
    InvalidRequestError,
    MisuseError,
    PushSignatureError,
    TimeoutError,
    TransportError,
    XportcnError,
)
from xportcn._model import Model
from xportcn._push import PushMessage, verify_push
from xportcn._reply import Reply, Warning
from xportcn._transport import AsyncTransport, Request, Response, Transport, TransportFailure

if TYPE_CHECKING:
    from xportcn._async_client import AsyncClient

__all__ = [
    "AmbiguousWriteError",
    "ApiError",
    "AsyncClient",
    "AsyncTransport",
    "CancelledError",
    "Client",
    "ClosedError",
    "ConfigError",
    "DecodeError",
    "Endpoint",
    "HttpError",
    "InvalidRequestError",
    "MisuseError",
    "Model",
    "PushMessage",
    "PushSignatureError",
    "Reply",
    "Request",
    "Response",
    "TimeoutError",
    "Transport",
    "TransportError",
    "TransportFailure",
    "Warning",
    "XportcnError",
    "__version__",
    "endpoints",
    "verify_push",
]


def __getattr__(name: str) -> Any:
    # asyncio is loaded by those who want it.
    if name == "AsyncClient":
        from xportcn._async_client import AsyncClient

        return AsyncClient
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
