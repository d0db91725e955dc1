"""Bodies as they come, unpacked no further than is allowed."""

import zlib
from typing import Any, Iterable, Iterator

from xportcn._transport import TransportFailure

ACCEPT_ENCODING = "gzip"
"""What is asked for."""

_GZIP = frozenset(("gzip", "x-gzip"))
_NOTHING = frozenset(("", "identity"))

# Servers that compress as they write begin anew now and then. A part without content costs time and gives nothing to count.
_MOST_PARTS = 10_000

# What is unpacked at once.
_PIECE = 64 << 10


class Body:
    """Takes the parts of a body. Neither what was received nor what it unpacks to is larger than ``max_bytes``.

    Args:
        encodings: The header ``content-encoding``, name by name.
        max_bytes: The largest body.

    Raises:
        TransportFailure: It is compressed in another way than was asked for.
    """

    def __init__(self, encodings: Iterable[str], max_bytes: int) -> None:
        names = [name for name in (encoding.strip().lower() for encoding in encodings) if name not in _NOTHING]
        if names and not (len(names) == 1 and names[0] in _GZIP):
            raise TransportFailure(
                "broken", True, f"the body is encoded as `{', '.join(names)}`, which was not asked for"
            )
        self._gzip = _Gzip() if names else None
        self._max_bytes = max_bytes
        self._received = 0
        self._bytes = bytearray()

    def add(self, part: bytes) -> None:
        """Takes what came next."""
        self._received += len(part)
        if self._received > self._max_bytes:
            raise TransportFailure("too-large", True)
        for piece in (part,) if self._gzip is None else self._gzip.unpacked(part):
            self._bytes += piece
            if len(self._bytes) > self._max_bytes:
                raise TransportFailure("too-large", True)

    def whole(self) -> bytes:
        """The body, after its last part."""
        if self._gzip is not None and self._received and not self._gzip.is_complete:
            raise TransportFailure("broken", True, "the compressed body is cut off")
        return bytes(self._bytes)


class _Gzip:
    """Any number of compressed parts, one after the other; what follows the last and is none is passed over."""

    def __init__(self) -> None:
        self._parts = 0
        self._part: Any = None
        self._head = b""

    @property
    def is_complete(self) -> bool:
        """Whether what came may be all."""
        return self._parts > 0 and self._part is None

    def unpacked(self, data: bytes) -> Iterator[bytes]:
        """What more there is, in small pieces."""
        while data:
            if self._part is None:
                data, self._head = self._head + data, b""
                if len(data) < 2:
                    self._head = data
                    return
                if self._parts and data[:2] != b"\x1f\x8b":
                    return
                self._part = self._begun()
            piece = b""
            while data or len(piece) == _PIECE:
                try:
                    piece = self._part.decompress(data, _PIECE)
                except zlib.error as error:
                    raise TransportFailure("broken", True, f"the compressed body is damaged: {error}") from error
                data = self._part.unconsumed_tail
                if piece:
                    yield piece
                if self._part.eof:
                    data, self._part = self._part.unused_data, None
                    break

    def _begun(self) -> Any:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise TransportFailure("broken", True, f"the body is compressed in more than {_MOST_PARTS} parts")
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
