#!/usr/bin/env python3
"""A way to a platform on this machine that does to answers and connections what networks, gateways and filters do.

    proxy.py --to PORT [--seed N]

The first part of a path names the fault: `http://127.0.0.1:PORT/reset-after/open/..`; `any` takes one at random, by the
seed, or none. It says `listening on URL`, and `GET /proxy/tally` tells how often there was which fault, and how many requests
arrived that are no copies. It shares no code with the project and uses nothing but the standard library.
"""

import argparse
import asyncio
import collections
import contextlib
import json
import random
import socket
import struct
import sys
from email.utils import formatdate
from time import time
from typing import Awaitable, Callable, Dict, List, NamedTuple, Set, Tuple

#: Seconds after which a connection that stalls or is flooded is given up.
LONGEST = 3.0
#: The most bytes of a head.
LARGEST_HEAD = 65536
HOUR = 3600
JSON = ("content-type", "application/json")
HTML = ("content-type", "text/html")
EARLY_HINTS = b"HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\n"
PAGE = b"<html><body>The request is being looked at.</body></html>"


class Answer(NamedTuple):
    status: int
    headers: List[Tuple[str, str]]
    body: bytes


class Request(NamedTuple):
    head: bytes
    length: int


class Way:
    """One request on its way, and what can be done to it."""

    def __init__(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, platform: "Platform"
    ):
        self.request, self.reader, self.writer, self.platform = request, reader, writer, platform
        #: Whether another request can follow on the connection.
        self.open = True

    async def ask(self) -> Answer:
        """What the platform says to the request."""
        self.body = await self.reader.readexactly(self.request.length)
        return await self.platform.ask(self.request.head + self.body)

    async def ask_again(self) -> Answer:
        return await self.platform.ask(self.request.head + self.body)

    async def drop_request(self) -> None:
        await self.reader.readexactly(self.request.length)

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, status: int, body: bytes = b"", *headers: Tuple[str, str]) -> None:
        await self.send(written(Answer(status, list(headers), body)))

    def reset(self) -> None:
        """Ends the connection at once, with what is on its way."""
        self.open = False
        linger = struct.pack("ii", 1, 0)
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.writer.transport.abort()

    def close(self) -> None:
        self.open = False

    async def gone(self) -> None:
        """Waits until the client has gone, or for as long as anything waits here."""
        self.open = False
        with contextlib.suppress(asyncio.TimeoutError, ConnectionError):
            await asyncio.wait_for(self.reader.read(1), LONGEST)


FAULTS: Dict[str, Callable[[Way], Awaitable[None]]] = {}
#: Faults that `any` takes.
COMMON: List[str] = []


def fault(common: bool = True) -> Callable[[Callable[[Way], Awaitable[None]]], Callable[[Way], Awaitable[None]]]:
    def known(act: Callable[[Way], Awaitable[None]]) -> Callable[[Way], Awaitable[None]]:
        name = act.__name__.strip("_").replace("_", "-")
        FAULTS[name] = act
        if common:
            COMMON.append(name)
        return act

    return known


@fault()
async def _pass(way: Way) -> None:
    await way.send(written(await way.ask()))


@fault()
async def split(way: Way) -> None:
    """The answer comes in pieces, also within its head and within a character."""
    for piece in pieces(written(await way.ask()), 7):
        await way.send(piece)
        await asyncio.sleep(0)


@fault()
async def trickle(way: Way) -> None:
    for piece in pieces(written(await way.ask()), 40):
        await way.send(piece)
        await asyncio.sleep(0.001)


@fault()
async def stall_before(way: Way) -> None:
    """Nothing answers, and the platform never sees the request."""
    await way.drop_request()
    await way.gone()


@fault()
async def stall_after(way: Way) -> None:
    await way.ask()
    await way.gone()


@fault()
async def stall_in_the_head(way: Way) -> None:
    await way.send(written(await way.ask())[:40])
    await way.gone()


@fault()
async def stall_in_the_body(way: Way) -> None:
    await way.send(written(await way.ask())[:-5])
    await way.gone()


@fault()
async def reset_before(way: Way) -> None:
    way.reset()


@fault()
async def reset_in_the_request(way: Way) -> None:
    await way.reader.readexactly(way.request.length // 2)
    way.reset()


@fault()
async def reset_after(way: Way) -> None:
    await way.ask()
    way.reset()


@fault()
async def reset_in_the_answer(way: Way) -> None:
    answer = written(await way.ask())
    await way.send(answer[: len(answer) // 2])
    await asyncio.sleep(0.001)
    way.reset()


@fault()
async def close_before(way: Way) -> None:
    await way.drop_request()
    way.close()


@fault()
async def close_after(way: Way) -> None:
    await way.ask()
    way.close()


@fault()
async def close_in_the_body(way: Way) -> None:
    await way.send(written(await way.ask())[:-3])
    way.close()


@fault()
async def duplicate(way: Way) -> None:
    """The request arrives twice, and the first answer comes back."""
    answer = await way.ask()
    await way.ask_again()
    await way.send(written(answer))


@fault()
async def duplicate_and_answer_the_copy(way: Way) -> None:
    await way.ask()
    await way.send(written(await way.ask_again()))


@fault()
async def answered_twice(way: Way) -> None:
    """The answer comes again at once, and is none to the next request of the connection."""
    await way.send(written(await way.ask()) * 2)


@fault()
async def more_than_the_answer(way: Way) -> None:
    await way.send(written(await way.ask()) + b"\r\n\r\n")


@fault()
async def informed(way: Way) -> None:
    """An interim answer before the real one."""
    await way.send(EARLY_HINTS + written(await way.ask()))


@fault()
async def informed_often(way: Way) -> None:
    """More of them than some libraries pass over: OkHttp takes the second for the answer, and refuses it."""
    await way.send(EARLY_HINTS * 5 + written(await way.ask()))


@fault()
async def flood(way: Way) -> None:
    """Interim answers without end."""
    await way.ask()
    way.open = False
    ends = time() + LONGEST
    with contextlib.suppress(ConnectionError):
        while time() < ends:
            await way.send(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 20)
            await asyncio.sleep(0.005)


@fault()
async def http_1_0(way: Way) -> None:
    """The end of the connection is that of the answer."""
    await way.send(without_length(await way.ask(), b"HTTP/1.0"))
    way.close()


@fault()
async def http_1_0_cut(way: Way) -> None:
    await way.send(without_length(await way.ask(), b"HTTP/1.0")[:-9])
    way.close()


@fault()
async def without_a_length(way: Way) -> None:
    await way.send(without_length(await way.ask(), b"HTTP/1.1"))
    way.close()


@fault()
async def chunked(way: Way) -> None:
    await way.send(in_chunks(await way.ask()) + b"0\r\nx-checked: yes\r\n\r\n")


@fault(common=False)
async def chunked_without_trailers(way: Way) -> None:
    await way.send(in_chunks(await way.ask()) + b"0\r\n\r\n")


@fault()
async def chunked_without_an_end(way: Way) -> None:
    await way.send(in_chunks(await way.ask()))
    way.close()


@fault()
async def no_http(way: Way) -> None:
    await way.ask()
    await way.send(b"SSH-2.0-OpenSSH_9.6\r\n")
    way.close()


@fault()
async def says_no_beside_a_good_code(way: Way) -> None:
    await way.ask()
    await way.answer(200, json.dumps({"code": 200, "success": False, "message": "库存不足"}).encode(), JSON)


@fault()
async def turned_away(way: Way) -> None:
    """A gateway lets nothing through."""
    await way.drop_request()
    await way.answer(429, b"slow down", ("content-type", "text/plain"))


def envelope(code: object, status: int = 200) -> Callable[[Way], Awaitable[None]]:
    """The platform did it, and something says by the code of an envelope that it failed."""

    async def act(way: Way) -> None:
        await way.ask()
        body = json.dumps({"code": code, "msg": "system error", "requestId": "r-1", "data": None})
        await way.answer(status, body.encode(), JSON)

    return act


def page(status: int, *headers: Tuple[str, str]) -> Callable[[Way], Awaitable[None]]:
    """The platform did it, and somebody else answers."""

    async def act(way: Way) -> None:
        await way.ask()
        empty = status in (204, 304)
        await way.answer(status, b"" if empty else PAGE, HTML, *headers)

    return act


for _code in (500, 502, 503, 504):
    FAULTS[f"envelope-{_code}"] = envelope(_code)
FAULTS["envelope-500-as-text"] = envelope("500")
FAULTS["envelope-of-http-408"] = envelope(1001, 408)
FAULTS["envelope-of-http-500"] = envelope(1001, 500)
FAULTS["envelope-of-http-503"] = envelope(50001, 503)
FAULTS["envelope-of-http-302"] = envelope(1001, 302)
for _status in (204, 302, 303, 304, 307, 308, 403, 409, 500, 502, 503, 504, 520):
    to = [("location", "/pass/open/elsewhere")] if _status in (302, 303, 307, 308) else []
    FAULTS[f"page-{_status}"] = page(_status, *to)
FAULTS["page-200"] = page(200)
COMMON += [name for name in FAULTS if name.startswith(("envelope-", "page-"))]


@fault(common=False)
async def redirect_to_itself(way: Way) -> None:
    """Who follows it does the same again."""
    path = way.request.head.split(b" ", 2)[1].decode()
    await way.ask()
    await way.answer(307, b"", ("location", f"/pass{path}"))


@fault(common=False)
async def refused_over_the_stock_an_hour_off(way: Way) -> None:
    await way.drop_request()
    body = json.dumps({"code": 42102, "msg": "库存不足"}).encode()
    await way.answer(200, body, JSON, ("date", formatdate(time() + HOUR, usegmt=True)))


@fault(common=False)
async def gateway_401_an_hour_off(way: Way) -> None:
    await way.drop_request()
    await way.answer(401, PAGE, HTML, ("date", formatdate(time() + HOUR, usegmt=True)))


@fault(common=False)
async def refused_over_the_time_two_days_off(way: Way) -> None:
    await way.drop_request()
    body = json.dumps({"code": 40106, "msg": "the timestamp is off"}).encode()
    await way.answer(200, body, JSON, ("date", formatdate(time() + 48 * HOUR, usegmt=True)))


@fault(common=False)
async def refused_over_the_key_an_hour_off(way: Way) -> None:
    """The clock of the answer is wrong: by its date, the call is refused for its timestamp too."""
    answer = await way.ask()
    kept = [(name, value) for name, value in answer.headers if name.lower() != "date"]
    await way.answer(answer.status, answer.body, *kept, ("date", formatdate(time() + HOUR, usegmt=True)))


def written(answer: Answer, version: bytes = b"HTTP/1.1") -> bytes:
    own = {name.lower() for name, _ in answer.headers}
    headers = [*answer.headers]
    if answer.status not in (204, 304):
        headers.append(("content-length", str(len(answer.body))))
    if "date" not in own:
        headers.append(("date", formatdate(usegmt=True)))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return version + f" {answer.status} Said\r\n{lines}\r\n".encode() + answer.body


def without_length(answer: Answer, version: bytes) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
    return version + f" {answer.status} Said\r\n{lines}connection: close\r\n\r\n".encode() + answer.body


def in_chunks(answer: Answer) -> bytes:
    """The answer without the end of its body."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
    head = f"HTTP/1.1 {answer.status} Said\r\n{lines}transfer-encoding: chunked\r\n\r\n".encode()
    return head + b"".join(
        f"{len(piece):x};by=proxy\r\n".encode() + piece + b"\r\n" for piece in pieces(answer.body, 50)
    )


def pieces(data: bytes, most: int) -> List[bytes]:
    """About `most` pieces; the first ones are single bytes."""
    size = max(1, len(data) // most)
    return [data[:1], data[1:2], *(data[at : at + size] for at in range(2, len(data), size))]


class Platform:
    """Connections to the platform, which are kept."""

    def __init__(self, port: int):
        self.port = port
        self.idle: List[Tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, request: bytes) -> Answer:
        reader, writer = self.idle.pop() if self.idle else await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(request)
        answer = await read_answer(reader)
        self.idle.append((reader, writer))
        return answer


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    length = int(next(value for name, value in headers if name.lower() == "content-length"))
    kept = [(name, value) for name, value in headers if name.lower() not in ("content-length", "connection")]
    return Answer(int(first.split()[1]), kept, await reader.readexactly(length))


class Proxy:
    def __init__(self, platform: Platform, seed: int):
        self.platform = platform
        self.random = random.Random(seed)
        self.tally: Dict[str, int] = collections.Counter()
        # Each attempt has a signature of its own.
        self.signatures: Set[str] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            while await self.one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Serves a request; whether another may follow."""
        head = await reader.readuntil(b"\r\n\r\n")
        method, path, rest = head.split(b" ", 2)
        _, name, path = path.decode().split("/", 2)
        if (name, path) == ("proxy", "tally"):
            told = {"faults": self.tally, "arrived": len(self.signatures)}
            writer.write(written(Answer(200, [JSON], json.dumps(told).encode())))
            await writer.drain()
            return True
        # A browser asks first whether its page may call another origin.
        if method != b"OPTIONS":
            self.signatures.add(header(head, b"signature") or rest.decode("latin-1"))
        act = self.chosen(name) if method != b"OPTIONS" else FAULTS["pass"]
        request = Request(b" ".join([method, b"/" + path.encode(), rest]), length_of(head))
        way = Way(request, reader, writer, self.platform)
        await act(way)
        return way.open

    def chosen(self, name: str) -> Callable[[Way], Awaitable[None]]:
        if name in ("any", "any-without-trailers"):
            trailers = name == "any"
            # One in three has none, and what stalls is rare: it costs the client's whole patience.
            name = "pass" if self.random.random() < 1 / 3 else self.random.choice(COMMON)
            if name.startswith(("stall", "flood")) and self.random.random() < 0.8:
                name = "pass"
            if name == "chunked" and not trailers:
                name = "chunked-without-trailers"
        self.tally[name] += 1
        return FAULTS[name]


def length_of(head: bytes) -> int:
    return int(header(head, b"content-length") or 0)


def header(head: bytes, wanted: bytes) -> str:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == wanted:
            return value.decode("latin-1").strip()
    return ""


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", type=int, required=True, help="the platform's port")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    proxy = Proxy(Platform(options.to), options.seed)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0, limit=LARGEST_HEAD, backlog=512)
    print(f"listening on http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    async with server:
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
