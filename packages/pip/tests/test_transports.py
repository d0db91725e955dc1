"""What carries requests: httpx as it comes or as the user sets it up, and others."""

import asyncio
import importlib.util
import pathlib
from typing import Any, Callable, List

import httpx
import pytest
from conftest import ACCOUNT, CREATE, RENDER
from peers import Received, answer, platform, proxy

import xportcn
from xportcn.sandbox import Sandbox

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent / "examples"


def example(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TRANSPORTS = [("by_requests", "RequestsTransport"), ("by_urllib3", "Urllib3Transport")]


@pytest.mark.parametrize(("module", "name"), TRANSPORTS)
def test_another_transport(xportcn_new_sandbox: Callable[..., Sandbox], module: str, name: str) -> None:
    kind = getattr(example(module), name)
    sandbox = xportcn_new_sandbox()
    with sandbox.client(transport=kind()) as client:
        assert client.taobao.after_sale.render(**RENDER).currency
        client.taobao.order.purchase_create(**CREATE)
    with sandbox.client(transport=kind(), max_reply_bytes=20, max_retries=0) as client:
        with pytest.raises(xportcn.DecodeError):
            client.taobao.after_sale.render(**RENDER)


@pytest.mark.parametrize(("module", "name"), TRANSPORTS)
def test_another_transport_tells_what_may_have_been_sent(
    xportcn_new_sandbox: Callable[..., Sandbox], module: str, name: str
) -> None:
    kind = getattr(example(module), name)
    with xportcn.Client(*ACCOUNT, base_url="http://127.0.0.1:1", transport=kind(), max_retries=0) as client:
        with pytest.raises(xportcn.TransportError) as lost:
            client.taobao.order.purchase_create(**CREATE)
    assert lost.value.transport_kind == "connect"
    sandbox = xportcn_new_sandbox("--fault", "kinds=slow,slow-ms=60000")
    with sandbox.client(transport=kind(), max_retries=0, timeout=0.5) as client:
        with pytest.raises(xportcn.AmbiguousWriteError) as ambiguous:
            client.taobao.order.purchase_create(**CREATE)
    assert isinstance(ambiguous.value.cause, xportcn.TimeoutError)


@pytest.mark.parametrize("status", ["403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"])
def test_a_proxy_of_another_transport_that_refuses_to_connect_was_sent_nothing(
    monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    import aiohttp
    import urllib3

    def pay(transport: Any) -> None:
        settings = {"base_url": "https://platform.invalid", "max_retries": 0, "transport": transport}
        with xportcn.Client(*ACCOUNT, **settings) as client:
            client.taobao.order.purchase_pay(order_id="1")

    async def pay_in_a_loop() -> None:
        transport = example("by_aiohttp").AiohttpTransport(aiohttp.ClientSession(trust_env=True))
        settings = {"base_url": "https://platform.invalid", "max_retries": 0, "transport": transport}
        async with xportcn.AsyncClient(*ACCOUNT, **settings) as client:
            await client.taobao.order.purchase_pay(order_id="1")

    seen: List[Received] = []
    with proxy(answer(b"no", status), seen) as between:
        monkeypatch.setenv("https_proxy", between.url)
        by_requests = example("by_requests").RequestsTransport()
        by_requests.session.proxies = {"https": between.url}
        by_urllib3 = example("by_urllib3").Urllib3Transport()
        by_urllib3.pool = urllib3.ProxyManager(between.url, retries=False)
        for call in (
            lambda: pay(by_requests),
            lambda: pay(by_urllib3),
            lambda: asyncio.run(pay_in_a_loop()),
        ):
            with pytest.raises(xportcn.TransportError) as lost:
                call()
            assert lost.value.transport_kind == "connect"
    assert [received.line.rpartition(" ")[0] for received in seen] == ["CONNECT platform.invalid:443"] * 3


def test_requests_shows_no_proxy_of_the_environment_what_is_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: List[Received] = []
    paid = answer({"code": 200, "data": {}})
    with proxy(answer(b"no", "502 Bad Gateway"), seen) as between, platform(lambda received: paid) as peer:
        monkeypatch.setenv("HTTP_PROXY", between.url)
        monkeypatch.setenv("http_proxy", between.url)
        transport = example("by_requests").RequestsTransport()
        with xportcn.Client(*ACCOUNT, base_url=peer.url, transport=transport, max_retries=0) as client:
            client.taobao.order.purchase_pay(order_id="1")
    assert seen == []


def test_another_transport_to_await(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    import aiohttp

    kind = example("by_aiohttp").AiohttpTransport
    sandbox = xportcn_new_sandbox()

    async def run() -> Any:
        async with sandbox.async_client(transport=kind(aiohttp.ClientSession())) as client:
            assert (await client.taobao.after_sale.render(**RENDER)).currency
        async with sandbox.async_client(
            transport=kind(aiohttp.ClientSession()), max_reply_bytes=20, max_retries=0
        ) as client:
            with pytest.raises(xportcn.DecodeError):
                await client.taobao.after_sale.render(**RENDER)
        lost = {"base_url": "http://127.0.0.1:1", "max_retries": 0}
        async with xportcn.AsyncClient(*ACCOUNT, transport=kind(aiohttp.ClientSession()), **lost) as client:
            with pytest.raises(xportcn.TransportError) as refused:
                await client.taobao.order.purchase_create(**CREATE)
        assert refused.value.transport_kind == "connect"

    asyncio.run(run())


class Answers:
    """A transport that does as it is told."""

    def __init__(self, answer: Callable[[xportcn.Request], Any]) -> None:
        self.answer = answer
        self.calls = 0

    def send(self, request: xportcn.Request, timeout: float, max_bytes: int) -> xportcn.Response:
        self.calls += 1
        given: xportcn.Response = self.answer(request)
        return given

    def close(self) -> None:
        pass


def test_a_transport_that_raises_is_the_cause() -> None:
    def broken(request: xportcn.Request) -> Any:
        raise RuntimeError(f"cannot send with {dict(request.headers)['signature']}")

    with xportcn.Client(*ACCOUNT, transport=Answers(broken), max_retries=0) as client:
        with pytest.raises(xportcn.TransportError) as lost:
            client.taobao.after_sale.render(**RENDER)
    assert isinstance(lost.value.__cause__, RuntimeError)
    assert "RuntimeError" in lost.value.detail
    assert "***" in lost.value.detail, "the signature is shown"


def test_a_transport_that_raises_in_a_task_is_the_cause() -> None:
    class Broken:
        async def send(self, request: xportcn.Request, timeout: float, max_bytes: int) -> xportcn.Response:
            raise RuntimeError("no")

        async def aclose(self) -> None:
            pass

    async def run() -> None:
        async with xportcn.AsyncClient(*ACCOUNT, transport=Broken(), max_retries=0) as client:
            await client.taobao.after_sale.render(**RENDER)

    with pytest.raises(xportcn.TransportError) as lost:
        asyncio.run(run())
    assert isinstance(lost.value.__cause__, RuntimeError)


@pytest.mark.parametrize(
    "answer",
    [None, xportcn.Response(200, [], "text"), xportcn.Response("200", [], b""), xportcn.Response(200, None, b"")],  # type: ignore[arg-type]
)
def test_an_answer_of_the_wrong_kind_is_a_lost_answer(answer: Any) -> None:
    transport = Answers(lambda request: answer)
    with xportcn.Client(*ACCOUNT, transport=transport) as client:
        with pytest.raises(xportcn.AmbiguousWriteError) as lost:
            client.taobao.order.purchase_create(**CREATE)
    assert isinstance(lost.value.__cause__, (AttributeError, TypeError))
    assert transport.calls == 1, "a write is sent again"


def test_an_httpx_client_of_the_users_own_carries_the_calls_and_stays_open(xportcn_sandbox: Sandbox) -> None:
    seen: List[str] = []
    hooks = {"request": [lambda request: seen.append(request.headers["x-own"])]}
    with httpx.Client(headers={"x-own": "yes"}, follow_redirects=True, event_hooks=hooks) as own:
        with xportcn_sandbox.client(http_client=own) as client:
            assert client.taobao.after_sale.render(**RENDER).currency
        assert not own.is_closed
        assert seen == ["yes"]
    with xportcn_sandbox.client(http_client=own) as client, pytest.raises(xportcn.TransportError, match="closed"):
        client.taobao.order.purchase_create(**CREATE)
    with pytest.raises(xportcn.ConfigError, match="one of them"):
        xportcn.Client(*ACCOUNT, http_client=own, transport=Answers(lambda request: None))


def test_an_async_httpx_client_of_the_users_own_stays_open(xportcn_sandbox: Sandbox) -> None:
    async def run() -> bool:
        async with httpx.AsyncClient() as own:
            async with xportcn_sandbox.async_client(http_client=own) as client:
                assert (await client.taobao.after_sale.render(**RENDER)).currency
            return own.is_closed

    assert asyncio.run(run()) is False


def test_redirects_are_not_followed(xportcn_sandbox: Sandbox) -> None:
    """They would carry the signature elsewhere."""
    sent: List[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(str(request.url))
        return httpx.Response(302, headers={"location": "https://elsewhere.example/"})

    own = httpx.Client(transport=httpx.MockTransport(answer), follow_redirects=True)
    with (
        xportcn.Client(*ACCOUNT, http_client=own, max_retries=0) as client,
        pytest.raises(xportcn.HttpError) as refused,
    ):
        client.taobao.after_sale.render(**RENDER)
    assert refused.value.status == 302
    assert len(sent) == 1
