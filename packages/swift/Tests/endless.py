"""Answers without end, by the name of their way: such that trickle, that flood, and small bodies that unpack to large ones.

Each takes what writes to a connection.
"""

import gzip
import itertools
import time
import zlib
from typing import Callable, Dict

Write = Callable[[bytes], object]
MIB = 1 << 20
#: What a bomb unpacks to.
UNPACKED_MIB = 256
STATUS = b"HTTP/1.1 200 OK\r\n"
CHUNKED = STATUS + b"transfer-encoding: chunked\r\n\r\n"
HINTS = b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"


def drip(start: bytes, more: bytes) -> Callable[[Write], None]:
    """A beginning, and then byte by byte for ever: no pause is long enough to be noticed."""

    def serve(write: Write) -> None:
        write(start)
        for byte in itertools.cycle(more):
            write(bytes([byte]))
            time.sleep(0.02)

    return serve


def flood(start: bytes, more: bytes) -> Callable[[Write], None]:
    def serve(write: Write) -> None:
        write(start)
        block = more * (65536 // len(more))
        while True:
            write(block)

    return serve


def silence(_: Write) -> None:
    time.sleep(60)


def packed(wbits: int) -> bytes:
    packer = zlib.compressobj(level=1, wbits=wbits)
    parts = [packer.compress(b" " * MIB) for _ in range(UNPACKED_MIB)]
    return b"".join([*parts, packer.flush()])


def bomb(encoding: str, body: bytes) -> Callable[[Write], None]:
    head = STATUS + f"content-encoding: {encoding}\r\ncontent-length: {len(body)}\r\n\r\n".encode()
    return lambda write: write(head + body)


def begun() -> bytes:
    """The beginning of a body in gzip, whose next block may follow."""
    packer = zlib.compressobj(wbits=31)
    return packer.compress(b'{"code":200') + packer.flush(zlib.Z_SYNC_FLUSH)


GZIP = STATUS + b"content-encoding: gzip\r\ncontent-length: 100000\r\n\r\n"
EMPTY = gzip.compress(b"")
PACKED = packed(31)
WAYS: Dict[str, Callable[[Write], None]] = {
    "trickle-nothing": silence,
    "trickle-status": drip(b"", b"HTTP/1.1 200 " + b"O" * 9000),
    "trickle-head": drip(STATUS, b"x: y\r\n"),
    "trickle-value": drip(STATUS + b"x: ", b"y"),
    "trickle-interim": drip(b"", HINTS),
    "trickle-body": drip(STATUS + b"content-length: 100000\r\n\r\n", b" "),
    "trickle-body-without-length": drip(STATUS + b"connection: close\r\n\r\n", b" "),
    "trickle-chunks": drip(CHUNKED, b"1\r\n \r\n"),
    "trickle-chunk-size": drip(CHUNKED, b"0"),
    "trickle-chunk-extension": drip(CHUNKED + b"1;", b"x"),
    "trickle-trailers": drip(CHUNKED + b"0\r\n", b"x: y\r\n"),
    "trickle-gzip": drip(GZIP + begun(), b"\0\0\0\xff\xff"),
    "trickle-gzip-without-content": drip(GZIP, EMPTY),
    "flood-interim": flood(b"", HINTS),
    "flood-head": flood(STATUS, b"x: y\r\n"),
    "flood-value": flood(STATUS + b"x: ", b"y"),
    "flood-chunks": flood(CHUNKED, b"1\r\n \r\n"),
    "flood-body": flood(STATUS + b"connection: close\r\n\r\n", b" "),
    "bomb-gzip": bomb("gzip", PACKED),
    "bomb-x-gzip": bomb("x-gzip", PACKED),
    "bomb-GZIP": bomb("GZIP", PACKED),
    "bomb-gzip-members": bomb("gzip", EMPTY * 500_000),
    "bomb-gzip-gzip": bomb("gzip, gzip", gzip.compress(PACKED)),
    "bomb-gzip-many": bomb(", ".join(["gzip"] * 200), gzip.compress(PACKED)),
    "bomb-deflate": bomb("deflate", packed(15)),
    "bomb-br": bomb("br", bytes.fromhex("5bffff3f00240001") * 1000),
    "bomb-zstd": bomb("zstd", bytes.fromhex("28b52ffda0ffffff7f") * 1000),
}
