"""The async client with asyncio and with trio: the same program, by anyio."""

import hashlib
import hmac
import logging
import pathlib
import time
from typing import Any, Callable, Dict, List

import anyio
import anyio.to_thread
import httpx
import pytest
import trio
from conftest import ACCOUNT, CREATE, RENDER, examples
from peers import Received, answer, platform

import xportcn
from xportcn.journal import Journal
from xportcn.sandbox import Sandbox

BOTH = pytest.mark.parametrize("library", ["asyncio", "trio"])
ORDERS: Dict[str, Any] = {"code": 200, "data": {"orderId": "1"}}


@BOTH
def test_calls_pages_and_items_are_awaited(xportcn_sandbox: Sandbox, library: str) -> None:
    async def run() -> List[Any]:
        async with xportcn_sandbox.async_client() as client:
            search = client.alibaba.product.keyword_search
            rendered = await client.taobao.after_sale.render(**RENDER)
            reply = await client.with_reply.taobao.after_sale.render(**RENDER)
            assert reply.data == rendered and reply.status == 200
            pages = [page async for page in search.pages(keyword="鞋", page_size=7)]
            return [pages[0].total_records, len([item async for item in search.items(keyword="鞋", page_size=7)])]

    total, items = anyio.run(run, backend=library)
    assert total == items > 7


@BOTH
def test_many_calls_run_side_by_side_and_after_each_other_in_new_loops(library: str) -> None:
    with platform(lambda received: answer(ORDERS)) as peer:
        client = xportcn.AsyncClient(*ACCOUNT, base_url=peer.url)

        async def run() -> None:
            async with anyio.create_task_group() as group:
                for _ in range(32):
                    group.start_soon(client.request, "taobao.order.get", {"orderId": "1"})

        for _ in range(2):
            anyio.run(run, backend=library)
            before = len(peer.connections)
        anyio.run(client.aclose, backend=library)
        assert before > 1


def test_a_client_serves_a_loop_of_asyncio_and_one_of_trio() -> None:
    with platform(lambda received: answer(ORDERS)) as peer:
        client = xportcn.AsyncClient(*ACCOUNT, base_url=peer.url)

        async def run() -> Any:
            return (await client.taobao.order.get(order_id="1")).order_id

        for library in ("asyncio", "trio", "asyncio", "trio"):
            assert anyio.run(run, backend=library) == "1"
        anyio.run(client.aclose, backend="trio")

        async def refused() -> None:
            with pytest.raises(xportcn.ClosedError):
                await client.taobao.order.get(order_id="1")

        anyio.run(refused, backend="trio")


@BOTH
def test_waits_between_attempts_are_the_loops_own(xportcn_new_sandbox: Callable[..., Sandbox], library: str) -> None:
    sandbox = xportcn_new_sandbox("--fault", "kinds=503,count=1")
    ticks: List[float] = []

    async def ticking() -> None:
        while True:
            ticks.append(time.monotonic())
            await anyio.sleep(0.01)

    async def run() -> Any:
        async with sandbox.async_client(initial_backoff=0.4, max_backoff=0.4) as client:
            async with anyio.create_task_group() as group:
                group.start_soon(ticking)
                reply = await client.with_reply.taobao.after_sale.render(**RENDER)
                group.cancel_scope.cancel()
            return reply

    reply = anyio.run(run, backend=library)
    assert reply.attempts == 2
    assert len(ticks) >= 2 and max(after - before for before, after in zip(ticks, ticks[1:])) < 0.3


@BOTH
def test_an_attempt_ends_with_its_time(xportcn_new_sandbox: Callable[..., Sandbox], library: str) -> None:
    sandbox = xportcn_new_sandbox("--fault", "kinds=slow,slow-ms=60000")

    async def run() -> None:
        async with sandbox.async_client(timeout=0.3, max_retries=0) as client:
            with pytest.raises(xportcn.TimeoutError):
                await client.taobao.after_sale.render(**RENDER)
            with pytest.raises(xportcn.AmbiguousWriteError) as lost:
                await client.taobao.order.purchase_create(**CREATE)
            assert isinstance(lost.value.cause, xportcn.TimeoutError)

    started = time.monotonic()
    anyio.run(run, backend=library)
    assert time.monotonic() - started < 10


@BOTH
def test_a_task_that_is_cancelled_ends_its_write_and_the_log_says_so(
    xportcn_new_sandbox: Callable[..., Sandbox], library: str, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox = xportcn_new_sandbox("--fault", "kinds=slow,slow-ms=60000,count=1")

    async def run() -> None:
        async with sandbox.async_client() as client:
            with anyio.move_on_after(0.5) as scope:
                await client.taobao.order.purchase_create(**CREATE)
            assert scope.cancelled_caught
            assert await client.taobao.after_sale.render(**RENDER)

    with caplog.at_level(logging.WARNING, "xportcn"):
        anyio.run(run, backend=library)
    assert "purchase_create may have been carried out" in caplog.text


@BOTH
def test_a_pushed_message_ends_a_pause_of_a_wait_from_any_thread(library: str) -> None:
    states = iter([0, 0, 11, 11, 11])
    looked: List[float] = []

    def reply(received: Received) -> bytes:
        looked.append(time.monotonic())
        return answer({"code": 200, "data": {"orderId": "1", "orderStatus": next(states)}})

    async def run(url: str) -> Any:
        async with xportcn.AsyncClient(*ACCOUNT, base_url=url, wait_timeout=60) as client:
            waited: List[Any] = []

            async def wait() -> None:
                waited.append(await client.taobao.order.wait_until("shipped", order_id="1"))

            message = b'{"messageType":"ORDER_SHIPPED","messageBody":{"orderId":"1"},"messagePlatform":0}'
            key, secret, _ = ACCOUNT
            signature = hmac.new(secret.encode(), key.encode() + message, hashlib.sha256).hexdigest()
            async with anyio.create_task_group() as group:
                group.start_soon(wait)
                with anyio.fail_after(20):
                    while not waited:
                        await anyio.sleep(0.05)
                        await anyio.to_thread.run_sync(client.on_push, client.verify_push(signature, message))
            return waited[0]

    with platform(reply) as peer:
        waited = anyio.run(run, peer.url, backend=library)
    assert waited.is_reached and len(looked) >= 3
    assert looked[-1] - looked[0] < 2, "the pauses were waited for"


@BOTH
def test_a_journal_settles_and_recovers(
    xportcn_new_sandbox: Callable[..., Sandbox], tmp_path: pathlib.Path, library: str
) -> None:
    sandbox = xportcn_new_sandbox("--fault", "endpoint=taobao.order.purchase_create,kinds=reset,when=after,count=1")

    purchase = {**examples()["taobao.order.purchase_create"], "sellerOrderNumber": "t-1"}

    async def run() -> Any:
        with Journal(tmp_path / "orders.journal") as journal:
            async with sandbox.async_client(recovery_window=3, initial_backoff=0.01) as client:
                ended = await journal.settle(client, "taobao.order.purchase_create", purchase)
                assert await journal.recover_open(client) == []
                return ended

    ended = anyio.run(run, backend=library)
    assert isinstance(ended, xportcn.Outcome) and ended.is_done


@BOTH
def test_a_transport_and_an_httpx_client_of_the_callers_own(xportcn_sandbox: Sandbox, library: str) -> None:
    class Slow:
        async def send(self, request: xportcn.Request, timeout: float, max_bytes: int) -> xportcn.Response:
            await anyio.sleep(60)
            raise AssertionError("nobody waits as long")

        async def aclose(self) -> None:
            pass

    async def run() -> None:
        async with xportcn.AsyncClient(*ACCOUNT, transport=Slow(), timeout=0.05, max_retries=0) as client:
            with pytest.raises(xportcn.TimeoutError):
                await client.taobao.after_sale.render(**RENDER)
        async with httpx.AsyncClient() as own, xportcn_sandbox.async_client(http_client=own) as client:
            assert await client.taobao.after_sale.render(**RENDER)

    anyio.run(run, backend=library)


def test_a_loop_of_trio_leaves_no_connection_open() -> None:
    with platform(lambda received: answer(ORDERS)) as peer:
        client = xportcn.AsyncClient(*ACCOUNT, base_url=peer.url)

        async def run() -> None:
            await client.taobao.order.get(order_id="1")

        trio.run(run)
        (connection,) = peer.connections
        end = time.monotonic() + 5
        while connection.fileno() != -1 and time.monotonic() < end:
            time.sleep(0.01)
        assert connection.fileno() == -1, "the other side still has it"


def test_what_is_awaited_in_no_loop_is_refused_before_anything_is_sent() -> None:
    client = xportcn.AsyncClient(*ACCOUNT)
    for call in (client.taobao.order.purchase_pay(order_id="1"), client.alibaba.product.keyword_search(keyword="x")):
        with pytest.raises(xportcn.MisuseError, match="asyncio or of trio, and none runs here"):
            call.send(None)
