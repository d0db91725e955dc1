"""Messages as the platform pushes them, for tests of what receives them."""

import time as clock
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Optional, Tuple

import msgspec

from xportcn._core import CoreError
from xportcn._core import sign_push as _sign_push
from xportcn._errors import from_core
from xportcn._hidden import Hidden
from xportcn._params import encode_value

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MILLISECOND = timedelta(milliseconds=1)


class SignedPush(msgspec.Struct, frozen=True):
    """A message as the platform would send it: post `body` with the header `Authorization`."""

    authorization: str
    """The header of this name."""
    body: bytes
    """The body, to the last byte."""


def sign_push(
    message: str,
    content: Any = None,
    *,
    access_key: str,
    access_secret: str,
    platform: Optional[int] = None,
    time: Optional[datetime] = None,
) -> SignedPush:
    """A message as the platform pushes them, signed, for tests of what receives it: `verify_push` accepts it.

    Args:
        message: The platform's name for the kind of message, as ``ORDER_PAY_SUCCESS``, or the id of its row.
        content: Its content, a mapping or the type of the row; the documented example where there is none.
        access_key: The developer's access key.
        access_secret: The developer's access secret.
        platform: 0 Taobao, 1 1688; for a kind of message that no table lists.
        time: When it was pushed; now, unless it is given. The same message of the same moment has the same ``id``.

    Raises:
        InvalidRequestError: The content has a field that is none, or a wrong type, or there is no such message.
    """
    account = _Account(access_key, Hidden(access_secret))
    # A traceback from here on would show it.
    del access_secret
    return signed(account.sign, message, content, platform, time)


class _Account:
    """What messages are signed with."""

    def __init__(self, access_key: str, secret: Hidden) -> None:
        self._access_key = access_key
        self._secret = secret

    def sign(self, *message: Any) -> Tuple[str, bytes]:
        return _sign_push(self._access_key, self._secret.shown(), *message)


def signed(
    sign: Callable[[str, bytes, Optional[int], Optional[int], int], Tuple[str, bytes]],
    message: str,
    content: Any,
    platform: Optional[int],
    time: Optional[datetime],
) -> SignedPush:
    """The message by the core's function that signs it."""
    written = b"" if content is None else encode_value(message, content)
    time_ms = None if time is None else (time.astimezone(timezone.utc) - _EPOCH) // _MILLISECOND
    try:
        return SignedPush(*sign(message, written, platform, time_ms, clock.time_ns() // 1_000_000))
    except CoreError as error:
        raise from_core(error) from None
