"""Connections belong to one process and one loop."""

import asyncio
import gc
import json
import subprocess
import sys
import threading
import time
import warnings
from typing import Any, List

import httpx
import pytest
from conftest import ACCOUNT
from peers import Received, answer, platform

import xportcn
from xportcn import _pools


def order(received: Received) -> bytes:
    """Repeats the order that was asked for, or paid."""
    asked = received.line.partition("orderId=")[2].split()[0] if "orderId=" in received.line else ""
    return answer({"code": 200, "data": {"orderId": asked or json.loads(received.body)["orderId"]}})


# Four processes ask at once for orders of their own, by a client that has a connection of their parent's.
FORKED = """
import asyncio, logging, os, sys, warnings
import httpx, xportcn
warnings.simplefilter("error")
logging.disable(logging.CRITICAL)
how, url = sys.argv[1:]
settings = {"base_url": url, "max_retries": 0, "timeout": 20}
if how == "threads":
    client = xportcn.Client("key", "secret", "user", **settings)
elif how == "own":
    own = httpx.Client()
    client = xportcn.Client("key", "secret", "user", http_client=own, **settings)
else:
    client = xportcn.AsyncClient("key", "secret", "user", **settings)

def get(ids):
    if not isinstance(client, xportcn.AsyncClient):
        return [client.taobao.order.get(order_id=id).order_id for id in ids]
    async def run():
        return [(await client.taobao.order.get(order_id=id)).order_id for id in ids]
    return asyncio.run(run())

assert get(["1", "2"]) == ["1", "2"]
gate, opener = os.pipe()
children = []
for number in range(4):
    child = os.fork()
    if not child:
        os.close(opener)
        os.read(gate, 1)
        try:
            ids = [f"{number + 1}{index:04d}" for index in range(30)]
            os._exit(0 if get(ids) == ids else 1)
        except xportcn.TransportError as error:
            os._exit(7 if "of another process" in str(error) else 2)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(3)
    children.append(child)
os.close(opener)
codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
assert get(["3"]) == ["3"]
client.close() if how != "async" else asyncio.run(client.aclose())
if how == "own":
    own.close()
print(codes)
"""


@pytest.mark.parametrize(("how", "codes"), [("threads", [0] * 4), ("async", [0] * 4), ("own", [7] * 4)])
def test_processes_that_were_forked_do_not_get_each_others_replies(how: str, codes: List[int]) -> None:
    with platform(order) as peer:
        command = [sys.executable, "-c", FORKED, how, peer.url]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, f"{codes}\n"), done.stderr
    assert done.stderr == ""


def test_one_client_pays_in_many_loops_one_after_the_other() -> None:
    paid: List[str] = []

    def reply(received: Received) -> bytes:
        paid.append(json.loads(received.body)["orderId"])
        return order(received)

    with warnings.catch_warnings(), platform(reply) as peer:
        # A connection that is left to the collector of garbage is told of so.
        warnings.simplefilter("error")
        client = xportcn.AsyncClient(*ACCOUNT, base_url=peer.url, max_retries=0)

        async def pay(id: str) -> Any:
            return await client.taobao.order.purchase_pay(order_id=id)

        for number in range(5):
            asyncio.run(pay(str(number)))
            gc.collect()
        asyncio.run(client.aclose())
    assert paid == ["0", "1", "2", "3", "4"]


def test_loops_in_many_threads_have_connections_of_their_own() -> None:
    results: List[Any] = []
    with platform(order) as peer:
        client = xportcn.AsyncClient(*ACCOUNT, base_url=peer.url, max_retries=0)

        async def many(first: int) -> None:
            ids = [str(first + number) for number in range(20)]
            replies = await asyncio.gather(*(client.taobao.order.get(order_id=id) for id in ids))
            results.append([reply.order_id for reply in replies] == ids)

        threads = [threading.Thread(target=lambda n=n: asyncio.run(many(n * 100))) for n in range(1, 7)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        asyncio.run(client.aclose())
    assert results == [True] * 6


def test_a_loop_that_goes_on_keeps_its_connection() -> None:
    ports: List[int] = []

    def reply(received: Received) -> bytes:
        ports.append(1)
        return order(received)

    accepted: List[int] = []
    with platform(reply) as peer:

        async def run() -> None:
            async with xportcn.AsyncClient(*ACCOUNT, base_url=peer.url) as client:
                for _ in range(4):
                    await client.taobao.order.get(order_id="1")
                accepted.append(len(peer.connections))

        asyncio.run(run())
    assert (len(ports), accepted) == (4, [1])


def test_an_async_httpx_client_of_the_users_own_is_refused_in_a_second_loop_before_anything_is_sent() -> None:
    seen: List[str] = []

    def reply(received: Received) -> bytes:
        seen.append(received.line)
        return order(received)

    with platform(reply) as peer:
        own = httpx.AsyncClient()
        client = xportcn.AsyncClient(*ACCOUNT, base_url=peer.url, http_client=own, max_retries=0)

        async def pay(and_end: bool) -> Any:
            try:
                return await client.taobao.order.purchase_pay(order_id="1")
            finally:
                if and_end:
                    await own.aclose()

        first = asyncio.new_event_loop()
        first.run_until_complete(pay(False))
        with pytest.raises(xportcn.TransportError, match="another loop"):
            asyncio.run(pay(False))
        assert len(seen) == 1
        first.run_until_complete(pay(True))
        assert len(seen) == 2
        first.close()


def test_a_stand_in_of_httpx_serves_in_any_loop() -> None:
    def stand_in(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"code": 200, "data": {"orderId": "1"}})

    own = httpx.AsyncClient(transport=httpx.MockTransport(stand_in))
    client = xportcn.AsyncClient(*ACCOUNT, http_client=own)

    async def get() -> Any:
        return await client.taobao.order.get(order_id="1")

    assert [asyncio.run(get()).order_id for _ in range(3)] == ["1"] * 3


def test_sixty_four_tasks_keep_their_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    # On a busy machine, a round takes longer than an idle connection is kept.
    monkeypatch.setattr(_pools, "_KEPT_SECONDS", 600.0)
    gate = threading.Barrier(64)

    def reply(received: Received) -> bytes:
        # No answer before all are on their way.
        gate.wait(100)
        return order(received)

    with platform(reply) as peer:

        async def run() -> int:
            async with xportcn.AsyncClient(
                *ACCOUNT, base_url=peer.url, max_retries=0, timeout=100, deadline=300
            ) as client:
                for _ in range(3):
                    await asyncio.gather(*(client.taobao.order.get(order_id=str(n)) for n in range(64)))
                return len(peer.connections)

        assert asyncio.run(run()) == 64


def test_a_connection_is_idle_for_a_few_seconds_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """Platforms end theirs later: one that ends as a write is sent makes it ambiguous."""
    assert 1 <= _pools._KEPT_SECONDS <= 5
    monkeypatch.setattr(_pools, "_KEPT_SECONDS", 0.1)
    with platform(order) as peer:
        with xportcn.Client(*ACCOUNT, base_url=peer.url, max_retries=0) as client:
            client.taobao.order.get(order_id="1")
            time.sleep(0.3)
            client.taobao.order.get(order_id="1")
        assert len(peer.connections) == 2

        async def run() -> None:
            async with xportcn.AsyncClient(*ACCOUNT, base_url=peer.url, max_retries=0) as client:
                await client.taobao.order.get(order_id="1")
                await asyncio.sleep(0.3)
                await client.taobao.order.get(order_id="1")

        asyncio.run(run())
        assert len(peer.connections) == 4


def test_no_cookie_is_kept_and_the_caller_is_named() -> None:
    seen: List[Received] = []

    def reply(received: Received) -> bytes:
        seen.append(received)
        return answer({"code": 200, "data": {"orderId": "1"}}, headers=["Set-Cookie: session=1; Path=/"])

    with platform(reply) as peer:
        with xportcn.Client(*ACCOUNT, base_url=peer.url) as client:
            client.taobao.order.get(order_id="1")
            client.taobao.order.get(order_id="1")

        async def run() -> None:
            async with xportcn.AsyncClient(*ACCOUNT, base_url=peer.url) as client:
                await client.taobao.order.get(order_id="1")
                await client.taobao.order.get(order_id="1")

        asyncio.run(run())
        with httpx.Client(headers={"user-agent": "shop/1"}) as own:
            xportcn.Client(*ACCOUNT, base_url=peer.url, http_client=own).taobao.order.get(order_id="1")
        with httpx.Client() as own:
            xportcn.Client(*ACCOUNT, base_url=peer.url, http_client=own).taobao.order.get(order_id="1")
    assert [received.headers.get("cookie") for received in seen[:4]] == [None] * 4
    ours = f"xportcn-python/{xportcn.__version__} python/{sys.version.split()[0]} httpx/{httpx.__version__}"
    assert [received.headers["user-agent"] for received in seen] == [ours] * 4 + ["shop/1", ours]
    assert {received.headers["accept-encoding"] for received in seen} == {"gzip"}
