"""Kept connections that can carry no more: what comes on them is not the next answer, and they carry no write."""

import asyncio
import itertools
import socket
import ssl
import time
from typing import Any, Callable, List

import httpcore
import pytest
from conftest import ACCOUNT
from peers import AUTHORITY, CERTIFICATES, Peer, Received, answer, platform, requests, secure
from test_failures import both, pay

import xportcn


@pytest.mark.parametrize("left", ["the whole again", "a part of it", "blank lines", "words"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_what_comes_after_an_answer_is_not_the_next_one(
    monkeypatch: pytest.MonkeyPatch, scheme: str, left: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))

    def reply(received: Received) -> bytes:
        whole = answer({"code": 200, "requestId": str(len(ids)), "data": {}})
        ids.append(len(ids))
        more = {"the whole again": whole, "a part of it": whole[:40], "blank lines": b"\r\n\r\n", "words": b"no HTTP"}
        return whole + more[left]

    ids: List[int] = []
    with secure("good", reply) if scheme == "https" else platform(reply) as peer:
        url = f"{scheme}://localhost:{peer.port}"
        found = paid(True, url) + paid(False, url)
    assert found == [str(number) for number in range(8)]


def twice_in_a_segment(connection: socket.socket) -> None:
    """Each answer comes twice: two records of TLS that the socket gives at once."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "good.pem", CERTIFICATES / "key.pem")
    received, sent = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context.wrap_bio(received, sent, server_side=True)

    def done(act: Callable[[], Any]) -> Any:
        while True:
            try:
                return act()
            except ssl.SSLWantReadError:
                connection.sendall(sent.read())
                received.write(connection.recv(65536) or b"")
                if not received.pending:
                    raise OSError("the end") from None

    done(tls.do_handshake)
    for number in itertools.count():
        request = b""
        while not request.endswith(b"}"):
            request += done(lambda: tls.read(65536))
        whole = answer({"code": 200, "requestId": str(number), "data": {}})
        tls.write(whole)
        tls.write(whole)
        connection.sendall(sent.read())


@both
def test_what_tls_holds_after_an_answer_is_not_the_next_one(
    monkeypatch: pytest.MonkeyPatch, call: Callable[..., Any]
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))
    with Peer(twice_in_a_segment) as peer:
        found = paid(call is pay, f"https://localhost:{peer.port}")
        # Each has a connection of its own, whose answers are counted from 0.
        assert (found, len(peer.connections)) == (["0"] * 4, 4)


def paid(is_sync: bool, url: str) -> List[Any]:
    """What four payments of one client were answered."""
    if is_sync:
        with xportcn.Client(*ACCOUNT, base_url=url, max_retries=0) as client:
            return [client.with_reply.taobao.order.purchase_pay(order_id="1").request_id for _ in range(4)]

    async def run() -> List[Any]:
        async with xportcn.AsyncClient(*ACCOUNT, base_url=url, max_retries=0) as client:
            return [(await client.with_reply.taobao.order.purchase_pay(order_id="1")).request_id for _ in range(4)]

    return asyncio.run(run())


@both
def test_a_kept_connection_that_ends_after_the_pool_looked_carries_no_write(
    monkeypatch: pytest.MonkeyPatch, call: Callable[..., Any]
) -> None:
    seen: List[Received] = []

    def once(connection: socket.socket) -> None:
        seen.append(next(requests(connection)))
        connection.sendall(answer({"code": 200, "data": {}}))

    # The pool finds nothing wrong.
    for kind in (httpcore.HTTP11Connection, httpcore.AsyncHTTP11Connection):
        monkeypatch.setattr(kind, "has_expired", lambda self: False)

    async def run(url: str) -> None:
        async with xportcn.AsyncClient(*ACCOUNT, base_url=url, max_retries=0) as client:
            for _ in range(4):
                await client.taobao.order.purchase_pay(order_id="1")
                await asyncio.sleep(0.05)

    with Peer(once) as peer:
        if call is pay:
            with xportcn.Client(*ACCOUNT, base_url=peer.url, max_retries=0) as client:
                for _ in range(4):
                    client.taobao.order.purchase_pay(order_id="1")
                    time.sleep(0.05)
        else:
            asyncio.run(run(peer.url))
    assert len(seen) == 4
