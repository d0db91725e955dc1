"""Clients of httpx2, which goes on from httpx and needs Python 3.11."""

import asyncio
import logging
import subprocess
import sys
from typing import Any, Callable, List

import pytest
from conftest import ACCOUNT, CREATE, RENDER, examples
from peers import Received, answer, platform

import xportcn
from xportcn.sandbox import Sandbox

if sys.version_info >= (3, 11):
    import httpx2

    def test_a_client_of_httpx2_carries_the_calls_and_stays_open(xportcn_sandbox: Sandbox) -> None:
        async def awaited() -> bool:
            async with httpx2.AsyncClient() as own:
                async with xportcn_sandbox.async_client(http_client=own) as client:
                    assert (await client.taobao.after_sale.render(**RENDER)).currency
                return own.is_closed

        with httpx2.Client() as own:
            with xportcn_sandbox.client(http_client=own) as client:
                reply = client.with_reply.taobao.after_sale.render(**RENDER)
                assert reply.data.currency and reply.status == 200 and reply.headers["content-type"]
            assert not own.is_closed
        assert asyncio.run(awaited()) is False
        with xportcn_sandbox.client(http_client=own) as client, pytest.raises(xportcn.TransportError, match="closed"):
            client.taobao.order.purchase_create(**CREATE)
        for wrong in (httpx2.AsyncClient(), httpx2.URL("http://localhost"), 7):
            with pytest.raises(xportcn.ConfigError, match="or one of httpx2"):
                xportcn.Client(*ACCOUNT, http_client=wrong)  # type: ignore[arg-type]

    def test_a_client_of_httpx2_tells_what_may_have_been_sent(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
        with httpx2.Client(trust_env=False) as own:
            settings: Any = {"base_url": "http://127.0.0.1:1", "http_client": own, "max_retries": 0}
            with xportcn.Client(*ACCOUNT, **settings) as client, pytest.raises(xportcn.TransportError) as refused:
                client.taobao.order.purchase_create(**CREATE)
        assert refused.value.transport_kind == "connect"
        sandbox = xportcn_new_sandbox("--fault", "kinds=slow,slow-ms=60000")
        with httpx2.Client(trust_env=False) as own, sandbox.client(http_client=own, timeout=0.5) as client:
            with pytest.raises(xportcn.AmbiguousWriteError) as lost:
                client.taobao.order.purchase_create(**CREATE)
        assert isinstance(lost.value.cause, xportcn.TimeoutError)
        sandbox = xportcn_new_sandbox("--fault", "kinds=reset")
        with httpx2.Client(trust_env=False) as own, sandbox.client(http_client=own) as client:
            with pytest.raises(xportcn.AmbiguousWriteError) as reset:
                client.taobao.order.purchase_create(**CREATE)
        assert getattr(reset.value.cause, "transport_kind", "") == "reset"

    def test_the_log_of_httpx2_has_no_signature(xportcn_sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.INFO), httpx2.Client() as own, xportcn_sandbox.client(http_client=own) as client:
            client.request("warehouse.preview_freight", examples()["warehouse.preview_freight"])
        (line,) = [record.getMessage() for record in caplog.records if record.name == "httpx2"]
        assert "timestamp=" in line and "sign=***" in line

    def test_a_client_of_httpx2_is_named_by_the_user_agent() -> None:
        seen: List[Received] = []

        def reply(received: Received) -> bytes:
            seen.append(received)
            return answer({"code": 200, "data": {}})

        with platform(reply) as peer:
            for headers in ({}, {"user-agent": "shop/1"}):
                with httpx2.Client(headers=headers) as own:
                    xportcn.Client(*ACCOUNT, base_url=peer.url, http_client=own).taobao.order.get(order_id="1")
        ours, named = (received.headers["user-agent"] for received in seen)
        assert ours.startswith("xportcn-python/") and ours.endswith(f" httpx2/{httpx2.__version__}")
        assert named == "shop/1"

    def test_a_program_that_takes_httpx2_for_httpx_makes_calls(xportcn_sandbox: Sandbox) -> None:
        program = (
            "import httpx2; httpx2.alias_httpx(); import sys, xportcn\n"
            f"client = xportcn.Client(*{ACCOUNT!r}, base_url=sys.argv[1])\n"
            f"print(client.taobao.after_sale.render(**{RENDER!r}).currency)\n"
        )
        command = [sys.executable, "-c", program, xportcn_sandbox.url]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0 and done.stdout.strip(), done.stderr
