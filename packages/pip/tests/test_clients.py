"""The clients as their users see them: pages, options, threads, cancellation, and what becomes of a closed one."""

import asyncio
import copy
import json
import logging
import pathlib
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Callable, List

import pytest
from conftest import ACCOUNT, CREATE, RENDER, through_local_answers

import xportcn
from xportcn.sandbox import Sandbox


def test_amounts_have_their_type(client: xportcn.Client) -> None:
    page = client.alibaba.product.keyword_search(keyword="鞋")
    prices = [offer.price_info for offer in page.data or [] if offer and offer.price_info]
    assert prices and all(isinstance(price.price, Decimal) for price in prices if price.price is not None)


def test_times_are_aware_datetimes_of_beijing() -> None:
    with through_local_answers(b'{"code":200,"data":{"subOrders":[{"payTime":"2024-08-01 12:00:00"}]}}') as client:
        order = client.taobao.order.get(order_id="1")
    line = (order.sub_orders or [])[0]
    assert line is not None and line.pay_time == datetime(2024, 8, 1, 4, tzinfo=timezone.utc)
    assert line.pay_time.utcoffset() == timedelta(hours=8)


def test_items_go_on_to_the_last_page(client: xportcn.Client) -> None:
    total = client.alibaba.product.keyword_search(keyword="鞋").total_records
    ids = [offer.offer_id for offer in client.alibaba.product.keyword_search.items(keyword="鞋", page_size=7)]
    assert len(ids) == total
    assert len(set(ids)) == total
    assert total is not None and total > 7


def test_pages_come_with_their_whole_replies(client: xportcn.Client) -> None:
    replies = list(client.with_reply.alibaba.product.keyword_search.pages(keyword="鞋", page_size=7))
    assert len(replies) > 1
    assert len({reply.request_id for reply in replies}) == len(replies)
    assert sum(len(reply.data.data or []) for reply in replies) == replies[0].data.total_records


def test_copy_replace_gives_the_client_with_other_options(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    # Python 3.13 has it as `copy.replace`.
    replace: Any = getattr(copy, "replace", lambda client, **options: client.__replace__(**options))
    sandbox = xportcn_new_sandbox("--fault", "kinds=503,count=2")
    with sandbox.client(initial_backoff=0.001) as client:
        with pytest.raises(xportcn.HttpError):
            replace(client, max_retries=0).taobao.after_sale.render(**RENDER)
        assert replace(replace(client, max_retries=0), max_retries=1).taobao.after_sale.render(**RENDER).currency
        with pytest.raises(xportcn.ConfigError, match="max_retries"):
            replace(client, max_retries=-1)
        with pytest.raises(TypeError, match="colour"):
            replace(client, colour="red")
    assert sandbox.faults()["calls"] == 3
    with pytest.raises(xportcn.ClosedError):
        replace(client, max_retries=0).taobao.after_sale.render(**RENDER)
    other = replace(xportcn.AsyncClient(*ACCOUNT), timeout=5)
    assert isinstance(other, xportcn.AsyncClient)


def test_items_and_pages_are_awaited_one_by_one(xportcn_sandbox: Sandbox) -> None:
    async def run() -> List[int]:
        async with xportcn_sandbox.async_client() as client:
            search = client.alibaba.product.keyword_search
            pages = [page async for page in search.pages(keyword="鞋", page_size=7)]
            items = [item async for item in search.items(keyword="鞋", page_size=7)]
            whole = client.with_reply.alibaba.product.keyword_search
            replies = [reply async for reply in whole.pages(keyword="鞋", page_size=7)]
            return [
                sum(len(page.data or []) for page in pages),
                len(items),
                sum(len(reply.data.data or []) for reply in replies if reply.request_id),
            ]

    counted = asyncio.run(run())
    assert counted[0] == counted[1] == counted[2] > 7


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


def test_an_interrupt_ends_a_wait_at_once() -> None:
    program = """
import logging, signal, sys, xportcn
logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)
# What a script runs in the background begins with interrupts ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

class Busy:
    def send(self, request, timeout, max_bytes):
        return xportcn.Response(503, [("retry-after", "300")], b"")
    def close(self):
        pass

client = xportcn.Client("k", "s", "u", transport=Busy(), deadline=900)
try:
    client.taobao.after_sale.render(sub_order_id="1", goods_status=1, refund_type=1)
except KeyboardInterrupt:
    sys.exit(7)
"""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert any("waiting 300000 ms" in line for line in process.stdout), "it does not wait"
        process.send_signal(signal.SIGINT)
        started = time.monotonic()
        try:
            assert process.wait(60) == 7
        finally:
            process.kill()
        assert time.monotonic() - started < 30


def test_a_task_that_is_cancelled_says_what_a_write_may_have_done(
    xportcn_new_sandbox: Callable[..., Sandbox], caplog: pytest.LogCaptureFixture
) -> None:
    sandbox = xportcn_new_sandbox("--fault", "kinds=slow,slow-ms=60000")

    async def run() -> None:
        async with sandbox.async_client() as client:
            with caplog.at_level(logging.WARNING, "xportcn"):
                await asyncio.wait_for(client.taobao.order.purchase_create(**CREATE), 0.5)

    started = time.monotonic()
    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(run())
    assert time.monotonic() - started < 30
    assert any("may have been carried out" in record.getMessage() for record in caplog.records)


def test_a_closed_client_says_so(xportcn_sandbox: Sandbox) -> None:
    client = xportcn_sandbox.client()
    view = client.with_options(max_retries=1)
    client.close()
    client.close()
    search = client.alibaba.product.keyword_search
    for call in (
        lambda: client.taobao.after_sale.render(**RENDER),
        lambda: view.taobao.after_sale.render(**RENDER),
        lambda: client.request("taobao.after_sale.render", {}),
        lambda: list(search.items(keyword="鞋")),
        client.__enter__,
    ):
        with pytest.raises(xportcn.ClosedError, match="has been closed"):
            call()

    async def run() -> None:
        awaited = xportcn_sandbox.async_client()
        await awaited.aclose()
        await awaited.taobao.after_sale.render(**RENDER)

    with pytest.raises(xportcn.ClosedError):
        asyncio.run(run())


def test_options_of_a_view_do_not_change_the_client(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = xportcn_new_sandbox("--fault", "kinds=503,count=1")
    with sandbox.client(initial_backoff=0.001) as client:
        with pytest.raises(xportcn.HttpError):
            client.with_options(max_retries=0).taobao.after_sale.render(**RENDER)
        assert client.taobao.after_sale.render(**RENDER).currency


def test_options_of_views_add_up(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = xportcn_new_sandbox("--fault", "kinds=503,count=5")
    with sandbox.client(max_retries=0) as client:
        patient = client.with_options(initial_backoff=0.001).with_options(max_retries=5).with_options(timeout=20)
        assert patient.with_reply.taobao.after_sale.render(**RENDER).data.currency


def test_paths_of_the_environment(
    xportcn_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    file = tmp_path / "paths.json"
    monkeypatch.setenv("XPORTCN_PATHS", str(file))

    def made(**settings: Any) -> xportcn.Client:
        return xportcn.Client(*ACCOUNT, base_url=xportcn_sandbox.url, **settings)

    file.write_text('{"taobao.after_sale.render": "/open/nowhere"}')
    with made() as client, pytest.raises(xportcn.XportcnError):
        client.taobao.after_sale.render(**RENDER)
    for encoding in ("utf-8-sig", "utf-16"):
        file.write_text('{"taobao.after_sale.render": "/open/nowhere"}', encoding=encoding)
        with made() as client, pytest.raises(xportcn.XportcnError):
            client.taobao.after_sale.render(**RENDER)
    with made(paths={}) as client:
        assert client.taobao.after_sale.render(**RENDER).currency
    for content, words in [
        ('{"taobao.after_sale.rendr": "/x"}', "did you mean `taobao.after_sale.render`"),
        ("{", "XPORTCN_PATHS"),
        ("[]", "must be paths by the ids"),
        (None, "XPORTCN_PATHS"),
    ]:
        if content is None:
            file.unlink()
        else:
            file.write_text(content)
        with pytest.raises(xportcn.ConfigError, match=words) as wrong:
            made()
        assert wrong.value.field == "paths"
    monkeypatch.setenv("XPORTCN_PATHS", "")
    with made() as client:
        assert client.taobao.after_sale.render(**RENDER).currency


def test_the_shapes_of_replies(xportcn_sandbox: Sandbox) -> None:
    for observe in (True, False):
        with xportcn.Client(*ACCOUNT, base_url=xportcn_sandbox.url, observe=observe) as client:
            currency = client.taobao.after_sale.render(**RENDER).currency
            shapes = client.shapes()
        assert currency and currency not in shapes
        row = json.loads(shapes)["rows"].get("taobao.after_sale.render")
        assert (row is not None) is observe
        if row is not None:
            assert row["body"]["members"]["data"]["members"]["currency"] == {"types": {"text": 1}}


def test_an_account_of_the_environment(xportcn_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in zip(("ACCESS_KEY", "ACCESS_SECRET", "USER_ID"), ACCOUNT):
        monkeypatch.setenv(f"XPORTCN_{name}", value)
    monkeypatch.setenv("XPORTCN_BASE_URL", xportcn_sandbox.url)
    with xportcn.Client() as client:
        assert client.taobao.after_sale.render(**RENDER).currency
    with xportcn.Client(user_id="another") as client, pytest.raises(xportcn.ApiError):
        client.taobao.after_sale.render(**RENDER)
    monkeypatch.delenv("XPORTCN_USER_ID")
    with pytest.raises(xportcn.ConfigError, match="XPORTCN_USER_ID") as missing:
        xportcn.Client()
    assert missing.value.field == "user_id"
