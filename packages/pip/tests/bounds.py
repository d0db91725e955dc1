"""What answers without end cost: answers that trickle, and small bodies that unpack to large ones.

python tests/bounds.py            all, each in a process of its own: seconds, and megabytes that it grew
"""

import asyncio
import functools
import itertools
import json
import pathlib
import socket
import subprocess
import sys
import time
import zlib
from typing import Any, Callable, Dict, List, NamedTuple

from peers import Peer, answer, requests

import xportcn

TIMEOUT = 0.5
MIB = 1 << 20
UNPACKED_MIB = 512
HOSTS = ("sync", "async")


class Cost(NamedTuple):
    error: str
    reason: str
    seconds: float
    grown_mib: float


def slowly(connection: socket.socket, data: bytes) -> None:
    for index in range(len(data)):
        connection.sendall(data[index : index + 1])
        time.sleep(0.02)


def head(*lines: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode()


def first_whole(serve: Callable[[socket.socket], None]) -> Callable[[socket.socket], None]:
    """Answers a first request as it should, so that the next one comes on a kept connection."""

    def both(connection: socket.socket) -> None:
        for index, _ in enumerate(requests(connection)):
            if index == 0:
                connection.sendall(answer({"code": 200, "data": {}}))
            else:
                serve(connection)

    return both


def asked(serve: Callable[[socket.socket], None]) -> Callable[[socket.socket], None]:
    def after(connection: socket.socket) -> None:
        next(requests(connection))
        serve(connection)

    return after


def flood(data: bytes) -> Callable[[socket.socket], None]:
    def serve(connection: socket.socket) -> None:
        while True:
            connection.sendall(data)

    return serve


def drip(start: bytes, data: bytes) -> Callable[[socket.socket], None]:
    """A beginning, and then bytes one by one for ever."""

    def serve(connection: socket.socket) -> None:
        connection.sendall(start)
        for byte in itertools.cycle(data):
            connection.sendall(bytes([byte]))
            time.sleep(0.02)

    return serve


def gzip_head() -> bytes:
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    return packer.compress(b'{"code":200') + packer.flush(zlib.Z_SYNC_FLUSH)


def gzip(data: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return packer.compress(data) + packer.flush()


CHUNKED = head("Transfer-Encoding: chunked")

TRICKLES: Dict[str, Callable[[socket.socket], None]] = {
    "nothing": asked(lambda _: time.sleep(60)),
    "the status line": asked(drip(b"", b"HTTP/1.1 200 " + b"O" * 60_000)),
    "the head": asked(drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n")),
    "a value of the head": asked(drip(b"HTTP/1.1 200 OK\r\nX: ", b"y")),
    "1xx, one after the other": asked(flood(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 50)),
    "1xx, slowly": asked(drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n")),
    "a body of known length": asked(drip(head("Content-Length: 100000"), b" ")),
    "a body without a length": asked(drip(head("Connection: close"), b" ")),
    "chunks": asked(drip(CHUNKED, b"1\r\n \r\n")),
    "a chunk's size": asked(drip(CHUNKED, b"0")),
    "a chunk's extension": asked(drip(CHUNKED + b"1;", b"x")),
    "trailers": asked(drip(CHUNKED + b'd\r\n{"code":200} \r\n0\r\n', b"X: y\r\n")),
    "gzip": asked(drip(head("Content-Encoding: gzip", "Content-Length: 100000") + gzip_head(), b"\0\0\0\xff\xff")),
    "gzip without content": asked(drip(head("Content-Encoding: gzip", "Content-Length: 100000"), gzip(b""))),
    "the head, on a kept connection": first_whole(drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n")),
    "trailers, on a kept connection": first_whole(drip(CHUNKED + b"0\r\n", b"X: y\r\n")),
}


@functools.lru_cache
def packed(wbits: int = 31) -> bytes:
    packer = zlib.compressobj(wbits=wbits)
    parts = [packer.compress(b" " * MIB) for _ in range(UNPACKED_MIB)]
    return b"".join([*parts, packer.flush()])


BOMBS: Dict[str, Callable[[], bytes]] = {
    "gzip": packed,
    "x-gzip": packed,
    "GZIP": packed,
    "gzip, identity": packed,
    # Parts without content: they cost time and give nothing.
    "gzip ": lambda: gzip(b"") * 1_500_000,
    "gzip, gzip": lambda: gzip(packed()),
    ", ".join(["gzip"] * 200): lambda: gzip(gzip(b"{}")),
    "deflate": lambda: packed(15),
    # Heads of what was not asked for: to unpack it at all would be wrong.
    "br": lambda: bytes.fromhex("5bffff3f00240001") * 1000,
    "zstd": lambda: bytes.fromhex("28b52ffda0ffffff7f") * 1000,
    "identity": lambda: b" " * (40 * MIB),
}


def bomb(encoding: str) -> Callable[[socket.socket], None]:
    body = BOMBS[encoding]()
    return asked(lambda connection: connection.sendall(answer(body, headers=[f"Content-Encoding: {encoding}"])))


def peak_kib() -> float:
    """The most memory that this process had; what getrusage tells is, at first, its parent's."""
    status = pathlib.Path("/proc/self/status").read_text()
    return float(status.partition("VmHWM:")[2].split()[0])


def called(host: str, url: str, timeout: float, times: int) -> Cost:
    """What a call costs that gets such an answer."""
    settings: Dict[str, Any] = {"base_url": url, "max_retries": 0, "timeout": timeout}
    account = ("key", "secret", "user")
    before = started = 0.0

    def begin() -> None:
        nonlocal before, started
        before = peak_kib()
        started = time.monotonic()

    async def run() -> None:
        async with xportcn.AsyncClient(*account, **settings) as client:
            for _ in range(times):
                begin()
                await client.taobao.order.get(order_id="1")

    try:
        if host == "async":
            asyncio.run(run())
        else:
            with xportcn.Client(*account, **settings) as client:
                for _ in range(times):
                    begin()
                    client.taobao.order.get(order_id="1")
        error, reason = "none", ""
    except xportcn.XportcnError as failed:
        error, reason = failed.kind, str(failed)
    grown = peak_kib() - before
    return Cost(error, reason, time.monotonic() - started, grown / 1024)


def cost(host: str, serve: Callable[[socket.socket], None], timeout: float, times: int = 1) -> Cost:
    """The same in a process of its own."""
    with Peer(serve) as peer:
        command = [sys.executable, __file__, host, peer.url, str(timeout), str(times)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100)
    return Cost(*json.loads(done.stdout))


def trickle(host: str, name: str) -> Cost:
    return cost(host, TRICKLES[name], TIMEOUT, 2 if "kept" in name else 1)


def show(what: str, host: str, found: Cost) -> None:
    shown = what if len(what) < 40 else f"{what[:30]}... ({what.count(',') + 1})"
    print(f"{host:5}  {shown:42}  {found.error:8}  {found.seconds:5.2f} s  {found.grown_mib:6.1f} MiB", flush=True)


def main(arguments: List[str]) -> None:
    if arguments:
        host, url, timeout, times = arguments
        print(json.dumps(called(host, url, float(timeout), int(times))))
        return
    print(f"timeout {TIMEOUT} s, max_reply_bytes 32 MiB")
    for host in HOSTS:
        for name in TRICKLES:
            show(name, host, trickle(host, name))
        for name in BOMBS:
            show(name, host, cost(host, bomb(name), 30))


if __name__ == "__main__":
    main(sys.argv[1:])
