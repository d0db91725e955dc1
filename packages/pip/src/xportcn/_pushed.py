"""What the handlers of all frameworks do with a pushed message: verify it, tell repeats, answer, and then work."""

import logging
import threading
from collections import OrderedDict
from typing import Any, Callable, NamedTuple, Optional

from xportcn._errors import DecodeError, PushSignatureError
from xportcn._hidden import Hidden
from xportcn._push import PushMessage, verify_push

Work = Callable[[PushMessage, bool], Any]
"""What is done with a message after the platform has its answer; the second argument tells one that came before."""

OnError = Callable[[Exception, PushMessage], Any]
"""What is done where the work fails."""

MAX_BYTES = 1 << 20
REMEMBERED = 10_000

_log = logging.getLogger("xportcn")


class Taken(NamedTuple):
    """What to answer, and the message to work on then."""

    status: int
    message: Optional[PushMessage] = None
    repeated: bool = False


class Receiver:
    """Takes messages for one handler. It may be shared by threads."""

    def __init__(
        self, access_key: str, access_secret: str, max_bytes: int, remember: int, on_error: Optional[OnError]
    ) -> None:
        self.max_bytes = max_bytes
        self._access_key = access_key
        self._access_secret = Hidden(access_secret)
        self._remember = remember
        self._on_error = on_error
        self._ids: "OrderedDict[str, None]" = OrderedDict()
        self._lock = threading.Lock()

    def take(self, authorization: Optional[str], body: bytes) -> Taken:
        """Verifies a message. The answer says nothing of why one is refused."""
        if len(body) > self.max_bytes:
            return Taken(413)
        try:
            message = verify_push(
                authorization, body, access_key=self._access_key, access_secret=self._access_secret.shown()
            )
        except PushSignatureError:
            return Taken(401)
        except DecodeError:
            return Taken(400)
        return Taken(200, message, self._is_repeated(message.id))

    def is_too_large(self, length: Optional[int]) -> bool:
        """Whether a body of this announced length is not received."""
        return length is not None and length > self.max_bytes

    def failed(self, error: Exception, message: PushMessage) -> None:
        """Tells that the work failed; the platform does not send the message again."""
        if self._on_error is not None:
            self._on_error(error, message)
        else:
            _log.error("the work on the pushed message %s failed", message.id, exc_info=error)

    def _is_repeated(self, id: str) -> bool:
        with self._lock:
            repeated = id in self._ids
            self._ids[id] = None
            self._ids.move_to_end(id)
            while len(self._ids) > self._remember:
                self._ids.popitem(last=False)
            return repeated


def whole(body: bytes, announced: Optional[int]) -> bytes:
    """The body, of which nothing was taken before.

    Raises:
        RuntimeError: Something has read it.
    """
    if announced and len(body) < announced:
        raise RuntimeError("the body of the pushed message was read before, and the signature is of its bytes")
    return body
