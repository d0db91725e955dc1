"""A program that stands still while it sends: what had not left by then was certainly not sent."""

import asyncio
import logging
import time
from typing import Any, Callable, Dict, Iterator, List, Tuple

import pytest
from conftest import ACCOUNT
from peers import AUTHORITY, Received, answer, platform, secure
from test_failures import both

import xportcn

TIMEOUT = 0.3
# What httpcore says of a request on its way, and whether any of it has left by then.
EVENTS: List[Tuple[str, bool]] = [
    ("connect_tcp.started", False),
    ("connect_tcp.complete", False),
    ("send_request_headers.started", False),
    ("send_request_headers.complete", True),
    ("send_request_body.complete", True),
]


class Stall(logging.Handler):
    """Stops the thread for longer than a write may take, once, as an event is told."""

    def __init__(self, event: str) -> None:
        super().__init__(logging.DEBUG)
        self._event = event

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith(self._event):
            self._event = "none"
            time.sleep(2 * TIMEOUT)


@pytest.fixture(params=EVENTS, ids=[name for name, _ in EVENTS])
def has_left(request: pytest.FixtureRequest) -> Iterator[bool]:
    name, left = request.param
    log, stall = logging.getLogger("httpcore"), Stall(name)
    log.addHandler(stall)
    log.setLevel(logging.DEBUG)
    yield left
    log.setLevel(logging.NOTSET)
    log.removeHandler(stall)


@both
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_what_had_not_left_is_not_ambiguous(
    monkeypatch: pytest.MonkeyPatch, call: Callable[..., Any], has_left: bool, scheme: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))
    seen: List[Received] = []

    def reply(received: Received) -> bytes:
        seen.append(received)
        return answer({"code": 200, "data": {}})

    with secure("good", reply) if scheme == "https" else platform(reply) as peer:
        error = None
        try:
            call(base_url=f"{scheme}://localhost:{peer.port}", timeout=TIMEOUT)
        except xportcn.XportcnError as raised:
            error = raised
        time.sleep(0.1)
    if has_left:
        # What waits at the socket is taken though the time is over.
        assert error is None or isinstance(error, xportcn.AmbiguousWriteError)
        assert len(seen) <= 1
    else:
        assert isinstance(error, xportcn.TransportError) and error.transport_kind == "connect"
        assert seen == []


def test_a_loop_that_stands_still_at_any_moment_misreports_no_write() -> None:
    arrived: List[str] = []

    def reply(received: Received) -> bytes:
        arrived.append(received.body.decode())
        return answer({"code": 200, "data": {}})

    async def run(url: str) -> Dict[str, str]:
        ends: Dict[str, str] = {}
        async with xportcn.AsyncClient(*ACCOUNT, base_url=url, max_retries=0, timeout=0.05) as client:
            for turn in range(60):
                id = f"order-{turn}"
                task = asyncio.ensure_future(client.taobao.order.purchase_pay(order_id=id))
                # Every place at which the call waits for the loop is met, on new connections and on kept ones.
                for _ in range(turn // 2):
                    await asyncio.sleep(0)
                time.sleep(0.1)
                try:
                    await task
                    ends[id] = "ok"
                except xportcn.XportcnError as error:
                    ends[id] = error.kind
                if turn % 2:
                    await client.taobao.order.purchase_pay(order_id="between")
            await asyncio.sleep(0.2)
        return ends

    with platform(reply) as peer:
        ends = asyncio.run(run(peer.url))
    came = {id: sum(f'"{id}"' in body for body in arrived) for id in ends}
    told = {"ok": 1, "AmbiguousWrite": 1, "Transport": 0}
    other = {id: (ends[id], times) for id, times in came.items() if times != told[ends[id]]}
    # Of some only the head had left.
    assert set(other.values()) <= {("AmbiguousWrite", 0)}, other
    assert len(other) == arrived.count("")
    assert set(ends.values()) >= {"Transport", "ok"}, ends
