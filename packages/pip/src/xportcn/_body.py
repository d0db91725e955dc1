"""Bodies as they come, unpacked no further than is allowed."""

import zlib
from typing import Any, Iterable, Iterator, List, Optional

from xportcn._transport import TransportFailure

ACCEPT_ENCODING = "gzip"
"""What is asked for."""

_DEFLATE = "deflate"
_NAMES = {"gzip": "gzip", "x-gzip": "gzip", _DEFLATE: _DEFLATE}
_UNREADABLE = frozenset(("br", "zstd", "compress", "x-compress"))

# No server has a use for more.
_MOST_LAYERS = 4

# Servers that compress as they write begin anew now and then. One without content costs time and gives nothing to count.
_MOST_MEMBERS = 10_000

# What a layer gives at once.
_PIECE = 64 << 10


class Body:
    """Takes the parts of a body. Neither what was received nor what it unpacks to is larger than ``max_bytes``.

    Args:
        encodings: The header ``content-encoding``, name by name; what is no compression is passed over.
        max_bytes: The largest body.
    """

    def __init__(self, encodings: Iterable[str], max_bytes: int) -> None:
        self._layers = [_Layer(name, max_bytes) for name in reversed(_compressions(encodings))]
        self._max_bytes = max_bytes
        self._received = 0
        self._bytes = bytearray()

    def add(self, part: bytes) -> None:
        """Takes what came next."""
        self._received = _counted(self._received, part, self._max_bytes)
        self._take(part, 0)

    def whole(self) -> bytes:
        """The body, after its last part."""
        if self._received and not all(layer.is_complete for layer in self._layers):
            raise TransportFailure("broken", True, "the compressed body is cut off")
        return bytes(self._bytes)

    def _take(self, data: bytes, depth: int) -> None:
        if depth == len(self._layers):
            self._bytes += data
            return
        for piece in self._layers[depth].unpacked(data):
            self._take(piece, depth + 1)


def _compressions(encodings: Iterable[str]) -> List[str]:
    found: List[str] = []
    for encoding in encodings:
        name = encoding.strip().lower()
        if name in _UNREADABLE:
            raise TransportFailure("broken", True, f"the body is compressed as `{name}`, which was not asked for")
        if name in _NAMES:
            found.append(_NAMES[name])
    if len(found) > _MOST_LAYERS:
        raise TransportFailure("broken", True, f"the body is compressed {len(found)} times")
    return found


class _Layer:
    """One compression: gzip of any number of members, or deflate, which is with a head or without."""

    def __init__(self, name: str, max_bytes: int) -> None:
        self._name = name
        self._max_bytes = max_bytes
        self._given = 0
        self._head = b""
        self._stream: Any = None
        self._members = 0

    @property
    def is_complete(self) -> bool:
        """Whether what came may be all."""
        return self._members > 0 and (self._stream is None or self._stream.eof)

    def unpacked(self, data: bytes) -> Iterator[bytes]:
        """What more there is, in small pieces."""
        while data:
            if self._stream is None:
                self._head, data = self._head + data, b""
                if len(self._head) < 2:
                    return
                window = self._window(self._head)
                if window is None:
                    return
                self._members += 1
                if self._members > _MOST_MEMBERS:
                    raise TransportFailure("broken", True, f"the body is compressed in more than {_MOST_MEMBERS} parts")
                self._stream, data, self._head = zlib.decompressobj(window), self._head, b""
            piece = b" "
            while data or len(piece) == _PIECE:
                try:
                    piece = self._stream.decompress(data, _PIECE)
                except zlib.error as error:
                    raise TransportFailure("broken", True, f"the compressed body is damaged: {error}") from error
                data = self._stream.unconsumed_tail
                self._given = _counted(self._given, piece, self._max_bytes)
                if piece:
                    yield piece
                if self._stream.eof:
                    data, self._stream = self._stream.unused_data, None
                    break

    def _window(self, head: bytes) -> Optional[int]:
        """How zlib has to read what begins so; absent for what follows the end and is to be passed over."""
        if self._name == _DEFLATE:
            if self._members:
                return None
            return (
                zlib.MAX_WBITS if head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0 else -zlib.MAX_WBITS
            )
        return None if self._members and head[:2] != b"\x1f\x8b" else zlib.MAX_WBITS | 16


def _counted(before: int, data: bytes, max_bytes: int) -> int:
    if before + len(data) > max_bytes:
        raise TransportFailure("too-large", True)
    return before + len(data)
