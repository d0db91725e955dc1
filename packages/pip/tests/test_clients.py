"""The clients as their users see them: errors, transports, threads, cancellation."""

import asyncio
import copy
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from decimal import Decimal
from typing import Any, Callable, Dict, List

import httpx
import pytest
from conftest import told

import xportcn
from xportcn import pytest_plugin
from xportcn.pytest_plugin import Sandbox

RENDER: Dict[str, Any] = {"sub_order_id": "1034499579120189839", "goods_status": 1, "refund_type": 1}
ACCOUNT = ("sandbox-key", "sandbox-secret", "sandbox-user")
FAULTS = "rate=0.3,kinds=503|429|reset|truncate|slow|html|garbage,slow-ms=20000,seed=7"
CREATE: Dict[str, Any] = {
    "order_line_list": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
    "purchase_amount": 1,
    "receiver": {
        "name": "张三",
        "mobilePhone": "13800000000",
        "state": "浙江省",
        "city": "杭州市",
        "district": "余杭区",
        "address": "象山路1号",
        "zip": "310024",
    },
}


def test_amounts_and_times_have_their_types(client: xportcn.Client) -> None:
    page = client.alibaba.product.keyword_search(keyword="鞋")
    prices = [offer.price_info for offer in page.data or [] if offer and offer.price_info]
    assert prices and all(isinstance(price.price, Decimal) for price in prices if price.price is not None)


def test_items_go_on_to_the_last_page(client: xportcn.Client) -> None:
    total = client.alibaba.product.keyword_search(keyword="鞋").total_records
    ids = [offer.offer_id for offer in client.alibaba.product.keyword_search.items(keyword="鞋", page_size=7)]
    assert len(ids) == total
    assert len(set(ids)) == total
    assert total is not None and total > 7


def test_items_are_awaited_one_by_one(xportcn_sandbox: Sandbox) -> None:
    async def run() -> List[Any]:
        async with xportcn_sandbox.async_client() as client:
            search = client.alibaba.product.keyword_search
            pages = [page async for page in search.pages(keyword="鞋", page_size=7)]
            items = [item async for item in search.items(keyword="鞋", page_size=7)]
            return [sum(len(page.data or []) for page in pages), len(items)]

    counted = asyncio.run(run())
    assert counted[0] == counted[1] > 7


def test_what_is_wrong_is_refused_before_it_is_sent() -> None:
    with xportcn.Client(*ACCOUNT, base_url="http://127.0.0.1:1") as client:
        wrong: Dict[str, Any] = {**CREATE, "order_line_list": [{"itemId": "1", "skuId": "2", "quantity": "x"}]}
        with pytest.raises(xportcn.InvalidRequestError) as refused:
            client.taobao.order.purchase_create(**wrong)
        assert refused.value.path == "order_line_list[0].quantity"
        assert "`order_line_list[0].quantity`" in str(refused.value)
        assert refused.value.endpoint == "taobao.order.purchase_create"
        with pytest.raises(xportcn.InvalidRequestError):
            client.request("taobao.order.nothing", {})


def test_settings_are_checked_and_the_secret_is_not_shown() -> None:
    with pytest.raises(xportcn.ConfigError) as refused:
        xportcn.Client("key", "Very-Secret-Words", "user", base_url="http://example.com")
    assert refused.value.field == "base_url"
    with pytest.raises(xportcn.ConfigError) as refused:
        xportcn.Client("key", "Very-Secret\nWords", "user")
    assert "Very-Secret" not in str(refused.value)
    shown = repr(xportcn.Client("key", "Very-Secret-Words", "user"))
    assert "user" in shown
    assert "Very-Secret" not in shown


def test_a_refusal_of_the_platform(sandbox_with: Callable[..., Sandbox]) -> None:
    sandbox = sandbox_with()
    with xportcn.Client("sandbox-key", "wrong-secret", "sandbox-user", base_url=sandbox.url) as client:
        with pytest.raises(xportcn.ApiError) as refused:
            client.taobao.after_sale.render(**RENDER)
    assert refused.value.code
    assert refused.value.message
    assert "wrong-secret" not in str(refused.value)
    same = pickle.loads(pickle.dumps(refused.value))
    assert (type(same), str(same), same.code) == (xportcn.ApiError, str(refused.value), refused.value.code)


def test_no_connection() -> None:
    with xportcn.Client(*ACCOUNT, base_url="http://127.0.0.1:1", retries=1, backoff=0.001) as client:
        with pytest.raises(xportcn.TransportError) as lost:
            client.taobao.after_sale.render(**RENDER)
    assert lost.value.transport_kind == "connect"
    assert isinstance(lost.value.__cause__, xportcn.TransportFailure)
    assert isinstance(lost.value.__cause__.__cause__, httpx.ConnectError)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("503", xportcn.HttpError),
        ("html", xportcn.DecodeError),
        ("truncate", xportcn.TransportError),
        ("slow", xportcn.TimeoutError),
        ("reset", xportcn.TransportError),
    ],
)
def test_faults_are_told_apart_and_a_write_is_ambiguous(
    sandbox_with: Callable[..., Sandbox], kind: str, error: Any
) -> None:
    sandbox = sandbox_with("--fault", f"kinds={kind},slow-ms=5000")
    with xportcn.Client(*ACCOUNT, base_url=sandbox.url, retries=0, timeout=0.5) as client:
        with pytest.raises((error, xportcn.DecodeError)):
            client.taobao.after_sale.render(**RENDER)
        with pytest.raises(xportcn.AmbiguousWriteError) as lost:
            client.taobao.order.purchase_create(**CREATE, seller_order_number="1")
        assert "taobao." in lost.value.find_out
        assert isinstance(lost.value.cause, (error, xportcn.DecodeError))


def test_a_transport_that_raises_is_the_cause() -> None:
    class Broken:
        def send(self, request: xportcn.Request, timeout: float, max_bytes: int) -> xportcn.Response:
            raise RuntimeError(f"cannot send with {dict(request.headers)['signature']}")

        def close(self) -> None:
            pass

    with xportcn.Client(*ACCOUNT, transport=Broken(), retries=0) as client:
        with pytest.raises(xportcn.TransportError) as lost:
            client.taobao.after_sale.render(**RENDER)
    assert isinstance(lost.value.__cause__, RuntimeError)
    assert "RuntimeError" in lost.value.detail
    assert "***" in lost.value.detail, "the signature is shown"


def test_other_transports(xportcn_sandbox: Sandbox) -> None:
    import requests
    import urllib3

    class ByRequests:
        def __init__(self) -> None:
            self.session = requests.Session()

        def send(self, request: xportcn.Request, timeout: float, max_bytes: int) -> xportcn.Response:
            answer = self.session.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                data=request.body,
                timeout=timeout,
                allow_redirects=False,
            )
            return xportcn.Response(answer.status_code, list(answer.headers.items()), answer.content)

        def close(self) -> None:
            self.session.close()

    class ByUrllib3:
        def __init__(self) -> None:
            self.pool = urllib3.PoolManager(retries=False)

        def send(self, request: xportcn.Request, timeout: float, max_bytes: int) -> xportcn.Response:
            answer = self.pool.request(
                request.method,
                request.url,
                headers=dict(request.headers),
                body=request.body,
                timeout=timeout,
                redirect=False,
            )
            return xportcn.Response(answer.status, list(answer.headers.items()), answer.data)

        def close(self) -> None:
            self.pool.clear()

    for transport in (ByRequests(), ByUrllib3()):
        with xportcn.Client(*ACCOUNT, base_url=xportcn_sandbox.url, transport=transport) as client:
            assert client.taobao.after_sale.render(**RENDER).currency


def test_another_transport_to_await(xportcn_sandbox: Sandbox) -> None:
    import aiohttp

    class ByAiohttp:
        def __init__(self, session: aiohttp.ClientSession) -> None:
            self.session = session

        async def send(self, request: xportcn.Request, timeout: float, max_bytes: int) -> xportcn.Response:
            async with self.session.request(
                request.method,
                request.url,
                headers=list(request.headers),
                data=request.body,
                allow_redirects=False,
            ) as answer:
                return xportcn.Response(answer.status, list(answer.headers.items()), await answer.read())

        async def aclose(self) -> None:
            await self.session.close()

    async def run() -> Any:
        transport = ByAiohttp(aiohttp.ClientSession())
        async with xportcn.AsyncClient(*ACCOUNT, base_url=xportcn_sandbox.url, transport=transport) as client:
            return await client.taobao.after_sale.render(**RENDER)

    assert asyncio.run(run()).currency


def test_sixteen_threads_share_a_client(client: xportcn.Client) -> None:
    results: List[Any] = []

    def work() -> None:
        results.extend(client.taobao.after_sale.render(**RENDER).currency for _ in range(10))

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 160
    assert all(results)


def test_sixty_four_calls_at_once_over_one_client(xportcn_sandbox: Sandbox) -> None:
    async def run() -> List[Any]:
        async with xportcn_sandbox.async_client() as client:
            return await asyncio.gather(*(client.taobao.after_sale.render(**RENDER) for _ in range(64)))

    assert len([rendered for rendered in asyncio.run(run()) if rendered.currency]) == 64


def test_a_thousand_reads_through_three_faults_in_ten_all_succeed(sandbox_with: Callable[..., Sandbox]) -> None:
    sandbox = sandbox_with("--fault", FAULTS)
    # 0.3 to the 18th, of a thousand calls: less than one in a million.
    retries = 17
    assert 1000 * 0.3 ** (retries + 1) < 1e-6

    async def run() -> List[Any]:
        async with xportcn.AsyncClient(
            *ACCOUNT, base_url=sandbox.url, retries=retries, backoff=0.001, backoff_cap=0.02, timeout=1.5, deadline=120
        ) as client:
            lanes = asyncio.Semaphore(32)

            async def one() -> Any:
                async with lanes:
                    return await client.taobao.after_sale.render(**RENDER)

            return await asyncio.gather(*(one() for _ in range(1000)))

    results = asyncio.run(asyncio.wait_for(run(), 240))
    assert sum(rendered.currency is not None for rendered in results) == 1000
    tally = told(sandbox.url, "faults")
    # 1000 / 0.7 attempts, and six deviations of 25.
    assert abs(tally["calls"] - 1429) < 150, tally


def test_two_hundred_writes_through_three_faults_in_ten_do_nothing_twice(sandbox_with: Callable[..., Sandbox]) -> None:
    sandbox = sandbox_with("--fault", FAULTS)

    async def run() -> Dict[str, str]:
        async with xportcn.AsyncClient(*ACCOUNT, base_url=sandbox.url, backoff=0.001, timeout=1.5) as client:
            lanes = asyncio.Semaphore(32)

            async def one(number: str) -> str:
                async with lanes:
                    try:
                        await client.taobao.order.purchase_create(**CREATE, seller_order_number=number)
                    except xportcn.AmbiguousWriteError:
                        return "ambiguous"
                    except xportcn.XportcnError:
                        return "not done"
                    return "done"

            numbers = [f"python-{number}" for number in range(200)]
            return dict(zip(numbers, await asyncio.gather(*map(one, numbers))))

    said = asyncio.run(asyncio.wait_for(run(), 240))
    ledger = told(sandbox.url, "ledger")
    created = [entry["reference"] for entry in ledger["entries"] if entry["deed"] == "created"]
    assert len(created) == len(set(created)), "an order was created twice"
    assert all(said[reference] in ("done", "ambiguous") for reference in created)
    assert all(reference in created for reference, how in said.items() if how == "done")
    assert {"done", "ambiguous", "not done"} == set(said.values())


def test_an_interrupt_ends_a_wait_at_once() -> None:
    program = """
import sys, xportcn
client = xportcn.Client("k", "s", "u", base_url="http://127.0.0.1:1", retries=9, backoff=60, backoff_cap=60, deadline=900)
print("ready", flush=True)
try:
    client.taobao.after_sale.render(sub_order_id="1", goods_status=1, refund_type=1)
except KeyboardInterrupt:
    sys.exit(7)
"""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.7)
    started = time.monotonic()
    os.kill(process.pid, signal.SIGINT)
    assert process.wait(10) == 7
    assert time.monotonic() - started < 2


def test_a_task_that_is_cancelled_says_what_a_write_may_have_done(
    sandbox_with: Callable[..., Sandbox], caplog: pytest.LogCaptureFixture
) -> None:
    sandbox = sandbox_with("--fault", "kinds=slow,slow-ms=5000")

    async def run() -> None:
        async with xportcn.AsyncClient(*ACCOUNT, base_url=sandbox.url) as client:
            with caplog.at_level(logging.WARNING, "xportcn"):
                await asyncio.wait_for(client.taobao.order.purchase_create(**CREATE), 0.3)

    started = time.monotonic()
    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(run())
    assert time.monotonic() - started < 3
    assert any("may have been carried out" in record.getMessage() for record in caplog.records)


def test_replies_are_copied_and_pickled(client: xportcn.Client) -> None:
    reply = client.with_reply.taobao.after_sale.render(**RENDER)
    assert pickle.loads(pickle.dumps(reply)) == reply
    assert copy.deepcopy(reply) == reply
    assert copy.copy(reply.data) == reply.data
    with pytest.raises(AttributeError):
        reply.data.currency = "EUR"  # type: ignore[misc]
    assert reply.data.to_dict()["currency"] == reply.data.currency


def test_a_closed_client_says_so(xportcn_sandbox: Sandbox) -> None:
    client = xportcn_sandbox.client()
    client.close()
    with pytest.raises(xportcn.ClosedError, match="has been closed"):
        client.taobao.after_sale.render(**RENDER)

    async def run() -> None:
        awaited = xportcn_sandbox.async_client()
        await awaited.aclose()
        await awaited.taobao.after_sale.render(**RENDER)

    with pytest.raises(xportcn.ClosedError):
        asyncio.run(run())


def test_options_of_a_view_do_not_change_the_client(sandbox_with: Callable[..., Sandbox]) -> None:
    sandbox = sandbox_with("--fault", "kinds=503,count=1")
    with xportcn.Client(*ACCOUNT, base_url=sandbox.url, backoff=0.001) as client:
        with pytest.raises(xportcn.HttpError):
            client.with_options(retries=0).taobao.after_sale.render(**RENDER)
        assert client.taobao.after_sale.render(**RENDER).currency
    assert pytest_plugin.program()


def test_memory_stays_flat_over_many_calls() -> None:
    import tracemalloc

    body = b'{"code":200,"requestId":"r","data":{"currency":"CNY","distributorId":"20001"}}'

    class Local:
        def send(self, request: xportcn.Request, timeout: float, max_bytes: int) -> xportcn.Response:
            return xportcn.Response(200, [], body)

        def close(self) -> None:
            pass

    with xportcn.Client(*ACCOUNT, transport=Local()) as client:
        for _ in range(2_000):
            client.taobao.after_sale.render(**RENDER)
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(20_000):
            client.taobao.after_sale.render(**RENDER)
        grown = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
    assert grown < 50_000, grown
