"""Messages that the platform pushes: first verified, then read."""

import importlib
from datetime import datetime
from typing import Any, Callable, List, Optional, Tuple

import msgspec

from xportcn._core import CoreError
from xportcn._core import read_push as _read_push
from xportcn._errors import from_core
from xportcn._hidden import Hidden
from xportcn._readers import reader
from xportcn._reply import Warning, WireWarning, spelled


class PushMessage(msgspec.Struct, frozen=True):
    """A message that the platform pushed. It may come again and not in order; ``id`` tells repeats."""

    id: str
    """The same for every repeat of the message."""
    message_type: Optional[str]
    """The platform's name for the kind of message."""
    platform: Optional[int]
    """The platform that it is of: 0 Taobao, 1 1688."""
    time: Optional[datetime]
    """When it was pushed."""
    push: Optional[str]
    """The row of the reference, where one is recognised."""
    inferred: bool
    """Whether the row was taken from the look of an unpublished type."""
    body: Any
    """The content: the type of its row, or plain values."""
    json: str
    """The whole message as canonical JSON."""
    warnings: Tuple[Warning, ...] = ()
    """Values that did not fit their fields and became ``None``."""

    def __repr__(self) -> str:
        """Without what is in `body` already."""
        shown = (name for name in self.__struct_fields__ if name != "json")
        return f"PushMessage({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


class _Message(msgspec.Struct):
    id: str
    body: msgspec.Raw
    inferred: bool
    warnings: List[WireWarning]
    messageType: Optional[str] = None
    platform: Optional[int] = None
    time: Optional[datetime] = None
    push: Optional[str] = None


def verify_push(authorization: Optional[str], body: bytes, *, access_key: str, access_secret: str) -> PushMessage:
    """Checks that a pushed message comes from the platform, and reads it.

    Answer the platform with HTTP 200 within a second, and then do with the message what you want.

    Args:
        authorization: The header of this name; ``None`` where there is none.
        body: The body to the last byte as it was received, before anything has parsed it.
        access_key: The developer's access key.
        access_secret: The developer's access secret.

    Raises:
        PushSignatureError: It does not come from the platform, or was changed on its way.
        DecodeError: It holds no message.
        TypeError: The body is not of bytes, or the header not of text.
    """
    account = _Account(access_key, Hidden(access_secret))
    # A traceback from here on would show it.
    del access_secret
    return read_push(account.read, authorization, body)


class _Account:
    """What messages are checked with."""

    def __init__(self, access_key: str, secret: Hidden) -> None:
        self._access_key = access_key
        self._secret = secret

    def read(self, authorization: str, body: bytes) -> str:
        return _read_push(self._access_key, self._secret.shown(), authorization, body)


def read_push(read: Callable[[str, bytes], str], authorization: Any, body: Any) -> PushMessage:
    """The message as its type, by the core's function that checks it."""
    if not issubclass(type(body), (bytes, bytearray, memoryview)):
        raise TypeError(f"the body must be the raw bytes that were received, not {type(body).__name__}")
    if not isinstance(authorization, (str, type(None))):
        raise TypeError(f"the header must be text, not {type(authorization).__name__}")
    try:
        text = read(authorization or "", bytes(body))
    except CoreError as error:
        raise from_core(error) from None
    message = reader(_Message).decode(text)
    kind: Any = Any
    if message.push is not None:
        group = message.push.split(".", 1)[0]
        kind = importlib.import_module(f"xportcn.models.{group}").MESSAGES[message.push]
    content = None if bytes(message.body) == b"null" else reader(kind).decode(message.body)
    return PushMessage(
        message.id,
        message.messageType,
        message.platform,
        message.time,
        message.push,
        message.inferred,
        content,
        text,
        spelled(message.warnings),
    )
