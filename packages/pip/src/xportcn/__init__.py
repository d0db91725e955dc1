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

from importlib import import_module
from typing import TYPE_CHECKING, Any, List

from xportcn._async_client import AsyncClient
from xportcn._client import Client
from xportcn._core import __version__
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

if TYPE_CHECKING:
    from xportcn import events as events
    from xportcn import models as models
    from xportcn import sandbox as sandbox
    from xportcn._endpoints import Endpoint, endpoints
    from xportcn._model import Model
    from xportcn._push import PushMessage, verify_push
    from xportcn._recovery import Outcome
    from xportcn._reply import Reply, Warning
    from xportcn._sign_push import SignedPush, sign_push
    from xportcn._transport import AsyncTransport, Request, Response, Transport, TransportFailure
    from xportcn._wait import Waited

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
    "Outcome",
    "PushMessage",
    "PushSignatureError",
    "Reply",
    "Request",
    "Response",
    "SignedPush",
    "TimeoutError",
    "Transport",
    "TransportError",
    "TransportFailure",
    "Waited",
    "Warning",
    "XportcnError",
    "__version__",
    "endpoints",
    "sign_push",
    "verify_push",
]

# Loaded when it is asked for, and msgspec with it.
_LATER = {
    "AsyncTransport": "_transport",
    "Endpoint": "_endpoints",
    "Model": "_model",
    "Outcome": "_recovery",
    "PushMessage": "_push",
    "Reply": "_reply",
    "Request": "_transport",
    "Response": "_transport",
    "SignedPush": "_sign_push",
    "Transport": "_transport",
    "TransportFailure": "_transport",
    "Waited": "_wait",
    "Warning": "_reply",
    "endpoints": "_endpoints",
    "sign_push": "_sign_push",
    "verify_push": "_push",
}
_MODULES = ("events", "models", "sandbox")


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> List[str]:
    return [*__all__, *_MODULES]
