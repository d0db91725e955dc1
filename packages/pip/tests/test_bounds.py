"""Time and memory hold, whatever answers."""

import asyncio
import zlib
from typing import Any, List

import pytest
from bounds import BOMBS, HOSTS, TIMEOUT, TRICKLES, bomb, cost, trickle
from conftest import ACCOUNT
from peers import answer, platform

import xportcn

BODY = b'{"code":200,"data":{"orderId":"1"}}'


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("name", TRICKLES)
def test_an_answer_that_trickles_ends_with_the_time(host: str, name: str) -> None:
    found = trickle(host, name)
    assert found.error == "Timeout", found
    assert found.seconds < TIMEOUT + 1, found
    assert found.grown_mib < 16, found


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("name", BOMBS)
def test_a_small_body_that_unpacks_to_a_large_one_is_read_no_further_than_allowed(host: str, name: str) -> None:
    found = cost(host, bomb(name), 30)
    assert found.error == "Decode", found
    assert found.seconds < 2, found
    # What is allowed is 32 MiB, and a list of bytes that grows may hold a copy of itself.
    assert found.grown_mib < 80, found
    if name == "gzip ":
        assert "in more than 10000 parts" in found.reason
    elif name in ("gzip", "x-gzip", "GZIP", "gzip, identity", "identity"):
        assert "larger than 33554432 bytes" in found.reason
    else:
        assert f"encoded as `{name[:40]}" in found.reason


def gzip(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=31)
    return packer.compress(data) + packer.flush()


RIGHT = [
    ("gzip", gzip(BODY)),
    ("GZip", gzip(BODY)),
    ("x-gzip", gzip(BODY)),
    (" gzip ,", gzip(BODY)),
    ("identity", BODY),
    ("", BODY),
    # Parts, as servers that compress as they write send them, and what some put behind the end.
    ("gzip", gzip(BODY[:9]) + gzip(b"") + gzip(BODY[9:])),
    ("gzip", gzip(BODY) + b"\0" * 8),
    ("gzip", gzip(BODY) + b"\x1f"),
]
WRONG = [
    ("gzip", gzip(BODY)[:-9], "cut off"),
    ("gzip", b"\x1f", "cut off"),
    ("gzip", BODY, "damaged"),
    ("gzip", gzip(BODY)[:-8] + b"12345678", "damaged"),
    ("gzip, gzip", gzip(gzip(BODY)), "`gzip, gzip`, which was not asked for"),
    ("deflate", zlib.compress(BODY), "`deflate`, which was not asked for"),
    ("utf-8", BODY, "`utf-8`, which was not asked for"),
    ("br", BODY, "`br`, which was not asked for"),
    ("Zstd", BODY, "`zstd`, which was not asked for"),
]


def get(url: str, host: str) -> Any:
    settings: Any = {"base_url": url, "max_retries": 0}
    if host == "sync":
        with xportcn.Client(*ACCOUNT, **settings) as client:
            return client.taobao.order.get(order_id="1")

    async def run() -> Any:
        async with xportcn.AsyncClient(*ACCOUNT, **settings) as client:
            return await client.taobao.order.get(order_id="1")

    return asyncio.run(run())


def in_pieces(body: bytes, encoding: str, size: int) -> bytes:
    chunks: List[bytes] = [body[start : start + size] for start in range(0, len(body), size)]
    framed = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nTransfer-Encoding: chunked\r\n\r\n".encode() + (
        framed + b"0\r\n\r\n"
    )


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("case", range(len(RIGHT)))
def test_what_is_compressed_in_any_of_the_usual_ways_is_read(host: str, case: int) -> None:
    encoding, body = RIGHT[case]
    replies = [answer(body, headers=[f"Content-Encoding: {encoding}"])]
    replies += [in_pieces(body, encoding, size) for size in (1, 7)]
    for reply in replies:
        with platform(lambda _, reply=reply: reply) as peer:  # type: ignore[misc]
            assert get(peer.url, host).order_id == "1"


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("case", range(len(WRONG)))
def test_what_cannot_be_unpacked_is_an_answer_that_cannot_be_read(host: str, case: int) -> None:
    encoding, body, words = WRONG[case]
    for reply in (answer(body, headers=[f"Content-Encoding: {encoding}"]), in_pieces(body, encoding, 1)):
        with platform(lambda _, reply=reply: reply) as peer, pytest.raises(xportcn.DecodeError) as lost:  # type: ignore[misc]
            get(peer.url, host)
        assert words in lost.value.reason
